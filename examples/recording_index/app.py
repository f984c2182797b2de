"""A channel and a stage, and an index of their recordings."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs.patterns import RecordingIndex


class RecordingIndexStack(cdk.Stack):
    """Recordings of a channel and a stage, a table of them, and a queue for ready ones."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        bucket = s3.Bucket(
            self,
            "Recordings",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(365))],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        # An encoder that returns within a minute continues the same recording.
        recording = ivs.RecordingConfiguration(
            self, "Recording", bucket=bucket, recording_reconnect_window=Duration.seconds(60)
        )
        channel = ivs.Channel(self, "Channel", recording_configuration=recording)
        stream_key = channel.add_stream_key("StreamKey")
        storage = ivs.StorageConfiguration(self, "Storage", bucket=bucket)
        stage = ivs.Stage(
            self,
            "Stage",
            participant_recording=ivs.ParticipantRecording(storage_configuration=storage),
        )

        # An item expires when its recording does.
        index = RecordingIndex(
            self, "Index", channels=[channel], stages=[stage], time_to_live=Duration.days(365)
        )
        unprocessed = self._queue("Unprocessed")
        ready = self._queue(
            "Ready", dead_letter_queue=sqs.DeadLetterQueue(max_receive_count=3, queue=unprocessed)
        )
        index.on_ready(
            "RecordingReady",
            target=targets.SqsQueue(
                ready,
                dead_letter_queue=index.dead_letter_queue,
                # Only the fields about the recording.
                message=events.RuleTargetInput.from_event_path("$.detail"),
            ),
        )

        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "StreamKeyArn", value=stream_key.stream_key_arn)
        cdk.CfnOutput(self, "ChannelArn", value=channel.channel_arn)
        cdk.CfnOutput(self, "TableName", value=index.table.table_ref.table_name)
        cdk.CfnOutput(self, "ReadyQueueUrl", value=ready.queue_url)
        cdk.CfnOutput(self, "StateMachineArn", value=index.state_machine.state_machine_arn)
        cdk.CfnOutput(self, "DeadLetterQueueUrl", value=index.dead_letter_queue.queue_url)

    def _queue(self, id: str, *, dead_letter_queue: sqs.DeadLetterQueue | None = None) -> sqs.Queue:
        return sqs.Queue(
            self,
            id,
            dead_letter_queue=dead_letter_queue,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
        )


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return RecordingIndexStack(app, "RecordingIndex")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
