"""
The states of a `StageBroadcast`.

They bring the broadcast in line with the stage, whatever the event is, because events can be
duplicated, late or out of order. An execution checks whether a participant publishes, and whether
this broadcast has a composition. It then starts a composition, stops it, or does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cdk_ivs.patterns._workflow.definition import (
    api_call,
    choice,
    each,
    equals,
    error_names,
    fail,
    is_present,
    put,
    succeed,
    verdict,
    wait,
)

if TYPE_CHECKING:
    from cdk_ivs.patterns._workflow.definition import State

TAG = "CdkIvsStageBroadcast"
"""The key of the tag of compositions of this library."""

POLL_SECONDS = 15
"""The seconds between two checks of a channel that is not offline yet."""

LOOK_AGAIN_SECONDS = 60
"""The seconds from the start of a composition to the next check of the stage."""

MOST_STARTS = 20
"""
The maximum number of times that an execution starts a composition.

Each ended composition of the session takes a call to find the next token.
"""

_REAL_TIME = "ivsrealtime"
_PAGE = 100
# The time until IVS reports that a composition stops.
_SETTLE_SECONDS = 5
_CONFLICT = error_names(_REAL_TIME, "ConflictException")
_GONE = error_names(_REAL_TIME, "ResourceNotFoundException")
# The name in the API, and that in the SDK for Java, which Step Functions uses for other
# services.
_OFFLINE = error_names("ivs", "ChannelNotBroadcasting", "ChannelNotBroadcastingException")


class Broadcast(NamedTuple):
    """
    The broadcast, with the values in the definition.

    Attributes:
        stage: The ARN of the stage.
        channel: The ARN of the channel, or None.
        destinations: The destinations of the composition.
        layout: The layout, or None for the default.
        tag: The value of the tag by which the broadcast recognizes its compositions.
        replicas: Whether replicas count as participants.
        stop_after: The seconds from the last participant to the stop.
        most_waits: The maximum number of checks of the channel.
    """

    stage: str
    channel: str | None
    destinations: list[dict[str, object]]
    layout: dict[str, object] | None
    tag: str
    replicas: bool
    stop_after: object
    most_waits: int


def broadcast_states(broadcast: Broadcast) -> dict[str, State]:
    """Return the states, the first of which is `WhatHappened`."""
    return {
        "WhatHappened": choice(
            (equals("$.detail.event_name", "Participant Unpublished"), "Unpublished"),
            default="Published",
        ),
        "Published": _begin(broadcast, "start", next_state="GetParticipant"),
        "Unpublished": _begin(broadcast, "stop", next_state="GracePeriod"),
        **_check_participant(broadcast),
        **_check_publishers(broadcast),
        **_find_composition(broadcast),
        **_wait_for_channel(broadcast),
        **_start(broadcast),
        **_stop(),
    }


def _begin(broadcast: Broadcast, goal: str, *, next_state: str) -> State:
    return put(
        "$",
        {
            "goal": goal,
            "participant.$": "$.detail.participant_id",
            "session.$": "$.detail.session_id",
            # One composition per session: a second call with the token starts nothing. Another
            # broadcast of the stage has another token. Otherwise it would get this composition.
            "token.$": f"States.Format('{{}}-{broadcast.tag}', $.detail.session_id)",
            "starts": {"count": 0},
            "waits": {"count": 0},
        },
        next=next_state,
    )


def _check_participant(broadcast: Broadcast) -> dict[str, State]:
    """Return the states for an event that can be so late that its participant has left."""
    return {
        "GetParticipant": api_call(
            _REAL_TIME,
            "getParticipant",
            {
                "StageArn": broadcast.stage,
                "SessionId.$": "$.session",
                "ParticipantId.$": "$.participant",
            },
            catch={"ParticipantLeft": _GONE},
            result={"State.$": "$.Participant.State"},
            result_path="$.checked",
            next="IsParticipantThere",
        ),
        "IsParticipantThere": choice(
            (equals("$.checked.State", "CONNECTED"), "FindComposition"), default="ParticipantLeft"
        ),
        "ParticipantLeft": succeed(
            "The participant who published has left. Others have their own events."
        ),
    }


def _check_publishers(broadcast: Broadcast) -> dict[str, State]:
    """
    Return the states that check whether a participant publishes.

    The list of participants only says who was connected and who ever published. The events of each
    participant say who publishes now.
    """
    given = {
        "StageArn": broadcast.stage,
        "SessionId.$": "$.session",
        "FilterByPublished": True,
        "MaxResults": _PAGE,
    }
    result = {
        "Connected.$": "$.Participants[?(@.State == 'CONNECTED')]",
        "Page.$": "$",
    }
    pages = {
        "ListPublishers": given,
        "ListMorePublishers": {**given, "NextToken.$": "$.publishers.Page.NextToken"},
    }
    calls = {
        name: api_call(
            _REAL_TIME,
            "listParticipants",
            parameters,
            result=result,
            result_path="$.publishers",
            next="WhoPublishes",
        )
        for name, parameters in pages.items()
    }
    return {
        "GracePeriod": wait(broadcast.stop_after, next="ListPublishers"),
        **calls,
        "WhoPublishes": each(
            "$.publishers.Connected",
            {
                "of.$": "$$.Map.Item.Value",
                "participant.$": "$$.Map.Item.Value.ParticipantId",
                "session.$": "$.session",
            },
            _publishing_states(broadcast),
            result={"Participants.$": "$[?(@.verdict == true)].participant"},
            result_path="$.now",
            next="DoesAnybodyPublish",
        ),
        "DoesAnybodyPublish": choice(
            (is_present("$.now.Participants[0]"), "SomebodyPublishes"),
            (is_present("$.publishers.Page.NextToken"), "ListMorePublishers"),
            default="NobodyPublishes",
        ),
        # A participant that started while a composition was stopping, or whose event was lost.
        "SomebodyPublishes": put(
            "$",
            {
                "goal": "start",
                "participant.$": "$.now.Participants[0]",
                "session.$": "$.session",
                "token.$": "$.token",
                "starts.$": "$.starts",
                "waits.$": "$.waits",
            },
            next="FindComposition",
        ),
        "NobodyPublishes": put("$.publishers", {}, next="FindComposition"),
    }


def _publishing_states(broadcast: Broadcast) -> dict[str, State]:
    """Return the states that check whether a participant is publishing."""
    is_replica = choice(
        (equals("$.of.ReplicationType", "REPLICA"), "DoesNotPublish"), default="ListEvents"
    )
    return {
        **({} if broadcast.replicas else {"IsReplica": is_replica}),
        "ListEvents": api_call(
            _REAL_TIME,
            "listParticipantEvents",
            {
                "StageArn": broadcast.stage,
                "SessionId.$": "$.session",
                "ParticipantId.$": "$.participant",
                "MaxResults": _PAGE,
            },
            result={
                "Started.$": "$.Events[?(@.Name == 'PUBLISH_STARTED')]",
                "Stopped.$": "$.Events[?(@.Name == 'PUBLISH_STOPPED')]",
                "Page.$": "$",
            },
            result_path="$.events",
            next="CountEvents",
        ),
        "CountEvents": put(
            "$.count",
            {
                "started.$": "States.ArrayLength($.events.Started)",
                "stopped.$": "States.ArrayLength($.events.Stopped)",
            },
            next="IsPublishing",
        ),
        "IsPublishing": choice(
            # A participant with more than one page of events counts as publishing, because it is
            # better to stop late than to stop too early.
            (is_present("$.events.Page.NextToken"), "Publishes"),
            (
                {
                    "Variable": "$.count.started",
                    "NumericGreaterThanPath": "$.count.stopped",
                },
                "Publishes",
            ),
            default="DoesNotPublish",
        ),
        "Publishes": verdict("participant", "$.participant", verdict=True),
        "DoesNotPublish": verdict("participant", "$.participant", verdict=False),
    }


def _find_composition(broadcast: Broadcast) -> dict[str, State]:
    """Return the states that find the composition of this broadcast among those of the stage."""
    given = {"FilterByStageArn": broadcast.stage, "MaxResults": _PAGE}
    pages = {
        "FindComposition": given,
        "FindCompositionFurtherOn": {**given, "NextToken.$": "$.found.Page.NextToken"},
    }
    calls = {
        name: api_call(
            _REAL_TIME,
            "listCompositions",
            parameters,
            patient=_CONFLICT,
            result={
                # One filter each, because all implementations of JSONPath support that.
                "Running": {
                    "Active.$": "$.Compositions[?(@.State == 'ACTIVE')]",
                    "Starting.$": "$.Compositions[?(@.State == 'STARTING')]",
                },
                "Page.$": "$",
            },
            result_path="$.found",
            next="Running",
        )
        for name, parameters in pages.items()
    }
    running, stop = is_present("$.ours.Arns[0]"), equals("$.goal", "stop")
    return {
        **calls,
        "Running": put("$.running", {"All.$": "$.found.Running[*][*]"}, next="WhichIsOurs"),
        "WhichIsOurs": each(
            "$.running.All",
            {"of.$": "$$.Map.Item.Value"},
            {
                "IsOurs": choice(
                    (equals(f"$.of.Tags.{TAG}", broadcast.tag), "Ours"), default="NotOurs"
                ),
                "Ours": verdict("arn", "$.of.Arn", verdict=True),
                "NotOurs": verdict("arn", "$.of.Arn", verdict=False),
            },
            result={"Arns.$": "$[?(@.verdict == true)].arn"},
            result_path="$.ours",
            next="WhatIsToBeDone",
        ),
        "WhatIsToBeDone": choice(
            ({"And": [running, stop]}, "StopComposition"),
            (running, "IsBroadcast"),
            (is_present("$.found.Page.NextToken"), "FindCompositionFurtherOn"),
            (stop, "NothingToStop"),
            (
                {"Variable": "$.starts.count", "NumericGreaterThanEquals": MOST_STARTS},
                "StartedTooOften",
            ),
            default="StartComposition" if broadcast.channel is None else "GetStream",
        ),
        "IsBroadcast": succeed("The stage is being broadcast."),
        "NothingToStop": succeed("No one publishes, and nothing is broadcast."),
    }


def _wait_for_channel(broadcast: Broadcast) -> dict[str, State]:
    """Return the states that wait for the channel, as a composition cannot take over."""
    if broadcast.channel is None:
        return {}
    return {
        "GetStream": api_call(
            "ivs",
            "getStream",
            {"ChannelArn": broadcast.channel},
            catch={"StartComposition": _OFFLINE},
            result={"State.$": "$.Stream.State"},
            result_path="$.stream",
            next="IsChannelLive",
        ),
        "IsChannelLive": choice(
            (equals("$.stream.State", "OFFLINE"), "StartComposition"),
            (
                {
                    "Variable": "$.waits.count",
                    "NumericGreaterThanEquals": broadcast.most_waits,
                },
                "ChannelIsLive",
            ),
            default="WaitForChannel",
        ),
        "WaitForChannel": wait(POLL_SECONDS, next="CountWait"),
        # Another execution can have started it by now, or all participants can have left.
        "CountWait": put(
            "$.waits", {"count.$": "States.MathAdd($.waits.count, 1)"}, next="GetParticipant"
        ),
        "ChannelIsLive": fail(
            "ChannelIsLive", "Another encoder streams to the channel: stop it, or use another one."
        ),
    }


def _start(broadcast: Broadcast) -> dict[str, State]:
    given: dict[str, object] = {
        "StageArn": broadcast.stage,
        "IdempotencyToken.$": "$.token",
        "Destinations": broadcast.destinations,
        "Tags": {TAG: broadcast.tag},
    }
    if broadcast.layout is not None:
        given["Layout"] = broadcast.layout
    return {
        "StartComposition": api_call(
            _REAL_TIME,
            "startComposition",
            given,
            # Another composition of the stage, the channel or the account can end.
            patient=[*_CONFLICT, *error_names(_REAL_TIME, "ServiceQuotaExceededException")],
            result={"Arn.$": "$.Composition.Arn", "State.$": "$.Composition.State"},
            result_path="$.composition",
            next="DoesItRun",
        ),
        "DoesItRun": choice(
            (equals("$.composition.State", "STARTING"), "Started"),
            (equals("$.composition.State", "ACTIVE"), "Started"),
            default="CountStart",
        ),
        # The composition with this token has ended, but the session continues. The next token is
        # derived from it, so that all executions compute the same one.
        "CountStart": put(
            "$.starts", {"count.$": "States.MathAdd($.starts.count, 1)"}, next="NextToken"
        ),
        "NextToken": {
            "Type": "Pass",
            "Parameters": {
                "goal": "start",
                "participant.$": "$.participant",
                "session.$": "$.session",
                "token.$": (
                    "States.Format('{}-{}', $.session, "
                    "States.ArrayGetItem(States.StringSplit($.composition.Arn, '/'), 1))"
                ),
                "starts.$": "$.starts",
                "waits.$": "$.waits",
            },
            "Next": "GetParticipant",
        },
        # The event can be so late that no one publishes anymore. IVS would continue until all
        # participants have left. By then, the API shows who has started to publish.
        "Started": wait(LOOK_AGAIN_SECONDS, next="LookAgain"),
        "LookAgain": put(
            "$",
            {
                "goal": "stop",
                "participant.$": "$.participant",
                "session.$": "$.session",
                "token.$": "$.token",
                "starts": {"count.$": "States.MathAdd($.starts.count, 1)"},
                "waits.$": "$.waits",
            },
            next="ListPublishers",
        ),
        "StartedTooOften": fail(
            "StartedTooOften", "The broadcast of this session ended too often: check the failures."
        ),
    }


def _stop() -> dict[str, State]:
    return {
        "StopComposition": api_call(
            _REAL_TIME,
            "stopComposition",
            {"Arn.$": "$.ours.Arns[0]"},
            # Another execution is stopping it, or it has ended.
            catch={"Settle": [*_CONFLICT, *_GONE]},
            next="Settle",
        ),
        # A participant that started to publish in between found it running.
        "Settle": wait(_SETTLE_SECONDS, next="ListPublishers"),
    }
