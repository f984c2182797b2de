"""Property injectors that come too late are found at synthesis."""

from __future__ import annotations

import pytest
from aws_cdk import App, PropertyInjectors, Stack, Stage
from constructs import Construct

import cdk_ivs as ivs
from tests.core.literal_injector import Literal
from tests.support.injectors import Injector

CHANNEL = "cdk-ivs.Channel"
KEY = "cdk-ivs.StreamKey"


def add(scope: Construct, unique_id: str = CHANNEL) -> None:
    """Add an injector with its id written out."""
    PropertyInjectors.of(scope).add(Literal(unique_id))


def test_is_refused(app: App, stack: Stack) -> None:
    """
    The error names the class, the scope of the injector, the constructs, and what to do.
    """
    for number in range(5):
        ivs.Channel(stack, f"Channel{number}").add_stream_key("Key")
    add(stack)
    with pytest.raises(RuntimeError) as raised:
        app.synth()
    assert (
        "the property injector for 'cdk-ivs.Channel' was added after constructs of the class "
        "were created, and did not apply to 'Stack/Channel0', 'Stack/Channel1', "
        "'Stack/Channel2' and 2 more; add injectors before the first construct, with "
        "Channel.PROPERTY_INJECTION_ID for their 'construct_unique_id' [cdk-ivs:LateInjector at "
        "'Stack']"
    ) in str(raised.value)


def test_is_refused_also_for_what_came_after(app: App, stack: Stack) -> None:
    """
    A construct that is created after such an injector misses it too, and is named.
    """
    ivs.Channel(stack, "Before")
    add(app)
    ivs.Channel(stack, "After")
    with pytest.raises(RuntimeError, match="did not apply to 'Stack/Before', 'Stack/After';"):
        app.synth()


@pytest.mark.parametrize("place", ["app", "stage", "stack", "group"])
def test_is_found_in_every_scope(app: App, place: str) -> None:
    """
    An injector of any scope around a construct is found, when the app is synthesized.
    """
    stage = Stage(app, "Stage")
    stack = Stack(stage, "Stack")
    group = Construct(stack, "Group")
    ivs.Channel(group, "Channel").add_stream_key("Key")
    add({"app": app, "stage": stage, "stack": stack, "group": group}[place], KEY)
    with pytest.raises(RuntimeError, match="did not apply to 'Stage/Stack/Group/Channel/Key';"):
        app.synth()


def test_nearer_than_the_one_that_applied(app: App, stack: Stack) -> None:
    """
    A construct with an injector misses one that was added nearer to it, or in its stead.
    """
    add(app)
    ivs.Channel(stack, "Channel")
    app.synth()
    add(stack)
    with pytest.raises(RuntimeError, match="LateInjector at 'Stack'"):
        app.synth(force=True)


def test_farther_than_the_one_that_applied(app: App, stack: Stack) -> None:
    """
    An injector that a nearer one hides applies to nothing, early or late.
    """
    add(stack)
    ivs.Channel(stack, "Channel")
    add(app)
    assert app.synth().stacks


def test_before_the_constructs(app: App, stack: Stack) -> None:
    """
    An injector that was there in time is no error, nor is one of a class without constructs.
    """
    add(app)
    ivs.Channel(stack, "Channel")
    add(app, KEY)
    add(stack, "aws-cdk-lib.aws_s3.Bucket")
    assert app.synth().stacks


def test_of_another_scope(app: App, stack: Stack) -> None:
    """
    An injector beside the constructs does not concern them.
    """
    ivs.Channel(stack, "Channel")
    add(Stack(app, "Beside"))
    assert app.synth().stacks


def test_with_the_id_of_the_class(app: App, stack: Stack) -> None:
    """
    As with the CDK's classes, it applies from then on, and what was created before is left.
    """
    ivs.Channel(stack, "Before")
    injector = Injector(ivs.Channel, lambda props: props)
    PropertyInjectors.of(stack).add(injector)
    ivs.Channel(stack, "After")
    app.synth()
    assert [id for _, id, _ in injector.calls] == ["After"]


def test_with_the_id_of_another_class(app: App, stack: Stack) -> None:
    """
    That the id of another class was read since does not excuse it.
    """
    ivs.Channel(stack, "Channel")
    add(stack)
    assert ivs.Stage.PROPERTY_INJECTION_ID == "cdk-ivs.Stage"
    with pytest.raises(RuntimeError, match=r"'cdk-ivs\.Channel' was added"):
        app.synth()


def test_of_a_construct_of_ours(app: App, stack: Stack) -> None:
    """
    What applied to a key was the channel's own injector, and not the later one of the stack.
    """
    channel = ivs.Channel(stack, "Channel")
    injector = Injector(ivs.StreamKey, lambda props: props)
    PropertyInjectors.of(channel).add(injector)
    channel.add_stream_key("Key")
    add(stack, KEY)
    app.synth()
    assert len(injector.calls) == 1
