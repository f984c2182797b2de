"""Checks of the arguments of a guard."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, cast

from cdk_ivs._monitoring.event_filters import refuse_empty_list
from cdk_ivs._monitoring.periods import seconds_at_synthesis
from cdk_ivs._validation.carried import check_carried
from cdk_ivs._validation.errors import (
    ArgumentTypeError,
    ValidationError,
    number_text,
    safe_repr,
    safe_text,
)
from cdk_ivs._validation.tokens import is_token_beside
from cdk_ivs._validation.values import whole_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk import Duration

    from .props import GuardProps

_LONGEST_IDLE = 30 * 86_400
# A state machine reads them with JSONPath.
_TAG_CHARACTERS = "[A-Za-z0-9 _.:/=+@-]"
_TAG_KEY = re.compile(rf"{_TAG_CHARACTERS}{{1,128}}")
_TAG_VALUE = re.compile(rf"{_TAG_CHARACTERS}{{0,256}}")


def check_what_is_guarded(props: GuardProps) -> None:
    """Refuse a guard without streams and stages, and arguments that have no effect."""
    channels, watched = props.channels, props.channels is not None or props.all_channels
    for_streams = {"no_viewers_for": props.no_viewers_for, "starving_for": props.starving_for}
    if channels is not None:
        refuse_empty_list("channels", channels, "channel")
        if props.all_channels:
            raise ValidationError(
                "'channels' must not be given with 'all_channels'; leave one out",
                code="GuardedChannels",
            )
    if not watched and props.stage_tags is None:
        raise ValidationError(
            "'channels', 'all_channels' or 'stage_tags' must be given: there is nothing to guard",
            code="NothingToGuard",
        )
    if watched and all(value is None for value in for_streams.values()):
        raise ValidationError(
            "at least one of 'no_viewers_for' and 'starving_for' must be given with channels, "
            "got none: they say when to stop a stream",
            code="NothingToGuard",
        )
    if not watched:
        unused = {**for_streams, "check_every": props.check_every}
        _refuse_unused(unused, "'channels' or 'all_channels'")
    if props.stage_tags is None:
        deletes = props.delete_stages or None
        for_stages = {"delete_stages": deletes, "stages_idle_for": props.stages_idle_for}
        _refuse_unused(for_stages, "'stage_tags'")


def _refuse_unused(given: Mapping[str, object], needed: str) -> None:
    for keyword, value in given.items():
        if value is not None:
            raise ValidationError(
                f"'{keyword}' must not be given without {safe_text(needed)}, got "
                f"{safe_repr(value)}; leave it out",
                code="GuardUnused",
            )


def check_stage_tags(props: GuardProps) -> None:
    """Refuse an empty mapping, and tags that a path of the state machine cannot contain."""
    tags = props.stage_tags
    if tags is None:
        return
    if not tags:
        raise ValidationError(
            "'stage_tags' must have at least one tag, got none: the guard would check all stages",
            code="StageTags",
        )
    # The check of the type does not check the items of a mapping.
    for key, value in cast("Mapping[object, object]", tags).items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise ArgumentTypeError(
                f"'stage_tags' must map str to str, got {safe_repr(key)}: {safe_repr(value)}"
            )
        check_carried("stage_tags", {key: value})
        # A key is a name in a path, which must be known at synthesis.
        allowed = _TAG_VALUE.fullmatch(value) or is_token_beside(value, _TAG_CHARACTERS, 256)
        for what, text, is_allowed in (
            ("keys", key, _TAG_KEY.fullmatch(key)),
            ("values", value, allowed),
        ):
            if not is_allowed:
                raise ValidationError(
                    f"'stage_tags' must have {what} of letters, digits, spaces and '_.:/=+@-', "
                    f"got {safe_repr(text)}",
                    code="StageTags",
                )


def seconds_of_minutes(
    keyword: str, duration: Duration | None, low: int, high: int, *, default: int
) -> int:
    """Return a duration in seconds, or refuse it unless it is in whole minutes in a range."""
    if duration is None:
        return default
    seconds = seconds_at_synthesis(keyword, duration)
    whole_seconds(keyword, duration, low, high)
    if seconds % 60:
        raise ValidationError(
            f"'{keyword}' must be a whole number of minutes, got {number_text(seconds)} seconds",
            code="WholeMinutes",
        )
    return int(seconds)


def number_of_looks(keyword: str, duration: Duration | None, pause: int) -> int | None:
    """Return how many checks in a row a duration takes, including the first one."""
    if duration is None:
        return None
    seconds = seconds_at_synthesis(keyword, duration)
    whole_seconds(keyword, duration, pause, _LONGEST_IDLE)
    return math.ceil(seconds / pause) + 1
