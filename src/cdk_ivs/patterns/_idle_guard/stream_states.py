"""
The states of an `IdleGuard` for streams.

One execution watches one stream, from its start to its end. The time without viewers is stored
nowhere else. The name of the execution is the ID of the stream, which Step Functions accepts only
once. Therefore, the event of a stream can come twice, and every hour all live streams can be listed
to find those whose event was lost.
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
    put_event,
    succeed,
    wait,
)

from .reports import SOURCE, STREAM_REPORT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cdk_ivs.patterns._workflow.definition import State

MOST_LOOKS = 800
"""The checks of an execution, which can have 25,000 events: each check takes about 25."""

_LAST = {"Variable": "$.looks.count", "NumericGreaterThanEquals": MOST_LOOKS}
_PAGE = 100
# The names in the API, and those in the SDK for Java, which Step Functions uses for other
# services.
_OFFLINE = error_names(
    "ivs",
    "ChannelNotBroadcasting",
    "ChannelNotBroadcastingException",
    "ResourceNotFoundException",
)
# A stream has one execution. If IVS fails for longer, the execution continues at the next check.
_LATER = ("IsItTheLast", "CannotWatch")
_TWICE = error_names("sfn", "ExecutionAlreadyExists", "ExecutionAlreadyExistsException")


class StreamWatch(NamedTuple):
    """
    The settings for checks of streams.

    Attributes:
        channels: The ARNs of the channels as in the definition, or None for all.
        pause: The seconds between two checks.
        quiet_looks: The checks in a row without viewers after which a stream is stopped, or None.
        starving_looks: The checks in a row of a starving stream after which it is stopped, or None.
        dry_run: Whether to only report the stream.
        guard: The ID of the guard in its reports.
    """

    channels: Sequence[str] | None
    pause: int
    quiet_looks: int | None
    starving_looks: int | None
    dry_run: bool
    guard: str


def stream_states(watch: StreamWatch) -> dict[str, State]:
    """Return the states, the first of which is `WhatStarts`."""
    return {
        "WhatStarts": choice(
            (is_present("$.watch"), "BeginWatch"),
            (is_present("$.detail.stream_id"), "OfEvent"),
            default="ListStreams" if watch.channels is None else "OfGuard",
        ),
        "OfEvent": put("$", {"Streams": [{"ChannelArn.$": "$.resources[0]"}]}, next="WatchEach"),
        **_list(watch),
        "WatchEach": each(
            "$.Streams",
            {"channel.$": "$$.Map.Item.Value.ChannelArn"},
            _begin_states(),
            next="IsThereMore" if watch.channels is None else "AllAreWatched",
        ),
        "AllAreWatched": succeed("Every live stream has an execution that watches it."),
        **_watch(watch),
        **_end(watch),
    }


def _list(watch: StreamWatch) -> dict[str, State]:
    """Return the states that list the channels that can be live."""
    if watch.channels is not None:
        streams = [{"ChannelArn": channel} for channel in watch.channels]
        return {"OfGuard": put("$", {"Streams": streams}, next="WatchEach")}
    pages: dict[str, dict[str, object]] = {
        "ListStreams": {"MaxResults": _PAGE},
        "ListMoreStreams": {"MaxResults": _PAGE, "NextToken.$": "$.NextToken"},
    }
    return {
        **{
            name: api_call("ivs", "listStreams", given, result_path="$", next="WatchEach")
            for name, given in pages.items()
        },
        "IsThereMore": choice(
            (is_present("$.NextToken"), "ListMoreStreams"), default="AllAreWatched"
        ),
    }


def _begin_states() -> dict[str, State]:
    """Return the states that start an execution for the stream of a channel, if there was none."""
    done: State = {"Type": "Pass", "Parameters": {}, "End": True}
    return {
        "FindStream": api_call(
            "ivs",
            "getStream",
            {"ChannelArn.$": "$.channel"},
            catch={"NothingToWatch": _OFFLINE},
            result={"id.$": "$.Stream.StreamId"},
            result_path="$.stream",
            next="DescribeWatch",
        ),
        "DescribeWatch": put(
            "$.input",
            {
                "watch": {
                    "channel.$": "$.channel",
                    "stream.$": "$.stream.id",
                    "round": 1,
                    "quiet": 0,
                    "starving": 0,
                }
            },
            next="StartWatch",
        ),
        "StartWatch": api_call(
            "sfn",
            "startExecution",
            {
                "StateMachineArn.$": "$$.StateMachine.Id",
                "Name.$": "$.stream.id",
                "Input.$": "States.JsonToString($.input)",
            },
            catch={"NothingToWatch": _TWICE},
            next="NothingToWatch",
        ),
        "NothingToWatch": done,
    }


def _watch(watch: StreamWatch) -> dict[str, State]:
    """Return the states that check the stream periodically, and count."""
    return {
        "BeginWatch": put(
            "$",
            {
                "channel.$": "$.watch.channel",
                "stream.$": "$.watch.stream",
                "round.$": "$.watch.round",
                "looks": {"count": 0},
                "quiet": {"count.$": "$.watch.quiet"},
                "starving": {"count.$": "$.watch.starving"},
            },
            next="Pause",
        ),
        "Pause": wait(watch.pause, next="GetStream"),
        "GetStream": api_call(
            "ivs",
            "getStream",
            {"ChannelArn.$": "$.channel"},
            catch={"StreamEnded": _OFFLINE},
            later=_LATER,
            result_path="$.look",
            next="IsSameStream",
        ),
        "IsSameStream": choice(
            (
                {"Variable": "$.look.Stream.StreamId", "StringEqualsPath": "$.stream"},
                "AreThereViewers",
            ),
            default="StreamEnded",
        ),
        # -1 means that IVS has no count, so it is neither zero nor more.
        "AreThereViewers": choice(
            (_number("$.look.Stream.ViewerCount", "NumericEquals", 0), "CountQuiet"),
            (_number("$.look.Stream.ViewerCount", "NumericGreaterThan", 0), "ResetQuiet"),
            default="DoesItStarve",
        ),
        "CountQuiet": _count("quiet", next_state="DoesItStarve"),
        "ResetQuiet": put("$.quiet", {"count": 0}, next="DoesItStarve"),
        "DoesItStarve": choice(
            (equals("$.look.Stream.Health", "STARVING"), "CountStarving"),
            (equals("$.look.Stream.Health", "HEALTHY"), "ResetStarving"),
            default="IsItEnough",
        ),
        "CountStarving": _count("starving", next_state="IsItEnough"),
        "ResetStarving": put("$.starving", {"count": 0}, next="IsItEnough"),
        **_judge(watch),
        "CountLook": _count("looks", next_state="Pause"),
        "IsItTheLast": choice((_LAST, "DescribeNextWatch"), default="CountLook"),
        "CannotWatch": fail("CannotWatch", "IVS refuses to look at the stream, or to stop it."),
        # The history of an execution is limited, but a stream is not. The next execution continues
        # the counts, because the time without viewers can be longer than an execution.
        "DescribeNextWatch": put(
            "$.input",
            {
                "watch": {
                    "channel.$": "$.channel",
                    "stream.$": "$.stream",
                    "round.$": "States.MathAdd($.round, 1)",
                    "quiet.$": "$.quiet.count",
                    "starving.$": "$.starving.count",
                }
            },
            next="WatchOn",
        ),
        "WatchOn": api_call(
            "sfn",
            "startExecution",
            {
                "StateMachineArn.$": "$$.StateMachine.Id",
                "Name.$": "States.Format('{}-{}', $.stream, $.input.watch.round)",
                "Input.$": "States.JsonToString($.input)",
            },
            catch={"WatchedOn": _TWICE},
            next="WatchedOn",
        ),
        "WatchedOn": succeed("Another execution continues to watch the stream."),
        "StreamEnded": succeed("The stream has ended, or another one has started."),
    }


def _judge(watch: StreamWatch) -> dict[str, State]:
    reasons = {
        "NoViewers": ("quiet", watch.quiet_looks, "no viewers"),
        "Starves": ("starving", watch.starving_looks, "starving"),
    }
    found = {name: of for name, of in reasons.items() if of[1] is not None}
    rules = [
        ({"Variable": f"$.{counter}.count", "NumericGreaterThanEquals": looks}, name)
        for name, (counter, looks, _) in found.items()
    ]
    after = "Report" if watch.dry_run else "StopStream"
    return {
        "IsItEnough": choice(*rules, (_LAST, "DescribeNextWatch"), default="CountLook"),
        **{
            name: put("$.verdict", {"reason": reason}, next=after)
            for name, (_, _, reason) in found.items()
        },
    }


def _end(watch: StreamWatch) -> dict[str, State]:
    stop = api_call(
        "ivs",
        "stopStream",
        {"ChannelArn.$": "$.channel"},
        catch={"StreamEnded": _OFFLINE},
        later=_LATER,
        next="Report",
    )
    return {
        **({} if watch.dry_run else {"StopStream": stop}),
        "Report": put_event(
            SOURCE,
            STREAM_REPORT,
            {
                "guard": watch.guard,
                "action": "reported" if watch.dry_run else "stopped",
                "reason.$": "$.verdict.reason",
                "channel_arn.$": "$.channel",
                "stream_id.$": "$.stream",
            },
            next="Reported",
        ),
        "Reported": succeed("The finding is sent as an event."),
    }


def _count(name: str, *, next_state: str) -> State:
    count = {"count.$": f"States.MathAdd($.{name}.count, 1)"}
    return put(f"$.{name}", count, next=next_state)


def _number(path: str, comparison: str, number: int) -> dict[str, object]:
    return {"And": [is_present(path), {"Variable": path, comparison: number}]}
