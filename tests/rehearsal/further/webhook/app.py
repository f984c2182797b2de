"""A webhook for the events of a channel and a stage."""

import aws_cdk as cdk
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_ivs as ivs
from cdk_ivs import patterns


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    stack = cdk.Stack(app, "Webhook")
    channel = ivs.Channel(stack, "Channel")
    stage = ivs.Stage(stack, "Stage")
    secret = secretsmanager.Secret(stack, "Secret")
    webhook = patterns.EventWebhook(
        stack,
        "Hook",
        channels=[channel],
        invocation_rate_limit=10,
        secret=secret,
        stages=[stage],
        url="https://example.com/events",
    )
    cdk.CfnOutput(stack, "ChannelArn", value=channel.channel_arn)
    cdk.CfnOutput(stack, "DeadLetterQueueUrl", value=webhook.dead_letter_queue.queue_url)
    cdk.CfnOutput(stack, "SecretArn", value=secret.secret_arn)
    return stack
