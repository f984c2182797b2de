"""Streams and stages as IVS has them, with the executions and events of a guard."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.patterns.state_machines import ApiError


@dataclass
class IdleService:
    """
    Live streams, stages with their sessions, and what a guard starts and reports.

    Attributes:
        streams: The live streams, by the ARN of the channel.
        stages: The stages, by ARN.
        sessions: The sessions that each had, by ARN.
        executions: The executions that were started, by name, or by a number without one.
        reports: The events, as detail type and detail.
        calls: The actions that were called.
        errors: What calls fail with next, by the action, the first first.
        page: How many items a page has.
    """

    streams: dict[str, dict[str, Any]] = field(default_factory=dict)
    stages: dict[str, dict[str, Any]] = field(default_factory=dict)
    sessions: dict[str, list[str]] = field(default_factory=dict)
    executions: dict[str, Any] = field(default_factory=dict)
    reports: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)
    page: int = 100

    def live(self, channel: str, stream: str, viewers: int = 0, health: str = "HEALTHY") -> None:
        """A channel goes live."""
        self.streams[channel] = {
            "ChannelArn": channel,
            "StreamId": stream,
            "State": "LIVE",
            "ViewerCount": viewers,
            "Health": health,
        }

    def stage(self, arn: str, *sessions: str, active: bool = False, **tags: str) -> None:
        """There is a stage, which had sessions."""
        self.stages[arn] = {"Arn": arn, "Tags": tags}
        self.sessions[arn] = [*sessions]
        if active:
            self.stages[arn]["ActiveSessionId"] = sessions[-1]

    def call(self, _service: str, action: str, given: Mapping[str, Any]) -> object:
        """The answer to a call."""
        self.calls.append(action)
        if self.errors.get(action):
            raise ApiError(self.errors[action].pop(0))
        name = re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", action)
        return copy.deepcopy(getattr(self, f"_{name}")(given))

    def _get_stream(self, given: Mapping[str, Any]) -> object:
        stream = self.streams.get(given["ChannelArn"])
        if stream is None:
            raise ApiError("Ivs.ChannelNotBroadcastingException")
        return {"Stream": stream}

    def _list_streams(self, given: Mapping[str, Any]) -> object:
        return self._page("Streams", [*self.streams.values()], given)

    def _stop_stream(self, given: Mapping[str, Any]) -> object:
        if self.streams.pop(given["ChannelArn"], None) is None:
            raise ApiError("Ivs.ChannelNotBroadcastingException")
        return {}

    def _start_execution(self, given: Mapping[str, Any]) -> object:
        assert given["StateMachineArn"] == "arn:machine"
        name = given.get("Name", str(len(self.executions)))
        if name in self.executions:
            raise ApiError("Sfn.ExecutionAlreadyExistsException")
        self.executions[name] = json.loads(given["Input"])
        return {}

    def _put_events(self, given: Mapping[str, Any]) -> object:
        (entry,) = given["Entries"]
        assert entry["Source"] == "cdk-ivs.idle-guard"
        self.reports.append((entry["DetailType"], entry["Detail"]))
        return {"FailedEntryCount": 0}

    def _list_stages(self, given: Mapping[str, Any]) -> object:
        return self._page("Stages", [*self.stages.values()], given)

    def _get_stage(self, given: Mapping[str, Any]) -> object:
        return {"Stage": self._known_stage(given["Arn"])}

    def _list_stage_sessions(self, given: Mapping[str, Any]) -> object:
        self._known_stage(given["StageArn"])
        sessions = [{"SessionId": each} for each in self.sessions[given["StageArn"]]]
        return {"StageSessions": sessions}

    def _delete_stage(self, given: Mapping[str, Any]) -> object:
        del self.stages[self._known_stage(given["Arn"])["Arn"]]
        return {}

    def _known_stage(self, arn: str) -> dict[str, Any]:
        if arn not in self.stages:
            raise ApiError("IvsRealTime.ResourceNotFoundException")
        return self.stages[arn]

    def _page(self, name: str, items: list[Any], given: Mapping[str, Any]) -> dict[str, Any]:
        start = int(given.get("NextToken", 0))
        end = start + min(self.page, given["MaxResults"])
        more = {"NextToken": str(end)} if end < len(items) else {}
        return {name: items[start:end], **more}
