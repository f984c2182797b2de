"""What a channel can be: its types, presets and formats."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from cdk_ivs._core.props import Props
from cdk_ivs._validation.resolutions import MaximumResolution


class ChannelType(enum.StrEnum):
    """The type of a channel: which input it takes and what it makes of it."""

    STANDARD = "STANDARD"
    """Transcoded into several qualities. Input up to 1080p and 8.5 Mbps (multitrack 15 Mbps)."""

    BASIC = "BASIC"
    """Passed through as it comes. Input up to 1.5 Mbps at 480p or less, 3.5 Mbps above."""

    ADVANCED_SD = "ADVANCED_SD"
    """Transcoded into qualities up to 480p. Input up to 1080p and 8.5 Mbps."""

    ADVANCED_HD = "ADVANCED_HD"
    """Transcoded into qualities up to 720p. Input up to 1080p and 8.5 Mbps."""


TYPES_WITHOUT_PRESET = frozenset({ChannelType.STANDARD, ChannelType.BASIC})
TYPES_WITHOUT_MULTITRACK = frozenset(ChannelType) - {ChannelType.STANDARD}


class LatencyMode(enum.StrEnum):
    """How far viewers are behind the broadcaster."""

    LOW = "LOW"
    """As little as possible, for broadcasts that viewers answer to."""

    NORMAL = "NORMAL"
    """More, and steadier, for broadcasts that are only watched."""


class Preset(enum.StrEnum):
    """How bitrates are chosen when a channel of an ADVANCED type is transcoded."""

    HIGHER_BANDWIDTH_DELIVERY = "HIGHER_BANDWIDTH_DELIVERY"
    """A higher bitrate for each quality: for complex pictures."""

    CONSTRAINED_BANDWIDTH_DELIVERY = "CONSTRAINED_BANDWIDTH_DELIVERY"
    """A lower bitrate for each quality: for slow networks and simple pictures."""


class ContainerFormat(enum.StrEnum):
    """The format of the content that is delivered to viewers."""

    TS = "TS"
    """MPEG transport stream."""

    FRAGMENTED_MP4 = "FRAGMENTED_MP4"
    """Fragmented MP4."""


class Policy(enum.StrEnum):
    """Whether encoders may, or must, send several tracks."""

    ALLOW = "ALLOW"
    """They may."""

    REQUIRE = "REQUIRE"
    """They must: a stream of one track is refused."""


@dataclass(frozen=True, kw_only=True)
class MultitrackInputConfiguration(Props):
    """
    Multitrack input: the encoder sends every quality itself, and nothing is transcoded.

    Attributes:
        maximum_resolution: The highest resolution that may be sent.
        policy: Whether multitrack input is allowed or required.
    """

    maximum_resolution: MaximumResolution
    policy: Policy
