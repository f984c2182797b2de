"""Physical ids: their text, and how they follow a custom resource to other resources and back."""

from __future__ import annotations

import pytest

from cdk_ivs._services.custom_resource.cdk_ivs_handler.ids import PhysicalId, short

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

FIRST, SECOND = "arn:aws:ivs:r:a:channel/First", "arn:aws:ivs:r:a:channel/Second"
HERE = PhysicalId(FIRST, "Attach", "Id", "Old")
# The longest history, with which an id has 1,000 characters.
HISTORY = ("x" * 500, "y" * 492)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ("", "", "", "", ())),
        (FIRST, (FIRST, "", "", "", ())),
        ("a#b", ("a", "b", "", "", ())),
        ("a#b#c", ("a", "b", "c", "", ())),
        ("a#b#X", ("a", "b", "X", "", ())),
        ("a#b#c#d", ("a", "b", "c", "d", ())),
        ("a#b#c##e=f", ("a", "b", "c", "", ("e=f",))),
        ("a#b#c#d#e=f,g=,h=i=j", ("a", "b", "c", "d", ("e=f", "g=", "h=i=j"))),
    ],
)
def test_have_a_text(text: str, parts: tuple[str, str, str, str, tuple[str, ...]]) -> None:
    """
    The parts are in the text, without those at the end that are empty, and come out of it again.
    """
    assert PhysicalId.parse(text) == parts
    assert str(PhysicalId(*parts)) == text


def test_of_others_have_no_more_parts() -> None:
    """
    What follows the fifth part is left out.
    """
    assert PhysicalId.parse("a#b#c#d#e#f#g") == ("a", "b", "c", "d", ("e",))


@pytest.mark.parametrize(
    ("history", "kept"),
    [
        (HISTORY, HISTORY),
        ((*HISTORY[:1], HISTORY[1] + "y"), HISTORY[:1]),
        ((*HISTORY, ""), HISTORY),
        (("x" * 993,), ("x" * 993,)),
        (("x" * 994,), ()),
        (("x" * 994, "y"), ()),
    ],
)
def test_lose_the_oldest_first(history: tuple[str, ...], kept: tuple[str, ...]) -> None:
    """
    Of a text of more than 1,000 characters, the end of the history is left out.
    """
    text = str(PhysicalId("a", "b", "c", "", history))
    assert len(text) <= 1_000
    assert PhysicalId.parse(text).history == kept


@pytest.mark.parametrize(
    ("history", "found", "left", "expected"),
    [
        # To a resource where it never was.
        ((), "there", None, ("New", ("First=Old",))),
        ((), "there", "Console", ("New", ("First=Old=Console",))),
        ((), "there", "", ("New", ("First=Old=",))),
        (("Third=x",), "there", None, ("New", ("First=Old", "Third=x"))),
        # Back, where the value is the set one, or is the one from when it left.
        (("Second=Before",), "set", None, ("Before", ())),
        (("Second=Before", "Third=x"), "set", "Console", ("Before", ("Third=x",))),
        (("Second=Before=there",), "p/there", None, ("Before", ())),
        # Back, where somebody has changed the value since.
        (("Second=Before",), "there", None, ("New", ("First=Old", "Second=Before"))),
        (("Second=Before=x",), "there", None, ("New", ("First=Old", "Second=Before=x"))),
        # Back to the last but one.
        (
            ("Third=x", "Second=Before"),
            "set",
            None,
            ("New", ("First=Old", "Third=x", "Second=Before")),
        ),
    ],
)
def test_follow_to_other_resources(
    history: tuple[str, ...], found: str, left: str | None, expected: tuple[str, tuple[str, ...]]
) -> None:
    """
    An id has where the custom resource was, and is the one from before after a rollback.
    """
    moved = HERE._replace(history=history).moved_to(
        SECOND, "New", found=found, value="set", left=left
    )
    assert moved == (SECOND, "Attach", "Id", *expected)


@pytest.mark.parametrize(
    ("value", "expected"), [("a/b/c", "c"), ("a", "a"), ("", ""), (FIRST, "First"), ("a/", "")]
)
def test_are_of_short_values(value: str, expected: str) -> None:
    """
    Of an ARN, an id has what follows the last slash.
    """
    assert short(value) == expected
