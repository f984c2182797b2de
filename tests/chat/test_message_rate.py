"""More messages per second than CloudFormation lets a room have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, PhysicalName, Stack, Tags
from aws_cdk.aws_s3 import Bucket

from cdk_ivs import ValidationError, chat
from tests.support.annotations import warnings_of
from tests.support.arns import arn
from tests.support.attachments import PERMISSION
from tests.support.graph import in_order, made_before, only
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of, template_of

ROOM = "AWS::IVSChat::Room"
RATE = "Custom::IVSChatMessageRate"
ROOM_ID, RATE_ID = "Room4AB29A70", "RoomMessageRate43C2E4AB"
LOGGING_ARN = arn("logging-configuration/a", service="ivschat")


def room_with(stack: Stack, **arguments: Any) -> None:
    """A room with 11 messages per second, if nothing else is said."""
    chat.Room(stack, "Room", **{"maximum_message_rate_per_second": 11, **arguments})


def resource_with(stack: Stack, resource_type: str, **arguments: Any) -> dict[str, Any]:
    """The only resource of a type in a stack with such a room."""
    room_with(stack, **arguments)
    (resource,) = resources_of(stack, resource_type).values()
    return resource


class TestByCloudFormation:
    @pytest.mark.parametrize("rate", [1, 10])
    def test_is_set_up_to_ten(self, stack: Stack, rate: int) -> None:
        """
        1 to 10 messages per second are a property of the room, and the room is all there is.
        """
        room_with(stack, maximum_message_rate_per_second=rate)
        assert template_of(stack)["Resources"] == {
            ROOM_ID: {"Type": ROOM, "Properties": {"MaximumMessageRatePerSecond": rate}}
        }

    def test_is_set_if_it_is_not_known(self, stack: Stack) -> None:
        """
        A rate that is known at deployment is a property of the room.
        """
        rate = CfnParameter(stack, "Rate", type="Number").value_as_number
        room_with(stack, maximum_message_rate_per_second=rate)
        assert template_of(stack)["Resources"] == {
            ROOM_ID: {"Type": ROOM, "Properties": {"MaximumMessageRatePerSecond": {"Ref": "Rate"}}}
        }


class TestLimits:
    @pytest.mark.parametrize(
        ("rate", "problem"),
        [
            (-1, "at least 1 message, got -1"),
            (0, "at least 1 message, got 0"),
            (101, "at most 100 messages, got 101"),
        ],
    )
    def test_are_those_of_the_api(self, stack: Stack, rate: int, problem: str) -> None:
        """
        Fewer than 1 and more than 100 messages per second are refused, and nothing is made.
        """
        with pytest.raises(
            ValidationError,
            match=rf"'maximum_message_rate_per_second' must be {problem} \(allowed: 1 to 100\) "
            r"\[cdk-ivs:NumberRange at 'Stack/Room'\]",
        ):
            room_with(stack, maximum_message_rate_per_second=rate)
        assert stack.node.children == []


class TestByTheApi:
    @pytest.mark.parametrize("rate", [11, 100])
    def test_is_set_above_ten(self, stack: Stack, rate: int) -> None:
        """
        From 11 messages on a custom resource sets the rate, which it tells its function.
        """
        resource = resource_with(stack, RATE, maximum_message_rate_per_second=rate)
        assert resource["Properties"] == {
            "ServiceToken": {
                "Fn::GetAtt": ["cdkivsCustomResourcesProviderframeworkonEvent1D1F32B1", "Arn"]
            },
            "Operation": "MessageRate",
            "ResourceArn": {"Fn::GetAtt": [ROOM_ID, "Arn"]},
            "Room": {},
            "Value": rate,
        }

    def test_leaves_the_property_out(self, stack: Stack) -> None:
        """
        CloudFormation is given no rate, of which it would refuse 11.
        """
        assert resource_with(stack, ROOM) == {"Type": ROOM}
        assert warnings_of(stack) == []

    def test_may_read_and_update_the_one_room_and_nothing_else(self, stack: Stack) -> None:
        """
        The function gets two actions on one ARN.
        """
        policy = resource_with(stack, PERMISSION)
        assert policy["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": ["ivschat:GetRoom", "ivschat:UpdateRoom"],
                "Effect": "Allow",
                "Resource": [{"Fn::GetAtt": [ROOM_ID, "Arn"]}],
            }
        ]

    def test_comes_after_all_that_it_needs(self, stack: Stack) -> None:
        """
        The room and the permission are there before the call, and deleted after it.
        """
        room_with(stack)
        template = template_of(stack)
        permission = only(template, PERMISSION)
        assert in_order(template, ROOM_ID, permission, RATE_ID)

    def test_is_nothing_that_the_room_waits_for(self, stack: Stack) -> None:
        """
        A room depends on nothing that is there for its rate.
        """
        room_with(stack)
        assert made_before(template_of(stack), ROOM_ID) == set()

    def test_is_one_resource_for_each_room(self, stack: Stack) -> None:
        """
        Two rooms are two resources with two permissions, and one function.
        """
        for id in ("A", "B"):
            chat.Room(stack, id, maximum_message_rate_per_second=20)
        assert len(resources_of(stack, RATE)) == 2
        assert len(resources_of(stack, PERMISSION)) == 2
        # The function, and the one of the provider framework.
        assert len(resources_of(stack, "AWS::Lambda::Function")) == 2


def override(stack: Stack) -> None:
    """Change the room by an escape hatch."""
    cfn_room: Any = stack.node.find_child("Room").node.default_child
    cfn_room.add_property_override("Name", "overridden")


CHANGES: dict[str, tuple[dict[str, Any], Callable[[Stack], object]]] = {
    "name": ({"room_name": "lobby"}, lambda _: None),
    "length": ({"maximum_message_length": 100}, lambda _: None),
    "handler": ({"message_review_handler": chat.MessageReviewHandler.none()}, lambda _: None),
    "logging": ({"logging_configurations": []}, lambda _: None),
    "tags": ({"tags": {"team": "live"}}, lambda _: None),
    "tags of the stack": ({}, lambda stack: Tags.of(stack).add("team", "live")),
    "escape hatch": ({}, override),
}


class TestUpdate:
    """CloudFormation updates a resource when its properties change, and only then."""

    def test_has_what_the_room_is_made_of(self, stack: Stack) -> None:
        """
        The resource has the room's properties, which its function does not look at.
        """
        logging = chat.LoggingConfiguration.from_logging_configuration_arn(
            stack, "Logging", LOGGING_ARN
        )
        resource = resource_with(
            stack,
            RATE,
            logging_configurations=[logging],
            maximum_message_length=100,
            message_review_handler=chat.MessageReviewHandler.none(),
            room_name="lobby",
        )
        assert resource["Properties"]["Room"] == {
            "LoggingConfigurationIdentifiers": [LOGGING_ARN],
            "MaximumMessageLength": 100,
            "MessageReviewHandler": {"Uri": ""},
            "Name": "lobby",
        }

    @pytest.mark.parametrize(("arguments", "change"), CHANGES.values(), ids=CHANGES)
    def test_comes_with_that_of_the_room(
        self, stack: Stack, arguments: dict[str, Any], change: Callable[[Stack], object]
    ) -> None:
        """
        Whatever is changed of the room is changed of the resource, which sets the rate again.
        """
        before, after = Stack(App(), "Stack"), stack
        room_with(before)
        room_with(after, **arguments)
        change(after)
        for resource_type in (ROOM, RATE):
            old, new = (
                {
                    id: each.get("Properties")
                    for id, each in resources_of(which, resource_type).items()
                }
                for which in (before, after)
            )
            assert old.keys() == new.keys()
            assert old != new
        (room,) = resources_of(after, ROOM).values()
        assert resources_of(after, RATE)[RATE_ID]["Properties"]["Room"] == room["Properties"]

    def test_has_what_is_imported_from_another_stack(self, app: App) -> None:
        """
        A logging configuration of another stack is named as the room names it.
        """
        other, stack = Stack(app, "Other"), Stack(app, "Stack")
        logging = chat.LoggingConfiguration(
            other, "Logging", destination=chat.LoggingDestination.s3(Bucket(other, "Bucket"))
        )
        room_with(stack, logging_configurations=[logging])
        (room,) = resources_of(stack, ROOM).values()
        assert resources_of(stack, RATE)[RATE_ID]["Properties"]["Room"] == room["Properties"]
        assert "Fn::ImportValue" in repr(room["Properties"])

    def test_of_the_rate_alone_leaves_the_room(self, stack: Stack) -> None:
        """
        From 11 to 12 the resource is updated in place, and the room is not.
        """
        before, after = Stack(App(), "Stack"), stack
        for each, rate in ((before, 11), (after, 12)):
            room_with(each, maximum_message_rate_per_second=rate)
        assert resources_of(before, ROOM) == resources_of(after, ROOM)
        old, new = (resources_of(each, RATE)[RATE_ID]["Properties"] for each in (before, after))
        assert (old.pop("Value"), new.pop("Value")) == (11, 12)
        assert old == new

    def test_down_to_ten_is_of_the_room(self, stack: Stack) -> None:
        """
        The room gets the property, and the resource goes after it.
        """
        before, after = Stack(App(), "Stack"), stack
        for each, rate in ((before, 11), (after, 10)):
            room_with(each, maximum_message_rate_per_second=rate)
        assert RATE_ID in template_of(before)["Resources"]
        assert template_of(after)["Resources"] == {
            ROOM_ID: {"Type": ROOM, "Properties": {"MaximumMessageRatePerSecond": 10}}
        }

    def test_knows_a_name_as_it_is_rendered(self, stack: Stack) -> None:
        """
        A name that the CDK makes if it is needed is left out of both.
        """
        resource = resource_with(stack, RATE, room_name=PhysicalName.GENERATE_IF_NEEDED)
        assert resource["Properties"].get("Room", {}) == {}


class TestOracles:
    def test_cfn_lint_finds_nothing(self, stack: Stack) -> None:
        """
        cfn-lint has nothing to say to a rate that the API sets.
        """
        room_with(stack, room_name="lobby")
        text = Path(App.of(stack).synth().directory, stack.template_file).read_text()
        assert cfn_lint_findings(text) == []

    @pytest.mark.newest
    def test_cdk_validation_finds_nothing(self, stack: Stack) -> None:
        """
        The CDK's own validation has nothing to say to it either.
        """
        room_with(stack, room_name="lobby")
        assert cdk_findings(Path(App.of(stack).synth().directory)) == []
