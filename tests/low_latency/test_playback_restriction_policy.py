"""Playback restriction policies."""

from __future__ import annotations

import pytest
from aws_cdk import Fn, RemovalPolicy, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_ivs import CfnPlaybackRestrictionPolicy

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.annotations import warnings_of
from tests.support.arns import arn
from tests.support.tokens import token

POLICY_ARN = arn("playback-restriction-policy/AbCdef1G2hij", region="eu-west-1")


def properties_of(stack: Stack) -> dict[str, object]:
    """The properties of the only policy."""
    (policy,) = (
        Template.from_stack(stack).find_resources("AWS::IVS::PlaybackRestrictionPolicy").values()
    )
    return policy.get("Properties", {})


class TestTemplate:
    def test_is_one_resource(self, stack: Stack) -> None:
        """
        A policy without arguments is one resource that restricts nothing.
        """
        ivs.PlaybackRestrictionPolicy(stack, "Policy")
        Template.from_stack(stack).template_matches(
            {"Resources": {"Policy23B91518": {"Type": "AWS::IVS::PlaybackRestrictionPolicy"}}}
        )
        assert properties_of(stack) == {}

    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        Each argument is rendered under its CloudFormation name.
        """
        ivs.PlaybackRestrictionPolicy(
            stack,
            "Policy",
            allowed_countries=("DE", "FR"),
            allowed_origins=("https://example.com", "https://*.example.com"),
            enable_strict_origin_enforcement=True,
            playback_restriction_policy_name="europe",
            tags={"team": "live"},
        )
        assert properties_of(stack) == {
            "AllowedCountries": ["DE", "FR"],
            "AllowedOrigins": ["https://example.com", "https://*.example.com"],
            "EnableStrictOriginEnforcement": True,
            "Name": "europe",
            "Tags": [{"Key": "team", "Value": "live"}],
        }
        assert warnings_of(stack) == []

    def test_renders_what_is_empty(self, stack: Stack) -> None:
        """
        An empty list and False are rendered: they were given.
        """
        ivs.PlaybackRestrictionPolicy(
            stack,
            "Policy",
            allowed_countries=[],
            allowed_origins=[],
            enable_strict_origin_enforcement=False,
            playback_restriction_policy_name="",
        )
        assert properties_of(stack) == {
            "AllowedCountries": [],
            "AllowedOrigins": [],
            "EnableStrictOriginEnforcement": False,
            "Name": "",
        }

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        Values that are known at deployment are rendered as they are.
        """
        ivs.PlaybackRestrictionPolicy(
            stack,
            "Policy",
            allowed_countries=Fn.split(",", token("Countries")),
            allowed_origins=[token("Origin")],
            enable_strict_origin_enforcement=Fn.condition_if("Strict", True, False),
            playback_restriction_policy_name=token("Name"),
        )
        assert properties_of(stack) == {
            "AllowedCountries": {"Fn::Split": [",", {"Ref": "Countries"}]},
            "AllowedOrigins": [{"Ref": "Origin"}],
            "EnableStrictOriginEnforcement": {"Fn::If": ["Strict", True, False]},
            "Name": {"Ref": "Name"},
        }

    def test_the_l1_is_the_default_child(self, stack: Stack) -> None:
        """
        Escape hatches and removal policies reach the L1.
        """
        policy = ivs.PlaybackRestrictionPolicy(stack, "Policy")
        policy.apply_removal_policy(RemovalPolicy.RETAIN)
        assert isinstance(policy.node.default_child, CfnPlaybackRestrictionPolicy)
        Template.from_stack(stack).has_resource(
            "AWS::IVS::PlaybackRestrictionPolicy", {"DeletionPolicy": "Retain"}
        )


class TestAttributes:
    def test_the_arn_is_that_of_cloudformation(self, stack: Stack) -> None:
        """
        The ARN is read from the resource.
        """
        policy = ivs.PlaybackRestrictionPolicy(stack, "Policy")
        assert stack.resolve(policy.playback_restriction_policy_arn) == {
            "Fn::GetAtt": ["Policy23B91518", "Arn"]
        }

    def test_an_l1_takes_our_policy_as_a_reference(self, stack: Stack) -> None:
        """
        The L1's own reading of a reference gives the ARN.
        """
        policy = ivs.PlaybackRestrictionPolicy(stack, "Policy")
        read = CfnPlaybackRestrictionPolicy.arn_for_playback_restriction_policy(policy)
        assert stack.resolve(read) == {"Fn::GetAtt": ["Policy23B91518", "Arn"]}


class TestReferences:
    def test_carry_the_arn_and_what_is_in_it(self, stack: Stack) -> None:
        """
        The account and the Region of a reference are those of its ARN.
        """
        policy = ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
            stack, "Policy", POLICY_ARN
        )
        assert policy.playback_restriction_policy_arn == POLICY_ARN
        assert (policy.env.account, policy.env.region) == ("123456789012", "eu-west-1")
        read = CfnPlaybackRestrictionPolicy.arn_for_playback_restriction_policy(policy)
        assert read == POLICY_ARN

    def test_let_tokens_through(self, stack: Stack) -> None:
        """
        An ARN that is known at deployment is used as it is.
        """
        policy = ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
            stack, "Policy", Fn.import_value("Arn")
        )
        assert stack.resolve(policy.playback_restriction_policy_arn) == {"Fn::ImportValue": "Arn"}

    def test_refuse_another_resource(self, stack: Stack) -> None:
        """
        The ARN of a channel is no policy's, and nothing is made.
        """
        with pytest.raises(
            ValidationError,
            match="'playback_restriction_policy_arn' must be an ARN of the form "
            "arn:aws:ivs:<region>:<account>:playback-restriction-policy/<id>, got "
            f"'{arn('channel/a')}'",
        ):
            ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
                stack, "Policy", arn("channel/a")
            )
        assert stack.node.children == []


class TestFailures:
    @pytest.mark.parametrize(
        "arguments",
        [
            {"allowed_countries": ["DE", "de"]},
            {"allowed_countries": ["DE", "DE"]},
            {"allowed_countries": "DE"},
            {"allowed_origins": ["https://example.com/"]},
            {"allowed_origins": ["https://example.com", "https://example.com"]},
            {"allowed_origins": "https://example.com"},
            {"allowed_origins": [5]},
            {"enable_strict_origin_enforcement": "yes"},
            {"playback_restriction_policy_name": "a b"},
            {"playback_restriction_policy_name": "x" * 129},
            {"tags": {"aws:a": "b"}},
        ],
    )
    def test_leave_nothing_behind(self, stack: Stack, arguments: dict[str, object]) -> None:
        """
        A policy that is refused leaves no construct, and its keyword stands in the message.
        """
        (keyword,) = arguments
        with pytest.raises(ValidationError, match=f"'{keyword}' must") as error:
            ivs.PlaybackRestrictionPolicy(stack, "Policy", **arguments)  # type: ignore[arg-type] - the mistakes
        assert error.value.path == "Stack/Policy"
        assert stack.node.children == []

    def test_take_no_quota(self, located_stack: Stack) -> None:
        """
        A policy that was refused is not counted.
        """
        for _ in range(4):
            with pytest.raises(ValidationError):
                ivs.PlaybackRestrictionPolicy(located_stack, "Policy", allowed_countries=["XX"])
        ivs.PlaybackRestrictionPolicy(located_stack, "Policy", allowed_countries=["DE"])
        assert warnings_of(located_stack) == []
