"""A recorded channel, and a pipeline for complete recordings."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

import cdk_ivs as ivs


class RecordingPipelineStack(cdk.Stack):
    """A channel whose complete recordings go into a queue and through a state machine."""

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
        recording = ivs.RecordingConfiguration(self, "Recording", bucket=bucket)
        channel = ivs.Channel(self, "Channel", recording_configuration=recording)
        stream_key = channel.add_stream_key("StreamKey")

        undelivered = self._queue("Undelivered")
        unprocessed = self._queue("Unprocessed")
        recorded = self._queue(
            "Recorded",
            visibility_timeout=Duration.minutes(5),
            dead_letter_queue=sqs.DeadLetterQueue(max_receive_count=3, queue=unprocessed),
        )
        reader = self._reader(bucket)

        # Only the location of the recording.
        message = events.RuleTargetInput.from_object(
            {
                "bucket": events.EventField.from_path("$.detail.recording_s3_bucket_name"),
                "prefix": events.EventField.from_path("$.detail.recording_s3_key_prefix"),
            }
        )
        rule = channel.on_recording_state_change(
            "Recorded",
            description="Process a recording when it is complete",
            event_names=[ivs.RecordingStatus.RECORDING_END],
            target=targets.SqsQueue(recorded, dead_letter_queue=undelivered, message=message),
        )
        rule.add_target(
            targets.SfnStateMachine(reader, dead_letter_queue=undelivered, input=message)
        )

        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "StreamKeyArn", value=stream_key.stream_key_arn)
        cdk.CfnOutput(self, "RecordedQueueUrl", value=recorded.queue_url)
        cdk.CfnOutput(self, "StateMachineArn", value=reader.state_machine_arn)

    def _queue(
        self,
        id: str,
        *,
        dead_letter_queue: sqs.DeadLetterQueue | None = None,
        visibility_timeout: Duration | None = None,
    ) -> sqs.Queue:
        return sqs.Queue(
            self,
            id,
            dead_letter_queue=dead_letter_queue,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
            visibility_timeout=visibility_timeout,
        )

    def _reader(self, bucket: s3.Bucket) -> sfn.StateMachine:
        """Read the description of the recording, and return the location of its video."""
        read = tasks.CallAwsService(
            self,
            "ReadRecording",
            service="s3",
            action="getObject",
            iam_action="s3:GetObject",
            iam_resources=[bucket.arn_for_objects("ivs/v1/*/events/recording-ended.json")],
            parameters={
                "Bucket": bucket.bucket_name,
                "Key": sfn.JsonPath.format(
                    "{}/events/recording-ended.json", sfn.JsonPath.string_at("$.prefix")
                ),
            },
            result_selector={
                "ended": sfn.JsonPath.string_to_json(sfn.JsonPath.string_at("$.Body"))
            },
            result_path="$.recording",
            task_timeout=sfn.Timeout.duration(Duration.seconds(30)),
        )
        read.add_retry(
            errors=["States.ALL"],
            backoff_rate=2,
            interval=Duration.seconds(2),
            jitter_strategy=sfn.JitterType.FULL,
            max_attempts=4,
        )
        # Add your own step here: a row in a catalog, a job that converts the video.
        found = sfn.Pass(
            self,
            "FoundVideo",
            parameters={
                "bucket": sfn.JsonPath.string_at("$.bucket"),
                "durationMs": sfn.JsonPath.number_at("$.recording.ended.media.hls.duration_ms"),
                "playlist": sfn.JsonPath.format(
                    "{}/{}/{}",
                    sfn.JsonPath.string_at("$.prefix"),
                    sfn.JsonPath.string_at("$.recording.ended.media.hls.path"),
                    sfn.JsonPath.string_at("$.recording.ended.media.hls.playlist"),
                ),
            },
        )
        return sfn.StateMachine(
            self,
            "Reader",
            definition_body=sfn.DefinitionBody.from_chainable(read.next(found)),
            logs=sfn.LogOptions(
                destination=logs.LogGroup(
                    self, "ReaderLogs", retention=logs.RetentionDays.ONE_MONTH
                ),
                level=sfn.LogLevel.ALL,
            ),
            timeout=Duration.minutes(5),
            tracing_enabled=True,
        )


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return RecordingPipelineStack(app, "RecordingPipeline")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
