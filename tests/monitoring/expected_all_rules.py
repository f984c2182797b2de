"""Rules of the whole account, and which of the samples each of them should match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from aws_cdk.aws_events import Match

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.monitoring.expected_rules import CHANNEL_METHODS, STAGE_METHODS
from tests.support.events import ACCOUNT_EVENTS, FOREIGN, OTHER_SAMPLES, SAMPLES

STATE = CHANNEL_METHODS["on_stream_state_change"]
# The samples of sessions are about a channel without a name.
NAMED = STATE - {"session created", "session ended", "session ended with a code"}
HEALTH = CHANNEL_METHODS["on_stream_health_change"]
RECORDING = CHANNEL_METHODS["on_recording_state_change"]
LIMITS = CHANNEL_METHODS["on_limit_breach"]
ADS = CHANNEL_METHODS["on_ad_break"]
UPDATE = STAGE_METHODS["on_stage_update"]
PARTICIPANT_RECORDING = STAGE_METHODS["on_participant_recording_state_change"]
COMPOSITION = STAGE_METHODS["on_composition_state_change"]
DESTINATION = COMPOSITION - {"composition start", "composition end", "composition failure"}
PUBLISHING = {"participant published", "participant unpublished", "participant publish error"}
NOTHING: set[str] = set()


class Wanted(NamedTuple):
    """
    A rule.

    Attributes:
        owner: The class that has the method.
        method: The method that makes it.
        arguments: What is to be matched; of resources, the ids of constructs.
        samples: Which samples it matches.
        others: Which samples about the other channel and the other stage it matches.
        foreign: Which other events it matches.
    """

    owner: type
    method: str
    arguments: Mapping[str, Any]
    samples: set[str]
    others: set[str]
    foreign: set[str] = NOTHING


def rules() -> dict[str, Wanted]:
    """The rules by their ids. Made anew, as they have tokens of the CDK in them."""
    return {
        **_of_channels(),
        **_of_stages(),
        # Everything of the service, of types that nobody has a sample of too, and nothing else.
        "AnyOfChannels": Wanted(
            ivs.Channel,
            "on_any_event",
            {},
            set(SAMPLES),
            set(OTHER_SAMPLES),
            {"api call", "publisher recording"},
        ),
        "AnyOfStages": Wanted(
            ivs.Stage,
            "on_any_event",
            {},
            {*STATE, *HEALTH, *RECORDING, *LIMITS, *ADS, *UPDATE, *PARTICIPANT_RECORDING}
            | {*COMPOSITION, *ACCOUNT_EVENTS},
            set(OTHER_SAMPLES),
            set(FOREIGN) - {"stream start of an application", "api call of chat"},
        ),
        "AnyOfRooms": Wanted(chat.Room, "on_any_event", {}, NOTHING, NOTHING, {"api call of chat"}),
        "RoomsDeleted": Wanted(
            chat.Room,
            "on_any_event",
            {"event_names": [chat.ApiCall.CREATE_ROOM, chat.ApiCall.DELETE_ROOM]},
            NOTHING,
            NOTHING,
            {"api call of chat"},
        ),
        "RoomsCreated": Wanted(
            chat.Room,
            "on_any_event",
            {"event_names": [chat.ApiCall.CREATE_ROOM]},
            NOTHING,
            NOTHING,
        ),
    }


def _of_channels() -> dict[str, Wanted]:
    def state(samples: set[str], others: set[str], **arguments: Any) -> Wanted:
        return Wanted(ivs.Channel, "on_all_stream_state_change", arguments, samples, others)

    def recording(samples: set[str], others: set[str], **arguments: Any) -> Wanted:
        return Wanted(ivs.Channel, "on_all_recording_state_change", arguments, samples, others)

    def health(samples: set[str], others: set[str], **arguments: Any) -> Wanted:
        return Wanted(ivs.Channel, "on_all_stream_health_change", arguments, samples, others)

    def limit(samples: set[str], others: set[str], **arguments: Any) -> Wanted:
        return Wanted(ivs.Channel, "on_all_limit_breach", arguments, samples, others)

    def ad(samples: set[str], others: set[str], **arguments: Any) -> Wanted:
        return Wanted(ivs.Channel, "on_all_ad_break", arguments, samples, others)

    started = {"stream start"}
    both = [ivs.StreamStateEvent.STREAM_START, ivs.StreamStateEvent.STREAM_END]
    folder = "ivs/v1/123456789012/AbCdef1G2hij/"
    return {
        "State": state(STATE, STATE),
        "StateStarted": state(started, started, event_names=[ivs.StreamStateEvent.STREAM_START]),
        "StateStartedOrEnded": state(
            {"stream start", "stream end"}, {"stream start", "stream end"}, event_names=both
        ),
        "StateByName": state(NAMED, NOTHING, channel_names=["Your-Channel"]),
        "StateByNames": state(NAMED, NAMED, channel_names=["Your-Channel", "Other-Channel"]),
        "StateByPartOfName": state(NOTHING, NOTHING, channel_names=["Your"]),
        "StateByNoName": state(STATE - NAMED, STATE - NAMED, channel_names=[""]),
        "StateByPrefix": state(NOTHING, NAMED, channel_names=Match.prefix("Other-")),
        "StateByWildcard": state(NAMED, NAMED, channel_names=Match.wildcard("*-Ch*l")),
        "StateByNameOrPrefix": state(
            NAMED, NAMED, channel_names=["Your-Channel", *Match.prefix("Other-")]
        ),
        "StateByStream": state(STATE, NOTHING, stream_ids=["st-1A2b3c4D5e6F78ghij9Klmn"]),
        "StateByStreamAndName": state(
            started,
            NOTHING,
            channel_names=Match.suffix("-Channel"),
            event_names=[ivs.StreamStateEvent.STREAM_START],
            stream_ids=["st-1A2b3c4D5e6F78ghij9Klmn"],
        ),
        "StateByCode": state(
            {"session ended with a code"},
            {"session ended with a code"},
            codes=[ivs.StreamEventCode.MULTITRACK_INPUT_NOT_ALLOWED],
        ),
        "StateOfOne": state(STATE, NOTHING, channels=["Channel"]),
        "StateOfBoth": state(
            started,
            started,
            channels=["Channel", "OtherChannel"],
            event_names=[ivs.StreamStateEvent.STREAM_START],
        ),
        "Health": health(HEALTH, HEALTH),
        "HealthOfOther": health(NOTHING, HEALTH, channel_names=["Other-Channel"]),
        "HealthOfStream": health(
            NOTHING,
            {"starvation end"},
            event_names=[ivs.StreamHealthEvent.STARVATION_END],
            stream_ids=["st-254sopYUvi6F78ghpO9vn0A"],
        ),
        "Recording": recording(RECORDING, RECORDING),
        "RecordingEnd": recording(
            {"recording end"},
            {"recording end"},
            event_names=[ivs.RecordingStatus.RECORDING_END],
            recording_s3_bucket_names=["amzn-s3-demo-bucket"],
        ),
        "RecordingElsewhere": recording(
            NOTHING, NOTHING, recording_s3_bucket_names=["amzn-s3-demo-bucket2"]
        ),
        # That of a start that failed is empty.
        "RecordingInFolder": recording(
            RECORDING - {"recording start failure"},
            RECORDING - {"recording start failure"},
            recording_s3_key_prefixes=Match.prefix(folder),
        ),
        "RecordingInFolderItself": recording(NOTHING, NOTHING, recording_s3_key_prefixes=[folder]),
        "RecordingOfSession": recording(
            RECORDING, RECORDING, recording_session_ids=["a6RfV23ES97iyfoQ"]
        ),
        # The streams that were put together are in another field.
        "RecordingOfStream": recording(
            NOTHING, RECORDING, stream_ids=["st-254sopYUvi6F78ghpO9vn0A"]
        ),
        "RecordingOfName": recording(RECORDING, NOTHING, channel_names=["Your-Channel"]),
        "Limits": limit(LIMITS, LIMITS),
        "LimitsOfBitrate": limit(
            {"ingest bitrate"}, {"ingest bitrate"}, event_names=[ivs.LimitName.INGEST_BITRATE]
        ),
        "LimitsOfName": limit(LIMITS, NOTHING, channel_names=Match.prefix("Your")),
        "LimitsOfStream": limit(NOTHING, LIMITS, stream_ids=["st-254sopYUvi6F78ghpO9vn0A"]),
        "Ads": ad(ADS, ADS),
        "AdsById": ad(ADS, ADS, ad_break_ids=["hSi2o1WIVgij"]),
        "AdsByOtherId": ad(NOTHING, NOTHING, ad_break_ids=["hSi2o1WIVgik"]),
        "AdsOfOther": ad(
            NOTHING,
            ADS,
            channel_names=Match.any_of("Nobody", Match.equals_ignore_case("other-channel")),
            event_names=[ivs.AdBreakEvent.AD_BREAK_INSERTED],
            stream_ids=Match.prefix("st-2"),
        ),
        "ConcurrentLimits": Wanted(
            ivs.Channel, "on_concurrent_limit_breach", {}, set(ACCOUNT_EVENTS), NOTHING
        ),
    }


def _of_stages() -> dict[str, Wanted]:
    def update(samples: set[str], others: set[str], **arguments: Any) -> Wanted:
        return Wanted(ivs.Stage, "on_all_stage_update", arguments, samples, others)

    def recording(samples: set[str], others: set[str], **arguments: Any) -> Wanted:
        return Wanted(
            ivs.Stage, "on_all_participant_recording_state_change", arguments, samples, others
        )

    def composition(samples: set[str], others: set[str], **arguments: Any) -> Wanted:
        return Wanted(ivs.Stage, "on_all_composition_state_change", arguments, samples, others)

    failed = {"participant recording start failure", "participant recording end failure"}
    published = {"participant published"}
    return {
        "Update": update(UPDATE, UPDATE),
        "UpdateOfUser": update(UPDATE, NOTHING, user_ids=["Your User Id"]),
        # That of the old token, and that of the new one, are in other fields.
        "UpdateOfUpdatedUser": update(NOTHING, NOTHING, user_ids=["InitialUser", "UpdatedUser"]),
        "UpdateOfGuests": update(NOTHING, UPDATE, user_ids=Match.prefix("guest-")),
        "UpdateOfWildcard": update(UPDATE, NOTHING, user_ids=Match.wildcard("Your*Id")),
        "UpdateOfAsterisk": update(NOTHING, NOTHING, user_ids=Match.wildcard("Your\\*Id")),
        "UpdateOfOthers": update(
            UPDATE, NOTHING, user_ids=Match.anything_but_prefix("guest-", "bot-")
        ),
        "UpdateOfParticipant": update(NOTHING, UPDATE, participant_ids=["pQr5s6t7u8v"]),
        "UpdateOfSession": update(UPDATE, NOTHING, session_ids=["st-ZyXwvu1T2s"]),
        "UpdateOfReplicas": update(PUBLISHING, PUBLISHING, replica=True),
        # In all samples the participant is a replica.
        "UpdateOfNoReplicas": update(NOTHING, NOTHING, replica=False),
        "UpdateByError": update(
            {"participant publish error"},
            {"participant publish error"},
            error_codes=[ivs.PublishErrorCode.BITRATE_EXCEEDED],
        ),
        "UpdateOfOne": update(NOTHING, UPDATE, stages=["OtherStage"]),
        "GuestsPublish": update(
            NOTHING,
            published,
            event_names=[ivs.StageUpdateEvent.PARTICIPANT_PUBLISHED],
            replica=True,
            stages=["Stage", "OtherStage"],
            user_ids=Match.prefix("guest-"),
        ),
        "Recorded": recording(PARTICIPANT_RECORDING, PARTICIPANT_RECORDING),
        "RecordedComplete": recording(
            {"participant recording end"},
            {"participant recording end"},
            event_names=[ivs.RecordingStatus.RECORDING_END],
        ),
        "RecordedOne": recording(PARTICIPANT_RECORDING, NOTHING, participant_ids=["xYz1c2d3e4f"]),
        "RecordedSession": recording(
            NOTHING, PARTICIPANT_RECORDING, session_ids=Match.prefix("st-Ab")
        ),
        "RecordedInBucket": recording(
            PARTICIPANT_RECORDING,
            PARTICIPANT_RECORDING,
            recording_s3_bucket_names=Match.prefix("amzn-s3-demo"),
        ),
        "RecordedInFolder": recording(
            PARTICIPANT_RECORDING,
            PARTICIPANT_RECORDING,
            recording_s3_key_prefixes=Match.wildcard("*/xYz1c2d3e4f/2024-*"),
        ),
        "RecordedNot": recording(
            {"participant recording start failure"},
            {"participant recording start failure"},
            error_codes=["AccessDeniedException"],
        ),
        "RecordedWithAnyError": recording(failed, failed, error_codes=Match.wildcard("*")),
        "Composition": composition(COMPOSITION, COMPOSITION),
        "CompositionOfOne": composition(COMPOSITION, NOTHING, stages=["Stage"]),
        "CompositionOfDestination": composition(
            DESTINATION, DESTINATION, destination_ids=["2pBRKrNgX1ff"]
        ),
        "CompositionFailed": composition(
            {"composition failure"},
            {"composition failure"},
            error_codes=["DestinationFailure"],
            event_names=[
                ivs.CompositionStateEvent.SESSION_FAILURE,
                ivs.CompositionStateEvent.DESTINATION_FAILURE,
            ],
        ),
        "DestinationOfOtherFailed": composition(
            NOTHING,
            {"destination failure"},
            error_codes=Match.suffix("Exception"),
            stages=["OtherStage"],
        ),
    }
