"""Channels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Fn, PhysicalName, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import AccountRootPrincipal, Role
from aws_cdk.aws_ivs import CfnRecordingConfiguration
from aws_cdk.aws_s3 import Bucket

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.annotations import warnings_of
from tests.support.arns import arn
from tests.support.oracles import cdk_findings, cfn_lint_findings

MULTITRACK = ivs.MultitrackInputConfiguration(
    maximum_resolution=ivs.MaximumResolution.HD, policy=ivs.Policy.ALLOW
)


def properties_of(stack: Stack) -> dict[str, object]:
    """The properties of the only channel."""
    (channel,) = Template.from_stack(stack).find_resources("AWS::IVS::Channel").values()
    return channel["Properties"]


class TestTemplate:
    def test_is_one_resource_with_a_name(self, stack: Stack) -> None:
        """
        A channel without arguments is one resource, named after its path.
        """
        ivs.Channel(stack, "Channel")
        Template.from_stack(stack).template_matches(
            {
                "Resources": {
                    "Channel4048F119": {
                        "Type": "AWS::IVS::Channel",
                        "Properties": {"Name": "StackChannel2B535196"},
                    }
                }
            }
        )

    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        Each argument is rendered under its CloudFormation name.
        """
        recording = ivs.RecordingConfiguration.from_arn(
            stack, "Recording", arn("recording-configuration/a")
        )
        ivs.Channel(
            stack,
            "Channel",
            authorized=True,
            channel_name="live",
            container_format=ivs.ContainerFormat.TS,
            insecure_ingest=False,
            latency_mode=ivs.LatencyMode.NORMAL,
            preset=ivs.Preset.CONSTRAINED_BANDWIDTH_DELIVERY,
            recording_configuration=recording,
            tags={"team": "live"},
            type=ivs.ChannelType.ADVANCED_HD,
        )
        assert properties_of(stack) == {
            "Authorized": True,
            "ContainerFormat": "TS",
            "InsecureIngest": False,
            "LatencyMode": "NORMAL",
            "Name": "live",
            "Preset": "CONSTRAINED_BANDWIDTH_DELIVERY",
            "RecordingConfigurationArn": arn("recording-configuration/a"),
            "Tags": [{"Key": "team", "Value": "live"}],
            "Type": "ADVANCED_HD",
        }

    def test_an_empty_name_is_a_name(self, stack: Stack) -> None:
        """
        A name that is given is never replaced.
        """
        ivs.Channel(stack, "Channel", channel_name="")
        assert properties_of(stack) == {"Name": ""}

    def test_a_name_may_be_generated_when_needed(self, stack: Stack) -> None:
        """
        The CDK decides what becomes of PhysicalName.GENERATE_IF_NEEDED.
        """
        ivs.Channel(stack, "Channel", channel_name=PhysicalName.GENERATE_IF_NEEDED)
        Template.from_stack(stack).template_matches(
            {"Resources": {"Channel4048F119": {"Type": "AWS::IVS::Channel"}}}
        )
        assert "Properties" not in str(Template.from_stack(stack).to_json()["Resources"])

    def test_booleans_may_be_tokens(self, stack: Stack) -> None:
        """
        A condition decides at deployment.
        """
        ivs.Channel(
            stack,
            "Channel",
            channel_name="live",
            authorized=Fn.condition_if("Live", True, False),
        )
        assert properties_of(stack)["Authorized"] == {"Fn::If": ["Live", True, False]}


class TestAttributes:
    def test_are_those_of_cloudformation(self, stack: Stack) -> None:
        """
        Attributes are read from the resource.
        """
        channel = ivs.Channel(stack, "Channel")
        logical_id = "Channel4048F119"
        attributes = {
            "channel_arn": {"Fn::GetAtt": [logical_id, "Arn"]},
            "channel_ingest_endpoint": {"Fn::GetAtt": [logical_id, "IngestEndpoint"]},
            "channel_playback_url": {"Fn::GetAtt": [logical_id, "PlaybackUrl"]},
            "channel_id": {
                "Fn::Select": [1, {"Fn::Split": ["/", {"Fn::GetAtt": [logical_id, "Arn"]}]}]
            },
            "rtmps_ingest_url": {
                "Fn::Join": [
                    "",
                    ["rtmps://", {"Fn::GetAtt": [logical_id, "IngestEndpoint"]}, ":443/app/"],
                ]
            },
        }
        assert {name: stack.resolve(getattr(channel, name)) for name in attributes} == attributes


class TestReferences:
    def test_have_the_id_of_the_arn(self, stack: Stack) -> None:
        """
        The id of a reference is in its ARN.
        """
        channel = ivs.Channel.from_channel_arn(
            stack, "Channel", arn("channel/AbCdef1G2hij", region="eu-west-1")
        )
        assert channel.channel_id == "AbCdef1G2hij"

    def test_take_a_stream_key(self, stack: Stack) -> None:
        """
        An imported channel can be given a key here.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", arn("channel/a"))
        channel.add_stream_key("Key")
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::StreamKey", {"ChannelArn": arn("channel/a")}
        )


class TestRecording:
    def test_takes_our_recording_configuration(self, stack: Stack) -> None:
        """
        The ARN of the recording configuration is rendered.
        """
        recording = ivs.RecordingConfiguration(
            stack, "Recording", bucket=Bucket.from_bucket_name(stack, "Bucket", "recordings")
        )
        ivs.Channel(stack, "Channel", recording_configuration=recording)
        assert properties_of(stack)["RecordingConfigurationArn"] == {
            "Fn::GetAtt": ["Recording2AAEC332", "Arn"]
        }

    def test_takes_an_l1(self, stack: Stack) -> None:
        """
        What the L1's reference says is rendered.
        """
        recording = CfnRecordingConfiguration(
            stack,
            "Recording",
            destination_configuration=CfnRecordingConfiguration.DestinationConfigurationProperty(),
        )
        ivs.Channel(stack, "Channel", recording_configuration=recording)
        assert properties_of(stack)["RecordingConfigurationArn"] == {"Ref": "Recording"}

    def test_may_be_turned_off(self, stack: Stack) -> None:
        """
        An explicit off is an empty ARN. Left out, the property is left out.
        """
        off = ivs.RecordingConfiguration.disable()
        ivs.Channel(stack, "Channel", channel_name="live", recording_configuration=off)
        assert properties_of(stack) == {"Name": "live", "RecordingConfigurationArn": ""}
        assert warnings_of(stack) == []

    def test_that_is_off_passes_all_that_judges_a_template(self, stack: Stack) -> None:
        """
        cfn-lint has nothing to say to the empty ARN.
        """
        off = ivs.RecordingConfiguration.disable()
        ivs.Channel(stack, "Channel", recording_configuration=off)
        text = Path(App.of(stack).synth().directory, stack.template_file).read_text()
        assert cfn_lint_findings(text) == []

    @pytest.mark.newest
    def test_that_is_off_passes_the_validation_of_the_cdk(self, stack: Stack) -> None:
        """
        The CDK's own validation has nothing to say to it either.
        """
        off = ivs.RecordingConfiguration.disable()
        ivs.Channel(stack, "Channel", recording_configuration=off)
        assert cdk_findings(Path(App.of(stack).synth().directory)) == []

    def test_that_is_off_leaves_the_rest_of_a_channel(self, located_stack: Stack) -> None:
        """
        Grants, alarms and the check of an escape hatch work as on any channel.
        """
        channel = ivs.Channel(
            located_stack,
            "Channel",
            recording_configuration=ivs.RecordingConfiguration.disable(),
        )
        ivs.ChannelAlarms(located_stack, "Alarms", channel=channel)
        channel.grants.read(Role(located_stack, "Role", assumed_by=AccountRootPrincipal()))
        level_1: Any = channel.node.default_child
        level_1.insecure_ingest = False
        assert properties_of(located_stack)["RecordingConfigurationArn"] == ""

    def test_that_is_off_has_no_permissions(self) -> None:
        """
        Nothing is no recording configuration that somebody could be granted anything on.
        """
        with pytest.raises(
            TypeError,
            match="'recording_configuration' must be IRecordingConfigurationRef, "
            "got DisabledRecording",
        ):
            ivs.RecordingConfigurationGrants.from_recording_configuration(
                ivs.RecordingConfiguration.disable()  # type: ignore[arg-type] - the mistake
            )

    @pytest.mark.parametrize("value", ["", False], ids=["empty text", "false"])
    def test_is_turned_off_by_one_value_only(self, stack: Stack, value: Any) -> None:
        """
        Who gives what CloudFormation or the console takes for off is told the value.
        """
        with pytest.raises(
            TypeError,
            match="'recording_configuration' must be IRecordingConfigurationRef or "
            rf"DisabledRecording, got {value!r} of type '{type(value).__name__}'; to record "
            r"nothing, use RecordingConfiguration\.disable\(\) ",
        ):
            ivs.Channel(stack, "Channel", recording_configuration=value)
        assert stack.node.children == []

    def test_refuses_one_of_another_region(self, located_stack: Stack) -> None:
        """
        A recording configuration that is known to be elsewhere is refused.
        """
        recording = ivs.RecordingConfiguration.from_arn(
            located_stack, "Recording", arn("recording-configuration/a", region="eu-west-1")
        )
        with pytest.raises(
            ValidationError,
            match="'recording_configuration' must be in the Region of the stack, us-west-2, "
            "got one in eu-west-1",
        ):
            ivs.Channel(located_stack, "Channel", recording_configuration=recording)

    def test_refuses_an_arn(self, stack: Stack) -> None:
        """
        A string is no recording configuration.
        """
        with pytest.raises(
            TypeError, match="'recording_configuration' must be IRecordingConfigurationRef"
        ):
            ivs.Channel(stack, "Channel", recording_configuration="arn")  # type: ignore[arg-type] - the mistake


class TestPreset:
    @pytest.mark.parametrize("kind", [ivs.ChannelType.ADVANCED_HD, ivs.ChannelType.ADVANCED_SD])
    def test_is_rendered_with_the_advanced_types(self, stack: Stack, kind: ivs.ChannelType) -> None:
        """
        The types that have presets get it, without a warning.
        """
        ivs.Channel(stack, "Channel", type=kind, preset=ivs.Preset.HIGHER_BANDWIDTH_DELIVERY)
        assert properties_of(stack)["Preset"] == "HIGHER_BANDWIDTH_DELIVERY"
        assert warnings_of(stack) == []

    @pytest.mark.parametrize("kind", [ivs.ChannelType.STANDARD, ivs.ChannelType.BASIC])
    def test_is_blank_with_the_others(self, stack: Stack, kind: ivs.ChannelType) -> None:
        """
        The types that have none get a blank one, and a warning.
        """
        ivs.Channel(stack, "Channel", type=kind, preset=ivs.Preset.HIGHER_BANDWIDTH_DELIVERY)
        assert properties_of(stack)["Preset"] == ""
        assert warnings_of(stack) == [
            (
                "/Stack/Channel",
                (
                    f"'preset' has no effect on a channel of type {kind}: use ADVANCED_SD or "
                    "ADVANCED_HD, or leave it out [ack: cdk-ivs:PresetIgnored]"
                ),
            )
        ]

    def test_needs_a_type(self, stack: Stack) -> None:
        """
        Without a type it is an error: the service's default type refuses it.
        """
        with pytest.raises(
            ValidationError,
            match="'preset' requires 'type' to be ADVANCED_SD or ADVANCED_HD, got "
            "HIGHER_BANDWIDTH_DELIVERY without a type",
        ):
            ivs.Channel(stack, "Channel", preset=ivs.Preset.HIGHER_BANDWIDTH_DELIVERY)
        assert stack.node.children == []

    def test_passes_with_a_token_type(self, stack: Stack) -> None:
        """
        A type that is known at deployment is left to IVS.
        """
        ivs.Channel(
            stack,
            "Channel",
            type=CfnParameter(stack, "Type").value_as_string,  # type: ignore[arg-type] - a token
            preset=ivs.Preset.HIGHER_BANDWIDTH_DELIVERY,
        )
        assert properties_of(stack)["Type"] == {"Ref": "Type"}
        assert properties_of(stack)["Preset"] == "HIGHER_BANDWIDTH_DELIVERY"


class TestMultitrack:
    @pytest.mark.parametrize("kind", [None, ivs.ChannelType.STANDARD])
    @pytest.mark.parametrize("container", [None, ivs.ContainerFormat.FRAGMENTED_MP4])
    def test_decides_the_container_format(
        self,
        stack: Stack,
        kind: ivs.ChannelType | None,
        container: ivs.ContainerFormat | None,
    ) -> None:
        """
        Fragmented MP4 is rendered, given or not.
        """
        ivs.Channel(
            stack,
            "Channel",
            type=kind,
            container_format=container,
            multitrack_input_configuration=MULTITRACK,
        )
        properties = properties_of(stack)
        assert properties["ContainerFormat"] == "FRAGMENTED_MP4"
        assert properties["MultitrackInputConfiguration"] == {
            "Enabled": True,
            "MaximumResolution": "HD",
            "Policy": "ALLOW",
        }

    @pytest.mark.parametrize(
        "kind",
        [ivs.ChannelType.BASIC, ivs.ChannelType.ADVANCED_HD, ivs.ChannelType.ADVANCED_SD],
    )
    def test_refuses_other_types(self, stack: Stack, kind: ivs.ChannelType) -> None:
        """
        Only a channel of type STANDARD takes several tracks.
        """
        with pytest.raises(
            ValidationError,
            match="'multitrack_input_configuration' requires 'type' to be "
            "STANDARD or left out, got "
            f"{kind}",
        ):
            ivs.Channel(stack, "Channel", type=kind, multitrack_input_configuration=MULTITRACK)

    def test_refuses_transport_streams(self, stack: Stack) -> None:
        """
        Several tracks need fragmented MP4.
        """
        with pytest.raises(
            ValidationError,
            match="'multitrack_input_configuration' requires 'container_format' "
            "to be FRAGMENTED_MP4 "
            "or left out, got TS",
        ):
            ivs.Channel(
                stack,
                "Channel",
                container_format=ivs.ContainerFormat.TS,
                multitrack_input_configuration=MULTITRACK,
            )

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        A type and a format that are known at deployment are left to IVS.
        """
        ivs.Channel(
            stack,
            "Channel",
            type=CfnParameter(stack, "Type").value_as_string,  # type: ignore[arg-type] - a token
            container_format=CfnParameter(stack, "Format").value_as_string,  # type: ignore[arg-type] - a token
            multitrack_input_configuration=MULTITRACK,
        )
        assert properties_of(stack)["ContainerFormat"] == {"Ref": "Format"}

    def test_may_be_a_mapping(self, stack: Stack) -> None:
        """
        A dictionary stands for the value class, as with the generated bindings.
        """
        ivs.Channel(
            stack,
            "Channel",
            multitrack_input_configuration={"maximum_resolution": "SD", "policy": "REQUIRE"},  # type: ignore[arg-type] - what alpha takes
        )
        assert properties_of(stack)["MultitrackInputConfiguration"] == {
            "Enabled": True,
            "MaximumResolution": "SD",
            "Policy": "REQUIRE",
        }


class TestInsecureIngest:
    def test_warns(self, stack: Stack) -> None:
        """
        A channel that takes unencrypted video says so, and how to silence it.
        """
        ivs.Channel(stack, "Channel", insecure_ingest=True)
        ((path, text),) = warnings_of(stack)
        assert path == "/Stack/Channel"
        assert text == (
            "'insecure_ingest' lets encoders send the stream key and the video unencrypted; leave "
            "it out unless an encoder cannot use RTMPS or SRT with a passphrase "
            "[ack: cdk-ivs:InsecureIngest]"
        )

    @pytest.mark.parametrize("insecure", [None, False])
    def test_is_silent_when_secure(self, stack: Stack, insecure: bool | None) -> None:
        """
        The default says nothing.
        """
        ivs.Channel(stack, "Channel", insecure_ingest=insecure)
        assert warnings_of(stack) == []


class TestFailures:
    @pytest.mark.parametrize(
        "arguments",
        [
            {"authorized": "true"},
            {"type": "HUGE"},
            {"latency_mode": ivs.Preset.HIGHER_BANDWIDTH_DELIVERY},
        ],
    )
    def test_leave_nothing_behind(self, stack: Stack, arguments: dict[str, object]) -> None:
        """
        A channel that is refused leaves no construct, and its keyword stands in the message.
        """
        (keyword,) = arguments
        with pytest.raises(ValidationError, match=f"'{keyword}' must"):
            ivs.Channel(stack, "Channel", **arguments)  # type: ignore[arg-type] - the mistakes
        assert stack.node.children == []
