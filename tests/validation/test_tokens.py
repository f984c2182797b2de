"""Tokens, and the text beside them."""

from __future__ import annotations

import pytest
from aws_cdk import Aws, Duration, Fn, Token

from benchmarks.messages import sent_messages
from cdk_ivs._validation.tokens import (
    ANY_CHARACTER,
    can_become,
    can_begin_with,
    found_name,
    is_made_up,
    is_token,
    is_token_beside,
    is_token_in_name,
    made_up_id,
    placeholder_if_token,
)
from tests.support.tokens import token

MADE_UP = "dummy0123456789abcdef"
REFERENCE = "{{resolve:ssm:/live/value}}"


class TestIsToken:
    @pytest.mark.parametrize(
        "value",
        [
            token(),
            f"a{token()}b",
            Token.as_number({"Ref": "Number"}),
            Token.as_list({"Ref": "List"}),
            Fn.condition_if("Condition", "a", "b"),
            REFERENCE,
            f"a-{REFERENCE}",
            MADE_UP,
            "dummy-value-for-/live",
        ],
    )
    def test_knows_what_is_known_at_deployment(self, value: object) -> None:
        """
        Tokens of every type, dynamic references and values of look-ups are tokens.
        """
        assert is_token(value)

    @pytest.mark.parametrize("value", ["", "a", "${Token}", "{{resolve}}", 1.5, None])
    def test_knows_what_is_written_out(self, value: object) -> None:
        """
        Plain values are no tokens.
        """
        assert not is_token(value)

    @pytest.mark.parametrize("value", [0, 5, True, 10**400, [], ["a", "b"], ["a", 5], [5], [[]]])
    def test_does_not_ask_about_others(self, value: object) -> None:
        """
        A whole number and a list that cannot be a token are not sent to JavaScript.
        """
        with sent_messages() as messages:
            assert not is_token(value)
        assert not messages

    def test_takes_what_is_of_the_cdk(self) -> None:
        """
        An object of the CDK that is no token is sent as itself.
        """
        assert not is_token(Duration.seconds(1))


class TestBeside:
    @pytest.mark.parametrize(
        ("text", "characters", "longest", "expected"),
        [
            (f"abc{token()}", "[a-z]", None, True),
            (f"abc{token()}", "[a-z]", 3, True),
            (f"abc{token()}", "[a-z]", 2, False),
            (f"ab{token()}c{token()}", "[a-z]", 3, True),
            (f"ab{token()}c{token()}", "[a-z]", 2, False),
            (f"abC{token()}", "[a-z]", None, False),
            (f"abC{token()}", "[a-z]", 3, False),
            (token(), "[a-z]", 0, True),
            ("abc", "[a-z]", 3, False),
            (f"A{MADE_UP}", "[a-z]", 1, False),
            (f"A-{MADE_UP}", "[0-9]", 1, True),
        ],
    )
    def test_counts_what_is_written_out(
        self, text: str, characters: str, longest: int | None, expected: object
    ) -> None:
        """
        The characters beside a token are looked at and counted, unless a look-up is in the text.
        """
        assert is_token_beside(text, characters, longest) is expected

    def test_can_be_any_text(self) -> None:
        """
        Where every character is allowed, line breaks are, too, and only the length counts.
        """
        text = f"\n\u2028ä{token()}"
        assert is_token_beside(text, ANY_CHARACTER, 3)
        assert not is_token_beside(text, ANY_CHARACTER, 2)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (token(), True),
            (f"http{token()}", True),
            (f"https://a{token()}", True),
            (f"https://{token()}b{token()}", True),
            (f"ftp{token()}", False),
            (f"ttps{token()}", False),
            (f"http:{token()}", False),
            (MADE_UP, True),
            (f"ftp-{MADE_UP}", True),
        ],
    )
    def test_can_begin_with_a_text(self, text: str, expected: object) -> None:
        """
        What is before the first token is a part of the beginning, or begins with it.
        """
        assert can_begin_with(text, "https://") is expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (token(), True),
            (f"STAN{token()}", True),
            (f"{token()}DARD", True),
            (f"ST{token()}RD", True),
            (f"ST{token()}A{token()}RD", True),
            (f"STANDARD{token()}", True),
            (f"stan{token()}", False),
            (f"TAN{token()}", False),
            (f"S.AN{token()}", False),
            (f"ST{token()}X{token()}RD", False),
            ("STANDARD", False),
            (MADE_UP, True),
            (f"x-{MADE_UP}", True),
        ],
    )
    def test_can_become_one_of_some_values(self, text: str, expected: object) -> None:
        """
        The text beside the tokens is in one of the values, in its order.
        """
        assert can_become(text, ["BASIC", "STANDARD"]) is expected


class TestNames:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            (REFERENCE, False),
            (f"a{REFERENCE}b", False),
            (f"a-{REFERENCE}{Aws.REGION}", True),
            (token(), True),
            (MADE_UP, True),
            (f"a b{token()}", False),
            (f"{'a' * 8}{token()}", True),
            (f"{'a' * 9}{token()}", False),
            ("a", False),
        ],
    )
    def test_have_a_token_and_no_written_reference(self, name: str, expected: object) -> None:
        """
        A dynamic reference that is written out is literal for the CDK, unless a token is beside it.
        """
        assert is_token_in_name(name, "[a-z-]", 8) is expected

    @pytest.mark.parametrize(
        ("name", "expected"), [(None, None), ("a", "a"), (MADE_UP, None), (REFERENCE, REFERENCE)]
    )
    def test_are_left_out_until_they_are_found(self, name: str | None, expected: object) -> None:
        """
        The CDK gets no placeholder of a look-up.
        """
        assert found_name(name) == expected


class TestMadeUp:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (MADE_UP, True),
            (f"-{MADE_UP}/", True),
            (f"A{MADE_UP}", False),
            (f"z{MADE_UP}", False),
            (f"9{MADE_UP}", False),
            (f"{MADE_UP}Z", False),
            (f"{MADE_UP}g", False),
            (f"{MADE_UP}0", False),
            (MADE_UP.upper(), False),
            (MADE_UP[:-1], False),
            ("a dummy-value-for-b", True),
            ("DUMMY-VALUE-FOR-b", False),
        ],
    )
    def test_values_have_a_form(self, text: str, expected: object) -> None:
        """
        A value of a look-up is known by its form, and not as a part of a longer word.
        """
        assert is_made_up(text) is expected

    def test_ids_have_that_form(self) -> None:
        """
        An ID of a look-up is the same for the same query, and is a placeholder.
        """
        assert made_up_id("a", "b") == made_up_id("a", "b") != made_up_id("ab")
        assert len(made_up_id("a")) == len(MADE_UP)
        assert is_made_up(made_up_id("a"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("live", "live"),
        (token(), "<name>"),
        (f"a{token()}", "<name>"),
        ("sk_a_b", "<hidden, as it may be a key>"),
    ],
)
def test_a_gap_stands_for_a_token(value: str, expected: str) -> None:
    """
    A message has a gap to fill for a token, and no key.
    """
    assert placeholder_if_token(value, "name") == expected
