"""How many states executions enter, of which the docs say what they cost."""

from __future__ import annotations

import pytest

from tests.patterns.broadcasting import handle, published, unpublished
from tests.patterns.idle_guard_runs import TAGS, WATCH, Looks, run_one, stages, stream_start
from tests.patterns.idle_guard_runs import streams as stream_definition
from tests.patterns.idle_service import IdleService
from tests.patterns.real_time_service import RealTimeService
from tests.support.events import CHANNEL


@pytest.fixture
def service() -> RealTimeService:
    """A stage on which Anna and Bert publish."""
    service = RealTimeService()
    service.publish("anna")
    service.publish("bert")
    return service


def test_of_a_broadcast(service: RealTimeService) -> None:
    """
    The first who publishes, with four for each who does after a minute, and the others.
    """
    first, second = handle(service, published(), published("bert"))
    service.leave("anna")
    (third,) = handle(service, unpublished())
    service.leave("bert")
    (last,) = handle(service, unpublished("bert"))
    assert [len(ended.states) for ended in (first, second, third, last)] == [24 + 4 * 2, 11, 18, 24]


def test_of_a_wait_for_a_channel(service: RealTimeService) -> None:
    """
    Each look at a channel that is live takes ten.
    """
    service.channel_live_for = 2
    (ended,) = handle(service, published())
    assert len(ended.states) == 24 + 4 * 2 + 2 * 10


def test_of_a_stream() -> None:
    """
    To begin takes seven and two, each look nine, and the last one two.
    """
    service = IdleService()
    service.live(CHANNEL, WATCH["watch"]["stream"], viewers=3)
    begun = run_one(stream_definition(), stream_start(), service)
    watched = run_one(stream_definition(), WATCH, service, Looks(service, *[{}] * 10, None))
    assert len(begun.states) == 8
    assert len(watched.states) == 2 + 10 * 9 + 3


def test_of_a_look_for_streams() -> None:
    """
    Four, and for a channel that is offline two, or one that is watched four.
    """
    service = IdleService()
    assert len(run_one(stream_definition(), {}, service).states) == 4 + 2
    service.live(CHANNEL, WATCH["watch"]["stream"])
    assert len(run_one(stream_definition(), {}, service).states) == 4 + 4


def test_of_stages() -> None:
    """
    Eight, five for an empty stage and nine when it is deleted, two for another stage.
    """
    service = IdleService()
    service.stage("arn:idle", **TAGS)
    service.stage("arn:used", "st-1", active=True, **TAGS)
    assert len(run_one(stages(), {}, service).states) == 8 + 5 + 9 + 2
