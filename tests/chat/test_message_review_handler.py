"""Functions that review the messages of rooms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Duration, Environment, Stack
from aws_cdk.aws_lambda import Alias, CfnFunction, Code, Function, IFunction, Runtime
from aws_cdk.aws_lambda import SingletonFunction as OneFunction
from aws_cdk.aws_logs import LogGroup

from cdk_ivs import ValidationError, chat
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.graph import in_order, made_before, only
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of, template_of
from tests.support.tokens import token

ROOM, PERMISSION = "AWS::IVSChat::Room", "AWS::Lambda::Permission"
FUNCTION_ID, PERMISSION_ID = "Function76856677", "FunctionIvsChatPermissionBCC5EBC1"
ROOM_ID = "Room4AB29A70"
FUNCTION_ARN = arn("function:review", service="lambda")
IN_PLACE = {"Fn::GetAtt": [FUNCTION_ID, "Arn"]}
CODE = "def handler(event, context): return {}"

# What a permission says in the stack whose account and Region are known.
KNOWN_SOURCE = {
    "Action": "lambda:InvokeFunction",
    "Principal": "ivschat.amazonaws.com",
    "SourceAccount": "123456789012",
    "SourceArn": {
        "Fn::Join": [
            "",
            ["arn:", {"Ref": "AWS::Partition"}, ":ivschat:us-west-2:123456789012:room/*"],
        ]
    },
}


def a_function(stack: Stack, **arguments: Any) -> Function:
    """A function of the stack."""
    return Function(
        stack,
        "Function",
        code=Code.from_inline(CODE),
        handler="index.handler",
        runtime=Runtime.PYTHON_3_13,
        **arguments,
    )


def level_1_function(stack: Stack, **arguments: Any) -> CfnFunction:
    """A function of the stack that no construct of the CDK's made."""
    return CfnFunction(
        stack,
        "Function",
        code=CfnFunction.CodeProperty(zip_file=CODE),
        handler="index.handler",
        role="arn:aws:iam::123456789012:role/review",
        runtime="python3.13",
        **arguments,
    )


def known_function(stack: Stack, region: str = REGION, account: str = ACCOUNT) -> IFunction:
    """A function of elsewhere."""
    return Function.from_function_arn(
        stack, "Known", f"arn:aws:lambda:{region}:{account}:function:review"
    )


def reviewed_room(stack: Stack, function: Any, id: str = "Room", **arguments: Any) -> chat.Room:
    """A room whose messages the function reviews."""
    handler = chat.MessageReviewHandler.from_function(function, **arguments)
    return chat.Room(stack, id, message_review_handler=handler)


def handler_of(stack: Stack) -> object:
    """The handler of the only room."""
    (room,) = resources_of(stack, ROOM).values()
    return room["Properties"]["MessageReviewHandler"]


def permission_of(stack: Stack) -> object:
    """The properties of the only permission."""
    (permission,) = resources_of(stack, PERMISSION).values()
    return permission["Properties"]


class TestHandler:
    def test_denies_if_the_function_fails(self, stack: Stack) -> None:
        """
        The function is named, and what it did not review is not delivered.
        """
        reviewed_room(stack, a_function(stack))
        assert handler_of(stack) == {"FallbackResult": "DENY", "Uri": IN_PLACE}
        assert warnings_of(stack) == []

    @pytest.mark.parametrize("fallback", [chat.FallbackResult.ALLOW, "ALLOW"], ids=["enum", "text"])
    def test_may_allow_if_the_function_fails(self, stack: Stack, fallback: Any) -> None:
        """
        The fallback is a choice, which may be written as text.
        """
        reviewed_room(stack, a_function(stack), fallback=fallback)
        assert handler_of(stack) == {"FallbackResult": "ALLOW", "Uri": IN_PLACE}

    def test_can_be_read_back(self, stack: Stack) -> None:
        """
        The value has what it was made of.
        """
        function = a_function(stack)
        handler = chat.MessageReviewHandler.from_function(function)
        assert (handler.fn, handler.fallback) == (function, chat.FallbackResult.DENY)

    def test_of_nothing_is_empty(self, stack: Stack) -> None:
        """
        An empty URI takes a handler away, and nothing else is made.
        """
        chat.Room(stack, "Room", message_review_handler=chat.MessageReviewHandler.none())
        assert template_of(stack)["Resources"] == {
            ROOM_ID: {"Type": ROOM, "Properties": {"MessageReviewHandler": {"Uri": ""}}}
        }
        assert warnings_of(stack) == []

    def test_of_nothing_has_no_fallback(self) -> None:
        """
        A fallback for nothing is refused.
        """
        with pytest.raises(
            ValidationError,
            match="'fallback' must not be given without a function, got DENY; use "
            r"MessageReviewHandler.from_function\(\) \[cdk-ivs:FallbackUnused\]",
        ):
            chat.MessageReviewHandler(fallback=chat.FallbackResult.DENY)

    def test_takes_no_other_fallback(self, stack: Stack) -> None:
        """
        A fallback that the service does not have is refused, with those that it has.
        """
        with pytest.raises(
            ValidationError,
            match=r"'fallback' must be FallbackResult \(ALLOW, DENY\), got 'MAYBE' of type 'str'",
        ):
            chat.MessageReviewHandler.from_function(a_function(stack), "MAYBE")  # type: ignore[arg-type] - the mistake

    def test_takes_no_arn(self) -> None:
        """
        The ARN of a function is no function, and the message has the keyword of the user.
        """
        with pytest.raises(
            ValidationError, match="'fn' must be IFunctionRef, got 'arn:aws:lambda:"
        ):
            chat.MessageReviewHandler.from_function(FUNCTION_ARN)  # type: ignore[arg-type] - the mistake


class TestPermission:
    def test_is_for_rooms_of_the_account_and_region(self, located_stack: Stack) -> None:
        """
        IVS Chat may invoke the function for every room of the account and Region, and no other.
        """
        reviewed_room(located_stack, a_function(located_stack))
        assert permission_of(located_stack) == {"FunctionName": IN_PLACE, **KNOWN_SOURCE}

    def test_is_for_the_environment_of_the_deployment(self, stack: Stack) -> None:
        """
        An account and a Region that are not known are those of the deployment.
        """
        reviewed_room(stack, a_function(stack))
        assert permission_of(stack) == {
            "Action": "lambda:InvokeFunction",
            "FunctionName": IN_PLACE,
            "Principal": "ivschat.amazonaws.com",
            "SourceAccount": {"Ref": "AWS::AccountId"},
            "SourceArn": {
                "Fn::Join": [
                    "",
                    [
                        "arn:",
                        {"Ref": "AWS::Partition"},
                        ":ivschat:",
                        {"Ref": "AWS::Region"},
                        ":",
                        {"Ref": "AWS::AccountId"},
                        ":room/*",
                    ],
                ]
            },
        }

    def test_is_one_for_all_rooms_of_a_function(self, stack: Stack) -> None:
        """
        Three rooms with one function have one permission, which each depends on.
        """
        function = a_function(stack)
        for id in ("A", "B", "C"):
            reviewed_room(stack, function, id)
        assert list(resources_of(stack, PERMISSION)) == [PERMISSION_ID]
        assert [room["DependsOn"] for room in resources_of(stack, ROOM).values()] == [
            [PERMISSION_ID]
        ] * 3

    def test_is_one_for_all_rooms_of_an_l1(self, stack: Stack) -> None:
        """
        So it is with an L1.
        """
        function = level_1_function(stack)
        for id in ("A", "B"):
            reviewed_room(stack, function, id)
        assert list(resources_of(stack, PERMISSION)) == [PERMISSION_ID]

    def test_is_one_for_each_function(self, stack: Stack) -> None:
        """
        Two functions have one each.
        """
        reviewed_room(stack, a_function(stack), "A")
        other = Function.from_function_name(stack, "Other", "other")
        reviewed_room(stack, other, "B")
        assert len(resources_of(stack, PERMISSION)) == 2


class TestOrder:
    @pytest.mark.parametrize("make", [a_function, level_1_function], ids=["l2", "l1"])
    def test_of_creation(self, stack: Stack, make: Any) -> None:
        """
        Function, permission, room: the service may call the function when the room is made.
        """
        reviewed_room(stack, make(stack))
        template = template_of(stack)
        function = only(template, "AWS::Lambda::Function")
        permission = only(template, PERMISSION)
        assert in_order(template, function, permission, ROOM_ID)

    @pytest.mark.parametrize("make", [a_function, level_1_function], ids=["l2", "l1"])
    def test_of_deletion(self, stack: Stack, make: Any) -> None:
        """
        The room goes first: what waits for it to be deleted is all that was there before it.
        """
        reviewed_room(stack, make(stack))
        template = template_of(stack)
        function = only(template, "AWS::Lambda::Function")
        permission = only(template, PERMISSION)
        assert {function, permission} <= made_before(template, ROOM_ID)
        assert ROOM_ID not in made_before(template, permission) | made_before(template, function)


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
        assert text.endswith("[ack: cdk-ivs:handler-permission]")

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
                    "the permissions of the function that reviews messages cannot be changed from "
                    "here: it must have one for lambda:InvokeFunction with the principal "
                    "ivschat.amazonaws.com, the source account 123456789012 and the source ARN "
                    "arn:aws:ivschat:us-west-2:123456789012:room/*, before the room is made; "
                    "acknowledge this warning when it has [ack: cdk-ivs:handler-permission]"
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
        assert text.endswith("[ack: cdk-ivs:handler-permission]")

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
        assert text.endswith("[ack: cdk-ivs:handler-permission]")

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


class TestUri:
    @staticmethod
    def of_length(stack: Stack, length: int) -> IFunction:
        """A function whose ARN is so long."""
        prefix = "arn:aws:lambda:us-west-2:123456789012:function:"
        return Function.from_function_arn(stack, "Known", prefix + "x" * (length - 47))

    def test_of_170_characters_is_taken(self, located_stack: Stack) -> None:
        """
        The longest that the service takes is rendered.
        """
        reviewed_room(located_stack, self.of_length(located_stack, 170))
        assert handler_of(located_stack) == {
            "FallbackResult": "DENY",
            "Uri": "arn:aws:lambda:us-west-2:123456789012:function:" + "x" * 123,
        }

    def test_of_171_characters_is_refused(self, located_stack: Stack) -> None:
        """
        One more is too many, and nothing is made.
        """
        function = self.of_length(located_stack, 171)
        with pytest.raises(
            ValidationError,
            match="'fn' must have an ARN of at most 170 characters, got 171 "
            r"\[cdk-ivs:HandlerUri at 'Stack/Room'\]",
        ):
            reviewed_room(located_stack, function)
        assert [child.node.id for child in located_stack.node.children] == ["Known"]

    def test_that_is_not_known_has_no_length(self, stack: Stack) -> None:
        """
        The text of a token may be longer than what it stands for.
        """
        arn_of_token = "arn:aws:lambda:" + token("A" * 150) + ":function:review"
        function = Function.from_function_arn(stack, "Known", arn_of_token)
        reviewed_room(stack, function)
        assert handler_of(stack) == {
            "FallbackResult": "DENY",
            "Uri": {"Fn::Join": ["", ["arn:aws:lambda:", {"Ref": "A" * 150}, ":function:review"]]},
        }


class TestTimeout:
    WARNING = (
        "the function that reviews messages has a timeout of 4 seconds, but IVS Chat waits 200 ms "
        "for its answer and then applies the fallback: make the function answer in less, and set "
        "its timeout to 1 second, the shortest that Lambda has [ack: cdk-ivs:handler-timeout]"
    )

    @pytest.mark.parametrize("seconds", [None, 1, 3])
    def test_up_to_that_of_lambda_is_no_news(self, stack: Stack, seconds: int | None) -> None:
        """
        The default of Lambda, 3 seconds, says nothing about what the user expects.
        """
        timeout = Duration.seconds(seconds) if seconds else None
        reviewed_room(stack, a_function(stack, timeout=timeout))
        assert warnings_of(stack) == []

    def test_above_it_warns(self, stack: Stack) -> None:
        """
        Somebody who gives a function 4 seconds may believe that it has them.
        """
        reviewed_room(stack, a_function(stack, timeout=Duration.seconds(4)))
        assert warnings_of(stack) == [("/Stack/Room", self.WARNING)]

    def test_in_another_unit_warns_too(self, stack: Stack) -> None:
        """
        Minutes are seconds.
        """
        reviewed_room(stack, a_function(stack, timeout=Duration.minutes(1)))
        ((_, text),) = warnings_of(stack)
        assert "a timeout of 60 seconds, but" in text

    def test_that_is_not_known_is_no_news(self, stack: Stack) -> None:
        """
        A timeout that is known at deployment may be short enough.
        """
        seconds = CfnParameter(stack, "Timeout", type="Number").value_as_number
        reviewed_room(stack, a_function(stack, timeout=Duration.seconds(seconds)))
        assert warnings_of(stack) == []

    @pytest.mark.parametrize("seconds", [None, 3])
    def test_of_an_l1_up_to_that_of_lambda_is_no_news(
        self, stack: Stack, seconds: int | None
    ) -> None:
        """
        The timeout of an L1 is a number, and compared like any other.
        """
        reviewed_room(stack, level_1_function(stack, timeout=seconds))
        assert warnings_of(stack) == []

    def test_of_an_l1_above_it_warns(self, stack: Stack) -> None:
        """
        4 seconds of an L1 are 4 seconds.
        """
        reviewed_room(stack, level_1_function(stack, timeout=4))
        assert warnings_of(stack) == [("/Stack/Room", self.WARNING)]

    def test_of_an_l1_that_is_not_known_is_no_news(self, stack: Stack) -> None:
        """
        Neither is that of an L1.
        """
        seconds = CfnParameter(stack, "Timeout", type="Number").value_as_number
        reviewed_room(stack, level_1_function(stack, timeout=seconds))
        assert warnings_of(stack) == []

    @pytest.mark.parametrize("kind", ["alias", "version"])
    def test_is_that_of_the_function_behind(self, stack: Stack, kind: str) -> None:
        """
        An alias and a version have the timeout of their function.
        """
        version = a_function(stack, timeout=Duration.seconds(4)).current_version
        alias = Alias(stack, "Alias", alias_name="live", version=version)
        reviewed_room(stack, alias if kind == "alias" else version)
        assert warnings_of(stack) == [("/Stack/Room", self.WARNING)]


class TestRemoval:
    """CloudFormation makes and changes first, in order, and deletes what is gone afterwards."""

    @pytest.mark.parametrize("rate", [None, 20], ids=["by-cloudformation", "by-api"])
    def test_of_the_function_too_takes_the_room_first(self, stack: Stack, rate: int | None) -> None:
        """
        The room is changed in place to an empty handler, and waits for nothing that goes.
        """
        before, after = Stack(App(), "Stack"), stack
        chat.Room(
            before,
            "Room",
            maximum_message_rate_per_second=rate,
            message_review_handler=chat.MessageReviewHandler.from_function(a_function(before)),
        )
        chat.Room(
            after,
            "Room",
            maximum_message_rate_per_second=rate,
            message_review_handler=chat.MessageReviewHandler.none(),
        )
        old, new = template_of(before), template_of(after)
        gone = set(old["Resources"]) - set(new["Resources"])
        assert {FUNCTION_ID, PERMISSION_ID} <= gone
        assert gone <= made_before(old, ROOM_ID)
        assert made_before(new, ROOM_ID) == set()
        assert handler_of(after) == {"Uri": ""}

    def test_alone_leaves_the_function(self, stack: Stack) -> None:
        """
        Only the permission goes, after the room was changed, and the function is untouched.
        """
        before, after = Stack(App(), "Stack"), stack
        reviewed_room(before, a_function(before))
        a_function(after)
        chat.Room(after, "Room", message_review_handler=chat.MessageReviewHandler.none())
        old, new = template_of(before)["Resources"], template_of(after)["Resources"]
        assert set(old) - set(new) == {PERMISSION_ID}
        assert set(new) - set(old) == set()
        assert [id for id in new if new[id] != old[id]] == [ROOM_ID]
        assert made_before(template_of(after), ROOM_ID) == set()

    def test_from_one_of_two_rooms_leaves_the_permission(self, stack: Stack) -> None:
        """
        The permission stays as long as a room needs it.
        """
        before, after = Stack(App(), "Stack"), stack
        for each in (before, after):
            function = a_function(each)
            reviewed_room(each, function, "Other")
            if each is before:
                reviewed_room(each, function)
            else:
                chat.Room(each, "Room", message_review_handler=chat.MessageReviewHandler.none())
        old, new = template_of(before)["Resources"], template_of(after)["Resources"]
        assert set(old) == set(new)
        assert [id for id in new if new[id] != old[id]] == [ROOM_ID]

    def test_undone_takes_the_function_first(self, stack: Stack) -> None:
        """
        A room that gets a handler is changed when function and permission are there.
        """
        before, after = Stack(App(), "Stack"), stack
        chat.Room(before, "Room", message_review_handler=chat.MessageReviewHandler.none())
        reviewed_room(after, a_function(after))
        assert list(template_of(before)["Resources"]) == [ROOM_ID]
        assert in_order(template_of(after), FUNCTION_ID, PERMISSION_ID, ROOM_ID)


class TestOracles:
    @staticmethod
    def synthesize(stack: Stack) -> Path:
        """The assembly with rooms that functions of several kinds review."""
        function = a_function(stack, log_group=LogGroup(stack, "LogGroup"))
        alias = Alias(stack, "Alias", alias_name="live", version=function.current_version)
        reviewed_room(stack, function, "ByFunction")
        reviewed_room(stack, alias, "ByAlias", fallback=chat.FallbackResult.ALLOW)
        reviewed_room(stack, known_function(stack), "ByKnownFunction")
        chat.Room(stack, "ByNothing", message_review_handler=chat.MessageReviewHandler.none())
        return Path(App.of(stack).synth().directory)

    def test_cfn_lint_finds_nothing(self, located_stack: Stack) -> None:
        """
        cfn-lint has nothing to say to handlers of several kinds.
        """
        text = (self.synthesize(located_stack) / located_stack.template_file).read_text()
        assert cfn_lint_findings(text) == []

    @pytest.mark.newest
    def test_cdk_validation_finds_nothing(self, located_stack: Stack) -> None:
        """
        The CDK's own validation has nothing to say to them either.
        """
        assert cdk_findings(self.synthesize(located_stack)) == []
