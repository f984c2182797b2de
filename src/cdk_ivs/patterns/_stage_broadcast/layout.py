"""How a composition arranges the participants of a stage."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from cdk_ivs._core.props import Options
from cdk_ivs._validation.errors import ValidationError, safe_repr
from cdk_ivs._validation.tokens import is_token
from cdk_ivs._validation.values import check_number

if TYPE_CHECKING:
    from cdk_ivs.patterns._workflow.definition import Definition

_ATTRIBUTE = re.compile(r"[A-Za-z0-9_-]{0,128}")
# The longer side of the largest video that a composition makes.
_SIDE = 1920
_ATTRIBUTES = (
    "featured_participant_attribute",
    "participant_order_attribute",
    "pip_participant_attribute",
)
_SIZES = {"grid_gap": 0, "pip_height": 1, "pip_offset": 0, "pip_width": 1}


class VideoAspectRatio(enum.StrEnum):
    """The shape of the tiles of a grid, but for the featured one."""

    AUTO = "AUTO"
    """The shape of each participant's video."""

    VIDEO = "VIDEO"
    """16:9."""

    SQUARE = "SQUARE"
    """1:1."""

    PORTRAIT = "PORTRAIT"
    """3:4."""


class VideoFillMode(enum.StrEnum):
    """How a participant's video fits into its tile."""

    FILL = "FILL"
    """Stretched to the tile."""

    COVER = "COVER"
    """Cropped to the tile."""

    CONTAIN = "CONTAIN"
    """Whole, with bars beside it."""


class PipBehavior(enum.StrEnum):
    """What the window does when all other participants have left."""

    STATIC = "STATIC"
    """It stays where it is, with its size."""

    DYNAMIC = "DYNAMIC"
    """It fills the composition."""


class PipPosition(enum.StrEnum):
    """The corner of the window."""

    TOP_LEFT = "TOP_LEFT"
    TOP_RIGHT = "TOP_RIGHT"
    BOTTOM_LEFT = "BOTTOM_LEFT"
    BOTTOM_RIGHT = "BOTTOM_RIGHT"


class LayoutKind(enum.StrEnum):
    """The kind of a CompositionLayout."""

    GRID = "Grid"
    """Tiles."""

    PIP = "Pip"
    """One participant in a window over the others."""


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
    How a composition arranges the participants: grid() or pip().

    Participants are told apart by attributes of their tokens: one whose attribute has the value
    ``true`` is in the featured slot or in the window.

    Attributes:
        kind: ``Grid`` or ``Pip``.
        featured_participant_attribute: The attribute of who is featured.
        grid_gap: The pixels between two tiles.
        omit_stopped_video: Whether participants without video are left out.
        participant_order_attribute: The attribute by which participants are ordered.
        pip_behavior: What the window does when the others have left.
        pip_height: The height of the window in pixels.
        pip_offset: The pixels between the window and the edges.
        pip_participant_attribute: The attribute of who is in the window.
        pip_position: The corner of the window.
        pip_width: The width of the window in pixels.
        video_aspect_ratio: The shape of the tiles of a grid.
        video_fill_mode: How a video fits into its tile.
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
        Arrange the participants in tiles, one of them larger if it is featured.

        Args:
            featured_participant_attribute: The attribute of tokens that has the value ``true``
                for who is featured: at most 128 letters, digits, hyphens and underscores.
                Default: nobody is featured.
            grid_gap: The pixels between two tiles, 0 to 1920. Default: the service's, 2.
            omit_stopped_video: Whether participants without video are left out. Default: the
                service's, False.
            participant_order_attribute: The attribute of tokens by which participants are
                ordered: at most 128 letters, digits, hyphens and underscores. Default: they are
                ordered by when they came.
            video_aspect_ratio: The shape of the tiles that are not featured. Default: the
                service's, VIDEO.
            video_fill_mode: How a video fits into its tile. Default: the service's, COVER, and
                CONTAIN for who is featured.

        Raises:
            ValidationError: If an argument is one that IVS refuses.
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
            featured_participant_attribute: The attribute of tokens that has the value ``true``
                for who is featured: at most 128 letters, digits, hyphens and underscores.
                Default: nobody is featured.
            grid_gap: The pixels between two tiles, 0 to 1920. Default: the service's, 0.
            omit_stopped_video: Whether participants without video are left out. Default: the
                service's, False.
            participant_order_attribute: The attribute of tokens by which participants are
                ordered: at most 128 letters, digits, hyphens and underscores. Default: they are
                ordered by when they came.
            pip_behavior: What the window does when all others have left. Default: the service's,
                STATIC.
            pip_height: The height of the window in pixels, 1 to 1920. Default: the service's,
                from the sizes of the composition and of the participant's video.
            pip_offset: The pixels between the window and the edges, 0 to 1920. Default: the
                service's, 0.
            pip_participant_attribute: The attribute of tokens that has the value ``true`` for who
                is in the window: at most 128 letters, digits, hyphens and underscores. Default:
                nobody is.
            pip_position: The corner of the window. Default: the service's, BOTTOM_RIGHT.
            pip_width: The width of the window in pixels, 1 to 1920. Default: the service's, from
                the sizes of the composition and of the participant's video.
            video_fill_mode: How a video fits into its tile. Default: the service's, COVER.

        Raises:
            ValidationError: If an argument is one that IVS refuses.
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
        """Refuse what IVS refuses."""
        super().__post_init__()
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
            if value is not None and not _ATTRIBUTE.fullmatch(value) and not is_token(value):
                raise ValidationError(
                    f"'{keyword}' must be at most 128 letters, digits, '-' and '_', got "
                    f"{safe_repr(value)} of {len(value)} characters",
                    code="LayoutAttribute",
                )
        for keyword, low in _SIZES.items():
            check_number(keyword, getattr(self, keyword), low, _SIDE, "pixels")

    def _render(self, definition: Definition) -> dict[str, object]:
        """The input of StartComposition, in the form of Step Functions."""
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
