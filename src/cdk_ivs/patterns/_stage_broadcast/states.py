"""
What the state machine of a StageBroadcast does.

It brings the broadcast in line with the stage, whatever the event: events come twice, late and
out of order. An execution looks whether somebody publishes and whether there is a composition of
this broadcast, and then starts one, stops it, or does nothing.
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
"""How often the channel is looked at that is not offline yet."""

LOOK_AGAIN_SECONDS = 60
"""How long after the start of a composition the stage is looked at again."""

MOST_STARTS = 20
"""
How often an execution starts a composition.

Each one of the session that has ended takes a call, to learn of the next one.
"""

_REAL_TIME = "ivsrealtime"
_PAGE = 100
# For IVS to say that a composition stops.
_SETTLE_SECONDS = 5
_CONFLICT = error_names(_REAL_TIME, "ConflictException")
_GONE = error_names(_REAL_TIME, "ResourceNotFoundException")
# The name in the API, and that of the SDK for Java, which is the one that Step Functions shows of
# other services.
_OFFLINE = error_names("ivs", "ChannelNotBroadcasting", "ChannelNotBroadcastingException")


class Broadcast(NamedTuple):
    """
    What is broadcast, as it stands in the definition.

    Attributes:
        stage: The ARN of the stage.
        channel: That of the channel, or None.
        destinations: The destinations of the composition.
        layout: The layout, or None for the service's.
        tag: The value of the tag, by which the broadcast knows its compositions.
        replicas: Whether participants of other stages count.
        stop_after: The seconds after the last participant until it stops.
        most_waits: How often the channel is looked at before it is given up.
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
    """The states, the first of which is ``WhatHappened``."""
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
            # broadcast of the stage has a token of its own, or it would get this composition.
            "token.$": f"States.Format('{{}}-{broadcast.tag}', $.detail.session_id)",
            "starts": {"count": 0},
            "waits": {"count": 0},
        },
        next=next_state,
    )


def _check_participant(broadcast: Broadcast) -> dict[str, State]:
    """An event may come so late that its participant has left."""
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
    Whether anybody publishes, which the API tells by the events of each participant.

    A list of participants says who was connected and who ever published.
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
        # Who began while a composition was being stopped, or whose event never came.
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
    """Of one participant: whether publishing began more often than it stopped."""
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
            # Who has that many events is taken to publish: rather too long than too short.
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
    """The composition of this broadcast, among those of the stage that others may have started."""
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
                # One filter each: that is what all readers of JSONPath understand.
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
    """Wait until the channel is offline: a composition cannot take over from another encoder."""
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
        # Meanwhile others may have started it, or everybody may have left.
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
            # Another composition may end, of the stage, of the channel or of the account.
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
        # The token is that of a composition which has ended, of a session that goes on. The next
        # token comes from it, so that all who publish come to the same one.
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
        # The event may have come so late that nobody publishes any more: IVS would go on until all
        # have left. The API shows within that time who has begun to publish.
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
            # Another execution stops it, or it ended by itself.
            catch={"Settle": [*_CONFLICT, *_GONE]},
            next="Settle",
        ),
        # Who begins to publish now found it running.
        "Settle": wait(_SETTLE_SECONDS, next="ListPublishers"),
    }
