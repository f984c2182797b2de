"""The state machines of a guard, run by an engine."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from aws_cdk import Duration, Stack

import cdk_ivs as ivs
from cdk_ivs.patterns import IdleGuard
from tests.patterns.idle_service import IdleService
from tests.patterns.state_machines import Definition, Ended, definitions_of, run
from tests.support.arns import arn
from tests.support.events import CHANNEL, STREAM_STATE, event
from tests.support.oracles import template_of

STREAM = "st-1A2b3c4D5e6F78ghij9Klmn"
STAGE, OTHER_STAGE = arn("stage/AbCdef1G2hij"), arn("stage/KlMnop3Q4rst")
VALUES = {"Channel0": CHANNEL, "Tag0": "ugc", "Tag1": "yes"}
CONTEXT = {"StateMachine": {"Id": "arn:machine"}}
TAGS = {"app": "ugc", "may go": "yes"}
WATCH = {"watch": {"channel": CHANNEL, "stream": STREAM, "round": 1, "quiet": 0, "starving": 0}}


@functools.cache
def streams(
    *, every: bool = False, dry_run: bool = False, quiet: bool = True, starving: bool = True
) -> Definition:
    """The definition for streams: looked at every 5 minutes, quiet for 15 or starving for 10."""
    stack = Stack()
    channels = None if every else [ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)]
    IdleGuard(
        stack,
        "Guard",
        all_channels=every,
        channels=channels,
        dry_run=dry_run,
        no_viewers_for=Duration.minutes(15) if quiet else None,
        starving_for=Duration.minutes(10) if starving else None,
    )
    (found,) = definitions_of(template_of(stack), VALUES).values()
    return found


@functools.cache
def stages(*, delete: bool = True, dry_run: bool = False) -> Definition:
    """The definition for stages of an application."""
    stack = Stack()
    IdleGuard(
        stack,
        "Guard",
        delete_stages=delete,
        dry_run=dry_run,
        stage_tags={"app": "ugc", "may go": "yes"},
    )
    (found,) = definitions_of(template_of(stack), VALUES).values()
    return found


def stream_start(channel: str = CHANNEL) -> dict[str, Any]:
    """The event that a stream starts."""
    detail = {"event_name": "Stream Start", "channel_name": "c", "stream_id": STREAM}
    return event(STREAM_STATE, [channel], detail)


def run_one(
    definition: Definition,
    given: object,
    service: IdleService,
    before: Callable[[int, str], None] = lambda _execution, _state: None,
) -> Ended:
    """Run one execution."""
    (ended,) = run(definition, [given], service, context=CONTEXT, before=before)
    return ended


class Looks:
    """Changes a stream before each look at it."""

    def __init__(self, service: IdleService, *changes: dict[str, Any] | None) -> None:
        self.service = service
        self.changes = changes
        self.count = 0

    def __call__(self, _execution: int, state: str) -> None:
        """Change the stream before this look. None takes it off the air."""
        if state != "GetStream":
            return
        change = self.changes[min(self.count, len(self.changes) - 1)]
        self.count += 1
        if change is None:
            self.service.streams.clear()
        else:
            self.service.streams[CHANNEL].update(change)
