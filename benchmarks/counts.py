"""How many messages each construct takes, with each library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import App, IPropertyInjector, Stack, aws_ivs, aws_s3

from .libraries import L1
from .messages import sent_messages

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from constructs import Construct

FIRST_CHANNEL = "`Channel` without a name, the first in its app"
LATER_CHANNEL = "`Channel` without a name, later ones"
NAMED_CHANNEL = "`Channel` with a name"
INJECTED_CHANNEL = "`Channel` with a name and a property injector"
ADDED_STREAM_KEY = "`StreamKey` by `add_stream_key()`"
STREAM_KEY = "`StreamKey(channel=…)`"
PLAYBACK_KEY_PAIR = "`PlaybackKeyPair`"
FIRST_RECORDING = "`RecordingConfiguration`, the first in its stack"
LATER_RECORDING = "`RecordingConfiguration`, later ones"
REFERENCE = "`Channel.from_channel_arn()`"
FIRST_READ = "an attribute, first read"
SECOND_READ = "an attribute, second read"
SYNTH = "`App.synth()` of all these"

ROWS = (
    FIRST_CHANNEL,
    LATER_CHANNEL,
    NAMED_CHANNEL,
    INJECTED_CHANNEL,
    ADDED_STREAM_KEY,
    STREAM_KEY,
    PLAYBACK_KEY_PAIR,
    FIRST_RECORDING,
    LATER_RECORDING,
    REFERENCE,
    FIRST_READ,
    SECOND_READ,
    SYNTH,
)

CHANNEL_ARN = "arn:aws:ivs:us-west-2:123456789012:channel/a1B2c3D4e5F6"

# The base point of P-384: as good a public key as any.
PUBLIC_KEY = """\
-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEqofKIr6LBTeOscce8yCtdG4dO2KLp5uY
WfdB4IJUKjhVAvJdv1UpbDpUXjhydgq3NhfeSpYmLG9dnpi/kpLcKfj0Hb0omhR8
6doxE7XwuMAKYLHOHX6BnXpDHXyQ6g5f
-----END PUBLIC KEY-----
"""


@jsii.implements(IPropertyInjector)
class _Authorizing:
    """A property injector that makes every channel private."""

    def __init__(self, unique_id: str) -> None:
        self._unique_id = unique_id

    @property
    def construct_unique_id(self) -> str:
        """The class of constructs that it applies to."""
        return self._unique_id

    def inject(
        self,
        original_props: dict[str, Any],
        *,
        id: str,  # noqa: ARG002 - the CDK's signature
        scope: Construct,  # noqa: ARG002
    ) -> dict[str, Any]:
        """The props with ``authorized``."""
        return {**original_props, "authorized": True}


def count_messages(library: str, module: ModuleType) -> dict[str, int]:
    """The number of messages of each row that the library has."""
    counts = _Counts()
    app = App(analytics_reporting=False)
    stack = Stack(app, "Stack")
    bucket = aws_s3.Bucket(stack, "Bucket")
    if library == L1:
        _count_l1(counts, stack, bucket)
    else:
        _count_l2(counts, stack, bucket, module)
        _count_injected(counts, module)
    counts.of(SYNTH, app.synth)
    return {row: counts[row] for row in ROWS if row in counts}


class _Counts(dict[str, int]):
    def of(self, row: str, make: Callable[..., Any], *args: object, **kwargs: object) -> Any:  # noqa: ANN401 - whatever is made
        with sent_messages() as messages:
            made = make(*args, **kwargs)
        self[row] = len(messages)
        return made


def _count_l2(counts: _Counts, stack: Stack, bucket: aws_s3.Bucket, module: ModuleType) -> None:
    channel = counts.of(FIRST_CHANNEL, module.Channel, stack, "First")
    counts.of(LATER_CHANNEL, module.Channel, stack, "Later")
    named = counts.of(NAMED_CHANNEL, module.Channel, stack, "Named", channel_name="named")
    counts.of(ADDED_STREAM_KEY, channel.add_stream_key, "StreamKey")
    counts.of(STREAM_KEY, module.StreamKey, stack, "StreamKey", channel=named)
    counts.of(
        PLAYBACK_KEY_PAIR,
        module.PlaybackKeyPair,
        stack,
        "KeyPair",
        public_key_material=PUBLIC_KEY,
    )
    for row in (FIRST_RECORDING, LATER_RECORDING):
        counts.of(row, module.RecordingConfiguration, stack, row, bucket=bucket)
    counts.of(REFERENCE, module.Channel.from_channel_arn, stack, "Reference", CHANNEL_ARN)
    for row in (FIRST_READ, SECOND_READ):
        counts.of(row, getattr, channel, "channel_playback_url")


def _count_injected(counts: _Counts, module: ModuleType) -> None:
    injector = _Authorizing(module.Channel.PROPERTY_INJECTION_ID)
    stack = Stack(App(property_injectors=[injector]), "Stack")
    module.Channel(stack, "First")
    counts.of(INJECTED_CHANNEL, module.Channel, stack, "Named", channel_name="named")


def _count_l1(counts: _Counts, stack: Stack, bucket: aws_s3.Bucket) -> None:
    channel = counts.of(FIRST_CHANNEL, aws_ivs.CfnChannel, stack, "First")
    counts.of(LATER_CHANNEL, aws_ivs.CfnChannel, stack, "Later")
    counts.of(NAMED_CHANNEL, aws_ivs.CfnChannel, stack, "Named", name="named")
    counts.of(STREAM_KEY, _l1_stream_key, stack, channel)
    counts.of(
        PLAYBACK_KEY_PAIR,
        aws_ivs.CfnPlaybackKeyPair,
        stack,
        "KeyPair",
        public_key_material=PUBLIC_KEY,
    )
    for row in (FIRST_RECORDING, LATER_RECORDING):
        counts.of(row, _l1_recording, stack, row, bucket)
    for row in (FIRST_READ, SECOND_READ):
        counts.of(row, getattr, channel, "attr_playback_url")


def _l1_stream_key(stack: Stack, channel: aws_ivs.CfnChannel) -> None:
    aws_ivs.CfnStreamKey(stack, "StreamKey", channel_arn=channel.attr_arn)


def _l1_recording(stack: Stack, name: str, bucket: aws_s3.Bucket) -> None:
    kind = aws_ivs.CfnRecordingConfiguration
    kind(
        stack,
        name,
        destination_configuration=kind.DestinationConfigurationProperty(
            s3=kind.S3DestinationConfigurationProperty(bucket_name=bucket.bucket_name)
        ),
    )
