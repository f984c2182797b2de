"""The permissions of the handler, held to the limits of IAM and CloudFormation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aws_cdk import App, Stack
from aws_cdk.aws_lambda import Code, Function, Runtime

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.annotations import warnings_of
from tests.support.attachments import known_policy
from tests.support.graph import in_cycles
from tests.support.oracles import cfn_lint_findings, resources_of, template_of
from tests.support.resolving import value_of
from tests.support.tokens import token
from tests.support.validation import UNVALIDATED

if TYPE_CHECKING:
    from collections.abc import Sequence

# The longest Region of IVS.
PREFIX = "arn:aws:ivs:ap-northeast-1:123456789012:channel/"
MANAGED, SINGLE = "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"
# So many attachments to imported channels have an exact permission each.
EXACT = 404


def arn_of(number: int) -> str:
    """The ARN of a channel, as long as they are."""
    return f"{PREFIX}AbCdef1G{number:04}"


def attach(stack: Stack, numbers: Sequence[int]) -> list[ivs.IChannel]:
    """Attach a policy to imported channels, in an order."""
    policy = known_policy(stack)
    channels = []
    for number in numbers:
        channel = ivs.Channel.from_channel_arn(stack, f"Channel{number}", arn_of(number))
        channel.attach_playback_restriction_policy(policy)
        channels.append(channel)
    return channels


@dataclass(frozen=True)
class Big:
    """
    A large stack.

    Attributes:
        text: The template.
        warnings: What the stack was warned of, without the count of its resources.
    """

    text: str
    warnings: list[tuple[str, str]]

    @cached_property
    def resources(self) -> dict[str, Any]:
        """The resources by logical id."""
        found: dict[str, Any] = json.loads(self.text)["Resources"]
        return found

    def of_type(self, resource_type: str) -> dict[str, Any]:
        """The properties of the resources of a type."""
        return {
            key: resource["Properties"]
            for key, resource in self.resources.items()
            if resource["Type"] == resource_type
        }

    @cached_property
    def attributes(self) -> dict[str, str]:
        """What the values refer to, after deployment in the longest Region."""
        attributes = {
            "AWS::AccountId": "123456789012",
            "AWS::Partition": "aws",
            "AWS::Region": "ap-northeast-1",
        }
        for number, key in enumerate(self.of_type("AWS::IVS::Channel")):
            attributes[f"{key}.Arn"] = arn_of(number)
        return attributes

    def deployed(self, value: object) -> Any:
        """A value after deployment in the longest Region."""
        return value_of(value, self.attributes)

    def size(self, properties: dict[str, Any]) -> int:
        """The characters of a policy that count."""
        document = self.deployed(properties["PolicyDocument"])
        return len("".join(json.dumps(document).split()))


@pytest.fixture(
    scope="module",
    params=[
        "250 imported",
        "150 created",
        # All that it has is in the next one too.
        pytest.param("more than exact", marks=pytest.mark.once),
        "more than exact, and slates",
    ],
)
def big(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Big:
    """A stack with many custom resources."""
    out = str(tmp_path_factory.mktemp("cdk.out"))
    app = App(outdir=out, analytics_reporting=False, **UNVALIDATED)
    stack = Stack(app, "Stack")
    if request.param == "250 imported":
        attach(stack, range(250))
    elif request.param.startswith("more than exact"):
        attach(stack, range(EXACT + 1))
        for number in range(5 if "slates" in request.param else 0):
            ivs.FailoverSlateConfiguration(stack, f"Slate{number}")
    else:
        policy = known_policy(stack)
        for number in range(150):
            ivs.Channel(
                stack,
                f"Channel{number}",
                playback_restriction_policy=policy,
                stop_stream_on_delete=True,
            )
    text = Path(app.synth().directory, stack.template_file).read_text()
    warnings = [(path, text) for path, text in warnings_of(stack) if "WidePermission" in text]
    return Big(text, warnings)


class TestLimits:
    def test_of_inline_policies_are_kept(self, big: Big) -> None:
        """
        All inline policies of the role have at most 10,240 characters, also while an update
        replaces each of them.
        """
        sizes = [big.size(properties) for properties in big.of_type(SINGLE).values()]
        assert 2_000 < 2 * sum(sizes) <= 10_240

    def test_of_managed_policies_are_kept(self, big: Big) -> None:
        """
        A managed policy has at most 6,144 characters, and the role at most 10 of them, also
        while an update replaces each of those that the library creates, but for the one about
        failover slates, which is the same with any number of them.
        """
        sizes = {key: big.size(each) for key, each in big.of_type(MANAGED).items()}
        assert max(sizes.values()) <= 6_144
        lists = [key for key in sizes if key.startswith("cdkivsPermissions")]
        assert len(sizes) - len(lists) == bool(big.of_type("Custom::IVSFailoverSlateConfiguration"))
        (role,) = (
            properties
            for key, properties in big.of_type("AWS::IAM::Role").items()
            if "HandlerServiceRole" in key
        )
        assert len(lists) + len(sizes) + len(role["ManagedPolicyArns"]) <= 10

    def test_of_names_are_kept(self, big: Big) -> None:
        """
        The name of an inline policy has at most 128 characters, and no two are the same.
        """
        names = [big.deployed(policy["PolicyName"]) for policy in big.of_type(SINGLE).values()]
        assert max(len(name) for name in names) <= 128
        assert len(set(names)) == len(names)

    def test_of_cloudformation_are_kept(self, big: Big) -> None:
        """
        A template has at most 500 resources and a megabyte.
        """
        assert 280 < len(big.resources) <= 500
        assert len(big.text.encode()) <= 1_000_000

    def test_leave_every_custom_resource_its_permission(self, big: Big) -> None:
        """
        Each has a policy on which it depends and which permits its operation on its resource.
        """
        every = f"{PREFIX}*"
        of_slates = [
            f"ivs:{action}FailoverSlateConfiguration"
            for action in ("Create", "Delete", "Get", "Update")
        ]
        others = ["ivs:ListFailoverSlateConfigurations", "ivs:TagResource", "ivs:UntagResource"]
        for resource in big.resources.values():
            if not resource["Type"].startswith("Custom::"):
                continue
            needed = big.deployed(resource["Properties"]["ResourceArn"])
            actions = {
                "AttachPlaybackRestrictionPolicy": {"ivs:GetChannel", "ivs:UpdateChannel"},
                "FailoverSlateConfiguration": {*of_slates, *others},
                "StopStream": {"ivs:StopStream"},
            }[resource["Properties"]["Operation"]]
            statements = [
                statement
                for key in resource["DependsOn"]
                if big.resources[key]["Type"] in {MANAGED, SINGLE}
                for statement in big.deployed(
                    big.resources[key]["Properties"]["PolicyDocument"]["Statement"]
                )
            ]
            assert any(
                set(statement["Action"]) == actions
                and (needed in statement["Resource"] or every in statement["Resource"])
                for statement in statements
            )

    def test_are_no_matter_for_cfn_lint(self, big: Big) -> None:
        """
        cfn-lint has nothing to say, but that there are many resources, and that it does not know
        the actions on failover slates.
        """
        known = ("approaching", "failoverslate")
        found = [
            text
            for text in cfn_lint_findings(big.text)
            if not any(words in text for words in known)
        ]
        assert found == []


class TestWide:
    def test_permission_comes_after_the_last_exact_one(self, big: Big) -> None:
        """
        404 attachments, or 143 channels with an attachment and a stop each, have exact permissions;
        the next one is permitted on every channel, with a warning.
        """
        wide = [
            key
            for key, policy in big.of_type(SINGLE).items()
            if f"{PREFIX}*" in big.deployed(policy["PolicyDocument"]["Statement"][0]["Resource"])
        ]
        attachments = len(big.of_type("Custom::IVSChannelAttachment"))
        if attachments == 250:
            assert (wide, big.warnings) == ([], [])
        if attachments == EXACT + 1:
            assert len(wide) == 1
            ((path, text),) = big.warnings
            assert path == f"/Stack/Channel{EXACT}/AttachPlaybackRestrictionPolicy"
            assert "may call ivs:GetChannel and ivs:UpdateChannel on every channel" in text
            assert "to narrow the permission, split the stack" in text
            assert "[ack: cdk-ivs:WidePermission]" in text
        if attachments == 150:
            assert len(wide) == 1
            assert [path for path, _ in big.warnings] == [
                "/Stack/Channel143/StopStream",
                "/Stack/Channel143/AttachPlaybackRestrictionPolicy",
            ]

    def test_permission_has_an_id_of_its_actions(self) -> None:
        """
        A stack that stops permitting an operation on all channels gets another policy, and so
        keeps the earlier one until the clean-up.
        """
        policies = []
        for reads in (0, 3):
            stack = Stack(App(), "Stack")
            attach(stack, range(24))
            channel = ivs.Channel.from_channel_arn(stack, "Channel", token("ChannelArn"))
            channel.attach_playback_restriction_policy(known_policy(stack, "Other"))
            # More than there is room for, and no list takes them.
            for number in range(reads):
                other = ivs.Channel.from_channel_arn(stack, f"Read{number}", token(f"Read{number}"))
                assert other.srt_endpoint
            policies.append(
                {
                    (key, policy["Properties"]["PolicyName"])
                    for key, policy in resources_of(stack, SINGLE).items()
                    if key.startswith("cdkivsPermissions")
                }
            )
        ((one,), (two,)) = policies
        assert one[0] != two[0]
        assert one[1] != two[1]


def lists_of(stack: Stack) -> dict[str, list[Any]]:
    """The resources in the lists of a stack, by the logical ids of the lists."""
    return {
        key: policy["Properties"]["PolicyDocument"]["Statement"][0]["Resource"]
        for key, policy in resources_of(stack, MANAGED).items()
    }


def known(numbers: Sequence[int]) -> dict[str, list[Any]]:
    """The lists of a stack with attachments to imported channels."""
    stack = Stack(App(), "Stack")
    attach(stack, numbers)
    return lists_of(stack)


class TestLists:
    """24 attachments have a policy each, and the next ones are in a list."""

    def test_have_what_no_policy_of_its_own_has(self) -> None:
        """
        The first 24 are in no list, and the others in one.
        """
        ((_, listed),) = known(range(27)).items()
        assert listed == [arn_of(number) for number in (24, 25, 26)]
        assert known(range(24)) == {}

    def test_have_an_id_of_their_content(self) -> None:
        """
        With another channel the list is another resource, so that the earlier one lasts until
        the clean-up.
        """
        ids = [set(known(numbers)) for numbers in (range(27), range(28), [*range(26), 30])]
        assert len(ids[0] | ids[1] | ids[2]) == 3

    def test_keep_their_id_in_another_order(self) -> None:
        """
        The order in which an app attaches does not matter.
        """
        assert set(known(range(27))) == set(known([*range(24), 26, 24, 25]))

    def test_leave_out_what_was_removed(self) -> None:
        """
        A list is what it would be if a removed attachment had never been created.
        """
        stack = Stack(App(), "Stack")
        removed = attach(stack, range(28))[25]
        assert removed.node.try_remove_child("AttachPlaybackRestrictionPolicy")
        assert lists_of(stack) == known([*range(25), 26, 27])

    def test_permit_nothing_where_all_was_removed(self) -> None:
        """
        A policy cannot be empty: it then has an ARN that is no resource's.
        """
        stack = Stack(App(), "Stack")
        for channel in attach(stack, range(26))[24:]:
            channel.node.try_remove_child("AttachPlaybackRestrictionPolicy")
        ((_, listed),) = lists_of(stack).items()
        assert value_of(listed, {"AWS::Partition": "aws"}) == ["arn:aws:ivs:::nothing"]

    def test_are_one_for_each_operation(self) -> None:
        """
        What may be called for one operation is not given to the resources of another.
        """
        stack = Stack(App(), "Stack")
        for channel in attach(stack, range(30)):
            assert channel.srt_endpoint
        actions = [
            statement["Action"]
            for policy in resources_of(stack, MANAGED).values()
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        ]
        assert sorted(actions) == [["ivs:GetChannel"], ["ivs:GetChannel", "ivs:UpdateChannel"]]

    def test_have_no_resource_that_can_become_another(self) -> None:
        """
        A channel whose ARN is a parameter is in no list: the template and the id would stay when
        it changes. The permission is then wide.
        """
        stack = Stack(App(), "Stack")
        attach(stack, range(24))
        channel = ivs.Channel.from_channel_arn(stack, "Channel", token("ChannelArn"))
        channel.attach_playback_restriction_policy(known_policy(stack, "Other"))
        assert lists_of(stack) == {}
        ((path, _),) = [each for each in warnings_of(stack) if "WidePermission" in each[1]]
        assert path == "/Stack/Channel/AttachPlaybackRestrictionPolicy"

    def test_have_no_text_of_tokens(self) -> None:
        """
        An unrelated construct before them, which shifts the numbers of tokens, changes no id.
        """
        found = []
        for unrelated in (0, 7):
            stack = Stack(App(), "Stack")
            for number in range(unrelated):
                assert ivs.Stage(stack, f"Stage{number}").stage_arn
            policy = known_policy(stack)
            for number in range(30):
                ivs.Channel(stack, f"Channel{number}", playback_restriction_policy=policy)
            resources = template_of(stack)["Resources"]
            found.append({key for key in resources if not key.startswith("Stage")})
            assert len(lists_of(stack)) == 1
        assert found[0] == found[1]


def chained(stack: Stack, *, depend: bool) -> None:
    """More channels than have policies of their own, each created after the one before."""
    policy = ivs.PlaybackRestrictionPolicy(stack, "Policy", allowed_countries=["DE"])
    earlier = None
    for number in range(45):
        channel = ivs.Channel(stack, f"Channel{number}", playback_restriction_policy=policy)
        if earlier is not None and depend:
            channel.node.add_dependency(earlier)
        earlier = channel


def wide_warnings(stack: Stack) -> list[str]:
    """The texts of the warnings about wide permissions."""
    return [text for _, text in warnings_of(stack) if "cdk-ivs:WidePermission" in text]


class TestCircles:
    """Lists of resources that depend on the custom resources of one another."""

    def test_are_not_closed_by_a_list(self, stack: Stack) -> None:
        """
        Where channels depend on one another, a list would be in a circle, and is wide instead.
        """
        chained(stack, depend=True)
        template = template_of(stack)
        assert not in_cycles(template)
        ((listed,),) = lists_of(stack).values()
        assert listed["Fn::Join"][1][-1].endswith(":channel/*")
        (text,) = wide_warnings(stack)
        assert "would be part of a circular dependency" in text

    def test_leave_other_lists_exact(self, stack: Stack) -> None:
        """
        The same channels without the dependencies are listed, and nothing is warned about.
        """
        chained(stack, depend=False)
        assert not in_cycles(template_of(stack))
        (listed,) = lists_of(stack).values()
        assert len(listed) > 10
        assert all("Fn::GetAtt" in arn for arn in listed)
        assert wide_warnings(stack) == []

    def test_are_not_blamed_on_rooms(self, stack: Stack) -> None:
        """
        Rooms with rates that depend on one another can have a function that reviews them all.
        """
        function = Function(
            stack,
            "Function",
            code=Code.from_inline("def handler(event, context): return {}"),
            handler="index.handler",
            runtime=Runtime.PYTHON_3_13,
        )
        earlier = None
        for number in range(45):
            room = chat.Room(
                stack,
                f"Room{number}",
                maximum_message_rate_per_second=50,
                message_review_handler=chat.MessageReviewHandler.from_function(function),
            )
            if earlier is not None:
                room.node.add_dependency(earlier)
            earlier = room
        assert not in_cycles(template_of(stack))
