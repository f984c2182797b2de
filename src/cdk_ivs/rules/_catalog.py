"""
The catalog of the rules: what each finds, how severe that is, and what to do about it.

The logic of a rule is in the pack, in the language Rego. All that is said about it is here: the
findings, the SARIF output and the reference in the docs are made from the same texts.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

_LOW_LATENCY = "https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide"
_LOW_LATENCY_API = "https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference"
_REAL_TIME = "https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide"
_REAL_TIME_API = "https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference"
_CHAT = "https://docs.aws.amazon.com/ivs/latest/ChatUserGuide"
_CHAT_API = "https://docs.aws.amazon.com/ivs/latest/ChatAPIReference"
_AUTHORIZATION = "https://docs.aws.amazon.com/service-authorization/latest/reference"
_CLOUDFORMATION = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide"
_TEMPLATES = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference"


class Severity(enum.StrEnum):
    """How severe a finding is, by the names of the engine."""

    ERROR = "ERROR"
    """The deployment fails, or what the template says never takes effect."""

    WARNING = "WARN"
    """It can be deployed, and is insecure, without effect, or over a quota."""


class Rule(NamedTuple):
    """
    A rule of the pack.

    Attributes:
        id: Its id, which never changes.
        severity: How severe a finding is.
        title: What has to hold.
        message: What a finding says. Each ``%v`` is filled in.
        source: The page that says so.
    """

    id: str
    severity: Severity
    title: str
    message: str
    source: str


def _error(id: str, title: str, message: str, source: str) -> Rule:
    return Rule(id, Severity.ERROR, title, message, source)


def _warning(id: str, title: str, message: str, source: str) -> Rule:
    return Rule(id, Severity.WARNING, title, message, source)


RULES: tuple[Rule, ...] = (
    # Channels, their keys and recordings.
    _error(
        "IVS-001",
        "A channel has one stream key",
        "the channel of this stream key has another one, %v, and a channel can have only one: "
        "leave all but one out",
        f"{_LOW_LATENCY}/service-quotas.html",
    ),
    _error(
        "IVS-002",
        "A preset needs a channel of an advanced type",
        "the preset %v needs Type ADVANCED_SD or ADVANCED_HD, got %v: change the type or leave "
        "the preset out",
        f"{_LOW_LATENCY_API}/API_CreateChannel.html",
    ),
    _error(
        "IVS-003",
        "Multitrack input needs a channel of type STANDARD",
        "multitrack input needs Type STANDARD, got %v: change the type or disable multitrack input",
        f"{_LOW_LATENCY}/multitrack-video-setup.html",
    ),
    _error(
        "IVS-004",
        "Multitrack input needs a policy, a maximum resolution and fragmented MP4",
        "multitrack input needs Policy, MaximumResolution and ContainerFormat FRAGMENTED_MP4: "
        "set %v",
        f"{_LOW_LATENCY}/multitrack-video-setup.html",
    ),
    _warning(
        "IVS-005",
        "A channel takes no insecure ingest",
        "InsecureIngest lets encoders send the video and the stream key unencrypted: leave it "
        "out, and send over RTMPS, or over SRT with a passphrase",
        f"{_LOW_LATENCY_API}/API_CreateChannel.html",
    ),
    _warning(
        "IVS-006",
        "An authorized channel has a key pair",
        "viewers of an authorized channel need tokens, and this template has no "
        "AWS::IVS::PlaybackKeyPair that verifies them: add one, or acknowledge this finding if "
        "the account has one",
        f"{_LOW_LATENCY}/private-channels-create-key.html",
    ),
    _error(
        "IVS-007",
        "A playback restriction policy is attached to a public channel",
        "playback restriction policies work with public channels only, and channel '%v' is "
        "authorized: restrict viewers in their tokens, or make the channel public",
        f"{_LOW_LATENCY}/undesired-content.html",
    ),
    _error(
        "IVS-008",
        "Ads need a channel with MPEG-TS",
        "an ad configuration cannot be attached to channel '%v', whose ContainerFormat is "
        "FRAGMENTED_MP4: use TS",
        f"{_LOW_LATENCY}/server-side-ad-insertion.html",
    ),
    _error(
        "IVS-009",
        "Renditions to record need the selection CUSTOM",
        "Renditions has no effect with RenditionSelection %v, so that other renditions are "
        "recorded than those listed: set RenditionSelection to CUSTOM, or leave Renditions out",
        f"{_LOW_LATENCY_API}/API_RenditionConfiguration.html",
    ),
    _error(
        "IVS-010",
        "The selection CUSTOM needs renditions",
        "RenditionSelection CUSTOM needs Renditions, got none: list the renditions to record, "
        "or select ALL or NONE",
        f"{_LOW_LATENCY_API}/API_RenditionConfiguration.html",
    ),
    _error(
        "IVS-011",
        "What is said of thumbnails needs recorded thumbnails",
        "%v has no effect with RecordingMode %v: set RecordingMode to INTERVAL, or leave it out",
        f"{_LOW_LATENCY_API}/API_ThumbnailConfiguration.html",
    ),
    _error(
        "IVS-012",
        "A public key is a PEM on the curve P-384",
        "PublicKeyMaterial must be the PEM of a public key on the curve P-384 (secp384r1): "
        "create the pair with 'openssl ecparam -name secp384r1 -genkey -noout', and use the "
        "output of 'openssl ec -pubout'",
        f"{_LOW_LATENCY}/private-channels-create-key.html",
    ),
    _error(
        "IVS-013",
        "A playback restriction policy names countries that exist",
        "'%v' is not an officially assigned country code of ISO 3166-1 alpha-2: use codes such "
        "as US or DE",
        f"{_LOW_LATENCY_API}/API_CreatePlaybackRestrictionPolicy.html",
    ),
    _error(
        "IVS-014",
        "A playback restriction policy names origins",
        "'%v' is not an origin: write the scheme, the host in lower case and a port other than "
        "the default, as in 'https://example.com' or 'https://*.example.com', and nothing after "
        "them",
        f"{_LOW_LATENCY_API}/API_CreatePlaybackRestrictionPolicy.html",
    ),
    # Stages, their ingest, encoders and recordings.
    _error(
        "IVS-015",
        "Ingest over RTMP is allowed to be insecure",
        "IngestProtocol RTMP needs InsecureIngest true: use RTMPS, or allow insecure ingest",
        f"{_REAL_TIME_API}/API_CreateIngestConfiguration.html",
    ),
    _warning(
        "IVS-016",
        "A stage takes no insecure ingest",
        "InsecureIngest lets encoders send the video and the stream key unencrypted: leave it "
        "out, and send over RTMPS",
        f"{_REAL_TIME_API}/API_CreateIngestConfiguration.html",
    ),
    _error(
        "IVS-017",
        "The width and the height of an encoder are even",
        "%v must be even, got %v",
        f"{_REAL_TIME_API}/API_Video.html",
    ),
    _error(
        "IVS-018",
        "An encoder has at most 2,073,600 pixels",
        "Width and Height together must be at most 2073600 pixels, as 1920x1080 is, got %v by %v",
        f"{_REAL_TIME_API}/API_Video.html",
    ),
    # Chat rooms, their logs and handlers.
    _error(
        "IVS-019",
        "Chat is logged to exactly one destination",
        "DestinationConfiguration must have exactly one of CloudWatchLogs, Firehose and S3, got "
        "%v: create a logging configuration for each destination",
        f"{_CHAT_API}/API_CreateLoggingConfiguration.html",
    ),
    _error(
        "IVS-020",
        "A room has at most 3 logging configurations",
        "a room can have at most 3 logging configurations, got %v",
        f"{_CHAT_API}/API_CreateRoom.html",
    ),
    _error(
        "IVS-021",
        "A room may invoke its message review handler",
        "ivschat.amazonaws.com may not invoke function '%v': add an AWS::Lambda::Permission "
        "with that principal and the SourceArn of room/*, and let the room depend on it",
        f"{_CHAT}/security-iam.html",
    ),
    _error(
        "IVS-022",
        "The permission of a message review handler exists before its room",
        "permission '%v' of the handler refers to the room, and the room cannot be created "
        "without the permission: use room/* in its SourceArn, and let the room depend on it",
        f"{_CHAT}/security-iam.html",
    ),
    _warning(
        "IVS-023",
        "A room depends on the permission of its message review handler",
        "CloudFormation may create the room before permission '%v' of its handler, and then "
        "fails: add it to DependsOn",
        f"{_CHAT}/security-iam.html",
    ),
    _error(
        "IVS-024",
        "A message review handler does not need its own room",
        "function '%v' reviews the messages of this room and needs the room to be created first, "
        "through '%v', which is a cycle: use room/* in policies, and read the ARN of the room "
        "from the event",
        f"{_CHAT}/chat-message-review-handler.html",
    ),
    # Buckets that IVS writes to.
    _error(
        "IVS-025",
        "A bucket has one policy",
        "bucket '%v', which IVS writes to, has another policy, %v, and a bucket can have only "
        "one: put all statements into one",
        f"{_TEMPLATES}/aws-resource-s3-bucketpolicy.html",
    ),
    _error(
        "IVS-026",
        "The policy of a bucket lets the recording of stages write",
        "IVS adds a statement to the policy of this bucket when it creates storage configuration "
        "'%v', and this policy erases it, so that recordings fail: allow the principal "
        "ivs-composite.<region>.amazonaws.com s3:PutObject and s3:PutObjectAcl here",
        f"{_REAL_TIME}/rt-composite-recording.html",
    ),
    _error(
        "IVS-027",
        "The policy of a bucket lets the logs of chat be delivered",
        "AWS adds statements to the policy of this bucket when it creates logging configuration "
        "'%v', and this policy erases them: allow the principal delivery.logs.amazonaws.com "
        "s3:PutObject, and s3:GetBucketAcl, here",
        f"{_CHAT}/chat-logging.html",
    ),
    _error(
        "IVS-028",
        "A bucket for the recordings of stages is encrypted with SSE-S3",
        "stages can be recorded only to a bucket whose default encryption is SSE-S3, and bucket "
        "'%v' has %v: use AES256",
        f"{_REAL_TIME}/rt-individual-participant-recording.html",
    ),
    _error(
        "IVS-029",
        "A bucket for the recordings of stages owns its objects",
        "stages can be recorded only to a bucket whose object ownership is BucketOwnerEnforced "
        "or BucketOwnerPreferred, and bucket '%v' has ObjectWriter",
        f"{_REAL_TIME}/rt-individual-participant-recording.html",
    ),
    _warning(
        "IVS-030",
        "A policy has no statement twice",
        "statements %v and %v of the policy of a bucket that IVS writes to are the same: leave "
        "one out",
        f"{_TEMPLATES}/aws-resource-s3-bucketpolicy.html",
    ),
    # References.
    _error(
        "IVS-031",
        "An ARN is of the type that the property takes",
        "%v must be the ARN of %v, got one of %v",
        f"{_AUTHORIZATION}/list_amazoninteractivevideoservice.html",
    ),
    # Rules for events.
    _error(
        "IVS-032",
        "A rule matches events that IVS sends",
        "IVS sends no events with the detail-type '%v': use one of %v",
        f"{_LOW_LATENCY}/eventbridge.html",
    ),
    _error(
        "IVS-033",
        "A rule matches the field that its events have",
        "events of '%v' have no field '%v', so that the rule never matches: match '%v'",
        f"{_LOW_LATENCY}/eventbridge.html",
    ),
    _error(
        "IVS-034",
        "A rule matches values that its events have",
        "'%v' is no value of '%v' in events of '%v': use one of %v",
        f"{_LOW_LATENCY}/eventbridge.html",
    ),
    _error(
        "IVS-035",
        "A rule matches resources that its events have",
        "events of '%v' do not have the ARN of a %v in 'resources', so that the rule never "
        "matches: %v",
        f"{_REAL_TIME}/eventbridge.html",
    ),
    _error(
        "IVS-036",
        "A rule matches a source of IVS",
        "no events of IVS have the source '%v': %v",
        f"{_REAL_TIME}/eventbridge.html",
    ),
    # Permissions.
    _error(
        "IVS-037",
        "A policy names actions that exist",
        "'%v' is no action of Amazon IVS: %v",
        f"{_AUTHORIZATION}/list_amazoninteractivevideoservice.html",
    ),
    _error(
        "IVS-038",
        "A policy names resources that its actions take",
        "'%v' is not authorized on any resource of this statement: it needs %v",
        f"{_AUTHORIZATION}/list_amazoninteractivevideoservice.html",
    ),
    _warning(
        "IVS-039",
        "A policy names the resources of its actions",
        "'%v' on all resources: IVS authorizes the action on single resources, so name %v",
        f"{_AUTHORIZATION}/list_amazoninteractivevideoservice.html",
    ),
    _warning(
        "IVS-040",
        "A policy names its actions",
        "'%v' allows every action of the service: name the actions that are needed",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    ),
    # Alarms.
    _error(
        "IVS-041",
        "An alarm watches a metric that IVS publishes",
        "%v has no metric '%v', so that the alarm never gets data: use one of %v",
        f"{_LOW_LATENCY}/stream-health.html",
    ),
    _error(
        "IVS-042",
        "An alarm has the dimensions that its metric is published with",
        "'%v' is not published with %v, so that the alarm never gets data: use one of %v",
        f"{_LOW_LATENCY}/stream-health.html",
    ),
    _error(
        "IVS-043",
        "A dimension is the id of a resource",
        "dimension '%v' must be the id of the resource, the last part of its ARN, got its ARN: "
        "use '%v'",
        f"{_LOW_LATENCY}/stream-health.html",
    ),
    _error(
        "IVS-044",
        "An alarm watches a namespace that IVS has",
        "IVS has no namespace '%v': use one of %v",
        f"{_REAL_TIME}/stage-health.html",
    ),
    # Secrets.
    _warning(
        "IVS-045",
        "No output shows a stream key",
        "output '%v' shows the stream key in plain text to everybody who may describe the stack: "
        "keep it in an AWS::SecretsManager::Secret, and output the ARN of the secret",
        f"{_CLOUDFORMATION}/security-best-practices.html",
    ),
    _warning(
        "IVS-046",
        "No environment variable or parameter shows a stream key",
        "'%v' shows the stream key in plain text to everybody who may describe it: keep the key "
        "in an AWS::SecretsManager::Secret, and pass on the ARN of the secret",
        f"{_CLOUDFORMATION}/security-best-practices.html",
    ),
    _warning(
        "IVS-047",
        "No parameter has a stream key as its default",
        "the default of parameter '%v' has the form of a stream key, which everybody who may "
        "read the template sees: leave the default out, and set NoEcho, or use a dynamic "
        "reference to a secret",
        f"{_CLOUDFORMATION}/security-best-practices.html",
    ),
    # Quotas.
    _warning(
        "IVS-048",
        "A template is within the quotas",
        "the template has %v %v, and the quota of an account and Region is %v%v",
        f"{_LOW_LATENCY}/service-quotas.html",
    ),
    # What came later keeps the ids as they are.
    _error(
        "IVS-049",
        "A fallback needs a message review handler",
        "FallbackResult has no effect without Uri: name a function, or leave it out",
        f"{_CHAT_API}/API_MessageReviewHandler.html",
    ),
    _warning(
        "IVS-050",
        "A delivery stream for chat logs has its tag in the template",
        "chat logs are delivered by the tag LogDeliveryEnabled with the value 'true', which AWS "
        "adds to delivery stream '%v' and the next update of the stack takes away: add it here",
        f"{_CHAT}/chat-logging.html",
    ),
    _warning(
        "IVS-051",
        "A bucket for the recordings of channels has no key of its own",
        "the role with which IVS records channels has no permissions for KMS, and bucket '%v' is "
        "encrypted with a customer-managed key: expect recordings to fail, and use AES256",
        f"{_LOW_LATENCY}/security-service-linked-roles.html",
    ),
    _error(
        "IVS-052",
        "A rule matches fields that its events have when they happen",
        "events of '%v' have '%v' only for %v, so that the rule never matches",
        f"{_LOW_LATENCY}/eventbridge.html",
    ),
    _error(
        "IVS-053",
        "A dimension has a value that is published",
        "'%v' is no value of dimension '%v': use one of %v",
        f"{_REAL_TIME}/stage-health.html",
    ),
    _warning(
        "IVS-054",
        "A policy allows all that an action needs",
        "'%v' is authorized on a channel and on a stream key, and this policy allows it on %v "
        "only: add the other",
        f"{_AUTHORIZATION}/list_amazoninteractivevideoservice.html",
    ),
)

BY_ID = {rule.id: rule for rule in RULES}
