"""Types of arguments, and options that a typed dictionary has."""

from __future__ import annotations

import enum
from collections import UserList
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypedDict
from unittest import mock

import pytest
from aws_cdk import Duration, IResolvable, Stack, Token
from aws_cdk.aws_s3 import Bucket
from aws_cdk.interfaces.aws_s3 import IBucketRef

import cdk_ivs as ivs
from cdk_ivs._validation.argument_types import (
    _check_for,
    check_type,
    union_members,
    validate_options,
)
from cdk_ivs._validation.errors import ArgumentTypeError


class Side(enum.StrEnum):
    LEFT = "LEFT"
    RIGHT = "RIGHT"


class Options(TypedDict, total=False):
    label: str | None
    line_width: int | None


class Handmade:
    """An object that has the members of an interface of the CDK."""

    bucket_ref = env = node = with_ = None


class Listed(UserList[object]):
    """A sequence that is no list."""


@pytest.fixture(autouse=True)
def forget_checks() -> Iterator[None]:
    """Forget the checks of type hints that other tests have used."""
    _check_for.cache_clear()
    yield
    _check_for.cache_clear()


@pytest.fixture
def bucket(stack: Stack) -> Bucket:
    """A construct with the members of an interface."""
    return Bucket(stack, "Bucket")


class TestCheckType:
    @pytest.mark.parametrize(
        ("value", "hint"),
        [
            ("a", str),
            (1, float),
            (True, bool | IResolvable),
            (Token.as_any({"Ref": "Hidden"}), bool | IResolvable),
            (Token.as_number({"Ref": "Width"}), int),
            (Token.as_number({"Ref": "Width"}), int | None),
            (["a", "b"], Sequence[str]),
            (("a", "b"), Sequence[str]),
            (Listed(["a"]), Sequence[str]),
            ([], Sequence[int] | None),
            (None, object),
            ([1, Token.as_number({"Ref": "Width"})], Sequence[int]),
            ([1, "a"], Sequence[str | int]),
            (Token.as_list({"Ref": "Texts"}), Sequence[str]),
            ({"a": 1}, Mapping[str, int]),
            (Handmade(), IBucketRef),
            (Handmade(), IBucketRef | str),
            ("a", IBucketRef | str),
            ([Handmade(), "a"], Sequence[IBucketRef | str]),
            (Duration.seconds(1), Duration | None),
        ],
    )
    def test_takes_what_fits(self, value: object, hint: object) -> None:
        """
        A value of one of the types is returned as it is.
        """
        assert check_type("keyword", value, hint) is value

    def test_takes_constructs(self, bucket: Bucket) -> None:
        """
        A construct with the members of an interface fits, alone and in a list.
        """
        assert check_type("keyword", bucket, IBucketRef) is bucket
        assert check_type("keyword", bucket, IBucketRef | None) is bucket
        assert check_type("keyword", [bucket, bucket], Sequence[IBucketRef]) == [bucket, bucket]

    @pytest.mark.parametrize(
        ("value", "hint", "expected"),
        [
            ("LEFT", Side, Side.LEFT),
            (Side.RIGHT, Side | None, Side.RIGHT),
            (["LEFT", Side.RIGHT], Sequence[Side], [Side.LEFT, Side.RIGHT]),
            (("LEFT",), Sequence[Side] | None, [Side.LEFT]),
            ([], Sequence[Side], []),
        ],
    )
    def test_returns_members_of_enums(self, value: object, hint: object, expected: object) -> None:
        """
        The values of members become the members.
        """
        found = check_type("keyword", value, hint)
        assert found == expected
        assert {type(each) for each in ([found] if isinstance(found, str) else list(found))} <= {  # type: ignore[call-overload] - a list of them
            Side
        }

    def test_takes_tokens_for_enums(self) -> None:
        """
        A token can become a member, alone, as an item, and as the whole list.
        """
        one, all = Token.as_string({"Ref": "Side"}), Token.as_list({"Ref": "Sides"})
        assert check_type("keyword", one, Side) == one
        assert check_type("keyword", ["LEFT", one], Sequence[Side]) == ["LEFT", one]
        assert check_type("keyword", all, Sequence[Side]) == all

    @pytest.mark.parametrize(
        ("value", "hint", "message"),
        [
            (1, str, "must be str, got 1 of type 'int'"),
            (None, str, "must be str, got None of type 'NoneType'"),
            (1.5, int, "must be int, got 1.5 of type 'float'"),
            (1.5, str | int, "must be str or int, got 1.5 of type 'float'"),
            (
                Token.as_number({"Ref": "Width"}),
                str,
                "must be str, got <number token> of type 'float'",
            ),
            ("UP", Side, "must be Side (LEFT, RIGHT), got 'UP' of type 'str'"),
            (5, Side | None, "must be Side (LEFT, RIGHT), got 5 of type 'int'"),
            (
                5,
                Sequence[Side],
                "must be Sequence[Side (LEFT, RIGHT)], got 5 of type 'int'",
            ),
            (
                "LEFT",
                Sequence[Side],
                (
                    "must be Sequence[Side (LEFT, RIGHT)], got 'LEFT' of type 'str'; put it into a "
                    "list"
                ),
            ),
            (
                ["LEFT", 1],
                Sequence[Side],
                (
                    "must be Sequence[Side (LEFT, RIGHT)], got ['LEFT', 1] of type 'list' with 1 "
                    "of type 'int' at index 1"
                ),
            ),
            (
                ["UP"],
                Sequence[Side],
                "must be Sequence[Side (LEFT, RIGHT)], got ['UP'] of type 'list'",
            ),
            (
                "a",
                Sequence[str],
                "must be Sequence[str], got 'a' of type 'str'; put it into a list",
            ),
            ("", Sequence[Side], "must be Sequence[Side (LEFT, RIGHT)], got '' of type 'str'"),
            (
                {Side.LEFT},
                Sequence[Side],
                "must be Sequence[Side (LEFT, RIGHT)], got {<Side.LEFT: 'LEFT'>} of type 'set'",
            ),
            ({"a"}, Sequence[str], "must be Sequence[str], got {'a'} of type 'set'"),
            (5, Sequence[str], "must be Sequence[str], got 5 of type 'int'"),
            (b"a", Sequence[str], "must be Sequence[str], got 1 bytes of type 'bytes'"),
            (
                ["a", "b", 5, 6],
                Sequence[str],
                (
                    "must be Sequence[str], got ['a', 'b', 5, 6] of type 'list' with 5 of type "
                    "'int' at index 2"
                ),
            ),
            (["a"], Mapping[str, str], "must be Mapping[str, str], got ['a'] of type 'list'"),
            (
                5,
                Mapping[str, ivs.ChatRole],
                "must be Mapping[str, ChatRole], got 5 of type 'int'; use {\"…\": ChatRole(...)}",
            ),
            (
                5,
                IBucketRef | str,
                "must be IBucketRef or an ARN, got 5 of type 'int'",
            ),
            (5, str | bool, "must be str or bool, got 5 of type 'int'"),
            (
                [5],
                Sequence[IBucketRef],
                "must be Sequence[IBucketRef], got [5] of type 'list'",
            ),
            (
                "live",
                Sequence[IBucketRef],
                "must be Sequence[IBucketRef], got 'live' of type 'str'",
            ),
            (
                5,
                Duration,
                "must be Duration, got 5 of type 'int'; name the unit, as in Duration.seconds(5)",
            ),
        ],
    )
    def test_refuses_what_does_not_fit(self, value: object, hint: object, message: str) -> None:
        """
        The message has the keyword, what it takes, the value, its type, and what to write.
        """
        with pytest.raises(ArgumentTypeError) as error:
            check_type("keyword", value, hint)
        assert error.value.message == f"'keyword' {message}"

    @pytest.mark.parametrize(
        ("double", "hint"),
        [
            (mock.MagicMock(), str),
            (mock.NonCallableMock(), Duration | None),
            ([mock.MagicMock()], Sequence[str]),
            (["a", mock.NonCallableMock()], Sequence[str]),
        ],
    )
    def test_refuses_test_doubles(self, double: object, hint: object) -> None:
        """
        A test double is of no type, also as an item of a list.
        """
        with pytest.raises(ArgumentTypeError, match="'keyword' must be "):
            check_type("keyword", double, hint)

    def test_refuses_test_doubles_in_lists_of_resources(self, stack: Stack) -> None:
        """
        A list with a test double in it is refused before anything is created.
        """
        double: Any = mock.MagicMock()
        with pytest.raises(ArgumentTypeError, match="at index 1"):
            ivs.PlaybackRestrictionPolicy(
                stack, "Policy", allowed_origins=["https://example.com", double]
            )
        assert stack.node.children == []

    @pytest.mark.parametrize(
        ("value", "hint", "got"),
        [
            (["a"], str, "got a value of type 'list'"),
            (None, str, "got None of type 'NoneType'"),
            ("key\ud83c", str, "got a value that is not shown"),
        ],
    )
    def test_does_not_show_secrets(self, value: object, hint: object, got: str) -> None:
        """
        A value that may be a key is not in the message, whatever is wrong with it.
        """
        with pytest.raises(ArgumentTypeError) as error:
            check_type("keyword", value, hint, secret=True)
        assert error.value.message.startswith("'keyword' must be ")
        assert error.value.message.endswith(got)

    def test_leaves_the_items_of_mappings_to_others(self) -> None:
        """
        The check of each kind of mapping names what is wrong in it.
        """
        tags = {"a": "\ud83c"}
        assert check_type("keyword", tags, Mapping[str, str]) is tags


class TestUnionMembers:
    def test_are_those_beside_none(self) -> None:
        """
        None is left out of a union, and another hint is its only member.
        """
        assert union_members(str | int | None) == (str, int)
        assert union_members(Sequence[str]) == (Sequence[str],)


class TestValidateOptions:
    def test_returns_what_is_given(self) -> None:
        """
        Options that are None are left out. Others are kept, even if they are empty.
        """
        assert validate_options({"label": "", "line_width": None}, Options) == {"label": ""}
        assert validate_options({"line_width": 0}, Options) == {"line_width": 0}
        assert validate_options({}, Options) == {}

    @pytest.mark.parametrize(
        ("name", "others", "problem"),
        [
            ("lable", (), "'lable'; the nearest is 'label' (allowed: label, line_width)"),
            ("width", (), "'width'; the nearest is 'line_width' (allowed: label, line_width)"),
            ("xyz", (), "'xyz' (allowed: label, line_width)"),
            (
                "targets",
                ("target",),
                "'targets'; the nearest is 'target' (allowed: label, line_width, target)",
            ),
        ],
    )
    def test_refuses_others(self, name: str, others: tuple[str, ...], problem: str) -> None:
        """
        An option that does not exist is refused with the nearest name and all names.
        """
        with pytest.raises(ArgumentTypeError) as error:
            validate_options({"label": "a", name: None}, Options, *others)
        assert error.value.message == f"there is no option {problem}"

    def test_takes_the_other_keywords(self) -> None:
        """
        The other keywords of the method are no options of the dictionary, and are allowed.
        """
        assert validate_options({"target": 1}, Options, "target") == {"target": 1}
