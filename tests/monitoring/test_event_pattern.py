"""The patterns of rules: the resources in them, how long they are, and what they take."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk.aws_events import Match

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from cdk_ivs import ValidationError, chat
from cdk_ivs._monitoring import event_pattern
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn

CHANNEL_ARN = arn("channel/AbCdef1G2hij")
STAGE_ARN = arn("stage/ZyXwvu1T2sRq")


class TestResources:
    @pytest.mark.parametrize(
        ("channels", "message"),
        [
            pytest.param(
                lambda channel: channel,
                "'channels' must be Sequence[IChannelRef], got an object of type 'Channel'; put it "
                "into a list",
                id="no list",
            ),
            pytest.param(
                lambda _: CHANNEL_ARN,
                f"'channels' must be Sequence[IChannelRef], got '{CHANNEL_ARN}' of type 'str'",
                id="an ARN",
            ),
            pytest.param(
                lambda _: [CHANNEL_ARN],
                f"'channels' must be IChannelRef, got '{CHANNEL_ARN}' of type 'str'; use "
                f"Channel.from_channel_arn(self, \"\u2026\", '{CHANNEL_ARN}')",
                id="a list of an ARN",
            ),
            pytest.param(
                lambda _: [],
                "'channels' must have at least one channel, got none; leave it out to match all",
                id="none",
            ),
        ],
    )
    def test_of_other_types_are_refused(self, stack: Stack, channels: Any, message: str) -> None:
        """
        Channels are given as constructs, in a list.
        """
        given = channels(ivs.Channel(stack, "Channel"))
        with pytest.raises(ValidationError) as error:
            ivs.Channel.on_all_ad_break(stack, "Rule", channels=given)
        assert error.value.message == message
        assert error.value.path == "Stack/Rule"
        assert stack.node.try_find_child("Rule") is None

    def test_must_be_in_the_region_of_the_rule(self, located_stack: Stack) -> None:
        """
        A rule sees the events of its own Region, so a stage of another one is refused.
        """
        far = ivs.Stage.from_stage_arn(
            located_stack, "Far", arn("stage/ZyXwvu1T2sRq", region="eu-west-1")
        )
        near = ivs.Stage.from_stage_arn(located_stack, "Near", STAGE_ARN)
        with pytest.raises(ValidationError) as error:
            ivs.Stage.on_all_composition_state_change(located_stack, "Rule", stages=[near, far])
        assert error.value.message == (
            "'stages' must be in the Region of the stack, us-west-2, got one in eu-west-1"
        )

    def test_may_be_in_the_region_of_another_scope(self, app: App, located_stack: Stack) -> None:
        """
        The scope that counts is the one in which the rule is made.
        """
        there = Stack(app, "There", env=Environment(account=ACCOUNT, region="eu-west-1"))
        far = ivs.Stage.from_stage_arn(
            located_stack, "Far", arn("stage/ZyXwvu1T2sRq", region="eu-west-1")
        )
        rule = ivs.Stage.on_all_stage_update(
            located_stack, "Rule", cross_stack_scope=there, stages=[far]
        )
        assert rule.node.path == "There/Rule"


class TestSize:
    @pytest.mark.parametrize(("amount", "warned"), [(178, False), (179, True)])
    def test_of_the_pattern_is_a_warning(self, stack: Stack, amount: int, warned: bool) -> None:
        """
        A pattern of more characters than the default quota is warned about.
        """
        ivs.Stage.on_all_stage_update(
            stack, "Rule", user_ids=[f"user{number:04}" for number in range(amount)]
        )
        size = len('{"source":["aws.ivs"],"detail_type":["IVS Stage Update"],"detail":')
        size += len('{"user_id":[]}}') + 11 * amount - 1
        expected = (
            f"the event pattern of this rule has about {size} characters, more than the default "
            "quota of 2048: request a higher quota in Service Quotas, match fewer values, for "
            "example with aws_events.Match.prefix(), or create several rules [ack: "
            "cdk-ivs:EventPatternSize]"
        )
        assert warnings_of(stack) == ([("/Stack/Rule", expected)] if warned else [])
        assert (size > 2048) is warned

    def test_that_is_the_quota_is_none(self, stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        The quota itself is not exceeded, and one more character is.
        """
        pattern = '{"source":["aws.ivs"]}'
        monkeypatch.setattr(event_pattern, "_PATTERN_LENGTH", len(pattern))
        ivs.Stage.on_any_event(stack, "Quota")
        assert warnings_of(stack) == []
        monkeypatch.setattr(event_pattern, "_PATTERN_LENGTH", len(pattern) - 1)
        ivs.Stage.on_any_event(stack, "More")
        assert [path for path, _ in warnings_of(stack)] == ["/Stack/More"]


class TestMessages:
    """How many messages to JavaScript the rules take."""

    @staticmethod
    def count(make: Any) -> int:
        """The messages of a call."""
        with sent_messages() as messages:
            make()
        return len(messages)

    def test_of_all_are_those_of_the_rule(self, stack: Stack) -> None:
        """
        A rule of the account takes one message, with filters or without.
        """
        ivs.Stage.on_all_stage_update(stack, "First")
        assert self.count(lambda: ivs.Stage.on_all_stage_update(stack, "None")) == 1
        assert (
            self.count(
                lambda: ivs.Stage.on_all_stage_update(
                    stack,
                    "All",
                    event_names=[ivs.StageUpdateEvent.PARTICIPANT_PUBLISHED],
                    participant_ids=["a", "b"],
                    replica=False,
                    session_ids=["st-a"],
                    user_ids=["guest", "host"],
                )
            )
            == 1
        )
        assert self.count(lambda: ivs.Channel.on_any_event(stack, "Any")) == 1
        assert self.count(lambda: chat.Room.on_any_event(stack, "Calls")) == 1

    def test_of_filters_by_match_are_one_more(self, stack: Stack) -> None:
        """
        A prefix takes one message to be made, and one where the field has a form to be asked about.
        The first one in an app takes three for what looks at all of them at synthesis.
        """
        ivs.Stage.on_all_stage_update(stack, "First")
        assert (
            self.count(
                lambda: ivs.Stage.on_all_stage_update(stack, "Prefix", user_ids=Match.prefix("a"))
            )
            == 5
        )
        assert (
            self.count(
                lambda: ivs.Stage.on_all_stage_update(stack, "A", user_ids=Match.prefix("a"))
            )
            == 2
        )
        assert (
            self.count(
                lambda: ivs.Stage.on_all_stage_update(stack, "B", session_ids=Match.prefix("a"))
            )
            == 3
        )

    def test_of_resources_are_those_of_their_arns(self, located_stack: Stack) -> None:
        """
        Channels of this library, made or known by their ARN, take none once the ARN is known.
        """
        channels = [
            ivs.Channel(located_stack, "Own"),
            ivs.Channel.from_channel_arn(located_stack, "Reference", CHANNEL_ARN),
        ]
        assert channels[0].channel_arn
        ivs.Channel.on_all_ad_break(located_stack, "First")
        assert (
            self.count(
                lambda: ivs.Channel.on_all_ad_break(located_stack, "Rule", channels=channels)
            )
            == 1
        )
        assert REGION == "us-west-2"
