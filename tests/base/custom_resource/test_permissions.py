"""The permissions of the handler, held to the limits of IAM and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from aws_cdk import App, Stack

import cdk_ivs as ivs
from tests.support.annotations import warnings_of
from tests.support.attachments import known_policy
from tests.support.oracles import cfn_lint_findings
from tests.support.resolving import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

# The longest Region of IVS.
PREFIX = "arn:aws:ivs:ap-northeast-1:123456789012:channel/"
MANAGED, SINGLE = "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"
# So many attachments to channels of elsewhere have an exact permission each.
EXACT = 404


def arn_of(number: int) -> str:
    """The ARN of a channel, as long as they are."""
    return f"{PREFIX}AbCdef1G{number:04}"


def attach(stack: Stack, numbers: Sequence[int]) -> list[ivs.IChannel]:
    """Attach a policy to channels of elsewhere, in an order."""
    policy = known_policy(stack)
    channels = []
    for number in numbers:
        channel = ivs.Channel.from_channel_arn(stack, f"Channel{number}", arn_of(number))
        channel.attach_playback_restriction_policy(policy)
        channels.append(channel)
    return channels


class Big(NamedTuple):
    """
    A large stack.

    Attributes:
        text: The template.
        warnings: What the stack was warned of, without the count of its resources.
    """

    text: str
    warnings: list[tuple[str, str]]

    @property
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

    def deployed(self, value: object) -> Any:
        """A value after deployment in the longest Region."""
        attributes = {
            "AWS::AccountId": "123456789012",
            "AWS::Partition": "aws",
            "AWS::Region": "ap-northeast-1",
        }
        for number, key in enumerate(self.of_type("AWS::IVS::Channel")):
            attributes[f"{key}.Arn"] = arn_of(number)
        return value_of(value, attributes)

    def size(self, properties: dict[str, Any]) -> int:
        """The characters of a policy that count."""
        document = self.deployed(properties["PolicyDocument"])
        return len("".join(json.dumps(document).split()))


@pytest.fixture(scope="module", params=["250 of elsewhere", "150 created", "more than exact"])
def big(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Big:
    """A stack with many custom resources."""
    app = App(outdir=str(tmp_path_factory.mktemp("cdk.out")), analytics_reporting=False)
    stack = Stack(app, "Stack")
    if request.param == "250 of elsewhere":
        attach(stack, range(250))
    elif request.param == "more than exact":
        attach(stack, range(EXACT + 1))
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
    warnings = [(path, text) for path, text in warnings_of(stack) if "wide-permission" in text]
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
        while an update replaces each of those that the library creates.
        """
        sizes = [big.size(properties) for properties in big.of_type(MANAGED).values()]
        assert max(sizes) <= 6_144
        (role,) = (
            properties
            for key, properties in big.of_type("AWS::IAM::Role").items()
            if "HandlerServiceRole" in key
        )
        assert 2 * len(sizes) + len(role["ManagedPolicyArns"]) <= 10

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
        for resource in big.resources.values():
            if not resource["Type"].startswith("Custom::"):
                continue
            needed = big.deployed(resource["Properties"]["ResourceArn"])
            actions = {
                "AttachPlaybackRestrictionPolicy": {"ivs:GetChannel", "ivs:UpdateChannel"},
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
        cfn-lint has nothing to say, but that there are many resources.
        """
        found = [text for text in cfn_lint_findings(big.text) if "approaching" not in text]
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
            assert "[ack: cdk-ivs:wide-permission]" in text


"""PLACE"""
