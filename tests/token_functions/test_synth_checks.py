"""Public channels and unfit keys, which functions refuse at synthesis."""

from __future__ import annotations

import pytest
from aws_cdk import App, Stack, Token
from aws_cdk import aws_ivs as l1
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk import aws_kms as kms

import cdk_ivs as ivs
from tests.support.tokens import token
from tests.token_functions.construct_parts import (
    CHANNEL_ARN,
    Make,
    participant,
    playback,
    signing_key,
)


class TestAtSynthesis:
    """What may change until then."""

    @staticmethod
    def errors(stack: Stack) -> list[str]:
        """The errors of the synthesis."""
        try:
            App.of(stack).synth()
        except RuntimeError as error:
            return [line.strip() for line in str(error).splitlines() if "cdk-ivs" in line]
        return []

    @pytest.mark.parametrize(
        "make",
        [
            lambda stack: ivs.Channel(stack, "Channel"),
            lambda stack: ivs.Channel(stack, "Channel", authorized=False),
            lambda stack: l1.CfnChannel(stack, "Channel"),
            lambda stack: alpha.Channel(stack, "Channel"),
        ],
        ids=["default", "False", "L1", "alpha"],
    )
    def test_refuses_public_channels(self, stack: Stack, make: Make) -> None:
        """
        A channel that everybody can watch needs no tokens, so that these protect nothing.
        """
        playback(stack, channels=[make(stack)])
        (error,) = self.errors(stack)
        assert error == (
            "[] 'channels' must be channels with 'authorized' True, got 'Stack/Channel', which "
            "everyone can watch without a token; create it with authorized=True "
            "[cdk-ivs:PublicChannel at 'Stack/It']"
        )

    @pytest.mark.parametrize(
        "make",
        [
            lambda stack: ivs.Channel(stack, "Channel", authorized=True),
            lambda stack: ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL_ARN),
            lambda stack: l1.CfnChannel(stack, "Channel", authorized=True),
            lambda stack: l1.CfnChannel(
                stack, "Channel", authorized=Token.as_any({"Ref": "Authorized"})
            ),
            lambda stack: alpha.Channel(stack, "Channel", authorized=True),
            lambda stack: alpha.Channel.from_channel_arn(stack, "Channel", CHANNEL_ARN),
        ],
        ids=["True", "reference", "L1", "L1 with a token", "alpha", "reference of alpha's"],
    )
    def test_takes_channels_that_may_be_private(self, stack: Stack, make: Make) -> None:
        """
        A private channel passes, and so does one of which nothing is known.
        """
        playback(stack, channels=[make(stack)])
        assert self.errors(stack) == []

    def test_sees_an_escape_hatch(self, stack: Stack) -> None:
        """
        What becomes private later passes, and what becomes public is refused.
        """
        opened = ivs.Channel(stack, "Opened", authorized=True)
        closed = ivs.Channel(stack, "Closed")
        playback(stack, channels=[opened, closed])
        for channel, authorized in ((opened, False), (closed, True)):
            cfn_channel = channel.node.default_child
            assert isinstance(cfn_channel, l1.CfnChannel)
            cfn_channel.add_property_override("Authorized", authorized)
        (error,) = self.errors(stack)
        assert "got 'Stack/Opened'" in error

    @pytest.mark.parametrize("make", [playback, participant], ids=["playback", "participant"])
    @pytest.mark.parametrize(
        ("key", "got"),
        [
            (lambda stack: kms.Key(stack, "Key"), "SYMMETRIC_DEFAULT"),
            (lambda stack: kms.CfnKey(stack, "Key"), "SYMMETRIC_DEFAULT"),
            (
                lambda stack: kms.Key(
                    stack,
                    "Key",
                    key_spec=kms.KeySpec.ECC_NIST_P256,
                    key_usage=kms.KeyUsage.SIGN_VERIFY,
                ),
                "ECC_NIST_P256",
            ),
            (
                lambda stack: kms.CfnKey(
                    stack, "Key", key_spec="ECC_NIST_P384", key_usage="KEY_AGREEMENT"
                ),
                "KEY_AGREEMENT",
            ),
        ],
        ids=["default", "L1", "P-256", "usage"],
    )
    def test_refuses_keys_that_cannot_sign(
        self, stack: Stack, make: Make, key: Make, got: str
    ) -> None:
        """
        KMS would refuse every token.
        """
        make(stack, signing_key=key(stack))
        (error,) = self.errors(stack)
        assert error == (
            "[] 'signing_key' must be a key with the spec ECC_NIST_P384 and the usage SIGN_VERIFY, "
            f"got '{got}'; create a SigningKey [cdk-ivs:SigningKey at 'Stack/It']"
        )

    @pytest.mark.parametrize("make", [playback, participant], ids=["playback", "participant"])
    @pytest.mark.parametrize(
        "key",
        [
            lambda stack: kms.Key(
                stack,
                "Key",
                key_spec=kms.KeySpec.ECC_NIST_P384,
                key_usage=kms.KeyUsage.SIGN_VERIFY,
            ),
            lambda stack: kms.CfnKey(stack, "Key", key_spec=token("Spec"), key_usage="SIGN_VERIFY"),
            signing_key,
        ],
        ids=["P-384", "token", "reference"],
    )
    def test_takes_keys_that_may_sign(self, stack: Stack, make: Make, key: Make) -> None:
        """
        The one kind of key passes, and so does one of which nothing is known.
        """
        make(stack, signing_key=key(stack))
        assert self.errors(stack) == []
