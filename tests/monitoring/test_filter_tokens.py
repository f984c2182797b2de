"""Values of filters that are known at synthesis only, as what aws_events.Match makes."""

from __future__ import annotations

from typing import Any

import jsii
import pytest
from aws_cdk import IStableStringProducer, Lazy, Stack
from aws_cdk.aws_events import Match

import cdk_ivs as ivs
from tests.support.arns import arn
from tests.support.oracles import resources_of

STAGE_ARN = arn("stage/ZyXwvu1T2sRq")
STREAM = "'st-' and letters and digits"


@jsii.implements(IStableStringProducer)
class Value:
    """A value that is known when the template is made."""

    def __init__(self, value: str) -> None:
        self._value = value

    def produce(self) -> str:
        """The value."""
        return self._value


def refused_at_synthesis(stack: Stack) -> str:
    """What the synthesis of a stack fails with."""
    with pytest.raises(RuntimeError) as error:
        resources_of(stack, "AWS::Events::Rule")
    return str(error.value)


class TestTokens:
    """What is known at synthesis only, as an operator of aws_events.Match."""

    @pytest.mark.parametrize(
        ("values", "shown"),
        [
            pytest.param(lambda: Match.interval(1, 2), "{'numeric': ['>=', 1, '<=', 2]}", id="in"),
            pytest.param(lambda: Match.greater_than(60), "{'numeric': ['>', 60]}", id="greater"),
            pytest.param(
                lambda: ["a", *Match.equal(3)], "{'numeric': ['=', 3]}", id="beside a text"
            ),
            pytest.param(
                lambda: Match.any_of(Match.prefix("a"), Match.cidr("10.0.0.0/8")),
                "{'cidr': '10.0.0.0/8'}",
                id="among others",
            ),
        ],
    )
    def test_that_match_no_text_are_refused(self, stack: Stack, values: Any, shown: str) -> None:
        """
        EventBridge compares numbers and addresses with no text, so that nothing would match.
        """
        rule = ivs.Stage.on_all_stage_update(stack, "Rule", user_ids=values())
        assert (
            f"'user_ids' must be matched as text, as the events have it, got {shown}: nothing "
            "would match; use another method of aws_events.Match [cdk-ivs:FilterValue at "
            "'Stack/Rule']"
        ) in refused_at_synthesis(stack)
        # What left the tree is looked at no more.
        assert stack.node.try_remove_child(rule.node.id)
        assert resources_of(stack, "AWS::Events::Rule") == {}

    def test_of_one_resource_are_looked_at(self, stack: Stack) -> None:
        """
        So are those of the rule of one stage.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", STAGE_ARN)
        stage.on_stage_update("Rule", session_ids=Match.less_than(5))
        assert "'session_ids' must be matched as text" in refused_at_synthesis(stack)

    def test_that_no_event_says_are_refused(self, stack: Stack) -> None:
        """
        A value that is known late is checked as one that is known early.
        """
        lazy = [Lazy.string(Value("ZyXwvu1T2s")), Lazy.string(Value("st-1"))]
        ivs.Stage.on_all_stage_update(stack, "Rule", session_ids=lazy)
        assert (
            f"'session_ids' must contain only {STREAM}, as the events do, got 'ZyXwvu1T2s': "
            "nothing would match [cdk-ivs:FilterValue at 'Stack/Rule']"
        ) in refused_at_synthesis(stack)

    def test_that_the_cdk_refuses_have_its_error(self, stack: Stack) -> None:
        """
        What cannot be resolved is for the CDK to explain.
        """
        ivs.Stage.on_all_stage_update(stack, "Rule", user_ids=Match.all_of(["a"], ["b"]))
        assert "Only numeric matchers can be merged" in refused_at_synthesis(stack)
