"""
The public names, each imported from the module that defines it.

Type checkers read these imports, and so does the loader. There is no other list of the names.
"""

from . import (
    chat as chat,
    patterns as patterns,
    rules as rules,
)
from ._core.alpha import (
    AlphaChannel as AlphaChannel,
    AlphaRecordingConfiguration as AlphaRecordingConfiguration,
)
from ._iam.tagged.grants import TaggedGrants as TaggedGrants
from ._low_latency.ad_configuration import (
    AdConfiguration as AdConfiguration,
    AdConfigurationGrants as AdConfigurationGrants,
    AdConfigurationProps as AdConfigurationProps,
    IAdConfiguration as IAdConfiguration,
)
from ._low_latency.channel.construct import Channel as Channel
from ._low_latency.channel.grants import ChannelGrants as ChannelGrants
from ._low_latency.channel.interface import IChannel as IChannel
from ._low_latency.channel.props import ChannelProps as ChannelProps
from ._low_latency.channel.values import (
    ChannelType as ChannelType,
    ContainerFormat as ContainerFormat,
    LatencyMode as LatencyMode,
    MultitrackInputConfiguration as MultitrackInputConfiguration,
    Policy as Policy,
    Preset as Preset,
)
from ._low_latency.failover_slate_configuration import (
    FailoverSlateConfiguration as FailoverSlateConfiguration,
    FailoverSlateConfigurationGrants as FailoverSlateConfigurationGrants,
    FailoverSlateConfigurationProps as FailoverSlateConfigurationProps,
    IFailoverSlateConfiguration as IFailoverSlateConfiguration,
)
from ._low_latency.playback_key_pair import (
    IPlaybackKeyPair as IPlaybackKeyPair,
    PlaybackKeyPair as PlaybackKeyPair,
    PlaybackKeyPairGrants as PlaybackKeyPairGrants,
    PlaybackKeyPairProps as PlaybackKeyPairProps,
)
from ._low_latency.playback_restriction_policy import (
    IPlaybackRestrictionPolicy as IPlaybackRestrictionPolicy,
    PlaybackRestrictionPolicy as PlaybackRestrictionPolicy,
    PlaybackRestrictionPolicyGrants as PlaybackRestrictionPolicyGrants,
    PlaybackRestrictionPolicyProps as PlaybackRestrictionPolicyProps,
)
from ._low_latency.recording_configuration.construct import (
    IRecordingConfiguration as IRecordingConfiguration,
    RecordingConfiguration as RecordingConfiguration,
    RecordingConfigurationGrants as RecordingConfigurationGrants,
    RecordingConfigurationProps as RecordingConfigurationProps,
)
from ._low_latency.recording_configuration.values import (
    RenditionConfiguration as RenditionConfiguration,
    RenditionSelection as RenditionSelection,
    Resolution as Resolution,
    ThumbnailConfiguration as ThumbnailConfiguration,
)
from ._low_latency.references import (
    FailoverSlateConfigurationReference as FailoverSlateConfigurationReference,
    IFailoverSlateConfigurationRef as IFailoverSlateConfigurationRef,
)
from ._low_latency.stream_key import (
    IStreamKey as IStreamKey,
    StreamKey as StreamKey,
    StreamKeyGrants as StreamKeyGrants,
    StreamKeyProps as StreamKeyProps,
)
from ._monitoring.alarms.channel import (
    ChannelAlarm as ChannelAlarm,
    ChannelAlarms as ChannelAlarms,
)
from ._monitoring.alarms.quota import (
    QuotaAlarm as QuotaAlarm,
    QuotaAlarms as QuotaAlarms,
)
from ._monitoring.alarms.stage import (
    StageAlarm as StageAlarm,
    StageAlarms as StageAlarms,
)
from ._monitoring.catalog.enums import (
    AdBreakEvent as AdBreakEvent,
    CompositionStateEvent as CompositionStateEvent,
    LimitName as LimitName,
    PublishErrorCode as PublishErrorCode,
    RecordingStatus as RecordingStatus,
    StageUpdateEvent as StageUpdateEvent,
    StreamEventCode as StreamEventCode,
    StreamHealthEvent as StreamHealthEvent,
    StreamStateEvent as StreamStateEvent,
)
from ._monitoring.channel.monitoring import ChannelMonitoring as ChannelMonitoring
from ._monitoring.dashboard.construct import IvsDashboard as IvsDashboard
from ._monitoring.metric_options import MetricOptions as MetricOptions
from ._monitoring.rule_options import RuleOptions as RuleOptions
from ._monitoring.stage.monitoring import StageMonitoring as StageMonitoring
from ._real_time.encoder_configuration import (
    EncoderConfiguration as EncoderConfiguration,
    EncoderConfigurationGrants as EncoderConfigurationGrants,
    EncoderConfigurationProps as EncoderConfigurationProps,
    IEncoderConfiguration as IEncoderConfiguration,
)
from ._real_time.ingest_configuration import (
    IIngestConfiguration as IIngestConfiguration,
    IngestConfiguration as IngestConfiguration,
    IngestConfigurationGrants as IngestConfigurationGrants,
    IngestConfigurationProps as IngestConfigurationProps,
    IngestProtocol as IngestProtocol,
)
from ._real_time.public_key import (
    IPublicKey as IPublicKey,
    PublicKey as PublicKey,
    PublicKeyGrants as PublicKeyGrants,
    PublicKeyProps as PublicKeyProps,
)
from ._real_time.stage.construct import (
    Stage as Stage,
    StageProps as StageProps,
)
from ._real_time.stage.endpoints import StageEndpoints as StageEndpoints
from ._real_time.stage.grants import StageGrants as StageGrants
from ._real_time.stage.interface import IStage as IStage
from ._real_time.stage.values import (
    ParticipantRecording as ParticipantRecording,
    ParticipantRecordingMediaType as ParticipantRecordingMediaType,
    ParticipantThumbnailConfiguration as ParticipantThumbnailConfiguration,
)
from ._real_time.storage_configuration import (
    IStorageConfiguration as IStorageConfiguration,
    StorageConfiguration as StorageConfiguration,
    StorageConfigurationGrants as StorageConfigurationGrants,
    StorageConfigurationProps as StorageConfigurationProps,
)
from ._services.signing_key import (
    ISigningKey as ISigningKey,
    SigningKey as SigningKey,
    SigningKeyGrants as SigningKeyGrants,
    SigningKeyProps as SigningKeyProps,
)
from ._token_functions.chat import ChatTokenFunction as ChatTokenFunction
from ._token_functions.identity import TokenIdentity as TokenIdentity
from ._token_functions.layer import TokenLayer as TokenLayer
from ._token_functions.participant import ParticipantTokenFunction as ParticipantTokenFunction
from ._token_functions.playback import PlaybackTokenFunction as PlaybackTokenFunction
from ._token_functions.roles import (
    ChatCapability as ChatCapability,
    ChatRole as ChatRole,
    ParticipantRole as ParticipantRole,
    PlaybackRole as PlaybackRole,
)
from ._validation.disabled_recording import DisabledRecording as DisabledRecording
from ._validation.errors import (
    ArgumentTypeError as ArgumentTypeError,
    ValidationError as ValidationError,
)
from ._validation.resolutions import MaximumResolution as MaximumResolution
from ._validation.thumbnails import (
    RecordingMode as RecordingMode,
    Storage as Storage,
)
