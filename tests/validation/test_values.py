"""Checks of values that several constructs share."""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Callable

import pytest
from aws_cdk import Aws, Duration, Token

from benchmarks.messages import sent_messages
from cdk_ivs import ValidationError
from cdk_ivs._validation.values import (
    check_name,
    check_number,
    check_unique,
    in_seconds,
    is_plain_name,
    keep_seconds,
    read_seconds,
    whole_days,
    whole_minutes,
    whole_seconds,
)
from tests.support.tokens import token


class TestCheckName:
    @pytest.mark.parametrize("name", [None, "", "a", "A-b_9", "x" * 128])
    def test_accepts_what_ivs_accepts(self, name: str | None) -> None:
        """
        Up to 128 letters, digits, hyphens and underscores are a name.
        """
        assert check_name("channel_name", name) is None

    @pytest.mark.parametrize("name", ["a b", "ä", "a.b", "a/b", "name\n"])
    def test_refuses_other_characters(self, name: str) -> None:
        """
        Any other character is refused, with the keyword and the name.
        """
        with pytest.raises(ValidationError) as error:
            check_name("channel_name", name)
        assert error.value.code == "Name"
        assert error.value.message == (
            f"'channel_name' must contain only letters, digits, '-' and '_', got {name!r}"
        )

    def test_refuses_a_long_name(self) -> None:
        """
        A name of 129 characters is refused, with its length.
        """
        for name in ("x" * 129, f"{'x' * 100}{token()}{'x' * 29}"):
            with pytest.raises(ValidationError) as error:
                check_name("channel_name", name)
            assert error.value.code == "Name"
            assert error.value.message == (
                "'channel_name' must have at most 128 characters, got 129 characters"
            )

    def test_knows_plain_names(self) -> None:
        """
        A name with a token in it is not plain.
        """
        assert is_plain_name("x" * 128)
        assert not is_plain_name("x" * 129)
        assert not is_plain_name(token())

    def test_lets_tokens_through(self) -> None:
        """
        A name that holds a token is left to CloudFormation.
        """
        assert check_name("channel_name", f"live-{Aws.REGION}") is None


class TestCheckUnique:
    def test_accepts_different_values(self) -> None:
        """
        A list without repetition is taken, an empty one too.
        """
        assert check_unique("storage", ["A", "B"]) is None
        assert check_unique("storage", []) is None

    def test_refuses_a_repetition(self) -> None:
        """
        The value that stands twice is named.
        """
        with pytest.raises(ValidationError) as error:
            check_unique("storage", ["A", "B", "A"])
        assert error.value.code == "Duplicate"
        assert error.value.message == (
            "'storage' must not have a value twice, got 'A' again; leave one out"
        )

    def test_takes_sequences_without_slices(self) -> None:
        """
        A sequence need not be a list: a deque has no slices.
        """
        assert check_unique("storage", deque(["A", "B"])) is None
        with pytest.raises(ValidationError, match="got 'A' again"):
            check_unique("storage", deque(["A", "B", "A"]))


class TestWholeSeconds:
    @pytest.mark.parametrize(
        ("duration", "seconds"),
        [
            (Duration.seconds(0), 0),
            (Duration.millis(2000), 2),
            (Duration.minutes(5), 300),
        ],
        ids=["zero", "milliseconds", "minutes"],
    )
    def test_converts_any_unit(self, duration: Duration, seconds: int) -> None:
        """
        A duration in any unit is rendered as whole seconds, both limits included.
        """
        assert whole_seconds("window", duration, 0, 300) == seconds

    def test_is_none_when_not_given(self) -> None:
        """
        No duration renders nothing.
        """
        assert whole_seconds("window", None, 0, 300) is None

    @pytest.mark.parametrize(
        ("duration", "problem"),
        [
            (Duration.seconds(0), "at least 1 second, got 0 seconds"),
            (Duration.seconds(301), "at most 300 seconds, got 301 seconds"),
            (Duration.days(15), "at most 300 seconds, got 1296000 seconds"),
            (Duration.millis(1500), "a whole number of seconds, got 1.5 seconds"),
        ],
        ids=["below", "above", "far above", "broken"],
    )
    def test_refuses_what_is_out_of_range(self, duration: Duration, problem: str) -> None:
        """
        The message says which limit was passed, the value and the range.
        """
        with pytest.raises(ValidationError) as error:
            whole_seconds("window", duration, 1, 300)
        assert error.value.code == "DurationRange"
        assert error.value.message == (f"'window' must be {problem} (allowed: 1 to 300 seconds)")

    def test_lets_a_token_in_seconds_through(self) -> None:
        """
        A number that is known at deployment is rendered as the token it is.
        """
        number = Token.as_number({"Ref": "Window"})
        assert whole_seconds("window", Duration.seconds(number), 1, 300) == number

    def test_refuses_a_token_in_minutes(self) -> None:
        """
        A token in another unit cannot be converted, and the message says what to write.
        """
        number = Token.as_number({"Ref": "Window"})
        for check in (in_seconds, lambda *given: whole_seconds(*given, 1, 300)):
            with pytest.raises(ValidationError) as error:
                check("window", Duration.minutes(number))
            assert error.value.code == "DurationUnit"
            assert error.value.message == (
                "'window' must be Duration.seconds() when its value is a token, got a token in "
                "another unit"
            )

    def test_returns_whole_numbers(self) -> None:
        """
        CloudFormation gets 2 and not 2.0.
        """
        assert type(whole_seconds("window", Duration.millis(2000), 1, 300)) is int


class TestReadSeconds:
    @pytest.mark.parametrize(
        ("duration", "seconds"),
        [
            (Duration.millis(1500), 1.5),
            (Duration.hours(1), 3600),
            (Duration.minutes(Token.as_number({"Ref": "Window"})), None),
        ],
        ids=["fraction", "hours", "token"],
    )
    def test_asks_once(self, duration: Duration, seconds: float | None) -> None:
        """
        The CDK is asked for the length once, and not again.
        """
        with sent_messages() as messages:
            assert read_seconds(duration) == seconds
            first = len(messages)
            assert read_seconds(duration) == seconds
        assert len(messages) == first >= 1

    def test_does_not_ask_for_what_is_kept(self) -> None:
        """
        A length that is known when the duration is created is not asked for.
        """
        duration = Duration.seconds(5)
        with sent_messages() as messages:
            assert keep_seconds(duration, 5) is duration
            assert in_seconds("window", duration) == 5
        assert not messages


class TestWholeUnits:
    @pytest.mark.parametrize(
        ("duration", "days"),
        [
            (Duration.days(7), 7),
            (Duration.hours(48 * 10), 20),
            (Duration.days(30), 30),
            (None, None),
        ],
        ids=["lowest", "hours", "highest", "none"],
    )
    def test_of_days(self, duration: Duration | None, days: int | None) -> None:
        """
        A duration in any unit is a whole number of days, both limits included.
        """
        found = whole_days("window", duration, 7, 30)
        assert found == days
        assert found is None or type(found) is int

    @pytest.mark.parametrize(
        ("duration", "minutes"),
        [(Duration.seconds(60), 1), (Duration.hours(3), 180), (None, None)],
        ids=["lowest", "highest", "none"],
    )
    def test_of_minutes(self, duration: Duration | None, minutes: int | None) -> None:
        """
        A duration in any unit is a whole number of minutes, both limits included.
        """
        assert whole_minutes("window", duration, 1, 180) == minutes

    @pytest.mark.parametrize(
        ("check", "duration", "problem"),
        [
            (whole_days, Duration.days(6), "days from 7 to 30, got 6 days"),
            (whole_days, Duration.days(31), "days from 7 to 30, got 31 days"),
            (whole_days, Duration.days(1), "days from 7 to 30, got 1 day"),
            (whole_days, Duration.hours(180), "days from 7 to 30, got 7.5 days"),
            (whole_minutes, Duration.seconds(90), "minutes from 7 to 30, got 1.5 minutes"),
            (whole_minutes, Duration.seconds(450), "minutes from 7 to 30, got 7.5 minutes"),
            (whole_minutes, Duration.days(1), "minutes from 7 to 30, got 1440 minutes"),
        ],
    )
    def test_in_no_range_are_refused(
        self, check: Callable[..., object], duration: Duration, problem: str
    ) -> None:
        """
        The message has the range and the value in the unit.
        """
        with pytest.raises(ValidationError) as error:
            check("window", duration, 7, 30)
        assert error.value.code == "DurationRange"
        assert error.value.message == f"'window' must be a whole number of {problem}"

    @pytest.mark.parametrize(
        ("check", "create", "unit"),
        [(whole_days, Duration.days, "days"), (whole_minutes, Duration.minutes, "minutes")],
    )
    def test_let_tokens_in_their_unit_through(
        self, check: Callable[..., object], create: Callable[[float], Duration], unit: str
    ) -> None:
        """
        A token in the unit is rendered as it is, and one in another unit cannot be converted.
        """
        number = Token.as_number({"Ref": "Window"})
        assert check("window", create(number), 7, 30) == number
        for other in (Duration.seconds, Duration.hours):
            with pytest.raises(ValidationError) as error:
                check("window", other(number), 7, 30)
            assert error.value.code == "DurationUnit"
            assert error.value.message == (
                f"'window' must be Duration.{unit}() when its value is a token, got a token in "
                "another unit"
            )


# In a process of its own: the one of jsii ends if it is sent what JSON does not have.
SPECIAL = """
import sys
from cdk_ivs import ValidationError
from cdk_ivs._validation.values import check_number
for number in sys.argv[1:]:
    try:
        check_number("framerate", float(number), 1, 60)
    except ValidationError as error:
        print(error.message)
"""
SPECIAL_NUMBERS = ("nan", "inf", "-inf")


class TestCheckNumber:
    @pytest.mark.parametrize("number", [None, 1, 1.0, 30, 29.97, 60, 60.0])
    def test_accepts_what_is_in_range(self, number: float | None) -> None:
        """
        Whole numbers and fractions up to both limits are taken, and nothing at all.
        """
        assert check_number("framerate", number, 1, 60) is None

    @pytest.mark.parametrize(
        ("number", "problem"),
        [
            (0, "at least 1, got 0"),
            (0.999, "at least 1, got 0.999"),
            (-1, "at least 1, got -1"),
            (61, "at most 60, got 61"),
            (60.001, "at most 60, got 60.001"),
        ],
    )
    def test_refuses_what_is_out_of_range(self, number: float, problem: str) -> None:
        """
        The message says which limit was passed, the number and the range.
        """
        with pytest.raises(ValidationError) as error:
            check_number("framerate", number, 1, 60)
        assert error.value.code == "NumberRange"
        assert error.value.message == f"'framerate' must be {problem} (allowed: 1 to 60)"

    @pytest.mark.parametrize(
        ("number", "problem"),
        [(1, "at least 2 pixels, got 1"), (5, "at most 4 pixels, got 5")],
        ids=["below", "above"],
    )
    def test_names_the_unit(self, number: int, problem: str) -> None:
        """
        A unit follows the limit.
        """
        with pytest.raises(ValidationError) as error:
            check_number("width", number, 2, 4, "pixels")
        assert error.value.message == f"'width' must be {problem} (allowed: 2 to 4)"

    @pytest.mark.parametrize("value", [True, False])
    def test_refuses_a_truth_value(self, value: bool) -> None:
        """
        Python takes True for 1, and nobody means it.
        """
        with pytest.raises(TypeError) as error:
            check_number("framerate", value, 0, 60)
        assert str(error.value) == (
            f"'framerate' must be a number, got {value} of type 'bool' [cdk-ivs:ArgumentType]"
        )

    def test_lets_tokens_through(self) -> None:
        """
        A number that is known at deployment is left to CloudFormation.
        """
        assert check_number("framerate", Token.as_number({"Ref": "Framerate"}), 1, 60) is None

    def test_refuses_what_is_no_number(self) -> None:
        """
        NaN and the infinities are refused as any number that is out of range.
        """
        # In one process, as its start takes eight seconds with the oldest aws-cdk-lib.
        process = subprocess.run(
            [sys.executable, "-c", SPECIAL, *SPECIAL_NUMBERS],
            capture_output=True,
            text=True,
            check=False,
        )
        refusals = process.stdout.splitlines()
        for number, refusal in zip(SPECIAL_NUMBERS, refusals, strict=True):
            assert refusal.startswith("'framerate' must be ")
            assert f"got {number}" in refusal
