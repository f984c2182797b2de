"""The arguments that a webhook refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, Aws, Duration, Environment, SecretValue, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs.patterns import EventWebhook
from tests.patterns.webhooks import URL
from tests.support.arns import arn

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
