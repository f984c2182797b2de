"""
Writes what happens to participants to a table: each event once, whatever comes twice or late.

Every participant has a row. An event changes it only if it is later than what the row knows, so
that a second delivery, or one out of order, changes nothing.
"""

import json
import os
from datetime import datetime, timedelta
from typing import Any

import boto3
from botocore.exceptions import ClientError

KEPT = timedelta(days=30)
table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


def handle(batch: dict[str, Any], _context: object) -> dict[str, Any]:
    """Process a batch of the queue. Lambda retries only the events that fail."""
    failed = []
    for record in batch["Records"]:
        try:
            take(json.loads(record["body"]))
        except Exception as error:  # noqa: BLE001 - one event must not stop the others
            print("Not taken:", record["messageId"], repr(error))
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def take(event: dict[str, Any]) -> None:
    """Write one event to the row of its participant."""
    detail = event["detail"]
    row = {
        "stage_arn": event["resources"][0],
        "participant": f"{detail['session_id']}#{detail['participant_id']}",
    }
    expires = int((datetime.fromisoformat(event["time"]) + KEPT).timestamp())
    if event["detail-type"] == "IVS Participant Recording State Change":
        place = f"{detail['recording_s3_bucket_name']}/{detail['recording_s3_key_prefix']}"
        # A set contains each value once.
        table.update_item(
            Key=row,
            UpdateExpression="SET expires_at = :expires ADD recordings :places",
            ExpressionAttributeValues={":expires": expires, ":places": {f"s3://{place}"}},
        )
        return
    try:
        table.update_item(
            Key=row,
            ConditionExpression="attribute_not_exists(happened_at) OR happened_at < :time",
            UpdateExpression=(
                "SET expires_at = :expires, happened_at = :time, publishes = :publishes, "
                "user_id = :user"
            ),
            ExpressionAttributeValues={
                ":expires": expires,
                ":publishes": detail["event_name"] == "Participant Published",
                ":time": comparable(detail.get("event_time_precise", detail["event_time"])),
                ":user": detail["user_id"],
            },
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        print("Known already, or older:", event["id"])


def comparable(time: str) -> str:
    """A time as text that sorts by time. IVS writes zero to nine digits of a second."""
    seconds, _, fraction = time.removesuffix("Z").partition(".")
    return f"{seconds}.{fraction:0<9}Z"
