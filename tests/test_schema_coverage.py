"""What the service offers is what the constructs offer, by the schemas of others."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from aws_cdk import Duration, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_s3 import Bucket
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from constructs import IConstruct

import cdk_ivs as ivs
from cdk_ivs._iam.resource_types import TYPES
from cdk_ivs._services.custom_resource.cdk_ivs_handler.settings import SETTINGS
from tests.support.arns import arn
from tests.support.keys import P384_PEM

DOCS = Path(__file__).parent.parent / "docs" / "low-latency.md"
TAGS = {"team": "live"}


def ad_configuration(stack: Stack) -> IConstruct:
    """An ad configuration with every argument."""
    return ivs.AdConfiguration(
        stack,
        "AdConfiguration",
        ad_configuration_name="ads",
        playback_configurations=[arn("playbackConfiguration/a", service="mediatailor")],
        post_roll=Duration.seconds(30),
        tags=TAGS,
    )


def channel(stack: Stack) -> IConstruct:
    """Two channels which have every argument together: presets do not go with multitrack."""
    recording = ivs.RecordingConfiguration.from_arn(
        stack, "Existing", arn("recording-configuration/a")
    )
    ivs.Channel(
        stack,
        "Multitrack",
        multitrack_input_configuration=ivs.MultitrackInputConfiguration(
            maximum_resolution=ivs.MaximumResolution.HD, policy=ivs.Policy.ALLOW
        ),
    )
    return ivs.Channel(
        stack,
        "Channel",
        authorized=False,
        channel_name="live",
        container_format=ivs.ContainerFormat.TS,
        insecure_ingest=False,
        latency_mode=ivs.LatencyMode.LOW,
        preset=ivs.Preset.HIGHER_BANDWIDTH_DELIVERY,
        recording_configuration=recording,
        tags=TAGS,
        type=ivs.ChannelType.ADVANCED_HD,
    )


def encoder_configuration(stack: Stack) -> IConstruct:
    """An encoder configuration with every argument."""
    return ivs.EncoderConfiguration(
        stack,
        "EncoderConfiguration",
        bitrate=2_500_000,
        encoder_configuration_name="encoder",
        framerate=30,
        height=720,
        tags=TAGS,
        width=1280,
    )


def ingest_configuration(stack: Stack) -> IConstruct:
    """An ingest configuration with every argument."""
    return ivs.IngestConfiguration(
        stack,
        "IngestConfiguration",
        ingest_configuration_name="ingest",
        ingest_protocol=ivs.IngestProtocol.RTMPS,
        insecure_ingest=False,
        stage=ivs.Stage.from_stage_arn(stack, "Existing", arn("stage/a")),
        tags=TAGS,
        user_id="studio",
    )


def playback_key_pair(stack: Stack) -> IConstruct:
    """A key pair with every argument."""
    return ivs.PlaybackKeyPair(
        stack,
        "PlaybackKeyPair",
        playback_key_pair_name="keys",
        public_key_material=P384_PEM,
        tags=TAGS,
    )


def playback_restriction_policy(stack: Stack) -> IConstruct:
    """A policy with every argument."""
    return ivs.PlaybackRestrictionPolicy(
        stack,
        "PlaybackRestrictionPolicy",
        allowed_countries=["DE"],
        allowed_origins=["https://example.com"],
        enable_strict_origin_enforcement=True,
        playback_restriction_policy_name="policy",
        tags=TAGS,
    )


def public_key(stack: Stack) -> IConstruct:
    """A public key with every argument."""
    return ivs.PublicKey(
        stack, "PublicKey", public_key_material=P384_PEM, public_key_name="key", tags=TAGS
    )


def recording_configuration(stack: Stack) -> IConstruct:
    """A recording configuration with every argument."""
    return ivs.RecordingConfiguration(
        stack,
        "RecordingConfiguration",
        bucket=Bucket.from_bucket_name(stack, "Bucket", "videos"),
        recording_configuration_name="recording",
        recording_reconnect_window=Duration.seconds(30),
        rendition_configuration=ivs.RenditionConfiguration.custom([ivs.Resolution.HD]),
        thumbnail_configuration=ivs.ThumbnailConfiguration.interval(
            resolution=ivs.Resolution.HD,
            storage=[ivs.Storage.LATEST],
            target_interval=Duration.seconds(30),
        ),
        tags=TAGS,
    )


def stage(stack: Stack) -> IConstruct:
    """A stage with every argument."""
    storage = ivs.StorageConfiguration.from_storage_configuration_arn(
        stack, "Existing", arn("storage-configuration/a")
    )
    return ivs.Stage(
        stack,
        "Stage",
        participant_recording=ivs.ParticipantRecording(
            storage_configuration=storage,
            hls_segment_duration=Duration.seconds(6),
            media_types=[ivs.ParticipantRecordingMediaType.AUDIO_VIDEO],
            reconnect_window=Duration.seconds(30),
            thumbnails=ivs.ParticipantThumbnailConfiguration.interval(
                storage=[ivs.Storage.LATEST], target_interval=Duration.seconds(30)
            ),
        ),
        stage_name="stage",
        tags=TAGS,
    )


def storage_configuration(stack: Stack) -> IConstruct:
    """A storage configuration with every argument."""
    return ivs.StorageConfiguration(
        stack,
        "StorageConfiguration",
        bucket=Bucket.from_bucket_name(stack, "Bucket", "videos"),
        storage_configuration_name="storage",
        tags=TAGS,
    )


def stream_key(stack: Stack) -> IConstruct:
    """A stream key with every argument."""
    of_channel = ivs.Channel.from_channel_arn(stack, "Of", arn("channel/a"))
    return ivs.StreamKey(stack, "StreamKey", channel=of_channel, tags=TAGS)


BUILDERS = [
    pytest.param(ad_configuration, marks=pytest.mark.newest),
    channel,
    encoder_configuration,
    ingest_configuration,
    playback_key_pair,
    playback_restriction_policy,
    public_key,
    recording_configuration,
    stage,
    storage_configuration,
    stream_key,
]
# Attributes whose names do not begin with that of the resource, which would say nothing.
SHORT_NAMES = {"participant_id", "state", "stream_key"}
Build = Callable[[Stack], IConstruct]


def type_of(build: Build) -> str:
    """The CloudFormation type that a function builds."""
    (cfn_type,) = (one.cfn_type for one in TYPES if one.kind == build.__name__)
    return cfn_type


def schema_of(resource_type: str) -> dict[str, Any]:
    """The schema in CloudFormation's registry, of a Region that has every type."""
    schema: dict[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema(
        "us-east-1", resource_type
    ).schema
    return schema


def schema_paths(schema: dict[str, Any], node: dict[str, Any], path: str = "") -> Iterator[str]:
    """The paths of all values in a schema, without the numbers of lists."""
    if "$ref" in node:
        (name,) = re.findall(r"^#/definitions/(\w+)$", node["$ref"])
        yield from schema_paths(schema, schema["definitions"][name], path)
    elif "properties" in node:
        for name, child in node["properties"].items():
            yield from schema_paths(schema, child, f"{path}/{name}")
    elif "items" in node:
        yield from schema_paths(schema, node["items"], path)
    else:
        yield path


def value_paths(node: object, path: str = "") -> Iterator[str]:
    """The paths of all values in the properties of a resource."""
    match node:
        case {"Ref": _} | {"Fn::GetAtt": _} | {"Fn::Join": _}:
            yield path
        case dict():
            for name, child in node.items():
                yield from value_paths(child, f"{path}/{name}")
        case list():
            for child in node:
                yield from value_paths(child, path)
        case _:
            yield path


def read_only(schema: dict[str, Any]) -> set[str]:
    """The attributes that a schema has."""
    return {path.removeprefix("/properties") for path in schema["readOnlyProperties"]}


@pytest.mark.parametrize("build", BUILDERS)
def test_every_property_can_be_rendered(build: Build, stack: Stack) -> None:
    """
    With every argument given, every property that can be written is in the template.
    """
    schema = schema_of(type_of(build))
    build(stack)
    resources = Template.from_stack(stack).find_resources(type_of(build)).values()
    rendered = {path for resource in resources for path in value_paths(resource["Properties"])}
    assert rendered == set(schema_paths(schema, schema)) - read_only(schema)


@pytest.mark.parametrize("build", BUILDERS)
def test_every_attribute_is_exposed(build: Build, stack: Stack) -> None:
    """
    Every attribute of the resource is one of the construct, named after both; those of an
    ingest configuration that are not its own are named after the attribute alone.
    """
    construct = build(stack)
    logical_id = stack.get_logical_id(construct.node.default_child)  # type: ignore[arg-type] - the L1
    names = {path.removeprefix("/") for path in read_only(schema_of(type_of(build)))}
    assert "Arn" in names
    for name in names:
        attribute = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
        short = build is ingest_configuration and attribute in SHORT_NAMES
        value = getattr(construct, attribute if short else f"{build.__name__}_{attribute}")
        assert stack.resolve(value) == {"Fn::GetAtt": [logical_id, name]}


def test_every_type_is_compared() -> None:
    """
    The types above are all of the namespace.
    """
    types = {
        name
        for name in PROVIDER_SCHEMA_MANAGER.get_resource_types("us-east-1")
        if name.startswith("AWS::IVS::")
    }
    assert types == {type_of(getattr(item, "values", [item])[0]) for item in BUILDERS}


class TestChannelFields:
    """The table in docs/low-latency.md of what the API can set."""

    @pytest.fixture
    def rows(self) -> dict[str, tuple[str, str]]:
        """CloudFormation's name and what cdk-ivs says, by the name of the field."""
        text = DOCS.read_text(encoding="utf-8")
        table = re.search(
            r"<!-- channel fields -->\n(.*?)<!-- /channel fields -->", text, re.DOTALL
        )
        assert table is not None
        cells = [line.strip("| ").split(" | ") for line in table[1].strip().splitlines()[2:]]
        return {field.strip("`"): (cfn.strip("`"), ours) for field, cfn, ours in cells}

    @pytest.fixture
    def fields(self) -> set[str]:
        """What CreateChannel and UpdateChannel take, but for the name of the channel to update."""
        model = botocore.session.Session().get_service_model("ivs")
        members: set[str] = set()
        for operation in ("CreateChannel", "UpdateChannel"):
            members |= set(model.operation_model(operation).input_shape.members)
        return members - {"arn"}

    def test_the_table_has_every_field(
        self, rows: dict[str, tuple[str, str]], fields: set[str]
    ) -> None:
        """
        A field that is new in the API has to be entered.
        """
        assert set(rows) == fields

    def test_the_table_says_what_cloudformation_has(self, rows: dict[str, tuple[str, str]]) -> None:
        """
        The names are those of the schema, and where there is none CloudFormation has none.
        """
        schema = schema_of("AWS::IVS::Channel")
        assert {name for name, _ in rows.values()} - {"no"} == {
            name for name in schema["properties"] if f"/{name}" not in read_only(schema)
        }

    @pytest.mark.newest
    def test_what_has_a_parameter_is_set(
        self, rows: dict[str, tuple[str, str]], stack: Stack
    ) -> None:
        """
        A field is set by CloudFormation or by UpdateChannel, or the table says why it is not.
        """
        ivs.Channel(
            stack,
            "Attached",
            playback_restriction_policy=(
                ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
                    stack, "Policy", arn("playback-restriction-policy/a")
                )
            ),
            ad_configuration=ivs.AdConfiguration.from_ad_configuration_arn(
                stack, "Ads", arn("ad-configuration/a")
            ),
            failover_slate_configuration=(
                ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn(
                    stack, "Slate", arn("failover-slate-configuration/a")
                )
            ),
        )
        channel(stack)
        resources = Template.from_stack(stack).to_json()["Resources"].values()
        rendered = {
            name
            for resource in resources
            if resource["Type"] == "AWS::IVS::Channel"
            for name in resource["Properties"]
        }
        model = botocore.session.Session().get_service_model("ivs")
        settings = [
            SETTINGS[resource["Properties"]["Operation"]]
            for resource in resources
            if resource["Type"].startswith("Custom::") and "Value" in resource["Properties"]
        ]
        called = {
            setting.name
            for setting in settings
            if setting.name in model.operation_model(setting.change).input_shape.members
        }
        assert len(called) == len(settings)
        settable = {
            field for field, (name, _) in rows.items() if name in rendered or field in called
        }
        parameters = inspect.signature(ivs.Channel.__init__).parameters
        assert {
            field for field, (_, ours) in rows.items() if ours.strip("`") in parameters
        } == settable

    def test_every_field_has_a_parameter(self, rows: dict[str, tuple[str, str]]) -> None:
        """
        All that the API takes can be given.
        """
        parameters = inspect.signature(ivs.Channel.__init__).parameters
        assert [
            field for field, (_, ours) in rows.items() if ours.strip("`") not in parameters
        ] == []


def test_rooms_alone_have_tags_with_values() -> None:
    """
    The warning about tags without a value is for the types whose schema has a minimum.
    """
    types = [*map(type_of, (getattr(build, "values", [build])[0] for build in BUILDERS))]
    types += ["AWS::IVSChat::Room", "AWS::IVSChat::LoggingConfiguration"]
    values = {name: schema_of(name)["definitions"]["Tag"]["properties"]["Value"] for name in types}
    assert [name for name, value in values.items() if value.get("minLength")] == [
        "AWS::IVSChat::Room"
    ]
