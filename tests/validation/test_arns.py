"""ARNs of IVS resources."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from aws_cdk import Aws, Fn, Stack
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.aws_ivs import CfnChannel, CfnStreamKey

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs._validation.arns import (
    Arn,
    arn_of,
    can_be_split,
    check_arn,
    check_resource_id,
    resource_id,
)
from tests.support.arns import arn


class TestArn:
    def test_has_the_parts(self) -> None:
        """
        The parts of an ARN that is written out are known.
        """
        found = Arn.parse("arn:aws-cn:ivschat:cn-north-1:123456789012:room/AbCdef1G2hij")
        assert found == (
            "aws-cn",
            "ivschat",
            "cn-north-1",
            "123456789012",
            "room",
            "AbCdef1G2hij",
        )
        assert found.is_concrete

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (
                f"arn:{Aws.PARTITION}:ivs:us-west-2:123456789012:channel/a",
                (None, "ivs", "us-west-2", "123456789012", "channel", "a"),
            ),
            (
                f"arn:aws:ivs:{Aws.REGION}:{Aws.ACCOUNT_ID}:channel/a",
                ("aws", "ivs", None, None, "channel", "a"),
            ),
            (
                f"arn:aws:ivs:us-west-2:123456789012:channel/{Aws.STACK_NAME}",
                ("aws", "ivs", "us-west-2", "123456789012", "channel", None),
            ),
            (
                f"arn:aws:ivs:us-west-2:123456789012:{Aws.STACK_NAME}",
                ("aws", "ivs", "us-west-2", "123456789012", None, None),
            ),
            (
                "arn:aws:ivs:us-west-2:{{resolve:ssm:/account}}:channel/a",
                ("aws", "ivs", "us-west-2", None, None, None),
            ),
            (
                "arn:aws:s3:::bucket/key",
                ("aws", "s3", None, None, "bucket", "key"),
            ),
            (
                arn("channel/a/b"),
                ("aws", "ivs", "us-west-2", "123456789012", "channel", None),
            ),
            (
                "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/my-ads",
                (
                    "aws",
                    "mediatailor",
                    "us-west-2",
                    "123456789012",
                    "playbackConfiguration",
                    "my-ads",
                ),
            ),
            (
                arn("channel/dummy0123456789abcdef"),
                ("aws", "ivs", "us-west-2", "123456789012", "channel", "dummy0123456789abcdef"),
            ),
        ],
        ids=[
            "partition",
            "place",
            "id",
            "resource",
            "dynamic",
            "empty",
            "two-ids",
            "other-service",
            "made-up-id",
        ],
    )
    def test_leaves_out_what_is_not_known(self, value: str, expected: tuple[object, ...]) -> None:
        """
        A part that is a token, a dynamic reference, or empty is None, and the others are known;
        so is the id that stands in for one that is looked up.
        """
        assert Arn.parse(value) == expected
        assert Arn.parse(value).is_concrete is (None not in expected)

    @pytest.mark.parametrize(
        "value",
        [
            Fn.import_value("Arn"),
            "{{resolve:ssm:/prod/channel}}",
            "dummy-value-for-/prod/channel",
            "",
            "arn:aws:ivs:us-west-2",
            "urn:aws:ivs:us-west-2:123456789012:channel/a",
        ],
        ids=["token", "dynamic", "made-up", "empty", "short", "other-scheme"],
    )
    def test_knows_nothing_of_anything_else(self, value: str) -> None:
        """
        What has not the shape of an ARN has no parts.
        """
        assert Arn.parse(value) == (None,) * 6

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (arn("channel/a"), True),
            (f"arn:aws:ivs:{Aws.REGION}:{Aws.ACCOUNT_ID}:channel/a", True),
            (Fn.import_value("Arn"), True),
            ("arn:aws:ivs:us-west-2", False),
            ("arn:aws:ivs:us-east-1:{{resolve:ssm:account}}:channel/abc", False),
            ("{{resolve:ssm:/prod/channel}}", False),
            ("dummy-value-for-/prod/channel", False),
        ],
        ids=["written-out", "with-tokens", "token", "short", "dynamic", "all-dynamic", "made-up"],
    )
    def test_can_be_split(self, value: str, expected: object) -> None:
        """
        The CDK takes apart what is written out, and tokens; nothing that is resolved later.
        """
        assert can_be_split(value) is expected


class TestCheckArn:
    @pytest.mark.parametrize(
        "value",
        [
            arn("channel/AbCdef1G2hij"),
            arn("channel/f99cde61-c2b0-4df3-8941-ca7d38acca1a"),
            f"arn:aws:ivs:{Aws.REGION}:{Aws.ACCOUNT_ID}:channel/AbCdef1G2hij",
            f"arn:{Aws.PARTITION}:ivs:us-west-2:123456789012:channel/{Aws.STACK_NAME}",
            f"arn:aws:ivs:us-west-2:123456789012:{Aws.STACK_NAME}",
            Fn.import_value("ChannelArn"),
            "arn:aws:ivs:us-east-1:{{resolve:ssm:account}}:channel/abc",
            "arn:aws:ivs:{{resolve:ssm:region}}:{{resolve:ssm:account}}:channel/abc",
            f"arn:aws-{Aws.STACK_NAME}:ivs:us-{Aws.STACK_NAME}-2:1{Aws.STACK_NAME}:channel/A-{Aws.STACK_NAME}",
        ],
        ids=[
            "id",
            "uuid",
            "region-token",
            "id-token",
            "resource-token",
            "token",
            "dynamic",
            "two-dynamic",
            "parts-with-tokens",
        ],
    )
    def test_accepts_the_resource(self, value: str) -> None:
        """
        The ARN of the resource passes, and so does one with tokens in its parts.
        """
        assert check_arn("channel_arn", value, "channel") is None

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "channel/AbCdef1G2hij",
            arn("stage/AbCdef1G2hij"),
            arn("channel"),
            arn("channel/"),
            arn("channel/a/b"),
            arn("channel/a", service="ivschat"),
            arn("channel/a", region=""),
            "arn:aws:ivs:us-west-2:1234:channel/a",
            f"arn:aws:ivs:{Aws.REGION}:{Aws.ACCOUNT_ID}:stage/a",
            f"arn:aws:ivs:us-west-2:123456789012:stage/{Aws.STACK_NAME}",
            f"arn:AWS-{Aws.STACK_NAME}:ivs:us-west-2:123456789012:channel/a",
            f"arn:aws:ivs:US-{Aws.STACK_NAME}:123456789012:channel/a",
            "arn:aws:s3:{{resolve:ssm:region}}:123456789012:channel/abc",
            arn("channel/a "),
            arn("channel:a"),
        ],
        ids=[
            "empty",
            "id",
            "other-resource",
            "no-id",
            "empty-id",
            "two-ids",
            "other-service",
            "no-region",
            "no-account",
            "other-resource-with-tokens",
            "other-resource-with-token-id",
            "partition-beside-token",
            "region-beside-token",
            "other-service-before-dynamic",
            "space",
            "colon",
        ],
    )
    def test_refuses_anything_else(self, value: str) -> None:
        """
        Another service, resource or shape is refused with the form that is expected.
        """
        shown = re.sub(r"\$\{Token\[(AWS\.\w+)\.\d+\]\}", r"<token \1>", repr(value))
        with pytest.raises(ValidationError) as error:
            check_arn("channel_arn", value, "channel")
        assert error.value.code == "Arn"
        assert error.value.message == (
            "'channel_arn' must be an ARN of the form "
            f"arn:aws:ivs:<region>:<account>:channel/<id>, got {shown}"
        )

    def test_refuses_another_type(self) -> None:
        """
        What is no string is a TypeError that names the keyword.
        """
        with pytest.raises(TypeError, match="'channel_arn' must be str, got 5 of type 'int'"):
            check_arn("channel_arn", 5, "channel")  # type: ignore[arg-type] - the mistake


class TestCheckResourceId:
    @pytest.mark.parametrize(
        "value", ["AbCdef1G2hij", "a-b", Aws.STACK_NAME], ids=["id", "hyphen", "token"]
    )
    def test_accepts_an_id(self, value: str) -> None:
        """
        Letters, digits and hyphens are an id, and a token is left alone.
        """
        assert check_resource_id("recording_configuration_id", value) is None

    @pytest.mark.parametrize("value", ["", "a/b", arn("recording-configuration/a")])
    def test_refuses_anything_else(self, value: str) -> None:
        """
        An ARN given for an id is refused.
        """
        with pytest.raises(ValidationError) as error:
            check_resource_id("recording_configuration_id", value)
        assert error.value.code == "ResourceId"
        assert error.value.message == (
            f"'recording_configuration_id' must contain only letters, digits and '-', got {value!r}"
        )

    def test_refuses_another_type(self) -> None:
        """
        What is no string is a TypeError that names the keyword.
        """
        message = "^'recording_configuration_id' must be str, got 5 of type 'int'"
        with pytest.raises(TypeError, match=message):
            check_resource_id("recording_configuration_id", 5)  # type: ignore[arg-type] - the mistake


class TestArnOf:
    def test_is_that_of_our_construct(self, stack: Stack) -> None:
        """
        A construct of this library gives the attribute of its L1.
        """
        channel = ivs.Channel(stack, "Channel")
        assert arn_of("channel", channel, "channel") == channel.channel_arn

    def test_is_that_of_an_l1(self, stack: Stack) -> None:
        """
        An L1 gives what its reference says.
        """
        channel = CfnChannel(stack, "Channel")
        assert stack.resolve(arn_of("channel", channel, "channel")) == {"Ref": "Channel"}

    def test_is_that_of_a_construct_of_alpha(self, stack: Stack) -> None:
        """
        A construct of alpha, which has no reference, gives its attribute.
        """
        channel = alpha.Channel(stack, "Channel")
        assert arn_of("channel", channel, "channel") == channel.channel_arn

    def test_is_that_of_an_imported_construct_of_alpha(self, stack: Stack) -> None:
        """
        A channel that alpha imports has a class in JavaScript only, and gives its attribute.
        """
        channel = alpha.Channel.from_channel_arn(stack, "Channel", arn("channel/a"))
        assert arn_of("channel", channel, "channel") == arn("channel/a")

    def test_refuses_an_l1_of_another_kind(self, stack: Stack) -> None:
        """
        A stream key's L1, which has a property of the name, is not taken for a channel.
        """
        key = CfnStreamKey(stack, "Key", channel_arn=arn("channel/a"))
        with pytest.raises(TypeError, match="'channel' must be IChannelRef, got 'CfnStreamKey'"):
            arn_of("channel", key, "channel")

    def test_refuses_an_object_with_an_arn_that_is_no_construct(self) -> None:
        """
        An object that JavaScript does not know is refused, whatever its attributes are.
        """
        with pytest.raises(TypeError, match=r"'channel' must be .* of type 'SimpleNamespace'"):
            arn_of("channel", SimpleNamespace(channel_arn=arn("channel/a")), "channel")

    def test_refuses_what_is_no_resource(self) -> None:
        """
        The name of the interface that is asked for stands in the message.
        """
        with pytest.raises(
            TypeError,
            match="'recording_configuration' must be IRecordingConfigurationRef, got 'arn' of ",
        ):
            arn_of("recording_configuration", "arn", "recording_configuration")


class TestResourceId:
    def test_is_the_last_part_of_a_concrete_arn(self) -> None:
        """
        The id of a known ARN is known.
        """
        assert resource_id(arn("channel/AbCdef1G2hij")) == "AbCdef1G2hij"

    def test_is_not_known_of_a_dynamic_reference(self) -> None:
        """
        What CloudFormation resolves last cannot be split, and the message says what can.
        """
        with pytest.raises(ValidationError) as error:
            resource_id("{{resolve:ssm:/prod/channel}}")
        assert error.value.code == "DynamicReference"
        assert "got '{{resolve:ssm:/prod/channel}}': " in error.value.message
        assert "use a parameter of type AWS::SSM::Parameter::Value<String>" in error.value.message

    def test_is_read_at_deployment_where_another_part_is_a_token(self, stack: Stack) -> None:
        """
        The template has the same expression whichever part is known later.
        """
        partly = f"arn:aws:ivs:{Aws.REGION}:123456789012:channel/AbCdef1G2hij"
        assert stack.resolve(resource_id(partly)) == {
            "Fn::Select": [
                1,
                {
                    "Fn::Split": [
                        "/",
                        {
                            "Fn::Join": [
                                "",
                                [
                                    "arn:aws:ivs:",
                                    {"Ref": "AWS::Region"},
                                    ":123456789012:channel/AbCdef1G2hij",
                                ],
                            ]
                        },
                    ]
                },
            ]
        }

    def test_is_selected_from_a_token(self, stack: Stack) -> None:
        """
        The id of an ARN that is known at deployment is found at deployment.
        """
        assert stack.resolve(resource_id(Fn.import_value("Arn"))) == {
            "Fn::Select": [1, {"Fn::Split": ["/", {"Fn::ImportValue": "Arn"}]}]
        }
