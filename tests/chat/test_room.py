"""Rooms of IVS Chat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import (
    App,
    CfnParameter,
    Environment,
    Fn,
    Stack,
    Tags,
)
from aws_cdk.assertions import Template
from aws_cdk.aws_ivschat import CfnLoggingConfiguration, CfnRoom
from aws_cdk.aws_lambda import Code, Function, Runtime
from aws_cdk.aws_logs import LogGroup

from cdk_ivs import ValidationError, chat
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of
from tests.support.tokens import token

ROOM = "AWS::IVSChat::Room"
ROOM_ARN = arn("room/AbCdef1G2hij", service="ivschat", region="eu-west-1")


def properties_of(stack: Stack) -> dict[str, object]:
    """The properties of the only room."""
    (room,) = resources_of(stack, ROOM).values()
    return room.get("Properties", {})


def logging_arn(id: str, *, region: str = REGION) -> str:
    """The ARN of a logging configuration."""
    return arn(f"logging-configuration/{id}", service="ivschat", region=region)


def known_logging(stack: Stack, id: str) -> chat.ILoggingConfiguration:
    """An imported logging configuration."""
    return chat.LoggingConfiguration.from_logging_configuration_arn(stack, id, logging_arn(id))


def log_group(stack: Stack) -> LogGroup:
    """An imported log group."""
    return LogGroup.from_log_group_name(stack, "LogGroup", "/aws/vendedlogs/chat")


def whole_room(stack: Stack) -> chat.Room:
    """A room with every argument, and all that it needs."""
    function = Function(
        stack,
        "Function",
        code=Code.from_inline("def handler(event, context): return {}"),
        handler="index.handler",
        runtime=Runtime.PYTHON_3_13,
    )
    logging = chat.LoggingConfiguration(
        stack, "Logging", destination=chat.LoggingDestination.cloud_watch_logs(log_group(stack))
    )
    return chat.Room(
        stack,
        "Room",
        logging_configurations=[logging],
        maximum_message_length=100,
        maximum_message_rate_per_second=5,
        message_review_handler=chat.MessageReviewHandler.from_function(function),
        room_name="lobby",
        tags={"team": "live"},
    )


class TestTemplate:
    def test_is_one_resource(self, stack: Stack) -> None:
        """
        A room without arguments is one resource, with everything as the service has it.
        """
        chat.Room(stack, "Room")
        Template.from_stack(stack).template_matches(
            {"Resources": {"Room4AB29A70": {"Type": "AWS::IVSChat::Room"}}}
        )
        assert properties_of(stack) == {}

    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        Each argument is rendered under its CloudFormation name.
        """
        whole_room(stack)
        assert properties_of(stack) == {
            "LoggingConfigurationIdentifiers": [{"Fn::GetAtt": ["Logging019093B9", "Arn"]}],
            "MaximumMessageLength": 100,
            "MaximumMessageRatePerSecond": 5,
            "MessageReviewHandler": {
                "FallbackResult": "DENY",
                "Uri": {"Fn::GetAtt": ["Function76856677", "Arn"]},
            },
            "Name": "lobby",
            "Tags": [{"Key": "team", "Value": "live"}],
        }
        assert warnings_of(stack) == []

    def test_renders_what_is_empty(self, stack: Stack) -> None:
        """
        An empty list and an empty name are rendered: they were given.
        """
        chat.Room(stack, "Room", logging_configurations=[], room_name="")
        assert properties_of(stack) == {"LoggingConfigurationIdentifiers": [], "Name": ""}

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        Values that are known at deployment are rendered as they are.
        """
        chat.Room(
            stack,
            "Room",
            logging_configurations=[
                chat.LoggingConfiguration.from_logging_configuration_arn(
                    stack, "Logging", token("Logging")
                )
            ],
            room_name=token("Name"),
            tags={"team": token("Team")},
        )
        assert properties_of(stack) == {
            "LoggingConfigurationIdentifiers": [{"Ref": "Logging"}],
            "Name": {"Ref": "Name"},
            "Tags": [{"Key": "team", "Value": {"Ref": "Team"}}],
        }

    def test_lets_tokens_for_numbers_through(self, stack: Stack) -> None:
        """
        Numbers that are known at deployment are rendered as they are.
        """
        length, rate = (
            CfnParameter(stack, name, type="Number").value_as_number for name in ("Length", "Rate")
        )
        chat.Room(
            stack, "Room", maximum_message_length=length, maximum_message_rate_per_second=rate
        )
        assert properties_of(stack) == {
            "MaximumMessageLength": {"Ref": "Length"},
            "MaximumMessageRatePerSecond": {"Ref": "Rate"},
        }


class TestOracles:
    def test_cfn_lint_finds_nothing(self, stack: Stack) -> None:
        """
        cfn-lint has nothing to say to a room with every argument.
        """
        whole_room(stack)
        text = Path(App.of(stack).synth().directory, stack.template_file).read_text()
        assert cfn_lint_findings(text) == []

    @pytest.mark.newest
    def test_cdk_validation_finds_nothing(self, stack: Stack) -> None:
        """
        The CDK's own validation has nothing to say to a room with every argument.
        """
        whole_room(stack)
        assert cdk_findings(Path(App.of(stack).synth().directory)) == []


class TestMessageLength:
    @pytest.mark.parametrize("length", [1, 500])
    def test_accepts_the_limits(self, stack: Stack, length: int) -> None:
        """
        1 and 500 characters are lengths.
        """
        chat.Room(stack, "Room", maximum_message_length=length)
        assert properties_of(stack) == {"MaximumMessageLength": length}

    @pytest.mark.parametrize(
        ("length", "problem"),
        [
            (-1, "at least 1 character, got -1"),
            (0, "at least 1 character, got 0"),
            (501, "at most 500 characters, got 501"),
        ],
    )
    def test_refuses_what_is_beyond(self, stack: Stack, length: int, problem: str) -> None:
        """
        Fewer than 1 and more than 500 are not.
        """
        with pytest.raises(
            ValidationError,
            match=rf"'maximum_message_length' must be {problem} \(allowed: 1 to 500\) "
            r"\[cdk-ivs:NumberRange at 'Stack/Room'\]",
        ):
            chat.Room(stack, "Room", maximum_message_length=length)


class TestLoggingConfigurations:
    @pytest.mark.parametrize("count", [1, 3])
    def test_are_up_to_three(self, stack: Stack, count: int) -> None:
        """
        Messages are logged as 1 to 3 configurations say, in the order given.
        """
        ids = ["B", "A", "C"][:count]
        chat.Room(stack, "Room", logging_configurations=[known_logging(stack, id) for id in ids])
        assert properties_of(stack) == {
            "LoggingConfigurationIdentifiers": [logging_arn(id) for id in ids]
        }

    def test_are_not_four(self, stack: Stack) -> None:
        """
        CloudFormation's schema would take 50, but the service takes 3.
        """
        four = [known_logging(stack, id) for id in "ABCD"]
        with pytest.raises(
            ValidationError,
            match="'logging_configurations' must have at most 3 items, got 4; "
            "CloudFormation accepts "
            r"more, and the service rejects them "
            r"\[cdk-ivs:LoggingConfigurationCount at 'Stack/Room'\]",
        ):
            chat.Room(stack, "Room", logging_configurations=four)

    def test_may_be_a_tuple(self, stack: Stack) -> None:
        """
        Any sequence will do.
        """
        chat.Room(stack, "Room", logging_configurations=(known_logging(stack, "A"),))
        assert properties_of(stack) == {"LoggingConfigurationIdentifiers": [logging_arn("A")]}

    def test_may_be_an_l1(self, stack: Stack) -> None:
        """
        An L1 is a logging configuration too.
        """
        level_1 = CfnLoggingConfiguration(
            stack,
            "Logging",
            destination_configuration=CfnLoggingConfiguration.DestinationConfigurationProperty(
                firehose=CfnLoggingConfiguration.FirehoseDestinationConfigurationProperty(
                    delivery_stream_name="stream"
                )
            ),
        )
        chat.Room(stack, "Room", logging_configurations=[level_1])
        assert properties_of(stack) == {"LoggingConfigurationIdentifiers": [{"Ref": "Logging"}]}

    def test_of_the_l1_of_another_region_are_refused(self, app: App) -> None:
        """
        An L1 is asked for its Region, as far as that of the room is known.
        """
        elsewhere = Stack(app, "There", env=Environment(account=ACCOUNT, region="eu-west-1"))
        here = Stack(app, "Here", env=Environment(account=ACCOUNT, region=REGION))
        level_1 = CfnLoggingConfiguration(
            elsewhere,
            "Logging",
            destination_configuration={"cloudWatchLogs": {"logGroupName": "messages"}},
        )
        with pytest.raises(
            ValidationError, match="'logging_configurations' must be in the Region of the stack"
        ):
            chat.Room(here, "Room", logging_configurations=[level_1])

    def test_are_not_given_twice(self, stack: Stack) -> None:
        """
        One that stands twice is named, also by two references to one ARN.
        """
        again = chat.LoggingConfiguration.from_logging_configuration_arn(
            stack, "Again", logging_arn("A")
        )
        with pytest.raises(
            ValidationError,
            match="'logging_configurations' must not have the same construct "
            "twice, got 'Stack/Again' "
            "again; leave one out",
        ):
            chat.Room(stack, "Room", logging_configurations=[known_logging(stack, "A"), again])

    def test_that_are_made_here_are_not_given_twice(self, stack: Stack) -> None:
        """
        A construct is the same however often it stands there.
        """
        logging = chat.LoggingConfiguration(
            stack, "Logging", destination=chat.LoggingDestination.cloud_watch_logs(log_group(stack))
        )
        with pytest.raises(
            ValidationError, match="'logging_configurations' must not have the same construct"
        ):
            chat.Room(stack, "Room", logging_configurations=[logging, logging])

    @pytest.mark.parametrize(
        ("logging", "problem"),
        [
            (
                logging_arn("a", region="eu-west-1"),
                "Region of the stack, us-west-2, got one in eu-west-1",
            ),
            (
                "arn:aws:ivschat:us-west-2:210987654321:logging-configuration/a",
                "account of the stack, 123456789012, got one in 210987654321",
            ),
        ],
        ids=["region", "account"],
    )
    def test_of_elsewhere_are_refused(
        self, located_stack: Stack, logging: str, problem: str
    ) -> None:
        """
        One that is known to be in another account or Region is refused.
        """
        elsewhere = chat.LoggingConfiguration.from_logging_configuration_arn(
            located_stack, "Logging", logging
        )
        with pytest.raises(
            ValidationError, match=f"'logging_configurations' must be in the {problem}"
        ):
            chat.Room(located_stack, "Room", logging_configurations=[elsewhere])

    def test_of_a_stack_of_elsewhere_are_refused(self, app: App, located_stack: Stack) -> None:
        """
        One that a stack of another Region makes is refused as well.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region="eu-west-1"))
        elsewhere = chat.LoggingConfiguration(
            other, "Logging", destination=chat.LoggingDestination.cloud_watch_logs(log_group(other))
        )
        with pytest.raises(
            ValidationError,
            match="'logging_configurations' must be in the Region of the stack, us-west-2, "
            "got one in eu-west-1",
        ):
            chat.Room(located_stack, "Room", logging_configurations=[elsewhere])

    def test_of_another_stack_are_taken(self, app: App, located_stack: Stack) -> None:
        """
        One of another stack in the same account and Region is taken.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region=REGION))
        logging = chat.LoggingConfiguration(
            other, "Logging", destination=chat.LoggingDestination.cloud_watch_logs(log_group(other))
        )
        chat.Room(located_stack, "Room", logging_configurations=[logging])
        assert properties_of(located_stack) == {
            "LoggingConfigurationIdentifiers": [
                {"Fn::ImportValue": "Other:ExportsOutputFnGetAttLogging019093B9ArnB67D6A82"}
            ]
        }

    def test_of_an_environment_that_is_not_known_are_taken(self, stack: Stack) -> None:
        """
        Where the stack's account and Region are known at deployment nothing is refused.
        """
        elsewhere = chat.LoggingConfiguration.from_logging_configuration_arn(
            stack, "Logging", logging_arn("a", region="eu-west-1")
        )
        chat.Room(stack, "Room", logging_configurations=[elsewhere])
        assert properties_of(stack) == {
            "LoggingConfigurationIdentifiers": [logging_arn("a", region="eu-west-1")]
        }


class TestTags:
    def test_with_empty_values_are_refused(self, stack: Stack) -> None:
        """
        CloudFormation's schema of rooms has no empty values of tags.
        """
        with pytest.raises(
            ValidationError,
            match="'tags' must have values of at least 1 character here, got none for 'team'; "
            r"CloudFormation rejects it for this type \[cdk-ivs:TagValue at 'Stack/Room'\]",
        ):
            chat.Room(stack, "Room", tags={"team": ""})

    def test_with_empty_values_of_the_app_are_warned_about(self, app: App, stack: Stack) -> None:
        """
        What the CDK's Tags add after the constructor has a warning, and nothing else has one.
        """
        room = chat.Room(stack, "Room", tags={"team": "chat"})
        cfn_room = room.node.default_child
        assert isinstance(cfn_room, CfnRoom)
        cfn_room.name = "room"
        chat.Room(Stack(app, "Excepted"), "Room")
        chat.LoggingConfiguration(
            stack,
            "Logging",
            destination=chat.LoggingDestination.cloud_watch_logs(LogGroup(stack, "Logs")),
        )
        chat.Room(stack, "Removed")
        stack.node.try_remove_child("Removed")
        Tags.of(stack).add("team", "")
        Tags.of(stack).add("stage", "")
        Tags.of(app).add("owner", "us")
        assert [found for found in warnings_of(stack) if "cdk-ivs:" in found[1]] == [
            (
                "/Stack/Room",
                (
                    "CloudFormation rejects tags without a value for a room, got none for "
                    "'stage', 'team'; give them a value, or leave rooms out with "
                    "Tags.of(...).add(..., exclude_resource_types=['AWS::IVSChat::Room']) [ack: "
                    "cdk-ivs:EmptyTag]"
                ),
            )
        ]

    def test_with_empty_values_may_leave_rooms_out(self, stack: Stack) -> None:
        """
        What the warning advises ends it.
        """
        chat.Room(stack, "Room")
        Tags.of(stack).add("team", "", exclude_resource_types=["AWS::IVSChat::Room"])
        assert warnings_of(stack) == []

    def test_are_as_long_as_they_may_be(self, stack: Stack) -> None:
        """
        Keys of 1 and 128 and values of 1 and 256 characters are tags.
        """
        tags = {"a": "b", "k" * 128: "v" * 256}
        chat.Room(stack, "Room", tags=tags)
        assert properties_of(stack) == {
            "Tags": [{"Key": "a", "Value": "b"}, {"Key": "k" * 128, "Value": "v" * 256}]
        }


class TestReferences:
    def test_have_the_id_of_the_arn(self, stack: Stack) -> None:
        """
        The id is the last part of the ARN.
        """
        room = chat.Room.from_room_arn(stack, "Room", ROOM_ARN)
        assert room.room_id == "AbCdef1G2hij"

    def test_let_tokens_through(self, stack: Stack) -> None:
        """
        An ARN that is known at deployment is used as it is, and its id taken from it there.
        """
        room = chat.Room.from_room_arn(stack, "Room", Fn.import_value("Arn"))
        assert stack.resolve([room.room_arn, room.room_id]) == [
            {"Fn::ImportValue": "Arn"},
            {"Fn::Select": [1, {"Fn::Split": ["/", {"Fn::ImportValue": "Arn"}]}]},
        ]


class TestFailures:
    @pytest.mark.parametrize(
        "arguments",
        [
            {"logging_configurations": [logging_arn("a")]},
            {"logging_configurations": logging_arn("a")},
            {"maximum_message_length": True},
            {"maximum_message_length": "100"},
            {"maximum_message_length": 1.5},
            {"maximum_message_rate_per_second": True},
            {"maximum_message_rate_per_second": "5"},
            {"maximum_message_rate_per_second": 10.5},
            {"message_review_handler": "arn:aws:lambda:us-west-2:123456789012:function:review"},
        ],
        ids=[
            "logging-arns",
            "logging-arn",
            "length-bool",
            "length-str",
            "length-float",
            "rate-bool",
            "rate-str",
            "rate-float",
            "handler-arn",
        ],
    )
    def test_leave_nothing_behind(self, stack: Stack, arguments: dict[str, Any]) -> None:
        """
        A room that is refused leaves no construct, and its keyword stands in the message.
        """
        (keyword,) = arguments
        with pytest.raises(ValidationError, match=f"'{keyword}' must") as error:
            chat.Room(stack, "Room", **arguments)
        assert error.value.path == "Stack/Room"
        assert stack.node.children == []
