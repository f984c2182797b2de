"""The actions of the service, and the grants that give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal

import cdk_ivs as ivs
from cdk_ivs._iam.resource_types import TYPES
from cdk_ivs._iam.tagged.statements import checked_tagged

from .calls import References, grant_classes, keywords_of, methods_of, place
from .table import code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aws_cdk import Stack

    from cdk_ivs._core.resource_type import ResourceType

# So many types of resources are not listed: the tags of any can be read and changed.
MANY = 4
# The methods that take a stack: they are not about one resource.
OF_A_STACK = {"list_all", "revoke_connection_token"}


def action_rows() -> Iterator[tuple[str, ...]]:
    """The actions, what they are authorized on, and which grants give them."""
    given, stack = given_actions(), place()
    for action, kinds in sorted(all_actions().items()):
        methods = {method: on[action] for method, on in given.items() if action in on}
        narrow = {method: on for method, on in methods.items() if method[:6] != "Tagged"}
        named = by_name(action, kinds, set().union(*narrow.values()))
        tagged = by_tags(stack, action, [method for method in methods if method not in narrow])
        given_by = [*narrow, *named]
        yield (
            code(action),
            ", ".join(resources_of(action, kinds)),
            ", ".join(filter(None, [code(*given_by), tagged]))
            or "no method: use a policy statement",
        )


def by_tags(stack: Stack, action: str, methods: Sequence[str]) -> str:
    """The methods that give an action on resources with certain tags."""
    if len(methods) > MANY:
        return f"{len(methods)} methods of `TaggedGrants`"
    if methods:
        return code(*methods)
    try:
        checked_tagged(stack, [action])
    except ivs.ValidationError:
        return ""
    return code("TaggedGrants.actions()")


def all_actions() -> dict[str, list[ResourceType]]:
    """The types of resources that each action is about."""
    found: dict[str, list[ResourceType]] = {}
    for kind in TYPES:
        for action in kind.actions:
            found.setdefault(f"{kind.service}:{action}", []).append(kind)
    return found


def resources_of(action: str, kinds: Sequence[ResourceType]) -> Iterator[str]:
    """The resources that an action is authorized on."""
    name = action.partition(":")[2]
    if len(kinds) > MANY:
        yield f"`<type>/<id>`, {len(kinds)} types"
        return
    yield from (code(kind.resource_of(name)) for kind in kinds)


def by_name(action: str, kinds: Sequence[ResourceType], given: set[str]) -> list[str]:
    """The classes that give an action on one resource when it is named."""
    name = action.partition(":")[2]
    classes = {kind._RESOURCE_TYPE: public for public, kind in grant_classes()}  # noqa: SLF001 - as above
    found = [
        classes[kind]
        for kind in kinds
        if kind in classes and name in kind.resource_actions and kind.arn_name not in given
    ]
    return ["….grants.actions()"] if len(found) > MANY else [f"{one}.actions()" for one in found]


def given_actions() -> dict[str, dict[str, set[str]]]:
    """
    What each method of each class of grants gives, but for actions().

    By the name of the method and the action: the types of resources that it is given on.
    """
    stack = place()
    references = References(stack)
    roles: dict[str, str] = {}

    def role_for(method: str) -> Role:
        role = Role(stack, method, assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        child: Any = role.node.default_child
        roles[stack.get_logical_id(child)] = method
        return role

    for public, kind in grant_classes():
        for name in methods_of(kind):
            method = f"{public}.{name}()"
            if name in OF_A_STACK:
                getattr(kind, name)(stack, role_for(method))
            elif name != "actions" and not name.startswith("from_"):
                give = getattr(references.of(kind._RESOURCE_TYPE.kind).grants, name)  # noqa: SLF001 - as above
                others = {keyword: references.of(keyword) for keyword in keywords_of(give)}
                give(role_for(method), **others)
    tagged = ivs.TaggedGrants(stack, tags={"app": "ugc"})
    by_intent = [name for name in methods_of(ivs.TaggedGrants) if name != "actions"]
    for name in by_intent:
        getattr(tagged, name)(role_for(f"TaggedGrants.{name}()"))

    found: dict[str, dict[str, set[str]]] = {method: {} for method in roles.values()}
    for policy in Template.from_stack(stack).find_resources("AWS::IAM::Policy").values():
        properties = policy["Properties"]
        (role,) = properties["Roles"]
        for statement in properties["PolicyDocument"]["Statement"]:
            types = {arn.split(":")[-1].split("/")[0] for arn in several(statement["Resource"])}
            for action in several(statement["Action"]):
                found[roles[role["Ref"]]].setdefault(action, set()).update(types)
    return found


def several(values: str | list[str]) -> list[str]:
    """What policies have as one text where it is one."""
    return [values] if isinstance(values, str) else values
