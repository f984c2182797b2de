"""Names made from paths in Python, against those that the CDK makes."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from aws_cdk import App, Names, NestedStack, Stack, Stage
from constructs import Construct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from cdk_ivs._core.unique_names import unique_resource_name

# What the rule treats in its own way: what it hides, leaves out, cuts or finds at the end of
# what stands before, and what paths cannot have.
IDS = (
    "Default",
    "Resource",
    "Channel",
    "LiveChannel",
    "nel",
    "a",
    "A",
    "a-b_c",
    "a/b",
    "a//b",
    "a\nb",
    " ",
    "...",
    "é日本",
    "😀",
    "0",
    "-",
    "_",
    "x" * 60,
    "y" * 119,
    "z" * 120,
    "w" * 128,
    "v" * 300,
)
# As for channels, as for the policies of the functions that review messages, and others.
OPTIONS = (
    {"max_length": 128, "special_characters": "-_"},
    {"max_length": 100, "separator": "-"},
    {"max_length": 21},
    {"max_length": 64, "separator": "__", "special_characters": "_"},
)
SCOPES = 400
_STACK_NAME = 80


def from_cdk(
    construct: Construct, *, max_length: int, separator: str = "", special_characters: str = ""
) -> str:
    """The name that the CDK makes."""
    return Names.unique_resource_name(
        construct,
        max_length=max_length,
        separator=separator,
        allowed_special_characters=special_characters,
    )


def generated(app: App, seed: int) -> Iterator[Construct]:
    """Constructs in random places: in stacks, stacks in Stages, nested stacks and channels."""
    choose = random.Random(seed)  # noqa: S311 - the same places each time
    stage = Stage(app, "Prod")
    scopes: list[Construct] = [
        Stack(app, "Stack"),
        Stack(app, "Channel", stack_name="s" * 128),
        Stack(stage, "Resource"),
        Stack(Construct(app, "Around"), "a-b"),
    ]
    for number in range(SCOPES):
        scope = choose.choice(scopes)
        id = choose.choice((*IDS, f"N{number}"))
        kind = choose.choice((Construct, Construct, Construct, ivs.Channel, NestedStack))
        # The CDK makes a longer name of this path, which is none for a stack.
        if kind is NestedStack and len(scope.node.path + id) > _STACK_NAME:
            kind = Construct
        # It makes no id of a template without letters.
        if kind is not Construct and not any(map(str.isalnum, id)):
            kind = Construct
        if scope.node.try_find_child(id.replace("/", "--").replace("\n", "--")) is None:
            scopes.append(kind(scope, id))
            yield scopes[-1]


class TestUniqueResourceName:
    @pytest.mark.parametrize("seed", range(4))
    def test_equals_that_of_the_cdk(self, app: App, seed: int) -> None:
        """
        Wherever a construct stands, its name is the one that the CDK makes.
        """
        made = list(generated(app, seed))
        # A scope is asked for its ids after those in it as well as before them.
        random.Random(seed).shuffle(made)  # noqa: S311 - the same order each time
        names = [
            (unique_resource_name(construct, **options), from_cdk(construct, **options))
            for construct in made
            for options in OPTIONS
        ]
        assert len(names) > 1_000
        assert [pair for pair in names if pair[0] != pair[1]] == []

    def test_of_half_a_character(self, stack: Stack) -> None:
        """
        The CDK makes the name where Python has no bytes for the id.
        """
        construct = Construct(stack, "Half\ud83d")
        assert unique_resource_name(construct, max_length=128) == "StackHalfB7903A62"
        assert from_cdk(construct, max_length=128) == "StackHalfB7903A62"

    def test_of_nothing_but_default(self, app: App) -> None:
        """
        Where the CDK has nothing to make a name of, its error is raised.
        """
        construct = Construct(Stack(app, "Default"), "Default")
        with pytest.raises(RuntimeError, match="empty set of components"):
            unique_resource_name(construct, max_length=128)

    def test_asks_once_for_a_scope(self, stack: Stack) -> None:
        """
        The name of the stack and the path of another scope are read once, and those of
        constructs of this library never.
        """
        group = Construct(stack, "Group")
        inner = Construct(group, "Inner")
        ivs.Channel(inner, "Before", channel_name="before")
        with sent_messages() as messages:
            unique_resource_name(ivs.Channel(inner, "First", channel_name="first"), max_length=9)
        assert messages[2:] == ["Get path", "Get stackName"]
        channel = ivs.Channel(group, "Second", channel_name="second")
        key = ivs.StreamKey(channel, "Key", channel=channel)
        with sent_messages() as messages:
            for construct in (channel, key):
                unique_resource_name(construct, max_length=9)
        assert messages == []
