"""Playback restriction policies."""

from __future__ import annotations

import pytest
from aws_cdk import Fn, Stack
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.annotations import warnings_of
from tests.support.tokens import token


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
