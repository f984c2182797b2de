"""The durations of the recording of a stage's participants."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aws_cdk import Duration, Stack

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.real_time.participant_recordings import DURATION_TOKEN, number, rendered


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
