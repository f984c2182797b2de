"""Code that must type-check as it stands. It is never run."""

from __future__ import annotations

from typing import assert_type

from aws_cdk import (
    App,
    Duration,
    RemovalPolicy,
    Stack,
    aws_ivs,
    aws_ivschat,
    aws_mediatailor,
    aws_s3,
)
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.aws_certificatemanager import Certificate
from aws_cdk.aws_cloudfront import Distribution, KeyGroup
from aws_cdk.aws_cloudwatch import Alarm, Metric
from aws_cdk.aws_dynamodb import Attribute, AttributeType, Table
from aws_cdk.aws_ec2 import Peer, SecurityGroup, SubnetSelection, SubnetType, Vpc
from aws_cdk.aws_events import EventBus, Match, Rule
from aws_cdk.aws_iam import Grant, User
from aws_cdk.aws_kinesisfirehose import CfnDeliveryStream
from aws_cdk.aws_kms import Key
from aws_cdk.aws_lambda import CfnFunction, Function, FunctionUrl, ILayerVersion, Runtime, Tracing
from aws_cdk.aws_logs import ILogGroup, LogGroup
from aws_cdk.aws_secretsmanager import ReplicaRegion, Secret
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sqs import Queue
from aws_cdk.aws_stepfunctions import StateMachine
from aws_cdk.interfaces.aws_ivs import (
    IChannelRef,
    IEncoderConfigurationRef,
    IIngestConfigurationRef,
    IPublicKeyRef,
    IRecordingConfigurationRef,
    IStageRef,
    IStorageConfigurationRef,
    IStreamKeyRef,
)
from aws_cdk.interfaces.aws_ivschat import ILoggingConfigurationRef, IRoomRef
from aws_cdk.interfaces.aws_kms import IKeyRef

import cdk_ivs as ivs
from cdk_ivs import chat, patterns

app = App()
stack = Stack(app, "Stack")
bucket = aws_s3.Bucket(stack, "Bucket")

channel = ivs.Channel(stack, "Channel", type=ivs.ChannelType.BASIC, tags={"a": "b"})
imported = ivs.Channel.from_channel_arn(stack, "Imported", "arn")
recording = ivs.RecordingConfiguration(
    stack,
    "Recording",
    bucket=bucket,
    recording_reconnect_window=Duration.seconds(60),
    rendition_configuration=ivs.RenditionConfiguration.custom([ivs.Resolution.HD]),
    thumbnail_configuration=ivs.ThumbnailConfiguration.interval(
        ivs.Resolution.HD, [ivs.Storage.LATEST], Duration.seconds(10)
    ),
)
key_pair = ivs.PlaybackKeyPair(stack, "KeyPair", public_key_material="pem")

policy = ivs.PlaybackRestrictionPolicy(stack, "Policy", allowed_countries=("DE",))
playback_configuration = aws_mediatailor.CfnPlaybackConfiguration(
    stack,
    "PlaybackConfiguration",
    name="a",
    ad_decision_server_url="a",
    video_content_source_url="a",
)
ads = ivs.AdConfiguration(stack, "Ads", playback_configurations=[playback_configuration, "arn"])
ivs.Channel(stack, "Attached", playback_restriction_policy=policy, ad_configuration=ads)
slate = ivs.FailoverSlateConfiguration(
    stack, "Slate", activation_threshold=Duration.seconds(3), tags={"team": "live"}
)
slate_by_arn = ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn(
    stack, "SlateByArn", "arn"
)
assert_type(slate_by_arn, ivs.IFailoverSlateConfiguration)
assert_type(
    slate.failover_slate_configuration_ref.failover_slate_configuration_arn,
    str,
)
ivs.Channel(stack, "Slated", failover_slate_configuration=slate)
ivs.Channel(stack, "SlatedByArn", failover_slate_configuration=slate_by_arn)
assert_type(
    ivs.FailoverSlateConfigurationGrants.from_failover_slate_configuration(slate),
    ivs.FailoverSlateConfigurationGrants,
)
imported.attach_failover_slate_configuration(slate_by_arn)
imported.attach_playback_restriction_policy(policy)
imported.attach_ad_configuration(ads)

assert_type(imported, ivs.IChannel)
assert_type(imported.channel_playback_url, str)
assert_type(imported.srt_endpoint, str)
assert_type(ivs.Channel.from_lookup(stack, "Found", channel_name="live"), ivs.IChannel)
assert_type(
    ivs.AdConfiguration.from_ad_configuration_arn(stack, "AdsByArn", "arn"), ivs.IAdConfiguration
)
assert_type(channel.add_stream_key("Key"), ivs.StreamKey)
assert_type(imported.add_stream_key("Key"), ivs.StreamKey)
assert_type(channel.channel_arn, str)
assert_type(ivs.StreamKey.from_stream_key_arn(stack, "Key", "arn"), ivs.IStreamKey)
assert_type(
    ivs.PlaybackKeyPair.from_playback_key_pair_arn(stack, "PairByArn", "arn"), ivs.IPlaybackKeyPair
)
assert_type(
    ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(stack, "PolicyByArn", "arn"),
    ivs.IPlaybackRestrictionPolicy,
)
assert_type(
    ivs.RecordingConfiguration.from_recording_configuration_arn(stack, "RecordingByArn", "arn"),
    ivs.IRecordingConfiguration,
)
assert_type(ivs.RenditionConfiguration.all(), ivs.RenditionConfiguration)

# Our constructs are what the interfaces ask for: ours and the generated ones.
an_interface: ivs.IChannel = channel
a_reference: IChannelRef = channel
another_reference: IRecordingConfigurationRef = recording
a_recording: ivs.IRecordingConfiguration = recording
a_key: ivs.IStreamKey = channel.add_stream_key("Key")
a_key_reference: IStreamKeyRef = channel.add_stream_key("Key")
a_key_pair: ivs.IPlaybackKeyPair = key_pair

# What takes a channel or a recording configuration takes ours, L1s and alpha's.
ivs.StreamKey(stack, "A", channel=channel)
ivs.StreamKey(stack, "B", channel=imported)
ivs.StreamKey(stack, "C", channel=aws_ivs.CfnChannel(stack, "L1"))
ivs.StreamKey(stack, "D", channel=alpha.Channel(stack, "Alpha"))
ivs.Channel(stack, "E", recording_configuration=recording)
ivs.Channel(
    stack,
    "F",
    recording_configuration=ivs.RecordingConfiguration.from_arn(stack, "By", "arn"),
)
ivs.Channel(
    stack,
    "G",
    recording_configuration=alpha.RecordingConfiguration(stack, "AlphaRecording", bucket=bucket),
)
ivs.RecordingConfiguration(stack, "H", bucket=aws_s3.CfnBucket(stack, "CfnBucket"))

# Recording that depends on something, and is turned off otherwise.
is_production = stack.stack_name == "Production"
assert_type(ivs.RecordingConfiguration.disable(), ivs.DisabledRecording)
ivs.Channel(
    stack,
    "Off",
    recording_configuration=recording if is_production else ivs.RecordingConfiguration.disable(),
)


def by_interface(channel: ivs.IChannel) -> str:
    """What a user's own function may do with an interface."""
    channel.add_stream_key("Key")
    return (
        f"{channel.channel_arn} {channel.channel_id} {channel.stack.region} {channel.env.account}"
    )


by_interface(channel)
by_interface(imported)

# Real time.
storage = ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
encoder = ivs.EncoderConfiguration(stack, "Encoder", framerate=29.97, width=640, height=480)
signing_key = ivs.SigningKey(
    stack,
    "SigningKey",
    alias="tokens",
    description="signs tokens",
    pending_window=Duration.days(7),
    removal_policy=RemovalPolicy.RETAIN,
    tags={"a": "b"},
)
a_signing_key: ivs.ISigningKey = signing_key
an_existing_signing_key = ivs.SigningKey.from_signing_key_arn(stack, "SigningKeyByArn", "arn")
assert_type(an_existing_signing_key, ivs.ISigningKey)
assert_type(signing_key.key, Key)
assert_type(signing_key.public_key_pem, str)
assert_type(ivs.PlaybackKeyPair.remaining_quota(stack), int)
assert_type(ivs.PublicKey.remaining_quota(stack), int)
ivs.PlaybackKeyPair(stack, "KeyPairOfKey", signing_key=signing_key)
ivs.PublicKey(stack, "PublicKeyOfKey", signing_key=an_existing_signing_key)
a_kms_key_reference: IKeyRef = signing_key
assert_type(signing_key.grants.sign(User(stack, "Signer")), Grant)
ivs.SigningKeyGrants.from_signing_key(signing_key.key)
public_key = ivs.PublicKey(stack, "PublicKey", public_key_material="pem", tags={"a": "b"})
stage = ivs.Stage(
    stack,
    "Stage",
    participant_recording=ivs.ParticipantRecording(
        storage_configuration=storage,
        hls_segment_duration=Duration.seconds(6),
        media_types=(ivs.ParticipantRecordingMediaType.AUDIO_ONLY,),
        reconnect_window=Duration.seconds(60),
        thumbnails=ivs.ParticipantThumbnailConfiguration.interval(
            [ivs.Storage.LATEST], Duration.seconds(10)
        ),
    ),
)
ivs.Stage(
    stack,
    "StageOff",
    participant_recording=ivs.ParticipantRecording(
        storage_configuration=storage, record_participant_replicas=False
    )
    if is_production
    else ivs.ParticipantRecording.disable(),
)
known_stage = ivs.Stage.from_stage_arn(stack, "KnownStage", "arn")
ingest = known_stage.add_ingest_configuration(
    "Ingest", ingest_protocol=ivs.IngestProtocol.RTMP, insecure_ingest=True, user_id="a"
)

assert_type(known_stage, ivs.IStage)
assert_type(known_stage.stage_arn, str)
assert_type(known_stage.stage_id, str)
assert_type(known_stage.endpoints, ivs.StageEndpoints)
assert_type(known_stage.endpoints.whip, str)
assert_type(known_stage.grants, ivs.StageGrants)
assert_type(stage.stage_active_session_id, str)
assert_type(ingest, ivs.IngestConfiguration)
assert_type(stage.add_ingest_configuration("Ingest"), ivs.IngestConfiguration)
assert_type(ingest.participant_id, str)
assert_type(ingest.state, str)
assert_type(ingest.stream_key, str)
assert_type(
    ingest.stream_key_secret(
        "Secret",
        encryption_key=Key(stack, "SecretKey"),
        removal_policy=RemovalPolicy.RETAIN,
        replica_regions=[ReplicaRegion(region="eu-west-1")],
        secret_name="a",
    ),
    Secret,
)
assert_type(public_key.public_key_fingerprint, str)
assert_type(ivs.ParticipantThumbnailConfiguration.disable(), ivs.ParticipantThumbnailConfiguration)
assert_type(
    ivs.StorageConfiguration.from_storage_configuration_arn(stack, "StorageByArn", "arn"),
    ivs.IStorageConfiguration,
)
assert_type(
    ivs.EncoderConfiguration.from_encoder_configuration_arn(stack, "EncoderByArn", "arn"),
    ivs.IEncoderConfiguration,
)
assert_type(
    ivs.IngestConfiguration.from_ingest_configuration_arn(stack, "IngestByArn", "arn"),
    ivs.IIngestConfiguration,
)
assert_type(ivs.PublicKey.from_public_key_arn(stack, "KeyByArn", "arn"), ivs.IPublicKey)

# Ours are what the interfaces ask for: ours and the generated ones.
a_stage: ivs.IStage = stage
a_stage_reference: IStageRef = stage
a_storage: ivs.IStorageConfiguration = storage
a_storage_reference: IStorageConfigurationRef = storage
an_encoder: ivs.IEncoderConfiguration = encoder
an_encoder_reference: IEncoderConfigurationRef = encoder
an_ingest: ivs.IIngestConfiguration = ingest
an_ingest_reference: IIngestConfigurationRef = ingest
a_public_key: ivs.IPublicKey = public_key
a_public_key_reference: IPublicKeyRef = public_key

# What takes a bucket, a stage or a storage configuration takes constructs, interfaces and L1s.
l1_stage = aws_ivs.CfnStage(stack, "L1Stage")
l1_storage = aws_ivs.CfnStorageConfiguration(
    stack,
    "L1Storage",
    s3=aws_ivs.CfnStorageConfiguration.S3StorageConfigurationProperty(bucket_name="a"),
)
ivs.StorageConfiguration(stack, "InL1", bucket=aws_s3.CfnBucket(stack, "L1Bucket"))
ivs.StorageConfiguration(
    stack, "InKnown", bucket=aws_s3.Bucket.from_bucket_name(stack, "KnownBucket", "a")
)
ivs.IngestConfiguration(stack, "ToStage", stage=stage)
ivs.IngestConfiguration(stack, "ToKnown", stage=known_stage)
ivs.IngestConfiguration(stack, "ToL1", stage=l1_stage)
ivs.ParticipantRecording(storage_configuration=l1_storage)
ivs.ParticipantRecording(storage_configuration=a_storage)

user = User(stack, "User")
assert_type(ivs.StageGrants.from_stage(l1_stage), ivs.StageGrants)
assert_type(
    stage.grants.start_composition(
        user, encoder_configuration=encoder, storage_configuration=l1_storage, channel=imported
    ),
    Grant,
)

# Chat.
function = Function.from_function_arn(stack, "Function", "arn")
l1_function = CfnFunction(stack, "L1Function", code={"zipFile": "a"}, role="a")
to_logs = chat.LoggingDestination.cloud_watch_logs(LogGroup(stack, "LogGroup"))
assert_type(to_logs, chat.LoggingDestination)
chat.LoggingDestination.s3(bucket)
chat.LoggingDestination.firehose(CfnDeliveryStream(stack, "L1Stream"))
logging = chat.LoggingConfiguration(stack, "Logging", destination=to_logs)
l1_logging = aws_ivschat.CfnLoggingConfiguration(
    stack,
    "L1Logging",
    destination_configuration=aws_ivschat.CfnLoggingConfiguration.DestinationConfigurationProperty(),
)
room = chat.Room(
    stack,
    "Room",
    logging_configurations=[logging, l1_logging],
    message_review_handler=chat.MessageReviewHandler.from_function(l1_function),
)
chat.MessageReviewHandler.from_function(function, fallback=chat.FallbackResult.ALLOW)
a_room: chat.IRoom = room
a_room_reference: IRoomRef = room
a_logging: chat.ILoggingConfiguration = logging
assert_type(
    chat.LoggingConfiguration.from_logging_configuration_arn(stack, "LoggingByArn", "arn"),
    chat.ILoggingConfiguration,
)
a_logging_reference: ILoggingConfigurationRef = logging
assert_type(chat.Room.from_room_arn(stack, "RoomByArn", "arn"), chat.IRoom)
assert_type(ivs.chat.Room.metric_all_messaging_requests(), Metric)
assert_type(chat.Room.from_room_arn(stack, "KnownRoom", "arn").grants, chat.RoomGrants)

# What is known of a channel by its ARN only has metrics, events and grants as well.
minute = Duration.minutes(1)
assert_type(imported.metric_concurrent_views(period=minute, label="views"), Metric)
assert_type(imported.metric("KeyframeInterval", dimensions_map={"Track": "Track0"}), Metric)
assert_type(ivs.Channel.metric_all_concurrent_views(), Metric)
assert_type(
    imported.on_stream_state_change(
        "Live", event_names=[ivs.StreamStateEvent.STREAM_START], description="a"
    ),
    Rule,
)
assert_type(ivs.Channel.on_concurrent_limit_breach(stack, "Limit"), Rule)
# Those of all resources are static, and take what aws_events.Match makes.
assert_type(
    imported.on_all_stream_state_change(
        stack, "AllLive", channel_names=["a"], channels=[channel, imported], stream_ids=["st-a"]
    ),
    Rule,
)
assert_type(
    ivs.Stage.on_all_stage_update(
        stack, "Guests", replica=False, stages=[known_stage], user_ids=Match.prefix("guest-")
    ),
    Rule,
)
assert_type(ivs.Stage.on_any_event(stack, "AnyEvent"), Rule)
assert_type(chat.Room.on_any_event(stack, "AnyCall", event_names=[chat.ApiCall.DELETE_ROOM]), Rule)
assert_type(
    known_stage.on_participant_recording_state_change("Recorded", participant_ids=["a"]), Rule
)
assert_type(imported.grants.put_metadata(user), Grant)
assert_type(imported.grants.actions(user, "ivs:GetStream"), Grant)
assert_type(known_stage.metric_dropped_frames(platform="ios"), Metric)
assert_type(known_stage.on_composition_state_change("Composed"), Rule)
assert_type(ivs.StageGrants.list_all(stack, user), Grant)
assert_type(ivs.StageGrants.revoke_connection_token(stack, user), Grant)
tagged = ivs.TaggedGrants(stack, tags={"a": "b"})
assert_type(tagged.manage_rooms(user), Grant)
assert_type(tagged.read_stream_key(user, include_untagged=True), Grant)
assert_type(tagged.actions(user, "GetStage", "ivschat:SendEvent"), Grant)

# Alarms and dashboards take constructs, interfaces, L1s and alpha's channels.
l1_channel = aws_ivs.CfnChannel(stack, "MonitoredL1")
topic = Topic(stack, "Topic")
alarms = ivs.ChannelAlarms(stack, "Alarms", channel=imported, topic=topic)
assert_type(alarms.alarms[ivs.ChannelAlarm.STARVATION], Alarm)
ivs.ChannelAlarms(stack, "OfL1", channel=l1_channel, topic=topic)
ivs.ChannelAlarms(stack, "OfAlpha", channel=alpha.Channel(stack, "OfAlphas"))
ivs.StageAlarms(stack, "StageAlarms", stage=l1_stage, exclude=[ivs.StageAlarm.PUBLISHERS])
ivs.QuotaAlarms(stack, "QuotaAlarms", percentage=90)
ivs.IvsDashboard(
    stack, "Dashboard", channels=[channel, imported, l1_channel], stages=[stage], rooms=[room]
)
assert_type(
    ivs.ChannelMonitoring.from_channel(l1_channel).metric_ingest_bitrate(period=minute), Metric
)
assert_type(ivs.StageMonitoring.from_stage(l1_stage).on_stage_update("Update"), Rule)

# Functions that give out tokens.
playback_tokens = ivs.PlaybackTokenFunction(
    stack,
    "PlaybackTokens",
    channels=[channel, imported, l1_channel, alpha.Channel(stack, "PlayedAlphas")],
    identity=ivs.TokenIdentity.authorizer_claim("sub", hashed=True),
    maximum_lifetime=Duration.minutes(5),
    roles={"viewer": ivs.PlaybackRole(maximum_resolution=ivs.MaximumResolution.HD)},
    runtime=Runtime.PYTHON_3_13,
    signing_key=signing_key,
)
assert_type(playback_tokens.function, Function)
assert_type(playback_tokens.grant_invoke(user), Grant)
assert_type(playback_tokens.add_function_url(), FunctionUrl)
assert_type(playback_tokens.grant_invoke_url(user), Grant)
ivs.PlaybackTokenFunction(stack, "Plain", channels=[channel], signing_key=signing_key.key)
tokens_vpc = Vpc(stack, "TokensVpc")
participant_tokens = ivs.ParticipantTokenFunction(
    stack,
    "ParticipantTokens",
    identity=ivs.TokenIdentity.event_field("user_id"),
    environment_encryption=Key(stack, "EnvironmentKey"),
    log_group=LogGroup(stack, "TokensLog"),
    public_key=public_key,
    roles={"host": ivs.ParticipantRole(allow_publish=True, allow_subscribe=True)},
    reserved_concurrent_executions=10,
    security_groups=[SecurityGroup(stack, "TokensGroup", vpc=tokens_vpc)],
    signing_key=an_existing_signing_key,
    stages=[stage],
    tracing=Tracing.ACTIVE,
    vpc=tokens_vpc,
    vpc_subnets=SubnetSelection(subnet_type=SubnetType.PRIVATE_WITH_EGRESS),
)
ivs.ChatTokenFunction(
    stack,
    "ChatTokens",
    identity=ivs.TokenIdentity.iam(),
    roles={"writer": ivs.ChatRole(capabilities=[ivs.ChatCapability.SEND_MESSAGE])},
    rooms=[room],
)
a_layer: ILayerVersion = ivs.TokenLayer(stack, "TokenLayer")

# Patterns take constructs, interfaces and L1s.
delivery = patterns.RecordingDelivery(stack, "Delivery", allowed_origins=["*"])
assert_type(delivery.base_url, str)
assert_type(delivery.distribution, Distribution)
ivs.StorageConfiguration(stack, "DeliveredStorage", bucket=delivery.bucket)
delivery.url_for("a/b/c/composite", patterns.RecordingKind.COMPOSITION)
l1_bucket = aws_s3.CfnBucket(stack, "DeliveredL1")
patterns.RecordingDelivery(stack, "DeliveryOfL1", bucket=l1_bucket)
patterns.RecordingDelivery(
    stack,
    "DeliveryWithParts",
    access_log_bucket=bucket,
    certificate=Certificate(stack, "Certificate", domain_name="example.com"),
    domain_names=["example.com"],
    trusted_key_groups=[KeyGroup.from_key_group_id(stack, "KeyGroup", "a")],
)
vpc = Vpc(stack, "Vpc")
private = patterns.PrivateIngest(stack, "Private", vpc=vpc, peers=[Peer.any_ipv4()])
assert_type(private.rtmps_ingest_url, str)
found_vpc = Vpc.from_lookup(stack, "Found", is_default=True)
groups = [SecurityGroup(stack, "Group", vpc=vpc)]
patterns.PrivateIngest(stack, "InFound", vpc=found_vpc, security_groups=groups)

# Patterns take what they would create.
queue = Queue(stack, "Queue")
bus = EventBus(stack, "Bus")
table = Table(
    stack, "Table", partition_key=Attribute(name="recording_id", type=AttributeType.STRING)
)
index = patterns.RecordingIndex(
    stack,
    "Index",
    channels=[channel, imported, l1_channel],
    dead_letter_queue=queue,
    event_bus=bus,
    log_group=LogGroup(stack, "IndexLogs"),
    stages=[stage, known_stage, l1_stage],
    table=table,
    time_to_live=Duration.days(30),
    url_for=lambda prefix: f"https://example.com/{prefix}/master.m3u8",
)
assert_type(index.on_ready("Ready", description="a"), Rule)
assert_type(index.log_group, ILogGroup)
assert_type(index.state_machine, StateMachine)
webhook = patterns.EventWebhook(
    stack,
    "Webhook",
    all=True,
    dead_letter_queue=queue,
    events=[ivs.StreamStateEvent.STREAM_START, ivs.RecordingStatus.RECORDING_END],
    secret=Secret(stack, "WebhookSecret"),
    url="https://example.com/ivs",
)
assert_type(webhook.rules, list[Rule])
