"""A stage broadcast at work: the resources that it is given, and its state machine in an engine."""

from __future__ import annotations

import functools
from typing import Any

from aws_cdk import Duration, Stack

import cdk_ivs as ivs
from cdk_ivs.patterns import StageBroadcast
from tests.patterns.real_time_service import RealTimeService
from tests.patterns.state_machines import Definition, Ended, definitions_of, run
from tests.support.arns import arn
from tests.support.events import CHANNEL, STAGE, STAGE_UPDATE, event
from tests.support.oracles import template_of

ENCODER = arn("encoder-configuration/CdEfgh7I8jkl")
STORAGE = arn("storage-configuration/EfGhij3K4lmn")
VALUES = {
    "StageArn": STAGE,
    "ChannelArn": CHANNEL,
    "EncoderConfigurationArn": ENCODER,
    "StorageConfigurationArn": STORAGE,
}
SESSION = "st-ZyXwvu1T2sRqP"


@functools.cache
def definition(*, to_channel: bool = True, replicas: bool = True) -> Definition:
    """The definition of a broadcast after deployment, to a channel or to S3."""
    stack = Stack()
    destination: dict[str, Any] = (
        {"channel": ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)}
        if to_channel
        else {
            "storage_configuration": ivs.StorageConfiguration.from_storage_configuration_arn(
                stack, "Storage", VALUES["StorageConfigurationArn"]
            )
        }
    )
    StageBroadcast(
        stack,
        "Broadcast",
        stage=ivs.Stage.from_stage_arn(stack, "Stage", STAGE),
        offline_timeout=Duration.minutes(1) if to_channel else None,
        replicas=replicas,
        **destination,
    )
    (found,) = definitions_of(template_of(stack), VALUES).values()
    return found


def stage_event(name: str, participant: str = "anna") -> dict[str, Any]:
    """An event of the stage."""
    detail = {
        "session_id": SESSION,
        "event_name": name,
        "event_time": "2025-11-18T16:40:32Z",
        "user_id": "u",
        "participant_id": participant,
        "replica": False,
    }
    return event(STAGE_UPDATE, [STAGE], detail)


def published(participant: str = "anna") -> dict[str, Any]:
    """The event that somebody publishes."""
    return stage_event("Participant Published", participant)


def unpublished(participant: str = "anna") -> dict[str, Any]:
    """The event that somebody no longer publishes."""
    return stage_event("Participant Unpublished", participant)


def handle(service: RealTimeService, *events: object, **options: Any) -> list[Ended]:
    """Handle events, one after another, and return how the executions ended."""
    machine = definition(**options)
    return [ended for each in events for ended in run(machine, [each], service)]
