"""The statements for resources with certain tags, and the actions that tags can limit."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._iam.grants import (
    Statement,
    grant_statements,
    split_action,
    suggest_action,
    suggest_for_action,
    wildcard_arn,
)
from cdk_ivs._iam.resource_types import CHANNEL, STREAM_KEY, TYPES
from cdk_ivs._validation.errors import ValidationError, error_path_of, safe_repr, safe_text
from cdk_ivs._validation.tags import check_tag_mapping, check_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

    from cdk_ivs._core.resource_type import ResourceType

_REFUSED = {
    "StartComposition": "use start_composition(), which also limits the composition",
    "TagResource": "the methods that create something grant it, for the tags of these grants",
    "UntagResource": "tags do not limit a resource that has lost them",
}


class TagCondition(Enum):
    """The condition on tags in a statement."""

    NONE = auto()
    """No condition. Another statement for the same call has the condition."""

    REQUEST = auto()
    """The request must have the tags, which it gives to a new resource."""

    RESOURCE = auto()
    """The resource must have the tags."""

    REQUEST_AND_RESOURCE = auto()
    """Both must have the tags: the request creates something from the resource."""

    RESOURCE_IF_KEYED = auto()
    """The resource must have the tags, unless it lacks the keys."""

    TAGGING = auto()
    """The request must have the tags, and the resource must have them or lack the keys."""


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
        self._conditions: dict[TagCondition, Mapping[str, Mapping[str, str]] | None] = {
            TagCondition.NONE: None,
            TagCondition.REQUEST: {"StringEquals": in_request},
            TagCondition.RESOURCE: {"StringEquals": on_resource},
            TagCondition.REQUEST_AND_RESOURCE: {"StringEquals": {**in_request, **on_resource}},
            TagCondition.RESOURCE_IF_KEYED: {"StringEqualsIfExists": on_resource},
            TagCondition.TAGGING: {
                "StringEquals": in_request,
                "StringEqualsIfExists": on_resource,
            },
        }
        # The first call takes a message, which would otherwise count for the first grant.
        wildcard_arn(scope, CHANNEL)

    def _allow(
        self,
        grantee: IGrantable,
        *actions: str,
        on: Sequence[ResourceType] = TYPES,
        untagged: Sequence[str] = (),
    ) -> Grant:
        """Allow the grantee to call actions on all types on which IAM authorizes them."""
        return grant_statements(self._scope, grantee, self._statements(actions, on, untagged))

    def _statements(
        self, actions: Sequence[str], types: Sequence[ResourceType], untagged: Sequence[str] = ()
    ) -> list[Statement]:
        """
        Return the statements for actions of one service.

        Args:
            actions: The actions.
            types: The types of resources. An action is allowed on those on which IAM authorizes it.
            untagged: The actions that are also allowed on resources without the keys.
        """
        found: dict[tuple[TagCondition, tuple[ResourceType, ...]], list[str]] = {}
        created: list[ResourceType] = []
        for action in dict.fromkeys(actions):
            by_condition: dict[TagCondition, list[ResourceType]] = {}
            for resource_type in types:
                condition = _condition(resource_type, action)
                if condition is None:
                    continue
                if condition is TagCondition.RESOURCE and action in untagged:
                    condition = TagCondition.RESOURCE_IF_KEYED
                by_condition.setdefault(condition, []).append(resource_type)
                if condition is TagCondition.REQUEST and _gets_tags(resource_type, action):
                    created.append(resource_type)
            for condition, on in by_condition.items():
                found.setdefault((condition, tuple(on)), []).append(action)
        statements = [
            self._statement(condition, on, sorted(names))
            for (condition, on), names in found.items()
        ]
        return statements + ([self._tagging(*created)] if created else [])

    def _statement(
        self, condition: TagCondition, types: Sequence[ResourceType], actions: Sequence[str]
    ) -> Statement:
        arns = [wildcard_arn(self._scope, resource_type) for resource_type in types]
        return Statement(types[0].service, actions, arns, self._conditions[condition])

    def _tagging(self, *types: ResourceType) -> Statement:
        """Return the permission to tag, without which a resource cannot be created with tags."""
        return self._statement(TagCondition.TAGGING, types, ["TagResource"])


def _check_tags(tags: Mapping[str, str]) -> None:
    """Refuse tags that AWS refuses, and those that a condition cannot contain."""
    check_tag_mapping(tags)
    check_tags(tags, variables=True)
    if not tags:
        raise ValidationError(
            "'tags' must have at least one tag, got none; give at least one, such as "
            '{"team": "video"}',
            code="TagCount",
        )
    # CloudFormation resolves dynamic references in values only.
    late = [key for key in tags if "${Token[" in key or "{{resolve:" in key]
    if late:
        raise ValidationError(
            f"'tags' must have keys that are known at synthesis, got {safe_repr(late[0])}: the "
            "names of condition keys contain them",
            code="TagKey",
        )
    if len({key.lower() for key in tags}) < len(tags):
        raise ValidationError(
            "'tags' must have keys that differ in more than case, got "
            f"{', '.join(safe_text(key) for key in tags)}: IAM ignores the case of condition keys",
            code="TagKey",
        )


def _condition(resource_type: ResourceType, action: str) -> TagCondition | None:
    """Return how tags limit an action on a type, or None if IAM does not authorize it there."""
    if action in resource_type.resource_actions:
        # The channel must have the tags. The stream key that was created with it has none.
        is_by_channel = resource_type is STREAM_KEY and action == "DeleteChannel"
        return TagCondition.NONE if is_by_channel else TagCondition.RESOURCE
    if action in resource_type.type_actions:
        return TagCondition.NONE if action.startswith("List") else TagCondition.REQUEST
    return None


def _gets_tags(resource_type: ResourceType, action: str) -> bool:
    """Whether a new resource gets the tags. The stream key of a new channel does not."""
    return resource_type is not STREAM_KEY or action != "CreateChannel"


def checked_tagged(scope: Construct, actions: Sequence[object]) -> dict[str, list[str]]:
    """Return the names of the actions by service, and refuse actions that tags cannot limit."""
    with error_path_of(scope):
        if not actions:
            raise ValidationError(
                "'actions' must have at least one action, got none", code="Action"
            )
        by_service: dict[str, list[str]] = {}
        for service, name in map(_checked, actions):
            by_service.setdefault(service, []).append(name)
    return by_service


def _checked(action: object) -> tuple[str, str]:
    """Return the service and the name of an action, or refuse the action."""
    prefix, name = split_action(action)
    types = [each for each in TYPES if prefix in {"", each.service} and name in each.actions]
    services = {each.service for each in types}
    got = safe_repr(action)
    if not types:
        known = [f"{each.service}:{action}" for each in TYPES for action in each.actions]
        raise ValidationError(
            f"'actions' must be actions of IVS or IVS Chat, got {got}; "
            f"{suggest_action(f'{prefix}:{name}', known)}",
            code="Action",
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
    # IAM can authorize an action on two types, and check tags on one of them only: ListStreamKeys.
    if not {_condition(each, name) for each in types} - {None, TagCondition.NONE}:
        raise ValidationError(
            f"'actions' must be actions that tags can limit, got {got}, which is authorized on "
            f"{types[0].resource_of(name)}; {suggest_for_action(types[0], name)}",
            code="ActionWithoutTags",
        )
    return services.pop(), name
