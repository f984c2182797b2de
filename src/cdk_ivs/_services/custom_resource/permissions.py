"""
The permissions of the handler, within the limits of IAM.

A permission must last until its custom resource is deleted. CloudFormation changes a policy before
it deletes the resources that left the template. Therefore, policies never change. Each custom
resource has its own policy. If these no longer fit, a policy lists resources, and its logical ID is
generated from its content. Another list is another policy, and CloudFormation deletes the earlier
policy after the custom resources that depend on it. Until then, the role has both, so each can use
no more than half of the limit.

A list depends on all resources in it, so dependencies between them can become circular. That is why
lists are the exception, and why a list that would close a circle allows all resources of a type
instead.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from aws_cdk import Aws
from aws_cdk.aws_iam import CfnManagedPolicy, CfnRolePolicy

from cdk_ivs._core.annotations import warn_unless_acknowledged
from cdk_ivs._core.dependencies import Dependencies
from cdk_ivs._core.lazy import lazy_string, uncached_any
from cdk_ivs._core.synth_validation import validate_at_synth
from cdk_ivs._iam.grants import wildcard_arn
from cdk_ivs._validation.arns import Arn, resource_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aws_cdk import CfnResource, CustomResource, Stack
    from constructs import Construct

    from cdk_ivs._validation.errors import ValidationError

    from .operations import Operation

# IAM counts characters without whitespace: 10,240 for all inline policies of a role together,
# 6,144 for a managed policy.
INLINE_CHARACTERS = 10_240 // 2
WIDE_CHARACTERS = 700
SINGLE_CHARACTERS = INLINE_CHARACTERS - WIDE_CHARACTERS
MANAGED_CHARACTERS = 6_144
# A role has at most 10 managed policies. One is for the log of the function, and one for the
# resources that the function creates. That one never changes, so it never exists twice.
MANAGED_POLICIES = (10 - 2) // 2
# The ARN of a resource that CloudFormation creates: the ID has 12 characters, or is a UUID.
_CREATED_ARN = len("arn:aws:ivschat:ap-northeast-1:123456789012:channel/") + 36
# The longest ARN that the API accepts.
_LONGEST_ARN = 128
POLICY_ID = "Policy"
_NO_STATEMENTS = len('{"Version":"2012-10-17","Statement":[]}')


class Target(NamedTuple):
    """
    The resource for an operation.

    Attributes:
        arn: Its ARN.
        created: Whether the stack creates it, so that another resource has another logical ID.
        identity: A value that is the same at every synthesis, unlike the text of a token.
    """

    arn: str
    created: bool
    identity: str

    @classmethod
    def of(cls, stack: Stack, arn: str, *, created: bool) -> Target:
        """Return the target of an operation in a stack."""
        known = Arn.parse(arn).is_concrete
        return cls(arn, created, arn if known else json.dumps(stack.resolve(arn), sort_keys=True))

    @property
    def digest(self) -> str:
        """Return a short text for IDs."""
        return _digest(self.identity)

    @property
    def is_fixed(self) -> bool:
        """Whether the template changes when the ARN changes."""
        return self.created or Arn.parse(self.arn).is_concrete

    @property
    def characters(self) -> int:
        """The maximum length of the ARN."""
        if Arn.parse(self.arn).is_concrete:
            return len(self.arn)
        return _CREATED_ARN if self.created else _LONGEST_ARN


class Permission(NamedTuple):
    """
    The permission for a custom resource.

    Attributes:
        construct: The custom resource.
        operation: The operation of the handler.
        target: The resource for the operation.
        logical_id: The logical ID of the custom resource, unless it is generated from the path.
    """

    construct: CustomResource
    operation: Operation
    target: Target
    logical_id: str | None

    def cost(self, *, alone: bool) -> int:
        """Return the characters that it needs in a policy, alone or with others of its kind."""
        statement = {"Action": self.operation.actions, "Effect": "Allow", "Resource": []}
        around = len(json.dumps(statement, separators=(",", ":"))) + _NO_STATEMENTS if alone else 0
        return around + self.target.characters + len('"",')


class Permissions:
    """The permissions of the role of the handler."""

    def __init__(self, stack: Stack, scope: Construct, role_name: str) -> None:
        self._stack = stack
        self._scope = scope
        self._role_name = role_name
        self._single_characters = SINGLE_CHARACTERS
        self._lists: list[_List] = []
        self._wide: CfnRolePolicy | None = None
        self._wide_arns: dict[tuple[str, ...], list[str]] = {}
        self._on_all_of: dict[Operation, CfnManagedPolicy] = {}

    def allow(self, needed: Permission) -> CfnResource:
        """
        Allow an operation on a resource.

        Returns:
            The policy, on which the custom resource has to depend.
        """
        return self._single(needed) or self._list(needed) or self._on_all(needed)

    def allow_on_all(self, operation: Operation) -> CfnResource:
        """
        Allow an operation on all resources of its type, because a new resource has no ARN yet.

        Returns:
            The policy, on which the custom resource has to depend. There is one for each operation.
        """
        if operation not in self._on_all_of:
            every = wildcard_arn(self._stack, operation.resource_type)
            self._on_all_of[operation] = CfnManagedPolicy(
                self._scope,
                f"{operation.value}Permissions",
                policy_document=_document({operation.actions: [every]}),
                roles=[self._role_name],
            )
        return self._on_all_of[operation]

    def _single(self, needed: Permission) -> CfnResource | None:
        """Return a policy for the one custom resource, or None if there is no room."""
        cost = needed.cost(alone=True)
        if cost > self._single_characters:
            return None
        self._single_characters -= cost
        resource = needed.construct
        # Inside the custom resource, so that both are removed together.
        policy = CfnRolePolicy(
            resource,
            POLICY_ID,
            policy_document=_document({needed.operation.actions: [needed.target.arn]}),
            policy_name="",
            role_name=self._role_name,
        )
        if needed.logical_id is not None:
            policy.override_logical_id(f"{needed.logical_id}Policy")
        # A logical ID can be longer than a name.
        name = f"IvsPermission{_digest([resource.node.path, needed.logical_id])}"
        # If the ARN can change without a change of the template, the name contains the ID of the
        # resource, because another name is another policy. CloudFormation cannot split the value
        # of a dynamic reference.
        if not needed.target.is_fixed and "{{resolve:" not in needed.target.arn:
            name = f"{name}-{resource_id(needed.target.arn)}"
        policy.policy_name = name
        return policy

    def _list(self, needed: Permission) -> CfnResource | None:
        """Return a policy that lists the resource with others, or None if there is no room."""
        if not needed.target.is_fixed:
            return None
        for known in self._lists:
            if known.add(needed):
                return known.policy
        if len(self._lists) == MANAGED_POLICIES:
            return None
        created = _List(self._stack, self._scope, f"Permissions{len(self._lists)}", self._role_name)
        self._lists.append(created)
        created.add(needed)
        return created.policy

    def _on_all(self, needed: Permission) -> CfnResource:
        """Return a policy for all resources of a type, and warn at the first of each kind."""
        if self._wide is None:
            self._wide = CfnRolePolicy(
                self._scope,
                "Permissions",
                policy_document={},
                policy_name="",
                role_name=self._role_name,
            )
        actions, resource_type = needed.operation.actions, needed.operation.resource_type
        if actions not in self._wide_arns:
            self._wide_arns[actions] = [wildcard_arn(self._stack, resource_type)]
            # Other actions need another policy, as with a list.
            digest = _digest(sorted(self._wide_arns))
            self._wide.policy_document = _document(self._wide_arns)
            self._wide.policy_name = f"IvsPermissions{digest}"
            self._wide.override_logical_id(f"cdkivsPermissions{digest}")
            _warn(
                needed,
                "the stack has more custom resources of cdk-ivs than the policies of a role can "
                "list",
            )
        return self._wide


class _List:
    """
    The statement about a list of resources.

    Attributes:
        policy: The policy in the template.
        stack: The stack.
    """

    def __init__(self, stack: Stack, scope: Construct, id: str, role_name: str) -> None:
        self.stack = stack
        self._prefix = f"cdkivs{id}"
        self._left = MANAGED_CHARACTERS
        # It is never empty when the template is rendered.
        self._permissions: list[Permission] = []
        self._is_wide = False
        self.policy = CfnManagedPolicy(
            scope,
            id,
            # Not cached between renderings, because the validation in between can widen the list.
            policy_document=uncached_any(self._render_document),
            roles=[role_name],
        )
        self.policy.override_logical_id(lazy_string(self._render_logical_id))
        validate_at_synth(scope, _widen_in_circles, self, early=True)

    def add(self, needed: Permission) -> bool:
        """Allow an operation, if there is room and the list is for this operation."""
        others = self._permissions
        if others and others[0].operation.actions != needed.operation.actions:
            return False
        cost = needed.cost(alone=not others)
        if cost > self._left:
            return False
        self._left -= cost
        others.append(needed)
        return True

    def widen(self) -> None:
        """Allow the operation on all resources of the type, without dependencies on them."""
        self._is_wide = True
        _warn(
            self._permissions[0],
            "resources of the stack depend on each other, and a policy that lists them would be "
            "part of a circular dependency",
        )

    def _render_document(self) -> dict[str, Any]:
        operation = self._permissions[0].operation
        if self._is_wide:
            resources = [wildcard_arn(self.stack, operation.resource_type)]
        else:
            # A policy must have a resource, even if nothing needs it anymore.
            nothing = [f"arn:{Aws.PARTITION}:ivs:::nothing"]
            resources = list(self._arns().values()) or nothing
        return _document({operation.actions: resources})

    def _render_logical_id(self) -> str:
        content = [self._permissions[0].operation.actions, sorted(self._arns())]
        return f"{self._prefix}{_digest(content)}"

    def _arns(self) -> dict[str, str]:
        """Return the ARNs by identity, without resources that were removed from the tree."""
        # One message, instead of several for each custom resource.
        in_tree = {id(construct) for construct in self.stack.node.find_all()}
        return {
            needed.target.identity: needed.target.arn
            for needed in self._permissions
            if id(needed.construct) in in_tree
        }


def _widen_in_circles(_: Construct, lists: Sequence[_List]) -> Iterable[ValidationError]:
    """Widen the lists that would close a circle of dependencies."""
    known: dict[int, Dependencies] = {}
    for each in lists:
        if id(each.stack) not in known:
            known[id(each.stack)] = Dependencies(each.stack)
        dependencies = known[id(each.stack)]
        if dependencies.way_back_to(each.policy) is not None:
            each.widen()
            dependencies.forget(each.policy)
    return ()


def _warn(needed: Permission, reason: str) -> None:
    operation = needed.operation
    warn_unless_acknowledged(
        needed.construct,
        "cdk-ivs:WidePermission",
        f"{reason}: the function of cdk-ivs may call {' and '.join(operation.actions)} on every "
        f"{operation.resource_type.arn_name} of the account and Region; to narrow the permission, "
        "split the stack",
    )


def _document(arns: Mapping[tuple[str, ...], list[str]]) -> dict[str, Any]:
    return {
        "Statement": [
            {"Action": list(actions), "Effect": "Allow", "Resource": resources}
            for actions, resources in arns.items()
        ],
        "Version": "2012-10-17",
    }


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]
