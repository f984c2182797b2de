"""Right arguments for every public call, in a scope of its own."""

from __future__ import annotations

import re
from typing import Any

from aws_cdk import (
    App,
    Aws,
    CfnCondition,
    CfnParameter,
    CfnWaitConditionHandle,
    Duration,
    Environment,
    Fn,
    Stack,
)
from aws_cdk import aws_cloudwatch_actions as cloudwatch_actions
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as events_targets
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ChatRole, patterns
from ivs_tokens import PemSigner
from tests.resources.records import CONSTRUCTS
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.keys import P384_PEM, PRIVATE_PEM
from tests.support.kms import KEY_ARN
from tests.support.validation import UNVALIDATED
from tests.support.workshop import Workshop, snake

PREFIX = "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs"
# Right texts where any text is not right, by the name of the parameter.
TEXTS = {
    "account": ACCOUNT,
    "account_id": ACCOUNT,
    "action": "SendMessage",
    "alias": "tokens",
    "color": "#1f77b4",
    "events_url": "wss://global.events.live-video.net",
    "health": "Healthy",
    "id": "m1",
    "key_id": KEY_ARN,
    "logging_configuration": arn("logging-configuration/WxYzab1C2def", service="ivschat"),
    "media_type": "video",
    "metric_name": "ConcurrentViews",
    "participant": "ParticipantA1",
    "participant_id": "ParticipantA1",
    "platform": "web",
    "prefix": PREFIX,
    "public_key_arn": arn("public-key/f99cde61-c2b0-4df3-8941-ca7d38acca1a"),
    "public_key_material": P384_PEM,
    "reason": "the app is a test",
    "region": REGION,
    "rule_id": "IVS-001",
    "simulcast_layer": "hi",
    "stack_account": ACCOUNT,
    "stack_region": REGION,
    "stage_arn": arn("stage/UvWxyz1A2bcd"),
    "statistic": "Average",
    "streamer_country_code": "DE",
    "subscriber_country_code": "DE",
    "token_id": "TokenA1",
    "track": "0",
    "uri": "arn:aws:lambda:us-west-2:123456789012:function:review",
    "url": "https://example.com/ivs",
    "base_url": "https://example.com",
    "viewer_country_code": "DE",
    "web_acl_id": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/b",
    "whip_url": "https://abc.global-bm.whip.live-video.net",
}
_BY_OWNER = {
    ("Stage", "metric_name"): "DownloadPacketLoss",
    ("IStage", "metric_name"): "DownloadPacketLoss",
    ("StageMonitoring", "metric_name"): "DownloadPacketLoss",
    ("Room", "metric_name"): "ConcurrentChatConnections",
    ("IRoom", "metric_name"): "ConcurrentChatConnections",
}

_LISTS = {
    "allowed_countries": ["DE"],
    "allowed_origins": ["https://example.com"],
    "playback_configurations": [arn("playbackConfiguration/ads", service="mediatailor")],
}


class Site(Workshop):
    """
    Makes right arguments in a scope that is another one for each case.

    Attributes:
        app: The app of all cases.
        root: Their stack.
        stack: The scope of the case, which is no stack: what it makes is told from the rest by
            its path.
    """

    def __init__(self, outdir: str | None = None, *, validated: bool = False) -> None:
        super().__init__()
        self.app = App(
            outdir=outdir,
            analytics_reporting=False,
            context={"aws:cdk:enable-path-metadata": True},
            **({} if validated else UNVALIDATED),
        )
        self.root: Any = Stack(self.app, "Stack", env=Environment(account=ACCOUNT, region=REGION))
        # A template has at least one resource.
        CfnWaitConditionHandle(self.root, "Handle")
        self.stack = self.root
        self._arns = 0
        self._shared: dict[str, Any] = {}

    def enter(self, name: str) -> None:
        """Go to the scope of a case."""
        self.stack: Any = Construct(self.root, name)
        self._shared = {}

    def elsewhere(self) -> Site:
        """Another app."""
        return Site()

    def unique(self, text: str) -> str:
        """An ARN or an id with another end for each use."""
        self._arns += 1
        return re.sub(r"\w{5}$", f"{self._arns:05d}", text)

    def imported(self, kind: str) -> Any:
        """A reference to an existing resource, another one each time."""
        record = next((each for each in CONSTRUCTS if each.kind == kind), None)
        if record is None:
            raise LookupError(kind)
        return record.refer(self.stack, self.id(), self.unique(record.arn))

    def parameter(self, kind: str = "String") -> CfnParameter:
        """A parameter of the template."""
        return CfnParameter(self.stack, self.id(), type=kind)

    def condition(self) -> str:
        """The logical id of a condition of the template."""
        equal = Fn.condition_equals(Aws.REGION, REGION)
        return str(
            self.root.resolve(CfnCondition(self.stack, self.id(), expression=equal).logical_id)
        )

    def value(self, name: str, annotation: str, owner: str = "") -> Any:
        """A value that a parameter takes."""
        annotation = annotation.removesuffix(" | None")
        if name == "id" and annotation == "str":
            return self.id()
        by_owner = _BY_OWNER.get((owner.rpartition(".")[2], name))
        if by_owner:
            return by_owner
        if annotation == "str" and name in TEXTS:
            return TEXTS[name]
        if annotation.startswith("Sequence["):
            inner = annotation.removeprefix("Sequence[").removesuffix("]")
            return list(_LISTS.get(name) or [self.value(name, inner)])
        return super().value(name, annotation)

    def _made(self, kind: str) -> Any:
        maker = _MAKERS.get(kind)
        if maker is not None:
            return maker(self)
        return super()._made(kind)

    def bucket_free_channel(self) -> Any:
        """A channel of this app without a key."""
        return ivs.Channel(self.stack, self.id())

    def instance(self, owner: str) -> Any:
        """An instance of a public class."""
        name = owner.rpartition(".")[2]
        if name in _INSTANCES:
            return _INSTANCES[name](self)
        if name.startswith("I") and name[1:2].isupper() and name not in _CONSTRUCTS_WITH_I:
            return self.imported(snake(name[1:]))
        return super().instance(owner)

    def base(self, owner: str, function: str, name: str) -> dict[str, Any]:
        """What a right call with the parameter is given beside what its signature asks for."""
        kind = owner.rpartition(".")[2]
        given = _BASE.get((kind, function), lambda _: {})(self)
        beside = _BESIDE.get((kind, name)) or _BESIDE.get((kind, function, name))
        if beside is not None:
            given |= beside(self)
        return {key: value for key, value in given.items() if value is not LEFT_OUT}


LEFT_OUT = object()
_CONSTRUCTS_WITH_I = {"IdleGuard", "IngestConfiguration", "IvsDashboard", "IvsValidation"}

_MAKERS: dict[str, Any] = {
    "App": lambda site: site.app,
    "Callable[[str], str]": lambda _: lambda prefix: f"https://example.com/{prefix}",
    "IConstruct": lambda site: site.stack,
    "IAlarmAction": lambda site: cloudwatch_actions.SnsAction(sns.Topic(site.stack, site.id())),
    "IApiDestination": lambda site: events.ApiDestination(
        site.stack,
        site.id(),
        endpoint="https://example.com",
        connection=_MAKERS["IConnection"](site),
    ),
    "IConnection": lambda site: events.Connection(
        site.stack,
        site.id(),
        authorization=events.Authorization.api_key(
            "x-key", secretsmanager.Secret(site.stack, site.id()).secret_value
        ),
    ),
    "IEventBus": lambda site: events.EventBus(site.stack, site.id()),
    "ILogGroup": lambda site: logs.LogGroup(site.stack, site.id()),
    "IPeer": lambda _: ec2.Peer.ipv4("10.0.0.0/16"),
    "IQueue": lambda site: sqs.Queue(site.stack, site.id(), enforce_ssl=True),
    "IRuleTarget": lambda site: events_targets.SqsQueue(sqs.Queue(site.stack, site.id())),
    "ISecretRef": lambda site: secretsmanager.Secret(site.stack, site.id()),
    "Secret": lambda site: secretsmanager.Secret(site.stack, site.id()),
    "FunctionUrlCorsOptions": lambda _: lambda_.FunctionUrlCorsOptions(
        allowed_origins=["https://example.com"]
    ),
    "Vpc": lambda site: ec2.Vpc.from_vpc_attributes(
        site.stack,
        site.id(),
        vpc_id="vpc-0123456789abcdef0",
        availability_zones=["us-west-2a"],
        private_subnet_ids=["subnet-0123456789abcdef0"],
        vpc_cidr_block="10.0.0.0/16",
    ),
    "IKeyRef": lambda site: kms.Key.from_key_arn(site.stack, site.id(), KEY_ARN),
    "Signer": lambda _: PemSigner(PRIVATE_PEM),
    "object": lambda _: None,
    "timedelta": lambda _: 60,
    "ContainerFormat": lambda _: ivs.ContainerFormat.TS,
    "RemovalPolicy": lambda _: _first("aws_cdk", "RemovalPolicy"),
}


def _first(module: str, name: str) -> Any:
    kind = getattr(__import__(module, fromlist=[name]), name)
    return next(iter(kind))


_INSTANCES: dict[str, Any] = {
    "AdConfigurationGrants": lambda site: site.imported("ad_configuration").grants,
    "ChatTokenFunction": lambda site: ivs.ChatTokenFunction(
        site.stack,
        site.id(),
        identity=ivs.TokenIdentity.iam(),
        roles={"reader": ChatRole()},
        rooms=[site.imported("room")],
    ),
    "IdleGuard": lambda site: patterns.IdleGuard(
        site.stack, site.id(), all_channels=True, starving_for=Duration.minutes(10)
    ),
    "RecordingDelivery": lambda site: patterns.RecordingDelivery(site.stack, site.id()),
    "StageBroadcast": lambda site: patterns.StageBroadcast(
        site.stack, site.id(), stage=site.imported("stage"), channel=site.imported("channel")
    ),
    "StreamKey": lambda site: ivs.StreamKey(
        site.stack, site.id(), channel=site.bucket_free_channel()
    ),
}


def _recording_thumbnails(_: Site) -> dict[str, Any]:
    return {"recording_mode": ivs.RecordingMode.INTERVAL}


_BASE: dict[tuple[str, str], Any] = {
    ("Channel", "from_lookup"): lambda site: {
        "channel_arn": site.unique(arn("channel/AbCdef1G2hij"))
    },
    ("EventWebhook", "__init__"): lambda site: {
        "all": True,
        "secret": _MAKERS["ISecretRef"](site),
        "url": TEXTS["url"],
    },
    ("IdleGuard", "__init__"): lambda _: {
        "all_channels": True,
        "starving_for": Duration.minutes(10),
    },
    ("IvsDashboard", "__init__"): lambda site: {"channels": [site.imported("channel")]},
    ("MessageReviewHandler", "__init__"): lambda site: {"fn": site._made("IFunctionRef")},
    ("ParticipantThumbnailConfiguration", "__init__"): _recording_thumbnails,
    ("PlaybackKeyPair", "__init__"): lambda _: {"public_key_material": P384_PEM},
    ("PlaybackKeyPairProps", "__init__"): lambda _: {"public_key_material": P384_PEM},
    ("PublicKey", "__init__"): lambda _: {"public_key_material": P384_PEM},
    ("PublicKeyProps", "__init__"): lambda _: {"public_key_material": P384_PEM},
    ("RecordingIndex", "__init__"): lambda _: {"all": True},
    ("RenditionConfiguration", "__init__"): lambda _: {
        "rendition_selection": ivs.RenditionSelection.CUSTOM,
        "renditions": [ivs.Resolution.HD],
    },
    ("StageBroadcast", "__init__"): lambda site: {"channel": site.imported("channel")},
    ("StageGrants", "start_composition"): lambda site: {"channel": site.imported("channel")},
    ("StageGrants", "manage_compositions"): lambda site: {"channel": site.imported("channel")},
    ("StreamKeyRotation", "__init__"): lambda site: {"channel": site.bucket_free_channel()},
    ("TaggedGrants", "start_composition"): lambda site: {"channel": site.imported("channel")},
    ("ThumbnailConfiguration", "__init__"): _recording_thumbnails,
    ("AdConfigurationProps", "from_mapping"): lambda _: {
        "values": {
            "playbackConfigurations": [arn("playbackConfiguration/ads", service="mediatailor")]
        }
    },
    ("FailoverSlateConfigurationReference", "from_mapping"): lambda _: {
        "values": {
            "failoverSlateConfigurationArn": arn("failover-slate-configuration/StUvwx3Y4zab")
        }
    },
    ("MultitrackInputConfiguration", "from_mapping"): lambda _: {
        "values": {"maximumResolution": "HD", "policy": "ALLOW"}
    },
    ("ParticipantRecording", "from_mapping"): lambda site: {
        "values": {"storageConfiguration": site.imported("storage_configuration")}
    },
    ("RecordingConfigurationProps", "from_mapping"): lambda site: {
        "values": {"bucket": site._made("IBucketRef")}
    },
    ("StorageConfigurationProps", "from_mapping"): lambda site: {
        "values": {"bucket": site._made("IBucketRef")}
    },
    ("StreamKeyProps", "from_mapping"): lambda site: {
        "values": {"channel": site.imported("channel")}
    },
    ("LoggingConfigurationProps", "from_mapping"): lambda site: {
        "values": {"destination": site._made("LoggingDestination")}
    },
    ("PlaybackKeyPairProps", "from_mapping"): lambda _: {"values": {"publicKeyMaterial": P384_PEM}},
    ("PublicKeyProps", "from_mapping"): lambda _: {"values": {"publicKeyMaterial": P384_PEM}},
}

# What a parameter needs, or what must not be given with it.
_BESIDE: dict[tuple[str, ...], Any] = {
    ("CompositionLayout", "__init__", name): lambda _: {"kind": patterns.LayoutKind.PIP}
    for name in (
        "pip_behavior",
        "pip_height",
        "pip_offset",
        "pip_participant_attribute",
        "pip_position",
        "pip_width",
    )
} | {
    ("StageBroadcast", name): lambda site: {
        "storage_configuration": site.imported("storage_configuration")
    }
    for name in ("hls_segment_duration", "thumbnail_interval", "thumbnail_storage")
}
_BESIDE |= {
    ("EventWebhook", "api_destination"): lambda _: {"secret": LEFT_OUT, "url": LEFT_OUT},
    ("EventWebhook", "channels"): lambda _: {"all": LEFT_OUT},
    ("EventWebhook", "connection"): lambda _: {"secret": LEFT_OUT},
    ("EventWebhook", "stages"): lambda _: {"all": LEFT_OUT},
    ("IdleGuard", "channels"): lambda _: {"all_channels": LEFT_OUT},
    ("PlaybackKeyPair", "signing_key"): lambda _: {"public_key_material": LEFT_OUT},
    ("PublicKey", "signing_key"): lambda _: {"public_key_material": LEFT_OUT},
    ("RecordingDelivery", "access_log_prefix"): lambda site: {
        "access_log_bucket": _log_bucket(site)
    },
    ("RecordingIndex", "channels"): lambda _: {"all": LEFT_OUT},
    ("RecordingIndex", "stages"): lambda _: {"all": LEFT_OUT},
    ("ivs_tokens", "strict_origin_enforcement"): lambda _: {
        "allowed_origins": ["https://example.com"]
    },
    ("ivs_tokens", "viewer_session_version"): lambda _: {"viewer_id": "viewer"},
}


def _log_bucket(site: Site) -> Any:
    return s3.Bucket(
        site.stack, site.id(), object_ownership=s3.ObjectOwnership.BUCKET_OWNER_PREFERRED
    )
