"""The parts of a recording: renditions and thumbnails."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from aws_cdk import Duration
from aws_cdk.aws_ivs import CfnRecordingConfiguration

from cdk_ivs._core.props import Options
from cdk_ivs._validation.errors import ValidationError, safe_text
from cdk_ivs._validation.thumbnails import RecordingMode, Storage, check_thumbnails
from cdk_ivs._validation.values import check_unique, checked_seconds

if TYPE_CHECKING:
    from cdk_ivs._core.rendered_properties import RenderedProperties


class Resolution(enum.StrEnum):
    """
    A resolution of a rendition or a thumbnail, by the height of the picture.

    The heights are those of [auto-record to Amazon
    S3](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/record-to-s3.html).
    """

    FULL_HD = "FULL_HD"
    """A height of 721 to 1080 pixels."""

    HD = "HD"
    """A height of 481 to 720 pixels."""

    SD = "SD"
    """A height of 361 to 480 pixels."""

    LOWEST_RESOLUTION = "LOWEST_RESOLUTION"
    """A height of 160 to 360 pixels."""


class RenditionSelection(enum.StrEnum):
    """The renditions of a stream to record."""

    ALL = "ALL"
    """All renditions."""

    NONE = "NONE"
    """No renditions, and only thumbnails."""

    CUSTOM = "CUSTOM"
    """The renditions that you list. It has no effect on channels of type `BASIC`."""


@dataclass(frozen=True, kw_only=True)
class RenditionConfiguration(Options):
    """
    The renditions to record. Create it with `all()`, `none()` or `custom([...])`.

    Attributes:
        rendition_selection: The kind of the selection.
        renditions: The renditions of a custom selection. Default: none, as any other selection
            needs.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `RenditionsMissing` if a custom selection has no renditions.
            `RenditionsUnused` if any other selection has renditions. `Duplicate` if a rendition
            occurs twice.
    """

    rendition_selection: RenditionSelection
    renditions: Sequence[Resolution] | None = None

    @classmethod
    def all(cls) -> Self:
        """
        Record all renditions.

        Returns:
            The configuration.
        """
        return cls(rendition_selection=RenditionSelection.ALL)

    @classmethod
    def none(cls) -> Self:
        """
        Record no renditions. Thumbnails are recorded as their configuration says.

        Returns:
            The configuration.
        """
        return cls(rendition_selection=RenditionSelection.NONE)

    @classmethod
    def custom(cls, renditions: Sequence[Resolution]) -> Self:
        """
        Record some of the renditions.

        Args:
            renditions: The renditions to record: one or more, each once.

        Returns:
            The configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `RenditionsMissing` if there is no rendition. `Duplicate` if a
                rendition occurs twice.
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
        """The configuration that is rendered, with the same checks."""
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
    How to record thumbnails. Create it with `interval(...)` or `disable()`.

    Attributes:
        recording_mode: Whether IVS records thumbnails.
        resolution: The resolution. Default: the resolution of the stream.
        storage: Where IVS stores the thumbnails, one or both. Default: `SEQUENTIAL`.
        target_interval: The time from one thumbnail to the next, in whole seconds from 1 to 60
            ([ThumbnailConfiguration](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ivs-recordingconfiguration-thumbnailconfiguration.html)).
            Default: 60 seconds.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `ThumbnailsUnused` if thumbnails are disabled and another field has a
            value. `DurationRange` or `DurationUnit` if the interval is invalid. `Duplicate` if a
            storage occurs twice.
    """

    recording_mode: RecordingMode
    resolution: Resolution | None = None
    storage: Sequence[Storage] | None = None
    target_interval: Duration | None = None

    @classmethod
    def disable(cls) -> Self:
        """
        Record no thumbnails.

        Returns:
            The configuration.
        """
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

        On channels of type `BASIC`, and with multitrack input, IVS keeps the interval only if the
        keyframe interval of the stream is shorter.

        Args:
            resolution: The resolution. Default: the resolution of the stream.
            storage: Where IVS stores the thumbnails, one or both. Default: `[Storage.SEQUENTIAL]`.
            target_interval: The time from one thumbnail to the next, in whole seconds from 1 to 60
                ([ThumbnailConfiguration](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ivs-recordingconfiguration-thumbnailconfiguration.html)).
                Default: 60 seconds.

        Returns:
            The configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DurationRange` or `DurationUnit` if the interval is invalid.
                `Duplicate` if a storage occurs twice.
        """
        return cls(
            recording_mode=RecordingMode.INTERVAL,
            resolution=resolution,
            storage=storage,
            target_interval=target_interval,
        )

    def __post_init__(self) -> None:
        """Refuse values that cannot be rendered."""
        super().__post_init__()
        check_thumbnails(
            "ThumbnailConfiguration",
            self.recording_mode,
            self.storage,
            self.target_interval,
            longest=60,
            resolution=self.resolution,
        )

    @classmethod
    def _of(cls, rendered: RenderedProperties) -> Self:
        """The configuration that is rendered, with the same checks."""
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
            target_interval_seconds=checked_seconds(self.target_interval),
        )
