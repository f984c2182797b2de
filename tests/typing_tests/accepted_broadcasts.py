"""What type checkers take of broadcasts, guards and rotations. It is checked, and never run."""

from typing import assert_type

from aws_cdk import Duration, Stack
from aws_cdk.aws_events import Rule
from aws_cdk.aws_iam import Role
from aws_cdk.aws_ivs import CfnStage
from aws_cdk.aws_ivs_alpha import Channel as AlphaChannel
from aws_cdk.aws_logs import LogGroup
from aws_cdk.aws_secretsmanager import Secret
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sqs import Queue
from aws_cdk.aws_stepfunctions import StateMachine

import cdk_ivs as ivs
from cdk_ivs import patterns

stack = Stack()
channel = ivs.Channel(stack, "Channel")
stage = ivs.Stage.from_stage_arn(stack, "Stage", "arn")
storage = ivs.StorageConfiguration.from_storage_configuration_arn(stack, "Storage", "arn")
queue, log_group = Queue(stack, "Queue"), LogGroup(stack, "LogGroup")

broadcast = patterns.StageBroadcast(
    stack,
    "Broadcast",
    stage=stage,
    channel=channel,
    dead_letter_queue=queue,
    encoder_configuration=ivs.EncoderConfiguration(stack, "Encoder"),
    hls_segment_duration=Duration.seconds(4),
    layout=patterns.CompositionLayout.grid(video_fill_mode=patterns.VideoFillMode.FILL),
    log_group=log_group,
    role=Role.from_role_arn(stack, "Role", "arn"),
    storage_configuration=storage,
    thumbnail_storage=[ivs.Storage.LATEST],
)
assert_type(broadcast.state_machine, StateMachine)
assert_type(broadcast.on_failure("Failed", description="Failures"), Rule)
patterns.StageBroadcast(
    stack, "OfL1", stage=CfnStage(stack, "L1"), channel=AlphaChannel(stack, "Alpha")
)

guard = patterns.IdleGuard(
    stack,
    "Guard",
    channels=[channel, AlphaChannel(stack, "AlphaChannel")],
    dead_letter_queue=queue,
    log_group=log_group,
    no_viewers_for=Duration.minutes(30),
    stage_tags={"app": "ugc"},
    topic=Topic(stack, "Topic"),
)
assert_type(guard.on_report("Report"), Rule)
assert_type(guard.stream_state_machine, StateMachine | None)

rotation = patterns.StreamKeyRotation(
    stack, "Rotation", channel=channel, log_group=log_group, secret=Secret(stack, "Secret")
)
rotation.secret.grant_read(Role.from_role_arn(stack, "Encoding", "arn"))
