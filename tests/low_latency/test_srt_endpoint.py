"""The SRT endpoint of channels, which CloudFormation does not return."""

from __future__ import annotations

import pytest
from aws_cdk import CfnOutput, Stack
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import arn
from tests.support.deployment import Answer, Deployment, calls_of, deploy, problems_of
from tests.support.graph import made_before, only
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token

ENDPOINT = "Custom::IVSSrtEndpoint"
CHANNEL = arn("channel/AbCdef1G2hij")
VALUES = {"Channel4048F119.Arn": CHANNEL}
LOGICAL_ID = "ChannelSrtEndpoint2A0D46BA"
URL = "srt://a1b2c3d4e5f6.srt.live-video.net:9000"
PASSPHRASE = "correct-horse-battery-staple"


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
        assert stack.resolve(channel.srt_endpoint) == {
            "Fn::GetAtt": [LOGICAL_ID, "channel.srt.endpoint"]
        }
        assert channel.srt_endpoint == channel.srt_endpoint
        assert list(resources_of(stack, ENDPOINT)) == [LOGICAL_ID]

    def test_has_a_call_that_keeps_the_endpoint_only(self, stack: Stack) -> None:
        """
        The channel is asked for when the resource is made or changed, and nothing is logged.
        """
        assert ivs.Channel(stack, "Channel").srt_endpoint
        call = {
            "service": "IVS",
            "action": "getChannel",
            "parameters": {"arn": CHANNEL},
            "physicalResourceId": {"id": f"{CHANNEL}#SrtEndpoint"},
            "outputPaths": ["channel.srt.endpoint"],
            "logApiResponseData": False,
        }
        calls = calls_of(template_of(stack), LOGICAL_ID, VALUES)
        assert calls == {"Create": call, "Update": call}
        assert problems_of(call) == ""

    def test_lets_the_function_get_the_one_channel(self, stack: Stack) -> None:
        """
        The function gets one action on one ARN, before it is called.
        """
        assert ivs.Channel(stack, "Channel").srt_endpoint
        template = template_of(stack)
        permission = only(template, "AWS::IAM::Policy")
        assert template["Resources"][permission]["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": "ivs:GetChannel",
                "Effect": "Allow",
                "Resource": {"Fn::GetAtt": ["Channel4048F119", "Arn"]},
            }
        ]
        assert {"Channel4048F119", permission} <= made_before(template, LOGICAL_ID)

    def test_installs_no_sdk(self, stack: Stack) -> None:
        """
        The SDK of Lambda knows SRT.
        """
        assert ivs.Channel(stack, "Channel").srt_endpoint
        (resource,) = resources_of(stack, ENDPOINT).values()
        assert resource["Properties"]["InstallLatestAwsSdk"] is False

    def test_is_had_of_a_known_channel(self, stack: Stack) -> None:
        """
        A channel of elsewhere is asked for by its ARN.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)
        CfnOutput(stack, "Endpoint", value=channel.srt_endpoint)
        call = calls_of(template_of(stack), LOGICAL_ID, {})["Create"]
        assert call["parameters"] == {"arn": CHANNEL}
        Template.from_stack(stack).has_resource_properties(
            "AWS::IAM::Policy",
            {
                "PolicyDocument": {
                    "Statement": [
                        {"Action": "ivs:GetChannel", "Effect": "Allow", "Resource": CHANNEL}
                    ]
                }
            },
        )
        Template.from_stack(stack).has_output(
            "Endpoint", {"Value": {"Fn::GetAtt": [LOGICAL_ID, "channel.srt.endpoint"]}}
        )

    def test_is_had_of_a_channel_known_at_deployment(self, stack: Stack) -> None:
        """
        The ARN of the channel may be a token.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", token("ChannelArn"))
        assert channel.srt_endpoint
        call = calls_of(template_of(stack), LOGICAL_ID, {"ChannelArn": CHANNEL})["Create"]
        assert call["parameters"] == {"arn": CHANNEL}

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


class TestDeployment:
    """The function of aws-cdk-lib, run by node."""

    @pytest.mark.parametrize("event", ["Create", "Update"])
    def test_returns_the_endpoint_and_no_secret(self, stack: Stack, event: str) -> None:
        """
        CloudFormation gets the endpoint, and neither it nor the log gets the passphrase.
        """
        done = self.deploy(stack, event)
        assert done.to_ivs == [("/GetChannel", {"arn": CHANNEL})]
        assert done.response == {
            "Status": "SUCCESS",
            "Reason": "OK",
            "PhysicalResourceId": f"{CHANNEL}#SrtEndpoint",
            "Data": {"channel.srt.endpoint": URL},
        }
        assert PASSPHRASE not in str(done.to_cloudformation)
        assert PASSPHRASE not in done.log

    def test_asks_nothing_when_it_is_deleted(self, stack: Stack) -> None:
        """
        The deletion succeeds without a call.
        """
        done = self.deploy(stack, "Delete")
        assert done.to_ivs == []
        assert done.response["Status"] == "SUCCESS"

    @staticmethod
    def deploy(stack: Stack, event: str) -> Deployment:
        """Run the function with an answer in which there is a passphrase."""
        assert ivs.Channel(stack, "Channel").srt_endpoint
        answer = Answer(
            {"channel": {"arn": CHANNEL, "srt": {"endpoint": URL, "passphrase": PASSPHRASE}}}
        )
        return deploy(stack, LOGICAL_ID, event, VALUES, answer)
