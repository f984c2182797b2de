"""StreamKeyRotation: its resources, its permissions, and the arguments that it refuses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Duration, Environment, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk.assertions import Match, Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs.patterns import StreamKeyRotation
from cdk_ivs.patterns._idle_guard import rotation_handler, stream_key_rotation
from tests.support.events import CHANNEL
from tests.support.messages import count


class TestConstruct:
    def test_rotates_by_secrets_manager(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The schedule of the secret calls the function every 30 days, and there is no key to drift.
        """
        rotation = StreamKeyRotation(stack, "Key", channel=channel)
        template = Template.from_stack(stack)
        template.has_resource_properties(
            "AWS::SecretsManager::RotationSchedule",
            {"RotationRules": {"ScheduleExpression": "rate(30 days)"}},
        )
        template.has_resource_properties(
            "AWS::Lambda::Function",
            {
                "Environment": {
                    "Variables": {
                        "CHANNEL_ARN": CHANNEL,
                        "TAG_VALUE": Match.string_like_regexp("^[0-9a-f]{16}$"),
                    }
                },
                "Handler": "rotation_handler.handler",
            },
        )
        template.resource_count_is("AWS::IVS::StreamKey", 0)
        assert rotation.secret.secret_arn
        assert rotation.schedule.node.path.startswith("Stack/Key/Secret")

    @pytest.mark.parametrize("imported", [True, False])
    def test_other_channel_is_rotated_at_once(self, *, imported: bool) -> None:
        """
        With another channel, the schedule gets another function, which makes Secrets Manager
        rotate: otherwise, the secret would keep the key of the old channel.
        """

        def scheduled(name: str) -> Any:
            stack = Stack(App(), "Stack")
            arn = f"arn:aws:ivs:us-west-2:123456789012:channel/{name}"
            channel: ivs.IChannel = (
                ivs.Channel.from_channel_arn(stack, "Channel", arn)
                if imported
                else ivs.Channel(stack, name)
            )
            StreamKeyRotation(stack, "Rotation", channel=channel)
            found = Template.from_stack(stack).find_resources(
                "AWS::SecretsManager::RotationSchedule"
            )
            (schedule,) = found.values()
            return schedule["Properties"]["RotationLambdaARN"]

        assert scheduled("AbCdef1G2hij") == scheduled("AbCdef1G2hij")
        assert scheduled("AbCdef1G2hij") != scheduled("KlMnop3Q4rst")

    def test_permissions(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        Of all stream keys of the account, the function reads and deletes those it created.
        """
        rotation = StreamKeyRotation(stack, "Key", channel=channel)
        (policy,) = Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
        statements = policy["Properties"]["PolicyDocument"]["Statement"]
        found = {
            str(each["Action"]): each.get("Condition")
            for each in statements
            if "ivs:" in str(each["Action"])
        }
        assert rotation.function.function_arn
        tag = next(
            iter(found["['ivs:DeleteStreamKey', 'ivs:GetStreamKey']"]["StringEquals"].values())
        )
        assert found == {
            "ivs:GetStream": None,
            "ivs:ListStreamKeys": None,
            "['ivs:DeleteStreamKey', 'ivs:GetStreamKey']": {
                "StringEquals": {"aws:ResourceTag/CdkIvsStreamKeyRotation": tag}
            },
            "['ivs:CreateStreamKey', 'ivs:TagResource']": {
                "StringEquals": {"aws:RequestTag/CdkIvsStreamKeyRotation": tag}
            },
        }

    def test_secrets_of_other_accounts_cannot_call(
        self, stack: Stack, channel: ivs.IChannel
    ) -> None:
        """
        Secrets Manager may call the function for secrets of the account of the stack only.
        """
        rotation = StreamKeyRotation(stack, "Key", channel=channel)
        (permission,) = (
            Template.from_stack(stack).find_resources("AWS::Lambda::Permission").values()
        )
        assert permission["Properties"] == {
            "Action": "lambda:InvokeFunction",
            "FunctionName": stack.resolve(rotation.function.function_arn),
            "Principal": "secretsmanager.amazonaws.com",
            "SourceAccount": {"Ref": "AWS::AccountId"},
        }

    def test_tag_is_that_of_the_function(self) -> None:
        """
        The construct and the function know the keys by the same tag.
        """
        assert stream_key_rotation.TAG == rotation_handler.TAG

    def test_parts_can_be_given(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        A secret and a log group that are given are used.
        """
        secret = secretsmanager.Secret(stack, "Mine")
        group = logs.LogGroup(stack, "Group")
        rotation = StreamKeyRotation(
            stack,
            "Key",
            channel=channel,
            log_group=group,
            rotate_every=Duration.days(7),
            secret=secret,
        )
        assert (rotation.secret, rotation.log_group) == (secret, group)
        template = Template.from_stack(stack)
        template.resource_count_is("AWS::SecretsManager::Secret", 1)
        template.resource_count_is("AWS::Logs::LogGroup", 1)

    def test_channel_has_no_other_key(self, stack: Stack) -> None:
        """
        CloudFormation and the rotation do not both own the key, whichever is created first.
        """
        channel = ivs.Channel(stack, "Channel")
        channel.add_stream_key("StreamKey")
        with pytest.raises(ValidationError, match="leave that key out, and use the 'secret'"):
            StreamKeyRotation(stack, "Key", channel=channel)
        other = ivs.Channel(stack, "Other")
        StreamKeyRotation(stack, "OtherKey", channel=other)
        with pytest.raises(ValidationError, match="'channel' must be a channel without a stream"):
            other.add_stream_key("StreamKey")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"rotate_every": Duration.hours(23)}, "'rotate_every' must be at least 86400 seconds"),
            ({"rotate_every": Duration.days(1001)}, "'rotate_every' must be at most 86400000"),
            ({"rotate_every": Duration.hours(36)}, "'rotate_every' must be a whole number of days"),
            ({"secret": "arn"}, "'secret' must be ISecret, got 'arn'"),
            ({"secret": "arn:a"}, "; use aws_secretsmanager.Secret.from_secret_complete_arn(self"),
            ({"log_group": "arn"}, "'log_group' must be ILogGroup, got 'arn'"),
            ({"channel": "arn"}, "'channel' must be IChannelRef, got 'arn'"),
        ],
    )
    def test_refuses(
        self, stack: Stack, channel: ivs.IChannel, arguments: dict[str, Any], message: str
    ) -> None:
        """
        What cannot be is refused with the keyword, and nothing of it stays in the tree.
        """
        with pytest.raises(ValidationError, match=re.escape(message)):
            StreamKeyRotation(stack, "Key", **{"channel": channel, **arguments})
        assert stack.node.try_find_child("Key") is None

    def test_refuses_tokens_and_other_regions(self, app: App) -> None:
        """
        The days have to be known, and the channel is where the function is.
        """
        stack = Stack(app, "Here", env=Environment(region="eu-west-1"))
        number: Any = CfnParameter(stack, "Number", type="Number").value_as_number
        channel = ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)
        with pytest.raises(ValidationError, match="'channel' must be in the Region"):
            StreamKeyRotation(stack, "Key", channel=channel)
        with pytest.raises(ValidationError, match="'rotate_every' must be known at synthesis"):
            StreamKeyRotation(stack, "Key", channel=channel, rotate_every=Duration.days(number))

    def test_messages_are_fewer_than_by_hand(self, stack: Stack) -> None:
        """
        16 messages, of which four are the permissions, and 21 by hand.
        """
        channel = ivs.Channel(stack, "Channel")
        assert channel.channel_arn
        ours = count(lambda: StreamKeyRotation(stack, "Key", channel=channel))
        other = Stack()
        source = str(Path(rotation_handler.__file__).parent)

        def create_by_hand() -> None:
            secret = secretsmanager.Secret(other, "Secret")
            function = lambda_.Function(
                other,
                "Function",
                code=lambda_.Code.from_asset(source),
                environment={"CHANNEL_ARN": channel.channel_arn},
                handler="rotation_handler.handler",
                log_group=logs.LogGroup(other, "Logs", retention=logs.RetentionDays.ONE_MONTH),
                runtime=lambda_.Runtime.PYTHON_3_14,
                timeout=Duration.minutes(5),
            )
            keys = other.format_arn(service="ivs", resource="stream-key", resource_name="*")
            for action in ("GetStream", "ListStreamKeys", "DeleteStreamKey", "CreateStreamKey"):
                function.add_to_role_policy(
                    iam.PolicyStatement(actions=[f"ivs:{action}"], resources=[keys])
                )
            secret.add_rotation_schedule(
                "Rotation", automatically_after=Duration.days(30), rotation_lambda=function
            )
            for child in function.node.children:
                if isinstance(child, lambda_.CfnPermission):
                    child.source_account = other.account

        by_hand = count(create_by_hand)
        assert (ours, by_hand) == (16, 21)
        assert ours <= 0.8 * by_hand
