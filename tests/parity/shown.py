"""Inputs that the two libraries treat differently, by the row of the table that they belong to."""

from __future__ import annotations

import base64
import gzip
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import jsii
from aws_cdk import (
    CfnCondition,
    CfnOutput,
    Duration,
    Fn,
    IPropertyInjector,
    NestedStack,
    PropertyInjectors,
    Stack,
)
from aws_cdk import aws_s3 as s3
from aws_cdk.aws_ivs import CfnChannel, CfnRecordingConfiguration, CfnStreamKey
from aws_cdk.aws_ssm import StringParameter
from constructs import Construct

from tests.support.arns import arn
from tests.support.injectors import Injector
from tests.support.keys import P384_PEM

from .assemblies import app_in

Show = Callable[[Stack, ModuleType], object]
"""Gives the input. What it gives back, if anything, is what the libraries differ in."""


def channel(result: Callable[[Any], object] = lambda _: None, **parameters: object) -> Show:
    """A channel."""
    return lambda stack, ivs: result(ivs.Channel(stack, "Channel", **parameters))


def key_pair(**parameters: object) -> Show:
    """A playback key pair."""

    def show(stack: Stack, ivs: ModuleType) -> None:
        ivs.PlaybackKeyPair(stack, "Pair", **{"public_key_material": P384_PEM, **parameters})

    return show


def recording(result: Callable[[Any], object] = lambda _: None, **parameters: object) -> Show:
    """A recording configuration."""

    def show(stack: Stack, ivs: ModuleType) -> object:
        bucket = s3.Bucket(stack, "Bucket")
        return result(ivs.RecordingConfiguration(stack, "Recording", bucket=bucket, **parameters))

    return show


def recording_to_imported(*, account: str | None = None, region: str | None = None) -> Show:
    """A recording configuration for a bucket that is known to be elsewhere."""

    def show(stack: Stack, ivs: ModuleType) -> None:
        bucket = s3.Bucket.from_bucket_attributes(
            stack, "Bucket", bucket_name="recordings", account=account, region=region
        )
        ivs.RecordingConfiguration(stack, "Recording", bucket=bucket)

    return show


def renditions(*names: str) -> Show:
    """A recording configuration for the renditions."""
    return lambda stack, ivs: recording(
        rendition_configuration=ivs.RenditionConfiguration.custom(
            [ivs.Resolution[name] for name in names]
        )
    )(stack, ivs)


def thumbnails(interval: Duration | None = None, *storage: str) -> Show:
    """A recording configuration with thumbnails."""
    return lambda stack, ivs: recording(
        thumbnail_configuration=ivs.ThumbnailConfiguration.interval(
            storage=[ivs.Storage[name] for name in storage] or None, target_interval=interval
        )
    )(stack, ivs)


def channel_by_arn(text: str) -> Show:
    """An imported channel, used by a stream key."""

    def show(stack: Stack, ivs: ModuleType) -> None:
        ivs.Channel.from_channel_arn(stack, "Channel", text).add_stream_key("Key")

    return show


def recording_by_arn(text: str) -> Show:
    """An imported recording configuration, used by a channel."""

    def show(stack: Stack, ivs: ModuleType) -> None:
        imported = ivs.RecordingConfiguration.from_arn(stack, "Recording", text)
        ivs.Channel(stack, "Channel", recording_configuration=imported)

    return show


def recording_by_id(stack: Stack, ivs: ModuleType) -> None:
    """A recording configuration by what is no id."""
    ivs.RecordingConfiguration.from_recording_configuration_id(
        stack, "Recording", "recording-configuration/abc"
    )


def region_of_import(stack: Stack, ivs: ModuleType) -> str:
    """The Region of an imported channel."""
    text = arn("channel/abc", region="eu-central-1")
    return str(ivs.Channel.from_channel_arn(stack, "Channel", text).env.region)


def preset(type_: str | None) -> Show:
    """A channel with a preset, and the warnings on it."""
    return lambda stack, ivs: channel(
        warnings_of,
        type=type_ and ivs.ChannelType[type_],
        preset=ivs.Preset.HIGHER_BANDWIDTH_DELIVERY,
    )(stack, ivs)


def warnings_of(construct: Any) -> int:
    """How many warnings a construct has."""
    return sum(entry.type == "aws:cdk:warning" for entry in construct.node.metadata)


def warnings_at_synth_of(construct: Any) -> int:
    """How many warnings a construct has when the app was synthesized."""
    construct.node.root.synth()
    return warnings_of(construct)


def _secret(stack: Stack, ivs: ModuleType) -> str:
    value: str = ivs.Channel(stack, "Channel").add_stream_key("Key").stream_key_value
    return value


def exported_secret(stack: Stack, ivs: ModuleType) -> None:
    """The value of a stream key in an output with an export name."""
    CfnOutput(stack, "Output", value=_secret(stack, ivs), export_name="Key")


def secret_in_a_nested_stack(stack: Stack, ivs: ModuleType) -> None:
    """The value of a stream key in a resource of a nested stack."""
    StringParameter(NestedStack(stack, "Nested"), "Parameter", string_value=_secret(stack, ivs))


def secret_in_an_output(stack: Stack, ivs: ModuleType) -> int:
    """The warnings of an output that has the value of a stream key."""
    return warnings_at_synth_of(CfnOutput(stack, "Output", value=_secret(stack, ivs)))


def key_beside_level_1(stack: Stack, ivs: ModuleType) -> None:
    """A channel with a key of the library, and one by an L1."""
    made = ivs.Channel(stack, "Channel")
    made.add_stream_key("First")
    CfnStreamKey(stack, "Second", channel_arn=made.channel_arn)


def preset_by_escape_hatch(stack: Stack, ivs: ModuleType) -> None:
    """A channel that an escape hatch gives a preset without a type."""
    made = ivs.Channel(stack, "Channel")
    made.node.default_child.add_property_override("Preset", "HIGHER_BANDWIDTH_DELIVERY")


def two_stream_keys(stack: Stack, ivs: ModuleType) -> None:
    """A channel with two keys."""
    made = ivs.Channel(stack, "Channel")
    made.add_stream_key("First")
    ivs.StreamKey(stack, "Second", channel=made)


def keys_of_two_imports(stack: Stack, ivs: ModuleType) -> None:
    """A channel that is imported twice and given a key each time."""
    for id in ("First", "Second"):
        ivs.Channel.from_channel_arn(stack, id, arn("channel/abc")).add_stream_key("Key")


def conditional_keys(stack: Stack, ivs: ModuleType) -> None:
    """A channel with two keys of which only one is ever made."""
    made = ivs.Channel(stack, "Channel")
    for id in ("us-west-2", "us-east-1"):
        condition = CfnCondition(
            stack, f"In-{id}", expression=Fn.condition_equals(stack.region, id)
        )
        made.add_stream_key(id).node.default_child.cfn_options.condition = condition


def injected(result: object) -> Show:
    """An authorized channel for which the injector gives back the result."""

    def show(stack: Stack, ivs: ModuleType) -> object:
        PropertyInjectors.of(stack).add(Injector(ivs.Channel, lambda _: result))
        level_1 = ivs.Channel(stack, "Channel", authorized=True).node.default_child
        return [level_1.authorized, level_1.latency_mode]

    return show


def injected_late(stack: Stack, ivs: ModuleType) -> object:
    """The latency mode of a channel whose injector, with an old id, was added after another."""
    injector = Injector(ivs.Channel, lambda props: {**props, "latencyMode": "LOW"})
    unique_id = injector.construct_unique_id
    ivs.Channel(stack, "Before")
    late = LateInjector(unique_id, injector)
    PropertyInjectors.of(stack).add(late)
    return [ivs.Channel(stack, "After").node.default_child.latency_mode]


@jsii.implements(IPropertyInjector)
class LateInjector:
    """An injector that was told the id of its class long ago."""

    def __init__(self, unique_id: str, injector: Injector) -> None:
        self._unique_id = unique_id
        self._injector = injector

    @property
    def construct_unique_id(self) -> str:
        """The id of the class."""
        return self._unique_id

    def inject(self, original_props: dict[str, Any], *, id: str, scope: Construct) -> object:
        """What the other injector gives."""
        return self._injector.inject(original_props, id=id, scope=scope)


def injected_key_of_import(stack: Stack, ivs: ModuleType) -> None:
    """A key added to an imported channel where there is an injector for keys."""
    PropertyInjectors.of(stack).add(Injector(ivs.StreamKey, dict))
    ivs.Channel.from_channel_arn(stack, "Channel", arn("channel/abc")).add_stream_key("Key")


def injection_id(_: Stack, ivs: ModuleType) -> str:
    """The id of a class for injectors."""
    return str(ivs.Channel.PROPERTY_INJECTION_ID)


def recording_of_level_1(stack: Stack, ivs: ModuleType) -> object:
    """What a channel says of a recording configuration that is an L1."""
    types = CfnRecordingConfiguration
    destination = types.DestinationConfigurationProperty(
        s3=types.S3DestinationConfigurationProperty(bucket_name="recordings")
    )
    level_1 = types(stack, "Recording", destination_configuration=destination)
    made = ivs.Channel(stack, "Channel", recording_configuration=level_1)
    return [stack.resolve(made.node.default_child.recording_configuration_arn)]


def key_of_level_1(stack: Stack, ivs: ModuleType) -> None:
    """A stream key of a channel that is an L1."""
    ivs.StreamKey(stack, "Key", channel=CfnChannel(stack, "Channel"))


def recording_of_channel(stack: Stack, ivs: ModuleType) -> object:
    """What a channel says of another channel in the place of a recording configuration."""
    other = ivs.Channel(stack, "Other")
    made = ivs.Channel(stack, "Channel", recording_configuration=other)
    return [made.node.default_child.recording_configuration_arn]


def ids_of_members(_: Stack, ivs: ModuleType) -> list[str]:
    """Texts made from members of an enum, as ids of constructs may be."""
    return [f"Channel{member}" for member in ivs.LatencyMode]


def analytics(_: Stack, ivs: ModuleType) -> bool:
    """Whether the usage analytics, decoded, name alpha's classes."""
    with tempfile.TemporaryDirectory() as directory:
        app = app_in(directory, analytics=True)
        stack = Stack(app, "Stack")
        ivs.Channel(stack, "Channel")
        app.synth()
        template = json.loads((Path(directory) / stack.template_file).read_text())
    text = template["Resources"]["CDKMetadata"]["Properties"]["Analytics"]
    return b"aws-ivs-alpha" in gzip.decompress(base64.b64decode(text.split(":")[-1]))


def kind_of_error(stack: Stack, ivs: ModuleType) -> bool:
    """Whether the error about a name is a ValueError."""
    try:
        ivs.Channel(stack, "Channel", channel_name="not a name")
    except Exception as error:  # noqa: BLE001 - its class is the question
        return isinstance(error, ValueError)
    return False
