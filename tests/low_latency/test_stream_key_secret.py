"""Stream keys in AWS Secrets Manager."""

from __future__ import annotations

import json

from aws_cdk import Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal
from aws_cdk.aws_secretsmanager import Secret

import cdk_ivs as ivs
from tests.support.oracles import template_of

KEY_ID = "ChannelKey24C306D7"


def a_key(stack: Stack) -> ivs.StreamKey:
    """The key of a channel."""
    return ivs.Channel(stack, "Channel").add_stream_key("Key")


class TestToSecret:
    def test_makes_a_secret_with_the_value(self, stack: Stack) -> None:
        """
        The secret refers to the value, which CloudFormation resolves.
        """
        secret = a_key(stack).to_secret("Secret")
        assert isinstance(secret, Secret)
        (properties,) = (
            resource["Properties"]
            for resource in Template.from_stack(stack)
            .find_resources("AWS::SecretsManager::Secret")
            .values()
        )
        assert properties == {
            "Description": "Stream key of an Amazon IVS channel",
            "SecretString": {"Fn::GetAtt": [KEY_ID, "Value"]},
        }

    def test_puts_the_value_nowhere_else(self, stack: Stack) -> None:
        """
        One reference to the value is in the template, and there is no output.
        """
        a_key(stack).to_secret("Secret")
        template = template_of(stack)
        assert json.dumps(template).count(json.dumps({"Fn::GetAtt": [KEY_ID, "Value"]})) == 1
        assert json.dumps(template).count('"Value"') == 1
        assert "Outputs" not in template

    def test_names_the_secret_if_asked_to(self, stack: Stack) -> None:
        """
        The name is rendered as it was given.
        """
        a_key(stack).to_secret("Secret", secret_name="live/stream-key")
        Template.from_stack(stack).has_resource_properties(
            "AWS::SecretsManager::Secret", {"Name": "live/stream-key"}
        )

    def test_makes_a_secret_that_can_be_granted(self, stack: Stack) -> None:
        """
        A role that may read the secret has two actions on it and none on the key.
        """
        role = Role(stack, "Role", assumed_by=ServicePrincipal("ecs-tasks.amazonaws.com"))
        secret = a_key(stack).to_secret("Secret")
        secret.grant_read(role)
        (policy,) = Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
        assert policy["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                "Effect": "Allow",
                "Resource": stack.resolve(secret.secret_arn),
            }
        ]

    def test_can_be_called_twice(self, stack: Stack) -> None:
        """
        A key can be in several secrets, each with an id.
        """
        key = a_key(stack)
        key.to_secret("A")
        key.to_secret("B")
        Template.from_stack(stack).resource_count_is("AWS::SecretsManager::Secret", 2)

    def test_works_for_any_channel(self, stack: Stack) -> None:
        """
        The key of an imported channel can be kept too.
        """
        channel = ivs.Channel.from_channel_arn(
            stack, "Channel", "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"
        )
        ivs.StreamKey(stack, "Key", channel=channel).to_secret("Secret")
        Template.from_stack(stack).has_resource_properties(
            "AWS::SecretsManager::Secret",
            {"SecretString": {"Fn::GetAtt": ["Key961B73FD", "Value"]}},
        )
