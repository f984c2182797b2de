"""What a function that reviews the messages of a room is granted on that room."""

from __future__ import annotations

import inspect
import json
import re
from typing import Any

import pytest
from aws_cdk import App, Environment, Names, NestedStack, Stack
from aws_cdk.aws_iam import IGrantable, IRole, Role, ServicePrincipal
from aws_cdk.aws_ivschat import CfnRoom
from aws_cdk.aws_lambda import Alias, CfnFunction, Code, Function, Runtime, SingletonFunction
from constructs import Construct

from cdk_ivs import chat
from cdk_ivs._core.regions import REGIONS
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION
from tests.support.graph import in_cycles, in_order, only
from tests.support.oracles import cfn_lint_findings, resources_of, template_of

ROOM, POLICY = "AWS::IVSChat::Room", "AWS::IAM::Policy"
ROLE_ARN = "arn:aws:iam::123456789012:role/review"
CODE: dict[str, Any] = {
    "code": Code.from_inline("def handler(event, context): return {}"),
    "handler": "index.handler",
    "runtime": Runtime.PYTHON_3_13,
}
METHODS = sorted(
    name
    for name, _ in inspect.getmembers(chat.RoomGrants, inspect.isfunction)
    if not name.startswith("_")
)


def a_function(scope: Construct, id: str = "Function", role: IRole | None = None) -> Function:
    """A function of the scope."""
    return Function(scope, id, role=role, **CODE)


def a_role(scope: Construct) -> Role:
    """A role for functions."""
    return Role(scope, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))


def a_room(scope: Construct, function: Any, id: str = "Room") -> chat.Room:
    """A room whose messages the function reviews."""
    handler = chat.MessageReviewHandler.from_function(function)
    return chat.Room(scope, id, message_review_handler=handler)


def call(room: chat.Room, method: str, grantee: IGrantable) -> None:
    """Grant by a method."""
    names = ["ListTagsForResource"] if method == "actions" else []
    getattr(room.grants, method)(grantee, *names)


def policies_of(stack: Stack) -> dict[str, list[tuple[object, object]]]:
    """The actions and resources in the policies of a stack."""
    return {
        id: [
            (statement["Action"], statement["Resource"])
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        ]
        for id, policy in resources_of(stack, POLICY).items()
    }


class TestPolicy:
    @pytest.mark.parametrize("method", METHODS)
    def test_is_one_that_nothing_waits_for(self, stack: Stack, method: str) -> None:
        """
        By every method, the function is granted something on its room without a cycle.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        call(room, method, function)
        template = template_of(stack)
        assert in_cycles(template) == []
        assert in_order(template, only(template, ROOM), only(template, POLICY))

    def test_is_attached_to_the_role(self, stack: Stack) -> None:
        """
        The role has the statement, in a policy with a name of its own.
        """
        function = a_function(stack)
        grant = a_room(stack, function).grants.moderate(function)
        (policy,) = resources_of(stack, POLICY).values()
        assert policy["Properties"] == {
            "PolicyDocument": {
                "Statement": [
                    {
                        "Action": ["ivschat:DeleteMessage", "ivschat:DisconnectUser"],
                        "Effect": "Allow",
                        "Resource": {"Fn::GetAtt": ["Room4AB29A70", "Arn"]},
                    }
                ],
                "Version": "2012-10-17",
            },
            "PolicyName": {"Fn::Join": ["", ["Stack-Room-67CB56F1-", {"Ref": "AWS::Region"}]]},
            "Roles": [{"Ref": "FunctionServiceRole675BB04A"}],
        }
        assert grant.success
        assert warnings_of(stack) == []

    def test_has_a_name_that_fits(self, stack: Stack) -> None:
        """
        The CDK shortens a path to 100 characters, with a hash, to which the Region is added.

        This path has one character too many.
        """
        function = a_function(stack)
        room = a_room(Construct(stack, "G" * 81), function)
        room.grants.moderate(function)
        (policy,) = resources_of(stack, POLICY).values()
        unique = Names.unique_resource_name(room, max_length=100, separator="-")
        assert len(Names.unique_resource_name(room, max_length=128, separator="-")) == 101
        assert policy["Properties"]["PolicyName"] == {
            "Fn::Join": ["", [f"{unique}-", {"Ref": "AWS::Region"}]]
        }
        assert max(len(f"{unique}-{region}") for region in REGIONS) <= 128

    def test_is_waited_for_by_what_asks_for_it(self, stack: Stack) -> None:
        """
        The grant can be applied before another resource.
        """
        function = a_function(stack)
        other = chat.Room(stack, "Other")
        a_room(stack, function).grants.moderate(function).apply_before(other)
        template = template_of(stack)
        level_1: Any = other.node.default_child
        assert in_order(template, only(template, POLICY), stack.get_logical_id(level_1))

    def test_is_one_for_several_grants(self, stack: Stack) -> None:
        """
        All methods grant in the one policy of the role and the room.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        for method in METHODS:
            call(room, method, function)
        (statements,) = policies_of(stack).values()
        assert len(statements) == len(METHODS)

    def test_is_right_for_cfn_lint(self, located_stack: Stack) -> None:
        """
        cfn-lint, which knows cycles, has nothing to say.
        """
        function = a_function(located_stack)
        a_room(located_stack, function).grants.moderate(function)
        assert cfn_lint_findings(json.dumps(template_of(located_stack))) == []


class TestGrantees:
    @pytest.mark.parametrize("kind", ["function", "role", "alias", "version", "other", "reference"])
    def test_with_the_role_of_the_function(self, stack: Stack, kind: str) -> None:
        """
        Whatever has the role of the reviewing function is granted it beside the role.
        """
        role = a_role(stack)
        function = a_function(stack, role=role)
        room = a_room(stack, function)
        grantee: Any = {
            "function": lambda: function,
            "role": lambda: role,
            "alias": lambda: Alias(
                stack, "Alias", alias_name="live", version=function.current_version
            ),
            "version": lambda: function.current_version,
            "other": lambda: a_function(stack, "Other", role),
            "reference": lambda: function.role,
        }[kind]()
        room.grants.moderate(grantee)
        assert in_cycles(template_of(stack)) == []
        (id,) = policies_of(stack)
        # Eight digits of the address of the role, and eight that the CDK adds to every logical ID.
        assert re.fullmatch("RoomHandlerPolicy[0-9a-f]{8}[0-9A-F]{8}", id)

    @pytest.mark.parametrize("kind", ["alias", "version", "latest", "singleton", "imported role"])
    def test_of_odd_functions(self, stack: Stack, kind: str) -> None:
        """
        So it is where an alias, a version or a singleton reviews, or the role is a reference.
        """
        grantee: Any
        if kind == "singleton":
            grantee = SingletonFunction(stack, "Function", uuid="review", **CODE)
        elif kind == "imported role":
            grantee = a_function(stack, role=Role.from_role_arn(stack, "Role", ROLE_ARN))
        else:
            function = a_function(stack)
            version = function.latest_version if kind == "latest" else function.current_version
            grantee = (
                Alias(stack, "Alias", alias_name="live", version=version)
                if kind == "alias"
                else version
            )
        a_room(stack, grantee).grants.moderate(grantee)
        template = template_of(stack)
        assert in_cycles(template) == []
        assert in_order(template, only(template, ROOM), only(template, POLICY))

    def test_with_other_roles_have_their_own_policies(self, stack: Stack) -> None:
        """
        A role that the room does not wait for is granted it in its default policy, as ever.
        """
        room = a_room(stack, a_function(stack))
        room.grants.moderate(a_role(stack))
        assert list(policies_of(stack)) == ["RoleDefaultPolicy5FFB7DAB"]

    def test_of_l1_functions_have_their_own_policies(self, stack: Stack) -> None:
        """
        An L1 does not wait for the policies of its role, so there is nothing to avoid.
        """
        role = a_role(stack)
        function = CfnFunction(
            stack,
            "Function",
            code=CfnFunction.CodeProperty(zip_file="def handler(event, context): return {}"),
            handler="index.handler",
            role=role.role_arn,
            runtime="python3.13",
        )
        a_room(stack, function).grants.moderate(role)
        assert in_cycles(template_of(stack)) == []
        assert list(policies_of(stack)) == ["RoleDefaultPolicy5FFB7DAB"]

    def test_on_a_room_without_a_handler_have_their_own_policies(self, stack: Stack) -> None:
        """
        A function that reviews elsewhere is granted it on such a room as ever.
        """
        function = a_function(stack)
        a_room(stack, function)
        chat.Room(stack, "Other").grants.moderate(function)
        assert in_cycles(template_of(stack)) == []
        assert list(policies_of(stack)) == ["FunctionServiceRoleDefaultPolicy2F49994A"]

    def test_that_must_not_change_get_no_policy(self, stack: Stack) -> None:
        """
        For an immutable role nothing is rendered, and a warning says so.
        """
        role = Role.from_role_arn(stack, "Role", ROLE_ARN, mutable=False)
        room = a_room(stack, a_function(stack, role=role))
        room.grants.moderate(role)
        assert policies_of(stack) == {}
        assert [child.node.id for child in room.node.children] == ["Resource"]
        ((path, text),) = warnings_of(stack)
        assert path == "/Stack/Room"
        assert text.endswith("[ack: cdk-ivs:GrantNoEffect]")

    def test_without_a_role_get_no_policy(self, stack: Stack) -> None:
        """
        The role of a function that is known by its name is not known, as the CDK says.
        """
        function = Function.from_function_name(stack, "Function", "review")
        a_room(stack, function).grants.moderate(function)
        assert policies_of(stack) == {}
        ((path, text),) = warnings_of(stack)
        assert path == "/Stack/Function"
        assert "Add statement to this resource's role" in text


class TestRooms:
    def test_of_one_function_have_a_policy_each(self, stack: Stack) -> None:
        """
        One function that reviews two rooms is granted both, one after another or not.
        """
        function = a_function(stack)
        first, second = (a_room(stack, function, id) for id in ("First", "Second"))
        for room in (first, second):
            room.grants.moderate(function)
        assert in_cycles(template_of(stack)) == []
        policies = resources_of(stack, POLICY).values()
        assert len({str(policy["Properties"]["PolicyName"]) for policy in policies}) == 2

    @pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
    def test_of_two_functions_may_be_those_of_the_other(self, stack: Stack, first: bool) -> None:
        """
        Each of two functions may be granted something on the room that the other reviews.
        """
        functions = [a_function(stack, id) for id in ("F", "G")]
        one = a_room(stack, functions[0], "One")
        if first:
            one.grants.moderate(functions[1])
        other = a_room(stack, functions[1], "Other")
        other.grants.moderate(functions[0])
        if not first:
            one.grants.moderate(functions[1])
        assert in_cycles(template_of(stack)) == []
        assert len(policies_of(stack)) == 2

    def test_of_two_functions_with_one_role(self, stack: Stack) -> None:
        """
        Two functions that share a role wait for the same policies.
        """
        role = a_role(stack)
        for id in ("F", "G"):
            function = a_function(stack, id, role)
            a_room(stack, function, f"Room{id}").grants.moderate(function)
        assert in_cycles(template_of(stack)) == []

    def test_in_another_stack_than_the_function(self, app: App) -> None:
        """
        The policy is in the stack of the room, which is deployed after that of the function.
        """
        env = Environment(account=ACCOUNT, region=REGION)
        functions, rooms = (Stack(app, id, env=env) for id in ("Functions", "Rooms"))
        function = a_function(functions)
        a_room(rooms, function).grants.moderate(function)
        app.synth()
        assert rooms.dependencies == [functions]
        assert functions.dependencies == []
        assert len(policies_of(rooms)) == 1

    def test_in_two_stacks_have_names_of_their_own(self, app: App) -> None:
        """
        Policies with one name would overwrite each other in the role, so no two have the same.
        """
        functions = Stack(app, "Functions")
        function = a_function(functions)
        stacks = [Stack(app, id) for id in ("A", "B")]
        for stack in stacks:
            a_room(stack, function).grants.moderate(function)
        policies = [policy for stack in stacks for policy in resources_of(stack, POLICY).values()]
        assert len({str(policy["Properties"]["PolicyName"]) for policy in policies}) == 2

    def test_around_a_nested_stack(self, stack: Stack) -> None:
        """
        A function of a nested stack does not make that stack wait for the room.
        """
        function = a_function(NestedStack(stack, "Nested"))
        a_room(stack, function).grants.moderate(function)
        assert in_cycles(template_of(stack)) == []

    def test_may_be_referred_to_by_their_l1(self, stack: Stack) -> None:
        """
        The L1 of a room is the room.
        """
        function = a_function(stack)
        room = a_room(stack, function)
        level_1: Any = room.node.default_child
        chat.RoomGrants.from_room(level_1).moderate(function)
        room.grants.read(function)
        assert in_cycles(template_of(stack)) == []
        assert len(policies_of(stack)) == 1

    @pytest.mark.parametrize("by", ["function", "role"])
    def test_may_be_l1s(self, stack: Stack, by: str) -> None:
        """
        The handler of an L1 is a text, so any role is taken for that of its function.
        """
        function = a_function(stack)
        room = CfnRoom(
            stack,
            "Room",
            message_review_handler=CfnRoom.MessageReviewHandlerProperty(uri=function.function_arn),
        )
        grantee: Any = function if by == "function" else function.role
        chat.RoomGrants.from_room(room).moderate(grantee)
        assert in_cycles(template_of(stack)) == []

    def test_may_be_l1s_for_who_has_no_policies(self, stack: Stack) -> None:
        """
        A principal without policies gets none in the room either, and the usual warning.
        """
        room = CfnRoom(
            stack, "Room", message_review_handler=CfnRoom.MessageReviewHandlerProperty(uri="arn")
        )
        chat.RoomGrants.from_room(room).moderate(ServicePrincipal("lambda.amazonaws.com"))
        assert policies_of(stack) == {}
        ((_, text),) = warnings_of(stack)
        assert text.endswith("[ack: cdk-ivs:GrantNoEffect]")

    def test_may_be_l1s_without_a_handler(self, stack: Stack) -> None:
        """
        An L1 without a handler waits for nothing.
        """
        chat.RoomGrants.from_room(CfnRoom(stack, "Room")).moderate(a_role(stack))
        assert list(policies_of(stack)) == ["RoleDefaultPolicy5FFB7DAB"]

    def test_from_elsewhere_wait_for_nothing(self, stack: Stack) -> None:
        """
        On a room that is known by its ARN, the function is granted it as ever.
        """
        function = a_function(stack)
        a_room(stack, function)
        elsewhere = chat.Room.from_room_arn(
            stack, "Elsewhere", "arn:aws:ivschat:us-west-2:123456789012:room/AbCdef1G2hij"
        )
        elsewhere.grants.moderate(function)
        assert list(policies_of(stack)) == ["FunctionServiceRoleDefaultPolicy2F49994A"]
