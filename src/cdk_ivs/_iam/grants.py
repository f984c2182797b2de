"""Permissions on resources, for all principals that can have permissions."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol, Self, cast

from aws_cdk.interfaces import IEnvironmentAware
from constructs import IConstruct

from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._core.tree import Environment, scope_info
from cdk_ivs._validation.arns import arn_of
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, error_path_of, safe_repr
from cdk_ivs._validation.type_names import with_type

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
    """
    Permissions on one resource.

    Args:
        resource: The resource.
        arn: The ARN of the resource.
    """

    _RESOURCE_TYPE: ClassVar[ResourceType]

    def __init__(self, resource: IConstruct, arn: str) -> None:
        self._resource = cast("_Resource", resource)
        self._arn = arn

    @classmethod
    def _of(cls, resource: _Resource) -> Self:
        """Create the permissions on a resource."""
        return cls(resource, arn_of(cls._RESOURCE_TYPE.kind, resource, cls._RESOURCE_TYPE.kind))

    @classmethod
    def list_all(cls, scope: Construct, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to list all resources of the type in the account and Region of a stack.

        The grant is for all ARNs of the type if IAM authorizes the action on them, and for `*` if
        the action has no resource type in IAM.

        Args:
            scope: The stack, or a construct in it.
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the scope is not a construct, or if the grantee
                cannot have permissions.
            ValidationError: `NoStack` if the scope is not in a stack.
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
        Allow the grantee to call actions for which there is no method.

        The grant is for this one resource. IAM authorizes some actions on other resources too,
        which need their own grant: `DeleteChannel` and `ListStreamKeys` on stream keys, and
        `StartComposition` on the configurations and the channel of the composition.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.
            *actions: The names of the actions, with or without the prefix of the service. IAM must
                authorize them on the resource.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if an action is not a string, or if the grantee cannot
                have permissions.
            ValidationError: `Action` if there is no action, or if the resource does not have the
                action. `ActionOnAll` if IAM does not authorize the action on a single resource.
        """
        with error_path_of(self._resource):
            if not actions:
                raise ValidationError(
                    "'actions' must have at least one action, got none", code="Action"
                )
            names = [_checked(self._RESOURCE_TYPE, action) for action in actions]
        return self._grant(grantee, *names)

    def _grant(self, grantee: IGrantable, *actions: str) -> Grant:
        """Allow actions on the resource."""
        return grant_actions(self._resource, grantee, self._RESOURCE_TYPE, actions, self._arn)

    def _on_all(self, resource_type: ResourceType, *actions: str) -> Statement:
        """Return a statement for all resources of a type in the account and Region of this one."""
        env = self._resource.env
        arn = wildcard_arn(self._resource, resource_type, Environment(env.account, env.region))
        return Statement(resource_type.service, actions, [arn])


class Statement(NamedTuple):
    """
    A statement that allows actions.

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
    """Allow a grantee to call actions on ARNs. Errors and warnings name the construct."""
    return grant_statements(construct, grantee, [Statement(resource_type.service, actions, arns)])


def grant_statements(
    construct: IConstruct, grantee: IGrantable, statements: Sequence[Statement]
) -> Grant:
    """Give a grantee the permissions of statements. Errors and warnings name the construct."""
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
        # The CDK leaves out conditions that are None.
        rendered.append(
            {"Effect": "Allow", "Action": names, "Resource": arns, "Condition": conditions}
        )
    warn_if_nothing_added(construct, grantee, grants[0], rendered)
    return combined(grants)


def wildcard_arn(
    scope: IConstruct, resource_type: ResourceType, environment: Environment | None = None
) -> str:
    """Return the ARN of all resources of a type, by default where the stack is."""
    if environment is None:
        return scope_info(scope).arn(resource_type.service, f"{resource_type.arn_name}/*")
    from aws_cdk import Stack

    return Stack.of(scope).format_arn(
        service=resource_type.service,
        resource=resource_type.arn_name,
        resource_name="*",
        account=environment.account,
        region=environment.region,
    )


def split_action(action: object) -> tuple[str, str]:
    """Split an action into its prefix, which can be empty, and its name."""
    if not isinstance(action, str):
        one_by_one = (
            "; give the names one by one, as in actions(role, 'GetChannel', 'StopStream')"
            if isinstance(action, (list, tuple, set, frozenset))
            else ""
        )
        raise ArgumentTypeError(f"'actions' must be str, got {with_type(action)}{one_by_one}")
    prefix, _, name = action.rpartition(":")
    return prefix, name


def _checked(resource_type: ResourceType, action: str) -> str:
    """Return the name of an action without its prefix, or refuse the action."""
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
    """Suggest the action whose name is the most similar."""
    if "*" in name:
        return "name the actions one by one"
    (nearest,) = difflib.get_close_matches(name, actions, n=1, cutoff=0)
    return f"the nearest is '{prefix}{nearest}'"


def suggest_for_action(resource_type: ResourceType, action: str) -> str:
    """Suggest the method for an action that IAM does not authorize on one resource."""
    if action.startswith("List"):
        package = "chat." if resource_type.service == "ivschat" else ""
        return f"use {package}{resource_type.class_name}Grants.list_all()"
    if action in resource_type.type_actions:
        return "use TaggedGrants"
    if action == "RevokeConnectionToken":
        return f"use {resource_type.class_name}Grants.revoke_connection_token()"
    return "use a policy statement of your own"
