"""Permissions on resources, given to whoever can have them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol, Self, cast

from aws_cdk.interfaces import IEnvironmentAware
from constructs import IConstruct

from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._core.tree import scope_info
from cdk_ivs._validation.arns import arn_of
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, error_path_of, safe_repr

from .grantees import check_grantee, warn_if_nothing_added
from .resource_types import TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

    from cdk_ivs._core.resource_type import ResourceType


class _Resource(IConstruct, IEnvironmentAware, Protocol):
    """A resource, of this library or not."""


class Grants:
    """Permissions on one resource."""

    _RESOURCE_TYPE: ClassVar[ResourceType]

    def __init__(self, resource: IConstruct, arn: str) -> None:
        self._resource = cast("_Resource", resource)
        self._arn = arn

    @classmethod
    def _of(cls, resource: _Resource) -> Self:
        return cls(resource, arn_of(cls._RESOURCE_TYPE.kind, resource, cls._RESOURCE_TYPE.kind))

    @classmethod
    def list_all(cls, scope: Construct, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to list all resources of the type in the account and Region of a stack.

        On all ARNs of the type where the action is authorized on them, and on ``*`` where it
        has no resource in policies.

        Args:
            scope: The stack, or a construct in it.
            grantee: Who may, for instance a role or a function.

        Raises:
            ValidationError: If the scope is not in a stack, or the grantee cannot have permissions.
        """
        check_in_stack(scope)
        resource_type = cls._RESOURCE_TYPE
        statements = [
            Statement(resource_type.service, lists, [arn])
            for actions, arn in (
                (resource_type.type_actions, wildcard_arn(scope, resource_type)),
                (resource_type.unscoped_actions, "*"),
            )
            if (lists := [action for action in actions if action.startswith("List")])
        ]
        return grant_statements(scope, grantee, statements)

    def actions(self, grantee: IGrantable, *actions: str) -> Grant:
        """
        Allow the grantee to do what no other method here allows.

        On this one resource. A few actions are authorized on another as well, and need a grant
        there too: ``DeleteChannel`` and ``ListStreamKeys`` on stream keys, ``StartComposition``
        on all that the composition is made of.

        Args:
            grantee: Who may, for instance a role or a function.
            *actions: Names of actions that are authorized on the resource, with the prefix of
                the service or without.

        Raises:
            ValidationError: If there is no such action, or it is not about one resource.
        """
        with error_path_of(self._resource):
            if not actions:
                raise ValidationError(
                    "'actions' must have at least one action, got none", code="Action"
                )
            names = [_checked(self._RESOURCE_TYPE, action) for action in actions]
        return self._grant(grantee, *names)

    def _grant(self, grantee: IGrantable, *actions: str) -> Grant:
        """The actions on the one resource."""
        return grant_actions(self._resource, grantee, self._RESOURCE_TYPE, actions, self._arn)

    def _on_all(self, resource_type: ResourceType, *actions: str) -> Statement:
        """The actions on all resources of a type in the account and Region of this one."""
        env = self._resource.env
        arn = wildcard_arn(self._resource, resource_type, account=env.account, region=env.region)
        return Statement(resource_type.service, actions, [arn])


class Statement(NamedTuple):
    """
    A statement that allows something.

    Attributes:
        service: The prefix of the actions.
        actions: The actions, without the prefix.
        arns: The resources.
        conditions: The conditions by operator and key.
    """

    service: str
    actions: Sequence[str]
    arns: Sequence[str]
    conditions: Mapping[str, Mapping[str, str]] | None = None


def grant_actions(
    construct: IConstruct,
    grantee: IGrantable,
    resource_type: ResourceType,
    actions: Sequence[str],
    *arns: str,
) -> Grant:
    """Give somebody actions on ARNs. Errors and warnings are about the construct."""
    return grant_statements(construct, grantee, [Statement(resource_type.service, actions, arns)])


def grant_statements(
    construct: IConstruct, grantee: IGrantable, statements: Sequence[Statement]
) -> Grant:
    """Give somebody what statements allow. Errors and warnings are about the construct."""
    from aws_cdk.aws_iam import Grant

    from .combined_grant import combined

    check_grantee(construct, grantee)
    grants = []
    rendered: list[dict[str, object]] = []
    for statement in statements:
        names = [f"{statement.service}:{action}" for action in statement.actions]
        arns = list(statement.arns)
        conditions = statement.conditions
        grants.append(
            Grant.add_to_principal(
                grantee=grantee, actions=names, resource_arns=arns, conditions=conditions
            )
        )
        condition = {} if conditions is None else {"Condition": conditions}
        rendered.append({"Effect": "Allow", "Action": names, "Resource": arns, **condition})
    warn_if_nothing_added(construct, grantee, grants[0], rendered)
    return combined(grants)


def wildcard_arn(
    scope: IConstruct,
    resource_type: ResourceType,
    *,
    account: str | None = None,
    region: str | None = None,
) -> str:
    """The ARN of all resources of a type, by default in the account and Region of a stack."""
    if account is None and region is None:
        return scope_info(scope).arn(resource_type.service, f"{resource_type.arn_name}/*")
    from aws_cdk import Stack

    return Stack.of(scope).format_arn(
        service=resource_type.service,
        resource=resource_type.arn_name,
        resource_name="*",
        account=account,
        region=region,
    )


def split_action(action: object) -> tuple[str, str]:
    """The prefix of an action, which may be missing, and its name."""
    if not isinstance(action, str):
        one_by_one = (
            "; give the names one by one, as in actions(role, 'GetChannel', 'StopStream')"
            if isinstance(action, (list, tuple, set, frozenset))
            else ""
        )
        raise ArgumentTypeError(f"'actions' must be str, got '{type(action).__name__}'{one_by_one}")
    prefix, _, name = action.rpartition(":")
    return prefix, name


def _checked(resource_type: ResourceType, action: str) -> str:
    """The name of the action, without the prefix."""
    prefix, name = split_action(action)
    service, noun = resource_type.service, resource_type.arn_name
    allowed = resource_type.resource_actions
    if prefix in {"", service}:
        if name in allowed:
            return name
        if name in resource_type.actions:
            raise ValidationError(
                f"'actions' must be about one {noun}, got {safe_repr(action)}, which is "
                f"authorized on {resource_type.resource_of(name)}; "
                f"{suggest_for_action(resource_type, name)}",
                code="ActionOnAll",
            )
    others = [other.arn_name for other in TYPES if name in other.actions]
    if others and noun not in others:
        hint = f"it is an action on {' and '.join(others)} resources"
    else:
        hint = suggest_action(name, allowed, prefix=f"{service}:")
    raise ValidationError(
        f"'actions' must be actions on {noun} resources, got {safe_repr(action)}; {hint} "
        f"(allowed: {', '.join(allowed)})",
        code="Action",
    )


def suggest_action(name: str, actions: Sequence[str], *, prefix: str = "") -> str:
    """What to write in place of a wrong action: the one whose name is the most like it."""
    if "*" in name:
        return "name the actions one by one"
    (nearest,) = difflib.get_close_matches(name, actions, n=1, cutoff=0)
    return f"the nearest is '{prefix}{nearest}'"


def suggest_for_action(resource_type: ResourceType, action: str) -> str:
    """What gives an action that is not about one resource."""
    if action.startswith("List"):
        package = "chat." if resource_type.service == "ivschat" else ""
        return f"use {package}{resource_type.class_name}Grants.list_all()"
    if action in resource_type.type_actions:
        return "use TaggedGrants"
    if action == "RevokeConnectionToken":
        return f"use {resource_type.class_name}Grants.revoke_connection_token()"
    return "use a policy statement of your own"
