"""A broadcast from the first who publishes to the last, run by an engine over events."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from tests.patterns.broadcasting import SESSION, definition, handle, published, unpublished
from tests.patterns.real_time_service import RealTimeService
from tests.patterns.state_machines import run


class _Session:
    """
    A session of three, whose events come late, twice and in any order.

    Attributes:
        service: The stage.
        events: The events that have not been handled.
    """

    def __init__(self, seed: int) -> None:
        self.service = RealTimeService(remembers=seed % 2 == 0)
        self.events: list[object] = []
        self._random = random.Random(seed)  # noqa: S311 # the same each time, and no secret
        self._steps = 12
        self._publishing: set[str] = set()
        self._left: set[str] = set()

    def go_on(self, *_: object) -> None:
        """Perhaps somebody begins to publish, stops, or leaves."""
        if self._steps == 0 or self._random.random() < 0.5:
            return
        self._steps -= 1
        who = self._random.choice(["anna", "bert", "carl"])
        if who in self._left:
            return
        if who in self._publishing:
            self._publishing.remove(who)
            self.service.unpublish(who)
            self._emit(unpublished(who))
            if self._random.random() < 0.3:
                self._left.add(who)
                self.service.leave(who)
        else:
            self._publishing.add(who)
            self.service.publish(who)
            self._emit(published(who))

    def handle_some(self, *, all: bool = False) -> None:
        """Handle events at the same time, while the session goes on."""
        self._random.shuffle(self.events)
        most = len(self.events) if all else self._random.randint(1, 3)
        given, self.events = self.events[:most], self.events[most:]
        if given:
            ended = run(definition(), given, self.service, before=self.go_on)
            assert {each.error for each in ended} == {None}

    def end(self) -> int:
        """Handle what is left, and return how many publish."""
        self._steps = 0
        self.handle_some(all=True)
        return len(self._publishing)

    def _emit(self, event: object) -> None:
        self.events += [event] * self._random.choice([1, 1, 2])


@pytest.mark.parametrize("seed", range(30))
def test_broadcast_follows_any_session(seed: int) -> None:
    """
    After the last event there is one composition if anybody publishes, and none if nobody does.
    """
    session = _Session(seed)
    for _ in range(8):
        session.go_on()
        session.go_on()
        session.handle_some()
    publishing = session.end()
    assert len(session.service.running()) == min(publishing, 1)


def test_stops_when_nobody_publishes(service: RealTimeService) -> None:
    """
    A minute earlier than IVS would: when the last one has stopped, also if all of them stay.
    """
    handle(service, published())
    service.unpublish("anna")
    (ended,) = handle(service, unpublished())
    assert ended.states[-1] == "NothingToStop"
    assert service.running() == []


def test_goes_on_while_another_publishes(service: RealTimeService) -> None:
    """
    One who stops does not stop the broadcast of the others.
    """
    service.publish("bert")
    handle(service, published())
    service.unpublish("anna")
    service.leave("anna")
    (ended,) = handle(service, unpublished())
    assert ended.states[-1] == "IsBroadcast"
    assert len(service.running()) == 1


def test_goes_on_when_who_stopped_comes_back(service: RealTimeService) -> None:
    """
    Who publishes again within the grace period goes on in the same composition.
    """
    handle(service, published())
    service.unpublish("anna")
    service.publish("anna")
    (ended,) = handle(service, unpublished())
    assert ended.states[-1] == "IsBroadcast"
    assert len(service.compositions) == 1


@pytest.mark.parametrize("order", [*itertools.permutations(range(4))])
def test_order_of_events_does_not_matter(order: tuple[int, ...]) -> None:
    """
    Of two who came and went, and whose events come late and in any order, nothing is left.
    """
    service = RealTimeService()
    for participant in ("anna", "bert"):
        service.publish(participant)
        service.unpublish(participant)
        service.leave(participant)
    events = [published(), unpublished(), published("bert"), unpublished("bert")]
    ended = run(definition(), [events[index] for index in order], service)
    assert [each.error for each in ended] == [None] * 4
    assert service.compositions == []


def test_lost_event_heals_when_another_stops(service: RealTimeService) -> None:
    """
    If the event that the last one has stopped is lost, the composition goes on. It stops at the
    next event that a participant has stopped, whoever it is.
    """
    handle(service, published())
    service.unpublish("anna")
    assert len(service.running()) == 1
    service.publish("bert")
    (began,) = handle(service, published("bert"))
    assert began.states[-1] == "IsBroadcast"
    service.unpublish("bert")
    (ended,) = handle(service, unpublished("bert"))
    assert (ended.states[-1], ended.error) == ("NothingToStop", None)
    assert service.running() == []


def test_lost_event_that_somebody_publishes_heals_with_the_next(service: RealTimeService) -> None:
    """
    If the event that the first one publishes is lost, the composition starts with the next event.
    """
    service.publish("bert")
    service.unpublish("bert")
    (ended,) = handle(service, unpublished("bert"))
    assert (ended.states[-1], ended.error) == ("IsBroadcast", None)
    assert len(service.running()) == 1


def test_publisher_is_found_whose_event_never_came(service: RealTimeService) -> None:
    """
    Whoever stops makes the state machine look at the stage: a broadcast that is missing starts.
    """
    service.publish("bert")
    service.unpublish("anna")
    (ended,) = handle(service, unpublished())
    assert "Started" in ended.states
    assert len(service.running()) == 1


def test_who_begins_while_it_is_stopped_is_broadcast(service: RealTimeService) -> None:
    """
    One whose event found the composition that was about to be stopped gets another one.
    """
    handle(service, published())
    service.unpublish("anna")

    def meanwhile(_execution: int, state: str) -> None:
        if state == "StopComposition" and "bert" not in service.participants:
            service.publish("bert")
        if state == "GetStream":
            service.end()

    (ended,) = run(definition(), [unpublished()], service, before=meanwhile)
    assert "Started" in ended.states
    assert [each["State"] for each in service.compositions] == ["STOPPED", "STARTING"]


@pytest.mark.parametrize("state", ["STOPPED", "FAILED"])
def test_starts_again_in_the_same_session(service: RealTimeService, state: str) -> None:
    """
    A composition that ended is followed by another, whose token all who publish come to.
    """
    handle(service, published())
    service.end(state)
    service.publish("bert")
    ended = run(definition(), [published(), published("bert")], service)
    assert {each.states[-1] for each in ended} == {"IsBroadcast"}
    first, second = service.tokens
    assert (first.rpartition("-")[0], second) == (SESSION, f"{SESSION}-composition1")
    assert len(service.running()) == 1


def test_tokens_are_short_enough(service: RealTimeService) -> None:
    """
    After ten compositions of a session the token is as long as after one: 64 characters at most.
    """
    for _ in range(10):
        handle(service, published(), to_channel=False)
        service.end()
    assert len(service.tokens) == 10
    assert max(map(len, service.tokens)) <= 64


def test_starts_again_if_the_token_was_forgotten(service: RealTimeService) -> None:
    """
    Where IVS forgets the token of what has ended, the token of the session starts another one.
    """
    service.remembers = False
    handle(service, published())
    service.end()
    (ended,) = handle(service, published())
    assert "Started" in ended.states
    assert len(service.running()) == 1


def test_gives_up_a_session_whose_compositions_all_ended(service: RealTimeService) -> None:
    """
    After 20 compositions that ended, an execution fails for somebody to see.
    """
    number = iter(range(1, 100))
    start = service._start_composition

    def ends_at_once(given: Any) -> Any:
        answer = start({**given, "IdempotencyToken": f"{next(number)}"})
        service.end("FAILED")
        return answer

    service._start_composition = ends_at_once  # type: ignore[method-assign] # what fails
    (ended,) = handle(service, published(), to_channel=False)
    assert ended.error == "StartedTooOften"
    assert service.calls.count("startComposition") == 20


def test_other_compositions_are_left_alone(service: RealTimeService) -> None:
    """
    A composition that somebody else started is neither taken for the broadcast nor stopped.
    """
    others: list[dict[str, Any]] = [
        {"Arn": "arn:other/1", "State": "ACTIVE", "Tags": {"CdkIvsStageBroadcast": "another"}},
        {"Arn": "arn:other/2", "State": "ACTIVE", "Tags": {"NextToken": "7"}},
        {"Arn": "arn:other/3", "State": "ACTIVE"},
    ]
    service.compositions = [*others]
    handle(service, published())
    assert len(service.compositions) == 4
    service.unpublish("anna")
    handle(service, unpublished())
    assert service.running() == ["arn:other/1", "arn:other/2", "arn:other/3"]


def test_all_pages_are_read(service: RealTimeService) -> None:
    """
    The broadcast, and who publishes, are found on the last of several pages.
    """
    service.page = 2
    for number in range(5):
        service.publish(f"left{number}")
        service.leave(f"left{number}")
        service.compositions.append({"Arn": f"arn:other/{number}", "State": "STOPPED"})
    service.publish("bert")
    handle(service, published("bert"))
    service.unpublish("anna")
    (still,) = handle(service, unpublished())
    service.unpublish("bert")
    (stopped,) = handle(service, unpublished("bert"))
    assert still.states[-1] == "IsBroadcast"
    assert (stopped.states[-1], service.running()) == ("NothingToStop", [])


def test_who_has_many_events_is_taken_to_publish(service: RealTimeService) -> None:
    """
    Of a participant with more events than a page has, the broadcast is not stopped.
    """
    handle(service, published())
    service.events_page = 2
    service.unpublish("anna")
    (ended,) = handle(service, unpublished())
    assert ended.states[-1] == "IsBroadcast"


@pytest.mark.parametrize(("replicas", "left"), [(True, 1), (False, 0)])
def test_replicas_may_count(service: RealTimeService, replicas: bool, left: int) -> None:
    """
    A participant of another stage keeps the broadcast going, unless replicas do not count.
    """
    service.publish("copy", ReplicationType="REPLICA")
    handle(service, published(), replicas=replicas)
    service.unpublish("anna")
    handle(service, unpublished(), replicas=replicas)
    assert len(service.running()) == left


def test_source_of_a_replica_counts(service: RealTimeService) -> None:
    """
    One who is shown in another stage too publishes on this one, whether replicas count or not.
    """
    service.publish("source", ReplicationType="SOURCE")
    handle(service, published(), replicas=False)
    service.unpublish("anna")
    handle(service, unpublished(), replicas=False)
    assert len(service.running()) == 1
