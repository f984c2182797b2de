"""Rooms and functions that need each other, which CloudFormation would notice at deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from aws_cdk import CfnResource, Stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ._room import Room

_POLICIES = {"AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role"}


def room_cycle_errors(room: Room) -> list[str]:
    """
    What is wrong with a room for which its own function waits, or nothing.

    To be called when the app is validated: the CDK has then added all dependencies.
    """
    if room._reviewer is None:
        return []
    stack = Stack.of(room)
    resources = _resources_of(stack)
    start = _name(room._l1, stack)
    # By the name of a resource, the one that needs it.
    found: dict[str, str] = {}
    pending = [start]
    for name in pending:
        for needed in _needed_by(resources[name], stack):
            if needed == start:
                return [_error(room, _way(name, found, start), resources)]
            if needed in resources and needed not in found:
                found[needed] = name
                pending.append(needed)
    return []


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


def _error(room: Room, way: list[str], resources: Mapping[str, CfnResource]) -> str:
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
    steps = " -> ".join(resources[name].node.path for name in way)
    return (
        f"the room '{room.node.path}' is created after the function that reviews its messages, "
        f"which is created after the room, because '{last.node.path}' names it: {what} "
        f"({steps} -> {resources[way[0]].node.path}) [cdk-ivs:HandlerCycle]"
    )
