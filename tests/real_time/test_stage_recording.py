"""What is recorded of a stage by the API, because CloudFormation cannot say it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aws_cdk import (
    App,
    CfnCondition,
    CfnParameter,
    Duration,
    Fn,
    RemovalPolicy,
    Stack,
    Tags,
    Token,
)
from aws_cdk.aws_s3 import Bucket

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs._services.custom_resource.cdk_ivs_handler.settings import SETTINGS
from tests.support.annotations import warnings_of
from tests.support.arns import arn
from tests.support.graph import in_order, made_before
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of, template_of

if TYPE_CHECKING:
    from collections.abc import Callable

STAGE, RECORDING, PERMISSION = (
    "AWS::IVS::Stage",
    "Custom::IVSStageRecording",
    "AWS::IAM::RolePolicy",
)
STAGE_ID = "Stage0E8C2AF5"
MEDIA_TYPES_ID, REPLICAS_ID = (
    "StageParticipantMediaTypes26DDAD1B",
    "StageRecordParticipantReplicas48C8BD69",
)
STORAGE_ARN = arn("storage-configuration/a")
INTERVAL = ivs.ParticipantThumbnailConfiguration.interval()
DISABLED = ivs.ParticipantThumbnailConfiguration.disable()
NO_MEDIA: dict[str, Any] = {"media_types": ["NONE"], "thumbnails": INTERVAL}
NO_REPLICAS: dict[str, Any] = {"record_participant_replicas": False}


def stage_with(stack: Stack, stage_name: str | None = None, **arguments: Any) -> ivs.Stage:
    """A stage that is recorded."""
    storage = ivs.StorageConfiguration.from_storage_configuration_arn(stack, "Storage", STORAGE_ARN)
    recording = ivs.ParticipantRecording(storage_configuration=storage, **arguments)
    return ivs.Stage(stack, "Stage", participant_recording=recording, stage_name=stage_name)


def custom_resources(stack: Stack) -> dict[str, dict[str, Any]]:
    """The properties of what sets fields by the API, without the service token."""
    return {
        id: {name: value for name, value in each["Properties"].items() if name != "ServiceToken"}
        for id, each in resources_of(stack, RECORDING).items()
    }


class TestReplicas:
    @pytest.mark.parametrize("value", [None, True], ids=str)
    def test_are_recorded_by_default(self, stack: Stack, value: bool | None) -> None:
        """
        What is the default of the API needs no custom resource.
        """
        stage_with(stack, record_participant_replicas=value)
        assert list(template_of(stack)["Resources"]) == [STAGE_ID]

    def test_are_left_out_by_the_api(self, stack: Stack) -> None:
        """
        A custom resource sets the field, and has the properties of the stage.
        """
        stage_with(stack, stage_name="lobby", **NO_REPLICAS)
        properties = {
            "AutoParticipantRecordingConfiguration": {"StorageConfigurationArn": STORAGE_ARN},
            "Name": "lobby",
        }
        assert custom_resources(stack) == {
            REPLICAS_ID: {
                "Operation": "RecordParticipantReplicas",
                "ResourceArn": {"Fn::GetAtt": [STAGE_ID, "Arn"]},
                "Stage": properties,
                "Value": "false",
            }
        }
        assert resources_of(stack, STAGE)[STAGE_ID]["Properties"] == properties
        assert warnings_of(stack) == []

    def test_may_be_a_token(self, stack: Stack) -> None:
        """
        What is known at deployment is left to the custom resource.
        """
        parameter = CfnParameter(stack, "Replicas", allowed_values=["true", "false"])
        stage_with(stack, record_participant_replicas=Token.as_any(parameter.value))
        assert custom_resources(stack)[REPLICAS_ID]["Value"] == {"Ref": "Replicas"}

    @pytest.mark.parametrize("value", ["false", 0])
    def test_refuse_what_is_no_bool(self, stack: Stack, value: Any) -> None:
        """
        A text or a number is neither, and nothing is created.
        """
        with pytest.raises(
            TypeError,
            match="'record_participant_replicas' must be bool or IResolvable, got "
            f"{value!r} of type '{type(value).__name__}'",
        ):
            ivs.Stage(
                stack,
                "Stage",
                participant_recording={  # type: ignore[arg-type] - for editors
                    "storage_configuration": ivs.StorageConfiguration(
                        stack, "Storage", bucket=Bucket(stack, "Bucket")
                    ),
                    "record_participant_replicas": value,
                },
            )
        assert stack.node.try_find_child("Stage") is None


class TestMediaTypes:
    def test_are_none_by_the_api(self, stack: Stack) -> None:
        """
        CloudFormation is given no media type, and the API NONE.
        """
        stage_with(stack, **NO_MEDIA)
        properties = {
            "AutoParticipantRecordingConfiguration": {
                "StorageConfigurationArn": STORAGE_ARN,
                "ThumbnailConfiguration": {
                    "ParticipantThumbnailConfiguration": {"RecordingMode": "INTERVAL"}
                },
            }
        }
        assert custom_resources(stack) == {
            MEDIA_TYPES_ID: {
                "Operation": "ParticipantMediaTypes",
                "ResourceArn": {"Fn::GetAtt": [STAGE_ID, "Arn"]},
                "Stage": properties,
                "Value": '["NONE"]',
            }
        }
        assert resources_of(stack, STAGE)[STAGE_ID]["Properties"] == properties

    @pytest.mark.parametrize("media_types", [["AUDIO_VIDEO"], ["AUDIO_ONLY"]], ids=str)
    def test_of_cloudformation_need_no_api(self, stack: Stack, media_types: Any) -> None:
        """
        The stage is all there is.
        """
        stage_with(stack, media_types=media_types)
        assert list(template_of(stack)["Resources"]) == [STAGE_ID]

    @pytest.mark.parametrize("thumbnails", [None, DISABLED], ids=["default", "disabled"])
    def test_are_not_none_without_thumbnails(
        self, stack: Stack, thumbnails: ivs.ParticipantThumbnailConfiguration | None
    ) -> None:
        """
        A recording of nothing is refused, with the two that may have been meant.
        """
        with pytest.raises(ValidationError) as error:
            stage_with(stack, media_types=["NONE"], thumbnails=thumbnails)
        assert error.value.code == "NothingRecorded"
        assert error.value.message == (
            "'media_types' must not be NONE without 'thumbnails', got no thumbnails; give "
            "ParticipantThumbnailConfiguration.interval(), or record nothing with "
            "ParticipantRecording.disable()"
        )

    def test_are_none_with_thumbnails_known_at_deployment(self, stack: Stack) -> None:
        """
        A mode that is a token may come to thumbnails.
        """
        mode: Any = CfnParameter(stack, "Mode").value_as_string
        thumbnails = ivs.ParticipantThumbnailConfiguration(recording_mode=mode)
        stage_with(stack, media_types=["NONE"], thumbnails=thumbnails)
        assert list(custom_resources(stack)) == [MEDIA_TYPES_ID]


class TestBoth:
    def test_come_after_all_that_they_need(self, stack: Stack) -> None:
        """
        The stage and the permissions are there before the calls, which are one after the other:
        each sends the whole recording.
        """
        stage_with(stack, **NO_MEDIA, **NO_REPLICAS)
        template = template_of(stack)
        assert in_order(template, STAGE_ID, MEDIA_TYPES_ID, REPLICAS_ID)
        for policy_id, policy in resources_of(stack, PERMISSION).items():
            (custom_id,) = (
                id for id in (MEDIA_TYPES_ID, REPLICAS_ID) if policy_id.startswith(id[:-8])
            )
            assert in_order(template, policy_id, custom_id)
            assert policy["Properties"]["PolicyDocument"]["Statement"] == [
                {
                    "Action": ["ivs:GetStage", "ivs:UpdateStage"],
                    "Effect": "Allow",
                    "Resource": [{"Fn::GetAtt": [STAGE_ID, "Arn"]}],
                }
            ]

    def test_are_nothing_that_the_stage_waits_for(self, stack: Stack) -> None:
        """
        A stage depends on nothing that is there for its recording.
        """
        stage_with(stack, **NO_MEDIA, **NO_REPLICAS)
        assert made_before(template_of(stack), STAGE_ID) == set()

    def test_stay_with_a_stage_that_stays(self, stack: Stack) -> None:
        """
        A stage that is retained keeps what is recorded of it.
        """
        stage_with(stack, **NO_REPLICAS).apply_removal_policy(RemovalPolicy.RETAIN)
        resource = resources_of(stack, RECORDING)[REPLICAS_ID]
        assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Retain", "Retain")

    def test_are_left_out_with_the_stage(self, stack: Stack) -> None:
        """
        A condition of the stage is one of the custom resource and its permission as well.
        """
        stage: Any = stage_with(stack, **NO_REPLICAS).node.default_child
        stage.cfn_options.condition = CfnCondition(
            stack, "Live", expression=Fn.condition_equals("a", "b")
        )
        for kind in (STAGE, RECORDING, PERMISSION):
            assert {each["Condition"] for each in resources_of(stack, kind).values()} == {"Live"}

    def test_share_one_function_with_the_endpoints(self, stack: Stack) -> None:
        """
        The stack has one function for everything, and one of the framework.
        """
        assert stage_with(stack, **NO_MEDIA, **NO_REPLICAS).endpoints.whip
        assert len(resources_of(stack, "AWS::Lambda::Function")) == 2

    def test_set_what_the_parameters_say(self, stack: Stack) -> None:
        """
        The handler knows each operation, under the field of the API.
        """
        stage_with(stack, **NO_MEDIA, **NO_REPLICAS)
        operations = [each["Operation"] for each in custom_resources(stack).values()]
        assert {SETTINGS[operation].name for operation in operations} == {
            "mediaTypes",
            "recordParticipantReplicas",
        }


def override(stack: Stack) -> None:
    """Change the stage by an escape hatch."""
    level_1: Any = stack.node.find_child("Stage").node.default_child
    level_1.add_property_override("Name", "overridden")


CHANGES: dict[str, tuple[dict[str, Any], Callable[[Stack], object]]] = {
    "name": ({"stage_name": "lobby"}, lambda _: None),
    "window": ({"reconnect_window": Duration.seconds(5)}, lambda _: None),
    "segment": ({"hls_segment_duration": Duration.seconds(5)}, lambda _: None),
    "thumbnails": ({"thumbnails": INTERVAL}, lambda _: None),
    "tags of the stack": ({}, lambda stack: Tags.of(stack).add("team", "live")),
    "escape hatch": ({}, override),
}


class TestUpdate:
    """CloudFormation updates a resource when its properties change, and only then."""

    @pytest.mark.parametrize(("arguments", "change"), CHANGES.values(), ids=CHANGES)
    def test_comes_with_that_of_the_stage(
        self, stack: Stack, arguments: dict[str, Any], change: Callable[[Stack], object]
    ) -> None:
        """
        Whatever changes the stage changes the custom resource, which sets the field again.
        """
        before, after = Stack(App(), "Stack"), stack
        stage_with(before, **NO_REPLICAS)
        stage_with(after, **NO_REPLICAS, **arguments)
        change(after)
        for kind in (STAGE, RECORDING):
            old, new = (
                {id: each["Properties"] for id, each in resources_of(which, kind).items()}
                for which in (before, after)
            )
            assert old.keys() == new.keys()
            assert old != new
        (stage,) = resources_of(after, STAGE).values()
        assert custom_resources(after)[REPLICAS_ID]["Stage"] == stage["Properties"]

    def test_has_what_is_imported_from_another_stack(self, app: App) -> None:
        """
        A storage configuration of another stack is named as the stage names it.
        """
        other, stack = Stack(app, "Other"), Stack(app, "Stack")
        storage = ivs.StorageConfiguration(other, "Storage", bucket=Bucket(other, "Bucket"))
        recording = ivs.ParticipantRecording(storage_configuration=storage, **NO_REPLICAS)
        ivs.Stage(stack, "Stage", participant_recording=recording)
        (stage,) = resources_of(stack, STAGE).values()
        assert custom_resources(stack)[REPLICAS_ID]["Stage"] == stage["Properties"]
        assert "Fn::ImportValue" in repr(stage["Properties"])

    def test_of_the_field_alone_leaves_the_stage(self, stack: Stack) -> None:
        """
        With the parameter left out again the custom resource goes, and the stage is the same.
        """
        before, after = Stack(App(), "Stack"), stack
        stage_with(before, **NO_REPLICAS)
        stage_with(after)
        assert resources_of(before, STAGE) == resources_of(after, STAGE)
        assert custom_resources(after) == {}


class TestOracles:
    def test_cfn_lint_finds_nothing(self, stack: Stack) -> None:
        """
        cfn-lint has nothing to say to what the API sets.
        """
        stage_with(stack, **NO_MEDIA, **NO_REPLICAS)
        text = Path(App.of(stack).synth().directory, stack.template_file).read_text()
        assert cfn_lint_findings(text) == []

    @pytest.mark.newest
    def test_cdk_validation_finds_nothing(self, stack: Stack) -> None:
        """
        The CDK's own validation has nothing to say to it either.
        """
        stage_with(stack, **NO_MEDIA, **NO_REPLICAS)
        assert cdk_findings(Path(App.of(stack).synth().directory)) == []
