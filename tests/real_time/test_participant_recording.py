"""The recording of a stage's participants."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Duration, Fn, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_ivs import CfnStage, CfnStorageConfiguration
from aws_cdk.aws_s3 import Bucket

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.real_time.participant_recordings import STORAGE_ARN, number, rendered
from tests.support.arns import arn
from tests.support.tokens import token


class TestRecording:
    def test_needs_a_storage_only(self, stack: Stack, storage: ivs.IStorageConfiguration) -> None:
        """
        With a storage configuration alone everything else is the service's default.
        """
        assert rendered(stack, storage_configuration=storage) == {
            "StorageConfigurationArn": STORAGE_ARN
        }

    def test_renders_every_argument(self, stack: Stack, storage: ivs.IStorageConfiguration) -> None:
        """
        Each argument is rendered where CloudFormation has it.
        """
        assert rendered(
            stack,
            storage_configuration=storage,
            hls_segment_duration=Duration.seconds(4),
            media_types=[ivs.ParticipantRecordingMediaType.AUDIO_VIDEO],
            reconnect_window=Duration.minutes(1),
            thumbnails=ivs.ParticipantThumbnailConfiguration.interval(
                storage=(ivs.Storage.SEQUENTIAL, ivs.Storage.LATEST),
                target_interval=Duration.hours(1),
            ),
        ) == {
            "HlsConfiguration": {
                "ParticipantRecordingHlsConfiguration": {"TargetSegmentDurationSeconds": 4}
            },
            "MediaTypes": ["AUDIO_VIDEO"],
            "RecordingReconnectWindowSeconds": 60,
            "StorageConfigurationArn": STORAGE_ARN,
            "ThumbnailConfiguration": {
                "ParticipantThumbnailConfiguration": {
                    "RecordingMode": "INTERVAL",
                    "Storage": ["SEQUENTIAL", "LATEST"],
                    "TargetIntervalSeconds": 3600,
                }
            },
        }

    def test_lets_tokens_through(self, stack: Stack, storage: ivs.IStorageConfiguration) -> None:
        """
        Lists and seconds that are known at deployment are left to IVS.
        """
        assert rendered(
            stack,
            storage_configuration=storage,
            hls_segment_duration=Duration.seconds(number(stack, "Segment")),
            media_types=Fn.split(",", token("MediaTypes")),
            reconnect_window=Duration.seconds(number(stack, "Window")),
            thumbnails=ivs.ParticipantThumbnailConfiguration.interval(
                storage=Fn.split(",", token("Storages")),
                target_interval=Duration.seconds(number(stack, "Interval")),
            ),
        ) == {
            "HlsConfiguration": {
                "ParticipantRecordingHlsConfiguration": {
                    "TargetSegmentDurationSeconds": {"Ref": "Segment"}
                }
            },
            "MediaTypes": {"Fn::Split": [",", {"Ref": "MediaTypes"}]},
            "RecordingReconnectWindowSeconds": {"Ref": "Window"},
            "StorageConfigurationArn": STORAGE_ARN,
            "ThumbnailConfiguration": {
                "ParticipantThumbnailConfiguration": {
                    "RecordingMode": "INTERVAL",
                    "Storage": {"Fn::Split": [",", {"Ref": "Storages"}]},
                    "TargetIntervalSeconds": {"Ref": "Interval"},
                }
            },
        }

    def test_goes_for_several_stages(
        self, stack: Stack, storage: ivs.IStorageConfiguration
    ) -> None:
        """
        One value can be given to many stages.
        """
        recording = ivs.ParticipantRecording(storage_configuration=storage)
        for id in ("A", "B"):
            ivs.Stage(stack, id, participant_recording=recording)
        stages = Template.from_stack(stack).find_resources("AWS::IVS::Stage").values()
        assert [stage["Properties"] for stage in stages] == [
            {"AutoParticipantRecordingConfiguration": {"StorageConfigurationArn": STORAGE_ARN}}
        ] * 2

    def test_may_be_a_dictionary(self, stack: Stack, storage: ivs.IStorageConfiguration) -> None:
        """
        A mapping stands for the class, as the generated bindings have it.
        """
        recording: Any = {"storage_configuration": storage, "media_types": ["AUDIO_ONLY"]}
        ivs.Stage(stack, "Stage", participant_recording=recording)
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::Stage",
            {"AutoParticipantRecordingConfiguration": {"MediaTypes": ["AUDIO_ONLY"]}},
        )


class TestStorageConfiguration:
    def test_may_be_made_in_the_app(self, stack: Stack) -> None:
        """
        The stage refers to the storage configuration, and so is made after it.
        """
        storage = ivs.StorageConfiguration(stack, "Recordings", bucket=Bucket(stack, "Bucket"))
        assert rendered(stack, storage_configuration=storage) == {
            "StorageConfigurationArn": {"Fn::GetAtt": ["RecordingsA3BDCC51", "Arn"]}
        }

    def test_may_be_an_l1(self, stack: Stack) -> None:
        """
        An L1 is a storage configuration too.
        """
        storage = CfnStorageConfiguration(
            stack,
            "Storage",
            s3=CfnStorageConfiguration.S3StorageConfigurationProperty(bucket_name="recordings"),
        )
        assert rendered(stack, storage_configuration=storage) == {
            "StorageConfigurationArn": {"Ref": "Storage"}
        }

    @pytest.mark.parametrize(
        ("storage_arn", "problem"),
        [
            (
                arn("storage-configuration/a", region="eu-west-1"),
                "Region of the stack, us-west-2, got one in eu-west-1",
            ),
            (
                "arn:aws:ivs:us-west-2:210987654321:storage-configuration/a",
                "account of the stack, 123456789012, got one in 210987654321",
            ),
        ],
        ids=["region", "account"],
    )
    def test_must_not_be_elsewhere(
        self, located_stack: Stack, storage_arn: str, problem: str
    ) -> None:
        """
        One that is known to be in another Region or account is refused, by the stage's path.
        """
        storage = ivs.StorageConfiguration.from_storage_configuration_arn(
            located_stack, "Storage", storage_arn
        )
        recording = ivs.ParticipantRecording(storage_configuration=storage)
        with pytest.raises(ValidationError) as error:
            ivs.Stage(located_stack, "Stage", participant_recording=recording)
        assert error.value.message == f"'storage_configuration' must be in the {problem}"
        assert error.value.path == "Stack/Stage"
        assert [child.node.id for child in located_stack.node.children] == ["Storage"]

    @pytest.mark.parametrize(
        ("value", "got"),
        [
            (
                STORAGE_ARN,
                (
                    f"'{STORAGE_ARN}' of type 'str'; use StorageConfiguration."
                    f"""from_storage_configuration_arn(self, "…", '{STORAGE_ARN}')"""
                ),
            ),
            (None, "None of type 'NoneType'"),
        ],
        ids=["arn", "none"],
    )
    def test_must_be_one(self, value: Any, got: str) -> None:
        """
        An ARN is not taken for a storage configuration, and there has to be one.
        """
        with pytest.raises(ValidationError) as error:
            ivs.ParticipantRecording(storage_configuration=value)
        assert error.value.message == (
            f"'storage_configuration' must be IStorageConfigurationRef, got {got}"
        )


class TestMediaTypes:
    @pytest.mark.parametrize(
        ("media_types", "expected"),
        [
            (["AUDIO_VIDEO"], ["AUDIO_VIDEO"]),
            ((ivs.ParticipantRecordingMediaType.AUDIO_ONLY,), ["AUDIO_ONLY"]),
        ],
        ids=["video", "audio"],
    )
    def test_are_one(
        self,
        stack: Stack,
        storage: ivs.IStorageConfiguration,
        media_types: Any,
        expected: list[str],
    ) -> None:
        """
        One media type is rendered, as a member or its value.
        """
        recording = rendered(stack, storage_configuration=storage, media_types=media_types)
        assert recording["MediaTypes"] == expected

    @pytest.mark.parametrize("media_types", [[], ()], ids=["list", "tuple"])
    def test_are_not_none_at_all(
        self, storage: ivs.IStorageConfiguration, media_types: Any
    ) -> None:
        """
        An empty list is refused, with what to write for each thing it may mean.
        """
        with pytest.raises(ValidationError) as error:
            ivs.ParticipantRecording(storage_configuration=storage, media_types=media_types)
        assert error.value.code == "MediaTypes"
        assert error.value.message == (
            "'media_types' must be one media type, got none; leave it out for AUDIO_VIDEO, give "
            "NONE with thumbnails for thumbnails only, or record nothing with "
            "ParticipantRecording.disable()"
        )

    def test_may_be_rendered_empty(self, stack: Stack, storage: ivs.IStorageConfiguration) -> None:
        """
        An escape hatch may render an empty list, which the model of the API permits.
        """
        stage = ivs.Stage(
            stack,
            "Stage",
            participant_recording=ivs.ParticipantRecording(storage_configuration=storage),
        )
        cfn_stage = stage.node.default_child
        assert isinstance(cfn_stage, CfnStage)
        cfn_stage.add_property_override("AutoParticipantRecordingConfiguration.MediaTypes", [])
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::Stage", {"AutoParticipantRecordingConfiguration": {"MediaTypes": []}}
        )

    def test_are_not_two(self, storage: ivs.IStorageConfiguration) -> None:
        """
        Two are refused, with the one that records both.
        """
        with pytest.raises(ValidationError) as error:
            ivs.ParticipantRecording(
                storage_configuration=storage,
                media_types=[
                    ivs.ParticipantRecordingMediaType.AUDIO_VIDEO,
                    ivs.ParticipantRecordingMediaType.AUDIO_ONLY,
                ],
            )
        assert error.value.code == "MediaTypes"
        assert error.value.message == (
            "'media_types' must be one media type, got AUDIO_VIDEO, AUDIO_ONLY; "
            "AUDIO_VIDEO records both"
        )

    @pytest.mark.parametrize(
        ("value", "got"),
        [
            (["VIDEO_ONLY"], "['VIDEO_ONLY'] of type 'list'"),
            ("AUDIO_ONLY", "'AUDIO_ONLY' of type 'str'; put it into a list"),
        ],
        ids=["unknown", "text"],
    )
    def test_are_a_list_of_those_of_the_api(
        self, storage: ivs.IStorageConfiguration, value: Any, got: str
    ) -> None:
        """
        Another media type is refused, and a text is no list.
        """
        with pytest.raises(TypeError) as error:
            ivs.ParticipantRecording(storage_configuration=storage, media_types=value)
        assert str(error.value) == (
            "'media_types' must be Sequence[ParticipantRecordingMediaType "
            f"(AUDIO_VIDEO, AUDIO_ONLY, NONE)], got {got} [cdk-ivs:ArgumentType]"
        )


class TestValues:
    def test_are_equal_if_what_was_given_is(self, storage: ivs.IStorageConfiguration) -> None:
        """
        What is kept beside the arguments does not tell two values apart.
        """
        window = Duration.seconds(60)
        first, second = (
            ivs.ParticipantRecording(storage_configuration=storage, reconnect_window=window)
            for _ in range(2)
        )
        assert first == second
        assert first != ivs.ParticipantRecording(storage_configuration=storage)

    def test_can_be_read_back(self, storage: ivs.IStorageConfiguration) -> None:
        """
        A value has what it was given, and None for the rest.
        """
        recording = ivs.ParticipantRecording(storage_configuration=storage)
        assert recording.storage_configuration is storage
        assert recording.media_types is None
        assert recording.hls_segment_duration is None
        assert recording.reconnect_window is None
        assert recording.thumbnails is None
