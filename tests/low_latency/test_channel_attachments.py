"""What is attached to channels by the API, and how it is deployed."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Stack

import cdk_ivs as ivs
from tests.support.attachments import (
    ADS,
    ADS_ID,
    ATTACHMENT,
    CHANNEL,
    CHANNEL_ID,
    POLICY,
    POLICY_ID,
    VALUES,
    a_policy,
    ads_of,
    calls_in,
    known_ads,
    known_channel,
    known_policy,
    with_ads,
)
from tests.support.deployment import Answer, calls_of, deploy, problems_of
from tests.support.graph import made_before, only
from tests.support.oracles import resources_of, template_of

ATTACH_POLICY = "ChannelAttachPlaybackRestrictionPolicyF4633F81"
ATTACH_ADS = "ChannelAttachAdConfigurationE66242B9"


class TestTemplate:
    def test_is_made_of_three_calls(self, stack: Stack) -> None:
        """
        One resource attaches when it is made or changed, and detaches when it is deleted.
        """
        ivs.Channel(stack, "Channel", playback_restriction_policy=a_policy(stack))
        attach = {
            "service": "IVS",
            "action": "updateChannel",
            "parameters": {"arn": CHANNEL, "playbackRestrictionPolicyArn": POLICY},
            "physicalResourceId": {"id": f"{CHANNEL}#AttachPlaybackRestrictionPolicy"},
            "outputPaths": ["channel.arn"],
            "logApiResponseData": False,
        }
        assert calls_in(stack) == {
            "Create": attach,
            "Update": attach,
            "Delete": {
                **attach,
                "parameters": {"arn": CHANNEL, "playbackRestrictionPolicyArn": ""},
                "ignoreErrorCodesMatching": "^(ResourceNotFoundException)$",
            },
        }

    @with_ads
    def test_is_one_resource_for_each(self, stack: Stack) -> None:
        """
        A policy and ads are attached one after the other, each by a call about it alone.
        """
        ivs.Channel(
            stack,
            "Channel",
            ad_configuration=ads_of(stack),
            playback_restriction_policy=a_policy(stack),
        )
        template = template_of(stack)
        calls = {
            logical_id: {
                event: call["parameters"]
                for event, call in calls_of(template, logical_id, VALUES).items()
            }
            for logical_id in resources_of(stack, ATTACHMENT)
        }
        policy = {"arn": CHANNEL, "playbackRestrictionPolicyArn": POLICY}
        ads = {"arn": CHANNEL, "adConfigurationArn": ADS}
        assert calls == {
            ATTACH_POLICY: {
                "Create": policy,
                "Update": policy,
                "Delete": {"arn": CHANNEL, "playbackRestrictionPolicyArn": ""},
            },
            ATTACH_ADS: {
                "Create": ads,
                "Update": ads,
                "Delete": {"arn": CHANNEL, "adConfigurationArn": ""},
            },
        }
        assert ATTACH_POLICY in made_before(template, ATTACH_ADS)

    @with_ads
    def test_of_ads_goes_alone(self, stack: Stack) -> None:
        """
        Without the ads the policy's resource is the same: that of the ads detaches them.
        """
        both, policy_only = Stack(App(), "Stack"), stack
        ivs.Channel(
            both,
            "Channel",
            ad_configuration=known_ads(both),
            playback_restriction_policy=known_policy(both),
        )
        ivs.Channel(policy_only, "Channel", playback_restriction_policy=known_policy(policy_only))
        before, after = (resources_of(each, ATTACHMENT) for each in (both, policy_only))
        assert set(before) - set(after) == {ATTACH_ADS}
        assert before[ATTACH_POLICY] == after[ATTACH_POLICY]
        assert before[ATTACH_ADS]["Properties"]["InstallLatestAwsSdk"] is True

    def test_may_update_the_one_channel_and_nothing_else(self, stack: Stack) -> None:
        """
        The function gets one action on one ARN.
        """
        ivs.Channel(stack, "Channel", playback_restriction_policy=a_policy(stack))
        (policy,) = resources_of(stack, "AWS::IAM::Policy").values()
        assert policy["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": "ivs:UpdateChannel",
                "Effect": "Allow",
                "Resource": {"Fn::GetAtt": [CHANNEL_ID, "Arn"]},
            }
        ]

    @with_ads
    def test_comes_after_all_that_it_needs(self, stack: Stack) -> None:
        """
        Channel, policy, ads and permission are there before it, and deleted after it.
        """
        ivs.Channel(
            stack,
            "Channel",
            ad_configuration=ads_of(stack),
            playback_restriction_policy=a_policy(stack),
        )
        template = template_of(stack)
        permissions = set(resources_of(stack, "AWS::IAM::Policy"))
        assert made_before(template, ATTACH_ADS) >= {CHANNEL_ID, POLICY_ID, ADS_ID} | permissions

    def test_every_channel_has_its_own(self, stack: Stack) -> None:
        """
        Two channels are two resources with two permissions, and one function.
        """
        policy = a_policy(stack)
        ivs.Channel(stack, "A", playback_restriction_policy=policy)
        ivs.Channel(stack, "B", playback_restriction_policy=policy)
        assert len(resources_of(stack, ATTACHMENT)) == 2
        assert len(resources_of(stack, "AWS::IAM::Policy")) == 2
        assert len(resources_of(stack, "AWS::Lambda::Function")) == 1

    def test_is_not_made_for_nothing(self, stack: Stack) -> None:
        """
        A channel without a policy and ads is the channel alone.
        """
        ivs.Channel(stack, "Channel")
        assert list(template_of(stack)["Resources"]) == [CHANNEL_ID]

    def test_keeps_its_logical_id(self, stack: Stack) -> None:
        """
        Another policy is an update in place: the logical and the physical id stay.
        """
        ivs.Channel(stack, "Channel", playback_restriction_policy=known_policy(stack))
        template = template_of(stack)
        assert only(template, ATTACHMENT) == ATTACH_POLICY
        assert calls_in(stack)["Update"]["physicalResourceId"] == {
            "id": f"{CHANNEL}#AttachPlaybackRestrictionPolicy"
        }


class TestSdk:
    def test_is_that_of_lambda_for_a_policy(self, stack: Stack) -> None:
        """
        A policy alone needs no newer SDK, which would take time to install.
        """
        ivs.Channel(stack, "Channel", playback_restriction_policy=a_policy(stack))
        (attachment,) = resources_of(stack, ATTACHMENT).values()
        assert attachment["Properties"]["InstallLatestAwsSdk"] is False

    @with_ads
    def test_is_the_newest_for_ads(self, stack: Stack) -> None:
        """
        The parameter for ads may be younger than the SDK of Lambda.
        """
        ivs.Channel(stack, "Channel", ad_configuration=ads_of(stack))
        (attachment,) = resources_of(stack, ATTACHMENT).values()
        assert attachment["Properties"]["InstallLatestAwsSdk"] is True

    @with_ads
    @pytest.mark.parametrize("first", ["policy", "ads"])
    def test_can_be_installed_whatever_comes_first(self, stack: Stack, first: str) -> None:
        """
        The one function of the stack has the memory to install an SDK, whoever makes it.
        """
        if first == "policy":
            ivs.Channel(stack, "First", playback_restriction_policy=a_policy(stack))
        ivs.Channel(stack, "Second", ad_configuration=ads_of(stack))
        (function,) = resources_of(stack, "AWS::Lambda::Function").values()
        assert function["Properties"]["MemorySize"] == 512


class TestApi:
    @with_ads
    @pytest.mark.parametrize("known", [True, False])
    def test_has_the_parameters(self, stack: Stack, known: bool) -> None:
        """
        The model of botocore has nothing against any call, of a constructor or not.
        """
        if known:
            channel = known_channel(stack)
            channel.attach_ad_configuration(ads_of(stack))
            channel.attach_playback_restriction_policy(a_policy(stack))
        else:
            ivs.Channel(
                stack,
                "Channel",
                ad_configuration=ads_of(stack),
                playback_restriction_policy=a_policy(stack),
            )
        template = template_of(stack)
        found = [
            problems_of(call)
            for logical_id in resources_of(stack, ATTACHMENT)
            for call in calls_of(template, logical_id, VALUES).values()
        ]
        assert found == [""] * 6

    def test_is_known_to_the_judge(self) -> None:
        """
        The model of botocore refuses a parameter that there is not.
        """
        call = {
            "service": "IVS",
            "action": "updateChannel",
            "parameters": {"arn": CHANNEL, "policyArn": ""},
        }
        assert "Unknown parameter in input" in problems_of(call)


class TestDeployment:
    """The function of aws-cdk-lib, run by node."""

    @with_ads
    @pytest.mark.parametrize("event", ["Create", "Update"])
    def test_attaches(self, stack: Stack, event: str) -> None:
        """
        IVS is asked to attach, and CloudFormation gets the physical id and the channel's ARN.
        """
        ivs.Channel(stack, "Channel", ad_configuration=ads_of(stack))
        answer = Answer({"channel": {"arn": CHANNEL, "name": "live"}})
        done = deploy(stack, ATTACH_ADS, event, VALUES, answer)
        assert done.to_ivs == [("/UpdateChannel", {"arn": CHANNEL, "adConfigurationArn": ADS})]
        assert done.response == {
            "Status": "SUCCESS",
            "Reason": "OK",
            "PhysicalResourceId": f"{CHANNEL}#AttachAdConfiguration",
            "Data": {"channel.arn": CHANNEL},
        }

    def test_detaches(self, stack: Stack) -> None:
        """
        IVS is asked to detach by empty strings.
        """
        done = self.delete(stack, Answer({"channel": {"arn": CHANNEL}}))
        assert done.to_ivs == [
            ("/UpdateChannel", {"arn": CHANNEL, "playbackRestrictionPolicyArn": ""})
        ]
        assert done.response["Status"] == "SUCCESS"

    def test_a_channel_that_is_gone_needs_no_detaching(self, stack: Stack) -> None:
        """
        The deletion succeeds if IVS does not know the channel.
        """
        answer = Answer({"exceptionMessage": "gone"}, 404, "ResourceNotFoundException")
        assert self.delete(stack, answer).response == {
            "Status": "SUCCESS",
            "Reason": "OK",
            "PhysicalResourceId": f"{CHANNEL}#AttachPlaybackRestrictionPolicy",
            "Data": {},
        }

    def test_other_errors_fail(self, stack: Stack) -> None:
        """
        CloudFormation hears of a live channel, which cannot be changed.
        """
        answer = Answer({"exceptionMessage": "live"}, 409, "ConflictException")
        done = self.delete(stack, answer)
        assert done.response["Status"] == "FAILED"
        assert "ConflictException" in done.log

    def test_a_channel_that_is_gone_cannot_be_attached_to(self, stack: Stack) -> None:
        """
        Only the deletion takes a missing channel for success.
        """
        ivs.Channel(stack, "Channel", playback_restriction_policy=a_policy(stack))
        answer = Answer({"exceptionMessage": "gone"}, 404, "ResourceNotFoundException")
        done = deploy(stack, ATTACH_POLICY, "Create", VALUES, answer)
        assert done.response["Status"] == "FAILED"

    @staticmethod
    def delete(stack: Stack, answer: Answer) -> Any:
        """Delete the attachment of a policy."""
        ivs.Channel(stack, "Channel", playback_restriction_policy=a_policy(stack))
        return deploy(stack, ATTACH_POLICY, "Delete", VALUES, answer)
