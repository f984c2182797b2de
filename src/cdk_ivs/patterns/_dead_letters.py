"""Dead-letter queues, which keep events that could not be delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._core.identity import jsii_reference
from cdk_ivs._core.tree import stack_of
from cdk_ivs._validation.errors import ValidationError

if TYPE_CHECKING:
    from aws_cdk.aws_sqs import IQueue
    from constructs import Construct


def check_dead_letter_queue(
    queue: IQueue | None, scope: Construct, *, used_by_rules: bool = True
) -> None:
    """
    Refuse a FIFO queue, and a queue in another stack, which would be a circular dependency.

    Args:
        queue: The given queue.
        scope: The scope of the pattern.
        used_by_rules: Whether rules use the queue, which its policy names.
    """
    if queue is None:
        return
    if used_by_rules:
        _check_stack(queue, scope)
    if queue.fifo:
        raise ValidationError(
            "'dead_letter_queue' must be a standard queue, got a FIFO queue, which EventBridge "
            "does not accept",
            code="DeadLetterQueue",
        )


def _check_stack(queue: IQueue, scope: Construct) -> None:
    from aws_cdk.aws_sqs import Queue

    if isinstance(queue, Queue) and jsii_reference(stack_of(queue)) != jsii_reference(
        stack_of(scope)
    ):
        raise ValidationError(
            "'dead_letter_queue' must be in the stack of the pattern, got one in another stack: "
            "the rules and the policy of the queue refer to each other; use "
            "Queue.from_queue_arn() here, and allow events.amazonaws.com to send messages in the "
            "stack of the queue",
            code="DeadLetterQueueStack",
        )


def key_of_queue(queue: IQueue | None) -> str | None:
    """Return the ARN of the KMS key that encrypts a given queue, if it has one."""
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
