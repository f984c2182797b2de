"""Which actions tags can limit, and how: the statements for resources with certain tags."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._iam.grants import (
    Statement,
    grant_statements,
    nearest_action,
    split_action,
    suggest_for_action,
    wildcard_arn,
)
from cdk_ivs._iam.resource_types import CHANNEL, STREAM_KEY, TYPES
from cdk_ivs._validation.errors import ValidationError, error_path_of, safe_repr, safe_text
from cdk_ivs._validation.tags import check_tag_mapping, render_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

    from cdk_ivs._core.resource_type import ResourceType

_REFUSED = {
    "StartComposition": "use start_composition(), which also limits the composition",
    "TagResource": "the methods that create something grant it, for the tags of these grants",
    "UntagResource": "a resource without the tags is not limited by them",
}


class Limit(Enum):
    """What has the tags, for a statement to hold."""

    NOTHING = "nothing"
    """Nothing: another statement for the same call has the condition."""

    REQUEST = "request"
    """The request, which gives them to a new resource."""

    RESOURCE = "resource"
    """The resource."""

    REQUEST_AND_RESOURCE = "request and resource"
    """Both: the request creates something from the resource."""

    NO_OTHER = "no other"
    """The resource, unless it lacks the keys."""

    TAGGING = "tagging"
    """The request; and the resource, unless it lacks the keys, as a new one does."""


class TaggedStatements:
    """
    Statements on resources with certain tags.

    Args:
        scope: The stack, or a construct in it.
        tags: The tags.
    """

    def __init__(self, scope: Construct, *, tags: Mapping[str, str]) -> None:
        check_in_stack(scope)
        with error_path_of(scope):
            _check_tags(tags)
        self._scope = scope
        in_request = {f"aws:RequestTag/{key}": value for key, value in tags.items()}
        on_resource = {f"aws:ResourceTag/{key}": value for key, value in tags.items()}
        self._conditions: dict[Limit, Mapping[str, Mapping[str, str]] | None] = {
            Limit.NOTHING: None,
            Limit.REQUEST: {"StringEquals": in_request},
            Limit.RESOURCE: {"StringEquals": on_resource},
            Limit.REQUEST_AND_RESOURCE: {"StringEquals": {**in_request, **on_resource}},
            Limit.NO_OTHER: {"StringEqualsIfExists": on_resource},
            Limit.TAGGING: {"StringEquals": in_request, "StringEqualsIfExists": on_resource},
        }
        # Asked for here, so that no grant takes more than one message beside its statements.
        wildcard_arn(scope, CHANNEL)

    def _give(
        self,
        grantee: IGrantable,
        kinds: Sequence[ResourceType],
        *actions: str,
        untagged: Sequence[str] = (),
    ) -> Grant:
        """Allow the grantee to do something with resources of some types."""
        return grant_statements(self._scope, grantee, self._statements(kinds, actions, untagged))

    def _statements(
        self,
        kinds: Sequence[ResourceType],
        actions: Sequence[str],
        untagged: Sequence[str] = (),
    ) -> list[Statement]:
        """
        The statements for actions of one service on some types of resources.

        Args:
            kinds: The types.
            actions: The actions.
            untagged: Those of them that are allowed on resources without the keys, too.
        """
        found: dict[tuple[Limit, tuple[ResourceType, ...]], list[str]] = {}
        created: list[ResourceType] = []
        for action in sorted(set(actions), key=actions.index):
            by_limit: dict[Limit, list[ResourceType]] = {}
            for kind in kinds:
                limit = _limit(kind, action)
                if limit is Limit.RESOURCE and action in untagged:
                    limit = Limit.NO_OTHER
                if limit is not None:
                    by_limit.setdefault(limit, []).append(kind)
                # The service gives the key of a new channel no tags.
                if limit is Limit.REQUEST and (kind, action) != (STREAM_KEY, "CreateChannel"):
                    created.append(kind)
            for limit, on in by_limit.items():
                found.setdefault((limit, tuple(on)), []).append(action)
        statements = [
            self._statement(limit, on, sorted(names)) for (limit, on), names in found.items()
        ]
        return statements + ([self._tagging(*created)] if created else [])

    def _statement(
        self, limit: Limit, kinds: Sequence[ResourceType], actions: Sequence[str]
    ) -> Statement:
        arns = [wildcard_arn(self._scope, kind) for kind in kinds]
        return Statement(kinds[0].service, actions, arns, self._conditions[limit])

    def _tagging(self, *kinds: ResourceType) -> Statement:
        """To create a resource with tags takes the permission to tag."""
        return self._statement(Limit.TAGGING, kinds, ["TagResource"])


def _check_tags(tags: Mapping[str, str]) -> None:
    """Refuse tags that AWS refuses, and those that no condition can have."""
    check_tag_mapping(tags)
    render_tags(tags, variables=True)
    if not tags:
        raise ValidationError(
            "'tags' must have at least one tag, got none; give at least one, such as "
            '{"team": "video"}',
            code="TagCount",
        )
    if any("${Token[" in key for key in tags):
        raise ValidationError(
            "'tags' must have keys that are known at synthesis, got a token: policies have "
            "them in the names of conditions",
            code="TagKey",
        )
    if len({key.lower() for key in tags}) < len(tags):
        raise ValidationError(
            "'tags' must have keys that differ in more than upper and lower case, got "
            f"{', '.join(safe_text(key) for key in tags)}: policies do not tell them apart",
            code="TagKey",
        )


def _limit(kind: ResourceType, action: str) -> Limit | None:
    """How tags limit an action on a type, or None where it is not authorized on that."""
    if action in kind.resource_actions:
        # The channel must have the tags. The key that was created with it has none.
        is_by_channel = kind is STREAM_KEY and action == "DeleteChannel"
        return Limit.NOTHING if is_by_channel else Limit.RESOURCE
    if action in kind.type_actions:
        return Limit.NOTHING if action.startswith("List") else Limit.REQUEST
    return None


def checked_tagged(scope: Construct, actions: Sequence[object]) -> dict[str, list[str]]:
    """The names of the actions by service, none of which tags cannot limit."""
    with error_path_of(scope):
        if not actions:
            raise ValidationError("'actions' must be at least one action, got none", code="Action")
        found: dict[str, list[str]] = {}
        for action in actions:
            service, name = _checked(action)
            found.setdefault(service, []).append(name)
    return found


def _checked(action: object) -> tuple[str, str]:
    """The service and the name of an action."""
    prefix, name = split_action(action)
    kinds = [kind for kind in TYPES if prefix in {"", kind.service} and name in kind.actions]
    services = {kind.service for kind in kinds}
    got = safe_repr(action)
    if not kinds:
        known = [f"{kind.service}:{action}" for kind in TYPES for action in kind.actions]
        hint = (
            "name the actions one by one"
            if "*" in name
            else f"the nearest is '{nearest_action(f'{prefix}:{name}', known)}'"
        )
        raise ValidationError(
            f"'actions' must be actions of IVS or IVS Chat, got {got}; {hint}", code="Action"
        )
    if name in _REFUSED:
        raise ValidationError(
            f"'actions' must not have {got}: {_REFUSED[name]}", code="ActionWithoutTags"
        )
    if len(services) > 1:
        both = " or ".join(f"'{service}:{name}'" for service in sorted(services))
        raise ValidationError(
            f"'actions' must have a prefix where both services have the action, got {got}; "
            f"use {both}",
            code="Action",
        )
    # Of two types, one may have no tags in the request: the keys of a channel are listed.
    if not {_limit(kind, name) for kind in kinds} & {Limit.REQUEST, Limit.RESOURCE}:
        raise ValidationError(
            f"'actions' must be actions that tags can limit, got {got}, which is authorized on "
            f"{kinds[0].resource_of(name)}; {suggest_for_action(kinds[0], name)}",
            code="ActionWithoutTags",
        )
    return services.pop(), name
