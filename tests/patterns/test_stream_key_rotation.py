"""StreamKeyRotation: what it creates and refuses, and what its function does when calls fail."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Duration, Environment, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk.assertions import Match, Template
from botocore.exceptions import ClientError

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs.patterns import StreamKeyRotation
from cdk_ivs.patterns._idle_guard import rotation_handler, stream_key_rotation
from tests.support.clock import Clock
from tests.support.events import CHANNEL
from tests.support.messages import count

TAGS = {"CdkIvsStreamKeyRotation": "tag"}
PLACEHOLDER = "what Secrets Manager generated"


class Ivs:
    """A channel and its keys, as IVS has them."""

    def __init__(self, quota: int = 1) -> None:
        self.keys: dict[str, dict[str, Any]] = {}
        self.live = False
        self.quota = quota
        self.created = 0
        self.calls: list[str] = []
        self.errors: dict[str, list[str]] = {}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """A call, which fails if it was told so."""
        method = object.__getattribute__(self, f"do_{name}")

        def call(**given: Any) -> Any:
            self.calls.append(name)
            code = self.errors[name].pop(0) if self.errors.get(name) else None
            if code:
                raise error_of(code)
            return method(**given)

        return call

    def do_list_stream_keys(self, channelArn: str) -> Any:  # noqa: N803 - the API's
        """The keys without their values."""
        assert channelArn == CHANNEL
        keys = [
            {"arn": arn, **{name: key[name] for name in key if name == "tags"}}
            for arn, key in self.keys.items()
        ]
        return {"streamKeys": keys}

    def do_get_stream_key(self, arn: str) -> Any:
        """A key with its value."""
        return {"streamKey": {"arn": arn, **self.keys[arn]}}

    def do_create_stream_key(self, channelArn: str, tags: dict[str, str]) -> Any:  # noqa: N803 - the API's
        """A new key, if there is room."""
        assert channelArn == CHANNEL
        if len(self.keys) >= self.quota:
            raise error_of("ServiceQuotaExceededException")
        self.created += 1
        key = {"value": f"sk_{self.created}", "tags": tags}
        self.keys[f"arn:{self.created}"] = key
        return {"streamKey": {"arn": f"arn:{self.created}", **key}}

    def do_delete_stream_key(self, arn: str) -> None:
        """A key is gone."""
        del self.keys[arn]

    def do_get_stream(self, channelArn: str) -> Any:  # noqa: N803 - the API's
        """The stream, if there is one."""
        assert channelArn == CHANNEL
        if not self.live:
            raise error_of("ChannelNotBroadcasting")
        return {"stream": {}}

    def values(self) -> list[str]:
        """The values of the keys."""
        return [key["value"] for key in self.keys.values()]


class Secrets:
    """A secret and its versions, as Secrets Manager has them."""

    def __init__(self) -> None:
        self.values = {"first": PLACEHOLDER}
        self.stages = {"AWSCURRENT": "first"}
        self.get_errors: list[str] = []
        self.put_errors: list[str] = []

    def get_secret_value(
        self,
        SecretId: str,  # noqa: N803 - the API's
        VersionStage: str,  # noqa: N803 - the API's
        VersionId: str | None = None,  # noqa: N803 - the API's
    ) -> Any:
        """A version."""
        assert SecretId == "secret"
        if self.get_errors:
            raise error_of(self.get_errors.pop())
        version = self.stages.get(VersionStage)
        if version is None or VersionId not in {None, version}:
            raise error_of("ResourceNotFoundException")
        return {"SecretString": self.values[version]}

    def put_secret_value(
        self,
        SecretId: str,  # noqa: N803 - the API's
        ClientRequestToken: str,  # noqa: N803 - the API's
        SecretString: str,  # noqa: N803 - the API's
        VersionStages: list[str],  # noqa: N803 - the API's
    ) -> None:
        """A new version."""
        assert SecretId == "secret"
        if self.put_errors:
            raise error_of(self.put_errors.pop())
        (stage,) = VersionStages
        self.values[ClientRequestToken] = SecretString
        self.stages[stage] = ClientRequestToken

    def describe_secret(self, SecretId: str) -> Any:  # noqa: N803 - the API's
        """The versions."""
        assert SecretId == "secret"
        versions: dict[str, list[str]] = {}
        for stage, version in self.stages.items():
            versions.setdefault(version, []).append(stage)
        return {"VersionIdsToStages": versions}

    def update_secret_version_stage(
        self,
        SecretId: str,  # noqa: N803 - the API's
        VersionStage: str,  # noqa: N803 - the API's
        MoveToVersionId: str,  # noqa: N803 - the API's
        RemoveFromVersionId: str,  # noqa: N803 - the API's
    ) -> None:
        """Another version is current."""
        assert SecretId == "secret"
        assert self.stages[VersionStage] == RemoveFromVersionId
        self.stages[VersionStage] = MoveToVersionId

    @property
    def current(self) -> str:
        """What readers of the secret get."""
        return self.values[self.stages["AWSCURRENT"]]


def error_of(code: str) -> ClientError:
    """An error of an API."""
    return ClientError({"Error": {"Code": code, "Message": "as the test says"}}, "Call")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Ivs:
    """IVS, of which the function gets a client."""
    return Ivs()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the function, without waiting."""
    clock = Clock()
    monkeypatch.setattr(rotation_handler, "time", clock)
    return clock


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch, service: Ivs, clock: Clock) -> Secrets:
    """Secrets Manager, of which the function gets a client."""
    secrets = Secrets()
    clients = {"ivs": service, "secretsmanager": secrets}
    monkeypatch.setattr(rotation_handler, "boto3", SimpleNamespace(client=clients.__getitem__))
    monkeypatch.setenv("CHANNEL_ARN", CHANNEL)
    monkeypatch.setenv("TAG_VALUE", "tag")
    return secrets


def rotate(version: str) -> None:
    """All steps of a rotation, as Secrets Manager calls them."""
    for step in ("createSecret", "setSecret", "testSecret", "finishSecret"):
        event = {"Step": step, "SecretId": "secret", "ClientRequestToken": version}
        rotation_handler.handler(event, None)


class TestRotation:
    def test_first_creates_a_key(self, service: Ivs, secrets: Secrets) -> None:
        """
        The channel of CloudFormation has no key: the first rotation creates one.
        """
        rotate("one")
        assert service.values() == [secrets.current] == ["sk_1"]
        assert service.keys["arn:1"]["tags"] == TAGS

    def test_replaces_the_key(self, service: Ivs, secrets: Secrets) -> None:
        """
        Each rotation leaves one key, which is the one in the secret.
        """
        for version in ("one", "two", "three"):
            rotate(version)
            assert service.values() == [secrets.current]
        assert secrets.current == "sk_3"

    @pytest.mark.parametrize("step", ["createSecret", "testSecret", "finishSecret"])
    def test_steps_may_come_twice(self, service: Ivs, secrets: Secrets, step: str) -> None:
        """
        A step that is repeated changes nothing.
        """
        rotate("one")
        event = {"Step": step, "SecretId": "secret", "ClientRequestToken": "one"}
        rotation_handler.handler(event, None)
        assert service.values() == [secrets.current] == ["sk_1"]

    def test_is_refused_while_live(self, service: Ivs, secrets: Secrets) -> None:
        """
        Of a live channel nothing is deleted, and the secret stays.
        """
        rotate("one")
        service.live = True
        with pytest.raises(
            rotation_handler.RotationError,
            match=r"the channel is live.* \[cdk-ivs:RotationWhileLive\]$",
        ):
            rotate("two")
        assert service.values() == [secrets.current] == ["sk_1"]

    @pytest.mark.parametrize(
        "code", ["AccessDeniedException", "PendingVerification", "ThrottlingException"]
    )
    def test_is_given_up_before_the_key_is_gone(
        self, service: Ivs, secrets: Secrets, code: str
    ) -> None:
        """
        Where no key can be created, the old one is not deleted.
        """
        rotate("one")
        service.errors["create_stream_key"] = [code]
        with pytest.raises(ClientError, match=code):
            rotate("two")
        assert service.values() == [secrets.current] == ["sk_1"]
        assert "delete_stream_key" not in service.calls

    def test_goes_on_when_creating_fails_for_a_while(
        self, service: Ivs, secrets: Secrets, clock: Clock
    ) -> None:
        """
        Once the old key is gone, a new one is asked for again and again, with longer pauses that
        are half a minute in all.
        """
        rotate("one")
        service.errors["create_stream_key"] = ["", *["ThrottlingException"] * 5]
        rotate("two")
        assert service.values() == [secrets.current] == ["sk_2"]
        assert clock.pauses == [1, 2, 4, 8, 16]

    def test_next_attempt_creates_what_is_missing(self, service: Ivs, secrets: Secrets) -> None:
        """
        If none could be created for a minute, the next attempt creates one.
        """
        rotate("one")
        service.errors["create_stream_key"] = ["", *["InternalServerException"] * 6]
        with pytest.raises(ClientError):
            rotate("two")
        assert service.values() == []
        rotate("two")
        assert service.values() == [secrets.current] == ["sk_2"]

    def test_next_attempt_keeps_what_was_not_kept(self, service: Ivs, secrets: Secrets) -> None:
        """
        A key that could not be put into the secret gets there by the next attempt.
        """
        rotate("one")
        secrets.put_errors = ["InternalServiceError"] * 6
        with pytest.raises(ClientError):
            rotate("two")
        assert (service.values(), secrets.current) == (["sk_2"], "sk_1")
        rotate("three")
        assert service.values() == [secrets.current] == ["sk_2"]

    def test_next_attempt_may_be_of_a_live_channel(self, service: Ivs, secrets: Secrets) -> None:
        """
        Keeping the key that there is disturbs no stream.
        """
        rotate("one")
        secrets.values["first"] = secrets.values["one"] = "sk_lost"
        service.live = True
        rotate("two")
        assert service.values() == [secrets.current] == ["sk_1"]

    def test_of_several_keys_has_no_gap(self, service: Ivs, secrets: Secrets) -> None:
        """
        Where the quota allows a second key, the old one is deleted when the new one is kept.
        """
        rotate("one")
        service.quota = 2
        rotate("two")
        assert service.values() == [secrets.current] == ["sk_2"]

    @pytest.mark.parametrize(
        "tags",
        [{}, {"tags": {}}, {"tags": {"CdkIvsStreamKeyRotation": "of another"}}],
        ids=["no tags", "empty", "another"],
    )
    def test_leaves_keys_of_others_alone(
        self, service: Ivs, secrets: Secrets, tags: dict[str, dict[str, str]]
    ) -> None:
        """
        A key without the tag is neither read nor deleted, and what to do is said.
        """
        service.keys["arn:other"] = {"value": "sk_other", **tags}
        with pytest.raises(
            rotation_handler.RotationError,
            match=r"arn:other was not created.* \[cdk-ivs:ForeignStreamKey\]$",
        ):
            rotate("one")
        assert (service.values(), secrets.current) == (["sk_other"], PLACEHOLDER)
        assert service.calls == ["list_stream_keys"]

    def test_fails_when_the_key_was_replaced_meanwhile(
        self, service: Ivs, secrets: Secrets
    ) -> None:
        """
        The test finds that the channel has another key, or none.
        """
        rotate("one")
        service.keys["arn:1"]["value"] = "sk_other"
        event = {"Step": "testSecret", "SecretId": "secret", "ClientRequestToken": "one"}
        with pytest.raises(
            rotation_handler.RotationError,
            match=r"have different keys.* \[cdk-ivs:RotationMismatch\]$",
        ):
            rotation_handler.handler(event, None)

    def test_fails_for_a_version_that_is_not_pending(self, service: Ivs, secrets: Secrets) -> None:
        """
        The test is of the version that Secrets Manager asks about, and not of a later one.
        """
        rotate("one")
        event = {"Step": "createSecret", "SecretId": "secret", "ClientRequestToken": "two"}
        rotation_handler.handler(event, None)
        event |= {"Step": "testSecret"}
        rotation_handler.handler(event, None)
        with pytest.raises(rotation_handler.RotationError, match="RotationMismatch"):
            rotation_handler.handler({**event, "ClientRequestToken": "earlier"}, None)

    @pytest.mark.parametrize("code", ["AccessDeniedException", "ThrottlingException"])
    def test_does_not_guess(self, service: Ivs, secrets: Secrets, code: str) -> None:
        """
        Whether the channel is live, or what is in the secret, is known or the rotation fails.
        """
        rotate("one")
        service.errors["get_stream"] = [code]
        with pytest.raises(ClientError, match=code):
            rotate("two")
        secrets.get_errors = [code]
        with pytest.raises(ClientError, match=code):
            rotate("two")
        assert service.values() == [secrets.current] == ["sk_1"]


class TestConstruct:
    @pytest.fixture
    def channel(self, stack: Stack) -> ivs.IChannel:
        """A channel of elsewhere."""
        return ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)

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
