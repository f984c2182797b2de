"""Types, presets and formats of channels."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from cdk_ivs._core.props import Props
from cdk_ivs._validation.resolutions import MaximumResolution


class ChannelType(enum.StrEnum):
    """
    The type of a channel, which decides on its input and on the renditions for viewers.

    The resolutions and bitrates are those of the [channel
    types](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/channel-types.html) and of the
    [quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html).
    """

    STANDARD = "STANDARD"
    """
    IVS transcodes the input. Input up to 1080p and 8.5 Mbps, or 15 Mbps with multitrack input.
    """

    BASIC = "BASIC"
    """
    IVS delivers the input as it is. Input up to 1.5 Mbps at 480p or less, and 3.5 Mbps above 480p.
    """

    ADVANCED_SD = "ADVANCED_SD"
    """IVS transcodes the input to renditions up to 480p. Input up to 1080p and 8.5 Mbps."""

    ADVANCED_HD = "ADVANCED_HD"
    """IVS transcodes the input to renditions up to 720p. Input up to 1080p and 8.5 Mbps."""


TYPES_WITHOUT_PRESET = frozenset({ChannelType.STANDARD, ChannelType.BASIC})
TYPES_WITHOUT_MULTITRACK = frozenset(ChannelType) - {ChannelType.STANDARD}


class LatencyMode(enum.StrEnum):
    """The delay between the encoder and the viewers."""

    LOW = "LOW"
    """The shortest delay, for streams in which viewers interact with the streamer."""

    NORMAL = "NORMAL"
    """A longer delay, for streams without interaction."""


class Preset(enum.StrEnum):
    """How IVS chooses bitrates when it transcodes the input of an `ADVANCED` type."""

    HIGHER_BANDWIDTH_DELIVERY = "HIGHER_BANDWIDTH_DELIVERY"
    """A higher bitrate for each rendition, for complex pictures."""

    CONSTRAINED_BANDWIDTH_DELIVERY = "CONSTRAINED_BANDWIDTH_DELIVERY"
    """A lower bitrate for each rendition, for slow networks and simple pictures."""


class ContainerFormat(enum.StrEnum):
    """The format in which viewers get the content."""

    TS = "TS"
    """MPEG transport stream."""

    FRAGMENTED_MP4 = "FRAGMENTED_MP4"
    """Fragmented MP4."""


class Policy(enum.StrEnum):
    """Whether encoders can or must send several tracks."""

    ALLOW = "ALLOW"
    """Encoders can send one track or several."""

    REQUIRE = "REQUIRE"
    """Encoders must send several tracks. IVS refuses a stream with one track."""


@dataclass(frozen=True, kw_only=True)
class MultitrackInputConfiguration(Props):
    """
    Multitrack input: the encoder sends all renditions itself, and IVS does not transcode.

    Attributes:
        maximum_resolution: The highest resolution that encoders can send.
        policy: Whether multitrack input is allowed or required.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
    """

    maximum_resolution: MaximumResolution
    policy: Policy
