"""What the state machines of a guard do, run by an engine."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from tests.patterns.api_models import wrong_calls
from tests.patterns.idle_guard_runs import (
    OTHER_STAGE,
    STAGE,
    STREAM,
    TAGS,
    WATCH,
    Looks,
    run_one,
    stages,
    stream_start,
    streams,
)
from tests.patterns.idle_service import IdleService
from tests.patterns.state_machines import validate
from tests.support.events import CHANNEL, OTHER_CHANNEL


@pytest.fixture
def service() -> IdleService:
    """A channel that is live without viewers."""
    service = IdleService()
    service.live(CHANNEL, STREAM)
    return service


DEFINITIONS = {
    "of channels": streams,
    "of all": functools.partial(streams, every=True),
    "dry": functools.partial(streams, dry_run=True),
    "quiet": functools.partial(streams, starving=False),
    "starving": functools.partial(streams, quiet=False),
    "stages": stages,
    "stages kept": functools.partial(stages, delete=False),
}


@pytest.mark.parametrize("name", DEFINITIONS)
def test_definitions_are_those_of_the_api(name: str) -> None:
    """
    Each is in the States Language, and calls what is there with what it takes.
    """
    definition = DEFINITIONS[name]()
    assert validate(definition) == ""
    assert wrong_calls(definition) == []


class TestBeginning:
    def test_of_an_event(self, service: IdleService) -> None:
        """
        The start of a stream starts an execution under its id.
        """
        ended = run_one(streams(), stream_start(), service)
        assert ended.states[-1] == "AllAreWatched"
        assert service.executions == {STREAM: WATCH}

    def test_of_one_event_twice(self, service: IdleService) -> None:
        """
        A stream is watched once, however often its start is told.
        """
        for _ in range(3):
            assert run_one(streams(), stream_start(), service).error is None
        assert [*service.executions] == [STREAM]

    def test_of_a_late_event(self, service: IdleService) -> None:
        """
        A stream that is over when its event comes is not watched.
        """
        service.streams.clear()
        assert run_one(streams(), stream_start(), service).error is None
        assert service.executions == {}

    @pytest.mark.parametrize("every", [True, False])
    def test_of_streams_whose_event_never_came(self, service: IdleService, every: bool) -> None:
        """
        The schedule finds live streams: those of the channels, or all of the account.
        """
        service.live(OTHER_CHANNEL, "st-other")
        run_one(streams(every=every), {}, service)
        assert {*service.executions} == ({STREAM, "st-other"} if every else {STREAM})

    def test_of_all_pages(self, service: IdleService) -> None:
        """
        Every page of live streams is gone through.
        """
        service.page = 2
        for number in range(5):
            service.live(f"arn:{number}", f"st-{number}")
        assert run_one(streams(every=True), {}, service).error is None
        assert len(service.executions) == 6

    def test_with_throttling(self, service: IdleService) -> None:
        """
        Too many calls are tried again.
        """
        service.errors = {
            "getStream": ["Ivs.IvsException"] * 3,
            "startExecution": ["Sfn.SfnException"],
        }
        run_one(streams(), stream_start(), service)
        assert [*service.executions] == [STREAM]


class TestStreams:
    def test_without_viewers_is_stopped(self, service: IdleService) -> None:
        """
        After four looks five minutes apart, 15 minutes are over: it is stopped, and reported.
        """
        looks = Looks(service, {})
        ended = run_one(streams(), WATCH, service, looks)
        assert (ended.states[-1], looks.count) == ("Reported", 4)
        assert service.streams == {}
        ((kind, detail),) = service.reports
        assert kind == "IVS Idle Stream"
        assert detail.pop("guard")
        assert detail == {
            "action": "stopped",
            "reason": "no viewers",
            "channel_arn": CHANNEL,
            "stream_id": STREAM,
        }

    def test_with_a_viewer_in_between_is_kept_longer(self, service: IdleService) -> None:
        """
        One who looks in begins the time anew.
        """
        quiet, watched = {"ViewerCount": 0}, {"ViewerCount": 1}
        looks = Looks(service, quiet, quiet, quiet, watched, quiet)
        run_one(streams(), WATCH, service, looks)
        assert looks.count == 8

    def test_that_cannot_be_counted_is_neither(self, service: IdleService) -> None:
        """
        When IVS does not count in time, the time without viewers goes on, and is not longer.
        """
        quiet = {"ViewerCount": 0}
        looks = Looks(service, quiet, {"ViewerCount": -1}, quiet)
        run_one(streams(), WATCH, service, looks)
        assert looks.count == 5

    def test_that_starves_is_stopped(self, service: IdleService) -> None:
        """
        After three looks at which it starves, although somebody watches.
        """
        looks = Looks(service, {"ViewerCount": 9, "Health": "STARVING"})
        run_one(streams(), WATCH, service, looks)
        assert looks.count == 3
        assert service.reports[0][1]["reason"] == "starving"

    @pytest.mark.parametrize(("health", "count"), [("HEALTHY", 5), ("UNKNOWN", 4)])
    def test_that_recovers_is_kept_longer(
        self, service: IdleService, health: str, count: int
    ) -> None:
        """
        Enough input begins the time anew; when IVS does not know, it goes on.
        """
        starving = {"ViewerCount": 9, "Health": "STARVING"}
        looks = Looks(service, starving, {"Health": health}, starving)
        run_one(streams(), WATCH, service, looks)
        assert looks.count == count

    @pytest.mark.parametrize(
        ("options", "change"),
        [
            ({"quiet": False}, {"ViewerCount": 0}),
            ({"starving": False}, {"ViewerCount": 1, "Health": "STARVING"}),
        ],
    )
    def test_is_stopped_for_what_was_said_only(
        self, service: IdleService, options: dict[str, bool], change: dict[str, Any]
    ) -> None:
        """
        Where viewers, or starving, are not to be looked at, they end nothing.
        """
        looks = Looks(service, *[change] * 20, None)
        ended = run_one(streams(**options), WATCH, service, looks)
        assert ended.states[-1] == "StreamEnded"
        assert service.reports == []

    def test_that_ended_is_left_alone(self, service: IdleService) -> None:
        """
        The execution ends with the stream.
        """
        ended = run_one(streams(), WATCH, service, Looks(service, {}, None))
        assert (ended.states[-1], service.reports) == ("StreamEnded", [])

    def test_that_was_followed_by_another_is_left_alone(self, service: IdleService) -> None:
        """
        The next stream of the channel has an execution of its own.
        """
        service.live(CHANNEL, "st-another")
        ended = run_one(streams(), WATCH, service)
        assert (ended.states[-1], service.streams != {}) == ("StreamEnded", True)

    def test_that_ends_when_it_is_stopped(self, service: IdleService) -> None:
        """
        A stream that ended before the call was not stopped, and is not reported.
        """
        service.errors["stopStream"] = ["Ivs.ChannelNotBroadcastingException"]
        ended = run_one(streams(), WATCH, service)
        assert (ended.states[-1], service.reports) == ("StreamEnded", [])

    def test_is_tried_to_stop_again(self, service: IdleService) -> None:
        """
        When IVS cannot stop a stream at the moment, it is asked again.
        """
        service.errors["stopStream"] = ["Ivs.StreamUnavailableException"] * 3
        run_one(streams(), WATCH, service)
        assert service.streams == {}

    def test_that_cannot_be_stopped_fails(self, service: IdleService) -> None:
        """
        A missing permission is to be seen.
        """
        service.errors["stopStream"] = ["Ivs.AccessDeniedException"]
        ended = run_one(streams(), WATCH, service)
        assert (ended.error, service.calls.count("stopStream")) == ("CannotWatch", 1)

    def test_in_a_dry_run_goes_on(self, service: IdleService) -> None:
        """
        It is reported once, and no call is there that could stop it.
        """
        ended = run_one(streams(dry_run=True), WATCH, service)
        assert ended.states[-1] == "Reported"
        assert service.streams != {}
        assert [detail["action"] for _, detail in service.reports] == ["reported"]
        assert "stopStream" not in str(streams(dry_run=True))

    def test_of_many_days_is_handed_over(self, service: IdleService) -> None:
        """
        After 801 looks another execution goes on, under a name that is taken once as well.
        """
        looks = Looks(service, {"ViewerCount": 5})
        ended = run_one(streams(), WATCH, service, looks)
        assert (ended.states[-1], looks.count) == ("WatchedOn", 801)
        assert service.executions == {f"{STREAM}-2": {"watch": {**WATCH["watch"], "round": 2}}}
        again = run_one(streams(), WATCH, service, looks)
        assert (again.error, len(service.executions)) == (None, 1)


class TestStages:
    def test_without_sessions_are_deleted(self) -> None:
        """
        A stage that had no session before and after the wait is deleted, and reported.
        """
        service = IdleService()
        service.stage(STAGE, **TAGS)
        service.stage(OTHER_STAGE, "st-old", **TAGS)
        ended = run_one(stages(), {}, service)
        assert ended.states[-1] == "Done"
        assert service.stages == {}
        assert [(kind, detail["action"]) for kind, detail in service.reports] == [
            ("IVS Idle Stage", "deleted")
        ] * 2

    @pytest.mark.parametrize(
        ("sessions", "active", "tags"),
        [
            pytest.param(["st-now"], True, TAGS, id="somebody is in it"),
            pytest.param([], False, {"app": "ugc"}, id="one tag of two"),
            pytest.param([], False, {"app": "other", "may go": "yes"}, id="another value"),
            pytest.param([], False, {}, id="no tags"),
        ],
    )
    def test_in_use_or_of_others_are_kept(
        self,
        sessions: list[str],
        active: bool,
        tags: dict[str, str],
    ) -> None:
        """
        A stage that has not all of the tags, or in which somebody is, is not waited for.
        """
        service = IdleService()
        service.stage(STAGE, *sessions, active=active, **tags)
        ended = run_one(stages(), {}, service)
        assert "Wait" not in ended.states
        assert [*service.stages] == [STAGE]

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param({"sessions": ["st-old", "st-new"]}, id="had a session"),
            pytest.param({"active": "st-new"}, id="has a session"),
            pytest.param({"tags": {"app": "ugc"}}, id="lost a tag"),
        ],
    )
    def test_that_were_used_meanwhile_are_kept(self, change: dict[str, Any]) -> None:
        """
        A session while it was waited keeps a stage, also if it is over, and so does another tag.
        """
        service = IdleService()
        service.stage(STAGE, "st-old", **TAGS)

        def meanwhile(_execution: int, state: str) -> None:
            if state == "GetStage":
                service.sessions[STAGE] = change.get("sessions", ["st-old"])
                service.stages[STAGE]["Tags"] = change.get("tags", TAGS)
                if "active" in change:
                    service.stages[STAGE]["ActiveSessionId"] = change["active"]

        ended = run_one(stages(), {}, service, meanwhile)
        assert "Wait" in ended.states
        assert ([*service.stages], service.reports) == ([STAGE], [])

    @pytest.mark.parametrize("action", ["getStage", "deleteStage"])
    def test_that_are_gone_are_no_failure(self, action: str) -> None:
        """
        A stage that somebody else deletes meanwhile stops nothing.
        """
        service = IdleService()
        service.stage(STAGE, **TAGS)
        service.stage(OTHER_STAGE, **TAGS)
        service.errors[action] = ["IvsRealTime.ResourceNotFoundException"]
        ended = run_one(stages(), {}, service)
        assert ended.error is None
        assert len(service.reports) == 1

    def test_that_are_joined_at_that_moment_are_kept(self) -> None:
        """
        What IVS does not delete because of a conflict is kept, and not reported.
        """
        service = IdleService()
        service.stage(STAGE, **TAGS)
        service.errors["deleteStage"] = ["IvsRealTime.ConflictException"]
        ended = run_one(stages(), {}, service)
        assert (ended.error, service.reports) == (None, [])

    @pytest.mark.parametrize("options", [{"delete": False}, {"dry_run": True}])
    def test_are_only_reported(self, options: dict[str, bool]) -> None:
        """
        Without delete_stages, or in a dry run, no call is there that could delete one.
        """
        service = IdleService()
        service.stage(STAGE, **TAGS)
        run_one(stages(**options), {}, service)
        assert [*service.stages] == [STAGE]
        assert [detail["action"] for _, detail in service.reports] == ["reported"]
        assert "deleteStage" not in str(stages(**options))

    def test_with_a_tag_like_a_token_are_no_page(self) -> None:
        """
        What is in the tags of a stage is not taken for the token of a next page.
        """
        service = IdleService()
        service.stage(STAGE, NextToken="7", **TAGS)
        ended = run_one(stages(), {}, service)
        assert (ended.error, service.executions, service.stages) == (None, {}, {})

    def test_of_the_next_page_have_an_execution(self) -> None:
        """
        An execution waits for its own page, and starts another for the next.
        """
        service = IdleService(page=2)
        for number in range(3):
            service.stage(f"arn:{number}", **TAGS)
        run_one(stages(), {}, service)
        assert [*service.executions.values()] == [{"NextToken": "2"}]
        run_one(stages(), {"NextToken": "2"}, service)
        assert {detail["stage_arn"] for _, detail in service.reports} >= {"arn:0", "arn:1"}
