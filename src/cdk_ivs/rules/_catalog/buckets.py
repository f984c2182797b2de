"""The rules about buckets that IVS writes to."""

from __future__ import annotations

from .rule import CHAT, LOW_LATENCY, REAL_TIME, TEMPLATES, error, warning

_LOGS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs"

RULES = (
    error(
        "IVS-025",
        "A bucket has one policy",
        "bucket '%v', which IVS writes to, has another policy, %v, and a bucket can have only "
        "one: put all statements into one policy",
        why="CloudFormation refuses a second policy for a bucket, or one policy overwrites the "
        "other.",
        fix="Put all statements into one `AWS::S3::BucketPolicy`.",
        source=f"{TEMPLATES}/aws-resource-s3-bucketpolicy.html",
    ),
    error(
        "IVS-026",
        "The policy of a bucket lets IVS record stages",
        "IVS adds a statement to the policy of this bucket when it creates storage configuration "
        "'%v', and this policy removes the statement, so that recordings fail: allow the "
        "principal ivs-composite.<region>.amazonaws.com s3:PutObject and s3:PutObjectAcl here",
        why="A bucket policy in a template replaces the one that the service wrote. IVS reports "
        "an error only when it starts a recording.",
        fix="Add a statement that allows the principal `ivs-composite.<region>.amazonaws.com` the "
        "actions `s3:PutObject` and `s3:PutObjectAcl` on the objects of the bucket.",
        source=f"{REAL_TIME}/rt-composite-recording.html",
    ),
    error(
        "IVS-027",
        "The policy of a bucket lets AWS deliver chat logs",
        "AWS adds statements to the policy of this bucket when it creates logging configuration "
        "'%v', and this policy removes them: allow the principal delivery.logs.amazonaws.com "
        "s3:PutObject, and s3:GetBucketAcl, here",
        why="A bucket policy in a template replaces the one that the service wrote, and no logs "
        "arrive.",
        fix="Add statements that allow the principal `delivery.logs.amazonaws.com` the action "
        "`s3:GetBucketAcl` on the bucket, and `s3:PutObject` on its objects.",
        source=f"{CHAT}/chat-logging.html",
    ),
    error(
        "IVS-028",
        "A bucket for recordings of stages is encrypted with SSE-S3",
        "IVS records stages only to a bucket whose default encryption is SSE-S3, and bucket "
        "'%v' has %v: use AES256",
        why="IVS cannot write recordings of stages to a bucket that is encrypted with AWS KMS.",
        fix="Set `SSEAlgorithm` to `AES256`, or remove `BucketEncryption`.",
        source=f"{REAL_TIME}/rt-individual-participant-recording.html",
    ),
    error(
        "IVS-029",
        "A bucket for recordings of stages owns its objects",
        "IVS records stages only to a bucket whose object ownership is BucketOwnerEnforced or "
        "BucketOwnerPreferred, and bucket '%v' has ObjectWriter: use one of the two",
        why="With the object ownership ObjectWriter, recordings would not belong to your account.",
        fix="Set `ObjectOwnership` to `BucketOwnerEnforced` or `BucketOwnerPreferred`.",
        source=f"{REAL_TIME}/rt-individual-participant-recording.html",
    ),
    warning(
        "IVS-030",
        "The policy of a bucket has each statement once",
        "statements %v and %v of the policy of a bucket that IVS writes to are the same: remove "
        "one of them",
        why="A statement has no more effect if it is there twice, and one of them is forgotten in "
        "the next change.",
        fix="Remove one of the two statements.",
        source=f"{TEMPLATES}/aws-resource-s3-bucketpolicy.html",
    ),
    warning(
        "IVS-051",
        "A bucket for recordings of channels has no customer-managed key",
        "the role with which IVS records channels has no permissions for AWS KMS, and bucket '%v' "
        "is encrypted with a customer-managed key, so that recordings can fail: use AES256",
        why="The service-linked role has the permission `s3:PutObject` only. AWS does not document "
        "recordings to such a bucket (unconfirmed).",
        fix="Set `SSEAlgorithm` to `AES256`. Acknowledge the finding if a recording to the bucket "
        "succeeds in your account.",
        source=f"{LOW_LATENCY}/security-service-linked-roles.html",
    ),
    warning(
        "IVS-055",
        "A configuration that writes to a bucket depends on the policy of the bucket",
        "CloudFormation can create this resource before bucket policy '%v'; the service then "
        "writes a policy itself, and the creation of this one fails: add the policy to DependsOn",
        why="When you create a storage configuration, or a logging configuration with a bucket, "
        "AWS adds statements to the bucket policy. CloudFormation cannot create a policy for a "
        "bucket that has one.",
        fix="Add the bucket policy to `DependsOn` of the configuration.",
        source=f"{REAL_TIME}/rt-composite-recording.html",
    ),
    error(
        "IVS-062",
        "A bucket for chat logs has no key that AWS manages",
        "AWS cannot deliver chat logs to bucket '%v', which is encrypted with the key that AWS "
        "manages: use AES256, or a key of your own",
        why="The key that AWS manages for S3 does not allow log delivery to use it, and you cannot "
        "change its policy.",
        fix="Set `SSEAlgorithm` to `AES256`. Or set `KMSMasterKeyID` to a key of your own whose "
        "policy allows `delivery.logs.amazonaws.com` to use it.",
        source=f"{_LOGS}/AWS-logs-infrastructure-S3.html",
    ),
)
