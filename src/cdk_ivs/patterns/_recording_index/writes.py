"""The states that write an event into its item, the same for every kind of recording."""

from __future__ import annotations

from cdk_ivs._monitoring.catalog.enums import CompositionStateEvent, RecordingStatus

from .steps import KEY, RETRY, SECONDS, UNDELIVERABLE, State, assignments

# The values that CloudFormation puts into the definition.
TABLE = "TableName"
QUEUE = "DeadLetterQueueUrl"

_CONDITION_FAILED = ["DynamoDB.ConditionalCheckFailedException"]
_PLACE = {
    "recording_s3_bucket_name": ":bucket",
    "recording_s3_key_prefix": ":prefix",
    "playlist_key": ":playlist",
}
_STARTED = CompositionStateEvent.DESTINATION_START
_FAILED = CompositionStateEvent.DESTINATION_FAILURE
_ENDED = CompositionStateEvent.DESTINATION_END


def writing_states(time_to_live: str | None) -> State:
    """Return the states that are the same for every kind of recording."""
    write, expiry, expires = "Write", [], ""
    if time_to_live is not None:
        write, expiry, expires = "Expiry", ["$.expiry"], ", expires_at = :expires"
    values = ("$.recording.values", "$.place.values")
    started = "started_at = if_not_exists(started_at, :time)"
    both = "$.recording.set, $.place.set"
    write_all = (
        f"States.Format('SET {{}}, {{}}, {{}}, {started}{expires} {{}} {{}}', "
        f"{both}, $.status.set, $.status.remove, $.recording.add)"
    )
    write_rest = f"States.Format('SET {{}}, {{}}, {started} {{}}', {both}, $.recording.add)"
    return {
        "HasAnId": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.recording.id", "StringEquals": "", "Next": "OtherId"}],
            "Default": "HasAPlace",
        },
        "OtherId": {
            "Type": "Pass",
            "InputPath": "$.recording.fallback",
            "ResultPath": "$.recording.id",
            "Next": "HasAPlace",
        },
        "HasAPlace": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.recording.prefix", "StringEquals": "", "Next": "NoPlace"}],
            "Default": "Place",
        },
        "NoPlace": {
            "Type": "Pass",
            # An event without a prefix removes nothing from the item.
            "Result": {
                "set": assignments(
                    {name: f"if_not_exists({name}, {value})" for name, value in _PLACE.items()}
                ),
                "values": {":playlist": {"S": ""}},
            },
            "ResultPath": "$.place",
            "Next": "WhatHappened",
        },
        "Place": {
            "Type": "Pass",
            "Parameters": {
                "set": assignments(_PLACE),
                "values": {":playlist": {"S.$": "$.recording.playlist"}},
            },
            "ResultPath": "$.place",
            "Next": "WhatHappened",
        },
        "WhatHappened": {
            "Type": "Choice",
            "Choices": [
                _happened("Started", RecordingStatus.RECORDING_START, _STARTED),
                _happened("NotStarted", RecordingStatus.RECORDING_START_FAILURE),
                _happened("Failed", RecordingStatus.RECORDING_END_FAILURE, _FAILED),
                _happened("Ended", RecordingStatus.RECORDING_END, _ENDED),
            ],
            "Default": "UnexpectedEvent",
        },
        "Started": _status(1, RecordingStatus.RECORDING_START, write),
        "NotStarted": _status(2, RecordingStatus.RECORDING_START_FAILURE, write, failed=True),
        "Failed": _status(3, RecordingStatus.RECORDING_END_FAILURE, write, failed=True, ended=True),
        "Ended": _status(4, RecordingStatus.RECORDING_END, write, ended=True, ready=True),
        **({} if time_to_live is None else {"Expiry": _expiry(time_to_live)}),
        "Write": _update(
            write_all,
            _merged(*values, "$.status.values", "$.status.ended", *expiry),
            "$.recording.condition",
            after="IsEarlier",
            otherwise="WriteTheRest",
        ),
        "WriteTheRest": _update(
            write_rest,
            _merged(*values, "$.status.time"),
            f"attribute_exists({KEY})",
            after="IsEarlier",
        ),
        "IsEarlier": {
            "Type": "Choice",
            "Choices": [
                {
                    "Variable": "$.written.started_at",
                    "StringGreaterThanPath": "$.event.time",
                    "Next": "WriteTheStart",
                }
            ],
            "Default": "Written",
        },
        "WriteTheStart": _update(
            "SET started_at = :time",
            "$.status.time",
            "started_at > :time",
            after="Written",
            otherwise="Written",
        ),
        "Written": {"Type": "Succeed"},
        "UnexpectedEvent": {
            "Type": "Pass",
            "Result": {"Error": "UnexpectedEvent", "Cause": "Not an event that is indexed"},
            "ResultPath": "$.error",
            "Next": "Undeliverable",
        },
        # In the same form as undeliverable events from EventBridge.
        "Undeliverable": {
            "Type": "Task",
            "Resource": "arn:aws:states:::sqs:sendMessage",
            "Parameters": {
                "QueueUrl": f"${{{QUEUE}}}",
                "MessageBody.$": "$$.Execution.Input",
                "MessageAttributes": {
                    "ERROR_CODE": {"DataType": "String", "StringValue.$": "$.error.Error"},
                    "ERROR_MESSAGE": {
                        "DataType": "String",
                        "StringValue.$": "States.Format('Not indexed: {}', $.error.Cause)",
                    },
                },
            },
            "TimeoutSeconds": SECONDS,
            "Retry": [RETRY],
            "Next": "NotWritten",
        },
        "NotWritten": {
            "Type": "Fail",
            "Error": "NotIndexed",
            "Cause": "The event is in the dead-letter queue",
        },
    }


def _happened(after: str, *names: str) -> State:
    matched = [{"Variable": "$.recording.status", "StringEquals": str(name)} for name in names]
    if len(matched) == 1:
        return {**matched[0], "Next": after}
    return {"Or": matched, "Next": after}


def _status(
    rank: int,
    status: RecordingStatus,
    after: str,
    *,
    failed: bool = False,
    ended: bool = False,
    ready: bool = False,
) -> State:
    """Return the values that an event writes if it ranks above the previous ones."""
    time = {":time": {"S.$": "$.event.time"}}
    values: State = {
        **time,
        ":status": {"S": str(status)},
        ":winner": {"S.$": f"States.Format('{rank}#{{}}#{{}}', $.event.time, $.event.id)"},
    }
    attributes = {"recording_status": ":status", "winner": ":winner"}
    if failed:
        values[":reason"] = {"S.$": "$.recording.reason"}
        attributes["recording_status_reason"] = ":reason"
    if ready:
        attributes["ready_at"] = ":time"
    assigned = assignments(attributes)
    return {
        "Type": "Pass",
        "Parameters": {
            **(
                {"set.$": f"States.Format('{assigned}{{}}', $.recording.ended.set)"}
                if ended
                else {"set": assigned}
            ),
            # Remove the reason of an earlier failure.
            "remove": "" if failed else "REMOVE recording_status_reason",
            "values": values,
            "time": time,
            **({"ended.$": "$.recording.ended.values"} if ended else {"ended": {}}),
        },
        "ResultPath": "$.status",
        "Next": after,
    }


def _expiry(seconds: str) -> State:
    """
    Return the time at which an item is deleted, in Unix seconds.

    JSONPath has no function for that, and JSONata has.
    """
    at = f"$string($floor($toMillis($states.input.event.time) / 1000) + {seconds})"
    return {
        "Type": "Pass",
        "QueryLanguage": "JSONata",
        "Output": f"{{% $merge([$states.input, {{'expiry': {{':expires': {{'N': {at}}}}}}}]) %}}",
        "Next": "Write",
    }


def _update(
    expression: str, values: str, condition: str, *, after: str, otherwise: str = ""
) -> State:
    """
    Return a write into the item.

    Args:
        expression: The update expression.
        values: Its values.
        condition: The condition.
        after: The next state.
        otherwise: The next state if the condition is false. Empty: the event is undeliverable.
    """
    retry, catch = [RETRY], [UNDELIVERABLE]
    if otherwise:
        retry = [{"ErrorEquals": _CONDITION_FAILED, "MaxAttempts": 0}, *retry]
        unmet = {"ErrorEquals": _CONDITION_FAILED, "ResultPath": "$.error", "Next": otherwise}
        catch = [unmet, *catch]
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::dynamodb:updateItem",
        "Parameters": {
            "TableName": f"${{{TABLE}}}",
            "Key": {KEY: {"S.$": "$.recording.id"}},
            **_text("UpdateExpression", expression),
            **_text("ConditionExpression", condition),
            "ExpressionAttributeValues.$": values,
            "ReturnValues": "ALL_NEW",
        },
        "ResultSelector": {"started_at.$": "$.Attributes.started_at.S"},
        "ResultPath": "$.written",
        "TimeoutSeconds": SECONDS,
        "Retry": retry,
        "Catch": catch,
        "Next": after,
    }


def _text(name: str, value: str) -> State:
    """Return a parameter that is a text, or is computed when the state machine runs."""
    is_made = value.startswith(("$.", "States."))
    return {f"{name}.$" if is_made else name: value}


def _merged(first: str, *others: str) -> str:
    """Return the objects at several paths as one."""
    merged = first
    for other in others:
        merged = f"States.JsonMerge({merged}, {other}, false)"
    return merged
