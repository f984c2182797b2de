"""Public keys that verify participant tokens."""

from __future__ import annotations

import pytest
from aws_cdk import CfnParameter, Fn, PropertyInjectors, RemovalPolicy, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_ivs import CfnPublicKey
from cryptography.hazmat.primitives.asymmetric import ec

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.annotations import warnings_of
from tests.support.arns import arn
from tests.support.injectors import Injector
from tests.support.keys import P384_PEM, PRIVATE_PEM, pem_of

KEY_ARN = arn("public-key/f99cde61-c2b0-4df3-8941-ca7d38acca1a", region="eu-west-1")
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

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        A key and a name that are known at deployment are left to IVS.
        """
        ivs.PublicKey(
            stack,
            "Key",
            public_key_material=CfnParameter(stack, "Material").value_as_string,
            public_key_name=CfnParameter(stack, "Name").value_as_string,
        )
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::PublicKey",
            {"Name": {"Ref": "Name"}, "PublicKeyMaterial": {"Ref": "Material"}},
        )

    def test_the_l1_is_the_default_child(self, stack: Stack) -> None:
        """
        Escape hatches and removal policies reach the L1.
        """
        key = ivs.PublicKey(stack, "Key", public_key_material=P384_PEM)
        key.apply_removal_policy(RemovalPolicy.RETAIN)
        assert isinstance(key.node.default_child, CfnPublicKey)
        Template.from_stack(stack).has_resource("AWS::IVS::PublicKey", {"DeletionPolicy": "Retain"})

    def test_takes_what_an_injector_gives(self, stack: Stack) -> None:
        """
        An injector sees what was given and may add to it.
        """
        injector = Injector(ivs.PublicKey, lambda props: {**props, "publicKeyName": "injected"})
        PropertyInjectors.of(stack).add(injector)
        ivs.PublicKey(stack, "Key", public_key_material=P384_PEM)
        assert injector.calls == [({"publicKeyMaterial": P384_PEM}, "Key", stack)]
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::PublicKey", {"Name": "injected", "PublicKeyMaterial": P384_PEM}
        )


class TestAttributes:
    def test_are_those_of_cloudformation(self, stack: Stack) -> None:
        """
        The ARN and the fingerprint are read from the resource.
        """
        key = ivs.PublicKey(stack, "Key", public_key_material=P384_PEM)
        assert stack.resolve([key.public_key_arn, key.public_key_fingerprint]) == [
            {"Fn::GetAtt": ["Key961B73FD", "Arn"]},
            {"Fn::GetAtt": ["Key961B73FD", "Fingerprint"]},
        ]

    def test_an_l1_takes_our_key_as_a_reference(self, stack: Stack) -> None:
        """
        The L1's own reading of a reference gives the ARN.
        """
        key = ivs.PublicKey(stack, "Key", public_key_material=P384_PEM)
        assert stack.resolve(CfnPublicKey.arn_for_public_key(key)) == {
            "Fn::GetAtt": ["Key961B73FD", "Arn"]
        }


class TestReferences:
    def test_carry_the_arn_and_what_is_in_it(self, stack: Stack) -> None:
        """
        The account and the Region of a reference are those of its ARN.
        """
        key = ivs.PublicKey.from_public_key_arn(stack, "Key", KEY_ARN)
        assert key.public_key_arn == KEY_ARN
        assert (key.env.account, key.env.region) == ("123456789012", "eu-west-1")
        assert CfnPublicKey.arn_for_public_key(key) == KEY_ARN

    def test_let_tokens_through(self, stack: Stack) -> None:
        """
        An ARN that is known at deployment is used as it is.
        """
        key = ivs.PublicKey.from_public_key_arn(stack, "Key", Fn.import_value("Arn"))
        assert stack.resolve(key.public_key_arn) == {"Fn::ImportValue": "Arn"}

    def test_refuse_another_resource(self, stack: Stack) -> None:
        """
        The ARN of a playback key pair is no public key's, and nothing is made.
        """
        with pytest.raises(ValidationError) as error:
            ivs.PublicKey.from_public_key_arn(stack, "Key", arn("playback-key/a"))
        assert error.value.message == (
            "'public_key_arn' must be an ARN of the form "
            "arn:aws:ivs:<region>:<account>:public-key/<id>, "
            "got 'arn:aws:ivs:us-west-2:123456789012:playback-key/a'"
        )
        assert error.value.path == "Stack/Key"
        assert stack.node.children == []


class TestFailures:
    @pytest.mark.parametrize(
        ("keyword", "value", "problem"),
        [
            ("public_key_material", PRIVATE_PEM, "never put a private key into a template"),
            ("public_key_material", P256_PEM, "damaged or of another kind of key"),
            ("public_key_material", "", "text without the line '-----BEGIN PUBLIC KEY-----'"),
            ("public_key_material", b"bytes", "must be str, got a value of type 'bytes'"),
            ("public_key_material", None, "must be given unless 'signing_key' is, got neither"),
            ("public_key_name", "a b", "must be made of letters, digits, '-' and '_' only"),
            ("public_key_name", "x" * 129, "must be at most 128 characters long, got 129"),
            ("public_key_name", 5, "must be str, got 5 of type 'int'"),
            ("tags", {"": "b"}, "must have keys of 1 to 128 characters, got ''"),
        ],
        ids=[
            "private",
            "p256",
            "empty",
            "bytes",
            "none",
            "name-characters",
            "name-length",
            "name-type",
            "tags",
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
