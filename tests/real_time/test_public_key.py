"""Public keys that verify participant tokens."""

from __future__ import annotations

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template
from cryptography.hazmat.primitives.asymmetric import ec

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.annotations import warnings_of
from tests.support.keys import P384_PEM, PRIVATE_PEM, pem_of

P256_PEM = pem_of(ec.derive_private_key(5, ec.SECP256R1()).public_key())


class TestTemplate:
    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        A public key is one resource with the key as it was given.
        """
        ivs.PublicKey(
            stack,
            "Key",
            public_key_material=P384_PEM,
            public_key_name="tokens",
            tags={"a": "b"},
        )
        Template.from_stack(stack).template_matches(
            {
                "Resources": {
                    "Key961B73FD": {
                        "Type": "AWS::IVS::PublicKey",
                        "Properties": {
                            "Name": "tokens",
                            "PublicKeyMaterial": P384_PEM,
                            "Tags": [{"Key": "a", "Value": "b"}],
                        },
                    }
                }
            }
        )
        assert warnings_of(stack) == []

    def test_has_no_name_by_default(self, stack: Stack) -> None:
        """
        Nothing is named that the user did not name.
        """
        ivs.PublicKey(stack, "Key", public_key_material=P384_PEM)
        (resource,) = Template.from_stack(stack).find_resources("AWS::IVS::PublicKey").values()
        assert resource["Properties"] == {"PublicKeyMaterial": P384_PEM}


class TestFailures:
    @pytest.mark.parametrize(
        ("keyword", "value", "problem"),
        [
            ("public_key_material", PRIVATE_PEM, "never put a private key into a template"),
            ("public_key_material", P256_PEM, "damaged or of another kind of key"),
            ("public_key_material", "", "text without the line '-----BEGIN PUBLIC KEY-----'"),
            ("public_key_material", b"bytes", "must be str, got a value of type 'bytes'"),
            ("public_key_material", None, "must be given unless 'signing_key' is, got neither"),
        ],
        ids=[
            "private",
            "p256",
            "empty",
            "bytes",
            "none",
        ],
    )
    def test_leave_nothing_behind(
        self, stack: Stack, keyword: str, value: object, problem: str
    ) -> None:
        """
        A key that is refused leaves no construct, and its keyword stands in the message.
        """
        arguments = {"public_key_material": P384_PEM, keyword: value}
        with pytest.raises(ValidationError, match=f"'{keyword}' must") as error:
            ivs.PublicKey(stack, "Key", **arguments)  # type: ignore[arg-type] - the mistakes
        assert problem in error.value.message
        assert error.value.path == "Stack/Key"
        assert stack.node.children == []

    def test_show_no_private_key(self, stack: Stack) -> None:
        """
        A private key that was given by mistake does not stand in the message.
        """
        with pytest.raises(ValidationError) as error:
            ivs.PublicKey(stack, "Key", public_key_material=PRIVATE_PEM)
        assert PRIVATE_PEM.splitlines()[1] not in str(error.value)
