"""A stage that is recorded as one video when a participant publishes."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

import cdk_ivs as ivs


class CompositionRecorderStack(cdk.Stack):
    """A stage, and a state machine that starts a composition of it for each session."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

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
                )
            ],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        storage = ivs.StorageConfiguration(self, "Storage", bucket=bucket)
        encoder = ivs.EncoderConfiguration(
            self, "Encoder", bitrate=4_500_000, framerate=30, height=1080, width=1920
        )
        stage = ivs.Stage(self, "Stage")

        # A state in the Amazon States Language. The class of the CDK for SDK calls would grant an
        # action with the prefix of the client, ivsrealtime, but the prefix in IAM is ivs.
        start = sfn.CustomState(
            self,
            "StartComposition",
            state_json={
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:ivsrealtime:startComposition",
                "Parameters": {
                    "StageArn": stage.stage_arn,
                    # The same for all publishers of a session: the second one starts nothing new.
                    "IdempotencyToken.$": "$.detail.session_id",
                    "Destinations": [
                        {
                            "S3": {
                                "StorageConfigurationArn": storage.storage_configuration_arn,
                                "EncoderConfigurationArns": [encoder.encoder_configuration_arn],
                            }
                        }
                    ],
                },
                "TimeoutSeconds": 30,
            },
        )
        # Errors that a retry cannot fix fail at once. Others, such as throttling, are retried.
        start.add_retry(
            errors=[
                "IvsRealTime.AccessDeniedException",
                "IvsRealTime.PendingVerificationException",
                "IvsRealTime.ResourceNotFoundException",
                "IvsRealTime.ServiceQuotaExceededException",
                "IvsRealTime.ValidationException",
            ],
            max_attempts=0,
        )
        start.add_retry(
            errors=["States.ALL"],
            backoff_rate=2,
            interval=Duration.seconds(2),
            jitter_strategy=sfn.JitterType.FULL,
            max_attempts=4,
        )

        recorder = sfn.StateMachine(
            self,
            "Recorder",
            definition_body=sfn.DefinitionBody.from_chainable(start),
            logs=sfn.LogOptions(
                destination=logs.LogGroup(
                    self, "RecorderLogs", retention=logs.RetentionDays.ONE_MONTH
                ),
                level=sfn.LogLevel.ALL,
            ),
            timeout=Duration.minutes(5),
            tracing_enabled=True,
        )
        stage.grants.start_composition(
            recorder, encoder_configuration=encoder, storage_configuration=storage
        )

        undelivered = sqs.Queue(
            self,
            "Undelivered",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
        )
        stage.on_stage_update(
            "Published",
            description="Record the stage when a participant publishes",
            event_names=[ivs.StageUpdateEvent.PARTICIPANT_PUBLISHED],
            target=targets.SfnStateMachine(
                recorder,
                dead_letter_queue=undelivered,
                max_event_age=Duration.minutes(10),
                retry_attempts=10,
            ),
        )

        cdk.CfnOutput(self, "StageArn", value=stage.stage_arn)
        cdk.CfnOutput(self, "RecordingBucket", value=bucket.bucket_name)
        cdk.CfnOutput(self, "StateMachineArn", value=recorder.state_machine_arn)
        cdk.CfnOutput(self, "UndeliveredQueueUrl", value=undelivered.queue_url)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return CompositionRecorderStack(app, "CompositionRecorder")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
