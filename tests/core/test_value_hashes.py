"""Values as keys of dictionaries: equal values have equal hashes, with lists and mappings too."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable

import pytest

import cdk_ivs as ivs
from cdk_ivs import chat, patterns
from cdk_ivs._core.props import Options
from tests.support.reflection import CLASSES

VALUES = {name: kind for name, kind in CLASSES.items() if dataclasses.is_dataclass(kind)}
# Two values that are equal and were made apart, and one that differs.
MADE: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
    "role with a mapping": (
        lambda: ivs.ParticipantRole(
            allow_publish=True, allow_subscribe=False, attributes={"a": "b", "c": "d"}
        ),
        lambda: ivs.ParticipantRole(
            allow_publish=True, allow_subscribe=False, attributes={"a": "b", "c": "e"}
        ),
    ),
    "role with a list": (
        lambda: ivs.ChatRole(capabilities=[ivs.ChatCapability.SEND_MESSAGE]),
        lambda: ivs.ChatRole(capabilities=[ivs.ChatCapability.DELETE_MESSAGE]),
    ),
    "renditions": (
        lambda: ivs.RenditionConfiguration.custom([ivs.Resolution.HD]),
        lambda: ivs.RenditionConfiguration.custom([ivs.Resolution.SD]),
    ),
    "thumbnails": (
        lambda: ivs.ThumbnailConfiguration.interval(storage=[ivs.Storage.LATEST]),
        lambda: ivs.ThumbnailConfiguration.interval(storage=[ivs.Storage.SEQUENTIAL]),
    ),
    "props": (
        lambda: ivs.PlaybackRestrictionPolicyProps(
            allowed_countries=("JP", "DE"), tags={"team": "live"}
        ),
        lambda: ivs.PlaybackRestrictionPolicyProps(
            allowed_countries=("DE", "JP"), tags={"team": "live"}
        ),
    ),
    "props with other keys": (
        lambda: ivs.ChannelProps(tags={"team": "live"}),
        lambda: ivs.ChannelProps(tags={"owner": "live"}),
    ),
    "nested props": (
        lambda: ivs.ChannelProps(
            multitrack_input_configuration=ivs.MultitrackInputConfiguration(
                maximum_resolution="HD", policy="ALLOW"
            )
        ),
        lambda: ivs.ChannelProps(tags={}),
    ),
    "handler": (
        chat.MessageReviewHandler.none,
        lambda: chat.RoomProps(tags={"a": "b"}),
    ),
    "layout": (
        lambda: patterns.CompositionLayout.grid(featured_participant_attribute="star"),
        patterns.CompositionLayout.grid,
    ),
}


@pytest.mark.parametrize(("make", "make_other"), MADE.values(), ids=MADE)
class TestValues:
    def test_have_the_hash_of_their_equals(
        self, make: Callable[[], object], make_other: Callable[[], object]
    ) -> None:
        """
        Equal values are one key, and another value is another key.
        """
        one, equal, other = make(), make(), make_other()
        assert one == equal
        assert one != other
        assert hash(one) == hash(equal) != hash(other)
        assert len({one, equal, other}) == 2

    def test_are_copied_as_equals(
        self, make: Callable[[], object], make_other: Callable[[], object]
    ) -> None:
        """
        A copy, a deep copy and a value from another process are equal and the same key.
        """
        for value in (make(), make_other()):
            for copied in (
                copy.copy(value),
                copy.deepcopy(value),
                pickle.loads(pickle.dumps(value)),  # noqa: S301 - written a moment before
            ):
                assert copied == value
                assert hash(copied) == hash(value)


def test_orders_of_mappings_make_no_difference() -> None:
    """
    Mappings are equal in any order, and so are their hashes.
    """
    one, other = (
        ivs.ChannelProps(tags=tags) for tags in ({"a": "1", "b": "2"}, {"b": "2", "a": "1"})
    )
    assert one == other
    assert hash(one) == hash(other)


@dataclasses.dataclass(frozen=True)
class _One(Options):
    name: str


@dataclasses.dataclass(frozen=True)
class _Other(Options):
    name: str


def test_classes_make_a_difference() -> None:
    """
    Values of two classes are other keys, also with the same arguments.
    """
    one, other = _One("live"), _Other("live")
    assert one != other
    assert hash(one) == hash(_One("live")) != hash(other)


@pytest.mark.parametrize("name", sorted(VALUES))
def test_all_values_have_such_a_hash(name: str) -> None:
    """
    No public value takes the hash of the decorator, which raises for lists and mappings.
    """
    kind = VALUES[name]
    fields = [str(field.type) for field in dataclasses.fields(VALUES[name])]  # type: ignore[arg-type] - a dataclass
    may_be_unhashable = any("Mapping[" in each or "Sequence[" in each for each in fields)
    assert kind.__hash__ is Options.__hash__ or not may_be_unhashable
