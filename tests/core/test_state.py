"""What the library knows of an app: of that app alone, and of what is in it now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from aws_cdk import (
    App,
    CfnOutput,
    Environment,
    NestedStack,
    PropertyInjectors,
    Stack,
    Stage,
)
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal
from aws_cdk.aws_kms import Key
from aws_cdk.aws_lambda import Code, Function, Runtime
from aws_cdk.aws_s3 import Bucket, BucketEncryption, CfnBucket
from aws_cdk.aws_sns import Topic
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, arn
from tests.support.included import stack_of_javascript
from tests.support.injectors import Injector

# Where IVS is not, so that there are warnings about that.
REGION = "eu-north-1"
ENVIRONMENT = Environment(account=ACCOUNT, region=REGION)
CHANNEL = arn("channel/a1B2c3D4e5F6", region=REGION)
KEY_PAIR = arn("playback-key/a1B2c3D4e5F6", region=REGION)


def stream_keys(scope: Construct) -> None:
    """A channel with a stream key, and a second one that is refused."""
    channel = ivs.Channel(scope, "Channel")
    channel.add_stream_key("Key")
    channel.add_stream_key("Second")


def stream_keys_of_elsewhere(scope: Construct) -> None:
    """The same of an imported channel."""
    for id in ("Channel", "Again"):
        ivs.Channel.from_channel_arn(scope, id, CHANNEL).add_stream_key("Key")


def attachments(scope: Construct) -> None:
    """A channel with a policy, and a second one that is refused."""
    channel = ivs.Channel(scope, "Channel")
    for id in ("Policy", "Other"):
        channel.attach_playback_restriction_policy(ivs.PlaybackRestrictionPolicy(scope, id))


def attachments_of_elsewhere(scope: Construct) -> None:
    """Two references to one imported channel, to each of which something is attached."""
    policy = ivs.PlaybackRestrictionPolicy(scope, "Policy")
    for id in ("Channel", "Again"):
        channel = ivs.Channel.from_channel_arn(scope, id, CHANNEL)
        channel.attach_playback_restriction_policy(policy)


def stopped_streams(scope: Construct) -> None:
    """A channel whose stream is stopped, for which its stream key and its policy wait."""
    channel = ivs.Channel(scope, "Channel", stop_stream_on_delete=True)
    channel.add_stream_key("Key")
    channel.attach_playback_restriction_policy(ivs.PlaybackRestrictionPolicy(scope, "Policy"))


def quotas(scope: Construct) -> None:
    """As many policies as an account may have, and one more."""
    for number in range(4):
        ivs.PlaybackRestrictionPolicy(scope, f"Policy{number}")


def custom_resources(scope: Construct) -> None:
    """Two custom resources, which share one function."""
    for id in ("One", "Two"):
        CfnOutput(scope, f"{id}Srt", value=ivs.Channel(scope, id).srt_endpoint)


def endpoints(scope: Construct) -> None:
    """The endpoints of a stage, read twice."""
    stage = ivs.Stage(scope, "Stage")
    for name in ("whip", "rtmps"):
        CfnOutput(scope, name, value=getattr(stage.endpoints, name))


def injectors(scope: Construct) -> None:
    """Channels before and after a property injector was added."""
    group = Construct(scope, "Injected")
    ivs.Channel(group, "Before")
    injector = Injector(ivs.Channel, lambda props: {**props, "authorized": True})
    PropertyInjectors.of(group).add(injector)
    ivs.Channel(group, "After")


def late_injectors(scope: Construct) -> None:
    """A channel before a property injector whose id was not read from the class."""
    group = Construct(scope, "Missed")
    ivs.Channel(group, "Channel")
    injector = Injector(ivs.Channel, lambda props: props)
    injector._kind = type("Literal", (), {"PROPERTY_INJECTION_ID": "cdk-ivs.Channel"})
    PropertyInjectors.of(group).add(injector)


def changed_l1s(scope: Construct) -> None:
    """A channel whose L1 is changed to what the constructor refuses."""
    channel: Any = ivs.Channel(scope, "Channel")
    channel.node.default_child.name = "a name"


def secrets(scope: Construct) -> None:
    """A stream key whose value is in an output."""
    key = ivs.Channel(scope, "Channel").add_stream_key("Key")
    CfnOutput(scope, "Value", value=key.stream_key_value)


def bucket_policies(scope: Construct) -> None:
    """Two storage configurations in each of two buckets, which have one policy each."""
    for id, bucket in (("L2", Bucket(scope, "Bucket")), ("L1", CfnBucket(scope, "L1Bucket"))):
        for number in range(2):
            ivs.StorageConfiguration(scope, f"{id}Storage{number}", bucket=bucket)


def recording_buckets(scope: Construct) -> None:
    """Two recordings in a bucket with a key."""
    key = Key(scope, "BucketKey")
    bucket = Bucket(scope, "Bucket", encryption=BucketEncryption.KMS, encryption_key=key)
    for number in range(2):
        ivs.RecordingConfiguration(scope, f"Recording{number}", bucket=bucket)


def reviewers(scope: Construct) -> None:
    """Two rooms whose functions may delete messages in the room of the other."""
    functions = [
        Function(
            scope,
            f"Function{number}",
            code=Code.from_inline("def handler(event, context): return {}"),
            handler="index.handler",
            runtime=Runtime.PYTHON_3_13,
        )
        for number in range(2)
    ]
    rooms = [
        chat.Room(
            scope,
            f"Room{number}",
            message_review_handler=chat.MessageReviewHandler.from_function(function),
        )
        for number, function in enumerate(functions)
    ]
    for room, function in zip(rooms, reversed(functions), strict=True):
        room.grants.moderate(function)


def private_channels(scope: Construct) -> None:
    """A private channel, whose viewers no key pair verifies."""
    ivs.Channel(scope, "Channel", authorized=True)


def existing_key_pairs(scope: Construct) -> None:
    """A private channel, and the imported key pair that verifies its viewers."""
    private_channels(scope)
    ivs.PlaybackKeyPair.from_playback_key_pair_arn(scope, "KeyPair", KEY_PAIR)


def alarms(scope: Construct) -> None:
    """Alarms of two channels that go to one topic."""
    topic = Topic(scope, "Topic")
    for id in ("One", "Two"):
        channel = ivs.Channel(scope, id)
        ivs.ChannelAlarms(scope, f"{id}Alarms", channel=channel, topic=topic)


def wildcards(scope: Construct) -> None:
    """What is granted on all stages of the account and Region of the stack."""
    role = Role(scope, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
    ivs.StageGrants.list_all(scope, role)


KINDS = [
    stream_keys,
    stream_keys_of_elsewhere,
    attachments,
    attachments_of_elsewhere,
    stopped_streams,
    quotas,
    custom_resources,
    endpoints,
    injectors,
    late_injectors,
    changed_l1s,
    secrets,
    bucket_policies,
    recording_buckets,
    reviewers,
    private_channels,
    existing_key_pairs,
    alarms,
    wildcards,
]
"""What leaves every kind of state, and meets it."""


class Outcome(NamedTuple):
    """What comes of an app: the template, the warnings, and the errors by their codes."""

    template: dict[str, Any]
    warnings: list[tuple[str, str]]
    errors: list[str]

    @property
    def kinds(self) -> tuple[Counter[str], Counter[str], list[str]]:
        """The same without paths and logical ids."""
        types = Counter(each["Type"] for each in self.template.get("Resources", {}).values())
        ids = Counter(re.findall(r"ack: ([a-zA-Z:-]+)\]", str(self.warnings)))
        return types, ids, [re.findall(r"\[cdk-ivs:(\w+)", error)[0] for error in self.errors]


def use(kind: Callable[[Construct], None], scope: Construct) -> list[str]:
    """Create what a kind of state is of, in a group of a scope. Gives back the refusals."""
    try:
        kind(Construct(scope, "Group"))
    except ValidationError as error:
        return [str(error)]
    return []


def outcome_of(stack: Stack, errors: list[str]) -> Outcome:
    """What comes of a stack in which something was refused, or not."""
    # The warnings of a nested stack are with those of the stack that it is in.
    outer = stack.nested_stack_parent or stack
    try:
        return Outcome(Template.from_stack(stack).to_json(), warnings_of(outer), errors)
    except RuntimeError as error:
        found = re.findall(r"^.*\[cdk-ivs:.*$", str(error), re.MULTILINE)
        if not found:
            raise
        return Outcome({}, [], [*errors, *dict.fromkeys(found)])


def new_stack() -> Stack:
    """A stack in an app of its own."""
    return Stack(App(analytics_reporting=False), "Stack", env=ENVIRONMENT)


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__, scope="module")
def kind(request: pytest.FixtureRequest) -> Callable[[Construct], None]:
    """A kind of state."""
    kind: Callable[[Construct], None] = request.param
    return kind


@pytest.fixture(scope="module")
def alone(kind: Callable[[Construct], None]) -> Outcome:
    """What comes of an app in which there is nothing else."""
    stack = new_stack()
    return outcome_of(stack, use(kind, stack))


class TestTwoApps:
    def test_know_nothing_of_each_other(
        self, kind: Callable[[Construct], None], alone: Outcome
    ) -> None:
        """
        Of two apps in one process that are built at the same time, each is what it is alone.
        """
        stacks = [new_stack(), new_stack()]
        errors = [use(kind, stack) for stack in stacks]
        assert [outcome_of(*each) for each in zip(stacks, errors, strict=True)] == [alone, alone]


def in_stage() -> Stack:
    """A stack in a Stage."""
    return Stack(Stage(App(analytics_reporting=False), "Stage"), "Stack", env=ENVIRONMENT)


def nested() -> Stack:
    """A stack in a stack."""
    return NestedStack(new_stack(), "Nested")


def without_scope() -> Stack:
    """A stack in an app that JavaScript created."""
    return Stack(env=ENVIRONMENT)


def of_javascript() -> Stack:
    """A stack that JavaScript created, and Python gets another object for at each read."""
    outer = new_stack()
    stack_of_javascript(outer, "Included")
    inner: Any = outer.node.find_child("Included").node.find_child("Nested")
    return inner


class TestStacks:
    @pytest.mark.parametrize("create", [in_stage, nested, without_scope, of_javascript])
    def test_have_the_same_state(
        self, kind: Callable[[Construct], None], alone: Outcome, create: Callable[[], Stack]
    ) -> None:
        """
        Whoever created a stack, and wherever it is, what is in it is refused, warned of and
        shared as in any other.
        """
        stack = create()
        types, warnings, refused = outcome_of(stack, use(kind, stack)).kinds
        there_before, *_ = outcome_of(create(), []).kinds
        assert (types - there_before, warnings, refused) == alone.kinds


class TestRemoval:
    def test_leaves_nothing(self, kind: Callable[[Construct], None]) -> None:
        """
        Of what was removed there are no warnings, no errors and no resources but the function
        that a stack keeps for all custom resources.
        """
        stack = new_stack()
        use(kind, stack)
        stack.node.try_remove_child("Group")
        template, warnings, errors = outcome_of(stack, [])
        left = [id for id in template.get("Resources", {}) if not id.startswith("cdkivs")]
        assert (left, warnings, errors) == ([], [], [])

    @pytest.mark.parametrize("removed", [("Group",), ("Group", "cdk-ivs:CustomResources")])
    def test_makes_room_for_a_replacement(
        self, kind: Callable[[Construct], None], alone: Outcome, removed: tuple[str, ...]
    ) -> None:
        """
        What stands under the ids of what was removed is what it is in an app without it, also
        if the function for custom resources was removed with it.
        """
        stack = new_stack()
        use(kind, stack)
        for id in removed:
            stack.node.try_remove_child(id)
        assert outcome_of(stack, use(kind, stack)) == alone


def test_an_existing_key_pair_counts_until_it_is_removed() -> None:
    """
    Private channels are warned of when the key pair that verifies their viewers was removed.
    """
    stack = new_stack()
    existing_key_pairs(stack)
    stack.node.try_remove_child("KeyPair")
    assert "cdk-ivs:AuthorizedWithoutKeyPair" in str(warnings_of(stack))


def test_a_function_reviews_until_its_room_is_removed() -> None:
    """
    What is granted to a function that reviews no more messages is in its own policy.
    """
    stack = new_stack()
    reviewers(stack)
    stack.node.try_remove_child("Room1")
    room: Any = stack.node.find_child("Room0")
    room.grants.read(stack.node.find_child("Function1"))
    policies = Template.from_stack(stack).find_resources("AWS::IAM::Policy")
    assert any("Function1ServiceRoleDefaultPolicy" in id for id in policies)
