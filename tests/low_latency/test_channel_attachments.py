"""Attachments to channels by the API: their templates, scopes and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from aws_cdk import App, CfnCondition, Fn, Stack, Stage

import cdk_ivs as ivs
from tests.support.attachments import (
    ADS_ID,
    ATTACHMENT,
    CHANNEL,
    CHANNEL_ID,
    PERMISSION,
    POLICY,
    POLICY_ID,
    SLATE,
    SLATE_ID,
    STOP,
    a_policy,
    a_slate,
    ads_of,
    attachment_in,
    known_ads,
    known_policy,
    known_slate,
    with_ads,
)
from tests.support.graph import in_order, made_before, only
from tests.support.oracles import resources_of, template_of

if TYPE_CHECKING:
    from aws_cdk.aws_ivs import CfnChannel

ATTACH_POLICY = "ChannelAttachPlaybackRestrictionPolicy0C43BDCC"
ATTACH_ADS = "ChannelAttachAdConfiguration24CC6CD3"
ATTACH_SLATE = "ChannelAttachFailoverSlateConfigurationA214A76F"


class TestTemplate:
    def test_tells_what_to_attach_to_which_channel(self, stack: Stack) -> None:
        """
        The resource has the operation, the channel and the policy.
        """
        ivs.Channel(stack, "Channel", playback_restriction_policy=a_policy(stack))
        assert attachment_in(stack) == {
            "Operation": "AttachPlaybackRestrictionPolicy",
            "ResourceArn": CHANNEL,
            "Value": POLICY,
        }

    @with_ads
    def test_is_one_resource_for_each(self, stack: Stack) -> None:
        """
        A policy and ads are attached one after the other, each by a resource about it alone.
        """
        ivs.Channel(
            stack,
            "Channel",
            ad_configuration=ads_of(stack),
            playback_restriction_policy=a_policy(stack),
        )
        template = template_of(stack)
        told = {
            logical_id: (resource["Properties"]["Operation"], resource["Properties"]["Value"])
            for logical_id, resource in resources_of(stack, ATTACHMENT).items()
        }
        assert told == {
            ATTACH_POLICY: (
                "AttachPlaybackRestrictionPolicy",
                {"Fn::GetAtt": [POLICY_ID, "Arn"]},
            ),
            ATTACH_ADS: ("AttachAdConfiguration", {"Fn::GetAtt": [ADS_ID, "Arn"]}),
        }
        assert in_order(template, ATTACH_POLICY, ATTACH_ADS)

    def test_of_a_slate_tells_the_slate(self, stack: Stack) -> None:
        """
        The resource has the operation, the channel and the failover slate.
        """
        ivs.Channel(stack, "Channel", failover_slate_configuration=a_slate(stack))
        assert attachment_in(stack) == {
            "Operation": "AttachFailoverSlateConfiguration",
            "ResourceArn": CHANNEL,
            "Value": SLATE,
        }

    @with_ads
    def test_of_a_slate_comes_after_the_others(self, stack: Stack) -> None:
        """
        Policy, ads and slate are attached one after the other, in this order, whatever the order
        of the arguments.
        """
        ivs.Channel(
            stack,
            "Channel",
            failover_slate_configuration=a_slate(stack),
            ad_configuration=ads_of(stack),
            playback_restriction_policy=a_policy(stack),
        )
        template = template_of(stack)
        assert set(resources_of(stack, ATTACHMENT)) == {ATTACH_POLICY, ATTACH_ADS, ATTACH_SLATE}
        assert in_order(template, ATTACH_POLICY, ATTACH_ADS, ATTACH_SLATE)

    def test_of_a_slate_is_undone_before_the_slate_is_deleted(self, stack: Stack) -> None:
        """
        The stream is stopped, the slate detached, and then both channel and slate are deleted.
        """
        ivs.Channel(
            stack,
            "Channel",
            failover_slate_configuration=a_slate(stack),
            stop_stream_on_delete=True,
        )
        template = template_of(stack)
        stop = only(template, STOP)
        assert in_order(template, SLATE_ID, ATTACH_SLATE, stop)
        assert in_order(template, CHANNEL_ID, ATTACH_SLATE, stop)
        # Also what lets the function delete the slate is there for as long.
        policy = only(template, "AWS::IAM::ManagedPolicy")
        assert in_order(template, policy, SLATE_ID)

    def test_of_another_slate_is_an_update(self, stack: Stack) -> None:
        """
        Only the value differs, so that the channel has one slate or the other.
        """
        before = Stack(App(), "Stack")
        ivs.Channel(before, "Channel", failover_slate_configuration=a_slate(before))
        ivs.Channel(stack, "Channel", failover_slate_configuration=known_slate(stack))
        old, new = (template_of(each)["Resources"][ATTACH_SLATE] for each in (before, stack))
        assert old["Properties"].pop("Value") == {"Fn::GetAtt": [SLATE_ID, "Arn"]}
        assert new["Properties"].pop("Value") == SLATE
        assert old == new

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

    def test_may_read_and_update_the_one_channel_and_nothing_else(self, stack: Stack) -> None:
        """
        The function gets two actions on one ARN, under a name that IAM takes.
        """
        ivs.Channel(stack, "Channel", playback_restriction_policy=a_policy(stack))
        (policy,) = resources_of(stack, PERMISSION).values()
        assert policy["Properties"]["PolicyDocument"] == {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Action": ["ivs:GetChannel", "ivs:UpdateChannel"],
                    "Effect": "Allow",
                    "Resource": [{"Fn::GetAtt": [CHANNEL_ID, "Arn"]}],
                }
            ],
        }
        assert policy["Properties"]["RoleName"] == {
            "Ref": "cdkivsCustomResourcesHandlerServiceRole071AF977"
        }
        assert len(policy["Properties"]["PolicyName"]) < 128

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
        permissions = set(resources_of(stack, PERMISSION))
        assert made_before(template, ATTACH_ADS) >= {CHANNEL_ID, POLICY_ID, ADS_ID} | permissions

    def test_every_channel_has_its_own(self, stack: Stack) -> None:
        """
        Two channels are two resources with a permission each, and one function with a provider.
        """
        policy = a_policy(stack)
        ivs.Channel(stack, "A", playback_restriction_policy=policy)
        ivs.Channel(stack, "B", playback_restriction_policy=policy)
        template = template_of(stack)
        attachments = {key[0]: key for key in resources_of(stack, ATTACHMENT)}
        permissions = {key[0]: key for key in resources_of(stack, PERMISSION)}
        assert attachments.keys() == permissions.keys() == {"A", "B"}
        assert permissions["A"] in made_before(template, attachments["A"])
        assert permissions["B"] not in made_before(template, attachments["A"])
        handlers = [
            function["Properties"]["Handler"]
            for function in resources_of(stack, "AWS::Lambda::Function").values()
        ]
        assert sorted(handlers) == ["cdk_ivs_handler.handler.handler", "framework.onEvent"]

    def test_is_not_made_for_nothing(self, stack: Stack) -> None:
        """
        A channel without a policy and ads is the channel alone.
        """
        ivs.Channel(stack, "Channel")
        assert list(template_of(stack)["Resources"]) == [CHANNEL_ID]

    def test_keeps_its_logical_id(self, stack: Stack) -> None:
        """
        Another policy is an update in place: only the value differs.
        """
        before, after = Stack(App(), "Stack"), stack
        ivs.Channel(before, "Channel", playback_restriction_policy=a_policy(before))
        ivs.Channel(after, "Channel", playback_restriction_policy=known_policy(after))
        old, new = (template_of(each)["Resources"] for each in (before, after))
        assert old[ATTACH_POLICY]["Properties"].pop("Value") == {"Fn::GetAtt": [POLICY_ID, "Arn"]}
        assert new[ATTACH_POLICY]["Properties"].pop("Value") == POLICY
        assert old[ATTACH_POLICY] == new[ATTACH_POLICY]


class TestScopes:
    def test_have_a_function_a_stack(self, app: App) -> None:
        """
        Two stacks, one of them in a stage, have a function each.
        """
        stacks = [Stack(app, "One"), Stack(Stage(app, "Stage"), "Two")]
        for stack in stacks:
            ivs.Channel(stack, "Channel", playback_restriction_policy=a_policy(stack))
        assembly = app.synth()
        templates = [
            assembly.get_stack_by_name("One").template,
            assembly.get_nested_assembly("assembly-Stage").get_stack_by_name("Stage-Two").template,
        ]
        assert [
            sum(
                resource["Type"] == "AWS::Lambda::Function"
                for resource in template["Resources"].values()
            )
            for template in templates
        ] == [2, 2]

    @with_ads
    def test_have_one_function_for_all_operations(self, stack: Stack) -> None:
        """
        Whatever a stack does by the API, it does by one function behind one provider.
        """
        from cdk_ivs import chat

        channel = ivs.Channel(
            stack,
            "Channel",
            ad_configuration=known_ads(stack),
            playback_restriction_policy=known_policy(stack),
            stop_stream_on_delete=True,
        )
        assert channel.srt_endpoint
        ivs.FailoverSlateConfiguration(stack, "Slate")
        assert ivs.Stage(stack, "Stage").endpoints.whip
        chat.Room(stack, "Room", maximum_message_rate_per_second=20)
        resources = template_of(stack)["Resources"]
        tokens = {
            str(resource["Properties"]["ServiceToken"])
            for resource in resources.values()
            if resource["Type"].startswith("Custom::")
        }
        assert len(tokens) == 1
        assert len(resources_of(stack, "AWS::Lambda::Function")) == 2
        assert sorted(
            action
            for policy in resources_of(stack, PERMISSION).values()
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
            for action in statement["Action"]
        ) == sorted(
            [
                *["ivs:GetChannel", "ivs:UpdateChannel"] * 2,
                "ivs:GetChannel",
                "ivs:GetStage",
                "ivs:StopStream",
                "ivschat:GetRoom",
                "ivschat:UpdateRoom",
            ]
        )


class TestCondition:
    """Channels that a condition of the template can leave out."""

    def test_is_that_of_the_channel(self, stack: Stack) -> None:
        """
        What refers to the channel is left out with it, also if the condition is set afterwards.
        """
        channel = ivs.Channel(
            stack,
            "Channel",
            playback_restriction_policy=known_policy(stack),
            stop_stream_on_delete=True,
        )
        l1 = cast("CfnChannel", channel.node.default_child)
        l1.cfn_options.condition = CfnCondition(
            stack, "Live", expression=Fn.condition_equals("a", "b")
        )
        resources = template_of(stack)["Resources"].values()
        conditions = {
            resource["Type"]: resource.get("Condition")
            for resource in resources
            if resource["Type"] not in {"AWS::IAM::Role", "AWS::IAM::Policy"}
        }
        assert conditions == {
            "AWS::IVS::Channel": "Live",
            "AWS::IAM::RolePolicy": "Live",
            "AWS::Lambda::Function": None,
            "Custom::IVSChannelAttachment": "Live",
            "Custom::IVSStopStream": "Live",
        }

    def test_is_none_without_one(self, stack: Stack) -> None:
        """
        Nothing has a condition where the channel has none.
        """
        ivs.Channel(stack, "Channel", playback_restriction_policy=known_policy(stack))
        resources = template_of(stack)["Resources"].values()
        assert not [resource for resource in resources if "Condition" in resource]
