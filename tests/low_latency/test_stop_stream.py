"""Stopping a live stream before its channel is deleted."""

from __future__ import annotations

import ast
import importlib.util
import sys
from typing import Any

import boto3
import pytest
from aws_cdk import App, Fn, Stack
from botocore.exceptions import ClientError
from botocore.stub import Stubber

import cdk_ivs as ivs
from tests.support.arns import REGION, arn
from tests.support.graph import in_order, made_before, only
from tests.support.oracles import resources_of, template_of

CHANNEL = arn("channel/AbCdef1G2hij")
STOP = "Custom::IVSStopStream"
KEY = "AWS::IVS::StreamKey"
ATTACHMENT = "Custom::IVSChannelAttachment"
# The module whose text is the function's: compiled by its name, it counts as covered.
MODULE = importlib.util.find_spec("cdk_ivs._low_latency.stop_stream_handler")


def policy_of(stack: Stack) -> ivs.IPlaybackRestrictionPolicy:
    """A policy of elsewhere."""
    return ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
        stack, "Policy", arn("playback-restriction-policy/a")
    )


def source_of(stack: Stack) -> str:
    """The source of the function that stops streams, as it is in the template."""
    (source,) = (
        function["Properties"]["Code"]["ZipFile"]
        for function in resources_of(stack, "AWS::Lambda::Function").values()
        if "ZipFile" in function["Properties"]["Code"]
    )
    return source


class TestTemplate:
    @pytest.mark.parametrize("value", [None, False])
    def test_has_nothing_unless_it_is_asked_for(self, stack: Stack, value: bool | None) -> None:
        """
        By default, and if it is not wanted, a channel is the channel alone.
        """
        ivs.Channel(stack, "Channel", stop_stream_on_delete=value)
        assert list(template_of(stack)["Resources"]) == ["Channel4048F119"]

    def test_has_a_resource_that_knows_the_channel(self, stack: Stack) -> None:
        """
        The ARN of the channel is all that the function is told.
        """
        ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        (resource,) = resources_of(stack, STOP).values()
        assert resource["Properties"] == {
            "ServiceToken": {
                "Fn::GetAtt": ["cdkivsStopStreamProviderframeworkonEvent74E5E7A7", "Arn"]
            },
            "ChannelArn": {"Fn::GetAtt": ["Channel4048F119", "Arn"]},
        }

    def test_lets_the_function_stop_the_one_stream(self, stack: Stack) -> None:
        """
        The function gets one action on one ARN.
        """
        ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        policy = resources_of(stack, "AWS::IAM::Policy")["ChannelStopStreamPolicy9B9BB3CA"]
        assert policy["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": "ivs:StopStream",
                "Effect": "Allow",
                "Resource": {"Fn::GetAtt": ["Channel4048F119", "Arn"]},
            }
        ]
        (function,) = (
            function
            for function in resources_of(stack, "AWS::Lambda::Function").values()
            if "ZipFile" in function["Properties"]["Code"]
        )
        (role,) = policy["Properties"]["Roles"]
        assert function["Properties"]["Role"] == {"Fn::GetAtt": [role["Ref"], "Arn"]}

    def test_has_one_function_for_several_channels(self, stack: Stack) -> None:
        """
        A stack has one function behind one provider, and each channel its own permission.
        """
        for id in ("A", "B", "C"):
            ivs.Channel(stack, id, stop_stream_on_delete=True)
        assert len(resources_of(stack, STOP)) == 3
        # The function, and the one of the provider framework.
        assert len(resources_of(stack, "AWS::Lambda::Function")) == 2
        statements = [
            statement
            for policy in resources_of(stack, "AWS::IAM::Policy").values()
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
            if statement["Action"] == "ivs:StopStream"
        ]
        assert [statement["Resource"]["Fn::GetAtt"][0] for statement in statements] == [
            "ACCC8ACD5",
            "B08E7C7AF",
            "C375D67C5",
        ]

    def test_has_a_function_in_every_stack(self, app: App) -> None:
        """
        Stacks share nothing, so that each can be deleted alone.
        """
        stacks = [Stack(app, "One"), Stack(app, "Two")]
        for stack in stacks:
            ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        functions = [resources_of(stack, "AWS::Lambda::Function") for stack in stacks]
        assert [len(found) for found in functions] == [2, 2]

    @pytest.mark.parametrize("value", ["yes", 1, Fn.condition_if("Live", True, False)])
    def test_refuses_what_is_not_known_now(self, stack: Stack, value: Any) -> None:
        """
        Whether the resource is made is decided at synthesis, by a bool.
        """
        with pytest.raises(TypeError, match="'stop_stream_on_delete' must be bool"):
            ivs.Channel(stack, "Channel", stop_stream_on_delete=value)


class TestOrder:
    def test_is_key_then_stream_then_attachment_then_channel(self, stack: Stack) -> None:
        """
        What is made last is deleted first: the key, so that encoders cannot come back, then
        the stream is stopped, then the channel is free to be changed and deleted.
        """
        channel = ivs.Channel(
            stack,
            "Channel",
            playback_restriction_policy=policy_of(stack),
            stop_stream_on_delete=True,
        )
        channel.add_stream_key("Key")
        template = template_of(stack)
        assert in_order(
            template,
            "Channel4048F119",
            only(template, ATTACHMENT),
            only(template, STOP),
            only(template, KEY),
        )

    def test_is_the_same_for_a_key_of_the_stack(self, stack: Stack) -> None:
        """
        A key that is made by itself is deleted first too.
        """
        channel = ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        ivs.StreamKey(stack, "Key", channel=channel)
        template = template_of(stack)
        assert in_order(template, "Channel4048F119", only(template, STOP), only(template, KEY))

    def test_is_the_same_for_a_later_attachment(self, stack: Stack) -> None:
        """
        An attachment that comes after the key is detached after the stream was stopped too.
        """
        channel = ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        channel.add_stream_key("Key")
        channel.attach_playback_restriction_policy(policy_of(stack))
        template = template_of(stack)
        assert in_order(
            template,
            "Channel4048F119",
            only(template, ATTACHMENT),
            only(template, STOP),
            only(template, KEY),
        )

    def test_leaves_other_keys_alone(self, stack: Stack) -> None:
        """
        The key of a channel that is not stopped depends on its channel alone.
        """
        ivs.Channel(stack, "Stopped", stop_stream_on_delete=True)
        ivs.Channel(stack, "Channel").add_stream_key("Key")
        template = template_of(stack)
        assert made_before(template, only(template, KEY)) == {"Channel4048F119"}

    def test_keeps_what_the_function_needs_until_it_was_called(self, stack: Stack) -> None:
        """
        Functions, roles and permissions are deleted after the stream was stopped.
        """
        ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        template = template_of(stack)
        everything = set(template["Resources"])
        stop = only(template, STOP)
        assert made_before(template, stop) == everything - {stop}

    def test_keeps_the_permission_of_a_channel_with_the_channel(self, stack: Stack) -> None:
        """
        A channel that leaves the stack takes its own permission with it, and no other.
        """
        ivs.Channel(stack, "A", stop_stream_on_delete=True)
        ivs.Channel(stack, "B", stop_stream_on_delete=True)
        template = template_of(stack)
        policies = {
            key[:1]: key for key in template["Resources"] if key[1:].startswith("StopStreamPolicy")
        }
        stops = {key[:1]: key for key in resources_of(stack, STOP)}
        assert in_order(template, policies["A"], stops["A"])
        assert policies["B"] not in made_before(template, stops["A"])

    def test_holds_across_stacks(self, app: App) -> None:
        """
        The stack of the key is deleted before the one of the channel.
        """
        channels, keys = Stack(app, "Channels"), Stack(app, "Keys")
        channel = ivs.Channel(channels, "Channel", stop_stream_on_delete=True)
        ivs.StreamKey(keys, "Key", channel=channel)
        assert len(resources_of(keys, KEY)) == 1
        assert keys.dependencies == [channels]

    def test_is_none_after_the_resource_was_removed(self, stack: Stack) -> None:
        """
        A stream key does not depend on what was taken out of the tree.
        """
        channel = ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        channel.node.try_remove_child("StopStream")
        channel.add_stream_key("Key")
        (key,) = resources_of(stack, "AWS::IVS::StreamKey").values()
        assert "DependsOn" not in key


class Lambda:
    """The source of the function in a Lambda of ours, with a clock that only sleep moves."""

    def __init__(self, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
        assert MODULE is not None
        assert MODULE.origin is not None
        client = boto3.client(
            "ivs",
            region_name=REGION,
            aws_access_key_id="AKIDEXAMPLE",
            aws_secret_access_key="secret",
        )
        self.clients: list[str] = []
        self.milliseconds = 300_000
        self.ivs = Stubber(client)
        self.ivs.activate()
        monkeypatch.setattr("time.sleep", self._sleep)
        monkeypatch.setattr(boto3, "client", lambda name: self.clients.append(name) or client)
        self._names: dict[str, Any] = {"__name__": MODULE.name}
        exec(compile(source, MODULE.origin, "exec"), self._names)  # noqa: S102 - as Lambda does

    def _sleep(self, seconds: float) -> None:
        self.milliseconds -= int(seconds * 1000)

    def get_remaining_time_in_millis(self) -> int:
        """As Lambda's context has it."""
        return self.milliseconds

    def answers(self, *errors: str | None) -> None:
        """Have IVS answer a StopStream for each error, where None is success."""
        for error in errors:
            parameters = {"channelArn": CHANNEL}
            if error is None:
                self.ivs.add_response("stop_stream", {}, parameters)
            else:
                self.ivs.add_client_error("stop_stream", error, expected_params=parameters)

    def call(self, event: str) -> Any:
        """Call the function as the provider framework does."""
        return self._names["handler"](
            {
                "RequestType": event,
                "ResourceProperties": {"ServiceToken": "arn", "ChannelArn": CHANNEL},
            },
            self,
        )


@pytest.fixture
def function(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Lambda:
    """The function of a stack."""
    ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
    return Lambda(source_of(stack), monkeypatch)


class TestSource:
    def test_fits_into_a_template(self, stack: Stack) -> None:
        """
        CloudFormation takes 4,096 characters of inline source.
        """
        ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        assert len(source_of(stack)) <= 4096

    def test_needs_what_lambda_has(self, stack: Stack) -> None:
        """
        It imports Python's own modules, boto3 and botocore only.
        """
        ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        modules = set()
        for node in ast.walk(ast.parse(source_of(stack))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0
                modules.add(str(node.module).partition(".")[0])
        assert modules - sys.stdlib_module_names <= {"boto3", "botocore"}

    def test_is_called_by_its_name(self, stack: Stack) -> None:
        """
        Lambda calls ``handler`` in the inline source, with five minutes to answer.
        """
        ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        (properties,) = (
            function["Properties"]
            for function in resources_of(stack, "AWS::Lambda::Function").values()
            if "ZipFile" in function["Properties"]["Code"]
        )
        assert properties["Handler"] == "index.handler"
        assert properties["Runtime"] == "python3.13"
        assert properties["Timeout"] == 300


class TestFunction:
    @pytest.mark.parametrize("event", ["Create", "Update"])
    def test_does_nothing_before_the_deletion(self, function: Lambda, event: str) -> None:
        """
        Nothing is asked of IVS, and the ARN of the channel is the physical id.
        """
        assert function.call(event) == {"PhysicalResourceId": CHANNEL}
        assert function.clients == []

    def test_stops_the_stream_until_there_is_none(self, function: Lambda) -> None:
        """
        It asks again, three seconds later, until the channel is not live any more.
        """
        function.answers(None, None, "ChannelNotBroadcasting")
        assert function.call("Delete") == {"PhysicalResourceId": CHANNEL}
        assert function.clients == ["ivs"]
        assert function.milliseconds == 294_000
        function.ivs.assert_no_pending_responses()

    @pytest.mark.parametrize("error", ["ChannelNotBroadcasting", "ResourceNotFoundException"])
    def test_is_done_at_once_if_nothing_is_live(self, function: Lambda, error: str) -> None:
        """
        A channel that is not live, or is gone, needs one call and no waiting.
        """
        function.answers(error)
        assert function.call("Delete") == {"PhysicalResourceId": CHANNEL}
        assert function.milliseconds == 300_000
        function.ivs.assert_no_pending_responses()

    @pytest.mark.parametrize("error", ["StreamUnavailable", "ThrottlingException"])
    def test_tries_again_after_what_passes(self, function: Lambda, error: str) -> None:
        """
        A stream that has only begun cannot be stopped yet, nor many streams at a time.
        """
        function.answers(error, error, None, "ChannelNotBroadcasting")
        assert function.call("Delete") == {"PhysicalResourceId": CHANNEL}
        assert function.milliseconds == 291_000
        function.ivs.assert_no_pending_responses()

    def test_raises_other_errors(self, function: Lambda) -> None:
        """
        The deletion fails if the function may not stop the stream.
        """
        function.answers("AccessDeniedException")
        with pytest.raises(ClientError, match="AccessDeniedException"):
            function.call("Delete")

    def test_gives_up_before_lambda_does(self, function: Lambda) -> None:
        """
        A channel that stays live fails the deletion, with advice, 15 seconds before the end.
        """
        function.answers(*[None] * 95)
        with pytest.raises(
            TimeoutError, match=f"{CHANNEL} is still live: stop its encoder, then delete it again"
        ):
            function.call("Delete")
        assert function.milliseconds == 15_000
        function.ivs.assert_no_pending_responses()

    def test_needs_the_permission_that_it_has(self, function: Lambda) -> None:
        """
        All that it asks of IVS is StopStream.
        """
        function.answers(None, "ChannelNotBroadcasting")
        asked: list[str] = []
        events = function.ivs.client.meta.events
        events.register("before-parameter-build", lambda model, **_: asked.append(model.name))
        function.call("Delete")
        assert asked == ["StopStream", "StopStream"]
