"""Permissions on resources, given to whoever can have them."""

from __future__ import annotations

import difflib
import functools
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

from aws_cdk.interfaces import IEnvironmentAware
from constructs import IConstruct

from .actions import TYPES
from .arns import arn_of
from .errors import ArgumentTypeError, ValidationError, about, shown
from .grantees import check_grantee, warn_if_nothing_added
from .stacks import check_in_stack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

    from .actions import ResourceType


class _Resource(IConstruct, IEnvironmentAware, Protocol):
    """A resource, of this library or not."""


class Grants:
    """Permissions on one resource."""

    _KIND: ClassVar[str]
    _TYPE: ClassVar[ResourceType]

    def __init__(self, resource: _Resource, arn: str) -> None:
        self._resource = resource
        self._arn = arn

    @classmethod
    def _of(cls, resource: _Resource) -> Self:
        return cls(resource, arn_of(cls._KIND, resource, cls._KIND))

    @classmethod
    def list_all(cls, scope: Construct, grantee: IGrantable) -> Grant:
        """
        Let somebody list all resources of the type in the account and Region of a stack.

        On all ARNs of the type where the action is authorized on them, and on ``*`` where it
        has no resource in policies.

        Args:
            scope: The stack, or a construct in it.
            grantee: Who may, for instance a role or a function.

        Raises:
            ValidationError: If the scope is not in a stack, or the grantee cannot have permissions.
        """
        check_in_stack(scope)
        kind = cls._TYPE
        every = every_arn(scope, kind)
        return functools.reduce(
            lambda grants, grant: grants.combine(grant),
            [
                give(scope, grantee, kind, lists, arn)
                for actions, arn in ((kind.every, every), (kind.anywhere, "*"))
                if (lists := [action for action in actions if action.startswith("List")])
            ],
        )

    def actions(self, grantee: IGrantable, *actions: str) -> Grant:
        """
        Let somebody do what no other method here gives.

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
        with about(self._resource):
            if not actions:
                raise ValidationError(
                    "'actions' must be at least one action, got none", code="Action"
                )
            names = [_checked(self._TYPE, action) for action in actions]
        return self._grant(grantee, *names)

    def _grant(self, grantee: IGrantable, *actions: str) -> Grant:
        """The actions on the one resource."""
        return give(self._resource, grantee, self._TYPE, actions, self._arn)

    def _grant_on_all(self, grantee: IGrantable, kind: ResourceType, *actions: str) -> Grant:
        """The actions on all resources of a type in the account and Region of this one."""
        env = self._resource.env
        arn = every_arn(self._resource, kind, account=env.account, region=env.region)
        return give(self._resource, grantee, kind, actions, arn)


def give(
    construct: IConstruct,
    grantee: IGrantable,
    kind: ResourceType,
    actions: Sequence[str],
    *arns: str,
    conditions: Mapping[str, Mapping[str, str]] | None = None,
) -> Grant:
    """
    Give somebody actions on ARNs, under conditions by operator and key.

    Errors and warnings are about the construct.
    """
    from aws_cdk.aws_iam import Grant

    check_grantee(construct, grantee)
    names = [f"{kind.service}:{action}" for action in actions]
    grant = Grant.add_to_principal(
        grantee=grantee, actions=names, resource_arns=list(arns), conditions=conditions
    )
    statement: dict[str, object] = {"Effect": "Allow", "Action": names, "Resource": list(arns)}
    if conditions is not None:
        statement["Condition"] = conditions
    warn_if_nothing_added(construct, grantee, grant, statement)
    return grant


def every_arn(
    scope: IConstruct, kind: ResourceType, *, account: str | None = None, region: str | None = None
) -> str:
    """The ARN of all resources of a type, by default in the account and Region of a stack."""
    from aws_cdk import Stack

    return Stack.of(scope).format_arn(
        service=kind.service,
        resource=kind.name,
        resource_name="*",
        account=account,
        region=region,
    )


def _checked(kind: ResourceType, action: object) -> str:
    """The name of the action, without the prefix."""
    if not isinstance(action, str):
        one_by_one = (
            "; give the names one by one, as in actions(role, 'GetChannel', 'StopStream')"
            if isinstance(action, (list, tuple, set, frozenset))
            else ""
        )
        raise ArgumentTypeError(f"'actions' must be str, got '{type(action).__name__}'{one_by_one}")
    prefix, _, name = action.rpartition(":")
    if prefix in {"", kind.service}:
        if name in kind.own:
            return name
        if name in {*kind.every, *kind.anywhere}:
            raise ValidationError(
                f"'actions' must be about one {kind.name}, got {shown(action)}, which is "
                f"authorized on {'*' if name in kind.anywhere else f'{kind.name}/*'}; "
                f"{_instead(name)}",
                code="ActionOnAll",
            )
    others = [other.name for other in TYPES if name in {*other.own, *other.every, *other.anywhere}]
    if "*" in name:
        hint = "name the actions one by one"
    elif others and kind.name not in others:
        hint = f"it is an action on a {' and a '.join(others)}"
    else:
        nearest = difflib.get_close_matches(name, kind.own, n=1, cutoff=0)[0]
        hint = f"the nearest is '{kind.service}:{nearest}'"
    raise ValidationError(
        f"'actions' must be actions on a {kind.name}, got {shown(action)}; {hint} "
        f"(allowed: {', '.join(kind.own)})",
        code="Action",
    )


def _instead(name: str) -> str:
    """What gives an action that is not about one resource."""
    if name.startswith("List"):
        return "use list_all()"
    if name in {"CreateChannel", "CreateRoom", "CreateStage", "CreateStreamKey"}:
        return "use TaggedGrants"
    return "use a policy statement of your own"
