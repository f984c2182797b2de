"""Changes that an escape hatch can make, and what the constructors say to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_cdk import Duration, Stack
from constructs import IConstruct

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.resources.records import record_of
from tests.support.arns import arn

MULTITRACK = ivs.MultitrackInputConfiguration(
    maximum_resolution=ivs.MaximumResolution.HD, policy=ivs.Policy.ALLOW
)
CFN_MULTITRACK = {"Enabled": True, "MaximumResolution": "HD", "Policy": "ALLOW"}
STORAGE_ARN = arn("storage-configuration/a1B2c3D4e5F6")


def recorded(**thumbnails: object) -> dict[str, object]:
    """A recording of participants with thumbnails."""
    return {
        "StorageConfigurationArn": STORAGE_ARN,
        "ThumbnailConfiguration": {"ParticipantThumbnailConfiguration": thumbnails},
    }


def made(construct: type, **arguments: Any) -> Callable[[Stack], IConstruct]:
    """What makes a resource."""
    return lambda stack: record_of(construct).make(stack, "Construct", **arguments)


def with_policy(stack: Stack) -> IConstruct:
    """A channel with a playback restriction policy."""
    policy = ivs.PlaybackRestrictionPolicy(stack, "Policy", allowed_countries=["US"])
    return ivs.Channel(stack, "Construct", playback_restriction_policy=policy)


def with_ads(stack: Stack) -> IConstruct:
    """A channel with ads."""
    configuration = ivs.AdConfiguration.from_ad_configuration_arn(
        stack, "Ads", arn("ad-configuration/a1B2c3D4e5F6")
    )
    return ivs.Channel(stack, "Construct", ad_configuration=configuration)


def with_thumbnails(stack: Stack) -> IConstruct:
    """A recording configuration with thumbnails."""
    thumbnails = ivs.ThumbnailConfiguration.interval(target_interval=Duration.seconds(5))
    return made(ivs.RecordingConfiguration, thumbnail_configuration=thumbnails)(stack)


MAKERS: dict[str, Callable[[Stack], IConstruct]] = {
    "channel": made(ivs.Channel),
    "advanced": made(ivs.Channel, type="ADVANCED_HD", preset="HIGHER_BANDWIDTH_DELIVERY"),
    "basic": made(ivs.Channel, type="BASIC"),
    "multitrack": made(ivs.Channel, multitrack_input_configuration=MULTITRACK),
    "policy": with_policy,
    "ads": with_ads,
    "pair": made(ivs.PlaybackKeyPair),
    "public key": made(ivs.PublicKey),
    "restriction": made(ivs.PlaybackRestrictionPolicy),
    "recording": made(ivs.RecordingConfiguration),
    "thumbnails": with_thumbnails,
    "ad": made(ivs.AdConfiguration),
    "slate": made(ivs.FailoverSlateConfiguration),
    "stage": made(ivs.Stage),
    "encoder": made(ivs.EncoderConfiguration, width=1920, height=1080),
    "ingest": made(ivs.IngestConfiguration),
    "room": made(chat.Room),
}

# What makes the construct, the property, its new value, and the code of the refusal or None.
CHANGES: list[tuple[str, str, object, str | None]] = [
    ("channel", "Preset", "HIGHER_BANDWIDTH_DELIVERY", "PresetWithoutType"),
    ("channel", "Preset", "", None),
    ("channel", "Type", "TURBO", "ArgumentType"),
    ("channel", "Type", "BASIC", None),
    ("channel", "Type", {"Ref": "Type"}, None),
    ("channel", "LatencyMode", "FAST", "ArgumentType"),
    ("channel", "LatencyMode", "LOW", None),
    ("channel", "ContainerFormat", "MP4", "ArgumentType"),
    ("channel", "Authorized", "perhaps", "ArgumentType"),
    ("channel", "InsecureIngest", "perhaps", "ArgumentType"),
    ("channel", "Name", "a b", "Name"),
    # These keys are also the names of the properties of a tag.
    ("channel", "Tags", [{"Key": name, "Value": "live"} for name in ("key", "value")], None),
    ("channel", "MultitrackInputConfiguration", {"Policy": "ALLOW"}, None),
    ("advanced", "Type", "BASIC", "PresetType"),
    ("advanced", "Type", "ADVANCED_SD", None),
    ("advanced", "Type", None, "PresetWithoutType"),
    ("advanced", "Preset", {"Ref": "Preset"}, None),
    ("basic", "Preset", {"Ref": "Preset"}, None),
    ("channel", "MultitrackInputConfiguration", CFN_MULTITRACK, "MultitrackContainerFormat"),
    ("channel", "MultitrackInputConfiguration", {"Enabled": False}, None),
    ("channel", "MultitrackInputConfiguration", {"Ref": "Multitrack"}, None),
    ("multitrack", "Type", "BASIC", "MultitrackType"),
    ("multitrack", "Type", "STANDARD", None),
    ("multitrack", "ContainerFormat", "TS", "MultitrackContainerFormat"),
    ("multitrack", "ContainerFormat", {"Ref": "Format"}, None),
    ("multitrack", "MultitrackInputConfiguration.MaximumResolution", "UHD", "ArgumentType"),
    ("multitrack", "MultitrackInputConfiguration.MaximumResolution", "SD", None),
    ("multitrack", "MultitrackInputConfiguration.Policy", "PERHAPS", "ArgumentType"),
    ("multitrack", "MultitrackInputConfiguration.Policy", "REQUIRE", None),
    ("policy", "Authorized", True, "PolicyOnAuthorizedChannel"),
    ("policy", "Authorized", "true", "PolicyOnAuthorizedChannel"),
    ("policy", "Authorized", False, None),
    ("policy", "Authorized", {"Fn::Equals": ["a", "b"]}, None),
    ("ads", "ContainerFormat", "FRAGMENTED_MP4", "AdsContainerFormat"),
    ("ads", "ContainerFormat", "TS", None),
    ("pair", "PublicKeyMaterial", "no key", "PublicKey"),
    ("pair", "PublicKeyMaterial", {"Ref": "Key"}, None),
    ("public key", "PublicKeyMaterial", "no key", "PublicKey"),
    ("public key", "PublicKeyMaterial", None, None),
    ("restriction", "AllowedCountries", ["UK"], "Country"),
    ("restriction", "AllowedCountries", ["GB", {"Ref": "Country"}], None),
    ("restriction", "AllowedCountries", {"Ref": "Countries"}, None),
    ("restriction", "AllowedOrigins", ["example.com"], "Origin"),
    ("restriction", "AllowedOrigins", ["https://example.com"], None),
    ("restriction", "AllowedOrigins", "https://example.com", "ArgumentType"),
    ("restriction", "AllowedCountries", ["US", "US"], "Duplicate"),
    ("restriction", "EnableStrictOriginEnforcement", "perhaps", "ArgumentType"),
    ("recording", "RecordingReconnectWindowSeconds", 301, "DurationRange"),
    ("recording", "RecordingReconnectWindowSeconds", "300", None),
    ("recording", "RecordingReconnectWindowSeconds", {"Ref": "Seconds"}, None),
    ("recording", "RenditionConfiguration", {"Renditions": ["HD"]}, "RenditionsUnused"),
    (
        "recording",
        "RenditionConfiguration",
        {"RenditionSelection": "CUSTOM", "Renditions": ["HD"]},
        None,
    ),
    ("recording", "RenditionConfiguration", {"RenditionSelection": "CUSTOM"}, "RenditionsMissing"),
    (
        "recording",
        "RenditionConfiguration",
        {"RenditionSelection": "CUSTOM", "Renditions": ["HD", "HD"]},
        "Duplicate",
    ),
    ("thumbnails", "ThumbnailConfiguration.Resolution", "8K", "ArgumentType"),
    ("thumbnails", "ThumbnailConfiguration.Resolution", "SD", None),
    ("thumbnails", "ThumbnailConfiguration.Storage", ["LATEST", "LATEST"], "Duplicate"),
    ("thumbnails", "ThumbnailConfiguration.Storage", ["LATEST", "SEQUENTIAL"], None),
    ("thumbnails", "ThumbnailConfiguration.RecordingMode", "DISABLED", "ThumbnailsUnused"),
    ("thumbnails", "ThumbnailConfiguration.TargetIntervalSeconds", 61, "DurationRange"),
    ("thumbnails", "ThumbnailConfiguration.TargetIntervalSeconds", 60, None),
    ("thumbnails", "ThumbnailConfiguration.RecordingMode", None, None),
    ("ad", "MediaTailorPlaybackConfigurations", [], "PlaybackConfigurationCount"),
    ("ad", "MediaTailorPlaybackConfigurations.0.PlaybackConfigurationArn", "a", "Arn"),
    ("ad", "PostRollConfiguration", {"Enabled": True, "DurationSeconds": 301}, "DurationRange"),
    ("ad", "PostRollConfiguration", {"Enabled": True, "DurationSeconds": 300}, None),
    ("slate", "ActivationThresholdSeconds", 6, "DurationRange"),
    ("slate", "ActivationThresholdSeconds", 5, None),
    ("slate", "MinSlateDisplaySeconds", 2, "DurationRange"),
    ("slate", "MinSlateDisplaySeconds", "3", None),
    ("slate", "MaxSlateDisplaySeconds", 181, "DurationRange"),
    ("slate", "MaxSlateDisplaySeconds", {"Ref": "Seconds"}, None),
    ("slate", "Tags", [{"Key": "cdk-ivs:created-for", "Value": "b"}], "TagKey"),
    (
        "stage",
        "AutoParticipantRecordingConfiguration",
        recorded(RecordingMode="DISABLED", TargetIntervalSeconds=5),
        "ThumbnailsUnused",
    ),
    ("stage", "AutoParticipantRecordingConfiguration", recorded(TargetIntervalSeconds=5), None),
    (
        "stage",
        "AutoParticipantRecordingConfiguration",
        recorded(TargetIntervalSeconds=86_401),
        "DurationRange",
    ),
    (
        "stage",
        "AutoParticipantRecordingConfiguration",
        recorded(Storage=["LATEST", "LATEST"]),
        "Duplicate",
    ),
    (
        "stage",
        "AutoParticipantRecordingConfiguration",
        recorded(Storage=["LATEST", "SEQUENTIAL"]),
        None,
    ),
    (
        "stage",
        "AutoParticipantRecordingConfiguration",
        {"StorageConfigurationArn": STORAGE_ARN, "RecordingReconnectWindowSeconds": 301},
        "DurationRange",
    ),
    (
        "stage",
        "AutoParticipantRecordingConfiguration",
        {"StorageConfigurationArn": STORAGE_ARN, "RecordingReconnectWindowSeconds": 300},
        None,
    ),
    (
        "stage",
        "AutoParticipantRecordingConfiguration",
        {"StorageConfigurationArn": STORAGE_ARN, "MediaTypes": ["AUDIO_VIDEO", "AUDIO_ONLY"]},
        "MediaTypes",
    ),
    (
        "stage",
        "AutoParticipantRecordingConfiguration",
        {
            "StorageConfigurationArn": STORAGE_ARN,
            "HlsConfiguration": {
                "ParticipantRecordingHlsConfiguration": {"TargetSegmentDurationSeconds": 11}
            },
        },
        "DurationRange",
    ),
    (
        "stage",
        "AutoParticipantRecordingConfiguration",
        {"StorageConfigurationArn": "", "MediaTypes": ["AUDIO_VIDEO", "AUDIO_ONLY"]},
        None,
    ),
    (
        "stage",
        "AutoParticipantRecordingConfiguration",
        {"StorageConfigurationArn": STORAGE_ARN, "MediaTypes": ["AUDIO_ONLY"]},
        None,
    ),
    ("encoder", "Video.Width", 1279, "OddSize"),
    ("encoder", "Video.Width", 1280, None),
    ("encoder", "Video.Height", 1920, "TooManyPixels"),
    ("encoder", "Video.Height", {"Ref": "Height"}, None),
    ("encoder", "Video.Bitrate", 8_500_001, "NumberRange"),
    ("encoder", "Video.Bitrate", 8_500_000, None),
    ("encoder", "Video.Framerate", 61, "NumberRange"),
    ("encoder", "Video", None, None),
    ("ingest", "IngestProtocol", "RTMP", "RtmpNeedsInsecureIngest"),
    ("ingest", "IngestProtocol", "RTMPS", None),
    ("ingest", "UserId", "u" * 129, "UserId"),
    ("ingest", "UserId", "u" * 128, None),
    ("recording", "RecordingReconnectWindowSeconds", -1, "NumberRange"),
    ("recording", "RecordingReconnectWindowSeconds", "soon", "ArgumentType"),
    ("room", "MaximumMessageLength", True, "ArgumentType"),
    ("room", "LoggingConfigurationIdentifiers", {"Ref": "Arns"}, None),
    ("room", "LoggingConfigurationIdentifiers", [5], "ArgumentType"),
    ("room", "MaximumMessageLength", 501, "NumberRange"),
    ("room", "MaximumMessageLength", 500, None),
    ("room", "MaximumMessageRatePerSecond", 11, "NumberRange"),
    ("room", "MaximumMessageRatePerSecond", 10, None),
    ("room", "LoggingConfigurationIdentifiers", ["a", "b", "c", "d"], "LoggingConfigurationCount"),
    ("room", "LoggingConfigurationIdentifiers", ["a", "b", "c"], None),
]
