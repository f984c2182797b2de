"""The arrangement of the participants of a stage in a composition."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from cdk_ivs._core.props import Options
from cdk_ivs._validation.errors import ValidationError, safe_repr
from cdk_ivs._validation.tokens import is_token, is_token_beside
from cdk_ivs._validation.values import check_number

if TYPE_CHECKING:
    from cdk_ivs.patterns._workflow.definition import Definition

_ATTRIBUTE = re.compile(r"[A-Za-z0-9_-]{0,128}")
# The longer side of the largest video of a composition.
_SIDE = 1920
_ATTRIBUTES = (
    "featured_participant_attribute",
    "participant_order_attribute",
    "pip_participant_attribute",
)
_SIZES = {"grid_gap": 0, "pip_height": 1, "pip_offset": 0, "pip_width": 1}


class VideoAspectRatio(enum.StrEnum):
    """The aspect ratio of the tiles of a grid, except the featured tile."""

    AUTO = "AUTO"
    """The aspect ratio of the video of each participant."""

    VIDEO = "VIDEO"
    """16:9."""

    SQUARE = "SQUARE"
    """1:1."""

    PORTRAIT = "PORTRAIT"
    """3:4."""


class VideoFillMode(enum.StrEnum):
    """The way in which the video of a participant fits into its tile."""

    FILL = "FILL"
    """The video is stretched to the tile."""

    COVER = "COVER"
    """The video is cropped to the tile."""

    CONTAIN = "CONTAIN"
    """The whole video is visible, with bars beside it."""


class PipBehavior(enum.StrEnum):
    """The behavior of the window when all other participants have left."""

    STATIC = "STATIC"
    """The window keeps its position and size."""

    DYNAMIC = "DYNAMIC"
    """The window fills the composition."""


class PipPosition(enum.StrEnum):
    """The corner in which the window is."""

    TOP_LEFT = "TOP_LEFT"
    """The top left corner."""
    TOP_RIGHT = "TOP_RIGHT"
    """The top right corner."""
    BOTTOM_LEFT = "BOTTOM_LEFT"
    """The bottom left corner."""
    BOTTOM_RIGHT = "BOTTOM_RIGHT"
    """The bottom right corner."""


class LayoutKind(enum.StrEnum):
    """The kind of a `CompositionLayout`."""

    GRID = "Grid"
    """The participants are in tiles."""

    PIP = "Pip"
    """One participant is in a window over the others."""


_OF_ONE_KIND = {
    "pip_behavior": LayoutKind.PIP,
    "pip_height": LayoutKind.PIP,
    "pip_offset": LayoutKind.PIP,
    "pip_participant_attribute": LayoutKind.PIP,
    "pip_position": LayoutKind.PIP,
    "pip_width": LayoutKind.PIP,
    "video_aspect_ratio": LayoutKind.GRID,
}


@dataclass(frozen=True, kw_only=True)
class CompositionLayout(Options):
    """
    The arrangement of the participants in a composition. Use `grid()` or `pip()`.

    Attributes of tokens identify participants. A participant whose attribute has the value `true`
    is in the featured tile or in the window.

    Attributes:
        kind: The kind of the layout: `Grid` or `Pip`.
        featured_participant_attribute: The attribute of tokens that has the value `true` for the
            featured participant: up to 128 letters, digits, hyphens and underscores
            ([GridConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_GridConfiguration.html)).
            Default: no featured participant.
        grid_gap: The space around each tile, in pixels: 0 to 1920, a limit of this library.
            Default: None, the default of IVS.
        omit_stopped_video: Whether to leave out participants without video. Default: False, the
            default of IVS.
        participant_order_attribute: The attribute of tokens by which participants are sorted: up to
            128 letters, digits, hyphens and underscores
            ([GridConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_GridConfiguration.html)).
            Default: participants are in the order in which they joined.
        pip_behavior: The behavior of the window when all other participants have left.
            Default: None, the default of IVS.
        pip_height: The height of the window, in pixels: 1 to 1920, a limit of this library.
            Default: None, the default of IVS.
        pip_offset: The distance of the window from the edges, in pixels: 0 to 1920, a
            limit of this library. Default: None, the default of IVS.
        pip_participant_attribute: The attribute of tokens that has the value `true` for the
            participant in the window: up to 128 letters, digits, hyphens and underscores
            ([PipConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_PipConfiguration.html)).
            Default: no participant.
        pip_position: The corner in which the window is. Default: None, the default of IVS.
        pip_width: The width of the window, in pixels: 1 to 1920, a limit of this library.
            Default: None, the default of IVS.
        video_aspect_ratio: The aspect ratio of the tiles of a grid. Default: None, the default of
            IVS.
        video_fill_mode: The way in which a video fits into its tile. Default: None, the default of
            IVS.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `LayoutKind` if the kind is a token, or an argument belongs to the other
            kind. `LayoutAttribute` if the name of an attribute is invalid. `NumberRange` if a
            number is out of its range.
    """

    kind: LayoutKind
    featured_participant_attribute: str | None = None
    grid_gap: int | None = None
    omit_stopped_video: bool | None = None
    participant_order_attribute: str | None = None
    pip_behavior: PipBehavior | None = None
    pip_height: int | None = None
    pip_offset: int | None = None
    pip_participant_attribute: str | None = None
    pip_position: PipPosition | None = None
    pip_width: int | None = None
    video_aspect_ratio: VideoAspectRatio | None = None
    video_fill_mode: VideoFillMode | None = None

    @classmethod
    def grid(
        cls,
        *,
        featured_participant_attribute: str | None = None,
        grid_gap: int | None = None,
        omit_stopped_video: bool | None = None,
        participant_order_attribute: str | None = None,
        video_aspect_ratio: VideoAspectRatio | None = None,
        video_fill_mode: VideoFillMode | None = None,
    ) -> Self:
        """
        Arrange the participants in tiles. A featured participant has a larger tile.

        Args:
            featured_participant_attribute: The attribute of tokens that has the value `true` for
                the featured participant: up to 128 letters, digits, hyphens and underscores
                ([GridConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_GridConfiguration.html)).
                Default: no featured participant.
            grid_gap: The space around each tile, in pixels: 0 to 1920, a limit of this library.
                Default: 2, the default of IVS.
            omit_stopped_video: Whether to leave out participants without video. Default: False, the
                default of IVS.
            participant_order_attribute: The attribute of tokens by which participants are sorted:
                up to 128 letters, digits, hyphens and underscores
                ([GridConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_GridConfiguration.html)).
                Default: participants are in the order in which they joined.
            video_aspect_ratio: The aspect ratio of the tiles, except the featured tile.
                Default: VIDEO, the default of IVS.
            video_fill_mode: The way in which a video fits into its tile. Default: COVER, and
                CONTAIN for the featured participant, the defaults of IVS.

        Returns:
            The layout.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `LayoutAttribute` if the name of an attribute is invalid. `NumberRange`
                if a number is out of its range.
        """
        return cls(
            kind=LayoutKind.GRID,
            featured_participant_attribute=featured_participant_attribute,
            grid_gap=grid_gap,
            omit_stopped_video=omit_stopped_video,
            participant_order_attribute=participant_order_attribute,
            video_aspect_ratio=video_aspect_ratio,
            video_fill_mode=video_fill_mode,
        )

    @classmethod
    def pip(
        cls,
        *,
        featured_participant_attribute: str | None = None,
        grid_gap: int | None = None,
        omit_stopped_video: bool | None = None,
        participant_order_attribute: str | None = None,
        pip_behavior: PipBehavior | None = None,
        pip_height: int | None = None,
        pip_offset: int | None = None,
        pip_participant_attribute: str | None = None,
        pip_position: PipPosition | None = None,
        pip_width: int | None = None,
        video_fill_mode: VideoFillMode | None = None,
    ) -> Self:
        """
        Show one participant in a window over the others: picture in picture.

        Args:
            featured_participant_attribute: The attribute of tokens that has the value `true` for
                the featured participant: up to 128 letters, digits, hyphens and underscores
                ([PipConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_PipConfiguration.html)).
                Default: no featured participant.
            grid_gap: The space around each tile, in pixels: 0 to 1920, a limit of this library.
                Default: 0, the default of IVS.
            omit_stopped_video: Whether to leave out participants without video. Default: False, the
                default of IVS.
            participant_order_attribute: The attribute of tokens by which participants are sorted:
                up to 128 letters, digits, hyphens and underscores
                ([PipConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_PipConfiguration.html)).
                Default: participants are in the order in which they joined.
            pip_behavior: The behavior of the window when all other participants have left.
                Default: STATIC, the default of IVS.
            pip_height: The height of the window, in pixels: 1 to 1920, a limit of this library.
                Default: IVS computes it from the sizes of the composition and of the video of the
                participant.
            pip_offset: The distance of the window from the edges, in pixels: 0 to 1920, a
                limit of this library. Default: 0, the default of IVS.
            pip_participant_attribute: The attribute of tokens that has the value `true` for the
                participant in the window: up to 128 letters, digits, hyphens and underscores
                ([PipConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_PipConfiguration.html)).
                Default: no participant.
            pip_position: The corner in which the window is. Default: BOTTOM_RIGHT, the default of
                IVS.
            pip_width: The width of the window, in pixels: 1 to 1920, a limit of this library.
                Default: IVS computes it from the sizes of the composition and of the video of the
                participant.
            video_fill_mode: The way in which a video fits into its tile. Default: COVER, the
                default of IVS.

        Returns:
            The layout.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `LayoutAttribute` if the name of an attribute is invalid. `NumberRange`
                if a number is out of its range.
        """
        return cls(
            kind=LayoutKind.PIP,
            featured_participant_attribute=featured_participant_attribute,
            grid_gap=grid_gap,
            omit_stopped_video=omit_stopped_video,
            participant_order_attribute=participant_order_attribute,
            pip_behavior=pip_behavior,
            pip_height=pip_height,
            pip_offset=pip_offset,
            pip_participant_attribute=pip_participant_attribute,
            pip_position=pip_position,
            pip_width=pip_width,
            video_fill_mode=video_fill_mode,
        )

    def __post_init__(self) -> None:
        """Refuse invalid settings."""
        super().__post_init__()
        if not isinstance(self.kind, LayoutKind):
            # The definition of the state machine has the kind as a name, which cannot be a token.
            raise ValidationError(
                "'kind' must be known at synthesis, got a token; use LayoutKind.GRID or "
                "LayoutKind.PIP",
                code="LayoutKind",
            )
        for keyword, owner in _OF_ONE_KIND.items():
            if getattr(self, keyword) is not None and self.kind is not owner:
                raise ValidationError(
                    f"'{keyword}' must be left out of a layout of the kind "
                    f"{safe_repr(self.kind.value)}, got {safe_repr(getattr(self, keyword))}: "
                    f"only the kind {safe_repr(owner.value)} has it",
                    code="LayoutKind",
                )
        for keyword in _ATTRIBUTES:
            value = getattr(self, keyword)
            if value is None or _ATTRIBUTE.fullmatch(value):
                continue
            if not is_token_beside(value, "[A-Za-z0-9_-]", 128):
                raise ValidationError(
                    f"'{keyword}' must be at most 128 letters, digits, '-' and '_', got "
                    f"{safe_repr(value)} of {len(value)} characters",
                    code="LayoutAttribute",
                )
        for keyword, low in _SIZES.items():
            check_number(keyword, getattr(self, keyword), low, _SIDE, "pixels")

    def _render(self, definition: Definition) -> dict[str, object]:
        """Return the input of StartComposition, in the form of Step Functions."""
        settings: dict[str, object] = {}
        for name in type(self).__dataclass_fields__:
            value = getattr(self, name)
            if value is None or name == "kind":
                continue
            key = "".join(map(str.title, name.split("_")))
            if isinstance(value, int | float) and not isinstance(value, bool):
                settings[key] = definition.number(key, value)
            elif isinstance(value, str) and is_token(value):
                settings[key] = definition.text(key, value)
            else:
                settings[key] = value
        return {self.kind.value: settings}
