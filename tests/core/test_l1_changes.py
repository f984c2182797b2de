"""What an aspect or an escape hatch changes is checked again at synthesis."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsii
import pytest
from aws_cdk import (
    App,
    Aspects,
    CfnResource,
    Fn,
    IAspect,
    IStableStringProducer,
    Lazy,
    Stack,
    Tags,
    Token,
)
from aws_cdk import aws_ivs as l1
from constructs import IConstruct

import cdk_ivs as ivs
from tests.support.annotations import warnings_of

from .changes import CFN_MULTITRACK, CHANGES, MAKERS, made


def level_1(construct: IConstruct) -> CfnResource:
    """The L1 of a construct."""
    found = construct.node.default_child
    assert isinstance(found, CfnResource)
    return found


@jsii.implements(IAspect)
class Changing:
    """Changes the constructs of a class."""

    def __init__(self, kind: type, change: Callable[[Any], object]) -> None:
        self._kind = kind
        self._change = change

    def visit(self, node: IConstruct) -> None:
        """Change a construct."""
        if isinstance(node, self._kind):
            self._change(node)


@jsii.implements(IStableStringProducer)
class Naming:
    """Produces a name."""

    def produce(self) -> str:
        """A wrong one."""
        return "my encoder"


class TestOverrides:
    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(
                change,
                id=f"{change[0]}-{change[1]}-{change[3] or 'right'}",
                marks=[pytest.mark.newest] if change[0] in {"ad", "ads"} else [],
            )
            for change in CHANGES
        ],
    )
    def test_are_checked(
        self, app: App, stack: Stack, change: tuple[str, str, object, str | None]
    ) -> None:
        """
        An override is refused if the constructor would have refused the argument, and only then.
        """
        maker, path, value, code = change
        level_1(MAKERS[maker](stack)).add_property_override(path, value)
        if code is None:
            app.synth()
        else:
            with pytest.raises(RuntimeError, match=rf"\[cdk-ivs:{code} at 'Stack/Construct'\]"):
                app.synth()

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (
                ("advanced", "Type", "BASIC"),
                (
                    "'preset' requires 'type' to be ADVANCED_SD or ADVANCED_HD, got "
                    "HIGHER_BANDWIDTH_DELIVERY with BASIC; set the preset to an empty string where"
                ),
            ),
            (("channel", "Preset", "CONSTRAINED_BANDWIDTH_DELIVERY"), "got CONSTRAINED_BANDWIDTH_"),
            (
                ("channel", "MultitrackInputConfiguration", CFN_MULTITRACK),
                (
                    "'multitrack_input_configuration' requires 'container_format' to be "
                    "FRAGMENTED_MP4, got none; set it where you set the multitrack input"
                ),
            ),
            (("multitrack", "Type", "BASIC"), "to be STANDARD or left out, got BASIC"),
            (("multitrack", "ContainerFormat", "TS"), "FRAGMENTED_MP4 or left out, got TS"),
            (("encoder", "Video.Height", 1920), "got 1920 x 1920 = 3686400"),
            (("restriction", "AllowedOrigins", ["example.com"]), "'allowed_origins' must be "),
            (("restriction", "AllowedCountries", ["UK"]), "'allowed_countries' must be "),
            (("pair", "PublicKeyMaterial", "no key"), "'public_key_material' must be "),
            (("room", "LoggingConfigurationIdentifiers", ["a"] * 4), "at most 3 items, got 4"),
        ],
    )
    def test_are_named_with_their_values(
        self, app: App, stack: Stack, change: tuple[str, str, object], message: str
    ) -> None:
        """
        The message has the keyword of the constructor and the value of the override.
        """
        maker, path, value = change
        level_1(MAKERS[maker](stack)).add_property_override(path, value)
        with pytest.raises(RuntimeError, match=re.escape(message)):
            app.synth()

    def test_of_raw_paths(self, app: App, stack: Stack) -> None:
        """
        add_override and the deletions reach the properties, too; what else they change does not.
        """
        resource = level_1(MAKERS["advanced"](stack))
        resource.add_override("Metadata.Type", "BASIC")
        resource.add_override("DeletionPolicy", "Retain")
        app.synth()
        resource.add_deletion_override("Properties.Type")
        with pytest.raises(RuntimeError, match="PresetWithoutType"):
            app.synth(force=True)
        resource.add_override("Properties", {"Type": "ADVANCED_SD"})
        app.synth(force=True)
        resource.add_property_deletion_override("Type")
        with pytest.raises(RuntimeError, match="PresetWithoutType"):
            app.synth(force=True)

    def test_of_keys_with_dots(self, app: App, stack: Stack) -> None:
        """
        An escaped dot is part of a key, and an index beyond a list's end is as in a dictionary.
        """
        resource = level_1(made(ivs.Channel, tags={"a": "b"})(stack))
        resource.add_property_override("Type\\.of", "TURBO")
        resource.add_property_override("Tags.0.Value", "c")
        resource.add_property_override("Tags.1", {"Key": "aws:d", "Value": "e"})
        with pytest.raises(RuntimeError, match="'aws:d'"):
            app.synth()


class TestAssignments:
    def test_by_an_aspect(self, app: App, stack: Stack) -> None:
        """
        An aspect that sets a property of an L1 is checked, at the path of the construct.
        """
        ivs.Channel(stack, "First", type=ivs.ChannelType.BASIC)
        ivs.Channel(
            stack,
            "Second",
            preset=ivs.Preset.HIGHER_BANDWIDTH_DELIVERY,
            type=ivs.ChannelType.ADVANCED_HD,
        )
        change = Changing(l1.CfnChannel, lambda channel: setattr(channel, "type", "STANDARD"))
        # A function of the user's is an aspect for jsii, which type checkers do not see.
        Aspects.of(app).add(change)  # type: ignore[arg-type]
        with pytest.raises(RuntimeError) as raised:
            app.synth()
        assert (
            "'preset' requires 'type' to be ADVANCED_SD or ADVANCED_HD, got "
            "HIGHER_BANDWIDTH_DELIVERY with STANDARD; set the preset to an empty string where "
            "you set the type [cdk-ivs:PresetType at 'Stack/Second']"
        ) in str(raised.value)
        assert "Stack/First" not in str(raised.value)

    def test_of_values_that_are_known_later(self, app: App, stack: Stack) -> None:
        """
        A lazy value is resolved, and checked then; a token that is not known passes.
        """
        encoder = level_1(ivs.EncoderConfiguration(stack, "Encoder"))
        assert isinstance(encoder, l1.CfnEncoderConfiguration)
        encoder.video = l1.CfnEncoderConfiguration.VideoProperty(
            width=Token.as_number(Fn.ref("Width")), height=720
        )
        app.synth()
        encoder.name = Lazy.string(Naming())
        with pytest.raises(RuntimeError, match="'encoder_configuration_name' must contain only"):
            app.synth(force=True)

    def test_of_another_environment(self, app: App, located_stack: Stack) -> None:
        """
        An ARN of another Region is refused where the constructor refuses it.
        """
        away = "arn:aws:ivs:eu-west-1:123456789012:{}/a1B2c3D4e5F6".format
        channel = ivs.Channel(located_stack, "Channel")
        ingest = ivs.IngestConfiguration(located_stack, "Ingest")
        stage = ivs.Stage(located_stack, "Stage")
        level_1(channel).add_property_override(
            "RecordingConfigurationArn", away("recording-configuration")
        )
        level_1(ingest).add_property_override("StageArn", away("stage"))
        level_1(stage).add_property_override(
            "AutoParticipantRecordingConfiguration.StorageConfigurationArn",
            away("storage-configuration"),
        )
        with pytest.raises(RuntimeError) as raised:
            app.synth()
        for keyword, id in (
            ("recording_configuration", "Channel"),
            ("stage", "Ingest"),
            ("storage_configuration", "Stage"),
        ):
            assert (
                f"'{keyword}' must be in the Region of the stack, us-west-2, got one in eu-west-1 "
                f"[cdk-ivs:Environment at 'Stack/{id}']"
            ) in str(raised.value)

    def test_warns_as_constructors_do(self, app: App, stack: Stack) -> None:
        """
        What is insecure since an aspect changed it has the warning that the constructor gives.
        """
        for resource in (
            level_1(ivs.Channel(stack, "Channel")),
            level_1(ivs.IngestConfiguration(stack, "Ingest")),
        ):
            resource.add_property_override("InsecureIngest", True)
        app.synth()
        assert [
            path for path, text in warnings_of(stack) if "[ack: cdk-ivs:InsecureIngest]" in text
        ] == ["/Stack/Channel", "/Stack/Ingest"]

    def test_of_removed_constructs_are_not_checked(self, app: App, stack: Stack) -> None:
        """
        A construct that was taken out of the tree renders nothing that could be wrong.
        """
        level_1(ivs.Stage(stack, "Stage")).add_property_override("Name", "my stage")
        stack.node.try_remove_child("Stage")
        assert app.synth().stacks

    def test_with_tags_of_an_aspect(self, app: App, stack: Stack) -> None:
        """
        What the CDK's own aspects add stands beside the change.
        """
        level_1(ivs.Stage(stack, "Stage")).add_property_override("Name", "stage")
        Tags.of(app).add("team", "live")
        assert app.synth().stacks


class TestLevel1:
    def test_is_the_generated_class(self, app: App, stack: Stack) -> None:
        """
        The L1 is one for Python, for the CDK, and in the tree that goes with the template.
        """
        channel = level_1(ivs.Channel(stack, "Channel"))
        assert isinstance(channel, l1.CfnChannel)
        assert type(channel).__name__ == "CfnChannel"
        assert l1.CfnChannel.is_cfn_channel(channel)
        directory = Path(app.synth().directory)
        tree = json.loads((directory / "tree.json").read_text())
        node = tree["tree"]["children"]["Stack"]["children"]["Channel"]["children"]["Resource"]
        assert node["constructInfo"]["fqn"] == "aws-cdk-lib.aws_ivs.CfnChannel"
