"""
What stands in for a value that the CDK CLI is going to look up.

The first pass of a synthesis has the values that the CDK makes up, and must not fail: the CLI
looks up what it asks for only then.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk.aws_ssm import StringParameter

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from cdk_ivs._validation.tokens import is_made_up, is_token, made_up_id
from tests.resources.records import CONSTRUCTS, Record, marks_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.reflection import form_of


def constructor_parameters() -> Iterator[Any]:
    """Every parameter of a construct that is a text, or made of texts."""
    for record in CONSTRUCTS:
        for name, parameter in record.parameters.items():
            form = form_of(str(parameter.annotation))
            if form is not None:
                yield pytest.param(
                    record,
                    name,
                    form,
                    id=f"{record.name}-{name}",
                    marks=marks_of(record.construct),
                )


def references() -> Iterator[Any]:
    """Every factory of a reference by an ARN or an id."""
    for record in CONSTRUCTS:
        for name, factory in inspect.getmembers(record.construct, inspect.ismethod):
            parameters = list(inspect.signature(factory).parameters)
            if name.startswith("from_") and len(parameters) == 3 and parameters[1] == "id":
                yield pytest.param(
                    record, factory, id=f"{record.name}-{name}", marks=marks_of(record.construct)
                )


@pytest.fixture(params=["/live/value", "value"])
def made_up(request: pytest.FixtureRequest, located_stack: Stack) -> str:
    """What the CDK makes up for a parameter of the Systems Manager."""
    return StringParameter.value_from_lookup(located_stack, request.param)


@pytest.mark.parametrize(("record", "name", "form"), list(constructor_parameters()))
def test_passes_as_a_parameter(
    located_stack: Stack, made_up: str, record: Record, name: str, form: Callable[[str], object]
) -> None:
    """
    Every parameter that is a text, or made of texts, takes it as it takes a token.
    """
    arguments = record.given(located_stack, everything=True) | {name: form(made_up)}
    assert record.construct(located_stack, "It", **arguments).node.path == "Stack/It"


@pytest.mark.parametrize(("record", "factory"), list(references()))
def test_passes_as_a_reference(
    located_stack: Stack, made_up: str, record: Record, factory: Callable[..., Any]
) -> None:
    """
    Every reference takes it, alone and as a part of an ARN.
    """
    values = [made_up]
    if list(inspect.signature(factory).parameters)[2].endswith("_arn"):
        values.append(arn(f"{record.arn_name}/{made_up}", service=record.service))
    for number, value in enumerate(values):
        reference = factory(located_stack, f"Reference{number}", value)
        assert reference.node.path == f"Stack/Reference{number}"
        assert (reference.env.account, reference.env.region) == (ACCOUNT, REGION)


class TestId:
    @pytest.mark.parametrize(
        ("refer", "attribute"),
        [
            (ivs.Channel.from_channel_arn, "channel_id"),
            (ivs.Stage.from_stage_arn, "stage_id"),
            (chat.Room.from_room_arn, "room_id"),
        ],
    )
    def test_of_a_reference_is_made_up(
        self, located_stack: Stack, made_up: str, refer: Callable[..., Any], attribute: str
    ) -> None:
        """
        The id in a made-up ARN is made up as well.
        """
        reference = refer(located_stack, "Reference", made_up)
        assert getattr(reference, attribute) == made_up


class TestClaims:
    def test_leave_out_what_is_made_up(self, located_stack: Stack, made_up: str) -> None:
        """
        Two references to what is not looked up yet may be two channels.
        """
        policy = ivs.PlaybackRestrictionPolicy(located_stack, "Policy")
        for id in ("A", "B"):
            channel = ivs.Channel.from_channel_arn(located_stack, id, made_up)
            channel.add_stream_key("Key")
            channel.attach_playback_restriction_policy(policy)
        with pytest.raises(ValidationError, match="'Stack/B/Key'"):
            channel.add_stream_key("Second")

    def test_hold_what_was_looked_up(self) -> None:
        """
        Two references to one channel, with the answer in the context, are one.
        """
        channel_arn = arn("channel/a")
        key = "ssm:account=123456789012:parameterName=/live:region=us-west-2"
        app = App(context={key: channel_arn})
        stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))
        for id in ("A", "B"):
            value = StringParameter.value_from_lookup(stack, "/live")
            assert value == channel_arn
            channel = ivs.Channel.from_channel_arn(stack, id, value)
            if id == "A":
                channel.add_stream_key("Key")
        with pytest.raises(ValidationError, match="'Stack/A/Key'"):
            channel.add_stream_key("Key")


class TestMadeUp:
    def test_is_told_from_what_is_there(self) -> None:
        """
        The values of look-ups are known by their form, and nothing else is taken for one.
        """
        id = made_up_id("live")
        assert made_up_id("live") == id != made_up_id("other") != made_up_id("live", "other")
        for value in ("dummy-value-for-/live", f"arn:aws:ivs::a/{id}", f"https://{id}.com"):
            assert is_made_up(value)
            assert is_token(value)
        for value in ("dummy", "dummydummydu", f"my{id}", f"{id}0", "dummy-value", ""):
            assert not is_made_up(value)
            assert not is_token(value)

    @pytest.mark.parametrize("value", ["dummy value", "my dummy-value", "a b"])
    def test_is_not_what_looks_like_it(self, stack: Stack, value: str) -> None:
        """
        A wrong name is refused, also if it begins like a made-up one.
        """
        with pytest.raises(ValidationError, match="'channel_name' must contain only"):
            ivs.Channel(stack, "Channel", channel_name=value)
