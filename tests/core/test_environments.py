"""Accounts and Regions that must be the same."""

from __future__ import annotations

import pytest
from aws_cdk import App, Aws, NestedStack, Stack
from constructs import Construct

from cdk_ivs import ValidationError
from cdk_ivs._core.environments import check_arn_environment
from tests.support.arns import arn


class TestCheckArnEnvironment:
    def test_accepts_the_environment_of_the_stack(self, located_stack: Stack) -> None:
        """
        A resource of the stack's account and Region is accepted, wherever in the stack.
        """
        scopes = [located_stack, Construct(located_stack, "Group"), NestedStack(located_stack, "N")]
        for scope in scopes:
            assert check_arn_environment("channel", arn("channel/a"), scope) is None

    def test_refuses_another_region_below_the_stack(self, located_stack: Stack) -> None:
        """
        The environment of a construct is that of its stack.
        """
        scope = Construct(Construct(located_stack, "Outer"), "Inner")
        with pytest.raises(
            ValidationError, match="'channel' must be in the Region of the stack, us-west-2"
        ):
            check_arn_environment("channel", arn("channel/a", region="eu-west-1"), scope)

    def test_knows_nothing_without_an_environment(self, stack: Stack) -> None:
        """
        A stack without an environment may be deployed to that of the resource.
        """
        assert check_arn_environment("channel", arn("channel/a"), stack) is None

    def test_knows_nothing_outside_of_a_stack(self, app: App) -> None:
        """
        A reference may stand in the app, which has no environment.
        """
        assert check_arn_environment("channel", arn("channel/a"), app) is None

    def test_lets_tokens_through(self, located_stack: Stack) -> None:
        """
        An ARN with a token in it is left to IVS.
        """
        token = f"arn:aws:ivs:{Aws.REGION}:123456789012:channel/a"
        assert check_arn_environment("channel", token, located_stack) is None
