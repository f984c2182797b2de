"""Groups of arguments as values, and the check of their types."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from aws_cdk import CfnParameter, Duration, Fn, IResolvable, Stack, Token
from aws_cdk.aws_s3 import Bucket
from aws_cdk.interfaces.aws_s3 import IBucketRef

from cdk_ivs import ValidationError
from cdk_ivs._core.props import Props


class Colour(enum.StrEnum):
    RED = "RED"
    DARK_BLUE = "DARK_BLUE"


@dataclass(frozen=True, kw_only=True)
class Frame(Props):
    line_width: int
    colour: Colour | None = None


@dataclass(frozen=True, kw_only=True)
class Picture(Props):
    bucket: IBucketRef | None = None
    colours: Sequence[Colour] | None = None
    duration: Duration | None = None
    frame_style: Frame | None = None
    hidden: bool | IResolvable | None = None
    sizes: Sequence[int] | None = None
    texts: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Lock(Props):
    number: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Lens(Props):
    s3_key: str
    the_5_year_plan: bool | None = None


class TestRepresentation:
    def test_has_all_arguments(self) -> None:
        """
        The arguments stand in it in their order, also those that are not given.
        """
        assert repr(Frame(line_width=1)) == "Frame(line_width=1, colour=None)"
        assert repr(Picture(frame_style=Frame(line_width=1), sizes=[1])) == (
            "Picture(bucket=None, colours=None, duration=None, frame_style=Frame(line_width=1, "
            "colour=None), hidden=None, sizes=[1], texts=None)"
        )

    def test_has_long_arguments_as_a_whole(self) -> None:
        """
        A value that a message would truncate is shown in full.
        """
        key = "recordings/" * 30
        assert repr(Lens(s3_key=key)) == f"Lens(s3_key={key!r}, the_5_year_plan=None)"

    def test_shows_no_key(self) -> None:
        """
        An argument that may be a key is described.
        """
        key = "sk_us-west-2_" + "AbCdEf123456_secret"
        assert repr(Lens(s3_key=key)) == (
            "Lens(s3_key=a string of 32 characters that may contain a key, the_5_year_plan=None)"
        )

    def test_shows_no_secret(self) -> None:
        """
        An argument that is never shown is described even if it does not look like a key.
        """
        assert repr(Lock(number="12")) == "Lock(number=<str>)"
        assert repr(Lock()) == "Lock(number=None)"


class TestTypes:
    def test_keeps_values_of_the_right_type(self, stack: Stack) -> None:
        """
        Values that fit are kept as they are.
        """
        bucket = Bucket(stack, "Bucket")
        picture = Picture(bucket=bucket, hidden=False, sizes=[1], duration=Duration.seconds(1))
        assert picture.bucket is bucket
        assert picture.hidden is False
        assert picture.sizes == [1]

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (
                {"bucket": "name"},
                (
                    "'bucket' must be IBucketRef, got 'name' of type 'str'; "
                    """use aws_s3.Bucket.from_bucket_name(self, "…", 'name')"""
                ),
            ),
            (
                {"hidden": "yes"},
                "'hidden' must be bool or IResolvable, got 'yes' of type 'str'",
            ),
            (
                {"colours": "RED"},
                (
                    "'colours' must be Sequence[Colour (RED, DARK_BLUE)], "
                    "got 'RED' of type 'str'; put it into a list"
                ),
            ),
            (
                {"colours": ["RED", "PINK"]},
                (
                    "'colours' must be Sequence[Colour (RED, DARK_BLUE)], "
                    "got ['RED', 'PINK'] of type 'list' with 'PINK' of type 'str' at index 1"
                ),
            ),
            (
                {"sizes": [1, "a"]},
                (
                    "'sizes' must be Sequence[int], "
                    "got [1, 'a'] of type 'list' with 'a' of type 'str' at index 1"
                ),
            ),
            (
                {"duration": 60},
                (
                    "'duration' must be Duration, got 60 of type 'int'; name the unit, as in "
                    "Duration.seconds(60)"
                ),
            ),
            ({"frame_style": 1}, "'frame_style' must be Frame, got 1 of type 'int'"),
        ],
    )
    def test_refuses_another_type(self, arguments: dict[str, object], message: str) -> None:
        """
        The keyword, what it takes, the value and its type stand in the message.
        """
        with pytest.raises(TypeError) as error:
            Picture(**arguments)  # type: ignore[arg-type] - the mistake
        assert isinstance(error.value, ValidationError)
        assert error.value.message == message

    def test_refuses_none_for_what_is_required(self) -> None:
        """
        None stands for "not given" only where there is a default.
        """
        with pytest.raises(TypeError, match="'line_width' must be int, got None"):
            Frame(line_width=None)  # type: ignore[arg-type] - the mistake

    def test_cuts_long_values_in_the_message(self) -> None:
        """
        A long value is abbreviated.
        """
        with pytest.raises(TypeError) as error:
            Picture(bucket="x" * 1000)  # type: ignore[arg-type] - the mistake
        assert len(str(error.value)) < 260


class TestEnums:
    @pytest.mark.parametrize("colour", [Colour.DARK_BLUE, "DARK_BLUE"], ids=["member", "value"])
    def test_takes_a_member_or_its_value(self, colour: Colour) -> None:
        """
        The value of a member, as read from a file, becomes the member.
        """
        assert Frame(line_width=1, colour=colour).colour is Colour.DARK_BLUE
        assert Picture(colours=[colour]).colours == [Colour.DARK_BLUE]

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        A token stands for any member, and a list token for any list of them.
        """
        colour: Colour = CfnParameter(stack, "Colour").value_as_string  # type: ignore[assignment] - a token
        colours: list[Colour] = Token.as_list({"Ref": "Colours"})  # type: ignore[assignment] - a token
        assert Frame(line_width=1, colour=colour).colour == colour
        assert Picture(colours=[Colour.RED, colour]).colours == [Colour.RED, colour]
        assert Picture(colours=colours).colours == colours

    @pytest.mark.parametrize("colour", ["red", 1])
    def test_refuses_what_is_no_member(self, colour: Colour) -> None:
        """
        The members stand in the message.
        """
        with pytest.raises(TypeError, match=r"'colour' must be Colour \(RED, DARK_BLUE\), got"):
            Frame(line_width=1, colour=colour)


class TestMappings:
    @pytest.mark.parametrize(
        "frame", [{"line_width": 2, "colour": "RED"}, {"lineWidth": 2, "colour": Colour.RED}]
    )
    def test_takes_a_mapping_for_a_nested_struct(self, frame: Frame) -> None:
        """
        A dictionary stands for a struct, with names in Python's form or JavaScript's.
        """
        assert Picture(frame_style=frame).frame_style == Frame(line_width=2, colour=Colour.RED)

    def test_refuses_unknown_names(self) -> None:
        """
        A name that the struct does not have is refused with the names that it has.
        """
        with pytest.raises(
            TypeError,
            match=r"'frame_style' has no option 'depth' \(allowed: line_width, colour\)",
        ):
            Picture(frame_style={"line_width": 1, "depth": 1})  # type: ignore[arg-type] - the mistake

    @pytest.mark.parametrize(
        ("name", "meant"),
        [("lineWith", "line_width"), ("width", "line_width"), ("Color", "colour")],
    )
    def test_repeats_the_name_as_typed(self, name: str, meant: str) -> None:
        """
        The name stands in the message in the form that the user looks for, and what was meant.
        """
        with pytest.raises(
            TypeError, match=f"'frame_style' has no option '{name}'; the nearest is '{meant}'"
        ):
            Picture(frame_style={name: 1})  # type: ignore[arg-type] - the mistake

    def test_refuses_missing_names(self) -> None:
        """
        A name without a default must be there.
        """
        with pytest.raises(
            TypeError, match=r"'frame_style' requires 'line_width', got \['colour'\]"
        ):
            Picture(frame_style={"colour": "RED"})  # type: ignore[arg-type] - the mistake

    def test_refuses_what_is_no_mapping(self) -> None:
        """
        The value and its type stand in the message.
        """
        with pytest.raises(TypeError) as error:
            Frame.from_mapping("frame", [("line_width", 1)])  # type: ignore[arg-type] - the mistake
        assert error.value.message == (  # type: ignore[attr-defined] - of the library
            "'frame' must be a mapping, got [('line_width', 1)] of type 'list'"
        )

    def test_refuses_a_keyword_that_is_no_text(self) -> None:
        """
        The keyword of a mapping is for messages.
        """
        with pytest.raises(TypeError, match="'keyword' must be str, got 1 of type 'int'"):
            Frame.from_mapping(1, {"line_width": 1})  # type: ignore[arg-type] - the mistake

    def test_shows_no_key_in_the_keyword(self) -> None:
        """
        A key that is taken for the keyword is not in the message.
        """
        key = "sk_us-west-2_" + "AbCdEf123456_secret"
        with pytest.raises(TypeError) as error:
            Frame.from_mapping(key, {"depth": 1})
        assert "AbCdEf123456" not in str(error.value)
        assert "has no option 'depth'" in str(error.value)

    def test_takes_digits_and_several_words(self) -> None:
        """
        Each capital and each digit after an underscore begins a word.
        """
        lens = Lens(s3_key="a", the_5_year_plan=True)
        assert lens.to_mapping() == {"s3Key": "a", "the5YearPlan": True}
        assert Lens.from_mapping("lens", {"s3Key": "a"}) == Lens(s3_key="a")

    def test_gives_what_was_given_under_javascript_names(self) -> None:
        """
        A property injector gets the given values only, nested structs as dictionaries.
        """
        picture = Picture(frame_style=Frame(line_width=2, colour=Colour.RED), hidden=False)
        assert picture.to_mapping() == {
            "frameStyle": {"lineWidth": 2, "colour": "RED"},
            "hidden": False,
        }

    def test_resolvable_stands_for_a_boolean(self) -> None:
        """
        A token object is taken where a boolean is.
        """
        token = Fn.condition_if("Live", True, False)
        assert Picture(hidden=token).hidden is token
