"""
Definitions of state machines in the Amazon States Language, with JSONPath.

They are written as text. A state of the CDK takes several messages. Its class for SDK calls grants
actions with the prefix of the client, but the IAM actions of real time begin with `ivs:`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from aws_cdk import Tokenization

from cdk_ivs._validation.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

State: TypeAlias = "dict[str, object]"

_PREFIXES = {"ivs": "Ivs", "ivsrealtime": "IvsRealTime", "sfn": "Sfn"}
# Retries for temporary errors, such as throttling.
_RETRY: dict[str, object] = {
    "BackoffRate": 2,
    "ErrorEquals": ["States.ALL"],
    "IntervalSeconds": 2,
    "JitterStrategy": "FULL",
    "MaxAttempts": 5,
    "MaxDelaySeconds": 30,
}
# Every action can return these errors.
_REFUSED = ("AccessDeniedException", "ValidationException")
# Retries cannot succeed.
_PERMANENT = (
    "AccessDeniedException",
    "PendingVerificationException",
    "ResourceNotFoundException",
    "ValidationException",
)


class Definition:
    """
    A definition with placeholders for values that are known only at deployment.

    Attributes:
        substitutions: The values, by the name of the placeholder.
    """

    def __init__(self) -> None:
        self.substitutions: dict[str, str] = {}
        self._numbers: list[str] = []

    def text(self, name: str, value: str) -> str:
        """Add a text, for instance an ARN, and return its placeholder."""
        self.substitutions[name] = value
        return f"${{{name}}}"

    def number(self, name: str, value: float) -> object:
        """Return the number, or a placeholder if it is a token."""
        if not is_token(value):
            return value
        self._numbers.append(name)
        # A Lazy number is rendered as text too, which a substitution must be.
        return self.text(name, Tokenization.stringify_number(value))

    def render(self, start: str, states: Mapping[str, State], timeout: int) -> str:
        """
        Return the definition as text.

        Args:
            start: The first state.
            states: The states by name.
            timeout: The maximum seconds of an execution.
        """
        text = json.dumps({"StartAt": start, "States": states, "TimeoutSeconds": timeout}, indent=1)
        # JSON has no quotation marks around a number.
        for name in self._numbers:
            text = text.replace(f'"${{{name}}}"', f"${{{name}}}")
        return text


def error_names(service: str, *names: str) -> list[str]:
    """Return the names of errors in Step Functions, after the exceptions of the SDK for Java."""
    return [f"{_PREFIXES[service]}.{name}" for name in names]


def api_call(
    service: str,
    action: str,
    parameters: Mapping[str, object],
    *,
    next: str,
    catch: Mapping[str, Sequence[str]] | None = None,
    later: tuple[str, str] | None = None,
    patient: Sequence[str] = (),
    result: Mapping[str, object] | None = None,
    result_path: str | None = None,
) -> State:
    """
    Return a call of the API, which is retried unless a retry cannot succeed.

    Args:
        service: The service: `ivs` or `ivsrealtime`.
        action: The action, which begins with a lower-case letter.
        parameters: The input.
        next: The next state.
        catch: The errors that lead to another state, by that state. They are not retried, unless
            they are also in `patient`.
        later: The state after an error that retries did not fix within a minute, and the state
            after an error that no retry can fix. None: the execution fails.
        patient: Errors that are retried over minutes.
        result: The part of the response to keep. Default: all of it.
        result_path: The path for that part. None: it is discarded.
    """
    caught = catch or {}
    expected = {name for names in caught.values() for name in names}
    permanent = {*expected, *error_names(service, *_PERMANENT)} - {*patient}
    retry: list[State] = [{"ErrorEquals": sorted(permanent), "MaxAttempts": 0}]
    if patient:
        retry.append(
            {
                "BackoffRate": 1.5,
                "ErrorEquals": [*patient],
                "IntervalSeconds": 10,
                "JitterStrategy": "FULL",
                "MaxAttempts": 8,
                "MaxDelaySeconds": 60,
            }
        )
    retry.append(_RETRY)
    state: State = {
        "Type": "Task",
        "Resource": f"arn:aws:states:::aws-sdk:{service}:{action}",
        "Parameters": parameters,
        **_result_at(result_path),
        "Retry": retry,
        "TimeoutSeconds": 30,
        "Next": next,
    }
    if result is not None:
        state["ResultSelector"] = result
    catchers = [*caught.items()]
    if later is not None:
        mended, refused = later
        catchers += [(refused, error_names(service, *_REFUSED)), (mended, ["States.ALL"])]
    if catchers:
        state["Catch"] = [
            {"ErrorEquals": [*names], "Next": name, "ResultPath": None} for name, names in catchers
        ]
    return state


def put_event(
    source: str,
    detail_type: str,
    detail: Mapping[str, object],
    *,
    next: str,
) -> State:
    """Return an event for the default event bus, which fails if EventBridge refuses it."""
    entry = {"Detail": detail, "DetailType": detail_type, "Source": source}
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::events:putEvents",
        "Parameters": {"Entries": [entry]},
        "ResultPath": None,
        "Retry": [_RETRY],
        "TimeoutSeconds": 30,
        "Next": next,
    }


def choice(*rules: tuple[Mapping[str, object], str], default: str) -> State:
    """Return a choice: the state after the first condition that is true, or the default."""
    return {
        "Type": "Choice",
        "Choices": [{**condition, "Next": name} for condition, name in rules],
        "Default": default,
    }


def is_present(path: str) -> dict[str, object]:
    """Return the condition that a path exists."""
    return {"Variable": path, "IsPresent": True}


def equals(path: str, text: str) -> dict[str, object]:
    """Return the condition that a path, which can be missing, has a text."""
    return {"And": [is_present(path), {"Variable": path, "StringEquals": text}]}


def each(
    path: str,
    item: Mapping[str, object],
    states: Mapping[str, State],
    *,
    next: str,
    result: Mapping[str, object] | None = None,
    result_path: str | None = None,
) -> State:
    """
    Return the states for each item of a list, a few items at a time, because of API rate quotas.

    Args:
        path: The list.
        item: The input of the states for an item.
        states: The states, in order.
        next: The next state.
        result: The part of the list of outputs to keep. Default: all of it.
        result_path: The path for that part. None: it is discarded.
    """
    state: State = {
        "Type": "Map",
        "ItemsPath": path,
        "ItemSelector": item,
        "MaxConcurrency": 3,
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "INLINE"},
            "StartAt": first_of(states),
            "States": states,
        },
        **_result_at(result_path),
        "Next": next,
    }
    if result is not None:
        state["ResultSelector"] = result
    return state


def first_of(states: Mapping[str, State]) -> str:
    """Return the first of several states."""
    return next(iter(states))


def verdict(name: str, path: str, *, verdict: bool) -> State:
    """Return the end of an item of a list, which marks it among the others."""
    return {"Type": "Pass", "Parameters": {f"{name}.$": path, "verdict": verdict}, "End": True}


def wait(seconds: object, *, next: str) -> State:
    """Return a pause, which is free of charge."""
    return {"Type": "Wait", "Seconds": seconds, "Next": next}


def put(
    path: str,
    value: Mapping[str, object],
    *,
    next: str,
) -> State:
    """Return a state that adds values at a path, or replaces the whole input at `$`."""
    return {"Type": "Pass", "Parameters": value, **_result_at(path), "Next": next}


def _result_at(path: str | None) -> dict[str, str | None]:
    """Return the path for a result. None discards it. The default replaces the whole input."""
    return {} if path == "$" else {"ResultPath": path}


def succeed(comment: str) -> State:
    """Return an end without an error."""
    return {"Type": "Succeed", "Comment": comment}


def fail(error: str, cause: str) -> State:
    """Return an end with an error."""
    return {"Type": "Fail", "Error": error, "Cause": cause}
