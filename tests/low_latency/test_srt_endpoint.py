"""The SRT endpoint of channels, which CloudFormation does not return."""

from __future__ import annotations

import pytest
from aws_cdk import CfnOutput, Stack
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import arn
from tests.support.attachments import PERMISSION
from tests.support.graph import in_order, only
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token

ENDPOINT = "Custom::IVSSrtEndpoint"
CHANNEL = arn("channel/AbCdef1G2hij")
LOGICAL_ID = "ChannelSrtEndpoint141688B1"


class TestTemplate:
    def test_has_nothing_unless_it_is_read(self, stack: Stack) -> None:
        """
        A channel whose SRT endpoint nobody reads is the channel alone.
        """
        ivs.Channel(stack, "Channel")
        assert list(template_of(stack)["Resources"]) == ["Channel4048F119"]

    def test_has_one_resource_however_often_it_is_read(self, stack: Stack) -> None:
        """
        The same attribute is returned again.
        """
        channel = ivs.Channel(stack, "Channel")
        assert stack.resolve(channel.srt_endpoint) == {"Fn::GetAtt": [LOGICAL_ID, "Endpoint"]}
        assert channel.srt_endpoint == channel.srt_endpoint
        assert list(resources_of(stack, ENDPOINT)) == [LOGICAL_ID]

    def test_tells_which_channel_to_ask_for(self, stack: Stack) -> None:
        """
        The resource has the operation and the channel.
        """
        assert ivs.Channel(stack, "Channel").srt_endpoint
        (resource,) = resources_of(stack, ENDPOINT).values()
        assert resource["Properties"] == {
            "ServiceToken": {
                "Fn::GetAtt": ["cdkivsCustomResourcesProviderframeworkonEvent1D1F32B1", "Arn"]
            },
            "Operation": "SrtEndpoint",
            "ResourceArn": {"Fn::GetAtt": ["Channel4048F119", "Arn"]},
        }

    def test_is_created_again_after_it_was_removed(self, stack: Stack) -> None:
        """
        A resource that was taken out of the tree is created by the next read, with its permission.
        """
        channel = ivs.Channel(stack, "Channel")
        assert channel.srt_endpoint
        assert channel.node.try_remove_child("SrtEndpoint")
        CfnOutput(stack, "Endpoint", value=channel.srt_endpoint)
        assert list(resources_of(stack, ENDPOINT)) == [LOGICAL_ID]
        assert len(resources_of(stack, PERMISSION)) == 1

    def test_takes_its_permission_along(self, stack: Stack) -> None:
        """
        A resource that was taken out of the tree leaves no permission.
        """
        channel = ivs.Channel(stack, "Channel")
        assert channel.srt_endpoint
        channel.node.try_remove_child("SrtEndpoint")
        assert resources_of(stack, PERMISSION) == {}

    def test_lets_the_function_get_the_one_channel(self, stack: Stack) -> None:
        """
        The function gets one action on one ARN, before it is called.
        """
        assert ivs.Channel(stack, "Channel").srt_endpoint
        template = template_of(stack)
        permission = only(template, PERMISSION)
        assert template["Resources"][permission]["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": ["ivs:GetChannel"],
                "Effect": "Allow",
                "Resource": [{"Fn::GetAtt": ["Channel4048F119", "Arn"]}],
            }
        ]
        assert in_order(template, "Channel4048F119", permission, LOGICAL_ID)

    def test_is_had_of_a_known_channel(self, stack: Stack) -> None:
        """
        An imported channel is asked for by its ARN.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)
        CfnOutput(stack, "Endpoint", value=channel.srt_endpoint)
        (resource,) = resources_of(stack, ENDPOINT).values()
        assert resource["Properties"]["ResourceArn"] == CHANNEL
        Template.from_stack(stack).has_resource_properties(
            PERMISSION,
            {
                "PolicyDocument": {
                    "Statement": [
                        {"Action": ["ivs:GetChannel"], "Effect": "Allow", "Resource": [CHANNEL]}
                    ]
                }
            },
        )
        Template.from_stack(stack).has_output(
            "Endpoint", {"Value": {"Fn::GetAtt": [LOGICAL_ID, "Endpoint"]}}
        )

    def test_is_had_of_a_channel_known_at_deployment(self, stack: Stack) -> None:
        """
        The ARN of the channel may be a token.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", token("ChannelArn"))
        assert channel.srt_endpoint
        (resource,) = resources_of(stack, ENDPOINT).values()
        assert resource["Properties"]["ResourceArn"] == {"Ref": "ChannelArn"}

    def test_is_not_had_of_a_channel_of_another_region(self, located_stack: Stack) -> None:
        """
        The function calls the API of the stack's Region, which does not know the channel.
        """
        channel = ivs.Channel.from_channel_arn(
            located_stack, "Channel", arn("channel/a", region="eu-west-1")
        )
        with pytest.raises(
            ValidationError,
            match="'channel_arn' must be in the Region of the stack, us-west-2, got one in "
            r"eu-west-1 \[cdk-ivs:Environment at 'Stack/Channel/SrtEndpoint'\]",
        ):
            _ = channel.srt_endpoint
        assert resources_of(located_stack, ENDPOINT) == {}
