"""Mistakes with buckets that IVS writes to."""

from __future__ import annotations

from typing import Any

from .parts import Case, Json, chat_log, recording, ref, resource, storage, template


def bucket_policy(*statements: Json, bucket: Any = None) -> Json:
    """The policy of a bucket."""
    return resource(
        "S3::BucketPolicy",
        {
            "Bucket": bucket or ref("Bucket"),
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [*statements]},
        },
    )


def statement(principal: Any, action: Any, effect: str = "Allow", **others: Any) -> Json:
    """A statement about the objects of the bucket."""
    return {
        "Effect": effect,
        "Principal": principal,
        "Action": action,
        "Resource": {"Fn::Sub": "${Bucket.Arn}/*"},
        **others,
    }


TLS_ONLY = statement("*", "s3:*", "Deny", Condition={"Bool": {"aws:SecureTransport": "false"}})
COMPOSITE = statement(
    {"Service": {"Fn::Sub": "ivs-composite.${AWS::Region}.amazonaws.com"}},
    ["s3:PutObject", "s3:PutObjectAcl"],
)
LOGS = statement({"Service": "delivery.logs.amazonaws.com"}, ["s3:PutObject"])
LOG_TO_BUCKET = {**chat_log(S3={"BucketName": ref("Bucket")}), "DependsOn": "Policy"}


def kms_bucket(algorithm: str, key: str | None = None) -> Json:
    """A bucket with default encryption."""
    by_default = {"SSEAlgorithm": algorithm, **({"KMSMasterKeyID": key} if key else {})}
    default = {"ServerSideEncryptionByDefault": by_default}
    return resource(
        "S3::Bucket",
        {"BucketEncryption": {"ServerSideEncryptionConfiguration": [default]}},
    )


def owned_bucket(ownership: str) -> Json:
    """A bucket with object ownership."""
    return resource(
        "S3::Bucket", {"OwnershipControls": {"Rules": [{"ObjectOwnership": ownership}]}}
    )


def named_bucket(name: Any, bucket: Json | None = None) -> Json:
    """A bucket with a name of its own."""
    properties = (bucket or {}).get("Properties", {})
    return resource("S3::Bucket", {"BucketName": name, **properties})


CASES = (
    Case(
        "IVS-025",
        "Properties.Bucket",
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket")),
            PolicyA=bucket_policy(COMPOSITE),
            PolicyB=bucket_policy(TLS_ONLY),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket"), DependsOn="PolicyA"),
            PolicyA=bucket_policy(COMPOSITE, TLS_ONLY),
        ),
        "another policy, 'PolicyA'",
    ),
    Case(
        "IVS-026",
        "Properties.PolicyDocument",
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket"), DependsOn="Policy"),
            Policy=bucket_policy(TLS_ONLY),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket"), DependsOn="Policy"),
            Policy=bucket_policy(TLS_ONLY, COMPOSITE),
        ),
        "storage configuration 'Storage'",
    ),
    Case(
        "IVS-026",
        "Properties.PolicyDocument",
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket"), DependsOn="Policy"),
            Policy=bucket_policy(statement({"Service": "ivs.amazonaws.com"}, "s3:PutObject")),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket"), DependsOn="Policy"),
            Policy=bucket_policy(
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "ivs-composite.us-west-2.amazonaws.com"},
                    "NotAction": "s3:DeleteObject",
                    "Resource": {"Fn::Sub": "${Bucket.Arn}/*"},
                }
            ),
        ),
    ),
    *(
        Case(
            "IVS-026",
            "Properties.PolicyDocument",
            template(
                Bucket=named_bucket("stages"),
                Stages=storage(used, DependsOn="Policy"),
                Policy=bucket_policy(LOGS, bucket=of_policy),
            ),
            template(
                Bucket=named_bucket("others"),
                Stages=storage(used, DependsOn="Policy"),
                Policy=bucket_policy(LOGS, bucket=of_policy_right),
            ),
            "'Stages'",
        )
        for used, of_policy, of_policy_right in (
            ("stages", ref("Bucket"), ref("Bucket")),
            (ref("Bucket"), "stages", "stages"),
        )
    ),
    Case(
        "IVS-027",
        "Properties.PolicyDocument",
        template(
            Bucket=resource("S3::Bucket"),
            Log=LOG_TO_BUCKET,
            Policy=bucket_policy(TLS_ONLY),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Log=LOG_TO_BUCKET,
            Policy=bucket_policy(TLS_ONLY, LOGS),
        ),
        "logging configuration 'Log'",
    ),
    Case(
        "IVS-028",
        "Properties.BucketEncryption",
        template(Bucket=kms_bucket("aws:kms"), Storage=storage(ref("Bucket"))),
        template(Bucket=kms_bucket("AES256"), Storage=storage(ref("Bucket"))),
        "'Bucket' has aws:kms",
    ),
    Case(
        "IVS-028",
        "Properties.BucketEncryption",
        template(Bucket=named_bucket("stages", kms_bucket("aws:kms")), Stages=storage("stages")),
        {
            "Parameters": {"Given": {"Type": "String", "Default": "stages"}},
            **template(
                Bucket=named_bucket(ref("Given"), kms_bucket("aws:kms")),
                Stages=storage("stages"),
            ),
        },
        "bucket 'Bucket'",
    ),
    Case(
        "IVS-029",
        "Properties.OwnershipControls",
        template(Bucket=owned_bucket("ObjectWriter"), Storage=storage(ref("Bucket"))),
        template(Bucket=owned_bucket("BucketOwnerPreferred"), Storage=storage(ref("Bucket"))),
    ),
    Case(
        "IVS-030",
        "Properties.PolicyDocument.Statement.2",
        template(
            Bucket=resource("S3::Bucket"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
            Policy=bucket_policy(TLS_ONLY, LOGS, {"Sid": "Again", **TLS_ONLY}),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
            Policy=bucket_policy(TLS_ONLY, LOGS),
        ),
        "statements 0 and 2",
    ),
    Case(
        "IVS-030",
        "Properties.PolicyDocument.Statement.1",
        template(
            Bucket=resource("S3::Bucket"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
            Policy=bucket_policy(LOGS, {**LOGS, "Action": "s3:PutObject"}),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
            Policy=bucket_policy(LOGS, {**LOGS, "Action": "s3:GetBucketAcl"}),
        ),
        "statements 0 and 1",
    ),
    Case(
        "IVS-051",
        "Properties.BucketEncryption",
        template(
            Bucket=kms_bucket("aws:kms", "alias/recordings"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
        ),
        template(
            Bucket=kms_bucket("aws:kms", "alias/aws/s3"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
        ),
        "bucket 'Bucket'",
    ),
    *(
        Case(
            "IVS-055",
            path,
            template(Bucket=resource("S3::Bucket"), Policy=policy_of_bucket, Writer=writer),
            template(
                Bucket=resource("S3::Bucket"),
                Policy=policy_of_bucket,
                Writer={**writer, "DependsOn": ["Policy"]},
            ),
            "bucket policy 'Policy'",
        )
        for path, policy_of_bucket, writer in (
            ("Properties.S3.BucketName", bucket_policy(COMPOSITE), storage(ref("Bucket"))),
            (
                "Properties.DestinationConfiguration.S3.BucketName",
                bucket_policy(LOGS),
                chat_log(S3={"BucketName": ref("Bucket")}),
            ),
        )
    ),
    # An indirect dependency is one too.
    Case(
        "IVS-055",
        "Properties.S3.BucketName",
        template(
            Bucket=resource("S3::Bucket"),
            Policy=bucket_policy(COMPOSITE),
            Between=resource("CloudFormation::WaitConditionHandle"),
            Storage=storage(ref("Bucket"), DependsOn="Between"),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Policy=bucket_policy(COMPOSITE),
            Between=resource("CloudFormation::WaitConditionHandle", DependsOn="Policy"),
            Storage=storage(ref("Bucket"), DependsOn="Between"),
        ),
    ),
    *(
        Case(
            "IVS-062",
            "Properties.BucketEncryption",
            template(
                Bucket=kms_bucket("aws:kms", wrong), Log=chat_log(S3={"BucketName": ref("Bucket")})
            ),
            template(Bucket=right, Log=chat_log(S3={"BucketName": ref("Bucket")})),
            "bucket 'Bucket'",
        )
        for wrong, right in (
            (None, kms_bucket("AES256")),
            ("alias/aws/s3", kms_bucket("aws:kms", "alias/chat-logs")),
        )
    ),
)
