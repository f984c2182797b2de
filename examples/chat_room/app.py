"""A chat room with a function that masks words, and a log of the messages."""

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from cdk_ivs import chat

HANDLER = Path(__file__).with_name("handler.py")


class ChatRoomStack(cdk.Stack):
    """A room, the function that reviews its messages, and the log group that keeps them."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        # CloudFormation writes the text to a file index.py. IVS Chat waits 200 ms for an answer,
        # so the shortest timeout is enough. More memory comes with a larger share of a processor.
        review = lambda_.Function(
            self,
            "Review",
            code=lambda_.Code.from_inline(HANDLER.read_text()),
            handler="index.handler",
            log_group=logs.LogGroup(
                self,
                "ReviewLogs",
                removal_policy=cdk.RemovalPolicy.DESTROY,
                retention=logs.RetentionDays.ONE_MONTH,
            ),
            memory_size=512,
            runtime=lambda_.Runtime.PYTHON_3_14,
            timeout=Duration.seconds(1),
        )

        # If a log group with a name outlived its stack, the next deployment would fail.
        messages = logs.LogGroup(
            self,
            "Messages",
            log_group_name="/aws/vendedlogs/ivs-chat/chat-room",
            removal_policy=cdk.RemovalPolicy.DESTROY,
            retention=logs.RetentionDays.ONE_MONTH,
        )
        logging = chat.LoggingConfiguration(
            self, "Logging", destination=chat.LoggingDestination.cloud_watch_logs(messages)
        )

        room = chat.Room(
            self,
            "Room",
            logging_configurations=[logging],
            message_review_handler=chat.MessageReviewHandler.from_function(review),
        )

        cdk.CfnOutput(self, "RoomArn", value=room.room_arn)
        cdk.CfnOutput(self, "MessageLogs", value=messages.log_group_name)
        cdk.CfnOutput(self, "ReviewFunction", value=review.function_name)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return ChatRoomStack(app, "ChatRoom")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
