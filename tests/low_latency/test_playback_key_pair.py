"""Playback key pairs."""

from __future__ import annotations

import pytest
from aws_cdk import CfnParameter, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_ivs import CfnPlaybackKeyPair

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import arn
from tests.support.keys import P384_PEM, PRIVATE_PEM


class TestTemplate:
    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        A key pair is one resource with the key as it was given.
        """
        ivs.PlaybackKeyPair(
            stack,
            "KeyPair",
            public_key_material=P384_PEM,
            playback_key_pair_name="viewers",
            tags={"a": "b"},
        )
        Template.from_stack(stack).template_matches(
            {
                "Resources": {
                    "KeyPair1622897B": {
                        "Type": "AWS::IVS::PlaybackKeyPair",
                        "Properties": {
                            "Name": "viewers",
                            "PublicKeyMaterial": P384_PEM,
                            "Tags": [{"Key": "a", "Value": "b"}],
                        },
                    }
                }
            }
        )

    def test_has_no_name_by_default(self, stack: Stack) -> None:
        """
        Nothing is named that the user did not name.
        """
        ivs.PlaybackKeyPair(stack, "KeyPair", public_key_material=P384_PEM)
        (resource,) = (
            Template.from_stack(stack).find_resources("AWS::IVS::PlaybackKeyPair").values()
        )
        assert resource["Properties"] == {"PublicKeyMaterial": P384_PEM}

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        A key and a name that are known at deployment are left to IVS.
        """
        ivs.PlaybackKeyPair(
            stack,
            "KeyPair",
            public_key_material=CfnParameter(stack, "Key").value_as_string,
            playback_key_pair_name=CfnParameter(stack, "Name").value_as_string,
        )
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::PlaybackKeyPair",
            {"Name": {"Ref": "Name"}, "PublicKeyMaterial": {"Ref": "Key"}},
        )


class TestAttributes:
    def test_are_those_of_cloudformation(self, stack: Stack) -> None:
        """
        The ARN and the fingerprint are read from the resource.
        """
        pair = ivs.PlaybackKeyPair(stack, "KeyPair", public_key_material=P384_PEM)
        assert stack.resolve([pair.playback_key_pair_arn, pair.playback_key_pair_fingerprint]) == [
            {"Fn::GetAtt": ["KeyPair1622897B", "Arn"]},
            {"Fn::GetAtt": ["KeyPair1622897B", "Fingerprint"]},
        ]

    def test_an_l1_takes_our_key_pair_as_a_reference(self, stack: Stack) -> None:
        """
        The L1's own reading of a reference gives the ARN.
        """
        pair = ivs.PlaybackKeyPair(stack, "KeyPair", public_key_material=P384_PEM)
        assert stack.resolve(CfnPlaybackKeyPair.arn_for_playback_key_pair(pair)) == {
            "Fn::GetAtt": ["KeyPair1622897B", "Arn"]
        }


class TestReferences:
    def test_carry_the_arn_and_what_is_in_it(self, stack: Stack) -> None:
        """
        The account and the Region of a reference are those of its ARN.
        """
        pair = ivs.PlaybackKeyPair.from_playback_key_pair_arn(
            stack, "KeyPair", arn("playback-key/a", region="eu-west-1")
        )
        assert pair.playback_key_pair_arn == arn("playback-key/a", region="eu-west-1")
        assert pair.env.region == "eu-west-1"

    def test_refuse_another_resource(self, stack: Stack) -> None:
        """
        The ARN of a channel is no key pair's.
        """
        with pytest.raises(
            ValidationError, match="'playback_key_pair_arn' must be an ARN of the form"
        ):
            ivs.PlaybackKeyPair.from_playback_key_pair_arn(stack, "KeyPair", arn("channel/a"))


class TestFailures:
    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("public_key_material", PRIVATE_PEM),
            ("public_key_material", b"bytes"),
            ("playback_key_pair_name", "bad name"),
            ("tags", {"": "b"}),
        ],
    )
    def test_leave_nothing_behind(self, stack: Stack, keyword: str, value: object) -> None:
        """
        A key pair that is refused leaves no construct, and its keyword stands in the message.
        """
        arguments = {"public_key_material": P384_PEM, keyword: value}
        with pytest.raises(ValidationError, match=f"'{keyword}' must"):
            ivs.PlaybackKeyPair(stack, "KeyPair", **arguments)  # type: ignore[arg-type] - the mistakes
        assert stack.node.children == []
