"""Code that must type-check as it stands. It is never run."""

from __future__ import annotations

from typing import assert_type

from aws_cdk import App, Duration, Stack, aws_ivs, aws_mediatailor, aws_s3
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.interfaces.aws_ivs import IChannelRef, IRecordingConfigurationRef, IStreamKeyRef

import cdk_ivs as ivs

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


def by_interface(channel: ivs.IChannel) -> str:
    """What a user's own function may do with an interface."""
    channel.add_stream_key("Key")
    return (
        f"{channel.channel_arn} {channel.channel_id} {channel.stack.region} {channel.env.account}"
    )


by_interface(channel)
by_interface(imported)
