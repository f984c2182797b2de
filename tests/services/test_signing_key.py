"""Keys in KMS that sign tokens, and the public keys of IVS that are imported from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from aws_cdk import (
    App,
    Aws,
    CfnOutput,
    CfnParameter,
    Duration,
    Environment,
    PropertyInjectors,
    RemovalPolicy,
    Stack,
    Tags,
)
from aws_cdk import aws_kms as kms
from aws_cdk.aws_iam import AccountPrincipal, Role, ServicePrincipal, UnknownPrincipal
from constructs import IConstruct

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.graph import in_order, only
from tests.support.injectors import Injector
from tests.support.keys import P384_PEM
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of, template_of
from tests.support.simulation import Request, decisions
from tests.support.tokens import token

KEY = "AWS::KMS::Key"
PEM = "Custom::IVSSigningKeyPem"
PERMISSION = "AWS::IAM::RolePolicy"
KEY_ID = "SigningKey49B95470"
PEM_ID = "SigningKeyGetPublicKey754E3E43"
EXISTING = arn("key/1234abcd-12ab-34cd-56ef-1234567890ab", service="kms")
ELSEWHERE = "arn:aws:kms:eu-north-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_ACCOUNT = "210987654321"

Import = Callable[[Stack, ivs.ISigningKey], IConstruct]
IMPORTS: dict[str, Import] = {
    "AWS::IVS::PlaybackKeyPair": lambda stack, key: ivs.PlaybackKeyPair(
        stack, "Imported", signing_key=key
    ),
    "AWS::IVS::PublicKey": lambda stack, key: ivs.PublicKey(stack, "Imported", signing_key=key),
}
every_import = pytest.mark.parametrize("kind", IMPORTS)


def role(stack: Stack, id: str = "Role") -> Role:
    """A role of the stack."""
    return Role(stack, id, assumed_by=ServicePrincipal("lambda.amazonaws.com"))


class TestTemplate:
    def test_is_a_key_for_signatures(self, stack: Stack) -> None:
        """
        Without arguments there is one key on P-384, kept when it leaves the stack, whose use the
        account's identities may be allowed.
        """
        ivs.SigningKey(stack, "SigningKey")
        ((logical_id, resource),) = resources_of(stack, KEY).items()
        account = {"Ref": "AWS::AccountId"}
        root = {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::", account, ":root"]]}
        policy = resource["Properties"].pop("KeyPolicy")
        assert logical_id == KEY_ID
        assert resource == {
            "Type": KEY,
            "Properties": {"KeySpec": "ECC_NIST_P384", "KeyUsage": "SIGN_VERIFY"},
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
        }
        assert policy["Statement"] == [
            {"Action": "kms:*", "Effect": "Allow", "Principal": {"AWS": root}, "Resource": "*"}
        ]
        assert list(template_of(stack)["Resources"]) == [KEY_ID]

    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        Alias, description, pending window, removal policy and tags are those given.
        """
        ivs.SigningKey(
            stack,
            "SigningKey",
            alias="playback",
            description="signs playback tokens",
            pending_window=Duration.days(7),
            removal_policy=RemovalPolicy.DESTROY,
            tags={"team": "video", "stage": "live"},
        )
        key = resources_of(stack, KEY)[KEY_ID]
        del key["Properties"]["KeyPolicy"]
        assert key == {
            "Type": KEY,
            "Properties": {
                "Description": "signs playback tokens",
                "KeySpec": "ECC_NIST_P384",
                "KeyUsage": "SIGN_VERIFY",
                "PendingWindowInDays": 7,
                "Tags": [{"Key": "stage", "Value": "live"}, {"Key": "team", "Value": "video"}],
            },
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Delete",
        }
        (alias,) = resources_of(stack, "AWS::KMS::Alias").values()
        assert alias["Properties"] == {
            "AliasName": "alias/playback",
            "TargetKeyId": {"Fn::GetAtt": [KEY_ID, "Arn"]},
        }

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        What is known at deployment is left to KMS.
        """
        days = CfnParameter(stack, "Days", type="Number").value_as_number
        ivs.SigningKey(
            stack,
            "SigningKey",
            alias=token("Alias"),
            description=token("Description"),
            pending_window=Duration.days(days),
            tags={"team": token("Team")},
        )
        properties = resources_of(stack, KEY)[KEY_ID]["Properties"]
        assert properties["Description"] == {"Ref": "Description"}
        assert properties["PendingWindowInDays"] == {"Ref": "Days"}
        assert properties["Tags"] == [{"Key": "team", "Value": {"Ref": "Team"}}]
        (alias,) = resources_of(stack, "AWS::KMS::Alias").values()
        assert "Alias" in json.dumps(alias["Properties"]["AliasName"])

    def test_takes_tags_of_aspects_too(self, stack: Stack) -> None:
        """
        Tags of the stack are added, and win over those given, as they do for the CDK's resources.
        """
        ivs.SigningKey(stack, "SigningKey", tags={"team": "video", "stage": "live"})
        Tags.of(stack).add("team", "all")
        assert resources_of(stack, KEY)[KEY_ID]["Properties"]["Tags"] == [
            {"Key": "stage", "Value": "live"},
            {"Key": "team", "Value": "all"},
        ]

    def test_can_be_changed_as_every_resource(self, stack: Stack) -> None:
        """
        The default child is the L1, which escape hatches and the removal policy reach.
        """
        key = ivs.SigningKey(stack, "SigningKey")
        assert isinstance(key.node.default_child, kms.CfnKey)
        key.apply_removal_policy(RemovalPolicy.DESTROY)
        key.key.add_alias("second")
        assert resources_of(stack, KEY)[KEY_ID]["DeletionPolicy"] == "Delete"
        assert len(resources_of(stack, "AWS::KMS::Alias")) == 1

    def test_warns_about_no_region(self, app: App) -> None:
        """
        A key can be where IVS is not, and be imported where it is.
        """
        stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region="eu-north-1"))
        ivs.SigningKey(stack, "SigningKey")
        assert warnings_of(stack) == []

    def test_pleases_the_judges(self, located_stack: Stack) -> None:
        """
        Neither the CDK's validation nor cfn-lint finds anything in the whole path, and no key is
        in the template.
        """
        key = ivs.SigningKey(
            located_stack,
            "SigningKey",
            alias="tokens",
            pending_window=Duration.days(30),
            tags={"a": "b"},
        )
        ivs.Channel(located_stack, "Channel", authorized=True)
        ivs.PlaybackKeyPair(located_stack, "Pair", signing_key=key)
        ivs.PublicKey(located_stack, "Public", signing_key=key)
        key.grants.sign(role(located_stack))
        template = json.dumps(template_of(located_stack))
        assert "-----BEGIN" not in template
        assert cfn_lint_findings(template) == []
        assert cdk_findings(Path(App.of(located_stack).outdir)) == []
        assert warnings_of(located_stack) == []


class TestAttributes:
    def test_are_those_of_a_key(self, stack: Stack) -> None:
        """
        The ARN and the reference are those that the CDK's own key has.
        """
        key = ivs.SigningKey(stack, "SigningKey")
        arn_of = {"Fn::GetAtt": [KEY_ID, "Arn"]}
        assert stack.resolve(key.key_arn) == stack.resolve(key.key.key_arn) == arn_of
        assert stack.resolve(kms.CfnKey.arn_for_key(key)) == arn_of
        assert stack.resolve(key.key_ref.key_id) == {"Fn::GetAtt": [KEY_ID, "KeyId"]}

    def test_of_a_reference_are_in_its_arn(self, stack: Stack) -> None:
        """
        The account and the Region are those of the ARN, and so is the id.
        """
        key = ivs.SigningKey.from_signing_key_arn(stack, "Key", ELSEWHERE)
        assert (key.env.account, key.env.region) == (OTHER_ACCOUNT, "eu-north-1")
        assert key.key_arn == kms.CfnKey.arn_for_key(key) == ELSEWHERE
        assert key.key_ref.key_id == "1234abcd-12ab-34cd-56ef-1234567890ab"

    @pytest.mark.parametrize(
        "wrong", [arn("alias/playback", service="kms"), arn("key/a"), "1234abcd"]
    )
    def test_of_a_reference_need_the_arn_of_a_key(self, stack: Stack, wrong: str) -> None:
        """
        An alias, another service and an id are refused.
        """
        with pytest.raises(
            ValidationError, match="'signing_key_arn' must be an ARN of the form arn:aws:k"
        ):
            ivs.SigningKey.from_signing_key_arn(stack, "Key", wrong)
        assert stack.node.children == []


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


class TestInjection:
    def test_changes_the_arguments(self, stack: Stack) -> None:
        """
        A property injector sees the given arguments, and its own are used.
        """
        injector = Injector(ivs.SigningKey, lambda props: {**props, "description": "injected"})
        PropertyInjectors.of(stack).add(injector)
        ivs.SigningKey(stack, "SigningKey", alias="tokens")
        assert [props for props, *_ in injector.calls] == [{"alias": "tokens"}]
        assert resources_of(stack, KEY)[KEY_ID]["Properties"]["Description"] == "injected"


class TestFailures:
    @pytest.mark.parametrize(
        ("keyword", "value", "problem"),
        [
            ("alias", "", "must be 1 to 250 letters, digits, '-', '_' and '/'"),
            ("alias", "alias/", "must be 1 to 250 letters"),
            ("alias", "a b", "got 'a b'"),
            ("alias", "aws/ivs", "not begin with 'aws/', got 'aws/ivs'"),
            ("alias", "alias/aws/ivs", "not begin with 'aws/', got 'alias/aws/ivs'"),
            ("alias", "AWS/ivs", "not begin with 'aws/', got 'AWS/ivs'"),
            ("alias", "alias/Aws/ivs", "not begin with 'aws/', got 'alias/Aws/ivs'"),
            pytest.param("alias", f"a b{Aws.STACK_NAME}", "got 'a b", id="wrong before a token"),
            pytest.param("alias", f"aws/{Aws.STACK_NAME}", "got 'aws/", id="AWS before a token"),
            pytest.param("alias", Aws.NO_VALUE, "got '<token AWS.NoValue>'", id="no value"),
            ("alias", "a" * 251, "must be 1 to 250 letters"),
            ("alias", 5, "must be str, got 5 of type 'int'"),
            ("description", "a" * 8193, "must have at most 8192 characters, got 8193"),
            ("pending_window", Duration.days(6), "from 7 to 30, got 6 days"),
            ("pending_window", Duration.days(31), "from 7 to 30, got 31 days"),
            ("pending_window", Duration.hours(7 * 24 + 12), "from 7 to 30, got 7.5 days"),
            ("pending_window", 7, "must be Duration, got 7 of type 'int'"),
            ("removal_policy", RemovalPolicy.SNAPSHOT, "got SNAPSHOT"),
            ("removal_policy", "retain", "must be RemovalPolicy, got 'retain' of type 'str'"),
            ("tags", {"": "b"}, "must have keys of 1 to 128 characters, got ''"),
        ],
    )
    def test_leave_nothing_behind(
        self, stack: Stack, keyword: str, value: object, problem: str
    ) -> None:
        """
        What KMS refuses is refused by its keyword, and no construct is left.
        """
        with pytest.raises(ValidationError, match=f"'{keyword}' must") as error:
            ivs.SigningKey(stack, "SigningKey", **{keyword: value})  # type: ignore[arg-type] - the mistakes
        assert problem in error.value.message
        assert error.value.path == "Stack/SigningKey"
        assert stack.node.children == []

    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("alias", "a" * 250),
            ("alias", "alias/" + "a" * 250),
            ("alias", "awsome/live_1-2"),
            pytest.param("alias", f"alias/{Aws.STACK_NAME}-tokens", id="around a token"),
            ("description", "a" * 8192),
            ("description", ""),
            ("pending_window", Duration.days(7)),
            ("pending_window", Duration.hours(30 * 24)),
            ("removal_policy", RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE),
        ],
    )
    def test_are_none_at_the_limits(self, stack: Stack, keyword: str, value: object) -> None:
        """
        The last value that KMS takes is taken.
        """
        ivs.SigningKey(stack, "SigningKey", **{keyword: value})  # type: ignore[arg-type] - of each keyword
        assert len(resources_of(stack, KEY)) == 1

    def test_of_a_token_in_another_unit_say_which(self, stack: Stack) -> None:
        """
        A number of hours that is known at deployment cannot be converted.
        """
        hours = CfnParameter(stack, "Hours", type="Number").value_as_number
        with pytest.raises(ValidationError, match=r"must be Duration\.days\(\) when its value is"):
            ivs.SigningKey(stack, "SigningKey", pending_window=Duration.hours(hours))
        assert stack.node.try_find_child("SigningKey") is None
