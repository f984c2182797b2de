"""Stacks from plans."""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnOutput, CfnResource, Duration, Fn, RemovalPolicy, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_mediatailor as mediatailor
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_ssm as ssm

import cdk_ivs as ivs
from cdk_ivs import chat, patterns
from tests.rehearsal.generated.plans import ChannelPlan, Plan, RoomPlan, StagePlan
from tests.support.keys import P384_PEM

CODE = "def handler(event, context): return {'ReviewResult': 'ALLOW'}"
LAST = "RefusedAtTheEnd"
# The function of the library stops trying 15 seconds before it ends.
SECONDS = 17


def build(stack: Stack, plan: Plan) -> None:
    """Build a stack. Without any resource, there would be none."""
    ssm.CfnParameter(stack, "Always", type="String", value="there")
    if plan.channel is not None:
        _channel(stack, plan.channel)
    if plan.stage is not None:
        _stage(stack, plan.stage)
    if plan.room is not None:
        _room(stack, plan.room)
    for name, option in plan.patterns:
        _PATTERNS[name](stack, name, option)
    for each in stack.node.find_all():
        # What a rollback retains would be left of the account.
        if CfnResource.is_cfn_resource(each) and each.cfn_options.deletion_policy is not None:
            each.apply_removal_policy(RemovalPolicy.DESTROY)
        if (
            CfnResource.is_cfn_resource(each)
            and each.cfn_resource_type == "AWS::Lambda::Function"
            and each.logical_id.startswith("cdkivsCustomResourcesHandler")
        ):
            each.add_property_override("Timeout", SECONDS)


def add_last(stack: Stack) -> None:
    """Add a resource that comes last."""
    others = [each for each in stack.node.find_all() if CfnResource.is_cfn_resource(each)]
    last = ssm.CfnParameter(stack, LAST, type="String", value="any")
    for other in others:
        last.node.add_dependency(other)


def _tags(team: str | None) -> dict[str, str] | None:
    return None if team is None else {"team": team}


def _bucket(stack: Stack, id: str) -> s3.Bucket:
    return s3.Bucket(stack, id, removal_policy=RemovalPolicy.DESTROY)


def _channel(stack: Stack, plan: ChannelPlan) -> None:
    policy = slate = recording = None
    if plan.policy is not None:
        policy = ivs.PlaybackRestrictionPolicy(
            stack, plan.policy, allowed_countries=list(plan.countries)
        )
    if plan.slate is not None:
        slate = ivs.FailoverSlateConfiguration(
            stack,
            plan.slate,
            max_slate_display=Duration.seconds(plan.seconds),
            tags=_tags(plan.team),
        )
    if plan.recording is not None:
        recording = ivs.RecordingConfiguration(
            stack,
            "Recording",
            bucket=_bucket(stack, "Recordings"),
            recording_reconnect_window=Duration.seconds(plan.recording),
        )
    channel = ivs.Channel(
        stack,
        plan.id,
        authorized=plan.is_private,
        channel_name=plan.name,
        failover_slate_configuration=slate,
        playback_restriction_policy=policy,
        recording_configuration=recording,
        stop_stream_on_delete=plan.stops,
        tags=_tags(plan.team),
        type=ivs.ChannelType[plan.type],
    )
    if plan.ads is not None:
        source = Fn.select(0, Fn.split("api/video/", channel.channel_playback_url))
        configuration = mediatailor.CfnPlaybackConfiguration(
            stack,
            "PlaybackConfiguration",
            name="ads",
            ad_decision_server_url="https://ads.example.com",
            insertion_mode="PLAYER_SELECT",
            video_content_source_url=source,
        )
        ads = ivs.AdConfiguration(
            stack,
            "Ads",
            playback_configurations=[configuration],
            post_roll=Duration.seconds(plan.ads),
        )
        channel.attach_ad_configuration(ads)
    if plan.key:
        secret = channel.add_stream_key("Key").to_secret("Secret")
        CfnOutput(stack, "SecretArn", value=secret.secret_arn)
    if plan.srt:
        CfnOutput(stack, "SrtEndpoint", value=channel.srt_endpoint)
    CfnOutput(stack, "ChannelArn", value=channel.channel_arn)


def _stage(stack: Stack, plan: StagePlan) -> None:
    recording = ivs.ParticipantRecording.disable()
    if plan.storage is not None:
        storage = ivs.StorageConfiguration(
            stack, plan.storage, bucket=_bucket(stack, "StageRecordings")
        )
        options: dict[str, Any] = {}
        if plan.none:
            options["media_types"] = [ivs.ParticipantRecordingMediaType.NONE]
        if not plan.replicas:
            options["record_participant_replicas"] = False
        recording = ivs.ParticipantRecording(
            storage_configuration=storage,
            reconnect_window=Duration.seconds(plan.seconds),
            thumbnails=ivs.ParticipantThumbnailConfiguration.interval(),
            **options,
        )
    stage = ivs.Stage(
        stack,
        plan.id,
        participant_recording=recording,
        stage_name=plan.name,
        tags=_tags(plan.team),
    )
    if plan.user is not None:
        ingest = stage.add_ingest_configuration("Ingest", user_id=plan.user)
        ingest.stream_key_secret("Secret")
    if plan.key is not None:
        ivs.PublicKey(stack, "PublicKey", public_key_material=P384_PEM, public_key_name=plan.key)
    if plan.endpoints:
        CfnOutput(stack, "WhipUrl", value=stage.endpoints.whip)
    CfnOutput(stack, "StageArn", value=stage.stage_arn)


def _room(stack: Stack, plan: RoomPlan) -> None:
    handler = chat.MessageReviewHandler.none()
    if plan.review is not None:
        function = lambda_.Function(
            stack,
            plan.review,
            code=lambda_.Code.from_inline(CODE),
            handler="index.handler",
            runtime=lambda_.Runtime.PYTHON_3_13,
        )
        result = chat.FallbackResult.ALLOW if plan.fallback else chat.FallbackResult.DENY
        handler = chat.MessageReviewHandler.from_function(function, fallback=result)
    log = []
    if plan.logs:
        group = logs.LogGroup(stack, "Messages", log_group_name="/aws/ivschat/messages")
        log = [
            chat.LoggingConfiguration(
                stack, "Log", destination=chat.LoggingDestination.cloud_watch_logs(group)
            )
        ]
    room = chat.Room(
        stack,
        plan.id,
        logging_configurations=log,
        maximum_message_length=plan.length,
        maximum_message_rate_per_second=plan.rate,
        message_review_handler=handler,
        room_name=plan.name,
        tags=_tags(plan.team),
    )
    CfnOutput(stack, "RoomArn", value=room.room_arn)


def _chat_tokens(stack: Stack, id: str, option: int) -> None:
    tokens = ivs.ChatTokenFunction(
        stack,
        id,
        identity=ivs.TokenIdentity.event_field("user_id"),
        roles={
            "member": ivs.ChatRole(
                capabilities=[ivs.ChatCapability.SEND_MESSAGE],
                session_duration=Duration.minutes(60 + option),
            )
        },
        rooms=[chat.Room(stack, f"RoomOfTokens{option == 2}")],
    )
    CfnOutput(stack, "ChatTokenUrl", value=tokens.add_function_url().url)


def _webhook(stack: Stack, id: str, option: int) -> None:
    secret = secretsmanager.Secret(stack, "WebhookSecret")
    patterns.EventWebhook(
        stack,
        id,
        channels=[ivs.Channel(stack, f"ChannelOfWebhook{option == 2}")],
        secret=secret,
        url=f"https://example.com/{min(option, 1)}",
    )


def _guard(stack: Stack, id: str, option: int) -> None:
    patterns.IdleGuard(
        stack,
        id,
        channels=[ivs.Channel(stack, f"ChannelOfGuard{option == 2}")],
        no_viewers_for=Duration.minutes(30 + min(option, 1) * 5),
    )


def _participant_tokens(stack: Stack, id: str, option: int) -> None:
    key = ivs.SigningKey(stack, "StageKey", removal_policy=RemovalPolicy.DESTROY)
    public = ivs.PublicKey(
        stack, "StagePublicKey", signing_key=key, public_key_name=f"key-{option == 1}"
    )
    ivs.ParticipantTokenFunction(
        stack,
        id,
        identity=ivs.TokenIdentity.authorizer_claim("sub"),
        public_key=public,
        roles={
            "viewer": ivs.ParticipantRole(
                allow_publish=False,
                allow_subscribe=True,
                maximum_lifetime=Duration.hours(1),
            )
        },
        signing_key=key,
        stages=[ivs.Stage(stack, f"StageOfTokens{option == 2}")],
    )


def _playback_tokens(stack: Stack, id: str, option: int) -> None:
    key = ivs.SigningKey(stack, f"PlaybackKey{option == 1}", removal_policy=RemovalPolicy.DESTROY)
    ivs.PlaybackKeyPair(stack, f"KeyPair{option == 1}", signing_key=key)
    ivs.PlaybackTokenFunction(
        stack,
        id,
        channels=[ivs.Channel(stack, f"ChannelOfTokens{option == 2}", authorized=True)],
        identity=ivs.TokenIdentity.iam(),
        signing_key=key,
    )


def _private_ingest(stack: Stack, id: str, option: int) -> None:
    vpc = ec2.Vpc(
        stack,
        "Vpc",
        availability_zones=["us-west-2a", "us-west-2b"],
        nat_gateways=0,
        restrict_default_security_group=False,
        subnet_configuration=[
            ec2.SubnetConfiguration(name="Private", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
        ],
    )
    peers = None if option == 0 else [ec2.Peer.ipv4(f"10.{option}.0.0/16")]
    ingest = patterns.PrivateIngest(
        stack,
        id,
        vpc=vpc,
        peers=peers,
        subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
    )
    CfnOutput(stack, "PrivateUrl", value=ingest.rtmps_ingest_url)


def _delivery(stack: Stack, id: str, option: int) -> None:
    delivery = patterns.RecordingDelivery(
        stack,
        id,
        allowed_origins=[f"https://{'player' if option == 0 else 'www'}.example.com"],
        bucket=_bucket(stack, f"Delivered{option == 2}"),
    )
    recording = ivs.RecordingConfiguration(stack, "DeliveredRecording", bucket=delivery.bucket)
    ivs.Channel(stack, "ChannelOfDelivery", recording_configuration=recording)


def _index(stack: Stack, id: str, option: int) -> None:
    recording = ivs.RecordingConfiguration(
        stack, "IndexedRecording", bucket=_bucket(stack, "Indexed")
    )
    channel = ivs.Channel(stack, f"ChannelOfIndex{option == 2}", recording_configuration=recording)
    patterns.RecordingIndex(
        stack, id, channels=[channel], time_to_live=Duration.days(10 + min(option, 1))
    )


def _broadcast(stack: Stack, id: str, option: int) -> None:
    encoder = ivs.EncoderConfiguration(
        stack, "Encoder", bitrate=4_500_000 - option * 1000, framerate=30, height=1080, width=1920
    )
    patterns.StageBroadcast(
        stack,
        id,
        stage=ivs.Stage(stack, f"StageOfBroadcast{option == 2}"),
        channel=ivs.Channel(stack, "ChannelOfBroadcast"),
        encoder_configuration=encoder,
    )


def _rotation(stack: Stack, id: str, option: int) -> None:
    channel = ivs.Channel(stack, f"ChannelOfRotation{option == 2}")
    rotation = patterns.StreamKeyRotation(
        stack, id, channel=channel, rotate_every=Duration.days(30 - min(option, 1))
    )
    CfnOutput(stack, "RotatedSecretArn", value=rotation.secret.secret_arn)
    CfnOutput(stack, "RotatedChannelArn", value=channel.channel_arn)


def _layer(stack: Stack, id: str, option: int) -> None:
    layer = ivs.TokenLayer(stack, f"{id}{option == 2}", layer_version_name=f"tokens-{option}")
    lambda_.Function(
        stack,
        "FunctionOfLayer",
        code=lambda_.Code.from_inline(CODE),
        handler="index.handler",
        layers=[layer],
        runtime=lambda_.Runtime.PYTHON_3_13,
    )


_PATTERNS = {
    "ChatTokenFunction": _chat_tokens,
    "EventWebhook": _webhook,
    "IdleGuard": _guard,
    "ParticipantTokenFunction": _participant_tokens,
    "PlaybackTokenFunction": _playback_tokens,
    "PrivateIngest": _private_ingest,
    "RecordingDelivery": _delivery,
    "RecordingIndex": _index,
    "StageBroadcast": _broadcast,
    "StreamKeyRotation": _rotation,
    "TokenLayer": _layer,
}
