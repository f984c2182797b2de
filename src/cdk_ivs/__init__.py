"""
Constructs for Amazon Interactive Video Service (IVS).

The names of ``aws_cdk.aws_ivs_alpha``, and the rest of the service in its style.
"""

import publication

from ._base.errors import ValidationError
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
    RecordingMode,
    RenditionConfiguration,
    RenditionSelection,
    Resolution,
    Storage,
    ThumbnailConfiguration,
)
from ._low_latency.stream_key import IStreamKey, StreamKey, StreamKeyProps

__all__ = [
    "AdConfiguration",
    "AdConfigurationProps",
    "Channel",
    "ChannelGrants",
    "ChannelProps",
    "ChannelType",
    "ContainerFormat",
    "IAdConfiguration",
    "IChannel",
    "IPlaybackKeyPair",
    "IPlaybackRestrictionPolicy",
    "IRecordingConfiguration",
    "IStreamKey",
    "LatencyMode",
    "MaximumResolution",
    "MultitrackInputConfiguration",
    "PlaybackKeyPair",
    "PlaybackKeyPairProps",
    "PlaybackRestrictionPolicy",
    "PlaybackRestrictionPolicyProps",
    "Policy",
    "Preset",
    "RecordingConfiguration",
    "RecordingConfigurationProps",
    "RecordingMode",
    "RenditionConfiguration",
    "RenditionSelection",
    "Resolution",
    "Storage",
    "StreamKey",
    "StreamKeyProps",
    "ThumbnailConfiguration",
    "ValidationError",
]

publication.publish()
