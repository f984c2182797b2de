"""
What the tests know of each resource, in one place.

Here is only what nothing else says: values that it needs, and facts that the service decides.
Names, types of CloudFormation and parameters are had from the class and from the CDK.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from aws_cdk import Duration, RemovalPolicy, Stack, aws_ivs, aws_ivschat, aws_kms
from aws_cdk.aws_lambda import Function
from aws_cdk.aws_logs import LogGroup
from aws_cdk.aws_s3 import Bucket
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.arns import arn
from tests.support.keys import P384_PEM

Arguments = Callable[[Construct], dict[str, Any]]


def nothing(_: Construct) -> dict[str, Any]:
    """No arguments."""
    return {}


class Quota(NamedTuple):
    """
    How many there may be in an account and Region, from the guides of the service.

    Attributes:
        plural: What is counted, as messages say it.
        number: How many.
        adjustable: Whether Service Quotas can raise it.
    """

    plural: str
    number: int
    adjustable: bool


class Record(NamedTuple):
    """
    What is known of a resource.

    Attributes:
        construct: The class.
        resource: The end of the ARN of one, with an id as the service gives it.
        arguments: What must be given. Makes its constructs in a scope.
        optional: What else can be given at once, but for the name and tags.
        properties: CloudFormation's names of keywords that have another name there.
        quota: The quota that the library warns about.
        messages: To JavaScript, for another one in a stack, its arguments being there.
        most_tags: How many tags can be given.
        empty_tags: Whether the service takes a tag without a value.
        instead: What can be given instead of an argument that must be given, by its keyword.
    """

    construct: Any
    resource: str
    arguments: Arguments = nothing
    optional: Arguments = nothing
    properties: Mapping[str, str] = MappingProxyType({})
    quota: Quota | None = None
    messages: int = 2
    most_tags: int = 50
    empty_tags: bool = True
    instead: Mapping[str, str] = MappingProxyType({})

    @property
    def name(self) -> str:
        """The name of the class."""
        return str(self.construct.__name__)

    @property
    def kind(self) -> str:
        """The name as attributes and keywords begin with it."""
        return re.sub(r"(?<!^)([A-Z])", r"_\1", self.name).lower()

    @property
    def prefix(self) -> str:
        """What attributes begin with: a signing key has the names of the CDK's own keys."""
        return "key" if self.construct is ivs.SigningKey else self.kind

    @property
    def package(self) -> Any:
        """The package that users import the class from."""
        return chat if self.construct.__module__ == "cdk_ivs.chat" else ivs

    @property
    def service(self) -> str:
        """The service in ARNs and actions."""
        if self.construct is ivs.SigningKey:
            return "kms"
        return "ivschat" if self.package is chat else "ivs"

    @property
    def arn_name(self) -> str:
        """The type of resource in ARNs."""
        return self.resource.partition("/")[0]

    @property
    def arn(self) -> str:
        """The ARN of one, in the account and Region of the tests."""
        return arn(self.resource, service=self.service)

    @property
    def cfn(self) -> Any:
        """The class of the L1. None if CloudFormation, or this aws-cdk-lib, has no such."""
        if self.construct is ivs.SigningKey:
            return aws_kms.CfnKey
        return getattr(aws_ivschat if self.package is chat else aws_ivs, f"Cfn{self.name}", None)

    @property
    def grants(self) -> Any:
        """The class of the permissions."""
        return getattr(self.package, f"{self.name}Grants")

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """The keywords of the constructor."""
        return dict(list(inspect.signature(self.construct.__init__).parameters.items())[3:])

    @property
    def required(self) -> list[str]:
        """The keywords that must be given, unless there is something instead."""
        empty = inspect.Parameter.empty
        return [
            name
            for name, each in self.parameters.items()
            if each.default is empty or name in self.instead
        ]

    @property
    def name_keyword(self) -> str | None:
        """The keyword of the name. None if the resource has no name."""
        keyword = f"{self.kind}_name"
        return keyword if keyword in self.parameters else None

    def property_of(self, keyword: str) -> str:
        """CloudFormation's name of a keyword."""
        if keyword == self.name_keyword:
            return "Name"
        return self.properties.get(keyword, keyword.title().replace("_", ""))

    def given(self, scope: Construct, id: str = "It", *, everything: bool = False) -> Any:
        """The arguments that one needs, or all that it can have, their constructs in a scope."""
        optional = self.optional if everything else nothing
        if self.arguments is optional is nothing:
            return {}
        place = Construct(scope, f"{id}Arguments")
        arguments = self.arguments(place) | optional(place)
        if not place.node.children:
            scope.node.try_remove_child(place.node.id)
        return arguments

    def make(self, scope: Construct, id: str = "It", **arguments: Any) -> Any:
        """One with these arguments, and what it needs beside them."""
        return self.construct(scope, id, **{**self.given(scope, id), **arguments})

    def refer(self, scope: Construct, id: str = "It", value: Any = None) -> Any:
        """A reference by an ARN, by default that of one in the account of the tests."""
        by_arn = getattr(self.construct, f"from_{self.kind}_arn")
        return by_arn(scope, id, self.arn if value is None else value)

    def arn_of(self, resource: Any) -> Any:
        """The ARN that a construct or a reference has."""
        return getattr(resource, f"{self.prefix}_arn")


def bucket(scope: Construct) -> dict[str, Any]:
    """A bucket of the stack."""
    return {"bucket": Bucket(scope, "Bucket")}


def key(_: Construct) -> dict[str, Any]:
    """A public key."""
    return {"public_key_material": P384_PEM}


def channel_of_key(scope: Construct) -> dict[str, Any]:
    """An imported channel, in the Region of the stack, another one in each scope."""
    channel_arn = arn(f"channel/{scope.node.id}", region=Stack.of(scope).region)
    return {"channel": ivs.Channel.from_channel_arn(scope, "Channel", channel_arn)}


def destination(scope: Construct) -> dict[str, Any]:
    """An imported log group."""
    group = LogGroup.from_log_group_name(scope, "LogGroup", "/aws/vendedlogs/chat")
    return {"destination": chat.LoggingDestination.cloud_watch_logs(group)}


def of_channel(scope: Construct) -> dict[str, Any]:
    """What a channel takes at once."""
    return {
        "authorized": False,
        "container_format": ivs.ContainerFormat.TS,
        "insecure_ingest": False,
        "latency_mode": ivs.LatencyMode.LOW,
        "preset": ivs.Preset.HIGHER_BANDWIDTH_DELIVERY,
        "recording_configuration": ivs.RecordingConfiguration.from_arn(
            scope, "Recording", arn("recording-configuration/AbCdef7G8hij")
        ),
        "type": ivs.ChannelType.ADVANCED_HD,
    }


def of_ingest(scope: Construct) -> dict[str, Any]:
    """What an ingest configuration takes."""
    return {
        "ingest_protocol": ivs.IngestProtocol.RTMPS,
        "insecure_ingest": False,
        "stage": ivs.Stage.from_stage_arn(scope, "Stage", arn("stage/UvWxyz1A2bcd")),
        "user_id": "studio",
    }


def of_policy(_: Construct) -> dict[str, Any]:
    """What a playback restriction policy takes."""
    return {
        "allowed_countries": ["DE"],
        "allowed_origins": ["https://example.com"],
        "enable_strict_origin_enforcement": True,
    }


def of_recording(_: Construct) -> dict[str, Any]:
    """What a recording configuration takes."""
    return {
        "recording_reconnect_window": Duration.seconds(30),
        "rendition_configuration": ivs.RenditionConfiguration.custom([ivs.Resolution.HD]),
        "thumbnail_configuration": ivs.ThumbnailConfiguration.interval(
            resolution=ivs.Resolution.HD,
            storage=[ivs.Storage.LATEST],
            target_interval=Duration.seconds(30),
        ),
    }


def of_room(scope: Construct) -> dict[str, Any]:
    """What a room takes."""
    logging_arn = arn("logging-configuration/WxYzab1C2def", service="ivschat")
    function = Function.from_function_name(scope, "Function", "review")
    return {
        "logging_configurations": [
            chat.LoggingConfiguration.from_logging_configuration_arn(scope, "Logging", logging_arn)
        ],
        "maximum_message_length": 100,
        "maximum_message_rate_per_second": 5,
        "message_review_handler": chat.MessageReviewHandler.from_function(function),
    }


def of_signing_key(_: Construct) -> dict[str, Any]:
    """What a signing key takes."""
    return {
        "alias": "tokens",
        "description": "signs tokens",
        "pending_window": Duration.days(7),
        "removal_policy": RemovalPolicy.DESTROY,
    }


def of_slate(_: Construct) -> dict[str, Any]:
    """What a failover slate takes."""
    return {
        "activation_threshold": Duration.seconds(3),
        "max_slate_display": Duration.seconds(60),
        "min_slate_display": Duration.seconds(3),
    }


def of_stage(scope: Construct) -> dict[str, Any]:
    """What a stage takes."""
    storage = ivs.StorageConfiguration.from_storage_configuration_arn(
        scope, "Storage", arn("storage-configuration/EfGhij3K4lmn")
    )
    recording = ivs.ParticipantRecording(
        storage_configuration=storage,
        hls_segment_duration=Duration.seconds(6),
        media_types=[ivs.ParticipantRecordingMediaType.AUDIO_VIDEO],
        reconnect_window=Duration.seconds(30),
        thumbnails=ivs.ParticipantThumbnailConfiguration.interval(
            storage=[ivs.Storage.LATEST], target_interval=Duration.seconds(30)
        ),
    )
    return {"participant_recording": recording}


RECORDS = [
    Record(
        ivs.AdConfiguration,
        "ad-configuration/UvWxyz5A6bcd",
        lambda _: {
            "playback_configurations": [arn("playbackConfiguration/ads", service="mediatailor")]
        },
        lambda _: {"post_roll": Duration.seconds(30)},
        {"playback_configurations": "MediaTailorPlaybackConfigurations"},
        Quota("ad configurations", 20, adjustable=False),
        # The CDK's validation does not know the type, and two tell it so.
        messages=4,
    ),
    Record(ivs.Channel, "channel/AbCdef1G2hij", optional=of_channel),
    Record(
        ivs.EncoderConfiguration,
        "encoder-configuration/CdEfgh7I8jkl",
        optional=lambda _: {"bitrate": 2_500_000, "framerate": 30, "height": 720, "width": 1280},
        quota=Quota("encoder configurations", 20, adjustable=True),
    ),
    Record(
        ivs.FailoverSlateConfiguration,
        "failover-slate-configuration/StUvwx3Y4zab",
        optional=of_slate,
        # Its tags, and two for the permission of the function.
        messages=5,
        # The function adds one.
        most_tags=49,
    ),
    Record(
        ivs.IngestConfiguration,
        "ingest-configuration/MnOpqr9S0tuv",
        optional=of_ingest,
        quota=Quota("ingest configurations", 100, adjustable=True),
    ),
    Record(
        chat.LoggingConfiguration,
        "logging-configuration/WxYzab1C2def",
        destination,
        quota=Quota("logging configurations", 10, adjustable=True),
        # The rest for the log group, of which another one is looked at each time.
        messages=14,
    ),
    Record(
        ivs.PlaybackKeyPair,
        "playback-key/f99cde61-c2b0-4df3-8941-ca7d38acca1a",
        key,
        quota=Quota("playback key pairs", 3, adjustable=False),
        instead={"public_key_material": "signing_key"},
    ),
    Record(
        ivs.PlaybackRestrictionPolicy,
        "playback-restriction-policy/KlMnop3Q4rst",
        optional=of_policy,
        quota=Quota("playback restriction policies", 3, adjustable=False),
    ),
    Record(
        ivs.PublicKey,
        "public-key/f99cde61-c2b0-4df3-8941-ca7d38acca1a",
        key,
        quota=Quota("public keys", 3, adjustable=False),
        instead={"public_key_material": "signing_key"},
    ),
    Record(
        ivs.RecordingConfiguration,
        "recording-configuration/AbCdef7G8hij",
        bucket,
        of_recording,
        quota=Quota("recording configurations", 20, adjustable=True),
        # The rest for the bucket.
        messages=5,
    ),
    # CloudFormation refuses a tag of a room that has no value.
    Record(chat.Room, "room/KlMnop9Q0rst", optional=of_room, empty_tags=False),
    Record(ivs.Stage, "stage/UvWxyz1A2bcd", optional=of_stage),
    Record(
        ivs.StorageConfiguration,
        "storage-configuration/EfGhij3K4lmn",
        bucket,
        quota=Quota("storage configurations", 5, adjustable=True),
        # The rest for the bucket and its policy.
        messages=23,
    ),
    Record(ivs.StreamKey, "stream-key/OpQrst5U6vwx", channel_of_key),
]

# A resource of AWS KMS, which has no quota, Regions or grants of IVS.
SIGNING_KEY = Record(
    ivs.SigningKey,
    "key/1234abcd-12ab-34cd-56ef-1234567890ab",
    optional=of_signing_key,
    properties={"pending_window": "PendingWindowInDays"},
)
CONSTRUCTS = [*RECORDS, SIGNING_KEY]


def record_of(construct: type) -> Record:
    """The record of a class."""
    (found,) = (record for record in CONSTRUCTS if record.construct is construct)
    return found


def marks_of(construct: Any) -> list[pytest.MarkDecorator]:
    """The marks of tests of a class: what came to the CDK later needs the newest version."""
    return [pytest.mark.newest] if construct._RESOURCE_TYPE.since else []


def each(records: list[Record]) -> pytest.MarkDecorator:
    """A test of each of the resources, as ``record``."""
    return pytest.mark.parametrize(
        "record",
        [
            pytest.param(record, id=record.name, marks=marks_of(record.construct))
            for record in records
        ],
    )


every_construct = each(CONSTRUCTS)
every_resource = each(RECORDS)
every_named_resource = each([record for record in RECORDS if record.name_keyword])
every_resource_of_cloudformation = each(
    # An older aws-cdk-lib does not have all of them.
    [
        record
        for record in RECORDS
        if record.cfn is not None or record.construct._RESOURCE_TYPE.since
    ]
)
