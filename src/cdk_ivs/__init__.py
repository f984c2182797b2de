"""
Constructs for Amazon Interactive Video Service (IVS).

The names of ``aws_cdk.aws_ivs_alpha``, and the rest of the service in its style.
"""

from typing import TYPE_CHECKING

import publication

from ._base.lazy import load_when_used

if TYPE_CHECKING:
    from . import chat
    from ._base.errors import ValidationError
    from ._base.thumbnails import RecordingMode, Storage
    from ._low_latency.ad_configuration import (
        AdConfiguration,
        AdConfigurationProps,
        IAdConfiguration,
    )
    from ._low_latency.channel import Channel, ChannelProps
    from ._low_latency.channel_base import IChannel
    from ._low_latency.channel_grants import ChannelGrants
    from ._low_latency.channel_options import (
        ChannelType,
        ContainerFormat,
        LatencyMode,
        MaximumResolution,
        MultitrackInputConfiguration,
        Policy,
        Preset,
    )
    from ._low_latency.playback_key_pair import (
        IPlaybackKeyPair,
        PlaybackKeyPair,
        PlaybackKeyPairProps,
    )
    from ._low_latency.playback_restriction_policy import (
        IPlaybackRestrictionPolicy,
        PlaybackRestrictionPolicy,
        PlaybackRestrictionPolicyProps,
    )
    from ._low_latency.recording_configuration import (
        IRecordingConfiguration,
        RecordingConfiguration,
        RecordingConfigurationProps,
    )
    from ._low_latency.recording_options import (
        RenditionConfiguration,
        RenditionSelection,
        Resolution,
        ThumbnailConfiguration,
    )
    from ._low_latency.stream_key import IStreamKey, StreamKey, StreamKeyProps
    from ._real_time.encoder_configuration import (
        EncoderConfiguration,
        EncoderConfigurationProps,
        IEncoderConfiguration,
    )
    from ._real_time.ingest_configuration import (
        IIngestConfiguration,
        IngestConfiguration,
        IngestConfigurationProps,
        IngestProtocol,
    )
    from ._real_time.public_key import IPublicKey, PublicKey, PublicKeyProps
    from ._real_time.recording_options import (
        ParticipantRecording,
        ParticipantRecordingMediaType,
        ParticipantThumbnailConfiguration,
    )
    from ._real_time.stage import Stage, StageProps
    from ._real_time.stage_base import IStage
    from ._real_time.stage_endpoints import StageEndpoints
    from ._real_time.stage_grants import StageGrants
    from ._real_time.storage_configuration import (
        IStorageConfiguration,
        StorageConfiguration,
        StorageConfigurationProps,
    )

__all__ = [
    "AdConfiguration",
    "AdConfigurationProps",
    "Channel",
    "ChannelGrants",
    "ChannelProps",
    "ChannelType",
    "ContainerFormat",
    "EncoderConfiguration",
    "EncoderConfigurationProps",
    "IAdConfiguration",
    "IChannel",
    "IEncoderConfiguration",
    "IIngestConfiguration",
    "IPlaybackKeyPair",
    "IPlaybackRestrictionPolicy",
    "IPublicKey",
    "IRecordingConfiguration",
    "IStage",
    "IStorageConfiguration",
    "IStreamKey",
    "IngestConfiguration",
    "IngestConfigurationProps",
    "IngestProtocol",
    "LatencyMode",
    "MaximumResolution",
    "MultitrackInputConfiguration",
    "ParticipantRecording",
    "ParticipantRecordingMediaType",
    "ParticipantThumbnailConfiguration",
    "PlaybackKeyPair",
    "PlaybackKeyPairProps",
    "PlaybackRestrictionPolicy",
    "PlaybackRestrictionPolicyProps",
    "Policy",
    "Preset",
    "PublicKey",
    "PublicKeyProps",
    "RecordingConfiguration",
    "RecordingConfigurationProps",
    "RecordingMode",
    "RenditionConfiguration",
    "RenditionSelection",
    "Resolution",
    "Stage",
    "StageEndpoints",
    "StageGrants",
    "StageProps",
    "Storage",
    "StorageConfiguration",
    "StorageConfigurationProps",
    "StreamKey",
    "StreamKeyProps",
    "ThumbnailConfiguration",
    "ValidationError",
    "chat",
]

# What is imported above, by module: it is loaded when it is used.
_NAMES = {
    "._base.errors": ("ValidationError",),
    "._base.thumbnails": ("RecordingMode", "Storage"),
    "._low_latency.ad_configuration": (
        "AdConfiguration",
        "AdConfigurationProps",
        "IAdConfiguration",
    ),
    "._low_latency.channel": ("Channel", "ChannelProps"),
    "._low_latency.channel_base": ("IChannel",),
    "._low_latency.channel_grants": ("ChannelGrants",),
    "._low_latency.channel_options": (
        "ChannelType",
        "ContainerFormat",
        "LatencyMode",
        "MaximumResolution",
        "MultitrackInputConfiguration",
        "Policy",
        "Preset",
    ),
    "._low_latency.playback_key_pair": (
        "IPlaybackKeyPair",
        "PlaybackKeyPair",
        "PlaybackKeyPairProps",
    ),
    "._low_latency.playback_restriction_policy": (
        "IPlaybackRestrictionPolicy",
        "PlaybackRestrictionPolicy",
        "PlaybackRestrictionPolicyProps",
    ),
    "._low_latency.recording_configuration": (
        "IRecordingConfiguration",
        "RecordingConfiguration",
        "RecordingConfigurationProps",
    ),
    "._low_latency.recording_options": (
        "RenditionConfiguration",
        "RenditionSelection",
        "Resolution",
        "ThumbnailConfiguration",
    ),
    "._low_latency.stream_key": ("IStreamKey", "StreamKey", "StreamKeyProps"),
    "._real_time.encoder_configuration": (
        "EncoderConfiguration",
        "EncoderConfigurationProps",
        "IEncoderConfiguration",
    ),
    "._real_time.ingest_configuration": (
        "IIngestConfiguration",
        "IngestConfiguration",
        "IngestConfigurationProps",
        "IngestProtocol",
    ),
    "._real_time.public_key": ("IPublicKey", "PublicKey", "PublicKeyProps"),
    "._real_time.recording_options": (
        "ParticipantRecording",
        "ParticipantRecordingMediaType",
        "ParticipantThumbnailConfiguration",
    ),
    "._real_time.stage": ("Stage", "StageProps"),
    "._real_time.stage_base": ("IStage",),
    "._real_time.stage_endpoints": ("StageEndpoints",),
    "._real_time.stage_grants": ("StageGrants",),
    "._real_time.storage_configuration": (
        "IStorageConfiguration",
        "StorageConfiguration",
        "StorageConfigurationProps",
    ),
}

publication.publish()
load_when_used(__name__, _NAMES, subpackages=["chat"])
