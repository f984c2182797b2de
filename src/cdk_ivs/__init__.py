"""
Constructs for Amazon Interactive Video Service (IVS).

The names of ``aws_cdk.aws_ivs_alpha``, and the rest of the service in its style.
"""

from typing import TYPE_CHECKING

import publication

from ._core.public_names import load_when_used

if TYPE_CHECKING:
    from . import chat
    from ._iam.tagged.grants import TaggedGrants
    from ._low_latency.ad_configuration import (
        AdConfiguration,
        AdConfigurationGrants,
        AdConfigurationProps,
        IAdConfiguration,
    )
    from ._low_latency.channel.construct import Channel, ChannelProps
    from ._low_latency.channel.grants import ChannelGrants
    from ._low_latency.channel.interface import IChannel
    from ._low_latency.channel.values import (
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
    from ._low_latency.recording_configuration.construct import (
        IRecordingConfiguration,
        RecordingConfiguration,
        RecordingConfigurationGrants,
        RecordingConfigurationProps,
    )
    from ._low_latency.recording_configuration.values import (
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
    from ._monitoring.alarms.channel import ChannelAlarm, ChannelAlarms
    from ._monitoring.alarms.quota import QuotaAlarm, QuotaAlarms
    from ._monitoring.alarms.stage import StageAlarm, StageAlarms
    from ._monitoring.catalog.enums import (
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
    from ._monitoring.channel.monitoring import ChannelMonitoring
    from ._monitoring.dashboard.construct import IvsDashboard
    from ._monitoring.metric_options import MetricOptions
    from ._monitoring.rule_options import RuleOptions
    from ._monitoring.stage.monitoring import StageMonitoring
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
    from ._real_time.stage.construct import Stage, StageProps
    from ._real_time.stage.endpoints import StageEndpoints
    from ._real_time.stage.grants import StageGrants
    from ._real_time.stage.interface import IStage
    from ._real_time.stage.values import (
        ParticipantRecording,
        ParticipantRecordingMediaType,
        ParticipantThumbnailConfiguration,
    )
    from ._real_time.storage_configuration import (
        IStorageConfiguration,
        StorageConfiguration,
        StorageConfigurationGrants,
        StorageConfigurationProps,
    )
    from ._validation.disabled_recording import DisabledRecording
    from ._validation.errors import ArgumentTypeError, ValidationError
    from ._validation.thumbnails import RecordingMode, Storage

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
    "._validation.errors": ("ArgumentTypeError", "ValidationError"),
    "._validation.disabled_recording": ("DisabledRecording",),
    "._iam.tagged.grants": ("TaggedGrants",),
    "._validation.thumbnails": ("RecordingMode", "Storage"),
    "._low_latency.ad_configuration": (
        "AdConfiguration",
        "AdConfigurationGrants",
        "AdConfigurationProps",
        "IAdConfiguration",
    ),
    "._low_latency.channel.construct": ("Channel", "ChannelProps"),
    "._low_latency.channel.interface": ("IChannel",),
    "._low_latency.channel.grants": ("ChannelGrants",),
    "._low_latency.channel.values": (
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
    "._low_latency.recording_configuration.construct": (
        "IRecordingConfiguration",
        "RecordingConfiguration",
        "RecordingConfigurationGrants",
        "RecordingConfigurationProps",
    ),
    "._low_latency.recording_configuration.values": (
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
    "._monitoring.alarms.channel": ("ChannelAlarm", "ChannelAlarms"),
    "._monitoring.dashboard.construct": ("IvsDashboard",),
    "._monitoring.catalog.enums": (
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
    "._monitoring.rule_options": ("RuleOptions",),
    "._monitoring.metric_options": ("MetricOptions",),
    "._monitoring.channel.monitoring": ("ChannelMonitoring",),
    "._monitoring.stage.monitoring": ("StageMonitoring",),
    "._monitoring.alarms.quota": ("QuotaAlarm", "QuotaAlarms"),
    "._monitoring.alarms.stage": ("StageAlarm", "StageAlarms"),
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
    "._real_time.stage.values": (
        "ParticipantRecording",
        "ParticipantRecordingMediaType",
        "ParticipantThumbnailConfiguration",
    ),
    "._real_time.stage.construct": ("Stage", "StageProps"),
    "._real_time.stage.interface": ("IStage",),
    "._real_time.stage.endpoints": ("StageEndpoints",),
    "._real_time.stage.grants": ("StageGrants",),
    "._real_time.storage_configuration": (
        "IStorageConfiguration",
        "StorageConfiguration",
        "StorageConfigurationGrants",
        "StorageConfigurationProps",
    ),
}

publication.publish()
load_when_used(__name__, _NAMES, subpackages=["chat"])
