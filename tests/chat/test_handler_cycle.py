"""Rooms for which their own functions wait."""

from __future__ import annotations

from typing import Any

import jsii
import pytest
from aws_cdk import App, CfnOutput, NestedStack, Stack
from aws_cdk.aws_iam import (
    CfnRole,
    ManagedPolicy,
    Policy,
    PolicyDocument,
    PolicyStatement,
    Role,
    ServicePrincipal,
)
from aws_cdk.aws_lambda import Code, Function, Runtime
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_ssm import StringParameter
from constructs import Construct, IValidation

from benchmarks.messages import sent_messages
from cdk_ivs import chat
from cdk_ivs.chat._message_review_handler.cycle import check_handler_cycles
from tests.support.graph import in_cycles
from tests.support.oracles import template_of

FROM_REQUEST = (
    "take the ARN from 'RoomArn' in the review request and not from the function's environment, "
    "or look it up with ivschat:ListRooms"
)
BY_POLICY = (
    "grant with the methods of 'room.grants' to the role of the function, or to a policy that "
    "nothing depends on, as in room.grants.moderate(iam.Policy(room, 'Moderation', "
    "roles=[role]))"
)


@jsii.implements(IValidation)
class Cycles:
    """Notes what is wrong with a room when the app is validated, and lets it pass."""

    def __init__(self, room: chat.Room) -> None:
        self.room = room
        self.errors: list[str] = []

    def validate(self) -> list[str]:
        """Called at synthesis, and never an error, so that there is a template."""
        self.errors = [str(error) for error in check_handler_cycles(self.room, [self.room])]
        return []


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The templates that the library would refuse, so that others can look at them."""
    monkeypatch.setattr("cdk_ivs.chat._room.construct.check_handler_cycles", lambda _, rooms: ())


def a_function(scope: Construct, id: str = "Function", **arguments: Any) -> Function:
    """A function of the scope."""
    return Function(
        scope,
        id,
        code=Code.from_inline("def handler(event, context): return {}"),
        handler="index.handler",
        runtime=Runtime.PYTHON_3_13,
        **arguments,
    )


def a_room(scope: Construct, function: Any, id: str = "Room") -> chat.Room:
    """A room whose messages the function reviews."""
    handler = chat.MessageReviewHandler.from_function(function)
    return chat.Room(scope, id, message_review_handler=handler)


def get_room(room: chat.Room) -> PolicyStatement:
    """A statement that names the room."""
    return PolicyStatement(actions=["ivschat:GetRoom"], resources=[room.room_arn])


def errors_of(room: chat.Room) -> list[str]:
    """What is said of a room at synthesis, the cycles of which the template has as well."""
    found = Cycles(room)
    room.node.add_validation(found)
    template = template_of(Stack.of(room))
    assert bool(in_cycles(template)) == bool(found.errors)
    return found.errors


class TestSynth:
    def test_refuses_a_room_in_the_environment_of_its_function(self, stack: Stack) -> None:
        """
        The synthesis fails, with the code and the path of the room.
        """
        function = a_function(stack)
        function.add_environment("ROOM", a_room(stack, function).room_arn)
        with pytest.raises(RuntimeError, match=r"cdk-ivs:HandlerCycle at 'Stack/Room'"):
            template_of(stack)

    def test_takes_the_room_of_another_function(self, stack: Stack) -> None:
        """
        A function that reviews nothing can have it.
        """
        room = a_room(stack, a_function(stack))
        a_function(stack, "Other").add_environment("ROOM", room.room_arn)
        assert "ROOM" in str(template_of(stack))

    def test_looks_at_each_resource_once(self, stack: Stack) -> None:
        """
        The effort grows with the rooms of a stack, and not with their square.
        """
        messages = []
        for count in (2, 4, 8):
            each = Stack(App.of(stack), f"Stack{count}")
            rooms = [a_room(each, a_function(each, f"F{n}"), f"R{n}") for n in range(count)]
            with sent_messages() as sent:
                list(check_handler_cycles(each, rooms))
            messages.append(len(sent))
        assert messages[2] - messages[1] == 2 * (messages[1] - messages[0])


@pytest.mark.usefixtures("unchecked")
class TestErrors:
    def test_for_the_environment(self, stack: Stack) -> None:
        """
        A function that has its room in the environment is told where the ARN is to be had.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        function.add_environment("ROOM", room.room_arn)
        (error,) = errors_of(room)
        assert error == (
            "the room is created after the function that reviews its messages, which is created "
            "after the room, because 'Stack/Function/Resource' names it: "
            f"{FROM_REQUEST} (Stack/Room/Resource -> Stack/Function/Resource -> "
            "Stack/Room/Resource) [cdk-ivs:HandlerCycle at 'Stack/Room']"
        )

    @pytest.mark.parametrize("part", ["room_id", "room_ref"])
    def test_for_any_part_of_the_room(self, stack: Stack, part: str) -> None:
        """
        Every attribute of the room waits for it.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        value = room.room_id if part == "room_id" else room.room_ref.room_arn
        function.add_environment("ROOM", f"the room {value}")
        (error,) = errors_of(room)
        assert FROM_REQUEST in error

    @pytest.mark.parametrize("kind", ["default", "managed", "inline", "imported room"])
    def test_for_a_policy_of_the_role(self, stack: Stack, kind: str) -> None:
        """
        What holds the permission is named, with the grants for which the function does not wait.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        if kind == "default":
            function.add_to_role_policy(get_room(room))
            path = "Stack/Function/ServiceRole/DefaultPolicy/Resource"
        elif kind == "managed":
            role: Any = function.role
            role.add_managed_policy(ManagedPolicy(stack, "Policy", statements=[get_room(room)]))
            path = "Stack/Policy/Resource"
        elif kind == "inline":
            document = PolicyDocument(statements=[get_room(room)])
            level_1: Any = function.node.find_child("ServiceRole").node.default_child
            level_1.policies = [
                CfnRole.PolicyProperty(policy_name="Inline", policy_document=document)
            ]
            path = "Stack/Function/ServiceRole/Resource"
        else:
            known = chat.Room.from_room_arn(stack, "Known", room.room_arn)
            known.grants.moderate(function)
            path = "Stack/Function/ServiceRole/DefaultPolicy/Resource"
        (error,) = errors_of(room)
        assert f"because '{path}' names it: {BY_POLICY} (" in error

    def test_for_what_the_function_uses(self, stack: Stack) -> None:
        """
        Another function that this one calls may not wait for the room either, nor its policies.
        """
        worker = a_function(stack, "Worker")
        function = a_function(stack, environment={"WORKER": worker.function_name})
        room = a_room(stack, function)
        room.grants.moderate(worker)
        (error,) = errors_of(room)
        assert (
            f"because 'Stack/Worker/ServiceRole/DefaultPolicy/Resource' names it: {BY_POLICY} ("
            in error
        )
        assert error.endswith(
            "(Stack/Room/Resource -> Stack/Function/Resource -> Stack/Worker/Resource -> "
            "Stack/Worker/ServiceRole/DefaultPolicy/Resource -> Stack/Room/Resource) "
            "[cdk-ivs:HandlerCycle at 'Stack/Room']"
        )

    def test_for_anything_else(self, stack: Stack) -> None:
        """
        Whatever the function needs and that names the room is named.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        parameter = StringParameter(stack, "Parameter", string_value=room.room_arn)
        function.add_environment("PARAMETER", parameter.parameter_name)
        (error,) = errors_of(room)
        assert (
            "because 'Stack/Parameter/Resource' names it: do not refer to the room in anything "
            "that the function needs ("
        ) in error

    def test_for_a_dependency(self, stack: Stack) -> None:
        """
        A dependency without a reference makes a cycle as well.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        topic = Topic(stack, "Topic")
        topic.node.add_dependency(room)
        function.node.add_dependency(topic)
        (error,) = errors_of(room)
        assert "because 'Stack/Topic/Resource' names it" in error

    def test_for_a_nested_stack(self, stack: Stack) -> None:
        """
        The stack of the function waits for the room, if the function does.
        """
        function = a_function(NestedStack(stack, "Nested"))
        room = a_room(stack, function)
        function.add_environment("ROOM", room.room_arn)
        (error,) = errors_of(room)
        assert "because 'Stack/Nested.NestedStack/Nested.NestedStackResource' names it" in error

    def test_beside_the_same_names_in_a_nested_stack(self, stack: Stack) -> None:
        """
        What stands under the same names in a nested stack is something else.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        function.add_environment("ROOM", room.room_arn)
        nested = NestedStack(stack, "Nested")
        a_function(nested)
        chat.Room(nested, "Room")
        (error,) = errors_of(room)
        assert FROM_REQUEST in error

    def test_for_the_rooms_of_several_stacks(self, app: App) -> None:
        """
        Each room is looked at with the resources of its own stack.
        """
        stacks = [Stack(app, "First"), Stack(app, "Second")]
        functions = [a_function(stack) for stack in stacks]
        rooms = [a_room(*each) for each in zip(stacks, functions, strict=True)]
        functions[1].add_environment("ROOM", rooms[1].room_arn)
        (error,) = check_handler_cycles(rooms[0], rooms)
        assert error.path == "Second/Room"


@pytest.mark.usefixtures("unchecked")
class TestNoError:
    def test_for_the_remedies(self, stack: Stack) -> None:
        """
        What the errors advise to do makes no cycle.
        """
        worker = a_function(stack, "Worker")
        function = a_function(stack, environment={"WORKER": worker.function_name})
        room = a_room(stack, function)
        room.grants.moderate(function)
        role: Any = worker.role
        room.grants.moderate(Policy(room, "Moderation", roles=[role]))
        chat.RoomGrants.list_all(stack, function)
        assert errors_of(room) == []

    def test_for_a_room_in_the_environment_of_another(self, stack: Stack) -> None:
        """
        A function that the room does not wait for may have it in the environment.
        """
        other = a_function(stack, "Other")
        room = a_room(stack, a_function(stack))
        other.add_environment("ROOM", room.room_arn)
        room.grants.moderate(other)
        CfnOutput(stack, "RoomArn", value=room.room_arn)
        assert errors_of(room) == []

    def test_for_a_function_with_another_room(self, stack: Stack) -> None:
        """
        Nor does a room that the function does not review wait for it.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        other = chat.Room(stack, "Other")
        function.add_environment("ROOM", other.room_arn)
        assert errors_of(room) == []

    def test_for_a_room_that_was_removed(self, stack: Stack) -> None:
        """
        What is not rendered is not looked at.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        function.add_environment("STAGE", "live")
        get_room(room)
        stack.node.try_remove_child("Room")
        assert errors_of(room) == []

    def test_for_a_removed_room_that_the_function_names(self, stack: Stack) -> None:
        """
        The CDK says that the function names what is not there, and there is no cycle.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        function.add_environment("ROOM", room.room_arn)
        (error,) = check_handler_cycles(room, [room])
        assert FROM_REQUEST in str(error)
        stack.node.try_remove_child("Room")
        assert list(check_handler_cycles(room, [room])) == []

    def test_for_a_function_of_another_stack(self, app: App) -> None:
        """
        The stack of the function is deployed before, with all that the function waits for.
        """
        function = a_function(Stack(app, "Functions"))
        rooms = Stack(app, "Rooms")
        room = a_room(rooms, function)
        room.grants.moderate(function)
        # With the same logical ids as there.
        other = a_function(rooms)
        a_room(rooms, other, "Other")
        other.add_environment("ROOM", room.room_arn)
        assert errors_of(room) == []

    def test_for_a_cycle_elsewhere(self, stack: Stack) -> None:
        """
        Resources that need each other without the room are not the room's fault, and it ends.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        role = Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        function.node.add_dependency(role)
        role.node.add_dependency(Topic(stack, "Topic", display_name=function.function_name))
        found = Cycles(room)
        room.node.add_validation(found)
        assert in_cycles(template_of(stack)) != []
        assert found.errors == []
