"""
The function behind stop_stream_on_delete, as it runs in Lambda.

It stops the stream of a channel that is about to be deleted and waits until the channel is no
longer live, which the service asks for before it deletes a channel. Encoders that reconnect are
stopped again; those of a channel whose stream key is gone cannot.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Protocol

import boto3
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from botocore.client import BaseClient

SECONDS_BETWEEN_CALLS = 3
SECONDS_TO_ANSWER = 15
PASSING = {"StreamUnavailable", "ThrottlingException", "TooManyRequestsException"}


class Context(Protocol):
    """What Lambda says of the call."""

    def get_remaining_time_in_millis(self) -> int:
        """The milliseconds until Lambda ends the call."""


def handler(event: dict[str, Any], context: Context) -> dict[str, str]:
    """Answer the provider framework of the CDK."""
    channel_arn = event["ResourceProperties"]["ChannelArn"]
    if event["RequestType"] == "Delete":
        stop(boto3.client("ivs"), channel_arn, context)
    return {"PhysicalResourceId": channel_arn}


def stop(ivs: BaseClient, channel_arn: str, context: Context) -> None:
    """Stop the stream of a channel until there is none."""
    while context.get_remaining_time_in_millis() > SECONDS_TO_ANSWER * 1000:
        try:
            ivs.stop_stream(channelArn=channel_arn)
        except (ivs.exceptions.ChannelNotBroadcasting, ivs.exceptions.ResourceNotFoundException):
            return
        except ClientError as error:
            if error.response["Error"]["Code"] not in PASSING:
                raise
        time.sleep(SECONDS_BETWEEN_CALLS)
    raise TimeoutError(f"{channel_arn} is still live: stop its encoder, then delete it again")
