"""The functions that suggest a name, a call or a value."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Self

import aws_cdk
import pytest
from aws_cdk import Stack, Token
from aws_cdk.aws_kms import Key

from cdk_ivs._validation.hints import (
    factories_of,
    how_to_refer_to,
    iam_reference,
    nearest,
    reference_by_arn,
    snake,
    suggest_alternative,
    where_is,
)
from tests.support.arns import arn

SOME_ARN = "arn:aws:any:us-west-2:123456789012:thing/AbCdef1G2hij"
# By the interface: the class, and the methods by ARN and by name.
OF_THE_CDK = [
    ("IBucketRef", "aws_s3.Bucket", "from_bucket_arn", "from_bucket_name"),
    ("ICertificateRef", "aws_certificatemanager.Certificate", "from_certificate_arn", None),
    (
        "IDeliveryStreamRef",
        "aws_kinesisfirehose.DeliveryStream",
        "from_delivery_stream_arn",
        "from_delivery_stream_name",
    ),
    ("IEventBus", "aws_events.EventBus", "from_event_bus_arn", "from_event_bus_name"),
    ("IFunctionRef", "aws_lambda.Function", "from_function_arn", "from_function_name"),
    ("IGroupRef", "aws_iam.Group", "from_group_arn", None),
    ("IKey", "aws_kms.Key", "from_key_arn", None),
    ("ILogGroupRef", "aws_logs.LogGroup", "from_log_group_arn", "from_log_group_name"),
    ("IQueue", "aws_sqs.Queue", "from_queue_arn", None),
    ("IRole", "aws_iam.Role", "from_role_arn", "from_role_name"),
    ("ISecret", "aws_secretsmanager.Secret", "from_secret_complete_arn", None),
    ("ITableRef", "aws_dynamodb.Table", "from_table_arn", "from_table_name"),
    ("ITopicRef", "aws_sns.Topic", "from_topic_arn", None),
    ("IUserRef", "aws_iam.User", "from_user_arn", None),
]


class TestSuggestAlternative:
    @pytest.mark.parametrize(("interface", "kind", "by_arn", "by_name"), OF_THE_CDK)
    def test_names_the_methods_of_the_cdk(
        self, interface: str, kind: str, by_arn: str, by_name: str | None
    ) -> None:
        """
        An ARN goes to one method, a name to another. Without such a method, no name is repeated.
        """
        assert suggest_alternative([interface], SOME_ARN) == (
            f"""; use {kind}.{by_arn}(self, "…", '{SOME_ARN}')"""
        )
        assert suggest_alternative([interface], "live") == (
            f'; use {kind}.{by_arn}(self, "…", "…")'
            if by_name is None
            else f"""; use {kind}.{by_name}(self, "…", 'live')"""
        )
        module, _, name = kind.partition(".")
        for method in filter(None, (by_arn, by_name)):
            assert callable(getattr(getattr(import_module(f"aws_cdk.{module}"), name), method))

    @pytest.mark.parametrize(
        ("expected", "value", "suggestion"),
        [
            (["str"], SOME_ARN, ""),
            (["IThingRef"], SOME_ARN, ""),
            (["Bucket"], SOME_ARN, ""),
            ([], SOME_ARN, ""),
            (
                ["str", "IThingRef", "IChannelRef"],
                SOME_ARN,
                f"""; use Channel.from_channel_arn(self, "…", '{SOME_ARN}')""",
            ),
            (
                ["IRoom"],
                SOME_ARN,
                f"""; use chat.Room.from_room_arn(self, "…", '{SOME_ARN}')""",
            ),
            (["IGrantable", "IBucketRef"], "live", ""),
            (["IBucketRef"], 5, ""),
            (["ISigningKey"], 5, ""),
        ],
    )
    def test_takes_the_first_that_it_knows(
        self, expected: list[str], value: object, suggestion: str
    ) -> None:
        """
        The first interface with a known class decides, and other names suggest nothing.
        """
        assert suggest_alternative(expected, value) == suggestion

    def test_imports_a_key_of_the_cdk(self, stack: Stack) -> None:
        """
        A key of the CDK becomes a signing key by its ARN, and is no other construct.
        """
        key = Key(stack, "Key")
        assert suggest_alternative(["str", "ISigningKey"], key) == (
            '; use SigningKey.from_signing_key_arn(self, "…", key.key_ref.key_arn)'
        )
        assert suggest_alternative(["IBucketRef"], key) == ""

    @pytest.mark.parametrize(
        ("value", "suggestion"),
        [
            (0, "; name the unit, as in Duration.seconds(0)"),
            (1.25, "; name the unit, as in Duration.seconds(1.25)"),
            (123_456_789_012.375, "; name the unit, as in Duration.seconds(123456789012.375)"),
            (10**14 - 1, "; name the unit, as in Duration.seconds(99999999999999)"),
            (10**14, ""),
            (-1, ""),
            (True, ""),
            ("60", ""),
            (None, ""),
            (Token.as_number({"Ref": "Seconds"}), ""),
            (timedelta(days=1, milliseconds=500), "; use Duration.seconds(86400.5)"),
            (timedelta(days=-1), "; use Duration.seconds(-86400)"),
            (timedelta(days=10_000), "; use Duration.seconds(864000000)"),
        ],
    )
    def test_names_the_unit_of_durations(self, value: object, suggestion: str) -> None:
        """
        A number of seconds up to three million years, and every timedelta, becomes a duration.
        """
        assert suggest_alternative(["Duration"], value) == suggestion
        assert suggest_alternative(["str", "Duration"], value) == suggestion


class TestHowToReferTo:
    @pytest.mark.parametrize(
        ("annotation", "value", "call"),
        [
            ("IBucketRef", SOME_ARN, f"""aws_s3.Bucket.from_bucket_arn(self, "…", '{SOME_ARN}')"""),
            ("IBucketRef | None", "live", 'aws_s3.Bucket.from_bucket_arn(self, "…", "…")'),
            ("IBucketRef", 5, 'aws_s3.Bucket.from_bucket_arn(self, "…", "…")'),
            (
                "Sequence[IStageRef] | None",
                SOME_ARN,
                f"""Stage.from_stage_arn(self, "…", '{SOME_ARN}')""",
            ),
            ("IGrantable", "backend", ""),
            ("str | None", SOME_ARN, ""),
            ("", SOME_ARN, ""),
        ],
    )
    def test_is_a_call_with_an_arn(self, annotation: str, value: object, call: str) -> None:
        """
        A keyword for an ARN takes no name, so a value that is no ARN is not repeated.
        """
        assert how_to_refer_to(annotation, value) == call


class TestReferences:
    def test_without_an_arn_leave_a_gap(self) -> None:
        """
        The call has a gap where the ARN is not known.
        """
        assert reference_by_arn("Role") == 'aws_iam.Role.from_role_arn(self, "…", "…")'
        assert reference_by_arn("User", SOME_ARN) == (
            f"""aws_iam.User.from_user_arn(self, "…", '{SOME_ARN}')"""
        )

    @pytest.mark.parametrize(
        ("value", "kind"),
        [
            ("arn:aws:iam::123456789012:role/backend", "Role"),
            ("arn:aws-cn:iam::123456789012:user/path/one", "User"),
            ("arn:aws:iam::123456789012:group/all", "Group"),
        ],
    )
    def test_of_iam_are_known_by_the_arn(self, value: str, kind: str) -> None:
        """
        The ARN says whether it is that of a role, a user or a group.
        """
        assert iam_reference(value) == (
            f"""aws_iam.{kind}.from_{kind.lower()}_arn(self, "…", '{value}')"""
        )

    @pytest.mark.parametrize(
        "value",
        [
            "arn:aws:iam::123456789012:policy/all",
            "arn:aws:iam::123456789012:root",
            "arn:aws:sts::123456789012:role/backend",
            "a arn:aws:iam::123456789012:role/backend",
            "",
        ],
    )
    def test_of_others_are_not_known(self, value: str) -> None:
        """
        Only roles, users and groups can be referred to.
        """
        assert iam_reference(value) == ""


class Shape:
    """A class of values, in the form of those of the library."""

    def __init__(self, size: int = 0) -> None:
        self.size = size

    @classmethod
    def unit(cls) -> Self:
        """A shape without arguments."""
        return cls()

    @classmethod
    def square(cls, size: int) -> Self:
        """A shape with an argument by position."""
        return cls(size)

    @staticmethod
    def of(*, size: int) -> Shape:
        """A shape with an argument by keyword."""
        return Shape(size)

    @staticmethod
    def largest() -> Shape:
        """A shape of a static method without arguments."""
        return Shape(9)

    @staticmethod
    def count() -> int:
        """No shape."""
        return 2

    @classmethod
    def _hidden(cls) -> Self:
        return cls()

    def copy(self) -> Shape:
        """A shape of a shape."""
        return Shape(self.size)


class TestFactoriesOf:
    @pytest.fixture
    def shape(self, monkeypatch: pytest.MonkeyPatch) -> type[Shape]:
        """The class, as one of the library."""
        monkeypatch.setattr(Shape, "__module__", "cdk_ivs.shapes")
        return Shape

    def test_are_the_methods_that_return_one(self, shape: type[Shape]) -> None:
        """
        Public class methods and static methods that return a value are named in their order.
        """
        assert factories_of(shape, 5) == (
            "; use Shape.unit() or Shape.square(...) or Shape.of(...) or Shape.largest()"
        )

    def test_are_not_named_for_nothing(self, shape: type[Shape]) -> None:
        """
        None has no better value, and a class of others is not the library's to explain.
        """
        assert factories_of(shape, None) == ""
        assert factories_of(aws_cdk.Duration, 5) == ""
        assert factories_of(str, 5) == ""


class TestNearest:
    @pytest.mark.parametrize(
        ("name", "allowed", "found"),
        [
            ("name", ["type", "channel_name"], "channel_name"),
            ("Name", ["channel_name"], "channel_name"),
            ("ChannelName", ["room_name", "channel_name"], "channel_name"),
            ("type_", ["name", "type"], "type"),
            ("bucket_arn", ["name", "bucket"], "bucket"),
            ("ChannelArn", ["channel"], "channel"),
            ("Bucket", ["access_log_bucket", "bucket"], "bucket"),
            ("vpcSubnets", ["vpc", "vpc_subnets"], "vpc_subnets"),
            ("id", ["type", "viewer_id"], "viewer_id"),
            ("bucket_of_the_recordings", ["type", "bucket"], "bucket"),
            ("name_", ["type", "channel_name"], "channel_name"),
            ("X_", ["offset_y", "offset_x"], "offset_x"),
            ("chanel_nam", ["room_name", "channel_name", "type"], "channel_name"),
            ("destination_configuration", ["name", "bucket"], "bucket"),
            ("S3", ["name", "bucket"], "bucket"),
            (
                "AutoParticipantRecordingConfiguration",
                ["stage_name", "participant_recording"],
                "participant_recording",
            ),
            ("s3", ["name"], None),
            ("xyz", ["channel_name", "type"], None),
            ("xyz", [], None),
        ],
    )
    def test_is_the_name_that_is_meant(
        self, name: str, allowed: list[str], found: str | None
    ) -> None:
        """
        The same words, a part of them, the word of CloudFormation, or similar letters are meant.
        """
        assert nearest(name, iter(allowed)) == found


class TestNames:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [("ChannelName", "channel_name"), ("name", "name"), ("Name", "name"), ("aB", "a_b")],
    )
    def test_of_cloudformation_become_those_of_python(self, name: str, expected: str) -> None:
        """
        Each capital letter begins a word.
        """
        assert snake(name) == expected

    @pytest.mark.parametrize(
        ("name", "package", "hint"),
        [
            ("Room", "cdk_ivs", "; use cdk_ivs.chat.Room"),
            ("Channel", "cdk_ivs.chat", "; use cdk_ivs.Channel"),
            ("RecordingDelivery", "cdk_ivs", "; use cdk_ivs.patterns.RecordingDelivery"),
            ("channel", "cdk_ivs", "; use cdk_ivs.Channel"),
            ("ROOM", "cdk_ivs.chat", "; use cdk_ivs.chat.Room"),
            ("Chanel", "cdk_ivs", "; use cdk_ivs.Channel"),
            ("Xyzzy", "cdk_ivs", ""),
        ],
    )
    def test_are_found_in_every_package(self, name: str, package: str, hint: str) -> None:
        """
        The package that has the name is named, or a name of the same package that is similar.
        """
        assert where_is(name, package) == hint


def test_what_is_not_shown_is_not_repeated() -> None:
    """
    A call has a gap in place of a text that is long, or a token, or may be a key.
    """
    for name in ("b" * 200, "sk_us-west-2_a_b", Token.as_string({"Ref": "Bucket"})):
        assert suggest_alternative(["IBucketRef"], name) == (
            '; use aws_s3.Bucket.from_bucket_name(self, "…", "…")'
        )
    assert suggest_alternative(["IChannelRef"], arn("channel/a")) == (
        f"""; use Channel.from_channel_arn(self, "…", '{arn("channel/a")}')"""
    )
