"""The names, codes and limits that rules are given."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from aws_cdk import App, Environment, Fn, Stack
from aws_cdk.aws_events import Rule

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.monitoring.makers import TYPED_MAKERS, rule_in
from tests.support.arns import ACCOUNT, REGION
from tests.support.oracles import resources_of
from tests.support.tokens import token

STREAM_STATES = (
    "StreamStateEvent (Session Created, Session Ended, Stream Start, Stream End, Stream Failure, "
    "Stream Takeover, Stream Takeover Failure)"
)


@pytest.fixture
def channel(stack: Stack) -> ivs.Channel:
    """A channel of the stack."""
    return ivs.Channel(stack, "Channel")


class TestNames:
    @pytest.mark.parametrize(
        "names",
        [
            pytest.param([ivs.StreamStateEvent.STREAM_START], id="members"),
            pytest.param(["Stream Start"], id="strings"),
            pytest.param(("Stream Start",), id="tuple"),
        ],
    )
    def test_may_be_strings(self, stack: Stack, channel: ivs.Channel, names: list[str]) -> None:
        """
        The name of an event may be given as EventBridge spells it.
        """
        channel.on_stream_state_change("Rule", event_names=names)
        assert rule_in(stack)["EventPattern"]["detail"] == {"event_name": ["Stream Start"]}

    @pytest.mark.parametrize(
        ("make", "field", "value"),
        [
            pytest.param(
                TYPED_MAKERS["stream state"], "event_name", "Stream End", id="stream state"
            ),
            pytest.param(
                TYPED_MAKERS["stream health"], "event_name", "Starvation End", id="stream health"
            ),
            pytest.param(
                TYPED_MAKERS["recording"], "recording_status", "Recording End", id="recording"
            ),
            pytest.param(TYPED_MAKERS["limit"], "limit_name", "Ingest Bitrate", id="limit"),
            pytest.param(
                TYPED_MAKERS["concurrent limit"],
                "limit_name",
                "Concurrent Viewers",
                id="concurrent limit",
            ),
            pytest.param(
                TYPED_MAKERS["ad break"], "event_name", "Ad Break Inserted", id="ad break"
            ),
            pytest.param(TYPED_MAKERS["stage"], "event_name", "Token Exchanged", id="stage"),
            pytest.param(
                TYPED_MAKERS["participant recording"],
                "event_name",
                "Recording End",
                id="participant recording",
            ),
            pytest.param(
                TYPED_MAKERS["composition"], "event_name", "Session End", id="composition"
            ),
            pytest.param(
                TYPED_MAKERS["all stream states"],
                "event_name",
                "Stream End",
                id="all stream states",
            ),
            pytest.param(
                TYPED_MAKERS["all stream health"],
                "event_name",
                "Starvation End",
                id="all stream health",
            ),
            pytest.param(
                TYPED_MAKERS["all recordings"],
                "recording_status",
                "Recording End",
                id="all recordings",
            ),
            pytest.param(
                TYPED_MAKERS["all limits"], "limit_name", "Ingest Bitrate", id="all limits"
            ),
            pytest.param(
                TYPED_MAKERS["all ad breaks"], "event_name", "Ad Break Inserted", id="all ad breaks"
            ),
            pytest.param(
                TYPED_MAKERS["all stages"], "event_name", "Token Exchanged", id="all stages"
            ),
            pytest.param(
                TYPED_MAKERS["all participant recordings"],
                "event_name",
                "Recording End",
                id="all participant recordings",
            ),
            pytest.param(
                TYPED_MAKERS["all compositions"], "event_name", "Session End", id="all compositions"
            ),
            pytest.param(
                TYPED_MAKERS["calls of chat"], "eventName", "DeleteRoom", id="calls of chat"
            ),
        ],
    )
    def test_may_be_strings_everywhere(
        self, stack: Stack, make: Callable[..., Rule], field: str, value: str
    ) -> None:
        """
        Every method takes them so, and matches them in the field of its events.
        """
        make(stack, event_names=[value])
        assert rule_in(stack)["EventPattern"]["detail"][field] == [value]

    def test_may_be_tokens(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        A name that is known at deployment is taken to be right.
        """
        channel.on_stream_state_change("Rule", event_names=[token("Name")])
        assert rule_in(stack)["EventPattern"]["detail"] == {"event_name": [{"Ref": "Name"}]}

    def test_may_be_a_token(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        So are names of which the number is known at deployment.
        """
        names = Fn.split(",", token("Names"))
        channel.on_stream_state_change("Rule", event_names=names)
        assert rule_in(stack)["EventPattern"]["detail"] == {
            "event_name": {"Fn::Split": [",", {"Ref": "Names"}]}
        }

    @pytest.mark.parametrize("method", ["limit", "concurrent limit", "all limits"])
    def test_of_limits_may_be_tokens(self, stack: Stack, method: str) -> None:
        """
        So is the name of a limit.
        """
        TYPED_MAKERS[method](stack, event_names=[token("Name")])
        assert rule_in(stack)["EventPattern"]["detail"] == {"limit_name": [{"Ref": "Name"}]}

    @pytest.mark.parametrize(
        ("make", "keyword", "kind"),
        [
            pytest.param(maker, "event_names", kind, id=name)
            for (name, maker), kind in zip(
                TYPED_MAKERS.items(),
                [
                    "StreamStateEvent",
                    "StreamHealthEvent",
                    "RecordingStatus",
                    "LimitName",
                    "LimitName",
                    "AdBreakEvent",
                    "StageUpdateEvent",
                    "RecordingStatus",
                    "CompositionStateEvent",
                    "StreamStateEvent",
                    "StreamHealthEvent",
                    "RecordingStatus",
                    "LimitName",
                    "AdBreakEvent",
                    "StageUpdateEvent",
                    "RecordingStatus",
                    "CompositionStateEvent",
                    "ApiCall",
                ],
                strict=True,
            )
        ]
        + [
            pytest.param(
                TYPED_MAKERS["stream state"], "codes", "StreamEventCode", id="stream codes"
            ),
            pytest.param(
                TYPED_MAKERS["stage"], "error_codes", "PublishErrorCode", id="error codes"
            ),
        ],
    )
    def test_are_at_least_one(
        self, stack: Stack, make: Callable[..., Rule], keyword: str, kind: str
    ) -> None:
        """
        An empty list would match nothing, and is refused.
        """
        with pytest.raises(ValidationError) as error:
            make(stack, **{keyword: []})
        assert error.value.code == "NoEventNames"
        assert error.value.path in {"Stack/Owner/Rule", "Stack/Rule"}
        assert error.value.message == (
            f"'{keyword}' must have at least one {kind}, got none; leave it out to match all"
        )

    @pytest.mark.parametrize(
        ("names", "got"),
        [
            pytest.param(["Stream Begin"], "['Stream Begin'] of type 'list'", id="unknown"),
            pytest.param(
                [ivs.StreamHealthEvent.STARVATION_START],
                "[<StreamHealthEvent.STARVATION_START: 'Starvation Start'>] of type 'list'",
                id="of another enum",
            ),
            pytest.param(
                "Stream Start", "'Stream Start' of type 'str'; put it into a list", id="a string"
            ),
            pytest.param({"Stream Start"}, "{'Stream Start'} of type 'set'", id="a set"),
            pytest.param([None], "[None] of type 'list'", id="none"),
        ],
    )
    def test_that_are_wrong_are_refused(
        self, channel: ivs.Channel, names: object, got: str
    ) -> None:
        """
        Anything else is refused with all names that there are.
        """
        with pytest.raises(TypeError) as error:
            channel.on_stream_state_change("Rule", event_names=names)
        assert isinstance(error.value, ValidationError)
        assert error.value.path == "Stack/Channel/Rule"
        assert error.value.message == (
            f"'event_names' must be Sequence[{STREAM_STATES}], got {got}"
        )

    @pytest.mark.parametrize(
        ("make", "keyword", "value", "allowed"),
        [
            pytest.param(
                TYPED_MAKERS["stream state"],
                "codes",
                "StreamTakeoverLimit",
                "StreamEventCode (MultitrackInputNotAllowed, ",
                id="stream codes",
            ),
            pytest.param(
                TYPED_MAKERS["stage"],
                "error_codes",
                "BITRATE",
                "PublishErrorCode (INSUFFICIENT_CAPABILITIES, ",
                id="error codes",
            ),
            pytest.param(
                TYPED_MAKERS["concurrent limit"],
                "event_names",
                "Concurrent Views",
                "LimitName (Ingest Bitrate, Ingest Resolution, Concurrent Broadcasts, ",
                id="limits",
            ),
        ],
    )
    def test_that_are_wrong_are_refused_everywhere(
        self, stack: Stack, make: Callable[..., Rule], keyword: str, value: str, allowed: str
    ) -> None:
        """
        So are codes and limits.
        """
        with pytest.raises(ValidationError) as error:
            make(stack, **{keyword: [value]})
        assert error.value.message.startswith(f"'{keyword}' must be Sequence[{allowed}")
        assert error.value.message.endswith(f", got ['{value}'] of type 'list'")


class TestLimits:
    @pytest.mark.parametrize("limit", ["Concurrent Broadcasts", "Concurrent Viewers"])
    def test_of_the_account_are_none_of_a_channel(self, channel: ivs.Channel, limit: str) -> None:
        """
        A rule of a channel for a limit of the account would match nothing, and is refused.
        """
        with pytest.raises(ValidationError) as error:
            channel.on_limit_breach("Rule", event_names=["Ingest Bitrate", limit])
        assert error.value.code == "LimitScope"
        assert error.value.path == "Stack/Channel/Rule"
        assert error.value.message == (
            f"'event_names' must be limits that this method can match, got '{limit}' (allowed: "
            "INGEST_BITRATE, INGEST_RESOLUTION); use Channel.on_concurrent_limit_breach()"
        )

    @pytest.mark.parametrize("limit", ["Ingest Bitrate", "Ingest Resolution"])
    def test_of_a_channel_are_none_of_the_account(self, stack: Stack, limit: str) -> None:
        """
        A rule of the account for a limit of a channel would match that of all, and is refused.
        """
        with pytest.raises(ValidationError) as error:
            ivs.Channel.on_concurrent_limit_breach(stack, "Rule", event_names=[limit])
        assert error.value.code == "LimitScope"
        assert error.value.path == "Stack/Rule"
        assert error.value.message == (
            f"'event_names' must be limits that this method can match, got '{limit}' (allowed: "
            "CONCURRENT_BROADCASTS, CONCURRENT_VIEWERS); use on_limit_breach() of the channel, "
            "or Channel.on_all_limit_breach()"
        )


class TestFieldsOfEvents:
    def test_that_no_event_has_are_refused(self, channel: ivs.Channel) -> None:
        """
        A code that none of the events has would match nothing.
        """
        with pytest.raises(ValidationError) as error:
            channel.on_stream_state_change(
                "Rule",
                event_names=[ivs.StreamStateEvent.STREAM_START],
                codes=[ivs.StreamEventCode.STREAM_TAKEOVER_INVALID_PRIORITY],
            )
        assert str(error.value) == (
            "'codes' needs an event that has this field in 'event_names', got "
            "event_names=[Stream Start]; leave 'codes' out, or add one of the events that have "
            "it: Session Ended, Stream Takeover Failure "
            "[cdk-ivs:FieldOfEvent at 'Stack/Channel/Rule']"
        )

    def test_that_an_event_has_are_taken(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        One event that has the field is enough, and any event stands for all.
        """
        code = ivs.StreamEventCode.STREAM_TAKEOVER_INVALID_PRIORITY
        ended = ivs.StreamStateEvent.SESSION_ENDED
        started = ivs.StreamStateEvent.STREAM_START
        channel.on_stream_state_change("Two", event_names=[started, ended], codes=[code])
        channel.on_stream_state_change("Any", codes=[code])
        assert len(resources_of(stack, "AWS::Events::Rule")) == 2

    def test_of_a_stage_are_checked_too(self, stack: Stack) -> None:
        """
        Only an error of a publisher has a code.
        """
        with pytest.raises(
            ValidationError, match="'error_codes' needs an event that has this field"
        ):
            ivs.Stage(stack, "Stage").on_stage_update(
                "Rule",
                event_names=[ivs.StageUpdateEvent.PARTICIPANT_PUBLISHED],
                error_codes=[ivs.PublishErrorCode.BITRATE_EXCEEDED],
            )


def test_rules_in_another_region_are_refused(app: App) -> None:
    """
    A rule in the stack of another Region never sees the events of the channel.
    """
    there = Stack(app, "There", env=Environment(account=ACCOUNT, region="eu-west-1"))
    here = Stack(app, "Here", env=Environment(account=ACCOUNT, region=REGION))
    channel = ivs.Channel(here, "Channel")
    with pytest.raises(ValidationError, match="'channel_arn' must be in the Region of the stack"):
        channel.on_ad_break("Rule", cross_stack_scope=there)


@pytest.mark.parametrize(
    ("wrong", "nearest"), [("event_name", "event_names"), ("code", "codes"), ("targets", "target")]
)
def test_keywords_that_are_misspelt_name_the_right_one(
    channel: ivs.Channel, wrong: str, nearest: str
) -> None:
    """
    A keyword that there is not never makes a rule that matches everything.
    """
    with pytest.raises(
        TypeError, match=f"there is no option '{wrong}'; the nearest is '{nearest}'"
    ):
        channel.on_stream_state_change("Rule", **{wrong: ["Stream Start"]})
