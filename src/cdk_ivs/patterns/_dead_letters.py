"""Dead-letter queues: they keep the events that could not be delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._validation.errors import ValidationError

if TYPE_CHECKING:
    from aws_cdk.aws_sqs import IQueue
    from constructs import Construct


def check_dead_letter_queue(queue: IQueue | None) -> None:
    """Refuse a FIFO queue, which EventBridge does not accept as a dead-letter queue."""
    if queue is not None and queue.fifo:
        raise ValidationError(
            "'dead_letter_queue' must be a standard queue, got a FIFO queue, which EventBridge "
            "does not accept",
            code="DeadLetterQueue",
        )


def key_of_queue(queue: IQueue | None) -> str | None:
    """The ARN of the KMS key that encrypts a given queue, if it has one."""
    key = None if queue is None else queue.encryption_master_key
    return None if key is None else key.key_arn


def create_dead_letter_queue(scope: Construct) -> IQueue:
    """Create a queue that keeps messages for 14 days, the longest retention SQS allows."""
    from aws_cdk import Duration
    from aws_cdk.aws_sqs import Queue, QueueEncryption

    return Queue(
        scope,
        "DeadLetterQueue",
        encryption=QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=Duration.days(14),
    )
