"""A channel, and a table with the state of its stream."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

import cdk_ivs as ivs


class StreamLifecycleStack(cdk.Stack):
    """A channel, and a state machine that writes its events to a table."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        channel = ivs.Channel(self, "Channel")
        stream_key = channel.add_stream_key("StreamKey")

        # The next stream writes the rows again, so they need not be kept.
        table = dynamodb.TableV2(
            self,
            "Streams",
            partition_key=dynamodb.Attribute(
                name="channel_arn", type=dynamodb.AttributeType.STRING
            ),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        recorder = self._recorder(table)
        undelivered = sqs.Queue(
            self,
            "Undelivered",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
        )
        target = targets.SfnStateMachine(recorder, dead_letter_queue=undelivered)
        channel.on_stream_state_change(
            "LiveOrNot",
            description="Note that the channel goes live or offline",
            event_names=[ivs.StreamStateEvent.STREAM_START, ivs.StreamStateEvent.STREAM_END],
            target=target,
        )
        channel.on_stream_health_change(
            "Starving",
            description="Note that too little comes in, or enough again",
            target=target,
        )

        cdk.CfnOutput(self, "ChannelArn", value=channel.channel_arn)
        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "StreamKeyArn", value=stream_key.stream_key_arn)
        cdk.CfnOutput(self, "TableName", value=table.table_name)

    def _recorder(self, table: dynamodb.TableV2) -> sfn.StateMachine:
        """Write an event to the row of its channel, unless the row has a later one."""
        of_event = {
            ":event": "$.detail.event_name",
            ":stream": "$.detail.stream_id",
            ":time": "$.time",
        }
        write = tasks.DynamoUpdateItem(
            self,
            "WriteEvent",
            table=table,
            key={
                "channel_arn": tasks.DynamoAttributeValue.from_string(
                    sfn.JsonPath.string_at("$.resources[0]")
                )
            },
            # Events can be late and out of order.
            condition_expression="attribute_not_exists(happened_at) OR happened_at <= :time",
            expression_attribute_values={
                name: tasks.DynamoAttributeValue.from_string(sfn.JsonPath.string_at(path))
                for name, path in of_event.items()
            },
            task_timeout=sfn.Timeout.duration(Duration.seconds(30)),
            update_expression="SET happened_at = :time, last_event = :event, stream_id = :stream",
        )
        write.add_retry(
            errors=["DynamoDB.ConditionalCheckFailedException"],
            max_attempts=0,
        )
        write.add_retry(
            errors=["States.ALL"],
            backoff_rate=2,
            interval=Duration.seconds(2),
            jitter_strategy=sfn.JitterType.FULL,
            max_attempts=4,
        )
        write.add_catch(
            sfn.Succeed(self, "KnewLater"), errors=["DynamoDB.ConditionalCheckFailedException"]
        )
        return sfn.StateMachine(
            self,
            "Recorder",
            definition_body=sfn.DefinitionBody.from_chainable(write),
            logs=sfn.LogOptions(
                destination=logs.LogGroup(
                    self, "RecorderLogs", retention=logs.RetentionDays.ONE_MONTH
                ),
                level=sfn.LogLevel.ALL,
            ),
            state_machine_type=sfn.StateMachineType.EXPRESS,
            timeout=Duration.minutes(2),
            tracing_enabled=True,
        )


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return StreamLifecycleStack(app, "StreamLifecycle")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
