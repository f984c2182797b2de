"""Stages and compositions as IVS has them, for the state machines of broadcasts."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.patterns.state_machines import ApiError
from tests.support.arns import arn

RUNNING = {"STARTING", "ACTIVE"}
ENDED = {"STOPPED", "FAILED"}


@dataclass
class RealTimeService:
    """
    A stage, its participants and its compositions, and a channel.

    Attributes:
        participants: The participants of the session, by id.
        events: What each did, by id.
        compositions: The compositions of the stage.
        channel_live_for: How many times GetStream still finds another stream on the channel.
        errors: What calls fail with next, by the action, the first first.
        calls: The actions that were called.
        given: The inputs of the calls.
        page: How many participants or compositions a page has.
        events_page: How many events of a participant a page has.
        remembers: Whether a token gives its composition back also when that has ended.
    """

    participants: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: dict[str, list[str]] = field(default_factory=dict)
    compositions: list[dict[str, Any]] = field(default_factory=list)
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    channel_live_for: int = 0
    errors: dict[str, list[str]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    given: list[Mapping[str, Any]] = field(default_factory=list)
    page: int = 100
    events_page: int = 100
    remembers: bool = True

    def publish(self, participant: str, **others: str) -> None:
        """Somebody joins if they have not, and publishes."""
        self.participants.setdefault(participant, {"ParticipantId": participant, **others})
        self.participants[participant] |= {"State": "CONNECTED", "Published": True}
        self.events.setdefault(participant, ["JOINED"]).append("PUBLISH_STARTED")

    def unpublish(self, participant: str) -> None:
        """Somebody stops publishing, and stays."""
        self.events[participant].append("PUBLISH_STOPPED")

    def leave(self, participant: str) -> None:
        """Somebody leaves."""
        self.participants[participant]["State"] = "DISCONNECTED"

    def running(self) -> list[str]:
        """The ARNs of the compositions that run."""
        return [each["Arn"] for each in self.compositions if each["State"] in RUNNING]

    def end(self, state: str = "STOPPED") -> None:
        """All compositions end by themselves."""
        for composition in self.compositions:
            composition["State"] = state

    def call(self, _service: str, action: str, given: Mapping[str, Any]) -> object:
        """The answer to a call."""
        self.calls.append(action)
        self.given.append(given)
        if self.errors.get(action):
            raise ApiError(self.errors[action].pop(0))
        name = re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", action)
        return copy.deepcopy(getattr(self, f"_{name}")(given))

    def _get_participant(self, given: Mapping[str, Any]) -> object:
        participant = self.participants.get(given["ParticipantId"])
        if participant is None:
            raise ApiError("IvsRealTime.ResourceNotFoundException")
        return {"Participant": participant}

    def _list_participants(self, given: Mapping[str, Any]) -> object:
        assert given["FilterByPublished"] is True
        return self._page("Participants", [*self.participants.values()], given, self.page)

    def _list_participant_events(self, given: Mapping[str, Any]) -> object:
        events = [{"Name": name} for name in self.events[given["ParticipantId"]]]
        return self._page("Events", events, given, self.events_page)

    def _list_compositions(self, given: Mapping[str, Any]) -> object:
        return self._page("Compositions", self.compositions, given, self.page)

    def _start_composition(self, given: Mapping[str, Any]) -> object:
        token = given["IdempotencyToken"]
        known = self.tokens.get(token)
        if known is not None and (self.remembers or known["State"] not in ENDED):
            return {"Composition": known}
        number = len(self.compositions) + 1
        composition = {
            "Arn": arn(f"composition/composition{number}"),
            "State": "STARTING",
            "StageArn": given["StageArn"],
            "Tags": given["Tags"],
        }
        self.compositions.append(composition)
        self.tokens[token] = composition
        return {"Composition": composition}

    def _stop_composition(self, given: Mapping[str, Any]) -> object:
        for composition in self.compositions:
            if composition["Arn"] == given["Arn"] and composition["State"] not in ENDED:
                composition["State"] = "STOPPING"
                return {}
        raise ApiError("IvsRealTime.ResourceNotFoundException")

    def _get_stream(self, given: Mapping[str, Any]) -> object:
        if self.channel_live_for > 0:
            self.channel_live_for -= 1
            return {"Stream": {"ChannelArn": given["ChannelArn"], "State": "LIVE"}}
        raise ApiError("Ivs.ChannelNotBroadcastingException")

    def _page(
        self, name: str, items: list[Any], given: Mapping[str, Any], most: int
    ) -> dict[str, Any]:
        start = int(given.get("NextToken", 0))
        end = start + min(most, given["MaxResults"])
        more = {"NextToken": str(end)} if end < len(items) else {}
        return {name: items[start:end], **more}
