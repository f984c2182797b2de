"""Warnings about Regions and quotas."""

from __future__ import annotations

from typing import cast

import pytest
from aws_cdk import Annotations, App, Environment, Stack, Stage
from constructs import Construct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from cdk_ivs import ValidationError
from tests.resources.records import record_of
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION
from tests.support.included import stack_of_javascript

IVS_REGIONS = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "eu-central-1",
    "eu-west-1",
    "us-east-1",
    "us-west-2",
]


key_pair = record_of(ivs.PlaybackKeyPair).make
policy = record_of(ivs.PlaybackRestrictionPolicy).make
ads = record_of(ivs.AdConfiguration).make
channel = record_of(ivs.Channel).make


def in_region(app: App, region: str, id: str = "Stack", account: str = ACCOUNT) -> Stack:
    """A stack in a Region."""
    return Stack(app, id, env=Environment(account=account, region=region))


class TestRegion:
    @pytest.mark.parametrize("region", IVS_REGIONS)
    def test_with_ivs_is_silent(self, app: App, region: str) -> None:
        """
        There is nothing to say in a Region that has the service.
        """
        stack = in_region(app, region)
        channel(stack, "Channel")
        assert warnings_of(stack) == []

    def test_warns_once_a_stack(self, app: App) -> None:
        """
        The first construct of each stack warns, however deep the others are.
        """
        stacks = [in_region(app, "eu-north-1", id) for id in ("A", "B")]
        for stack in stacks:
            for scope in (stack, Construct(stack, "Group")):
                channel(scope, "One")
                channel(scope, "Two")
            policy(stack, "Policy")
        assert [[path for path, _ in warnings_of(stack)] for stack in stacks] == [
            ["/A/One"],
            ["/B/One"],
        ]

    def test_warns_once_a_stack_of_javascript(self, app: App) -> None:
        """
        A stack that JavaScript created is one stack, however often it is read.
        """
        stack = in_region(app, "eu-north-1")
        stack_of_javascript(stack, "Included")
        for id in ("A", "B", "C"):
            inner = stack.node.find_child("Included").node.find_child("Nested")
            channel(cast("Construct", inner), id)
        inner = stack.node.find_child("Included").node.find_child("Nested")
        messages = [
            child.node.id
            for child in inner.node.children
            if any(
                "Amazon IVS is not available in" in str(entry.data) for entry in child.node.metadata
            )
        ]
        assert messages == ["A"]

    def test_warns_again_if_what_warned_was_removed(self, app: App) -> None:
        """
        The warning is about a construct that is there.
        """
        stack = in_region(app, "eu-north-1")
        for _ in range(2):
            channel(stack, "Channel")
            stack.node.try_remove_child("Channel")
        channel(stack, "Channel")
        channel(Construct(stack, "Group"), "Other")
        assert [path for path, _ in warnings_of(stack)] == ["/Stack/Channel"]

    @pytest.mark.parametrize("first", [True, False])
    def test_is_acknowledged_by_its_id(self, app: App, first: bool) -> None:
        """
        A stack acknowledges the warning, before or after it was given.
        """
        stack = in_region(app, "eu-north-1")
        if not first:
            channel(stack, "Channel")
        Annotations.of(stack).acknowledge_warning("cdk-ivs:Region", "IVS has come to Stockholm")
        if first:
            channel(stack, "Channel")
        assert warnings_of(stack) == []

    def test_that_is_not_known_is_silent(self, stack: Stack) -> None:
        """
        A Region that is known at deployment gives no warning.
        """
        channel(stack, "Channel")
        policy(stack, "Policy")
        assert warnings_of(stack) == []

    def test_of_a_failure_is_not_spoken_of(self, app: App) -> None:
        """
        A construct that was refused does not use the stack's one warning up.
        """
        stack = in_region(app, "eu-north-1")
        with pytest.raises(ValidationError):
            ivs.Channel(stack, "Bad", channel_name="a b")
        channel(stack, "Good")
        assert [path for path, _ in warnings_of(stack)] == ["/Stack/Good"]


@pytest.mark.newest
class TestAdRegion:
    @pytest.mark.parametrize("region", ["ap-south-1", "eu-central-1", "us-east-1", "us-west-2"])
    def test_with_the_type_is_silent(self, app: App, region: str) -> None:
        """
        There is nothing to say where CloudFormation has the resource.
        """
        stack = in_region(app, region)
        ads(stack, "Ads")
        assert warnings_of(stack) == []

    @pytest.mark.parametrize("region", ["ap-northeast-1", "ap-northeast-2", "eu-west-1"])
    def test_without_the_type_warns_once(self, app: App, region: str) -> None:
        """
        Where IVS is and the resource is not, the first ad configuration of a stack says so.
        """
        stack = in_region(app, region)
        channel(stack, "Channel")
        ads(stack, "Ads")
        ads(stack, "More")
        assert warnings_of(stack) == [
            (
                "/Stack/Ads",
                (
                    f"AWS::IVS::AdConfiguration is not available in {region}, as far as this "
                    "version of cdk-ivs knows; deploy to one of ap-south-1, eu-central-1, "
                    "us-east-1, us-west-2 [ack: cdk-ivs:AdConfigurationRegion]"
                ),
            )
        ]

    def test_without_ivs_warns_of_ivs_alone(self, app: App) -> None:
        """
        Where IVS is not, that its ad configurations are not either goes without saying.
        """
        stack = in_region(app, "eu-north-1")
        ads(stack, "Ads")
        ((_, text),) = warnings_of(stack)
        assert text.startswith("Amazon IVS is not available in eu-north-1")


class TestCounting:
    def test_spans_the_whole_app(self, app: App) -> None:
        """
        Stacks, groups and Stages in the same account and Region are counted together.
        """
        environment = Environment(account=ACCOUNT, region=REGION)
        stack = Stack(app, "Stack", env=environment)
        of_stage = Stack(Stage(app, "Stage", env=environment), "Stack")
        policy(stack, "One")
        policy(Construct(stack, "Group"), "Two")
        policy(of_stage, "Three")
        policy(of_stage, "Four")
        assert warnings_of(stack) == []
        assert [path for path, _ in warnings_of(of_stage)] == ["/Stage/Stack/Four"]

    def test_is_by_account_and_region(self, app: App) -> None:
        """
        Each account has its quota in each Region.
        """
        stacks = [
            in_region(app, "us-west-2", "A"),
            in_region(app, "us-east-1", "B"),
            in_region(app, "us-west-2", "C", account="210987654321"),
        ]
        for stack in stacks:
            for number in range(3):
                policy(stack, f"Policy{number}")
        assert [warnings_of(stack) for stack in stacks] == [[], [], []]

    def test_is_by_resource(self, located_stack: Stack) -> None:
        """
        Three of one kind and three of another are not too many.
        """
        for number in range(3):
            policy(located_stack, f"Policy{number}")
            key_pair(located_stack, f"KeyPair{number}")
        assert warnings_of(located_stack) == []

    def test_is_by_app(self) -> None:
        """
        What another app in the same process has does not matter.
        """
        for _ in range(2):
            stack = in_region(App(), REGION)
            for number in range(3):
                policy(stack, f"Policy{number}")
            assert warnings_of(stack) == []

    @pytest.mark.parametrize(
        "environment", [None, Environment(region=REGION), Environment(account=ACCOUNT)]
    )
    def test_is_by_stack_where_the_environment_is_not_known(
        self, app: App, environment: Environment | None
    ) -> None:
        """
        Without an account or a Region, all of a stack is still in one.
        """
        stack = Stack(app, "Stack", env=environment)
        other = Stack(app, "Other", env=environment)
        for number in range(3):
            policy(stack, f"Policy{number}")
            policy(other, f"Policy{number}")
        assert warnings_of(stack) == warnings_of(other) == []
        policy(stack, "Policy3")
        assert warnings_of(other) == []
        assert warnings_of(stack) == [
            (
                "/Stack/Policy3",
                (
                    "the stack has 4 playback restriction policies, more than the quota of 3; the "
                    "quota cannot be raised, so share one, or use another account or Region "
                    "[ack: cdk-ivs:QuotaPlaybackRestrictionPolicies]"
                ),
            )
        ]

    def test_leaves_out_what_was_removed(self, located_stack: Stack) -> None:
        """
        A construct that was removed from the tree, or whose scope was, is none too many.
        """
        policy(located_stack, "Removed")
        policy(Construct(located_stack, "Group"), "InRemoved")
        policy(located_stack, "One")
        located_stack.node.try_remove_child("Removed")
        located_stack.node.try_remove_child("Group")
        policy(located_stack, "Two")
        policy(located_stack, "Three")
        assert warnings_of(located_stack) == []
        policy(located_stack, "Four")
        ((path, text),) = warnings_of(located_stack)
        assert path == "/Stack/Four"
        assert text.startswith("the app has 4 playback restriction policies in account")

    def test_counts_what_was_replaced_once(self, located_stack: Stack) -> None:
        """
        A construct in the place of one that was removed counts, and the other does not.
        """
        for _ in range(5):
            located_stack.node.try_remove_child("Policy")
            policy(located_stack, "Policy")
        policy(located_stack, "Second")
        policy(located_stack, "Third")
        assert warnings_of(located_stack) == []
        policy(located_stack, "Fourth")
        assert [path for path, _ in warnings_of(located_stack)] == ["/Stack/Fourth"]

    def test_leaves_out_what_was_removed_from_many(self, located_stack: Stack) -> None:
        """
        However many there were, what was removed later is not counted.
        """
        for number in range(12):
            policy(located_stack, f"Policy{number}")
        for number in range(10):
            located_stack.node.try_remove_child(f"Policy{number}")
        before = len(warnings_of(located_stack))
        policy(located_stack, "Third")
        assert len(warnings_of(located_stack)) == before

    def test_warns_once_however_many_there_are(self, located_stack: Stack) -> None:
        """
        The first construct over the quota has the only warning, with the number of all.
        """
        for number in range(80):
            policy(located_stack, f"Policy{number}")
        ((path, text),) = warnings_of(located_stack)
        assert path == "/Stack/Policy3"
        assert text.startswith("the app has 80 playback restriction policies in account")

    def test_warns_in_the_stage_of_the_first_over_the_quota(self, app: App) -> None:
        """
        Of two Stages that share a quota, only the one with the first construct over it warns.
        """
        environment = Environment(account=ACCOUNT, region=REGION)
        stack = Stack(app, "Stack", env=environment)
        of_stage = Stack(Stage(app, "Stage", env=environment), "Stack")
        for number in range(3):
            policy(of_stage, f"Policy{number}")
        policy(stack, "Fourth")
        policy(of_stage, "Fifth")
        assert warnings_of(of_stage) == []
        ((path, text),) = warnings_of(stack)
        assert path == "/Stack/Fourth"
        assert text.startswith("the app has 5 playback restriction policies in account")

    def test_takes_no_messages_however_many_there_are(self, located_stack: Stack) -> None:
        """
        A construct over the quota takes as many messages as one below, and so does the synthesis
        with eighty of them as with ten.
        """
        created, synthesized = [], []
        for number in range(80):
            with sent_messages() as messages:
                policy(located_stack, f"Policy{number}")
            created.append(len(messages))
            if number in {10, 79}:
                with sent_messages() as messages:
                    App.of(located_stack).synth(force=True)
                synthesized.append(len(messages))
        assert set(created[1:]) == {2}
        assert len(set(synthesized)) == 1

    def test_is_acknowledged_by_its_id(self, located_stack: Stack) -> None:
        """
        A stack acknowledges the warning for everything in it.
        """
        Annotations.of(located_stack).acknowledge_warning(
            "cdk-ivs:QuotaPlaybackRestrictionPolicies", "deployed one after the other"
        )
        for number in range(5):
            policy(located_stack, f"Policy{number}")
        assert warnings_of(located_stack) == []
