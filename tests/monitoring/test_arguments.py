"""Arguments of any type, for everything public that there is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aws_cdk import App, Duration, Stack, Token
from aws_cdk.aws_cloudwatch_actions import Ec2Action, Ec2InstanceAction
from aws_cdk.aws_events_targets import SqsQueue
from aws_cdk.aws_lambda import Function
from aws_cdk.aws_sqs import Queue
from constructs import Construct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from cdk_ivs import ValidationError, chat
from tests.monitoring.alarm_properties import alarms_of
from tests.monitoring.calls import call_of, keywords_of, names
from tests.monitoring.makers import MAKERS
from tests.support.arns import arn
from tests.support.tokens import token

# A whole number that no number of JavaScript can be.
HUGE = 10**400


def values(stack: Stack) -> list[Any]:
    """Values of many types, of which most parameters take few."""
    # With a policy from the first, to which the target adds.
    queue = Queue(stack, "Queue", enforce_ssl=True)
    number = Token.as_number({"Ref": "Parameter"})
    return [
        5,
        -1,
        0,
        1.5,
        HUGE,
        -HUGE,
        "x",
        "",
        b"x",
        [],
        [None],
        [5],
        {},
        {5: "x"},
        {"Track": 5},
        object(),
        Stack,
        True,
        queue,
        stack.node.root,
        SqsQueue(queue),
        Ec2Action(Ec2InstanceAction.REBOOT),
        Function.from_function_arn(
            stack, "Function", "arn:aws:lambda:us-west-2:123456789012:function:one"
        ),
        token(),
        [token()],
        "dummy-value-for-/live/value",
        number,
        Duration.seconds(0),
        Duration.seconds(61),
        Duration.seconds(number),
        Duration.minutes(number),
    ]


@pytest.mark.parametrize("name", list(names()))
def test_are_taken_or_refused_and_leave_nothing(stack: Stack, name: str) -> None:
    """
    Whatever one argument is, the call works or says by a ValidationError what is wrong.

    After an error the tree is what it was.
    """
    called, needed = call_of(stack, name)
    others = values(stack)
    # The log group of the stack stays when the alarms are gone.
    remove(called(**needed))
    before = paths_of(stack)
    refused = 0
    for keyword in keywords_of(called):
        for value in [*others, *([None] if keyword in needed else [])]:
            try:
                remove(called(**{**needed, keyword: value}))
            except ValidationError:
                refused += 1
        assert paths_of(stack) == before, keyword
    assert refused > len(keywords_of(called))


def remove(made: Any) -> None:
    """Remove a construct that was made, which a metric is not."""
    if isinstance(made, Construct):
        scope: Any = made.node.scope
        scope.node.try_remove_child(made.node.id)


def paths_of(stack: Stack) -> set[str]:
    """The paths of everything in the app of a stack."""
    return {construct.node.path for construct in stack.node.root.node.find_all()}


class TestNumbers:
    @pytest.mark.parametrize(
        ("construct", "keyword"),
        [
            (construct, keyword)
            for construct in ("ChannelAlarms", "StageAlarms", "QuotaAlarms")
            for keyword in keywords_of(getattr(ivs, construct))
            if keyword.endswith(("_threshold", "_minutes", "percentage"))
            and keyword != "keyframe_interval_threshold"
        ],
    )
    @pytest.mark.parametrize("number", [HUGE, -HUGE], ids=["huge", "negative"])
    def test_that_javascript_cannot_hold_are_not_sent(
        self, stack: Stack, construct: str, keyword: str, number: int
    ) -> None:
        """
        A number that is too large for JavaScript is refused and shown in short; nobody asks
        whether it is a token.
        """
        called, needed = call_of(stack, construct)
        with sent_messages() as messages, pytest.raises(ValidationError) as error:
            called(**{**needed, keyword: number})
        assert re.match(f"'{keyword}' must be ", error.value.message)
        assert len(error.value.message) < 160
        assert not any("aws-cdk-lib.Token" in message for message in messages)

    @pytest.mark.parametrize("number", [2**360, 2.0**360])
    def test_may_be_as_large_as_cloudwatch_takes(self, stack: Stack, number: float) -> None:
        """
        The largest value of a metric is 2 to the power of 360, which is a threshold too.
        """
        channel = ivs.Channel(stack, "Channel")
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel, framerate_threshold=number)
        assert alarms_of(stack, alarms)["NO_FRAMES"]["Threshold"] == 2**360

    def test_may_not_be_larger(self, stack: Stack) -> None:
        """
        Of what is larger CloudWatch says nothing until the deployment.
        """
        channel = ivs.Channel(stack, "Channel")
        with pytest.raises(ValidationError) as error:
            ivs.ChannelAlarms(stack, "Alarms", channel=channel, framerate_threshold=2.0**361)
        assert error.value.code == "Threshold"
        assert error.value.message.startswith(
            "'framerate_threshold' must be a number above 0 and at most 2**360, got 4.69"
        )


class TestScopes:
    @pytest.mark.parametrize(
        "name", ["ChannelAlarms", "StageAlarms", "QuotaAlarms", "IvsDashboard"]
    )
    def test_must_be_in_a_stack(self, app: App, stack: Stack, name: str) -> None:
        """
        In an app there can be no resources: the text is that of the constructs.
        """
        called, needed = call_of(stack, name)
        with pytest.raises(ValidationError) as error:
            called(**{**needed, "scope": app})
        assert str(error.value) == (
            "'scope' must be a stack or a construct in one, got an object of type 'App' "
            "outside of stacks; create a Stack in the app and use that "
            "[cdk-ivs:NoStack at 'Thing']"
        )
        assert app.node.try_find_child("Thing") is None

    def test_are_refused_as_of_a_channel(self, app: App) -> None:
        """
        A channel in an app is refused by the same check.
        """
        with pytest.raises(ValidationError) as error:
            ivs.Channel(app, "Thing")
        assert str(error.value) == (
            "'scope' must be a stack or a construct in one, got an object of type 'App' "
            "outside of stacks; create a Stack in the app and use that "
            "[cdk-ivs:NoStack at 'Thing']"
        )

    @pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
    def test_of_another_stack_must_be_one(self, app: App, stack: Stack, make: Any) -> None:
        """
        So is the scope that rules are given, by its keyword.
        """
        with pytest.raises(
            ValidationError, match="'cross_stack_scope' must be a stack or a construct in one"
        ):
            make(stack, cross_stack_scope=app)
        assert app.node.try_find_child("Rule") is None

    @pytest.mark.parametrize(
        "name",
        [name for name in names() if re.search(r"\.on_(?!all_|any_|concurrent_)", name)],
    )
    def test_of_references_must_be_in_a_stack(self, app: App, stack: Stack, name: str) -> None:
        """
        A reference can stand in an app, and its rules cannot.
        """
        _, needed = call_of(stack, name)
        owner, _, method = name.partition(".")
        of = {"Channel": ivs.Channel.from_channel_arn, "Stage": ivs.Stage.from_stage_arn}
        reference = of[owner](app, "Owner", arn(f"{owner.lower()}/AbCdef1G2hij"))
        with pytest.raises(ValidationError) as error:
            getattr(reference, method)(**needed)
        assert str(error.value) == (
            "'scope' must be a stack or a construct in one, got an object of type "
            f"'{type(reference).__name__}' outside of stacks; create a Stack in the app "
            "and use that [cdk-ivs:NoStack at 'Owner/Thing']"
        )
        assert reference.node.children == []

    @pytest.mark.parametrize(
        "name", [name for name in names() if re.search(r"\.on_(all|any|concurrent)_", name)]
    )
    def test_of_rules_of_the_account_must_be_in_a_stack(self, app: App, name: str) -> None:
        """
        So is the scope of a rule that is about no resource.
        """
        owner, _, method = name.partition(".")
        kind = chat.Room if owner == "Room" else getattr(ivs, owner)
        with pytest.raises(ValidationError, match="'scope' must be a stack or a construct in one"):
            getattr(kind, method)(app, "Rule")
        assert app.node.children == []

    @pytest.mark.parametrize("scope", ["Stack", None, 5, Stack], ids=str)
    def test_are_constructs(self, scope: Any) -> None:
        """
        What is no construct, a class of constructs included, is named with its type.
        """
        with pytest.raises(TypeError, match="'scope' must be a construct, got "):
            ivs.QuotaAlarms(scope, "Alarms")

    @pytest.mark.parametrize(
        ("id", "message"),
        [
            (5, "'id' must be str, got 5 of type 'int'"),
            (None, "'id' must be str, got None of type 'NoneType'"),
            ("", "'id' must be a string that is known at synthesis, got ''"),
            (token(), "'id' must be a string that is known at synthesis, got '<token>'"),
        ],
        ids=["number", "None", "empty", "token"],
    )
    def test_need_ids(self, stack: Stack, id: Any, message: str) -> None:
        """
        An id is text that is there at synthesis.
        """
        with pytest.raises(ValidationError) as error:
            ivs.QuotaAlarms(stack, id)
        assert error.value.message == message
        with pytest.raises(ValidationError) as error:
            ivs.Channel.on_concurrent_limit_breach(stack, id)
        assert error.value.message == message
