"""Filters that the events of a rule do not have."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk.aws_events import Match

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from tests.support.arns import arn
from tests.support.oracles import resources_of
from tests.support.tokens import token

CHANNEL_ARN = arn("channel/AbCdef1G2hij")
STAGE_ARN = arn("stage/ZyXwvu1T2sRq")


class TestFieldsThatEventsLack:
    @pytest.mark.parametrize(
        ("make", "message"),
        [
            pytest.param(
                lambda stack: ivs.Stage.on_all_participant_recording_state_change(
                    stack, "Rule", user_ids=["guest"]
                ),
                "'user_ids' is not a filter of IVS Participant Recording State Change events, "
                "which never have the field 'user_id' (filters here: error_codes, participant_ids, "
                "recording_s3_bucket_names, recording_s3_key_prefixes, session_ids); leave "
                "it out (events of Stage.on_all_stage_update() have it)",
                id="users of recordings",
            ),
            pytest.param(
                lambda stack: ivs.Stage.from_stage_arn(
                    stack, "Stage", STAGE_ARN
                ).on_composition_state_change("Rule", participant_ids=["p"]),
                "'participant_ids' is not a filter of IVS Composition State Change events, "
                "which never have the field 'participant_id' (filters here: destination_ids, "
                "error_codes); leave it out (events of Stage.on_all_stage_update() or "
                "Stage.on_all_participant_recording_state_change() have it)",
                id="participants of a composition",
            ),
            pytest.param(
                lambda stack: ivs.Channel.on_concurrent_limit_breach(
                    stack, "Rule", channel_names=["one"]
                ),
                "'channel_names' is not a filter of IVS Limit Breach events, not all of which have "
                "the field 'channel_name' (filters here: none); use Channel.on_all_limit_breach()",
                id="channels of the account",
            ),
            pytest.param(
                lambda stack: ivs.Channel.from_channel_arn(
                    stack, "Channel", CHANNEL_ARN
                ).on_ad_break("Rule", channel_names=["one"]),
                "'channel_names' is not a filter of a rule for one channel, which is matched by "
                "its ARN; use Channel.on_all_ad_break()",
                id="names of one channel",
            ),
            pytest.param(
                lambda stack: ivs.Channel.on_any_event(stack, "Rule", ad_break_ids=["a"]),
                "'ad_break_ids' is not a filter of events of every type, not all of which have the "
                "field 'ad_break_id' (filters here: none); use Channel.on_all_ad_break()",
                id="any event",
            ),
            pytest.param(
                lambda stack: chat.Room.on_any_event(stack, "Rule", replica=True),
                "'replica' is not a filter of calls of the API, not all of which have the field "
                "'replica' (filters here: none); use Stage.on_all_stage_update()",
                id="calls of chat",
            ),
        ],
    )
    def test_are_refused(self, stack: Stack, make: Any, message: str) -> None:
        """
        A filter that the events do not carry is refused, with the rule for these that has it.
        """
        with pytest.raises(TypeError) as error:
            make(stack)
        assert isinstance(error.value, ValidationError)
        assert error.value.message == message
        assert str(error.value.path).endswith("Rule")
        assert resources_of(stack, "AWS::Events::Rule") == {}

    @pytest.mark.parametrize(
        ("make", "keyword", "names", "having"),
        [
            pytest.param(
                ivs.Stage.on_all_stage_update,
                {"replica": True},
                [ivs.StageUpdateEvent.TOKEN_EXCHANGED],
                "Participant Published, Participant Unpublished, Participant Publish Error",
                id="replica",
            ),
            pytest.param(
                ivs.Stage.on_all_composition_state_change,
                {"destination_ids": ["one"]},
                [ivs.CompositionStateEvent.SESSION_START],
                "Destination Start, Destination End, Destination Failure, Destination Reconnecting",
                id="destinations",
            ),
            pytest.param(
                ivs.Stage.on_all_composition_state_change,
                {"error_codes": ["one"]},
                [ivs.CompositionStateEvent.DESTINATION_START],
                "Session Failure, Destination Failure",
                id="errors of compositions",
            ),
            pytest.param(
                ivs.Stage.on_all_participant_recording_state_change,
                {"error_codes": Match.prefix("one")},
                [ivs.RecordingStatus.RECORDING_END],
                "Recording Start Failure, Recording End Failure",
                id="errors of recordings",
            ),
            pytest.param(
                ivs.Channel.on_all_stream_state_change,
                {"codes": ["MultitrackInputRequired"]},
                [ivs.StreamStateEvent.STREAM_START],
                "Session Ended, Stream Takeover Failure",
                id="codes",
            ),
        ],
    )
    def test_of_the_named_events_are_refused(
        self, stack: Stack, make: Any, keyword: dict[str, Any], names: list[Any], having: str
    ) -> None:
        """
        So is one that none of the named events has; without names, or with a right one, it is not.
        """
        ((name, _),) = keyword.items()
        with pytest.raises(ValidationError) as error:
            make(stack, "Rule", event_names=names, **keyword)
        assert error.value.code == "FieldOfEvent"
        assert error.value.message == (
            f"'{name}' needs an event that has this field in 'event_names', got "
            f"event_names=[{names[0]}]; leave '{name}' out, or add one of the events that have it: "
            f"{having}"
        )
        make(stack, "Any", **keyword)
        make(stack, "Token", event_names=[token()], **keyword)
        make(stack, "Both", event_names=[*names, having.split(", ", maxsplit=1)[0]], **keyword)
        assert len(resources_of(stack, "AWS::Events::Rule")) == 3

    @pytest.mark.parametrize("value", [None, []])
    def test_are_refused_whatever_they_are(self, stack: Stack, value: Any) -> None:
        """
        A keyword that there is not is refused for its name.
        """
        with pytest.raises(TypeError, match="'user_ids' is not a filter of "):
            ivs.Stage.on_all_composition_state_change(stack, "Rule", user_ids=value)

    @pytest.mark.parametrize("keyword", ["channels", "stages", "s"])
    @pytest.mark.parametrize("value", [[], None])
    def test_of_the_account_are_no_resources(self, stack: Stack, keyword: str, value: Any) -> None:
        """
        The limits of the account are about none: a list of some is refused, and not forgotten.
        """
        with pytest.raises(TypeError, match=f"there is no option '{keyword}'"):
            ivs.Channel.on_concurrent_limit_breach(stack, "Rule", **{keyword: value})

    def test_that_nothing_has_are_no_options(self, stack: Stack) -> None:
        """
        A misspelt filter is refused with the nearest one.
        """
        with pytest.raises(TypeError, match="no option 'user_id'; the nearest is 'user_ids'"):
            ivs.Stage.on_all_stage_update(stack, "Rule", user_id=["guest"])
