"""
Mistakes that a type checker must find. It is never run.

An ignore comment that is not needed is an error to mypy and pyright, so each one here is a
proof that the mistake is found.
"""

from __future__ import annotations

from aws_cdk import App, Stack, aws_s3

import cdk_ivs as ivs
from cdk_ivs import chat, patterns, rules

stack = Stack(App(), "Stack")
bucket = aws_s3.Bucket(stack, "Bucket")
channel = ivs.Channel(stack, "Channel")

ivs.Channel(stack, "A", type="BASIC")  # type: ignore[arg-type]
ivs.Channel(stack, "B", type=ivs.LatencyMode.LOW)  # type: ignore[arg-type]
ivs.Channel(stack, "C", authorized="yes")  # type: ignore[arg-type]
ivs.Channel(stack, "D", nmae="x")  # type: ignore[call-arg]
ivs.Channel(stack, "E", "name")  # type: ignore[call-arg, arg-type]
ivs.Channel(stack, "F", recording_configuration="arn")  # type: ignore[arg-type]
ivs.Channel(stack, "G", recording_configuration=channel)  # type: ignore[arg-type]
ivs.Channel(stack, "H", tags={"a": 1})  # type: ignore[dict-item]
ivs.StreamKey(stack, "I")  # type: ignore[call-arg]
ivs.StreamKey(stack, "J", channel=bucket)  # type: ignore[arg-type]
ivs.RecordingConfiguration(stack, "K", bucket="name")  # type: ignore[arg-type]
ivs.RenditionConfiguration.custom([ivs.Storage.LATEST])  # type: ignore[list-item]
ivs.MultitrackInputConfiguration(policy=ivs.Policy.ALLOW)  # type: ignore[call-arg]
channel.channel_arn = "arn"  # type: ignore[misc]
ivs.Channel.from_channel_arn(stack, "L", "arn").stop_stream_on_delete  # type: ignore[attr-defined]
ivs.Channel.from_lookup(stack, "M", "arn")  # type: ignore[call-arg]
ivs.Channel(stack, "N", playback_restriction_policy=channel)  # type: ignore[arg-type]
ivs.PlaybackRestrictionPolicy(stack, "O", allowed_origins=[5])  # type: ignore[list-item]
ivs.Channel(stack, "N2", failover_slate_configuration=channel)  # type: ignore[arg-type]
ivs.FailoverSlateConfiguration(stack, "O2", activation_threshold=3)  # type: ignore[arg-type]
ivs.AdConfiguration(stack, "P")  # type: ignore[call-arg]
ivs.AdConfiguration(stack, "Q", playback_configurations=[channel])  # type: ignore[list-item]

stage = ivs.Stage(stack, "Stage")
storage = ivs.StorageConfiguration(stack, "Storage", bucket=bucket)

ivs.Stage(stack, "R", participant_recording=storage)  # type: ignore[arg-type]
ivs.Stage(stack, "R2", participant_recording="")  # type: ignore[arg-type]
ivs.Channel(stack, "R3", recording_configuration="")  # type: ignore[arg-type]
ivs.Stage(stack, "S", "name")  # type: ignore[call-arg, arg-type]
ivs.StorageConfiguration(stack, "T")  # type: ignore[call-arg]
ivs.StorageConfiguration(stack, "U", bucket="name")  # type: ignore[arg-type]
ivs.EncoderConfiguration(stack, "V", width=640.5)  # type: ignore[arg-type]
ivs.EncoderConfiguration(stack, "W", framerate="30")  # type: ignore[arg-type]
ivs.IngestConfiguration(stack, "X", stage=channel)  # type: ignore[arg-type]
ivs.IngestConfiguration(stack, "Y", ingest_protocol="RTMP")  # type: ignore[arg-type]
ivs.PublicKey(stack, "Z", signing_key="arn")  # type: ignore[arg-type]
ivs.SigningKey(stack, "Z2", removal_policy="retain")  # type: ignore[arg-type]
ivs.ParticipantRecording()  # type: ignore[call-arg]
ivs.ParticipantRecording(storage_configuration=bucket)  # type: ignore[arg-type]
ivs.ParticipantRecording(
    storage_configuration=storage,
    thumbnails=ivs.ThumbnailConfiguration.disable(),  # type: ignore[arg-type]
)
ivs.ParticipantRecording(
    storage_configuration=storage,
    reconnect_window=60,  # type: ignore[arg-type]
)
ivs.ParticipantThumbnailConfiguration.interval([ivs.Resolution.HD])  # type: ignore[list-item]
stage.grants.start_composition(bucket)  # type: ignore[call-arg, arg-type]
stage.endpoints.srt  # type: ignore[attr-defined]
stage.endpoints.whip = "url"  # type: ignore[misc]
ivs.Stage.from_stage_arn(stack, "AA", "arn").stage_active_session_id  # type: ignore[attr-defined]

room = chat.Room(stack, "Room")

chat.Room(stack, "BB", maximum_message_length="500")  # type: ignore[arg-type]
chat.Room(stack, "CC", message_review_handler=bucket)  # type: ignore[arg-type]
chat.Room(stack, "DD", logging_configurations=[bucket])  # type: ignore[list-item]
chat.LoggingConfiguration(stack, "EE", destination=bucket)  # type: ignore[arg-type]
chat.LoggingDestination.s3("name")  # type: ignore[arg-type]
chat.MessageReviewHandler.from_function("arn")  # type: ignore[arg-type]
channel.metric_concurrent_views(perod=None)  # type: ignore[call-arg]
channel.metric_concurrent_views(track="Track0")  # type: ignore[call-arg]
channel.on_stream_state_change("FF", event_name=[])  # type: ignore[call-arg]
channel.on_stream_state_change("GG", event_names=["Stream Start"])  # type: ignore[list-item]
channel.on_recording_state_change("HH", event_names=[ivs.StreamStateEvent.STREAM_END])  # type: ignore[list-item]
channel.on_stream_state_change("HA", channel_names=["a"])  # type: ignore[call-arg]
ivs.Channel.on_all_ad_break(stack, "HB", channels=[stage])  # type: ignore[list-item]
ivs.Stage.on_all_composition_state_change(stack, "HC", user_ids=["a"])  # type: ignore[call-arg]
ivs.Stage.on_all_stage_update(stack, "HD", replica="true")  # type: ignore[arg-type]
ivs.Stage.on_all_stage_update(stack, "HE", user_ids=[5])  # type: ignore[list-item]
ivs.Stage.on_any_event(stack, "HF", event_names=[])  # type: ignore[call-arg]
room.on_any_event(stack, "HG", event_names=["DeleteRoom"])  # type: ignore[list-item]
room.metric_all_requests()  # type: ignore[call-arg]
ivs.ChannelAlarms(stack, "II", channel=stage)  # type: ignore[arg-type]
ivs.StageAlarms(stack, "JJ", stage=channel)  # type: ignore[arg-type]
ivs.IvsDashboard(stack, "KK", channels=[stage])  # type: ignore[list-item]
channel.grants.put_metadata("role")  # type: ignore[arg-type]
tagged = ivs.TaggedGrants(stack, tags={"a": "b"})
tagged.send_event("role")  # type: ignore[arg-type]
tagged.start_composition(bucket, channel=bucket)  # type: ignore[arg-type]
tagged.reset_stream_key("role", include_untagged=True)  # type: ignore[arg-type, call-arg]

ivs.PlaybackTokenFunction(stack, "Tokens", channels=[channel])  # type: ignore[call-arg]
ivs.PlaybackRole(lifetime=5)  # type: ignore[call-arg]
ivs.ParticipantRole(allow_publish=True)  # type: ignore[call-arg]
ivs.ChatRole(capabilities=["SEND_MESSAGE"])  # type: ignore[list-item]
ivs.TokenIdentity()  # type: ignore[abstract]
patterns.RecordingDelivery(stack, "Delivery", bucket="name")  # type: ignore[arg-type]
patterns.RecordingDelivery(stack, "Delivered", price_class="all")  # type: ignore[arg-type]
patterns.RecordingDelivery(stack, "D3").url_for("a", "CHANNEL")  # type: ignore[arg-type]
patterns.PrivateIngest(stack, "Private")  # type: ignore[call-arg]
patterns.PrivateIngest(stack, "Private2", vpc="vpc-1")  # type: ignore[arg-type]

rules.IvsValidation.add_to(stack)  # type: ignore[arg-type]
rules.IvsValidation.add_to(App(), rego_rules=["package own"])  # type: ignore[list-item]
rules.IvsValidation.add_to(App(), rules=[])  # type: ignore[call-arg]
rules.IvsValidation.acknowledge(stack, 1, reason="a")  # type: ignore[arg-type]
rules.IvsValidation.acknowledge(stack, "IVS-001")  # type: ignore[call-arg]
