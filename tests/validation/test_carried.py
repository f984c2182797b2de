"""What JSON cannot carry, and tokens where the CDK cannot resolve them."""

from __future__ import annotations

import pytest
from aws_cdk import Stack, Token

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.carried import _is_finite, can_cross, check_carried
from cdk_ivs._validation.errors import ArgumentTypeError
from cdk_ivs._validation.tokens import is_token
from tests.support.crossing import UNCARRIED, CrossedError, guarded_bridge, uncarried_number
from tests.support.reflection import Parameter, form_of, parameters
from tests.support.tokens import token
from tests.support.workshop import Workshop

HALF = "\ud83c"
HUGE = 10**400


def list_token() -> list[str]:
    """A list that is known at deployment."""
    return Token.as_list({"Ref": "List"})


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (HALF, "be text that UTF-8 can encode, got '\\ud83c'"),
        ("\ud800", "be text that UTF-8 can encode, got '\\ud800'"),
        ("\udfff", "be text that UTF-8 can encode, got '\\udfff'"),
        (["a", f"é{HALF}"], "be text that UTF-8 can encode, got ['a', 'é\\ud83c']"),
        ({HALF: "a"}, "be text that UTF-8 can encode, got {'\\ud83c': 'a'}"),
        ({"a": HALF}, "be text that UTF-8 can encode, got {'a': '\\ud83c'}"),
        (UNCARRIED, "be a number that JSON can carry, got 777777.25"),
        ([1, UNCARRIED], "be a number that JSON can carry, got [1, 777777.25]"),
    ],
)
def test_is_refused_without_a_message(value: object, problem: str) -> None:
    """
    The error names the keyword and the value, and nothing is sent to JavaScript.
    """
    with uncarried_number():
        with sent_messages() as messages, pytest.raises(ArgumentTypeError) as error:
            check_carried("keyword", value)
        assert error.value.message == f"'keyword' must {problem}"
        assert not messages
        assert not can_cross(value) or isinstance(value, dict)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_numbers_that_are_not_finite_are_none_of_json(number: str) -> None:
    """
    JSON has finite numbers only. This check does not involve JavaScript.
    """
    assert not _is_finite(float(number))


@pytest.mark.parametrize("number", [HUGE, -HUGE], ids=["huge", "negative"])
def test_a_whole_number_above_all_of_javascript_is_refused(number: int) -> None:
    """
    Python has whole numbers that no number of JavaScript can be.
    """
    with pytest.raises(
        ArgumentTypeError, match="must be a number that JSON can carry, got"
    ) as error:
        check_carried("keyword", number)
    assert len(error.value.message) < 200
    assert not can_cross(number)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "text",
        "é",
        "🎬",
        "\ud7ff\ue000",
        0,
        1.5,
        2**53,
        True,
        None,
        [],
        ["é"],
        {"é": 1},
        b"\xff",
        object(),
    ],
)
def test_anything_else_is_carried(value: object) -> None:
    """
    Text of any script and finite numbers pass, and so do values of other types.
    """
    assert check_carried("keyword", value) is None
    assert can_cross(value)


def test_a_secret_is_not_shown() -> None:
    """
    A value that may be a key is not in the message.
    """
    with pytest.raises(ArgumentTypeError) as error:
        check_carried("keyword", f"key{HALF}", secret=True)
    assert error.value.message == (
        "'keyword' must be text that UTF-8 can encode, got a value that is not shown"
    )


@pytest.mark.parametrize("value", [HALF, [HALF], UNCARRIED, [UNCARRIED], HUGE, [HUGE]])
def test_nobody_asks_whether_it_is_a_token(value: object) -> None:
    """
    No token is half a character or an infinite number, so the CDK is not asked.
    """
    with uncarried_number(), sent_messages() as messages:
        assert not is_token(value)
    assert not messages


class TestListTokens:
    def test_pass_alone(self) -> None:
        """
        A list that is known at deployment is taken where a list is.
        """
        assert check_carried("keyword", list_token()) is None

    @pytest.mark.parametrize("other", ["x", "token"])
    @pytest.mark.parametrize("first", [True, False])
    def test_have_no_items_beside_them(self, stack: Stack, other: str, first: bool) -> None:
        """
        The CDK would refuse the list only when it renders the template.
        """
        text = token() if other == "token" else "https://example.com"
        items = [text, *list_token()] if first else [*list_token(), text]
        with pytest.raises(ArgumentTypeError) as error:
            ivs.PlaybackRestrictionPolicy(stack, "Policy", allowed_origins=items)
        shown = "<token>" if other == "token" else text
        pair = [shown, "<token>"] if first else ["<token>", shown]
        assert error.value.message == (
            "'allowed_origins' must be a list that is a token without other items, or a list "
            f"without it, got {pair!r}"
        )
        assert stack.node.try_find_child("Policy") is None

    def test_have_no_text_around_them(self) -> None:
        """
        The CDK cannot join text and a list.
        """
        with pytest.raises(ArgumentTypeError, match="must be a list that is a token without other"):
            check_carried("keyword", [f"a{list_token()[0]}"])

    def test_are_not_read_like_lists(self, stack: Stack) -> None:
        """
        An item of such a list is no text that the CDK can resolve.
        """
        with pytest.raises(ArgumentTypeError) as error:
            ivs.Channel(stack, "Channel", channel_name=list_token()[0])
        assert error.value.message == (
            "'channel_name' must not be an item of a list that is a token, got '<token>'; use "
            "Fn.select(), which takes the list"
        )


def test_number_tokens_are_not_written_as_digits(stack: Stack) -> None:
    """
    A number token in a text would be rendered as the number that stands for it.
    """
    number = Token.as_number({"Ref": "Number"})
    with pytest.raises(ArgumentTypeError) as error:
        ivs.Channel(stack, "Channel", tags={"count": f"n{number}"})
    assert error.value.message == (
        "'tags' must not contain a token for a number, got {'count': 'n<number token>'}; use "
        "Token.as_string(), which takes the number"
    )
    channel = ivs.Channel(stack, "Channel", tags={"count": f"n{Token.as_string(number)}"})
    assert channel.node.path == "Stack/Channel"


def test_the_type_comes_first() -> None:
    """
    A value of another type is refused as that.
    """
    with pytest.raises(ArgumentTypeError, match=r"must be str, got 777777\.25 of type 'float'"):
        check_type("keyword", UNCARRIED, str)


def bad_values(parameter: Parameter) -> list[object]:
    """What JSON cannot carry, in the form that the parameter takes."""
    form = form_of(parameter.annotation)
    return [form(f"é{HALF}") if form is not None else HALF, UNCARRIED, -HUGE, [UNCARRIED, HALF]]


@pytest.mark.once  # Refused in Python, before aws-cdk-lib.
@pytest.mark.unmeasured
@pytest.mark.parametrize("owner", sorted({each.owner for each in parameters()}))
def test_reaches_javascript_from_no_parameter(owner: str) -> None:
    """
    Every parameter of everything public refuses it before the bridge.
    """
    workshop = Workshop()
    calls = 0
    for parameter in (each for each in parameters() if each.owner == owner):
        for value in bad_values(parameter):
            calls += 1
            try:
                with guarded_bridge():
                    workshop.call(parameter, value)
            except CrossedError as error:
                pytest.fail(f"{parameter} sends {value!r:.60}: {error}")
            except Exception:  # noqa: BLE001, S112 - other tests are about the errors
                continue
    assert calls
