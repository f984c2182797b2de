"""Rooms and functions that depend on each other, which would fail at deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Stack

from cdk_ivs._core.dependencies import Dependencies
from cdk_ivs._core.tree import is_in_tree, scope_info
from cdk_ivs._validation.errors import ValidationError, safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aws_cdk import CfnResource
    from constructs import Construct

    from cdk_ivs._core.resource import IvsResource
    from cdk_ivs._core.tree import ScopeInfo

_POLICIES = {"AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role"}


def check_handler_cycles(_: Construct, rooms: Sequence[IvsResource]) -> Iterator[ValidationError]:
    """
    Yield an error for each room on which its own review function depends.

    Call it when the app is validated, because the CDK has added all dependencies by then.
    """
    known: dict[ScopeInfo | None, Dependencies] = {}
    for room in filter(is_in_tree, rooms):
        stack = scope_info(room).stack
        if stack not in known:
            known[stack] = Dependencies(Stack.of(room))
        way = known[stack].way_back_to(room._ivs_cfn)
        if way is not None:
            yield _error(room, way)


def _error(room: IvsResource, way: Sequence[CfnResource]) -> ValidationError:
    last = way[-1]
    kind = last.cfn_resource_type
    if kind in _POLICIES:
        what = (
            "grant with the methods of 'room.grants' to the role of the function, or to a "
            "policy that nothing depends on, as in room.grants.moderate(iam.Policy(room, "
            "'Moderation', roles=[role]))"
        )
    elif kind == "AWS::Lambda::Function":
        what = (
            "take the ARN from 'RoomArn' in the review request and not from the function's "
            "environment, or look it up with ivschat:ListRooms"
        )
    else:
        what = "do not refer to the room in anything that the function needs"
    steps = " -> ".join(safe_text(step.node.path) for step in (*way, way[0]))
    error = ValidationError(
        "the room is created after the function that reviews its messages, which is created after "
        f"the room, because '{safe_text(last.node.path)}' names it: {what} ({steps})",
        code="HandlerCycle",
    )
    error.path = safe_text(room.node.path)
    return error
