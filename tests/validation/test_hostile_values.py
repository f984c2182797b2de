"""Values that are hostile in themselves are refused as any wrong value is."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from aws_cdk import Duration, IStableAnyProducer, Lazy, Stack
from jsii import implements, member

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError
from cdk_ivs._validation.redaction import may_hold_key, redacted, safe_repr
from cdk_ivs._validation.tokens import is_token


class Rude:
    """An object that cannot be compared."""

    def __eq__(self, other: object) -> bool:
        """Refuse to answer."""
        raise RuntimeError("no comparison")

    def __hash__(self) -> int:
        """Refuse to answer."""
        raise RuntimeError("no hash")


@implements(IStableAnyProducer)
class Producer:
    """What a Lazy value calls."""

    @member(jsii_name="produce")
    def produce(self) -> object:
        """The value."""
        return "value"


@pytest.mark.parametrize("text", ["z" * 200_000, "z-" * 100_000, "-z" * 100_000, "word " * 40_000])
def test_long_text_is_looked_through_once(text: str) -> None:
    """
    A text of 200,000 characters is searched for keys in one pass, where a search from each
    character takes minutes.
    """
    assert not may_hold_key(text)
    assert redacted(text) == text
    assert len(safe_repr(text)) == 129


@pytest.mark.parametrize("value", [Rude(), mock.MagicMock(), 1j], ids=["rude", "double", "complex"])
@pytest.mark.parametrize("keyword", ["channel_name", "type", "recording_configuration", "tags"])
def test_odd_objects_are_refused(stack: Stack, keyword: str, value: Any) -> None:
    """
    An object that cannot be compared, and a test double, are refused with the keyword.
    """
    with pytest.raises(ArgumentTypeError, match=f"'{keyword}' must be "):
        ivs.Channel(stack, "Channel", **{keyword: value})
    assert stack.node.children == []


@pytest.mark.parametrize("values", [[1j], [object()], ["HD", 1], [None], []])
def test_list_of_anything_is_no_token(values: list[Any]) -> None:
    """
    Only a list of one text can be a token, and other items do not get to JavaScript.
    """
    assert not is_token(values)


def test_token_is_no_grantee(stack: Stack) -> None:
    """
    A Lazy value of any type is no grantee, although JavaScript made it.
    """
    lazy: Any = Lazy.any(Producer())
    stage = ivs.Stage(stack, "Stage")
    with pytest.raises(ArgumentTypeError, match="'grantee' must be IGrantable, got "):
        stage.grants.read(lazy)


@pytest.mark.parametrize("values", ["text", None, ["a"], 5])
def test_options_are_a_mapping(values: Any) -> None:
    """
    Options that are no mapping are refused with the keyword that the user typed.
    """
    with pytest.raises(ArgumentTypeError, match=r"^'props' must be a mapping, got .* of type "):
        ivs.StageProps.from_mapping("props", values)


def test_keyword_of_options_is_a_text() -> None:
    """
    The keyword is for messages, and is a text.
    """
    keyword: Any = Rude()
    with pytest.raises(ArgumentTypeError, match="'keyword' must be str, got an object"):
        ivs.StageProps.from_mapping(keyword, {})


def test_scope_that_has_no_truth_is_refused(stack: Stack) -> None:
    """
    The scope of a rule in another stack is refused by its type, and never asked whether it is true.
    """

    class Untrue:
        def __bool__(self) -> bool:
            raise RuntimeError("no truth")

    untrue: Any = Untrue()
    channel = ivs.Channel(stack, "Channel")
    with pytest.raises(ArgumentTypeError, match="'cross_stack_scope' must be "):
        channel.on_stream_state_change("Rule", cross_stack_scope=untrue)
    assert stack.node.try_find_child("Rule") is None


def test_scope_whose_path_is_no_text_is_refused() -> None:
    """
    A test double has a path of any type, and the error has the ID alone.
    """
    double: Any = mock.MagicMock()
    with pytest.raises(ArgumentTypeError) as error:
        ivs.Channel(double, "Channel")
    assert error.value.path == "Channel"


def test_durations_are_shown_as_people_write_them() -> None:
    """
    A duration has no text in Python, and is shown in its unit.
    """
    assert safe_repr(Duration.minutes(5)) == "5 minutes"


@pytest.mark.parametrize("value", [b"", b"text", bytearray(b"text"), memoryview(b"text")])
@pytest.mark.parametrize(
    ("keyword", "create"),
    [
        ("renditions", ivs.RenditionConfiguration.custom),
        ("allowed_origins", lambda value: ivs.PlaybackRestrictionPolicyProps(
            allowed_countries=["DE"], allowed_origins=value)),
        ("playback_configurations", lambda value: ivs.AdConfigurationProps(
            playback_configurations=value)),
    ],
)  # fmt: skip
def test_bytes_are_no_list(value: Any, keyword: str, create: Any) -> None:
    """
    Bytes are a sequence of numbers, and are refused as a whole. An empty list is no bytes.
    """
    expected = rf"'{keyword}' must be Sequence\[.*, got {len(value)} bytes of type "
    with pytest.raises(ArgumentTypeError, match=expected):
        create(value)


def test_addresses_in_memory_are_not_shown() -> None:
    """
    A function and an object in a list are shown without the address, which each run changes.
    """
    assert safe_repr([Rude()]) == "[<tests.validation.test_hostile_values.Rude object>]"
    assert safe_repr(Rude.__eq__) == "<function Rude.__eq__>"
    assert safe_repr("<object at 0x7f00>") == "'<object at 0x7f00>'"
