"""
What stands in for a value that the CDK CLI is going to look up.

The first pass of a synthesis has the values that the CDK makes up, and must not fail: the CLI
looks up what it asks for only then.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk.aws_s3 import Bucket
from aws_cdk.aws_ssm import StringParameter

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from cdk_ivs._validation.tokens import is_made_up, is_token, made_up_id
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.keys import P384_PEM

# What a class needs beside the parameter in question.
NEEDED: dict[str, Callable[[Stack], dict[str, Any]]] = {
    "AdConfiguration": lambda _: {
        "playback_configurations": [arn("playbackConfiguration/a", service="mediatailor")]
    },
    "Channel": lambda _: {"type": ivs.ChannelType.ADVANCED_HD},
    "LoggingConfiguration": lambda stack: {
        "destination": chat.LoggingDestination.s3(Bucket(stack, "Bucket"))
    },
    "PlaybackKeyPair": lambda _: {"public_key_material": P384_PEM},
    "PublicKey": lambda _: {"public_key_material": P384_PEM},
    "RecordingConfiguration": lambda stack: {"bucket": Bucket(stack, "Bucket")},
    "StorageConfiguration": lambda stack: {"bucket": Bucket(stack, "Bucket")},
    "StreamKey": lambda stack: {"channel": ivs.Channel(stack, "Channel")},
}

# How a parameter takes a text.
FORMS: dict[str, Callable[[str], object]] = {
    "str": lambda value: value,
    "Mapping[str, str]": lambda value: {"key": value, value: "value"},
}


def constructs() -> Iterator[type]:
    """The public classes of constructs that take parameters."""
    for module in (ivs, chat):
        for name in module.__all__:
            value = getattr(module, name)
            if inspect.isclass(value) and hasattr(value, "PROPERTY_INJECTION_ID"):
                yield value


def form_of(annotation: str) -> Callable[[str], object] | None:
    """How a parameter takes a text: directly, also as the member of an enum, or in a list."""
    if annotation.startswith("Sequence["):
        item = form_of(annotation.removeprefix("Sequence[").removesuffix("]").split(" | ")[-1])
        return (lambda value: [item(value)]) if item is not None else None
    named = getattr(ivs, annotation, getattr(chat, annotation, None))
    if isinstance(named, type) and issubclass(named, StrEnum):
        return FORMS["str"]
    return FORMS.get(annotation)


def constructor_parameters() -> Iterator[Any]:
    """Every parameter of a construct that is a text, or made of texts."""
    for kind in constructs():
        for parameter in inspect.signature(kind.__init__).parameters.values():
            form = form_of(str(parameter.annotation).removesuffix(" | None"))
            if form is not None and parameter.name != "id":
                marks = [pytest.mark.newest] if kind is ivs.AdConfiguration else []
                name = f"{kind.__name__}-{parameter.name}"
                yield pytest.param(kind, parameter.name, form, id=name, marks=marks)


def references() -> Iterator[Any]:
    """Every factory of a reference by an ARN or an id."""
    for kind in constructs():
        for name, factory in inspect.getmembers(kind, inspect.ismethod):
            parameters = list(inspect.signature(factory).parameters)
            if name.startswith("from_") and len(parameters) == 3 and parameters[1] == "id":
                # aws-cdk-lib has ad configurations from 2.274 on.
                newest = [pytest.mark.newest] if kind is ivs.AdConfiguration else []
                yield pytest.param(factory, id=f"{kind.__name__}-{name}", marks=newest)


@pytest.fixture(params=["/live/value", "value"])
def made_up(request: pytest.FixtureRequest, located_stack: Stack) -> str:
    """What the CDK makes up for a parameter of the Systems Manager."""
    return StringParameter.value_from_lookup(located_stack, request.param)


@pytest.mark.parametrize(("kind", "name", "form"), list(constructor_parameters()))
def test_passes_as_a_parameter(
    located_stack: Stack,
    made_up: str,
    kind: Callable[..., Any],
    name: str,
    form: Callable[[str], object],
) -> None:
    """
    Every parameter that is a text, or made of texts, takes it as it takes a token.
    """
    needed = NEEDED.get(kind.__name__, lambda _: {})(located_stack)
    assert kind(located_stack, "It", **{**needed, name: form(made_up)}).node.path == "Stack/It"


@pytest.mark.parametrize("factory", list(references()))
def test_passes_as_a_reference(
    located_stack: Stack, made_up: str, factory: Callable[..., Any]
) -> None:
    """
    Every reference takes it, alone and as a part of an ARN.
    """
    keyword = list(inspect.signature(factory).parameters)[2]
    kind = keyword.removesuffix("_arn").replace("_", "-").replace("key-pair", "key")
    service = {"key": "kms", "logging-configuration": "ivschat", "room": "ivschat"}.get(kind, "ivs")
    values = [made_up]
    if keyword.endswith("_arn"):
        values.append(arn(f"{kind}/{made_up}", service=service))
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
        with pytest.raises(ValidationError, match="'channel_name' must be"):
            ivs.Channel(stack, "Channel", channel_name=value)
