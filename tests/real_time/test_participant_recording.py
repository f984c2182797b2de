"""The recording of a stage's participants."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aws_cdk import CfnParameter, Duration, Fn, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_ivs import CfnStage, CfnStorageConfiguration
from aws_cdk.aws_s3 import Bucket

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import arn
from tests.support.tokens import token

STORAGE_ARN = arn("storage-configuration/a")
DURATION_TOKEN = "must be Duration.seconds() when its value is a token, got a token in another unit"


@pytest.fixture
def storage(stack: Stack) -> ivs.IStorageConfiguration:
    """A storage configuration of elsewhere."""
    return ivs.StorageConfiguration.from_storage_configuration_arn(stack, "Storage", STORAGE_ARN)


def number(stack: Stack, id: str = "Number") -> float:
    """A number that is known at deployment."""
    return CfnParameter(stack, id, type="Number").value_as_number


def rendered(stack: Stack, **arguments: Any) -> dict[str, Any]:
    """What a recording with the arguments is in the template."""
    ivs.Stage(stack, "Stage", participant_recording=ivs.ParticipantRecording(**arguments))
    (stage,) = Template.from_stack(stack).find_resources("AWS::IVS::Stage").values()
    (name,) = stage["Properties"]
    assert name == "AutoParticipantRecordingConfiguration"
    recording: dict[str, Any] = stage["Properties"][name]
    return recording


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


class TestDurations:
    @pytest.mark.parametrize("seconds", [2, 10])
    def test_of_a_segment_accept_the_limits(
        self, stack: Stack, storage: ivs.IStorageConfiguration, seconds: int
    ) -> None:
        """
        2 and 10 seconds are lengths of a segment.
        """
        recording = rendered(
            stack, storage_configuration=storage, hls_segment_duration=Duration.seconds(seconds)
        )
        assert recording["HlsConfiguration"] == {
            "ParticipantRecordingHlsConfiguration": {"TargetSegmentDurationSeconds": seconds}
        }

    @pytest.mark.parametrize("seconds", [0, 300])
    def test_of_a_window_accept_the_limits(
        self, stack: Stack, storage: ivs.IStorageConfiguration, seconds: int
    ) -> None:
        """
        0 and 300 seconds are windows: the 0 is rendered, because it was given.
        """
        recording = rendered(
            stack, storage_configuration=storage, reconnect_window=Duration.seconds(seconds)
        )
        assert recording["RecordingReconnectWindowSeconds"] == seconds

    @pytest.mark.parametrize(
        ("keyword", "duration", "problem"),
        [
            (
                "hls_segment_duration",
                Duration.seconds(1),
                "must be at least 2 seconds, got 1 second (allowed: 2 to 10 seconds)",
            ),
            (
                "hls_segment_duration",
                Duration.seconds(11),
                "must be at most 10 seconds, got 11 seconds (allowed: 2 to 10 seconds)",
            ),
            (
                "hls_segment_duration",
                Duration.millis(2500),
                "must be a whole number of seconds, got 2.5 seconds (allowed: 2 to 10 seconds)",
            ),
            (
                "reconnect_window",
                Duration.seconds(301),
                "must be at most 300 seconds, got 301 seconds (allowed: 0 to 300 seconds)",
            ),
            (
                "reconnect_window",
                Duration.millis(500),
                "must be a whole number of seconds, got 0.5 seconds (allowed: 0 to 300 seconds)",
            ),
        ],
        ids=["segment-1", "segment-11", "segment-2.5", "window-301", "window-0.5"],
    )
    def test_refuse_what_is_beyond(
        self,
        storage: ivs.IStorageConfiguration,
        keyword: str,
        duration: Duration,
        problem: str,
    ) -> None:
        """
        A second less, a second more and a part of a second are refused where they are given.
        """
        arguments: dict[str, Any] = {"storage_configuration": storage, keyword: duration}
        with pytest.raises(ValidationError) as error:
            ivs.ParticipantRecording(**arguments)
        assert error.value.message == f"'{keyword}' {problem}"
        assert error.value.path is None

    @pytest.mark.parametrize("keyword", ["hls_segment_duration", "reconnect_window"])
    def test_refuse_a_token_in_minutes(
        self, stack: Stack, storage: ivs.IStorageConfiguration, keyword: str
    ) -> None:
        """
        A token in another unit cannot be converted, and the message says what to write.
        """
        arguments: dict[str, Any] = {
            "storage_configuration": storage,
            keyword: Duration.minutes(number(stack)),
        }
        with pytest.raises(ValidationError, match=re.escape(f"'{keyword}' {DURATION_TOKEN}")):
            ivs.ParticipantRecording(**arguments)

    @pytest.mark.parametrize("keyword", ["hls_segment_duration", "reconnect_window"])
    def test_refuse_a_number(self, storage: ivs.IStorageConfiguration, keyword: str) -> None:
        """
        A number has no unit.
        """
        arguments: dict[str, Any] = {"storage_configuration": storage, keyword: 6}
        with pytest.raises(TypeError, match=f"'{keyword}' must be Duration, got 6 of type 'int'"):
            ivs.ParticipantRecording(**arguments)


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


class TestThumbnails:
    def test_disable(self, stack: Stack, storage: ivs.IStorageConfiguration) -> None:
        """
        No thumbnails are recorded.
        """
        recording = rendered(
            stack,
            storage_configuration=storage,
            thumbnails=ivs.ParticipantThumbnailConfiguration.disable(),
        )
        assert recording["ThumbnailConfiguration"] == {
            "ParticipantThumbnailConfiguration": {"RecordingMode": "DISABLED"}
        }

    def test_interval_leaves_the_rest_to_the_service(
        self, stack: Stack, storage: ivs.IStorageConfiguration
    ) -> None:
        """
        What is not given is not rendered.
        """
        recording = rendered(
            stack,
            storage_configuration=storage,
            thumbnails=ivs.ParticipantThumbnailConfiguration.interval(),
        )
        assert recording["ThumbnailConfiguration"] == {
            "ParticipantThumbnailConfiguration": {"RecordingMode": "INTERVAL"}
        }

    @pytest.mark.parametrize("seconds", [1, 86_400])
    def test_interval_accepts_the_limits(
        self, stack: Stack, storage: ivs.IStorageConfiguration, seconds: int
    ) -> None:
        """
        A second and a day are intervals.
        """
        recording = rendered(
            stack,
            storage_configuration=storage,
            thumbnails=ivs.ParticipantThumbnailConfiguration.interval(
                target_interval=Duration.seconds(seconds)
            ),
        )
        assert recording["ThumbnailConfiguration"] == {
            "ParticipantThumbnailConfiguration": {
                "RecordingMode": "INTERVAL",
                "TargetIntervalSeconds": seconds,
            }
        }

    @pytest.mark.parametrize(
        ("interval", "problem"),
        [
            (Duration.seconds(0), "at least 1 second, got 0 seconds"),
            (Duration.seconds(86_401), "at most 86400 seconds, got 86401 seconds"),
            (Duration.millis(1500), "a whole number of seconds, got 1.5 seconds"),
        ],
        ids=["0", "86401", "1.5"],
    )
    def test_interval_refuses_what_is_beyond(self, interval: Duration, problem: str) -> None:
        """
        Nothing, more than a day and a part of a second are not.
        """
        with pytest.raises(ValidationError) as error:
            ivs.ParticipantThumbnailConfiguration.interval(target_interval=interval)
        assert error.value.message == (
            f"'target_interval' must be {problem} (allowed: 1 to 86400 seconds)"
        )

    def test_interval_refuses_a_token_in_minutes(self, stack: Stack) -> None:
        """
        A token in another unit cannot be converted.
        """
        with pytest.raises(ValidationError, match=re.escape(f"'target_interval' {DURATION_TOKEN}")):
            ivs.ParticipantThumbnailConfiguration.interval(
                target_interval=Duration.minutes(number(stack))
            )

    def test_interval_refuses_a_repetition(self) -> None:
        """
        A storage is named once.
        """
        with pytest.raises(
            ValidationError, match="'storage' must not have a value twice, got 'LATEST' again"
        ):
            ivs.ParticipantThumbnailConfiguration.interval([ivs.Storage.LATEST, ivs.Storage.LATEST])

    @pytest.mark.parametrize(
        ("arguments", "problem"),
        [
            ({"storage": "LATEST"}, "'storage' must be Sequence[Storage (SEQUENTIAL, LATEST)]"),
            ({"storage": ["FIRST"]}, "'storage' must be Sequence[Storage (SEQUENTIAL, LATEST)]"),
            ({"target_interval": 60}, "'target_interval' must be Duration, got 60 of type 'int'"),
        ],
        ids=["text", "unknown", "number"],
    )
    def test_interval_refuses_other_types(self, arguments: dict[str, Any], problem: str) -> None:
        """
        Each argument is of its type.
        """
        with pytest.raises(TypeError, match=re.escape(problem)):
            ivs.ParticipantThumbnailConfiguration.interval(**arguments)

    @pytest.mark.parametrize(
        "unused",
        [{"storage": []}, {"storage": ["LATEST"]}, {"target_interval": Duration.seconds(60)}],
        ids=["no-storage", "storage", "interval"],
    )
    def test_disabled_takes_nothing_else(self, unused: dict[str, Any]) -> None:
        """
        What nothing would use is refused, with what to call instead.
        """
        with pytest.raises(ValidationError) as error:
            ivs.ParticipantThumbnailConfiguration(
                recording_mode=ivs.RecordingMode.DISABLED, **unused
            )
        assert error.value.code == "ThumbnailsUnused"
        assert error.value.message == (
            "'storage' and 'target_interval' must not be given when 'recording_mode' is "
            "DISABLED; use ParticipantThumbnailConfiguration.interval()"
        )

    def test_of_a_mode_known_at_deployment_take_the_rest(
        self, stack: Stack, storage: ivs.IStorageConfiguration
    ) -> None:
        """
        Whether a token is DISABLED cannot be known.
        """
        mode: Any = token("Mode")
        recording = rendered(
            stack,
            storage_configuration=storage,
            thumbnails=ivs.ParticipantThumbnailConfiguration(
                recording_mode=mode, storage=[ivs.Storage.LATEST]
            ),
        )
        assert recording["ThumbnailConfiguration"] == {
            "ParticipantThumbnailConfiguration": {
                "RecordingMode": {"Ref": "Mode"},
                "Storage": ["LATEST"],
            }
        }

    def test_are_not_those_of_a_channel(self, storage: ivs.IStorageConfiguration) -> None:
        """
        The thumbnails of a channel's recording are refused: a stage has no resolution for them.
        """
        thumbnails: Any = ivs.ThumbnailConfiguration.interval()
        with pytest.raises(
            TypeError, match="'thumbnails' must be ParticipantThumbnailConfiguration, got Thumbnail"
        ):
            ivs.ParticipantRecording(storage_configuration=storage, thumbnails=thumbnails)


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
