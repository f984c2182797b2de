"""How many messages to JavaScript keys that sign tokens take: each costs about 0.2 ms."""

from __future__ import annotations

from aws_cdk import Duration, Stack
from aws_cdk.aws_iam import Role, ServicePrincipal

import cdk_ivs as ivs
from tests.support.messages import count


class TestSigningKey:
    def test_without_arguments(self, stack: Stack) -> None:
        """
        A signing key takes one, the CDK's key another, and its L1 as the default child four.
        """
        assert count(lambda: ivs.SigningKey(stack, "New")) == 6

    def test_with_every_argument(self, stack: Stack) -> None:
        """
        A pending window is read once and set once, and tags are set one by one.
        """
        assert (
            count(
                lambda: ivs.SigningKey(
                    stack,
                    "New",
                    alias="tokens",
                    description="tokens",
                    pending_window=Duration.days(7),
                    tags={"team": "live"},
                )
            )
            == 11
        )

    def test_imported(self, stack: Stack) -> None:
        """
        The first import of a key creates what reads it, and the first of a stack the function
        too; any other import takes what it takes with the material, and two to look for what
        reads the key.
        """
        keys = [ivs.SigningKey(stack, id) for id in ("One", "Two")]
        counts = [
            count(lambda key=key, id=id: ivs.PublicKey(stack, id, signing_key=key))
            for id, key in (("New", keys[0]), ("Another", keys[0]), ("Third", keys[1]))
        ]
        assert counts == [23, 4, 14]

    def test_granted(self, stack: Stack) -> None:
        """
        A permission takes one, the ARN another, and the account of the role two.
        """
        role = Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        key = ivs.SigningKey(stack, "New")
        assert count(lambda: key.grants.sign(role)) == 4
