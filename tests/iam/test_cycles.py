"""Grants, and what waits for whom."""

from __future__ import annotations

from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_events_targets as targets
from aws_cdk.aws_kms import Key
from aws_cdk.aws_lambda import Code, Function, Runtime
from aws_cdk.aws_s3 import Bucket, EventType
from aws_cdk.aws_s3_notifications import LambdaDestination

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.graph import in_cycles, made_before
from tests.support.oracles import template_of


def test_one_function_may_have_everything(stack: Stack) -> None:
    """
    A function that is granted all, knows all, hears of all and reviews makes no cycle.

    It may not know the room that it reviews, which alone waits for it.
    """
    function = Function(
        stack,
        "Function",
        code=Code.from_inline("def handler(event, context): return {}"),
        handler="index.handler",
        runtime=Runtime.PYTHON_3_13,
    )
    target = targets.LambdaFunction(function)
    bucket = Bucket(stack, "Bucket", enforce_ssl=True)
    logs = Bucket(stack, "Logs", encryption_key=Key(stack, "Key"))
    recording = ivs.RecordingConfiguration(stack, "Recording", bucket=bucket)
    storage = ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
    policy = ivs.PlaybackRestrictionPolicy(stack, "Policy", allowed_countries=["DE"])
    channel = ivs.Channel(
        stack,
        "Channel",
        playback_restriction_policy=policy,
        recording_configuration=recording,
        stop_stream_on_delete=True,
    )
    stage = ivs.Stage(
        stack,
        "Stage",
        participant_recording=ivs.ParticipantRecording(storage_configuration=storage),
    )
    logging = chat.LoggingConfiguration(
        stack, "Logging", destination=chat.LoggingDestination.s3(logs)
    )
    room = chat.Room(
        stack,
        "Room",
        logging_configurations=[logging],
        message_review_handler=chat.MessageReviewHandler.from_function(function),
    )
    resources: list[Any] = [recording, storage, policy, channel, stage, logging, room]
    for resource in resources:
        resource.grants.read(function)
    stage.grants.start_composition(
        function,
        encoder_configuration=ivs.EncoderConfiguration(stack, "Encoder"),
        storage_configuration=storage,
        channel=channel,
    )
    channel.grants.manage_stream_keys(function)
    ivs.TaggedGrants(stack, tags={"app": "ugc"}).manage_rooms(function)
    for granted in (bucket, logs):
        granted.grant_read(function)
        granted.add_event_notification(EventType.OBJECT_CREATED, LambdaDestination(function))
    channel.on_stream_state_change("StreamState", target=target)
    stage.on_participant_recording_state_change("RecordingState", target=target)
    function.add_environment("CHANNEL", channel.channel_arn)
    function.add_environment("STAGE", stage.stage_arn)
    function.add_environment("LOGGING", logging.logging_configuration_arn)
    template = template_of(stack)
    assert in_cycles(template) == []
    level_1: Any = function.node.default_child
    waiting = {
        resource["Type"]
        for id, resource in template["Resources"].items()
        if resource["Type"].startswith("AWS::IVS")
        and stack.get_logical_id(level_1) in made_before(template, id)
    }
    assert waiting == {"AWS::IVSChat::Room"}
