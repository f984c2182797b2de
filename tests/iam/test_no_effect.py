"""Grants that the CDK accepts and that add nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsii
import pytest
from aws_cdk import Annotations, App, Environment, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import (
    AccountPrincipal,
    AddToPrincipalPolicyResult,
    ArnPrincipal,
    CompositePrincipal,
    FederatedPrincipal,
    Group,
    IGrantable,
    IPrincipal,
    IRole,
    LazyRole,
    ManagedPolicy,
    Policy,
    PolicyStatement,
    PrincipalPolicyFragment,
    PrincipalWithConditions,
    Role,
    ServicePrincipal,
    User,
)
from aws_cdk.aws_lambda import Code, Function, Runtime
from constructs import Construct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from tests.iam.cases import BY_ID, ids
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION

ROLE = "arn:aws:iam::123456789012:role/role"
KEY = "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
LAMBDA = ServicePrincipal("lambda.amazonaws.com")
Make = Callable[[Stack], Any]


def a_role(stack: Stack) -> Role:
    """A role that can be changed."""
    return Role(stack, "Role", assumed_by=LAMBDA)


def immutable(stack: Stack) -> IRole:
    """An imported role that must not be changed."""
    return Role.from_role_arn(stack, "Immutable", ROLE, mutable=False)


def a_function(stack: Stack, role: IRole | None = None) -> Function:
    """A function with a role."""
    return Function(
        stack,
        "Function",
        code=Code.from_inline("def handler(event, context): ..."),
        handler="index.handler",
        role=role,
        runtime=Runtime.PYTHON_3_13,
    )


def of_another_account(stack: Stack) -> IRole:
    """A role of an account that is not the stack's."""
    return Role.from_role_arn(stack, "Foreign", "arn:aws:iam::210987654321:role/role")


@jsii.implements(IGrantable)
class Whoever:
    """What has a principal, and is none."""

    def __init__(self, principal: IPrincipal) -> None:
        self._principal = principal

    @property
    def grant_principal(self) -> IPrincipal:
        """The principal."""
        return self._principal


@jsii.implements(IPrincipal)
class Delegate(Construct):
    """A construct that gives to a role what it gets, or to nobody."""

    def __init__(self, scope: Construct, role: Role | None) -> None:
        super().__init__(scope, "Delegate")
        self._role = role

    @property
    def assume_role_action(self) -> str:
        """The action by which the principal is assumed."""
        return "sts:AssumeRole"

    @property
    def grant_principal(self) -> IPrincipal:
        """The principal."""
        return self

    @property
    def policy_fragment(self) -> PrincipalPolicyFragment:
        """The principal in policies."""
        return ArnPrincipal(ROLE).policy_fragment

    @property
    def principal_account(self) -> str:
        """The account."""
        return ACCOUNT

    def add_to_principal_policy(self, statement: PolicyStatement) -> AddToPrincipalPolicyResult:
        """Give the statement to the role, if there is one."""
        if self._role is None:
            return AddToPrincipalPolicyResult(statement_added=False)
        return self._role.add_to_principal_policy(statement)


# Who gets no policy, with the path that the warning names.
UNCHANGED: dict[str, tuple[Make, str]] = {
    "immutable": (immutable, "Stack/Immutable"),
    "frozen": (lambda stack: a_role(stack).without_policy_updates(), "Stack/ImmutableRoleRole"),
    "resources only": (
        lambda stack: Role.from_role_arn(
            stack, "Only", ROLE, mutable=False, add_grants_to_resources=True
        ),
        "Stack/Only",
    ),
    "by name": (
        lambda stack: Role.from_role_name(stack, "Named", "role", mutable=False),
        "Stack/Named",
    ),
    "another account": (of_another_account, "Stack/Foreign"),
    "function": (lambda stack: a_function(stack, immutable(stack)), "Stack/Immutable"),
    "known function": (
        lambda stack: Function.from_function_attributes(
            stack,
            "Known",
            function_arn="arn:aws:lambda:us-west-2:123456789012:function:known",
            role=immutable(stack),
        ),
        "Stack/Immutable",
    ),
    "own class": (lambda stack: Whoever(immutable(stack)), "Stack/Immutable"),
    "own construct": (lambda stack: Delegate(stack, None), "Stack/Delegate"),
}
BARE: dict[str, tuple[Make, str]] = {
    "service": (lambda _: LAMBDA, "ServicePrincipal"),
    "account": (lambda _: AccountPrincipal(ACCOUNT), "AccountPrincipal"),
    "arn": (lambda _: ArnPrincipal(ROLE), "ArnPrincipal"),
    "federated": (lambda _: FederatedPrincipal("idp.example.com", {}), "FederatedPrincipal"),
    "several": (
        lambda stack: CompositePrincipal(LAMBDA, ArnPrincipal(a_role(stack).role_arn)),
        "CompositePrincipal",
    ),
    "conditions": (
        lambda _: PrincipalWithConditions(LAMBDA, {"Bool": {"aws:SecureTransport": "true"}}),
        "PrincipalWithConditions",
    ),
    "own class": (lambda _: Whoever(LAMBDA), "ServicePrincipal"),
}
CHANGED: dict[str, Make] = {
    "role": a_role,
    "function": a_function,
    "known role": lambda stack: Role.from_role_arn(stack, "Known", ROLE),
    "named role": lambda stack: Role.from_role_name(stack, "Known", "role"),
    "function of known role": lambda stack: a_function(
        stack, Role.from_role_arn(stack, "Known", ROLE)
    ),
    "user": lambda stack: User(stack, "User"),
    "known user": lambda stack: User.from_user_name(stack, "User", "user"),
    "group": lambda stack: Group(stack, "Group"),
    "known group": lambda stack: Group.from_group_name(stack, "Group", "group"),
    "policy": lambda stack: Policy(stack, "Policy", roles=[a_role(stack)]),
    "managed policy": lambda stack: ManagedPolicy(stack, "Policy"),
    "conditions": lambda stack: PrincipalWithConditions(a_role(stack), {}),
    "own class": lambda stack: Whoever(a_role(stack)),
    "own construct": lambda stack: Delegate(stack, a_role(stack)),
}


def policies_of(stack: Stack) -> int:
    """The number of policies of a stack."""
    template = Template.from_stack(stack)
    return sum(
        len(template.find_resources(kind))
        for kind in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
    )


class TestWarning:
    @pytest.mark.parametrize("kind", UNCHANGED)
    def test_says_what_a_role_needs(self, located_stack: Stack, kind: str) -> None:
        """
        A role that is left as it is gets nothing, and the warning has the statement for it.
        """
        make, path = UNCHANGED[kind]
        channel = ivs.Channel.from_channel_arn(
            located_stack, "Channel", "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"
        )
        channel.grants.stop_stream(make(located_stack))
        assert policies_of(located_stack) == 0
        assert warnings_of(located_stack) == [
            (
                "/Stack/Channel",
                (
                    f"the grant adds nothing: the app cannot change the policies of '{path}', "
                    "which is immutable or belongs to another account: they must contain "
                    '{"Effect": "Allow", "Action": ["ivs:StopStream"], "Resource": '
                    '["arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"]}; acknowledge '
                    "this warning when they do [ack: cdk-ivs:GrantNoEffect]"
                ),
            )
        ]

    @pytest.mark.parametrize("kind", BARE)
    def test_says_who_can_be_granted_something(self, stack: Stack, kind: str) -> None:
        """
        A principal without policies gets nothing, and the warning says who would.
        """
        make, name = BARE[kind]
        ivs.Channel(stack, "Channel").grants.read(make(stack))
        assert policies_of(stack) == 0
        assert warnings_of(stack) == [
            (
                "/Stack/Channel",
                (
                    f"the grant adds nothing: 'grantee' is {name}, a principal without policies "
                    "of its own, and IVS has no resource policies; grant to a role, a user or a "
                    "group instead, for example to "
                    'aws_iam.Role.from_role_arn(self, "…", "…") [ack: cdk-ivs:GrantNoEffect]'
                ),
            )
        ]

    def test_says_that_a_key_has_its_own_policy(self, stack: Stack) -> None:
        """
        A key of AWS KMS has a policy, unlike resources of IVS, but the grant leaves it alone.
        """
        ivs.SigningKey.from_signing_key_arn(stack, "Key", KEY).grants.sign(LAMBDA)
        assert warnings_of(stack) == [
            (
                "/Stack/Key",
                (
                    "the grant adds nothing: 'grantee' is ServicePrincipal, a principal without "
                    "policies of its own, and the grant does not change the policy of the key; "
                    "grant to a role, a user or a group instead, for example to "
                    'aws_iam.Role.from_role_arn(self, "…", "…") [ack: cdk-ivs:GrantNoEffect]'
                ),
            )
        ]

    @pytest.mark.parametrize("kind", CHANGED)
    def test_is_none_for_who_has_policies(self, stack: Stack, kind: str) -> None:
        """
        Whoever gets a policy is no news.
        """
        ivs.Channel(stack, "Channel").grants.read(CHANGED[kind](stack))
        assert policies_of(stack) == 1
        assert warnings_of(stack) == []

    def test_is_none_for_a_role_that_is_made_when_needed(self, stack: Stack) -> None:
        """
        A lazy role takes the statement with it when it is made.
        """
        role = LazyRole(stack, "Role", assumed_by=LAMBDA)
        ivs.Channel(stack, "Channel").grants.read(role)
        assert role.role_arn
        assert policies_of(stack) == 1
        assert warnings_of(stack) == []

    def test_is_that_of_the_cdk_for_an_unknown_role(self, stack: Stack) -> None:
        """
        The CDK itself warns about a function whose role is not known, once.
        """
        function = Function.from_function_name(stack, "Function", "known")
        ivs.Channel(stack, "Channel").grants.read(function)
        ((path, text),) = warnings_of(stack)
        assert path == "/Stack/Function"
        assert "Add statement to this resource's role" in text

    @pytest.mark.parametrize("where", ["stack", "known"])
    def test_is_none_for_roles_that_others_make(self, stack: Stack, where: str) -> None:
        """
        With roles that are to be made by others, the CDK reports what they need.
        """
        Role.customize_roles(stack, prevent_synthesis=where == "known")
        role = a_role(stack) if where == "stack" else Role.from_role_name(stack, "Role", "role")
        ivs.Channel(stack, "Channel").grants.read(role)
        assert [text for _, text in warnings_of(stack) if "cdk-ivs" in text] == []

    @pytest.mark.parametrize("grantee", [immutable, lambda _: LAMBDA], ids=["role", "service"])
    @pytest.mark.parametrize("id", ids())
    def test_is_given_by_every_grant(self, app: App, id: str, grantee: Make) -> None:
        """
        Every method of every class says so, on the resource or the scope.
        """
        stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))
        BY_ID[id].give(stack, grantee(stack))
        found = warnings_of(stack)
        assert found != []
        for path, text in found:
            assert path.startswith("/Stack")
            assert text.startswith("the grant adds nothing: ")
            assert text.endswith("[ack: cdk-ivs:GrantNoEffect]")

    def test_has_the_conditions(self, stack: Stack) -> None:
        """
        What must be added is the whole statement.
        """
        ivs.TaggedGrants(stack, tags={"app": "ugc"}).manage_rooms(immutable(stack))
        texts = [text for _, text in warnings_of(stack)]
        assert len(texts) == 3
        assert '"Condition": {"StringEquals": {"aws:RequestTag/app": "ugc"}}}; ack' in texts[0]

    def test_can_be_acknowledged(self, stack: Stack) -> None:
        """
        Once the role has the statement elsewhere, the warning goes by its id.
        """
        channel = ivs.Channel(stack, "Channel")
        channel.grants.read(immutable(stack))
        Annotations.of(channel).acknowledge_warning("cdk-ivs:GrantNoEffect", "done elsewhere")
        assert warnings_of(stack) == []


class TestMessages:
    def test_for_a_role_are_none(self, stack: Stack) -> None:
        """
        To know that a role, a user, a group or a policy takes the statement costs no message.
        """
        grants = ivs.Channel(stack, "Channel").grants
        role = a_role(stack)
        with sent_messages() as messages:
            grants.read(role)
        assert messages == ["StaticInvoke aws-cdk-lib.aws_iam.Grant"]

    def test_for_a_function_are_one(self, stack: Stack) -> None:
        """
        A function is asked for its role.
        """
        grants = ivs.Channel(stack, "Channel").grants
        function = a_function(stack)
        with sent_messages() as messages:
            grants.read(function)
        assert len(messages) == 2
