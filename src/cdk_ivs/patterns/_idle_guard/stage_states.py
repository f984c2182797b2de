"""
The states of an `IdleGuard` for stages.

An execution remembers the stages without participants, waits, and checks them again. Stages that
had no session in between are idle. Waiting is free, and no table is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cdk_ivs.patterns._workflow.definition import (
    api_call,
    choice,
    each,
    equals,
    error_names,
    is_present,
    put,
    put_event,
    succeed,
    verdict,
    wait,
)

from .reports import SOURCE, STAGE_REPORT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cdk_ivs.patterns._workflow.definition import State

_REAL_TIME = "ivsrealtime"
# Each stage makes up to 60 of the 25,000 events that an execution can have.
_PAGE = 100
_GONE = error_names(_REAL_TIME, "ResourceNotFoundException")
# A participant joined at that moment.
_IN_USE = error_names(_REAL_TIME, "ConflictException")


class StageSweep(NamedTuple):
    """
    The settings for checks of stages.

    Attributes:
        tags: The tags that a stage must have.
        idle_for: The seconds without a session after which a stage is idle.
        delete: Whether to delete idle stages.
        guard: The ID of the guard in its reports.
    """

    tags: Mapping[str, str]
    idle_for: int
    delete: bool
    guard: str


def stage_states(sweep: StageSweep) -> dict[str, State]:
    """Return the states, the first of which is `WhichPage`."""
    pages: dict[str, dict[str, object]] = {
        "ListStages": {"MaxResults": _PAGE},
        "ListMoreStages": {"MaxResults": _PAGE, "NextToken.$": "$.NextToken"},
    }
    item = {"of.$": "$$.Map.Item.Value"}
    return {
        "WhichPage": choice((is_present("$.NextToken"), "ListMoreStages"), default="ListStages"),
        **{
            name: api_call(_REAL_TIME, "listStages", given, result_path="$", next="IsThereMore")
            for name, given in pages.items()
        },
        "IsThereMore": choice(
            (is_present("$.NextToken"), "DescribeNextPage"), default="WhichAreEmpty"
        ),
        # An execution waits for one page. Another execution does so for the next page.
        "DescribeNextPage": put("$.input", {"NextToken.$": "$.NextToken"}, next="NextPage"),
        "NextPage": api_call(
            "sfn",
            "startExecution",
            {
                "StateMachineArn.$": "$$.StateMachine.Id",
                "Input.$": "States.JsonToString($.input)",
            },
            next="WhichAreEmpty",
        ),
        "WhichAreEmpty": each(
            "$.Stages",
            item,
            _empty_states(sweep),
            result={"Stages.$": "$[?(@.verdict == true)].stage"},
            result_path="$",
            next="IsThereAny",
        ),
        "IsThereAny": choice((is_present("$.Stages[0]"), "Wait"), default="Done"),
        "Wait": wait(sweep.idle_for, next="WhichStillAre"),
        "WhichStillAre": each("$.Stages", item, _idle_states(sweep), next="Done"),
        "Done": succeed("Idle stages are deleted or reported."),
    }


def _is_candidate(stage: str, sweep: StageSweep) -> dict[str, object]:
    """Return the condition that a stage has the tags and no participants."""
    return {
        "And": [
            *(equals(f"{stage}.Tags['{key}']", value) for key, value in sweep.tags.items()),
            {"Not": is_present(f"{stage}.ActiveSessionId")},
        ]
    }


def _list_sessions(next_state: str) -> State:
    return api_call(
        _REAL_TIME,
        "listStageSessions",
        {"StageArn.$": "$.arn", "MaxResults": _PAGE},
        result={"Ids.$": "$.StageSessions[*].SessionId"},
        result_path="$.sessions",
        next=next_state,
    )


def _empty_states(sweep: StageSweep) -> dict[str, State]:
    """Return the states that list the sessions of a stage without participants."""
    return {
        "IsEmpty": choice((_is_candidate("$.of", sweep), "NoteArn"), default="InUse"),
        "NoteArn": put("$", {"arn.$": "$.of.Arn"}, next="ListSessions"),
        "ListSessions": _list_sessions("NoteSessions"),
        "NoteSessions": put(
            "$.stage",
            {"arn.$": "$.arn", "sessions.$": "States.JsonToString($.sessions.Ids)"},
            next="Empty",
        ),
        "Empty": verdict("stage", "$.stage", verdict=True),
        "InUse": {"Type": "Pass", "Parameters": {"verdict": False}, "End": True},
    }


def _idle_states(sweep: StageSweep) -> dict[str, State]:
    """Return the states that act on a stage that had no session since."""
    delete = api_call(
        _REAL_TIME,
        "deleteStage",
        {"Arn.$": "$.arn"},
        catch={"Kept": [*_GONE, *_IN_USE]},
        next="Report",
    )
    return {
        "NoteStage": put("$", {"arn.$": "$.of.arn", "before.$": "$.of.sessions"}, next="GetStage"),
        "GetStage": api_call(
            _REAL_TIME,
            "getStage",
            {"Arn.$": "$.arn"},
            catch={"Kept": _GONE},
            result_path="$.now",
            next="IsStillEmpty",
        ),
        # Check the tags again, so that removing them protects the stage.
        "IsStillEmpty": choice(
            (_is_candidate("$.now.Stage", sweep), "ListSessionsAgain"), default="Kept"
        ),
        "ListSessionsAgain": _list_sessions("CompareSessions"),
        "CompareSessions": put(
            "$.after", {"sessions.$": "States.JsonToString($.sessions.Ids)"}, next="IsIdle"
        ),
        "IsIdle": choice(
            (
                {"Variable": "$.after.sessions", "StringEqualsPath": "$.before"},
                "DeleteStage" if sweep.delete else "Report",
            ),
            default="Kept",
        ),
        **({"DeleteStage": delete} if sweep.delete else {}),
        "Report": put_event(
            SOURCE,
            STAGE_REPORT,
            {
                "guard": sweep.guard,
                "action": "deleted" if sweep.delete else "reported",
                "reason": "no participants",
                "stage_arn.$": "$.arn",
            },
            next="Kept",
        ),
        "Kept": {"Type": "Pass", "Parameters": {}, "End": True},
    }
