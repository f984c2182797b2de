"""
Constructs for Amazon Interactive Video Service (IVS).

The names of ``aws_cdk.aws_ivs_alpha``, and the rest of the service in its style.
"""

from typing import TYPE_CHECKING

import publication

from ._base.lazy import load_when_used

if TYPE_CHECKING:
    from . import chat
    from ._base.errors import ArgumentTypeError, ValidationError
    from ._base.recording import DisabledRecording
    from ._base.tagged_grants import TaggedGrants
    from ._base.thumbnails import RecordingMode, Storage
    from ._low_latency.ad_configuration import (
        AdConfiguration,
        AdConfigurationGrants,
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
    from ._low_latency.failover_slate_configuration import (
        FailoverSlateConfiguration,
        FailoverSlateConfigurationGrants,
        FailoverSlateConfigurationProps,
        IFailoverSlateConfiguration,
    )
    from ._low_latency.playback_key_pair import (
        IPlaybackKeyPair,
        PlaybackKeyPair,
        PlaybackKeyPairGrants,
        PlaybackKeyPairProps,
    )
    from ._low_latency.playback_restriction_policy import (
        IPlaybackRestrictionPolicy,
        PlaybackRestrictionPolicy,
        PlaybackRestrictionPolicyGrants,
        PlaybackRestrictionPolicyProps,
    )
    from ._low_latency.recording_configuration import (
        IRecordingConfiguration,
        RecordingConfiguration,
        RecordingConfigurationGrants,
        RecordingConfigurationProps,
    )
    from ._low_latency.recording_options import (
        RenditionConfiguration,
        RenditionSelection,
        Resolution,
        ThumbnailConfiguration,
    )
    from ._low_latency.slate_references import (
        FailoverSlateConfigurationReference,
        IFailoverSlateConfigurationRef,
    )
    from ._low_latency.stream_key import IStreamKey, StreamKey, StreamKeyGrants, StreamKeyProps
    from ._monitoring.channel_alarms import ChannelAlarm, ChannelAlarms
    from ._monitoring.dashboard import IvsDashboard
    from ._monitoring.event_names import (
        AdBreakEvent,
        CompositionStateEvent,
        LimitName,
        PublishErrorCode,
        RecordingStatus,
        StageUpdateEvent,
        StreamEventCode,
        StreamHealthEvent,
        StreamStateEvent,
    )
    from ._monitoring.events import RuleOptions
    from ._monitoring.metrics import MetricOptions
    from ._monitoring.observed import ChannelMonitoring, StageMonitoring
    from ._monitoring.quota_alarms import QuotaAlarm, QuotaAlarms
    from ._monitoring.stage_alarms import StageAlarm, StageAlarms
    from ._real_time.encoder_configuration import (
        EncoderConfiguration,
        EncoderConfigurationGrants,
        EncoderConfigurationProps,
        IEncoderConfiguration,
    )
    from ._real_time.ingest_configuration import (
        IIngestConfiguration,
        IngestConfiguration,
        IngestConfigurationGrants,
        IngestConfigurationProps,
        IngestProtocol,
    )
    from ._real_time.public_key import IPublicKey, PublicKey, PublicKeyGrants, PublicKeyProps
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
        StorageConfigurationGrants,
        StorageConfigurationProps,
    )

__all__ = [
    "AdBreakEvent",
    "AdConfiguration",
    "AdConfigurationGrants",
    "AdConfigurationProps",
    "ArgumentTypeError",
    "Channel",
    "ChannelAlarm",
    "ChannelAlarms",
    "ChannelGrants",
    "ChannelMonitoring",
    "ChannelProps",
    "ChannelType",
    "CompositionStateEvent",
    "ContainerFormat",
    "DisabledRecording",
    "EncoderConfiguration",
    "EncoderConfigurationGrants",
    "EncoderConfigurationProps",
    "FailoverSlateConfiguration",
    "FailoverSlateConfigurationGrants",
    "FailoverSlateConfigurationProps",
    "FailoverSlateConfigurationReference",
    "IAdConfiguration",
    "IChannel",
    "IEncoderConfiguration",
    "IFailoverSlateConfiguration",
    "IFailoverSlateConfigurationRef",
    "IIngestConfiguration",
    "IPlaybackKeyPair",
    "IPlaybackRestrictionPolicy",
    "IPublicKey",
    "IRecordingConfiguration",
    "IStage",
    "IStorageConfiguration",
    "IStreamKey",
    "IngestConfiguration",
    "IngestConfigurationGrants",
    "IngestConfigurationProps",
    "IngestProtocol",
    "IvsDashboard",
    "LatencyMode",
    "LimitName",
    "MaximumResolution",
    "MetricOptions",
    "MultitrackInputConfiguration",
    "ParticipantRecording",
    "ParticipantRecordingMediaType",
    "ParticipantThumbnailConfiguration",
    "PlaybackKeyPair",
    "PlaybackKeyPairGrants",
    "PlaybackKeyPairProps",
    "PlaybackRestrictionPolicy",
    "PlaybackRestrictionPolicyGrants",
    "PlaybackRestrictionPolicyProps",
    "Policy",
    "Preset",
    "PublicKey",
    "PublicKeyGrants",
    "PublicKeyProps",
    "PublishErrorCode",
    "QuotaAlarm",
    "QuotaAlarms",
    "RecordingConfiguration",
    "RecordingConfigurationGrants",
    "RecordingConfigurationProps",
    "RecordingMode",
    "RecordingStatus",
    "RenditionConfiguration",
    "RenditionSelection",
    "Resolution",
    "RuleOptions",
    "Stage",
    "StageAlarm",
    "StageAlarms",
    "StageEndpoints",
    "StageGrants",
    "StageMonitoring",
    "StageProps",
    "StageUpdateEvent",
    "Storage",
    "StorageConfiguration",
    "StorageConfigurationGrants",
    "StorageConfigurationProps",
    "StreamEventCode",
    "StreamHealthEvent",
    "StreamKey",
    "StreamKeyGrants",
    "StreamKeyProps",
    "StreamStateEvent",
    "TaggedGrants",
    "ThumbnailConfiguration",
    "ValidationError",
    "chat",
]

# What is imported above, by module: it is loaded when it is used.
_NAMES = {
    "._base.errors": ("ArgumentTypeError", "ValidationError"),
    "._base.recording": ("DisabledRecording",),
    "._base.tagged_grants": ("TaggedGrants",),
    "._base.thumbnails": ("RecordingMode", "Storage"),
    "._low_latency.ad_configuration": (
        "AdConfiguration",
        "AdConfigurationGrants",
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
    "._low_latency.failover_slate_configuration": (
        "FailoverSlateConfiguration",
        "FailoverSlateConfigurationGrants",
        "FailoverSlateConfigurationProps",
        "IFailoverSlateConfiguration",
    ),
    "._low_latency.playback_key_pair": (
        "IPlaybackKeyPair",
        "PlaybackKeyPair",
        "PlaybackKeyPairGrants",
        "PlaybackKeyPairProps",
    ),
    "._low_latency.playback_restriction_policy": (
        "IPlaybackRestrictionPolicy",
        "PlaybackRestrictionPolicy",
        "PlaybackRestrictionPolicyGrants",
        "PlaybackRestrictionPolicyProps",
    ),
    "._low_latency.recording_configuration": (
        "IRecordingConfiguration",
        "RecordingConfiguration",
        "RecordingConfigurationGrants",
        "RecordingConfigurationProps",
    ),
    "._low_latency.recording_options": (
        "RenditionConfiguration",
        "RenditionSelection",
        "Resolution",
        "ThumbnailConfiguration",
    ),
    "._low_latency.slate_references": (
        "FailoverSlateConfigurationReference",
        "IFailoverSlateConfigurationRef",
    ),
    "._low_latency.stream_key": ("IStreamKey", "StreamKey", "StreamKeyGrants", "StreamKeyProps"),
    "._monitoring.channel_alarms": ("ChannelAlarm", "ChannelAlarms"),
    "._monitoring.dashboard": ("IvsDashboard",),
    "._monitoring.event_names": (
        "AdBreakEvent",
        "CompositionStateEvent",
        "LimitName",
        "PublishErrorCode",
        "RecordingStatus",
        "StageUpdateEvent",
        "StreamEventCode",
        "StreamHealthEvent",
        "StreamStateEvent",
    ),
    "._monitoring.events": ("RuleOptions",),
    "._monitoring.metrics": ("MetricOptions",),
    "._monitoring.observed": ("ChannelMonitoring", "StageMonitoring"),
    "._monitoring.quota_alarms": ("QuotaAlarm", "QuotaAlarms"),
    "._monitoring.stage_alarms": ("StageAlarm", "StageAlarms"),
    "._real_time.encoder_configuration": (
        "EncoderConfiguration",
        "EncoderConfigurationGrants",
        "EncoderConfigurationProps",
        "IEncoderConfiguration",
    ),
    "._real_time.ingest_configuration": (
        "IIngestConfiguration",
        "IngestConfiguration",
        "IngestConfigurationGrants",
        "IngestConfigurationProps",
        "IngestProtocol",
    ),
    "._real_time.public_key": ("IPublicKey", "PublicKey", "PublicKeyGrants", "PublicKeyProps"),
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
        "StorageConfigurationGrants",
        "StorageConfigurationProps",
    ),
}

publication.publish()
load_when_used(__name__, _NAMES, subpackages=["chat"])
