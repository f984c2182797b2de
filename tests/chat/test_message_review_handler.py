"""Functions that review the messages of rooms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Duration, Stack
from aws_cdk.aws_lambda import Alias, Function, IFunction
from aws_cdk.aws_logs import LogGroup

from cdk_ivs import ValidationError, chat
from tests.chat.review_functions import (
    FUNCTION_ARN,
    FUNCTION_ID,
    IN_PLACE,
    KNOWN_SOURCE,
    PERMISSION,
    PERMISSION_ID,
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
from tests.support.graph import in_order, made_before, only
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of, template_of
from tests.support.tokens import token


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
            match="'fn' must have an ARN of at most 170 characters, got 171 characters "
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

    def test_beside_a_token_is_counted(self, stack: Stack) -> None:
        """
        Of a text with a token, 171 characters that are written out are too many.
        """
        beginning, end = "arn:aws:lambda:", ":123456789012:function:"
        for length, is_right in ((170, True), (171, False)):
            name = "x" * (length - len(beginning) - len(end))
            function = Function.from_function_arn(
                stack, f"Known{length}", f"{beginning}{token('Region')}{end}{name}"
            )
            if is_right:
                reviewed_room(stack, function)
                stack.node.try_remove_child("Room")
            else:
                with pytest.raises(ValidationError, match="characters, got 171 characters"):
                    reviewed_room(stack, function)


class TestTimeout:
    WARNING = (
        "the function that reviews messages has a timeout of 4 seconds, but IVS Chat waits 200 "
        "ms for its answer and then applies the fallback: let the function answer in less, and "
        "set its timeout to 1 second, the shortest that Lambda has [ack: cdk-ivs:HandlerTimeout]"
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
