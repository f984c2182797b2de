"""Playback key pairs."""

from __future__ import annotations

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
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


class TestFailures:
    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("public_key_material", PRIVATE_PEM),
            ("public_key_material", b"bytes"),
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
