"""The table of events against the documentation and the API's models."""

from __future__ import annotations

import enum
import re

import pytest
from botocore.session import get_session

import cdk_ivs as ivs
from cdk_ivs._monitoring.catalog import events as event_table
from tests.support.events import SAMPLES

# From https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html and
# https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/eventbridge.html, read on 2026-11-21:
# by detail-type, the field that says what happened, what it says, and where the ARN of the
# channel or stage is.
DOCUMENTED = {
    "IVS Stream State Change": (
        "event_name",
        {
            "Session Created",
            "Session Ended",
            "Stream Start",
            "Stream End",
            "Stream Failure",
            "Stream Takeover",
            "Stream Takeover Failure",
        },
        "resources",
    ),
    "IVS Stream Health Change": (
        "event_name",
        {"Starvation Start", "Starvation End"},
        "resources",
    ),
    "IVS Limit Breach": (
        "limit_name",
        {"Ingest Bitrate", "Ingest Resolution", "Concurrent Broadcasts", "Concurrent Viewers"},
        "resources",
    ),
    "IVS Recording State Change": (
        "recording_status",
        {
            "Recording Start",
            "Recording End",
            "Recording Start Failure",
            "Recording End Failure",
        },
        "resources",
    ),
    "IVS Ad Break State Change": ("event_name", {"Ad Break Inserted"}, "resources"),
    "IVS Stage Update": (
        "event_name",
        {
            "Participant Published",
            "Participant Unpublished",
            "Participant Publish Error",
            "Participant Replication Start",
            "Participant Replication End",
            "Token Exchanged",
        },
        "resources",
    ),
    "IVS Composition State Change": (
        "event_name",
        {
            "Destination Start",
            "Destination End",
            "Destination Failure",
            "Destination Reconnecting",
            "Session Start",
            "Session End",
            "Session Failure",
        },
        "stage_arn",
    ),
    "IVS Participant Recording State Change": (
        "event_name",
        {
            "Recording Start",
            "Recording End",
            "Recording Start Failure",
            "Recording End Failure",
        },
        "resources",
    ),
}


class TestTypes:
    def test_are_those_of_the_documentation(self) -> None:
        """
        The table has every type of event, with its field, what that says, and its resource.

        But for IVS Publisher Recording State Change, of which there is no sample.
        """
        assert {
            row.detail_type: (row.field, {str(name) for name in row.names}, row.resource)
            for row in event_table.EVENT_TYPES
        } == DOCUMENTED

    def test_are_there_once(self) -> None:
        """
        No type is in the table twice.
        """
        assert len(event_table.EVENT_TYPES) == 8

    def test_are_of_one_source(self) -> None:
        """
        Low latency and real time have the same source.
        """
        assert event_table.SOURCE == "aws.ivs"

    @pytest.mark.parametrize("detail_type", DOCUMENTED)
    def test_have_samples(self, detail_type: str) -> None:
        """
        There is a sample of everything that an event of a type can say.
        """
        field, names, _ = DOCUMENTED[detail_type]
        samples = [event for event in SAMPLES.values() if event["detail-type"] == detail_type]
        assert {event["detail"][field] for event in samples} == names


class TestLimits:
    def test_of_the_account_have_no_resources(self) -> None:
        """
        The limits of the account are those whose events name no channel.
        """
        assert {str(limit) for limit in event_table.ACCOUNT_LIMITS} == {
            "Concurrent Broadcasts",
            "Concurrent Viewers",
        }

    def test_of_a_channel_are_the_others(self) -> None:
        """
        The limits of a channel are those of what is sent to it.
        """
        assert {str(limit) for limit in event_table.CHANNEL_LIMITS} == {
            "Ingest Bitrate",
            "Ingest Resolution",
        }


class TestEnums:
    @pytest.mark.parametrize(
        "kind",
        [
            ivs.AdBreakEvent,
            ivs.CompositionStateEvent,
            ivs.LimitName,
            ivs.RecordingStatus,
            ivs.StageUpdateEvent,
            ivs.StreamHealthEvent,
            ivs.StreamStateEvent,
        ],
    )
    def test_are_named_as_they_read(self, kind: type[enum.StrEnum]) -> None:
        """
        The name of a member is its value in capitals.
        """
        assert [member.name for member in kind] == [
            member.value.upper().replace(" ", "_") for member in kind
        ]

    def test_of_stream_codes_are_those_of_the_api(self) -> None:
        """
        The codes are those that the model of the API describes, and no other.
        """
        shape = get_session().get_service_model("ivs").shape_for("StreamEvent").members["code"]
        described = re.findall(r"<code>([A-Za-z]+)</code> +\u2014", shape.documentation)
        assert sorted(ivs.StreamEventCode) == sorted(described)
        assert len(described) == 9

    def test_of_stream_codes_are_named_as_they_read(self) -> None:
        """
        The name of a code is its value in words.
        """
        assert [member.name for member in ivs.StreamEventCode] == [
            re.sub("(?<=[a-z])(?=[A-Z])", "_", member.value).upper()
            for member in ivs.StreamEventCode
        ]

    def test_of_publish_errors_are_those_of_the_api(self) -> None:
        """
        The codes of publish errors are those that the model of the API enumerates.
        """
        shape = get_session().get_service_model("ivs-realtime").shape_for("EventErrorCode")
        assert sorted(ivs.PublishErrorCode) == sorted(shape.enum)

    def test_of_publish_errors_are_named_as_they_are(self) -> None:
        """
        The name of a code of a publish error is its value.
        """
        assert [member.name for member in ivs.PublishErrorCode] == [
            member.value for member in ivs.PublishErrorCode
        ]
