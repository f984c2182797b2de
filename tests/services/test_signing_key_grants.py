"""Grants to sign with keys in KMS."""

from __future__ import annotations

from typing import cast

import pytest
from aws_cdk import Stack
from aws_cdk import aws_kms as kms
from aws_cdk.aws_iam import AccountPrincipal, Role, UnknownPrincipal

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.services.signing_keys import ELSEWHERE, EXISTING, KEY, KEY_ID, OTHER_ACCOUNT, role
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT
from tests.support.oracles import resources_of
from tests.support.simulation import Request, decisions


class TestGrants:
    def test_let_sign_tokens_only(self, stack: Stack) -> None:
        """
        One action on one key, with the one algorithm and message type of tokens.
        """
        key = ivs.SigningKey(stack, "SigningKey")
        assert key.grants.sign(role(stack)).success
        (policy,) = resources_of(stack, "AWS::IAM::Policy").values()
        assert policy["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": "kms:Sign",
                "Condition": {
                    "StringEquals": {
                        "kms:MessageType": "DIGEST",
                        "kms:SigningAlgorithm": "ECDSA_SHA_384",
                    }
                },
                "Effect": "Allow",
                "Resource": {"Fn::GetAtt": [KEY_ID, "Arn"]},
            }
        ]
        assert warnings_of(stack) == []

    def test_refuse_what_kms_signer_does_not_do(self, stack: Stack) -> None:
        """
        A simulator of policies allows the request of the signer, and none without its conditions.
        """
        key = ivs.SigningKey.from_signing_key_arn(stack, "Key", EXISTING)
        key.grants.sign(role(stack))
        (policy,) = resources_of(stack, "AWS::IAM::Policy").values()
        statements = policy["Properties"]["PolicyDocument"]["Statement"]
        root = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
        of_key = [{"Action": "kms:*", "Effect": "Allow", "Principal": root, "Resource": "*"}]
        context = {"kms:MessageType": "DIGEST", "kms:SigningAlgorithm": "ECDSA_SHA_384"}
        requests = [
            Request("kms:Sign", EXISTING, context=context),
            Request("kms:Sign", EXISTING, context={**context, "kms:MessageType": "RAW"}),
            Request(
                "kms:Sign",
                EXISTING,
                context={**context, "kms:SigningAlgorithm": "ECDSA_SHA_256"},
            ),
            Request("kms:Sign", f"{EXISTING[:-1]}0", context=context),
            Request("kms:ScheduleKeyDeletion", EXISTING),
        ]
        assert decisions(statements, requests, of_resource=of_key) == [
            True,
            False,
            False,
            False,
            False,
        ]

    @pytest.mark.parametrize("level", [1, 2])
    def test_of_any_key_can_be_had(self, stack: Stack, level: int) -> None:
        """
        Keys of the CDK's are granted by the same facade.
        """
        key = kms.Key(stack, "Key")
        l1 = cast("kms.CfnKey", key.node.default_child)
        ivs.SigningKeyGrants.from_signing_key(l1 if level == 1 else key).sign(role(stack))
        (policy,) = resources_of(stack, "AWS::IAM::Policy").values()
        (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
        assert statement["Resource"] == {"Fn::GetAtt": [stack.get_logical_id(l1), "Arn"]}
        assert warnings_of(stack) == []

    def test_need_a_key(self, stack: Stack) -> None:
        """
        What is no key is refused by the keyword.
        """
        with pytest.raises(TypeError, match="'signing_key' must be IKeyRef, got 'Role'"):
            ivs.SigningKeyGrants.from_signing_key(role(stack))  # type: ignore[arg-type] - the mistake

    def test_need_no_alias(self, stack: Stack) -> None:
        """
        The CDK takes an alias for a key, and IAM allows nothing by the ARN of one.
        """
        alias = kms.Alias.from_alias_name(stack, "Alias", "alias/tokens")
        with pytest.raises(ValidationError, match="'signing_key' must be a key, got an alias: a"):
            ivs.SigningKeyGrants.from_signing_key(alias)

    def test_take_a_principal_without_account(self, located_stack: Stack) -> None:
        """
        A principal that the CDK does not know has no account to warn about.
        """
        key = ivs.SigningKey(located_stack, "SigningKey")
        key.grants.sign(UnknownPrincipal(resource=located_stack))
        assert [text for _, text in warnings_of(located_stack) if "another-account" in text] == []

    def test_need_a_grantee(self, stack: Stack) -> None:
        """
        What is no grantee is refused on the key, and nothing is made.
        """
        key = ivs.SigningKey(stack, "SigningKey")
        before = len(stack.node.find_all())
        for wrong in (None, 5, "role", [], {}, key, key.grants):
            with pytest.raises(ValidationError, match="'grantee' must be IGrantable") as error:
                key.grants.sign(wrong)  # type: ignore[arg-type] - the mistakes
            assert error.value.path == "Stack/SigningKey"
        assert len(stack.node.find_all()) == before

    @pytest.mark.parametrize(
        "key_arn", [None, EXISTING], ids=["of the stack", "of the stack's account"]
    )
    def test_warn_about_a_grantee_of_another_account(
        self, located_stack: Stack, key_arn: str | None
    ) -> None:
        """
        The policy of the key must allow it too, which the warning says.
        """
        key = (
            ivs.SigningKey(located_stack, "SigningKey")
            if key_arn is None
            else ivs.SigningKey.from_signing_key_arn(located_stack, "SigningKey", key_arn)
        )
        grantee = Role.from_role_arn(
            located_stack, "Role", f"arn:aws:iam::{OTHER_ACCOUNT}:role/backend"
        )
        key.grants.sign(grantee)
        texts = [text for path, text in warnings_of(located_stack) if path == "/Stack/SigningKey"]
        (text,) = (text for text in texts if "[ack: cdk-ivs:KeyOfAnotherAccount]" in text)
        assert text == (
            f"'grantee' is in account {OTHER_ACCOUNT}, and the key is in account {ACCOUNT}: the "
            "policy of the key, which cdk-ivs cannot see, must also allow kms:Sign for the "
            "grantee; acknowledge this warning when it does [ack: cdk-ivs:KeyOfAnotherAccount]"
        )
        # That the role's own policies are unchanged is another warning.
        assert len(texts) == 2

    def test_warn_about_a_key_of_another_account(self, located_stack: Stack) -> None:
        """
        A role of the stack gets its policy, and needs that of the key.
        """
        key = ivs.SigningKey.from_signing_key_arn(located_stack, "Key", ELSEWHERE)
        key.grants.sign(role(located_stack))
        ((_, text),) = warnings_of(located_stack)
        assert text.startswith(
            f"'grantee' is in account {ACCOUNT}, and the key is in account {OTHER_ACCOUNT}: "
        )
        (policy,) = resources_of(located_stack, "AWS::IAM::Policy").values()
        (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
        assert statement["Resource"] == ELSEWHERE

    @pytest.mark.parametrize("key_arn", [EXISTING, None], ids=["reference", "key"])
    def test_warn_about_none_where_the_accounts_are_not_known(
        self, stack: Stack, key_arn: str | None
    ) -> None:
        """
        A stack without an account may be of that of the key or of the grantee.
        """
        key = (
            ivs.SigningKey.from_signing_key_arn(stack, "Key", key_arn)
            if key_arn
            else ivs.SigningKey(stack, "Key")
        )
        key.grants.sign(role(stack))
        if key_arn is None:
            key.grants.sign(
                Role.from_role_arn(stack, "Existing", f"arn:aws:iam::{OTHER_ACCOUNT}:role/backend")
            )
        assert [text for _, text in warnings_of(stack) if "another-account" in text] == []

    def test_add_nothing_to_a_principal_without_policies(self, located_stack: Stack) -> None:
        """
        No policy of the key is changed, and the CDK's warning of no effect says so.
        """
        key = ivs.SigningKey(located_stack, "SigningKey")
        before = resources_of(located_stack, KEY)
        key.grants.sign(AccountPrincipal(ACCOUNT))
        assert resources_of(located_stack, KEY) == before
        ((_, text),) = warnings_of(located_stack)
        assert text.startswith(
            "the grant adds nothing: 'grantee' is AccountPrincipal, a principal without "
            "policies of its own, and the grant does not change the policy of the key; grant to "
            "a role, a user or a group instead"
        )
