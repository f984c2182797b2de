"""Stages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Fn, PropertyInjectors, Stack
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.annotations import warnings_of
from tests.support.arns import arn
from tests.support.injectors import Injector
from tests.support.oracles import cdk_findings, cfn_lint_findings
from tests.support.tokens import token

STAGE_ARN = arn("stage/AbCdef1G2hij", region="eu-west-1")
STORAGE_ARN = arn("storage-configuration/a")
KINDS = "ParticipantRecording or DisabledRecording"
USE_OFF = "to record nothing, use ParticipantRecording.disable()"


def storage_of(stack: Stack) -> ivs.IStorageConfiguration:
    """An imported storage configuration."""
    return ivs.StorageConfiguration.from_storage_configuration_arn(stack, "Storage", STORAGE_ARN)


def properties_of(stack: Stack) -> dict[str, object]:
    """The properties of the only stage."""
    (stage,) = Template.from_stack(stack).find_resources("AWS::IVS::Stage").values()
    return stage.get("Properties", {})


class TestTemplate:
    def test_is_one_resource(self, stack: Stack) -> None:
        """
        A stage without arguments is one resource with the service's defaults.
        """
        ivs.Stage(stack, "Stage")
        Template.from_stack(stack).template_matches(
            {"Resources": {"Stage0E8C2AF5": {"Type": "AWS::IVS::Stage"}}}
        )
        assert properties_of(stack) == {}

    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        Each argument is rendered under its CloudFormation name.
        """
        ivs.Stage(
            stack,
            "Stage",
            participant_recording=ivs.ParticipantRecording(storage_configuration=storage_of(stack)),
            stage_name="lobby",
            tags={"team": "live"},
        )
        assert properties_of(stack) == {
            "AutoParticipantRecordingConfiguration": {"StorageConfigurationArn": STORAGE_ARN},
            "Name": "lobby",
            "Tags": [{"Key": "team", "Value": "live"}],
        }
        assert warnings_of(stack) == []

    def test_says_that_nothing_is_recorded(self, stack: Stack) -> None:
        """
        An explicit off is an empty ARN and nothing else. Left out, the property is left out.
        """
        ivs.Stage(stack, "Stage", participant_recording=ivs.ParticipantRecording.disable())
        assert properties_of(stack) == {
            "AutoParticipantRecordingConfiguration": {"StorageConfigurationArn": ""}
        }
        assert warnings_of(stack) == []

    def test_says_so_to_all_that_judges_a_template(self, stack: Stack) -> None:
        """
        cfn-lint has nothing to say to the empty ARN.
        """
        ivs.Stage(stack, "Stage", participant_recording=ivs.ParticipantRecording.disable())
        text = Path(App.of(stack).synth().directory, stack.template_file).read_text()
        assert cfn_lint_findings(text) == []

    @pytest.mark.newest
    def test_says_so_to_the_validation_of_the_cdk(self, stack: Stack) -> None:
        """
        The CDK's own validation has nothing to say to it either.
        """
        ivs.Stage(stack, "Stage", participant_recording=ivs.ParticipantRecording.disable())
        assert cdk_findings(Path(App.of(stack).synth().directory)) == []

    def test_may_be_changed_where_nothing_is_recorded(self, stack: Stack) -> None:
        """
        An escape hatch on such a stage is checked as on any, and the empty ARN passes.
        """
        stage = ivs.Stage(stack, "Stage", participant_recording=ivs.ParticipantRecording.disable())
        level_1: Any = stage.node.default_child
        level_1.add_property_override("Name", "lobby")
        assert properties_of(stack) == {
            "AutoParticipantRecordingConfiguration": {"StorageConfigurationArn": ""},
            "Name": "lobby",
        }

    def test_renders_what_is_empty(self, stack: Stack) -> None:
        """
        An empty name is rendered: it was given. No tags are none.
        """
        ivs.Stage(stack, "Stage", stage_name="", tags={})
        assert properties_of(stack) == {"Name": ""}

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        A name and a tag that are known at deployment are left to IVS.
        """
        ivs.Stage(stack, "Stage", stage_name=token("Name"), tags={"team": token("Team")})
        assert properties_of(stack) == {
            "Name": {"Ref": "Name"},
            "Tags": [{"Key": "team", "Value": {"Ref": "Team"}}],
        }


class TestAttributes:
    def test_are_those_of_cloudformation(self, stack: Stack) -> None:
        """
        The ARN and the active session are read from the resource, and the id is the ARN's.
        """
        stage = ivs.Stage(stack, "Stage")
        assert stack.resolve([stage.stage_arn, stage.stage_active_session_id, stage.stage_id]) == [
            {"Fn::GetAtt": ["Stage0E8C2AF5", "Arn"]},
            {"Fn::GetAtt": ["Stage0E8C2AF5", "ActiveSessionId"]},
            {
                "Fn::Select": [
                    1,
                    {"Fn::Split": ["/", {"Fn::GetAtt": ["Stage0E8C2AF5", "Arn"]}]},
                ]
            },
        ]


class TestReferences:
    def test_have_the_id_of_the_arn(self, stack: Stack) -> None:
        """
        The id of a reference is in its ARN.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", STAGE_ARN)
        assert stage.stage_id == "AbCdef1G2hij"

    def test_let_tokens_through(self, stack: Stack) -> None:
        """
        An ARN that is known at deployment is used as it is, and the id taken from it then.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", Fn.import_value("Arn"))
        assert stack.resolve([stage.stage_arn, stage.stage_id]) == [
            {"Fn::ImportValue": "Arn"},
            {"Fn::Select": [1, {"Fn::Split": ["/", {"Fn::ImportValue": "Arn"}]}]},
        ]

    def test_take_a_dynamic_reference(self, stack: Stack) -> None:
        """
        An ARN that CloudFormation resolves is used as it is, and has no id to be split off.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", "{{resolve:ssm:stage}}")
        assert stage.stage_arn == "{{resolve:ssm:stage}}"
        with pytest.raises(ValidationError, match="the ID is not known from an ARN with a dynamic"):
            _ = stage.stage_id


class TestIngest:
    def test_is_in_the_stage_and_publishes_to_it(self, stack: Stack) -> None:
        """
        add_ingest_configuration makes a child of the stage, with every argument.
        """
        ingest = ivs.Stage(stack, "Stage").add_ingest_configuration(
            "Obs",
            ingest_configuration_name="obs",
            ingest_protocol=ivs.IngestProtocol.RTMP,
            insecure_ingest=True,
            tags={"team": "live"},
            user_id="studio",
        )
        assert ingest.node.path == "Stack/Stage/Obs"
        (resource,) = (
            Template.from_stack(stack).find_resources("AWS::IVS::IngestConfiguration").values()
        )
        assert resource["Properties"] == {
            "IngestProtocol": "RTMP",
            "InsecureIngest": True,
            "Name": "obs",
            "StageArn": {"Fn::GetAtt": ["Stage0E8C2AF5", "Arn"]},
            "Tags": [{"Key": "team", "Value": "live"}],
            "UserId": "studio",
        }

    def test_needs_no_argument(self, stack: Stack) -> None:
        """
        All but the id is the service's default.
        """
        ivs.Stage.from_stage_arn(stack, "Stage", STAGE_ARN).add_ingest_configuration("Obs")
        (resource,) = (
            Template.from_stack(stack).find_resources("AWS::IVS::IngestConfiguration").values()
        )
        assert resource["Properties"] == {"StageArn": STAGE_ARN}

    def test_is_refused_for_a_stage_of_another_region(self, located_stack: Stack) -> None:
        """
        A stage that is known to be in another Region cannot be published to from here.
        """
        stage = ivs.Stage.from_stage_arn(located_stack, "Stage", STAGE_ARN)
        with pytest.raises(
            ValidationError,
            match="'stage' must be in the Region of the stack, us-west-2, got one in eu-west-1 "
            r"\[cdk-ivs:Environment at 'Stack/Stage/Obs'\]",
        ):
            stage.add_ingest_configuration("Obs")
        assert stage.node.children == []


class TestInjection:
    def test_gets_and_gives_the_props(self, stack: Stack) -> None:
        """
        An injector sees what was given, a recording as a dictionary, and may add to it.
        """
        injector = Injector(ivs.Stage, lambda props: {**props, "stageName": "injected"})
        PropertyInjectors.of(stack).add(injector)
        storage = storage_of(stack)
        ivs.Stage(
            stack,
            "Stage",
            participant_recording=ivs.ParticipantRecording(
                storage_configuration=storage,
                media_types=[ivs.ParticipantRecordingMediaType.AUDIO_ONLY],
            ),
        )
        assert injector.calls == [
            (
                {
                    "participantRecording": {
                        "storageConfiguration": storage,
                        "mediaTypes": ["AUDIO_ONLY"],
                    }
                },
                "Stage",
                stack,
            )
        ]
        assert properties_of(stack) == {
            "AutoParticipantRecordingConfiguration": {
                "MediaTypes": ["AUDIO_ONLY"],
                "StorageConfigurationArn": STORAGE_ARN,
            },
            "Name": "injected",
        }

    def test_lets_an_injector_turn_recording_off(self, stack: Stack) -> None:
        """
        An injector sees an explicit off, and may give one for a recording.
        """
        off = ivs.ParticipantRecording.disable()
        injector = Injector(ivs.Stage, lambda props: {**props, "participantRecording": off})
        PropertyInjectors.of(stack).add(injector)
        recording = ivs.ParticipantRecording(storage_configuration=storage_of(stack))
        for id, given in (("A", recording), ("B", off)):
            ivs.Stage(stack, id, participant_recording=given)
        assert [props for props, *_ in injector.calls][1] == {"participantRecording": off}
        stages = Template.from_stack(stack).find_resources("AWS::IVS::Stage").values()
        assert [stage["Properties"] for stage in stages] == [
            {"AutoParticipantRecordingConfiguration": {"StorageConfigurationArn": ""}}
        ] * 2


class TestFailures:
    @pytest.mark.parametrize(
        ("arguments", "problem"),
        [
            (
                {"participant_recording": STORAGE_ARN},
                f"must be {KINDS}, got '{STORAGE_ARN}' of type 'str'",
            ),
            (
                {"participant_recording": ""},
                f"must be {KINDS}, got '' of type 'str'; {USE_OFF}",
            ),
            (
                {"participant_recording": False},
                f"must be {KINDS}, got False of type 'bool'; {USE_OFF}",
            ),
        ],
        ids=[
            "recording-type",
            "off-text",
            "off-flag",
        ],
    )
    def test_leave_nothing_behind(
        self, stack: Stack, arguments: dict[str, object], problem: str
    ) -> None:
        """
        A stage that is refused leaves no construct, and its keyword stands in the message.
        """
        (keyword,) = arguments
        with pytest.raises(ValidationError) as error:
            ivs.Stage(stack, "Stage", **arguments)  # type: ignore[arg-type] - the mistakes
        assert error.value.message == f"'{keyword}' {problem}"
        assert error.value.path == "Stack/Stage"
        assert stack.node.children == []

    def test_name_what_a_recording_lacks(self, stack: Stack) -> None:
        """
        A recording that is given as a dictionary is checked as the class is.
        """
        with pytest.raises(
            TypeError, match="'participant_recording' requires 'storage_configuration', got "
        ):
            ivs.Stage(stack, "Stage", participant_recording={"mediaTypes": []})  # type: ignore[arg-type] - for editors
        assert stack.node.children == []
