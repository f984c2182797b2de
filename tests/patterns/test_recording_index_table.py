"""The table of a recording index."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs

import cdk_ivs as ivs
from cdk_ivs.patterns import RecordingIndex
from tests.patterns.templates import inline_statements, only
from tests.support.oracles import resources_of


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
