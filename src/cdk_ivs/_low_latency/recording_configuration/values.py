"""What a recording configuration records: renditions and thumbnails."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from aws_cdk import Duration
from aws_cdk.aws_ivs import CfnRecordingConfiguration

from cdk_ivs._core.props import Options
from cdk_ivs._validation.errors import ValidationError, safe_text
from cdk_ivs._validation.thumbnails import RecordingMode, Storage, check_thumbnails
from cdk_ivs._validation.values import check_unique

if TYPE_CHECKING:
    from cdk_ivs._core.rendered_properties import RenderedProperties


class Resolution(enum.StrEnum):
    """A resolution of a rendition or a thumbnail, by the height of the picture."""

    FULL_HD = "FULL_HD"
    """721 to 1080 lines."""

    HD = "HD"
    """481 to 720 lines."""

    SD = "SD"
    """361 to 480 lines."""

    LOWEST_RESOLUTION = "LOWEST_RESOLUTION"
    """160 to 360 lines."""


class RenditionSelection(enum.StrEnum):
    """Which renditions of a stream are recorded."""

    ALL = "ALL"
    """Every rendition."""

    NONE = "NONE"
    """No video: thumbnails only."""

    CUSTOM = "CUSTOM"
    """The renditions that are listed. Without effect on channels of type BASIC."""


@dataclass(frozen=True, kw_only=True)
class RenditionConfiguration(Options):
    """
    Which renditions are recorded: all(), none() or custom([...]).

    Attributes:
        rendition_selection: Which renditions are recorded.
        renditions: The renditions of a custom selection. None for any other.
    """

    rendition_selection: RenditionSelection
    renditions: Sequence[Resolution] | None = None

    @classmethod
    def all(cls) -> Self:
        """Record every rendition."""
        return cls(rendition_selection=RenditionSelection.ALL)

    @classmethod
    def none(cls) -> Self:
        """Record no video. Thumbnails are recorded as their configuration says."""
        return cls(rendition_selection=RenditionSelection.NONE)

    @classmethod
    def custom(cls, renditions: Sequence[Resolution]) -> Self:
        """
        Record some of the renditions.

        Args:
            renditions: The renditions to record: at least one, and none twice.

        Raises:
            ValidationError: If there is no rendition, or one is given twice.
        """
        return cls(rendition_selection=RenditionSelection.CUSTOM, renditions=renditions)

    def __post_init__(self) -> None:
        """Refuse renditions that the selection does not use."""
        super().__post_init__()
        if self.rendition_selection == RenditionSelection.CUSTOM:
            if not self.renditions:
                raise ValidationError(
                    "'renditions' must have at least one Resolution, got none; to record no "
                    "video use RenditionConfiguration.none()",
                    code="RenditionsMissing",
                )
            check_unique("renditions", self.renditions)
        elif self.renditions and self.rendition_selection in set(RenditionSelection):
            raise ValidationError(
                "'renditions' must not be given unless 'rendition_selection' is CUSTOM, "
                f"got {', '.join(safe_text(each) for each in self.renditions)} "
                f"with {safe_text(self.rendition_selection)}",
                code="RenditionsUnused",
            )

    @classmethod
    def _of(cls, rendered: RenderedProperties) -> Self:
        """What is rendered, refused as it would be here."""
        return cls(
            rendition_selection=rendered.text("RenditionSelection") or RenditionSelection.ALL,
            renditions=rendered.texts("Renditions"),
        )

    def _render(self) -> CfnRecordingConfiguration.RenditionConfigurationProperty:
        return CfnRecordingConfiguration.RenditionConfigurationProperty(
            rendition_selection=self.rendition_selection,
            renditions=list(self.renditions) if self.renditions is not None else None,
        )


@dataclass(frozen=True, kw_only=True)
class ThumbnailConfiguration(Options):
    """
    How thumbnails are recorded: interval(...) or disable().

    Attributes:
        recording_mode: Whether thumbnails are recorded.
        resolution: The resolution. None for that of the stream.
        storage: Where they are put. None for ``SEQUENTIAL``.
        target_interval: The time between two thumbnails. None for 60 seconds.
    """

    recording_mode: RecordingMode
    resolution: Resolution | None = None
    storage: Sequence[Storage] | None = None
    target_interval: Duration | None = None
    _seconds: int | None = field(init=False, repr=False, compare=False, default=None)

    @classmethod
    def disable(cls) -> Self:
        """Record no thumbnails."""
        return cls(recording_mode=RecordingMode.DISABLED)

    @classmethod
    def interval(
        cls,
        resolution: Resolution | None = None,
        storage: Sequence[Storage] | None = None,
        target_interval: Duration | None = None,
    ) -> Self:
        """
        Record a thumbnail at every interval.

        On channels of type BASIC, and with multitrack input, the interval is kept only if the
        key-frame interval of the stream is shorter.

        Args:
            resolution: The resolution. Default: that of the stream.
            storage: Where they are put, one or both. Default: ``[Storage.SEQUENTIAL]``.
            target_interval: The time between two thumbnails: 1 to 60 whole seconds.
                Default: 60 seconds.

        Raises:
            ValidationError: If the interval is out of range, or a storage is given twice.
        """
        return cls(
            recording_mode=RecordingMode.INTERVAL,
            resolution=resolution,
            storage=storage,
            target_interval=target_interval,
        )

    def __post_init__(self) -> None:
        """Refuse what cannot be rendered."""
        super().__post_init__()
        seconds = check_thumbnails(
            "ThumbnailConfiguration",
            self.recording_mode,
            self.storage,
            self.target_interval,
            longest=60,
            resolution=self.resolution,
        )
        object.__setattr__(self, "_seconds", seconds)

    @classmethod
    def _of(cls, rendered: RenderedProperties) -> Self:
        """What is rendered, refused as it would be here."""
        return cls(
            recording_mode=rendered.text("RecordingMode") or RecordingMode.INTERVAL,
            resolution=rendered.text("Resolution"),
            storage=rendered.texts("Storage"),
            target_interval=rendered.seconds("TargetIntervalSeconds"),
        )

    def _render(self) -> CfnRecordingConfiguration.ThumbnailConfigurationProperty:
        return CfnRecordingConfiguration.ThumbnailConfigurationProperty(
            recording_mode=self.recording_mode,
            resolution=self.resolution,
            storage=list(self.storage) if self.storage is not None else None,
            target_interval_seconds=self._seconds,
        )
