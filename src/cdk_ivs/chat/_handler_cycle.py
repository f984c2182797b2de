"""Rooms and functions that need each other, which CloudFormation would notice at deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from aws_cdk import CfnResource, Stack

from cdk_ivs._base.errors import ValidationError, bare
from cdk_ivs._base.scopes import is_in_tree, scope_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from constructs import Construct

    from cdk_ivs._base.scopes import Scope

    from ._room import Room

_POLICIES = {"AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role"}


def check_handler_cycles(_: Construct, rooms: Sequence[Room]) -> Iterator[ValidationError]:
    """
    What is wrong with rooms for which their own functions wait.

    To be called when the app is validated: the CDK has then added all dependencies.
    """
    # By the record of the stack: to look at its resources takes a message for each.
    known: dict[Scope | None, tuple[Stack, Mapping[str, CfnResource]]] = {}
    for room in filter(is_in_tree, rooms):
        place = scope_of(room).stack
        if place not in known:
            stack = Stack.of(room)
            known[place] = (stack, _resources_of(stack))
        error = _cycle_of(room, *known[place])
        if error is not None:
            yield error


def _cycle_of(
    room: Room, stack: Stack, resources: Mapping[str, CfnResource]
) -> ValidationError | None:
    start = _name(room._l1, stack)
    # By the name of a resource, the one that needs it.
    found: dict[str, str] = {}
    pending = [start]
    for name in pending:
        for needed in _needed_by(resources[name], stack):
            if needed == start:
                return _error(room, _way(name, found, start), resources)
            if needed in resources and needed not in found:
                found[needed] = name
                pending.append(needed)
    return None


def _resources_of(stack: Stack) -> Mapping[str, CfnResource]:
    """The resources of a stack by their logical ids, without those of nested stacks."""
    constructs = stack.node.find_all()
    nested = sum(isinstance(construct, Stack) for construct in constructs) > 1
    return {
        _name(construct, stack): construct
        for construct in constructs
        if isinstance(construct, CfnResource) and (not nested or _stands_in(construct, stack))
    }


def _stands_in(construct: Stack | CfnResource, stack: Stack) -> TypeGuard[CfnResource]:
    """Whether something is a resource of a stack: others can have the same logical ids."""
    return isinstance(construct, CfnResource) and construct.stack.node.addr == stack.node.addr


def _name(resource: CfnResource, stack: Stack) -> str:
    return str(stack.resolve(resource.logical_id))


def _needed_by(resource: CfnResource, stack: Stack) -> Iterator[str]:
    """The logical ids of all that a resource refers to or depends on."""
    for other in resource.obtain_dependencies():
        if _stands_in(other, stack):
            yield _name(other, stack)
    yield from _references(stack.resolve(resource._cfn_properties))


def _references(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        for item in value:
            yield from _references(item)
    elif isinstance(value, dict):
        if isinstance(value.get("Ref"), str):
            yield value["Ref"]
        elif isinstance(value.get("Fn::GetAtt"), list):
            yield value["Fn::GetAtt"][0]
        else:
            yield from _references(list(value.values()))


def _way(last: str, found: Mapping[str, str], start: str) -> list[str]:
    way = [last]
    while way[0] != start:
        way.insert(0, found[way[0]])
    return way


def _error(room: Room, way: list[str], resources: Mapping[str, CfnResource]) -> ValidationError:
    last = resources[way[-1]]
    kind = last.cfn_resource_type
    if kind in _POLICIES:
        what = (
            "grant with the methods of 'room.grants' to the role of the function, or to a policy "
            "for which nothing waits, as in room.grants.moderate(iam.Policy(room, 'Moderation', "
            "roles=[role]))"
        )
    elif kind == "AWS::Lambda::Function":
        what = (
            "take the ARN from 'RoomArn' in the review request and not from the function's "
            "environment, or look it up by ivschat:ListRooms"
        )
    else:
        what = "name the room in nothing that the function needs"
    steps = " -> ".join(bare(resources[name].node.path) for name in (*way, way[0]))
    error = ValidationError(
        "the room is created after the function that reviews its messages, which is created after "
        f"the room, because '{bare(last.node.path)}' names it: {what} ({steps})",
        code="HandlerCycle",
    )
    error.path = bare(room.node.path)
    return error
