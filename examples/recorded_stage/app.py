"""A stage whose participants are recorded to S3."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_s3 as s3
from constructs import Construct

import cdk_ivs as ivs


class RecordedStageStack(cdk.Stack):
    """A stage, a storage configuration, and a bucket that outlives both."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        # enforce_ssl creates a bucket policy. The storage configuration adds the statement for
        # IVS, and is created after the policy.
        bucket = s3.Bucket(
            self,
            "Recordings",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                    expiration=Duration.days(365),
                    transitions=[
                        s3.Transition(
                            storage_class=s3.StorageClass.INTELLIGENT_TIERING,
                            transition_after=Duration.days(0),
                        )
                    ],
                )
            ],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        storage = ivs.StorageConfiguration(self, "Storage", bucket=bucket)

        stage = ivs.Stage(
            self,
            "Stage",
            participant_recording=ivs.ParticipantRecording(
                storage_configuration=storage,
                hls_segment_duration=Duration.seconds(4),
                reconnect_window=Duration.seconds(60),
                thumbnails=ivs.ParticipantThumbnailConfiguration.interval(
                    [ivs.Storage.SEQUENTIAL, ivs.Storage.LATEST],
                    Duration.seconds(30),
                ),
            ),
        )

        cdk.CfnOutput(self, "StageArn", value=stage.stage_arn)
        cdk.CfnOutput(self, "RecordingBucket", value=bucket.bucket_name)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return RecordedStageStack(app, "RecordedStage")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
