"""A recording index at work: its state machine in an engine, its table in moto."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from unittest import mock

import boto3
from aws_cdk import App, Stack
from botocore.exceptions import ClientError
from moto import mock_aws

from cdk_ivs.patterns import RecordingIndex
from tests.patterns.state_machines import ApiError, Definition, run
from tests.support.events import Event
from tests.support.oracles import template_of

WRITES = {"Write", "WriteTheRest", "WriteTheStart"}
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-west-2",
}
Item = dict[str, Any]
Json = dict[str, Any]


class Failed(Exception):  # noqa: N818 - the state in which the execution is
    """An execution that failed, with the name and the cause of its error."""


def definition_of(template: Mapping[str, Any]) -> Json:
    """The definition of the one state machine in a template."""
    (machine,) = (
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::StepFunctions::StateMachine"
    )
    definition: Json = json.loads(machine["DefinitionString"])
    return definition


def at(event: Event, time: str, id: str, /, **detail: object) -> Event:
    """An event at a time of 2024-09-09, with an id and other details."""
    return {
        **event,
        "id": id,
        "time": f"2024-09-09T{time}Z",
        "detail": {**event["detail"], **detail},
    }


class Index:
    """
    A table and the state machine that writes into it.

    Attributes:
        answers: What tasks that are no writes answer, by the name of the state: a value, or an
            error that is raised.
        failures: Errors that the next calls of a state raise, by its name.
        sent: What went into the dead-letter queue.
        calls: The names of the states whose tasks were called.
        between: What is done right before the call of this number, counted from 1, by number.
    """

    def __init__(self, definition: Definition, client: Any) -> None:
        self._definition = definition
        self._client = client
        self.answers: dict[str, Any] = {}
        self.failures: dict[str, list[ApiError]] = {}
        self.sent: list[Json] = []
        self.calls: list[str] = []
        self.between: dict[int, Callable[[], None]] = {}

    def tell(self, *events: Event) -> None:
        """Run the state machine for each event, which may fail."""
        for event in events:
            (ended,) = run(self._definition, [event], self, before=self._enter)
            if ended.error is not None:
                raise Failed(ended.error, ended.cause)

    def items(self) -> list[Item]:
        """All items, in Python's values; sets are sorted."""
        return [plain(item) for item in self._client.scan(TableName="Table")["Items"]]

    def raw(self) -> list[Json]:
        """All items, as DynamoDB writes them."""
        items: list[Json] = self._client.scan(TableName="Table")["Items"]
        return items

    def beside(self) -> Index:
        """The same table, written by executions that run at the same time."""
        other = Index(self._definition, self._client)
        other.answers = self.answers
        return other

    def restore(self, items: Sequence[Json]) -> None:
        """Put the table into an earlier state."""
        for item in self.raw():
            self._client.delete_item(TableName="Table", Key={"recording_id": item["recording_id"]})
        for item in items:
            self._client.put_item(TableName="Table", Item=item)

    def _enter(self, _execution: int, state: str) -> None:
        self.calls.append(state)
        self.between.pop(len(self.calls), lambda: None)()

    def call(self, _service: str, _action: str, given: Mapping[str, Any], /) -> Any:
        """The answer to the task of the state that was entered last."""
        state, parameters = self.calls[-1], dict(given)
        if self.failures.get(state):
            raise self.failures[state].pop(0)
        if state in WRITES:
            assert parameters.pop("TableName") == "${TableName}"
            try:
                answer = self._client.update_item(TableName="Table", **parameters)
            except ClientError as error:
                found = error.response["Error"]
                raise ApiError(f"DynamoDB.{found['Code']}", found["Message"]) from None
            return {"Attributes": answer["Attributes"]}
        if state == "Undeliverable":
            self.sent.append(parameters)
            return {}
        answer = self.answers[state]
        if isinstance(answer, ApiError):
            raise answer
        return answer


def plain(item: Json) -> Item:
    """An item in Python's values."""
    values: Item = {}
    for name, typed in item.items():
        ((kind, value),) = typed.items()
        match kind:
            case "N":
                values[name] = int(value)
            case "SS":
                values[name] = sorted(value)
            case _:
                values[name] = value
    return values


@contextmanager
def index_of(definition: Definition) -> Iterator[Index]:
    """An index with an empty table."""
    with mock.patch.dict("os.environ", CREDENTIALS), mock_aws():
        client = boto3.client("dynamodb")
        client.create_table(
            TableName="Table",
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "recording_id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "recording_id", "AttributeType": "S"}],
        )
        yield Index(definition, client)


class Step:
    """
    What an event did to the table.

    Attributes:
        before: The names of the events that were told before.
        event: The name of the event.
        old: The item before, as DynamoDB writes it. None: there was none.
        new: The item after.
    """

    def __init__(
        self, before: frozenset[str], event: str, old: Json | None, new: Json | None
    ) -> None:
        self.before = before
        self.event = event
        self.old = old
        self.new = new


def every_order(
    index: Index, events: Mapping[str, Event]
) -> tuple[dict[frozenset[str], Item], list[Step]]:
    """
    The item after every set of the events, and the steps between.

    A set of events is reached from each of those with one fewer, and told each event that is in
    it once more. Where all of these leave the same item, so does every order of the events with
    any repetitions: one after another, each step is one of those that were tried.
    """
    states: dict[frozenset[str], list[Json]] = {frozenset(): []}
    steps: list[Step] = []
    for size in range(len(events) + 1):
        for names in itertools.combinations(events, size):
            told = frozenset(names)
            for name, event in events.items():
                index.restore(states[told])
                try:
                    index.tell(event)
                except Failed as failed:
                    raise AssertionError((sorted(told), name)) from failed
                after = index.raw()
                known = states.setdefault(told | {name}, after)
                assert [plain(item) for item in after] == [plain(item) for item in known], (
                    sorted(told),
                    name,
                )
                old, new = states[told], after
                steps.append(Step(told, name, old[0] if old else None, new[0] if new else None))
    return {told: plain(items[0]) for told, items in states.items() if items}, steps


def synthesized(app: App, **arguments: Any) -> Json:
    """The template of an index of everything."""
    stack = Stack(app, "Stack")
    index = RecordingIndex(stack, "Index", all=True, **arguments)
    index.on_ready("Ready")
    return template_of(stack)
