"""The events of all stages of an account in one queue, and a table of the publishers."""

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from constructs import Construct

import cdk_ivs as ivs

HANDLER = Path(__file__).with_name("handler.py")
GUESTS = "guest-"


class AllStagesEventsStack(cdk.Stack):
    """Rules for stages that an application creates at run time, and a consumer of the events."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        # New projects have this setting: the actions of statements are sorted.
        self.node.set_context("@aws-cdk/aws-iam:minimizePolicies", value=True)

        dead_letters = sqs.Queue(
            self,
            "DeadLetters",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
        )
        queue = sqs.Queue(
            self,
            "Events",
            dead_letter_queue=sqs.DeadLetterQueue(max_receive_count=5, queue=dead_letters),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            # Six times the timeout of the function, as Lambda recommends.
            visibility_timeout=Duration.minutes(3),
        )
        target = targets.SqsQueue(queue, dead_letter_queue=dead_letters)
        ivs.Stage.on_all_stage_update(
            self,
            "GuestsPublish",
            description="A guest publishes, or no longer does, in any stage",
            event_names=[
                ivs.StageUpdateEvent.PARTICIPANT_PUBLISHED,
                ivs.StageUpdateEvent.PARTICIPANT_UNPUBLISHED,
            ],
            user_ids=events.Match.prefix(GUESTS),
            target=target,
        )
        ivs.Stage.on_all_participant_recording_state_change(
            self,
            "Recorded",
            description="The recording of a participant of any stage is complete",
            event_names=[ivs.RecordingStatus.RECORDING_END],
            target=target,
        )

        # The rows come from events alone, and are valid only for a while.
        table = dynamodb.TableV2(
            self,
            "Participants",
            partition_key=dynamodb.Attribute(name="stage_arn", type=dynamodb.AttributeType.STRING),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            removal_policy=cdk.RemovalPolicy.DESTROY,
            sort_key=dynamodb.Attribute(name="participant", type=dynamodb.AttributeType.STRING),
            time_to_live_attribute="expires_at",
        )
        consumer = self._consumer(table)
        consumer.add_event_source(
            event_sources.SqsEventSource(queue, batch_size=10, report_batch_item_failures=True)
        )

        cdk.CfnOutput(self, "TableName", value=table.table_name)
        cdk.CfnOutput(self, "DeadLettersUrl", value=dead_letters.queue_url)
        cdk.CfnOutput(self, "LogGroupName", value=consumer.log_group.log_group_name)

    def _consumer(self, table: dynamodb.TableV2) -> lambda_.Function:
        """A function that can only write events to the table."""
        log_group = logs.LogGroup(self, "Logs", retention=logs.RetentionDays.ONE_MONTH)
        # A separate role: the one that a function creates can write to every log group.
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group.grant_write(role)
        table.grant(role, "dynamodb:UpdateItem")
        return lambda_.Function(
            self,
            "Consumer",
            code=lambda_.Code.from_inline(HANDLER.read_text()),
            environment={"TABLE": table.table_name},
            handler="index.handle",
            log_group=log_group,
            role=role,
            runtime=lambda_.Runtime.PYTHON_3_14,
            timeout=Duration.seconds(30),
        )


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return AllStagesEventsStack(app, "AllStagesEvents")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
