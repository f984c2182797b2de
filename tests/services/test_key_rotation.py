"""How a key that signs tokens is rotated: two are good at once, within the three of the quota."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jwt
import pytest
from aws_cdk import App, CfnOutput, Environment, NestedStack, Stack
from aws_cdk.aws_iam import Role, ServicePrincipal

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from ivs_tokens import KmsSigner, playback_token
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.cloudformation import CustomResource, directly
from tests.support.keys import P384_PEM
from tests.support.kms import Kms, KmsKey, served_kms
from tests.support.oracles import template_of
from tests.support.service import CHANNEL

KINDS: dict[str, Any] = {
    "AWS::IVS::PlaybackKeyPair": ivs.PlaybackKeyPair,
    "AWS::IVS::PublicKey": ivs.PublicKey,
}
every_kind = pytest.mark.parametrize("kind", KINDS)


class Step(NamedTuple):
    """
    A deployment.

    Attributes:
        keys: The keys that are there.
        signs: The one that new tokens are signed with.
    """

    keys: tuple[str, ...]
    signs: str


BEFORE = Step(("Key2026",), "Key2026")
STEPS = (
    Step(("Key2026", "Key2027"), "Key2026"),
    Step(("Key2026", "Key2027"), "Key2027"),
    Step(("Key2027",), "Key2027"),
)
DEPLOYMENTS = (BEFORE, *STEPS)


def deployed(folder: Path, kind: str, step: Step) -> dict[str, Any]:
    """The template of a deployment, in which nothing is warned about."""
    app = App(outdir=str(folder), analytics_reporting=False)
    stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))
    backend = Role(stack, "Backend", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
    for id in step.keys:
        key = ivs.SigningKey(stack, id)
        KINDS[kind](stack, f"{id}Import", signing_key=key)
        key.grants.sign(backend)
        if id == step.signs:
            CfnOutput(stack, "SigningKeyArn", value=key.key_arn)
    template = template_of(stack)
    assert warnings_of(stack) == []
    return template


@pytest.fixture(params=KINDS)
def templates(request: pytest.FixtureRequest, tmp_path: Path) -> list[dict[str, Any]]:
    """The templates of all deployments, the one before the rotation first."""
    return [
        deployed(tmp_path / str(number), request.param, step)
        for number, step in enumerate(DEPLOYMENTS)
    ]


def imports(template: dict[str, Any]) -> dict[str, str]:
    """The logical ids of the public keys that IVS has, by that of the key that each is of."""
    resources = template["Resources"]
    found = {}
    for logical_id, resource in resources.items():
        if resource["Type"] in KINDS:
            material, attribute = resource["Properties"]["PublicKeyMaterial"]["Fn::GetAtt"]
            assert attribute == "PublicKeyPem"
            key, _ = resources[material]["Properties"]["ResourceArn"]["Fn::GetAtt"]
            found[key] = logical_id
    return found


def signing_key(template: dict[str, Any]) -> str:
    """The logical id of the key that new tokens are signed with."""
    key, _ = template["Outputs"]["SigningKeyArn"]["Value"]["Fn::GetAtt"]
    return str(key)


class TestSteps:
    def test_change_nothing_of_what_stays(self, templates: list[dict[str, Any]]) -> None:
        """
        No step replaces or updates a key, an import or what reads the key.
        """
        for old, new in itertools.pairwise(templates):
            both = old["Resources"].keys() & new["Resources"].keys()
            changed = {name for name in both if old["Resources"][name] != new["Resources"][name]}
            # Which says what the backend may sign with.
            assert {old["Resources"][name]["Type"] for name in changed} <= {"AWS::IAM::Policy"}

    def test_sign_with_no_key_that_is_not_imported_yet(
        self, templates: list[dict[str, Any]]
    ) -> None:
        """
        The key of new tokens was imported by the deployment before.
        """
        for old, new in itertools.pairwise(templates):
            assert signing_key(new) in imports(old)

    def test_keep_the_old_key_while_its_tokens_are_good(
        self, templates: list[dict[str, Any]]
    ) -> None:
        """
        One more deployment than those that sign with it has its import.
        """
        keys = [set(imports(template)) for template in templates]
        old, new = signing_key(templates[0]), signing_key(templates[-1])
        assert keys == [{old}, {old, new}, {old, new}, {new}]

    def test_remove_the_import_and_retain_the_key(self, templates: list[dict[str, Any]]) -> None:
        """
        The last step deletes what is of the old key, but for the key itself.
        """
        before, after = templates[-2]["Resources"], templates[-1]["Resources"]
        gone = {name: before[name] for name in before.keys() - after.keys()}
        assert sorted(resource["Type"] for resource in gone.values()) == [
            "AWS::IAM::RolePolicy",
            before[imports(templates[0])[signing_key(templates[0])]]["Type"],
            "AWS::KMS::Key",
            "Custom::IVSSigningKeyPem",
        ]
        retained = {
            resource["Type"]
            for resource in gone.values()
            if resource.get("DeletionPolicy") == "Retain"
        }
        assert retained == {"AWS::KMS::Key"}


class TestTokens:
    @pytest.fixture
    def kms(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kms]:
        """KMS without keys."""
        with served_kms() as kms:
            kms.keys.clear()
            monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", kms.url)
            monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
            yield kms

    def test_are_good_until_their_key_leaves(
        self, templates: list[dict[str, Any]], kms: Kms
    ) -> None:
        """
        A token of the old key verifies until the last step, and one of the new key from the
        first step on, against what the handler answers for each import.
        """
        arns: dict[str, str] = {}
        for name in (signing_key(templates[0]), signing_key(templates[-1])):
            arns[name] = arn(f"key/{len(arns)}234abcd-12ab-34cd-56ef-1234567890ab", service="kms")
            kms.keys[arns[name]] = KmsKey()
        tokens = [
            playback_token(
                KmsSigner(key_arn, client=kms.client()), channel_arn=CHANNEL, expires_in=300
            )
            for key_arn in arns.values()
        ]
        good = []
        for template in templates:
            pems = [public_key_pem(arns[key]) for key in imports(template)]
            good.append([any(verifies(token, pem) for pem in pems) for token in tokens])
        assert good == [[True, False], [True, True], [True, True], [False, True]]


def public_key_pem(key_arn: str) -> str:
    """What the handler answers for a key."""
    properties = {"Operation": "PublicKeyPem", "ResourceArn": key_arn}
    return CustomResource(directly, properties).create().data["PublicKeyPem"]


def verifies(token: str, pem: str) -> bool:
    """Whether IVS would take a token by an imported key."""
    try:
        jwt.decode(token, pem, algorithms=["ES384"])
    except jwt.InvalidSignatureError:
        return False
    return True


@every_kind
class TestRemainingQuota:
    def test_counts_down_from_three(self, stack: Stack, kind: str) -> None:
        """
        Each import leaves one less, down to none.
        """
        construct = KINDS[kind]
        left = [construct.remaining_quota(stack)]
        for number in range(4):
            construct(stack, f"Import{number}", public_key_material=P384_PEM)
            left.append(construct.remaining_quota(stack))
        assert left == [3, 2, 1, 0, 0]

    def test_warns_where_none_was_left(self, stack: Stack, kind: str) -> None:
        """
        The import after the last place is the one that is warned about.
        """
        construct = KINDS[kind]
        while construct.remaining_quota(stack):
            construct(
                stack, f"Import{construct.remaining_quota(stack)}", public_key_material=P384_PEM
            )
        assert warnings_of(stack) == []
        construct(stack, "OneMore", public_key_material=P384_PEM)
        ((path, text),) = warnings_of(stack)
        assert path == "/Stack/OneMore"
        assert "[ack: cdk-ivs:Quota" in text

    def test_counts_its_own_type_only(self, stack: Stack, kind: str) -> None:
        """
        Low latency and real time have three each.
        """
        for other in KINDS.keys() - {kind}:
            KINDS[other](stack, "Other", public_key_material=P384_PEM)
        assert KINDS[kind].remaining_quota(stack) == 3

    def test_is_of_the_app_in_one_account_and_region(self, app: App, kind: str) -> None:
        """
        Stacks of one account and Region share the quota, others have their own.
        """
        construct = KINDS[kind]
        here = [Stack(app, id, env=Environment(account=ACCOUNT, region=REGION)) for id in "AB"]
        there = Stack(app, "C", env=Environment(account=ACCOUNT, region="eu-west-1"))
        for stack in here:
            construct(stack, "Import", public_key_material=P384_PEM)
        assert [construct.remaining_quota(stack) for stack in (*here, there)] == [1, 1, 3]

    def test_is_of_the_stack_where_those_are_not_known(self, app: App, kind: str) -> None:
        """
        Two stacks without an environment may be deployed to different ones.
        """
        construct = KINDS[kind]
        stack, other = Stack(app, "A"), Stack(app, "B")
        construct(stack, "Import", public_key_material=P384_PEM)
        assert [construct.remaining_quota(scope) for scope in (stack, other)] == [2, 3]

    def test_is_of_the_scope_s_stack(self, located_stack: Stack, kind: str) -> None:
        """
        A nested stack is in the account and Region of its stack.
        """
        construct = KINDS[kind]
        construct(located_stack, "Import", public_key_material=P384_PEM)
        assert construct.remaining_quota(NestedStack(located_stack, "Nested")) == 2

    def test_does_not_count_what_was_removed(self, stack: Stack, kind: str) -> None:
        """
        An import that was taken out of the tree leaves its place.
        """
        construct = KINDS[kind]
        construct(stack, "Import", public_key_material=P384_PEM)
        stack.node.try_remove_child("Import")
        assert construct.remaining_quota(stack) == 3

    def test_counts_no_references(self, stack: Stack, kind: str) -> None:
        """
        What exists already is not of this app, as for the warning.
        """
        if kind == "AWS::IVS::PublicKey":
            ivs.PublicKey.from_public_key_arn(stack, "Existing", arn("public-key/a"))
        else:
            ivs.PlaybackKeyPair.from_playback_key_pair_arn(stack, "Existing", arn("playback-key/a"))
        assert KINDS[kind].remaining_quota(stack) == 3

    def test_needs_a_stack(self, app: App, kind: str) -> None:
        """
        An app is in no account and Region.
        """
        with pytest.raises(ValidationError, match="'scope' must be a stack or a construct in one"):
            KINDS[kind].remaining_quota(app)
