"""
The event that a recording is ready, which survives a crash after the write.

The state machine does not send it. A crash between the write and the event would lose it, and an
event before the write could be sent twice. The stream of the table has every write for a day, and a
pipe retries until the event bus accepts the event.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from cdk_ivs._core.tree import scope_info

from .steps import KEY, KEY_WRITE_ACTIONS, allow

if TYPE_CHECKING:
    from aws_cdk.aws_pipes import CfnPipe
    from constructs import Construct

    from cdk_ivs._core.tree import ScopeInfo

SOURCE = "cdk-ivs.recording-index"
DETAIL_TYPE = "IVS Recording Ready"

_IMAGE = "$.dynamodb.NewImage"
# The first write with the attribute. No event ranks above an end, so no event removes it.
_NEWLY_READY = {
    "eventName": ["INSERT", "MODIFY"],
    "dynamodb": {
        "NewImage": {"ready_at": {"S": [{"exists": True}]}},
        "OldImage": {"ready_at": {"S": [{"exists": False}]}},
    },
}
_FIELDS = {
    KEY: "S",
    "kind": "S",
    "resource_arn": "S",
    "recording_s3_bucket_name": "S",
    "recording_s3_key_prefix": "S",
    "playlist_key": "S",
    "recording_duration_ms": "N",
    "started_at": "S",
    "ready_at": "S",
}


def create_pipe(
    scope: Construct,
    *,
    stream_arn: str,
    queue_arn: str,
    bus_arn: str,
    table_arn: str,
    table_key_arn: str | None,
    queue_key_arn: str | None,
    base_url: str | None,
) -> CfnPipe:
    """
    Create the pipe from the stream of the table to the event bus.

    Args:
        scope: The index.
        stream_arn: The stream.
        queue_arn: The queue for records that cannot be sent.
        bus_arn: The event bus.
        table_arn: The table, which is the resource of the events.
        table_key_arn: The key of the table, if it has one.
        queue_key_arn: The key of the queue, if it has one.
        base_url: The part of the URL before the key of a playlist. None: events have no URL.
    """
    from aws_cdk.aws_iam import PolicyDocument, Role, ServicePrincipal
    from aws_cdk.aws_pipes import CfnPipe

    stack = cast("ScopeInfo", scope_info(scope).stack)
    statements = [
        allow(
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            resource=stream_arn,
        ),
        # The action has no resource type in IAM.
        allow("dynamodb:ListStreams", resource="*"),
        allow("events:PutEvents", resource=bus_arn),
        allow("sqs:SendMessage", resource=queue_arn),
    ]
    if table_key_arn is not None:
        statements.append(allow("kms:Decrypt", resource=table_key_arn))
    if queue_key_arn is not None:
        statements.append(allow(*KEY_WRITE_ACTIONS, resource=queue_key_arn))
    role = Role(
        scope,
        "PipeRole",
        assumed_by=ServicePrincipal(
            "pipes.amazonaws.com",
            conditions={
                "StringEquals": {"aws:SourceAccount": stack.environment_or_tokens().account}
            },
        ),
        inline_policies={
            "Pipe": PolicyDocument.from_json({"Version": "2012-10-17", "Statement": statements})
        },
    )
    return CfnPipe(
        scope,
        "Pipe",
        description="Sends an event when a recording is ready",
        role_arn=role.role_arn,
        source=stream_arn,
        source_parameters={
            "dynamoDbStreamParameters": {
                # Earlier items are not lost, because the stream is as old as the table.
                "startingPosition": "TRIM_HORIZON",
                "batchSize": 10,
                "deadLetterConfig": {"arn": queue_arn},
                "maximumRetryAttempts": 185,
                "onPartialBatchItemFailure": "AUTOMATIC_BISECT",
            },
            "filterCriteria": {"filters": [{"pattern": json.dumps(_NEWLY_READY)}]},
        },
        target=bus_arn,
        target_parameters={
            "eventBridgeEventBusParameters": {
                "detailType": DETAIL_TYPE,
                "source": SOURCE,
                "resources": [table_arn, f"{_IMAGE}.resource_arn.S"],
            },
            "inputTemplate": _template(base_url),
        },
    )


def _template(base_url: str | None) -> str:
    """
    Return the `detail` of the events.

    The paths are quoted, as the guide recommends. Numbers in a stream are text too.
    """
    detail = {name: f"<{_IMAGE}.{name}.{kind}>" for name, kind in _FIELDS.items()}
    if base_url is not None:
        detail["url"] = f"{base_url}/<{_IMAGE}.playlist_key.S>"
    return json.dumps(detail)
