"""The functions that can review messages."""

from __future__ import annotations

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk.aws_lambda import Alias, CfnFunction, Code, Function, Runtime
from aws_cdk.aws_lambda import SingletonFunction as OneFunction

from cdk_ivs import ValidationError
from tests.chat.review_functions import (
    CODE,
    FUNCTION_ARN,
    IN_PLACE,
    KNOWN_SOURCE,
    PERMISSION,
    ROOM,
    ROOM_ID,
    a_function,
    handler_of,
    known_function,
    level_1_function,
    permission_of,
    reviewed_room,
)
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION
from tests.support.graph import in_order, only
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token


class TestFunctions:
    def test_may_be_an_alias(self, located_stack: Stack) -> None:
        """
        The alias is what is invoked, and what gets the permission.
        """
        alias = Alias(
            located_stack,
            "Alias",
            alias_name="live",
            version=a_function(located_stack).current_version,
        )
        reviewed_room(located_stack, alias)
        template = template_of(located_stack)
        name = {"Ref": only(template, "AWS::Lambda::Alias")}
        assert handler_of(located_stack) == {"FallbackResult": "DENY", "Uri": name}
        assert permission_of(located_stack) == {"FunctionName": name, **KNOWN_SOURCE}
        assert in_order(template, name["Ref"], only(template, PERMISSION), ROOM_ID)

    def test_may_be_a_version(self, located_stack: Stack) -> None:
        """
        The version is what is invoked, and what gets the permission.
        """
        reviewed_room(located_stack, a_function(located_stack).current_version)
        template = template_of(located_stack)
        name = {"Ref": only(template, "AWS::Lambda::Version")}
        assert handler_of(located_stack) == {"FallbackResult": "DENY", "Uri": name}
        assert permission_of(located_stack) == {"FunctionName": name, **KNOWN_SOURCE}
        assert in_order(template, name["Ref"], only(template, PERMISSION), ROOM_ID)

    def test_may_be_an_l1(self, located_stack: Stack) -> None:
        """
        An L1 is a function too, and gets a permission like any other.
        """
        reviewed_room(located_stack, level_1_function(located_stack))
        function = {"Fn::GetAtt": ["Function", "Arn"]}
        assert handler_of(located_stack) == {"FallbackResult": "DENY", "Uri": function}
        assert permission_of(located_stack) == {"FunctionName": function, **KNOWN_SOURCE}
        assert warnings_of(located_stack) == []

    @pytest.mark.parametrize("located", [True, False], ids=["known", "agnostic"])
    def test_may_be_known_by_name(self, app: App, located: bool) -> None:
        """
        A function that is known by its name is in the stack's account, and gets a permission.
        """
        environment = Environment(account=ACCOUNT, region=REGION) if located else None
        stack = Stack(app, "Stack", env=environment)
        reviewed_room(stack, Function.from_function_name(stack, "Known", "review"))
        template = template_of(stack)
        permission = only(template, PERMISSION)
        assert "function:review" in str(template["Resources"][permission]["Properties"])
        assert template["Resources"][ROOM_ID]["DependsOn"] == [permission]
        assert warnings_of(stack) == []

    def test_may_be_known_by_arn(self, located_stack: Stack) -> None:
        """
        Where its account is known to be the stack's, the function gets a permission.
        """
        reviewed_room(located_stack, known_function(located_stack))
        assert handler_of(located_stack) == {"FallbackResult": "DENY", "Uri": FUNCTION_ARN}
        assert permission_of(located_stack) == {"FunctionName": FUNCTION_ARN, **KNOWN_SOURCE}
        assert warnings_of(located_stack) == []

    def test_may_have_an_arn_that_is_not_known(self, stack: Stack) -> None:
        """
        An ARN that is a token may be of any account: there is no permission, but a warning.
        """
        function = Function.from_function_arn(stack, "Known", token("FunctionArn"))
        reviewed_room(stack, function)
        assert handler_of(stack) == {"FallbackResult": "DENY", "Uri": {"Ref": "FunctionArn"}}
        assert resources_of(stack, PERMISSION) == {}
        ((_, text),) = warnings_of(stack)
        assert text.endswith("[ack: cdk-ivs:HandlerPermission]")

    def test_may_be_of_an_account_that_is_not_the_stacks(self, stack: Stack) -> None:
        """
        Where the stack's account is not known a warning shows the permission to be made.
        """
        reviewed_room(stack, known_function(stack))
        assert resources_of(stack, PERMISSION) == {}
        assert resources_of(stack, ROOM) == {
            ROOM_ID: {
                "Type": ROOM,
                "Properties": {
                    "MessageReviewHandler": {"FallbackResult": "DENY", "Uri": FUNCTION_ARN}
                },
            }
        }
        assert warnings_of(stack) == [
            (
                "/Stack/Room",
                (
                    "the app cannot change the permissions of the function that reviews "
                    "messages: they must allow lambda:InvokeFunction for the principal "
                    "ivschat.amazonaws.com, the source account 123456789012 and the source ARN "
                    "arn:aws:ivschat:us-west-2:123456789012:room/*, before the room is created; "
                    "acknowledge this warning when they do [ack: cdk-ivs:HandlerPermission]"
                ),
            )
        ]

    def test_may_be_said_to_be_of_another_environment(self, stack: Stack) -> None:
        """
        What is not known at synthesis has a name for the reader in the warning.
        """
        function = Function.from_function_attributes(
            stack, "Known", function_arn=token("FunctionArn"), same_environment=False
        )
        reviewed_room(stack, function)
        ((_, text),) = warnings_of(stack)
        assert (
            "the source account <account> and the source ARN "
            "arn:aws:ivschat:<region>:<account>:room/*, before"
        ) in text

    def test_may_be_said_to_be_of_this_environment(self, stack: Stack) -> None:
        """
        What the user says of a function is believed.
        """
        function = Function.from_function_attributes(
            stack, "Known", function_arn=FUNCTION_ARN, same_environment=True
        )
        reviewed_room(stack, function)
        assert permission_of(stack) == {"FunctionName": FUNCTION_ARN, **KNOWN_SOURCE}
        assert warnings_of(stack) == []

    def test_may_be_said_to_have_permissions(self, located_stack: Stack) -> None:
        """
        The CDK gives a permission all the same where it can, and so do we.
        """
        function = Function.from_function_attributes(
            located_stack, "Known", function_arn=FUNCTION_ARN, skip_permissions=True
        )
        reviewed_room(located_stack, function)
        assert permission_of(located_stack) == {"FunctionName": FUNCTION_ARN, **KNOWN_SOURCE}
        assert warnings_of(located_stack) == []

    def test_may_be_said_to_have_permissions_elsewhere(self, stack: Stack) -> None:
        """
        Where the CDK cannot, it is silent, but we say which permission is meant.
        """
        function = Function.from_function_attributes(
            stack, "Known", function_arn=FUNCTION_ARN, skip_permissions=True
        )
        reviewed_room(stack, function)
        assert resources_of(stack, PERMISSION) == {}
        ((_, text),) = warnings_of(stack)
        assert text.endswith("[ack: cdk-ivs:HandlerPermission]")

    def test_may_be_of_another_stack(self, app: App, located_stack: Stack) -> None:
        """
        The permission is beside the function, and its stack is deployed before the room's.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region=REGION))
        reviewed_room(located_stack, a_function(other))
        assert permission_of(other) == {"FunctionName": IN_PLACE, **KNOWN_SOURCE}
        assert list(template_of(located_stack)["Resources"]) == [ROOM_ID]
        (artifact,) = (
            stack for stack in app.synth().stacks if stack.stack_name == located_stack.stack_name
        )
        assert "Other" in [dependency.id for dependency in artifact.dependencies]

    def test_are_waited_for_in_another_stack_by_name(self, app: App, located_stack: Stack) -> None:
        """
        The stacks depend on one another also where the room's refers to nothing of the other.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region=REGION))
        function = Function.from_function_name(other, "Known", "review")
        reviewed_room(located_stack, function)
        assert "Fn::ImportValue" not in str(template_of(located_stack))
        (artifact,) = (
            stack for stack in app.synth().stacks if stack.stack_name == located_stack.stack_name
        )
        assert "Other" in [dependency.id for dependency in artifact.dependencies]

    @pytest.mark.parametrize(
        ("region", "account", "problem"),
        [
            ("eu-west-1", ACCOUNT, "Region of the stack, us-west-2, got one in eu-west-1"),
            (
                REGION,
                "210987654321",
                "account of the stack, 123456789012, got one in 210987654321",
            ),
        ],
        ids=["region", "account"],
    )
    def test_of_elsewhere_are_refused(
        self, located_stack: Stack, region: str, account: str, problem: str
    ) -> None:
        """
        A function that is known to be in another account or Region is refused.
        """
        function = known_function(located_stack, region, account)
        with pytest.raises(
            ValidationError,
            match=rf"'message_review_handler' must be in the {problem} "
            r"\[cdk-ivs:Environment at 'Stack/Room'\]",
        ):
            reviewed_room(located_stack, function)
        assert [child.node.id for child in located_stack.node.children] == ["Known"]

    def test_of_a_stack_of_elsewhere_are_refused(self, app: App, located_stack: Stack) -> None:
        """
        So is one that a stack of another Region makes, and it gets no permission.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region="eu-west-1"))
        with pytest.raises(ValidationError, match="'message_review_handler' must be in the Region"):
            reviewed_room(located_stack, a_function(other))
        assert resources_of(other, PERMISSION) == {}

    def test_may_be_a_reference_of_the_l1(self, located_stack: Stack) -> None:
        """
        What an L1's own from_function_arn() gives has no permissions to change: a warning.
        """
        function = CfnFunction.from_function_arn(located_stack, "Known", FUNCTION_ARN)
        reviewed_room(located_stack, function)
        assert handler_of(located_stack) == {"FallbackResult": "DENY", "Uri": FUNCTION_ARN}
        ((_, text),) = warnings_of(located_stack)
        assert text.endswith("[ack: cdk-ivs:HandlerPermission]")

    def test_may_be_a_singleton(self, located_stack: Stack) -> None:
        """
        The function of a singleton stands elsewhere in the stack, and gets one permission.
        """
        function = OneFunction(
            located_stack,
            "Function",
            code=Code.from_inline(CODE),
            handler="index.handler",
            runtime=Runtime.PYTHON_3_13,
            uuid="review",
        )
        for id in ("A", "B"):
            reviewed_room(located_stack, function, id)
        (permission,) = resources_of(located_stack, PERMISSION)
        assert [room["DependsOn"] for room in resources_of(located_stack, ROOM).values()] == [
            [permission]
        ] * 2
        assert warnings_of(located_stack) == []
