"""The thumbnails of the recording of a stage's participants."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aws_cdk import Duration, Stack

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.real_time.participant_recordings import DURATION_TOKEN, number, rendered
from tests.support.tokens import token


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
