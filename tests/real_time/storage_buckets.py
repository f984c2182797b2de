"""Buckets of storage configurations, and what is in their policies."""

from __future__ import annotations

import json
from typing import Any

from aws_cdk import Stack

from tests.support.oracles import resources_of

STORAGE = "AWS::IVS::StorageConfiguration"
POLICY = "AWS::S3::BucketPolicy"
BUCKET = "AWS::S3::Bucket"
BUCKET_ID = "Bucket83908E77"


def statement(bucket_arn: object, region: object) -> dict[str, Any]:
    """
    What IVS needs, as in the guide for composite recording.

    Args:
        bucket_arn: The ARN of the bucket in the template.
        region: The Region in the template: a text, or a reference.
    """
    service: object = (
        f"ivs-composite.{region}.amazonaws.com"
        if isinstance(region, str)
        else {"Fn::Join": ["", ["ivs-composite.", region, ".amazonaws.com"]]}
    )
    return {
        "Action": ["s3:PutObject", "s3:PutObjectAcl"],
        "Condition": {
            "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"},
            "Bool": {"aws:SecureTransport": "true"},
        },
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Resource": {"Fn::Join": ["", [bucket_arn, "/*"]]},
    }


# Of the bucket with the id "Bucket", where the Region is known at deployment.
NEEDED = statement({"Fn::GetAtt": [BUCKET_ID, "Arn"]}, {"Ref": "AWS::Region"})


def needed_of(stack: Stack) -> list[dict[str, Any]]:
    """The statements for IVS in the only bucket policy of a stack."""
    (policy,) = resources_of(stack, POLICY).values()
    return [
        item
        for item in policy["Properties"]["PolicyDocument"]["Statement"]
        if "ivs-composite" in json.dumps(item)
    ]


def others_of(stack: Stack) -> list[str]:
    """The effects and actions of all other statements in the only bucket policy."""
    (policy,) = resources_of(stack, POLICY).values()
    return [
        f"{item['Effect']} {item['Action']}"
        for item in policy["Properties"]["PolicyDocument"]["Statement"]
        if "ivs-composite" not in json.dumps(item)
    ]
