"""The start of a broadcast, its wait for the channel, and errors of its calls, in an engine."""

from __future__ import annotations

from typing import Any

import pytest

from tests.patterns.broadcasting import SESSION, definition, handle, published, unpublished
from tests.patterns.real_time_service import RealTimeService
from tests.patterns.state_machines import run, validate

PREFIX = "IvsRealTime."


@pytest.mark.parametrize("to_channel", [True, False])
def test_definition_is_one(to_channel: bool) -> None:
    """
    The definition is in the States Language, with paths that can be read.
    """
    assert validate(definition(to_channel=to_channel)) == ""


def test_validator_finds_what_is_wrong() -> None:
    """
    A state that is not there is found.
    """
    wrong = {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}
    assert validate(wrong) != ""


@pytest.mark.parametrize("to_channel", [True, False])
def test_starts_when_somebody_publishes(service: RealTimeService, to_channel: bool) -> None:
    """
    A composition starts, whose token begins with the id of the session.
    """
    (ended,) = handle(service, published(), to_channel=to_channel)
    assert "Started" in ended.states
    assert [token.rpartition("-")[0] for token in service.tokens] == [SESSION]
    assert len(service.running()) == 1
    assert ("getStream" in service.calls) is to_channel


def test_starts_once_of_one_event_twice(service: RealTimeService) -> None:
    """
    The second event finds the composition, and calls nothing that changes something.
    """
    first, second = handle(service, published(), published())
    assert ["Started" in each.states for each in (first, second)] == [True, False]
    assert (first.states[-1], second.states[-1]) == ("IsBroadcast", "IsBroadcast")
    assert service.calls.count("startComposition") == 1


def test_starts_once_of_many_at_the_same_time(service: RealTimeService) -> None:
    """
    Executions that run at the same time come to the same composition.
    """
    service.publish("bert")
    events = [published(), published("bert"), published(), published("bert")]
    ended = run(definition(), events, service)
    assert {each.states[-1] for each in ended} == {"IsBroadcast"}
    assert len(service.compositions) == 1


def test_does_not_start_for_who_has_left(service: RealTimeService) -> None:
    """
    An event that comes after its participant has left starts nothing.
    """
    service.leave("anna")
    (ended,) = handle(service, published())
    assert ended.states[-1] == "ParticipantLeft"
    assert service.compositions == []


def test_does_not_start_in_a_session_that_is_gone(service: RealTimeService) -> None:
    """
    A participant whom IVS no longer knows starts nothing, and no execution fails.
    """
    (ended,) = handle(service, published("nobody"))
    assert (ended.states[-1], ended.error) == ("ParticipantLeft", None)


@pytest.mark.parametrize("to_channel", [True, False])
@pytest.mark.parametrize("late", [published(), unpublished()])
def test_late_event_leaves_nothing_running(
    service: RealTimeService, late: dict[str, Any], to_channel: bool
) -> None:
    """
    A participant who stays and has stopped publishing is not broadcast for longer than a minute.
    """
    service.unpublish("anna")
    (ended,) = handle(service, late, to_channel=to_channel)
    assert (ended.states[-1], ended.error) == ("NothingToStop", None)
    assert service.running() == []


def test_looks_again_a_minute_after_the_start(service: RealTimeService) -> None:
    """
    The API has had a minute to show who began to publish, and IVS charges for no more.
    """
    started = definition()["States"]["Started"]
    assert (started["Type"], started["Seconds"]) == ("Wait", 60)

    def meanwhile(_execution: int, state: str) -> None:
        if state == "ListPublishers" and service.running():
            service.unpublish("anna")

    (ended,) = run(definition(), [published()], service, before=meanwhile)
    assert (ended.states[-1], service.running()) == ("NothingToStop", [])


@pytest.mark.parametrize("remembers", [True, False])
def test_gives_up_compositions_that_end_within_a_minute(
    service: RealTimeService, remembers: bool
) -> None:
    """
    An execution starts 20 at most, whether IVS remembers the tokens of what has ended or not.
    """
    service.remembers = remembers

    def meanwhile(_execution: int, state: str) -> None:
        if state == "ListPublishers":
            service.end("FAILED")

    (ended,) = run(definition(), [published()], service, before=meanwhile)
    assert ended.error == "StartedTooOften"
    assert service.calls.count("startComposition") == 20
    assert service.running() == []


def test_waits_until_the_channel_is_offline(service: RealTimeService) -> None:
    """
    The composition starts when the other stream on the channel has ended.
    """
    service.channel_live_for = 2
    (ended,) = handle(service, published())
    assert ended.states.count("WaitForChannel") == 2
    assert "Started" in ended.states


def test_gives_up_a_channel_that_stays_live(service: RealTimeService) -> None:
    """
    A minute is four times 15 seconds: then the execution fails, and nothing was started.
    """
    service.channel_live_for = 100
    (ended,) = handle(service, published())
    assert ended.error == "ChannelIsLive"
    assert ended.states.count("WaitForChannel") == 4
    assert service.compositions == []


def test_stops_waiting_when_everybody_left(service: RealTimeService) -> None:
    """
    Nobody waits for a channel on behalf of who is no longer there.
    """
    service.channel_live_for = 100

    def meanwhile(_execution: int, state: str) -> None:
        if state == "GetStream":
            service.leave("anna")

    (ended,) = run(definition(), [published()], service, before=meanwhile)
    assert ended.states[-1] == "ParticipantLeft"


def test_stops_waiting_when_another_started_it(service: RealTimeService) -> None:
    """
    The channel is live with the composition that another execution started: that is no other.
    """
    service.channel_live_for = 1

    def meanwhile(_execution: int, state: str) -> None:
        if state == "GetStream" and not service.compositions:
            other = RealTimeService(service.participants, service.events)
            run(definition(), [published()], other)
            service.compositions, service.tokens = other.compositions, other.tokens

    (ended,) = run(definition(), [published()], service, before=meanwhile)
    assert ended.states[-1] == "IsBroadcast"


def test_channel_without_a_stream_is_offline(service: RealTimeService) -> None:
    """
    A stream that IVS still shows as offline is not waited for.
    """
    service._get_stream = lambda _: {"Stream": {"State": "OFFLINE"}}  # type: ignore[method-assign] # another answer
    (ended,) = handle(service, published())
    assert "Started" in ended.states


@pytest.mark.parametrize("name", ["ChannelNotBroadcasting", "ChannelNotBroadcastingException"])
def test_both_names_of_the_error_are_known(service: RealTimeService, name: str) -> None:
    """
    A channel that is offline is known by the name in the API and by that of the SDK for Java.
    """
    service.errors["getStream"] = [f"Ivs.{name}"]
    (ended,) = handle(service, published())
    assert "Started" in ended.states


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("getParticipant", ["IvsRealTime.IvsRealTimeException"] * 4),
        ("listCompositions", ["IvsRealTime.IvsRealTimeException", "States.Timeout"]),
        ("listCompositions", [f"{PREFIX}ConflictException"] * 8),
        ("startComposition", ["IvsRealTime.IvsRealTimeException"] * 5),
        ("startComposition", [f"{PREFIX}ConflictException"] * 8),
        ("startComposition", [f"{PREFIX}ServiceQuotaExceededException"] * 8),
        ("startComposition", [f"{PREFIX}InternalServerException"] * 3),
    ],
)
def test_tries_again(service: RealTimeService, action: str, names: list[str]) -> None:
    """
    What time mends, as too many calls or another composition that ends, does not stop it.
    """
    service.errors[action] = [*names]
    (ended,) = handle(service, published())
    assert "Started" in ended.states


@pytest.mark.parametrize("action", ["getParticipant", "listCompositions", "startComposition"])
@pytest.mark.parametrize(
    "name", ["AccessDeniedException", "PendingVerificationException", "ValidationException"]
)
def test_fails_at_once(service: RealTimeService, action: str, name: str) -> None:
    """
    What another try does not mend fails after one, under the name of the error.
    """
    service.errors[action] = [PREFIX + name]
    (ended,) = handle(service, published())
    assert ended.error == PREFIX + name
    assert service.calls.count(action) == 1


def test_fails_after_the_last_try(service: RealTimeService) -> None:
    """
    What stays wrong fails in the end: five tries after the first.
    """
    service.errors["startComposition"] = ["IvsRealTime.IvsRealTimeException"] * 9
    (ended,) = handle(service, published())
    assert ended.error == "IvsRealTime.IvsRealTimeException"
    assert service.calls.count("startComposition") == 6


@pytest.mark.parametrize("name", ["ConflictException", "ResourceNotFoundException"])
def test_two_may_stop_it(service: RealTimeService, name: str) -> None:
    """
    What another execution has stopped meanwhile is no failure.
    """
    handle(service, published())
    service.unpublish("anna")
    service.errors["stopComposition"] = [PREFIX + name]
    (ended,) = handle(service, unpublished())
    assert ended.states[-1] == "NothingToStop"
    assert service.running() == []
