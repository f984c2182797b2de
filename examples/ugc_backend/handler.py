"""Create the resources of a user who goes live, reset the stream key, and delete all of it."""

import json
import os
from collections.abc import Callable
from typing import Any

import boto3
from botocore.exceptions import ClientError

ivs = boto3.client("ivs")
real_time = boto3.client("ivs-realtime")
chat = boto3.client("ivschat")

# The role can create only resources that get these tags, and delete only those that have them.
TAGS: dict[str, str] = json.loads(os.environ["TAGS"])


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    match event:
        case {"action": "create", "user": str(user)}:
            return create(user)
        case {"action": "reset", "show": {"channelArn": str(channel)}}:
            return reset(channel)
        case {"action": "delete", "show": dict(show)}:
            delete(show)
            return {}
    raise ValueError("'action' must be 'create' with 'user', or 'reset' or 'delete' with 'show'")


def create(user: str) -> dict[str, Any]:
    show: dict[str, str] = {}
    try:
        made = ivs.create_channel(name=user, tags=TAGS)
        channel, stream_key = made["channel"], made["streamKey"]
        show["channelArn"] = channel["arn"]
        show["stageArn"] = real_time.create_stage(name=user, tags=TAGS)["stage"]["arn"]
        show["roomArn"] = chat.create_room(name=user, tags=TAGS)["arn"]
    except ClientError:
        # A show is complete, or is not there.
        delete(show)
        raise
    return {
        "show": show,
        "ingestUrl": f"rtmps://{channel['ingestEndpoint']}:443/app/",
        "playbackUrl": channel["playbackUrl"],
        "streamKey": stream_key["value"],
    }


def reset(channel: str) -> dict[str, Any]:
    # IAM denies the list for a channel of another application, whose key stays as it is.
    for key in ivs.list_stream_keys(channelArn=channel)["streamKeys"]:
        ivs.delete_stream_key(arn=key["arn"])
    created = ivs.create_stream_key(channelArn=channel, tags=TAGS)
    return {"streamKey": created["streamKey"]["value"]}


def delete(show: dict[str, str]) -> None:
    if "roomArn" in show:
        unless_done(chat.delete_room, identifier=show["roomArn"])
    if "stageArn" in show:
        unless_done(real_time.delete_stage, arn=show["stageArn"])
    if "channelArn" in show:
        # A live channel cannot be deleted.
        unless_done(ivs.stop_stream, channelArn=show["channelArn"])
        unless_done(ivs.delete_channel, arn=show["channelArn"])


def unless_done(call: Callable[..., object], **arguments: str) -> None:
    try:
        call(**arguments)
    except ClientError as error:
        if error.response["Error"]["Code"] not in {
            "ChannelNotBroadcasting",
            "ResourceNotFoundException",
        }:
            raise
