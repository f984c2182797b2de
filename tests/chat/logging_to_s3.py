"""What the tests of logging to Amazon S3 share."""

from __future__ import annotations

import json
from typing import Any

from aws_cdk import Stack

from cdk_ivs import chat
from tests.support.oracles import resources_of

LOGGING, POLICY = "AWS::IVSChat::LoggingConfiguration", "AWS::S3::BucketPolicy"
LOGGING_ID, BUCKET_ID, POLICY_ID = "Logging019093B9", "Bucket83908E77", "BucketPolicyE9A3008A"
# Of the guide to vended logs, in the stack whose account and Region are known.
FROM_LOGS = {
    "aws:SourceArn": {
        "Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":logs:us-west-2:123456789012:*"]]
    }
}


def as_read(needed: object) -> str:
    """Statements as a warning has them for people, in the usual partition."""
    read = '{"aws:SourceArn": "arn:aws:logs:us-west-2:123456789012:*"}'
    return json.dumps(needed).replace(json.dumps(FROM_LOGS), read)


def delivery_statements(bucket_arn: object, objects_arn: object) -> list[dict[str, object]]:
    """What the policy of a bucket must have."""
    return [
        {
            "Sid": "AWSLogDeliveryAclCheck",
            "Effect": "Allow",
            "Principal": {"Service": "delivery.logs.amazonaws.com"},
            "Action": "s3:GetBucketAcl",
            "Resource": bucket_arn,
            "Condition": {
                "StringEquals": {"aws:SourceAccount": "123456789012"},
                "ArnLike": FROM_LOGS,
            },
        },
        {
            "Sid": "AWSLogDeliveryWrite",
            "Effect": "Allow",
            "Principal": {"Service": "delivery.logs.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": objects_arn,
            "Condition": {
                "StringEquals": {
                    "s3:x-amz-acl": "bucket-owner-full-control",
                    "aws:SourceAccount": "123456789012",
                },
                "ArnLike": FROM_LOGS,
            },
        },
    ]


def delivery_to(bucket_id: str) -> list[dict[str, object]]:
    """What the policy of a bucket of the template must have."""
    bucket_arn = {"Fn::GetAtt": [bucket_id, "Arn"]}
    return delivery_statements(
        bucket_arn, {"Fn::Join": ["", [bucket_arn, "/AWSLogs/123456789012/*"]]}
    )


def logged(stack: Stack, bucket: Any, id: str = "Logging") -> chat.LoggingConfiguration:
    """A configuration that logs to the bucket."""
    destination = chat.LoggingDestination.s3(bucket)
    return chat.LoggingConfiguration(stack, id, destination=destination)


def statements_of(stack: Stack) -> list[dict[str, Any]]:
    """The statements of the only bucket policy."""
    (policy,) = resources_of(stack, POLICY).values()
    return policy["Properties"]["PolicyDocument"]["Statement"]
