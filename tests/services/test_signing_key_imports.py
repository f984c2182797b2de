"""The public halves of signing keys, and the public keys of IVS that are imported from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, CfnOutput, Environment, Stack
from aws_cdk import aws_kms as kms
from constructs import IConstruct

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.services.signing_keys import ELSEWHERE, EXISTING, KEY_ID, role
from tests.support.arns import ACCOUNT, REGION
from tests.support.attachments import PERMISSION
from tests.support.graph import in_order, only
from tests.support.keys import P384_PEM
from tests.support.oracles import resources_of, template_of

PEM = "Custom::IVSSigningKeyPem"
PEM_ID = "SigningKeyGetPublicKey754E3E43"

Import = Callable[[Stack, ivs.ISigningKey], IConstruct]
IMPORTS: dict[str, Import] = {
    "AWS::IVS::PlaybackKeyPair": lambda stack, key: ivs.PlaybackKeyPair(
        stack, "Imported", signing_key=key
    ),
    "AWS::IVS::PublicKey": lambda stack, key: ivs.PublicKey(stack, "Imported", signing_key=key),
}
every_import = pytest.mark.parametrize("kind", IMPORTS)


class TestPublicKeyPem:
    def test_is_read_at_deployment(self, stack: Stack) -> None:
        """
        The first read adds a resource of the library's function, which names the key.
        """
        key = ivs.SigningKey(stack, "SigningKey")
        assert [child.node.id for child in key.node.children] == ["Key"]
        assert stack.resolve(key.public_key_pem) == {"Fn::GetAtt": [PEM_ID, "PublicKeyPem"]}
        assert key.public_key_pem is key.public_key_pem
        (resource,) = resources_of(stack, PEM).values()
        assert resource["Properties"] == {
            "ServiceToken": {
                "Fn::GetAtt": ["cdkivsCustomResourcesProviderframeworkonEvent1D1F32B1", "Arn"]
            },
            "Operation": "PublicKeyPem",
            "ResourceArn": {"Fn::GetAtt": [KEY_ID, "Arn"]},
        }

    def test_needs_one_action_on_the_one_key(self, stack: Stack) -> None:
        """
        The function may get the public key of this key, before it is called, and nothing else.
        """
        assert ivs.SigningKey(stack, "SigningKey").public_key_pem
        template = template_of(stack)
        permission = only(template, PERMISSION)
        assert template["Resources"][permission]["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": ["kms:GetPublicKey"],
                "Effect": "Allow",
                "Resource": [{"Fn::GetAtt": [KEY_ID, "Arn"]}],
            }
        ]
        assert in_order(template, KEY_ID, permission, PEM_ID)
        assert "kms:" not in json.dumps(resources_of(stack, "AWS::IAM::Policy"))

    @pytest.mark.parametrize("key_arn", [EXISTING, ELSEWHERE])
    def test_of_a_reference_is_read_wherever_the_key_is(
        self, located_stack: Stack, key_arn: str
    ) -> None:
        """
        KMS answers for keys of other accounts and Regions, in the Region of the ARN.
        """
        key = ivs.SigningKey.from_signing_key_arn(located_stack, "Key", key_arn)
        CfnOutput(located_stack, "Pem", value=key.public_key_pem)
        (resource,) = resources_of(located_stack, PEM).values()
        assert resource["Properties"]["ResourceArn"] == key_arn
        (permission,) = resources_of(located_stack, PERMISSION).values()
        (statement,) = permission["Properties"]["PolicyDocument"]["Statement"]
        assert statement["Resource"] == [key_arn]

    def test_of_a_reference_needs_a_stack(self, app: App) -> None:
        """
        A reference can stand in an app, and its custom resource cannot.
        """
        key = ivs.SigningKey.from_signing_key_arn(app, "Key", EXISTING)
        with pytest.raises(ValidationError, match="'scope' must be a stack or a construct in one"):
            _ = key.public_key_pem
        assert key.node.children == []


class TestImports:
    @every_import
    def test_take_the_public_half(self, stack: Stack, kind: str) -> None:
        """
        The material is the attribute: another key is another material, which replaces the import.
        """
        IMPORTS[kind](stack, ivs.SigningKey(stack, "SigningKey"))
        template = template_of(stack)
        ((logical_id, resource),) = resources_of(stack, kind).items()
        assert resource["Properties"] == {
            "PublicKeyMaterial": {"Fn::GetAtt": [PEM_ID, "PublicKeyPem"]}
        }
        assert in_order(template, KEY_ID, PEM_ID, logical_id)

    def test_of_one_key_read_it_once(self, stack: Stack) -> None:
        """
        A key that is imported for low latency and for real time is read by one resource.
        """
        key = ivs.SigningKey(stack, "SigningKey")
        ivs.PlaybackKeyPair(stack, "Pair", signing_key=key)
        ivs.PublicKey(stack, "Public", signing_key=key)
        assert list(resources_of(stack, PEM)) == [PEM_ID]

    @every_import
    def test_may_be_in_another_stack(self, app: App, located_stack: Stack, kind: str) -> None:
        """
        The stack of the key exports the public half.
        """
        key = ivs.SigningKey(located_stack, "SigningKey")
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region=REGION))
        IMPORTS[kind](other, key)
        (resource,) = resources_of(other, kind).values()
        assert "PublicKeyPem" in resource["Properties"]["PublicKeyMaterial"]["Fn::ImportValue"]

    @every_import
    def test_take_a_material_or_a_key(self, stack: Stack, kind: str) -> None:
        """
        Neither and both are refused, with both keywords in the message, and nothing is made.
        """
        name = kind.rpartition("::")[2]
        construct: Any = getattr(ivs, name)
        key = ivs.SigningKey.from_signing_key_arn(stack, "Key", EXISTING)
        for arguments, problem, code in (
            ({}, "must be given unless 'signing_key' is, got neither", "ArgumentType"),
            (
                {"public_key_material": P384_PEM, "signing_key": key},
                "must not be given with 'signing_key', got both",
                "TwoKeys",
            ),
        ):
            with pytest.raises(ValidationError) as error:
                construct(stack, "Imported", **arguments)
            assert error.value.message.startswith(f"'public_key_material' {problem}; ")
            assert (error.value.code, error.value.path) == (code, "Stack/Imported")
        assert [child.node.id for child in stack.node.children] == ["Key"]
        assert key.node.children == []

    @every_import
    def test_take_no_key_of_the_cdk(self, stack: Stack, kind: str) -> None:
        """
        An ARN and a key of the CDK's are told how they become a signing key, and what is no key
        is not.
        """
        construct: Any = getattr(ivs, kind.rpartition("::")[2])
        with pytest.raises(TypeError, match=r"use SigningKey\.from_signing_key_arn\(self"):
            construct(stack, "Imported", signing_key=EXISTING)
        key = kms.Key(stack, "Key")
        for other in (key, key.node.default_child):
            with pytest.raises(TypeError, match="'signing_key' must be ISigningKey, ") as error:
                construct(stack, "Imported", signing_key=other)
            assert error.value.args[0].endswith(
                '; use SigningKey.from_signing_key_arn(self, "…", key.key_ref.key_arn)'
            )
        with pytest.raises(TypeError, match="'signing_key' must be ISigningKey, ") as error:
            construct(stack, "Imported", signing_key=role(stack))
        assert error.value.args[0].endswith(", got an object of type 'Role'")
        assert stack.node.try_find_child("Imported") is None

    @every_import
    def test_leave_nothing_behind_of_a_key_outside(self, app: App, stack: Stack, kind: str) -> None:
        """
        A reference in the app itself cannot be read, which is known before anything is made.
        """
        key = ivs.SigningKey.from_signing_key_arn(app, "Outside", EXISTING)
        with pytest.raises(ValidationError, match="'signing_key' must be a stack or a construct"):
            IMPORTS[kind](stack, key)
        assert stack.node.children == []

    @every_import
    def test_show_no_material(self, kind: str) -> None:
        """
        The props show the key's construct by nothing that could be a secret.
        """
        stack = Stack()
        key = ivs.SigningKey.from_signing_key_arn(stack, "Key", EXISTING)
        props: Any = getattr(ivs, f"{kind.rpartition('::')[2]}Props")
        assert "public_key_material=None" in repr(props(signing_key=key))
