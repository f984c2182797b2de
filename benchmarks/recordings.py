"""Recordings that are watched, by a pattern, and with the CDK's constructs and L1s of IVS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Aws, Duration, RemovalPolicy, aws_ivs
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from aws_cdk.aws_iam import PolicyStatement, ServicePrincipal

if TYPE_CHECKING:
    from aws_cdk import Stack
    from aws_cdk.aws_certificatemanager import ICertificate

NAME = "recordings.example.com"
GROWING = ("*/media/hls/*.m3u8", "*/media/latest_thumbnail/*", "*/events/*")


def add_by_pattern(stack: Stack) -> None:
    """A channel and a stage that are recorded, and their recordings delivered by the pattern."""
    import cdk_ivs as ivs
    from cdk_ivs.patterns import RecordingDelivery

    delivery = RecordingDelivery(stack, "Delivery")
    recording = ivs.RecordingConfiguration(stack, "Recording", bucket=delivery.bucket)
    ivs.Channel(stack, "Channel", recording_configuration=recording).add_stream_key("StreamKey")
    storage = ivs.StorageConfiguration(stack, "Storage", bucket=delivery.bucket)
    participants = ivs.ParticipantRecording(storage_configuration=storage)
    ivs.Stage(stack, "Stage", participant_recording=participants)


def add_by_hand(stack: Stack) -> None:
    """The same resources."""
    bucket = delivered_by_hand(stack, None)
    bucket.add_to_resource_policy(
        PolicyStatement(
            actions=["s3:PutObject", "s3:PutObjectAcl"],
            conditions={
                "Bool": {"aws:SecureTransport": "true"},
                "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"},
            },
            principals=[ServicePrincipal(f"ivs-composite.{Aws.REGION}.amazonaws.com")],
            resources=[bucket.arn_for_objects("*")],
        )
    )
    destination = aws_ivs.CfnRecordingConfiguration.S3DestinationConfigurationProperty(
        bucket_name=bucket.bucket_name
    )
    recording = aws_ivs.CfnRecordingConfiguration(
        stack,
        "Recording",
        destination_configuration=(
            aws_ivs.CfnRecordingConfiguration.DestinationConfigurationProperty(s3=destination)
        ),
    )
    channel = aws_ivs.CfnChannel(stack, "Channel", recording_configuration_arn=recording.attr_arn)
    aws_ivs.CfnStreamKey(stack, "StreamKey", channel_arn=channel.attr_arn)
    storage = aws_ivs.CfnStorageConfiguration(
        stack,
        "Storage",
        s3=aws_ivs.CfnStorageConfiguration.S3StorageConfigurationProperty(
            bucket_name=bucket.bucket_name
        ),
    )
    policy = bucket.policy
    if policy is not None:
        storage.node.add_dependency(policy)
    aws_ivs.CfnStage(
        stack,
        "Stage",
        auto_participant_recording_configuration=(
            aws_ivs.CfnStage.AutoParticipantRecordingConfigurationProperty(
                storage_configuration_arn=storage.attr_arn
            )
        ),
    )


def delivered_by_hand(
    stack: Stack,
    certificate: ICertificate | None,
    id: str = "",
    *,
    given: s3.Bucket | None = None,
) -> s3.Bucket:
    """The resources of a RecordingDelivery, as one writes them with the constructs of the CDK."""
    bucket = given or s3.Bucket(
        stack,
        f"{id}Recordings",
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        encryption=s3.BucketEncryption.S3_MANAGED,
        enforce_ssl=True,
        lifecycle_rules=[
            s3.LifecycleRule(abort_incomplete_multipart_upload_after=Duration.days(1))
        ],
        removal_policy=RemovalPolicy.RETAIN,
    )
    access = cloudfront.S3OriginAccessControl(
        stack, f"{id}Access", origin_access_control_name=f"{id}recordings-us-west-2"
    )
    if given is None:
        origin = origins.S3BucketOrigin.with_origin_access_control(
            bucket, origin_access_control=access
        )
    else:
        # What the CDK would add to the policy allows the whole bucket.
        origin = origins.S3BucketOrigin.with_bucket_defaults(
            bucket, origin_access_control_id=access.origin_access_control_id
        )
    cors = cloudfront.ResponseHeadersCorsBehavior(
        access_control_allow_credentials=False,
        access_control_allow_headers=["Range"],
        access_control_allow_methods=["GET", "HEAD"],
        access_control_allow_origins=["*"],
        access_control_expose_headers=["Content-Length", "Content-Range"],
        origin_override=True,
    )
    playlist = cloudfront.BehaviorOptions(
        cache_policy=cloudfront.CachePolicy(
            stack,
            f"{id}PlaylistCache",
            default_ttl=Duration.seconds(5),
            enable_accept_encoding_brotli=True,
            enable_accept_encoding_gzip=True,
            max_ttl=Duration.seconds(5),
            min_ttl=Duration.seconds(5),
        ),
        origin=origin,
        response_headers_policy=cloudfront.ResponseHeadersPolicy(
            stack,
            f"{id}PlaylistHeaders",
            cors_behavior=cors,
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(
                        header="Cache-Control", override=True, value="no-cache"
                    )
                ]
            ),
        ),
        viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
    )
    media = cloudfront.BehaviorOptions(
        cache_policy=cloudfront.CachePolicy(
            stack,
            f"{id}MediaCache",
            default_ttl=Duration.days(1),
            enable_accept_encoding_brotli=True,
            enable_accept_encoding_gzip=True,
            max_ttl=Duration.days(1),
            min_ttl=Duration.days(1),
        ),
        origin=origin,
        response_headers_policy=cloudfront.ResponseHeadersPolicy(
            stack,
            f"{id}MediaHeaders",
            cors_behavior=cors,
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(
                        header="Cache-Control", override=True, value="max-age=86400, immutable"
                    )
                ]
            ),
        ),
        viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
    )
    distribution = cloudfront.Distribution(
        stack,
        f"{id}Distribution",
        additional_behaviors=dict.fromkeys(GROWING, playlist),
        certificate=certificate,
        comment="Recordings of Amazon IVS",
        default_behavior=media,
        domain_names=[NAME] if certificate is not None else None,
        http_version=cloudfront.HttpVersion.HTTP2_AND_3,
        minimum_protocol_version=(
            cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021 if certificate is not None else None
        ),
    )
    if given is not None:
        arn = f"arn:{Aws.PARTITION}:cloudfront::{stack.account}:distribution"
        bucket.add_to_resource_policy(
            PolicyStatement(
                actions=["s3:GetObject"],
                conditions={
                    "StringEquals": {"AWS:SourceArn": f"{arn}/{distribution.distribution_id}"}
                },
                principals=[ServicePrincipal("cloudfront.amazonaws.com")],
                resources=[
                    bucket.arn_for_objects("*/events/*"),
                    bucket.arn_for_objects("*/media/*"),
                ],
            )
        )
    return bucket
