"""What the state machine of a broadcast does, run by an engine over events as IVS sends them."""

from __future__ import annotations

import functools
import itertools
import random
from typing import Any

import pytest
from aws_cdk import Duration, Stack

import cdk_ivs as ivs
from cdk_ivs.patterns import StageBroadcast
from tests.patterns.real_time_service import RealTimeService
from tests.patterns.state_machines import Definition, Ended, definitions_of, run, validate
from tests.support.events import STAGE, STAGE_UPDATE, event
from tests.support.oracles import template_of

CHANNEL = "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"
SESSION = "st-ZyXwvu1T2sRqP"
VALUES = {
    "StageArn": STAGE,
    "ChannelArn": CHANNEL,
    "EncoderConfigurationArn": "arn:aws:ivs:us-west-2:123456789012:encoder-configuration/e1",
    "StorageConfigurationArn": "arn:aws:ivs:us-west-2:123456789012:storage-configuration/s1",
}
PREFIX = "IvsRealTime."


@functools.cache
def definition(*, to_channel: bool = True, replicas: bool = True) -> Definition:
    """The definition of a broadcast after deployment, to a channel or to S3."""
    stack = Stack()
    destination: dict[str, Any] = (
        {"channel": ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)}
        if to_channel
        else {
            "storage_configuration": ivs.StorageConfiguration.from_storage_configuration_arn(
                stack, "Storage", VALUES["StorageConfigurationArn"]
            )
        }
    )
    StageBroadcast(
        stack,
        "Broadcast",
        stage=ivs.Stage.from_stage_arn(stack, "Stage", STAGE),
        offline_timeout=Duration.minutes(1) if to_channel else None,
        replicas=replicas,
        **destination,
    )
    (found,) = definitions_of(template_of(stack), VALUES).values()
    return found


def stage_event(name: str, participant: str = "anna") -> dict[str, Any]:
    """An event of the stage."""
    detail = {
        "session_id": SESSION,
        "event_name": name,
        "event_time": "2025-11-18T16:40:32Z",
        "user_id": "u",
        "participant_id": participant,
        "replica": False,
    }
    return event(STAGE_UPDATE, [STAGE], detail)


def published(participant: str = "anna") -> dict[str, Any]:
    """The event that somebody publishes."""
    return stage_event("Participant Published", participant)


def unpublished(participant: str = "anna") -> dict[str, Any]:
    """The event that somebody no longer publishes."""
    return stage_event("Participant Unpublished", participant)


def handle(service: RealTimeService, *events: object, **options: Any) -> list[Ended]:
    """Handle events, one after another, and return how the executions ended."""
    machine = definition(**options)
    return [ended for each in events for ended in run(machine, [each], service)]


@pytest.fixture
def service() -> RealTimeService:
    """A stage on which Anna publishes, and a channel that is offline."""
    service = RealTimeService()
    service.publish("anna")
    return service


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
