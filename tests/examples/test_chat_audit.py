"""What the chat_audit example needs so that logs arrive."""

from __future__ import annotations

from typing import Any

from tests.examples.apps import golden
from tests.support.graph import in_order, made_before, only

TEMPLATE = golden("chat_audit")


def properties_of(resource_type: str) -> dict[str, Any]:
    """The properties of the only resource of a type."""
    found: dict[str, Any] = TEMPLATE["Resources"][only(TEMPLATE, resource_type)]["Properties"]
    return found


def test_the_policy_is_there_before_logs_are_delivered() -> None:
    """
    The bucket, its policy, the logging configuration and the room are made in this order.
    """
    (logging,) = (
        logical_id
        for logical_id, resource in TEMPLATE["Resources"].items()
        if "S3" in resource["Properties"].get("DestinationConfiguration", {})
    )
    bucket, policy, room = (
        only(TEMPLATE, kind)
        for kind in ("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::IVSChat::Room")
    )
    assert in_order(TEMPLATE, bucket, policy, logging, room)


def test_the_policy_lets_logs_be_delivered() -> None:
    """
    The bucket's policy has two statements for the delivery beside the one of enforce_ssl.
    """
    statements = properties_of("AWS::S3::BucketPolicy")["PolicyDocument"]["Statement"]
    delivery = {"Service": "delivery.logs.amazonaws.com"}
    assert [(item["Principal"], item["Effect"], item["Action"]) for item in statements] == [
        ({"AWS": "*"}, "Deny", "s3:*"),
        (delivery, "Allow", "s3:GetBucketAcl"),
        (delivery, "Allow", "s3:PutObject"),
    ]


def test_the_stream_has_its_tag() -> None:
    """
    The tag by which logs may be delivered is in the template, so that no update takes it away.
    """
    stream = properties_of("AWS::KinesisFirehose::DeliveryStream")
    assert stream["Tags"] == [{"Key": "LogDeliveryEnabled", "Value": "true"}]


def test_the_room_has_all_three() -> None:
    """
    One room logs to each kind of destination once.
    """
    room = only(TEMPLATE, "AWS::IVSChat::Room")
    kinds = [
        kind
        for logical_id in made_before(TEMPLATE, room)
        if "Properties" in TEMPLATE["Resources"][logical_id]
        for kind in TEMPLATE["Resources"][logical_id]["Properties"].get(
            "DestinationConfiguration", {}
        )
    ]
    assert sorted(kinds) == ["CloudWatchLogs", "Firehose", "S3"]
    assert len(properties_of("AWS::IVSChat::Room")["LoggingConfigurationIdentifiers"]) == 3
