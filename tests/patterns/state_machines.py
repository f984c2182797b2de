"""
Validate and run state machines: definitions of templates, with Python in place of the services.

Two packages of npm do it: asl-validator checks a definition, and aws-local-stepfunctions runs it.
They follow the specification of the Amazon States Language. They cannot do these things:

- Services: a test, or moto, says what a task returns and which error it raises. Whether Step
  Functions knows an action or a member of its input is compared with botocore.
- JSONata: the package ``jsonata``, which is the reference, evaluates a state in that language.
- Time: waits and retries are over at once, and nothing times out.
- Limits: the size of data, the number of events in a history, quotas of calls.
- Permissions: other tests compare the policies of the role with the tasks.
"""

from __future__ import annotations

import atexit
import json
import re
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_suffix(".cjs")
SECONDS = 30

Definition = dict[str, Any]


class ApiError(Exception):
    """
    An error of a service.

    Attributes:
        name: The name that Step Functions gives it.
        cause: What is wrong.
    """

    def __init__(self, name: str, cause: str = "as the test says") -> None:
        super().__init__(name, cause)
        self.name = name
        self.cause = cause


class Service(Protocol):
    """Stands in for the services that a state machine calls."""

    def call(self, service: str, action: str, given: Mapping[str, Any], /) -> object:
        """The answer to a call."""


class Ended(NamedTuple):
    """
    How an execution ended.

    Attributes:
        output: What it gave, or None.
        error: The error with which it failed, or None.
        states: The states that it entered, those of a map too.
        cause: What was said of the error.
    """

    output: Any
    error: str | None
    states: list[str]
    cause: str | None = None


def definitions_of(template: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Definition]:
    """
    The definitions in a template after deployment, by the logical ids.

    Args:
        template: The template.
        values: What CloudFormation puts in, by the name in the definition.
    """
    machines = {
        name: resource["Properties"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::StepFunctions::StateMachine"
    }
    return {
        name: json.loads(
            re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], machine["DefinitionString"])
        )
        for name, machine in machines.items()
    }


def tasks_of(states: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The tasks among states, and those in maps, by name."""
    found: dict[str, dict[str, Any]] = {}
    for name, state in states.items():
        if state["Type"] == "Task":
            found[name] = state
        if state["Type"] == "Map":
            found |= tasks_of(state["ItemProcessor"]["States"])
    return found


def called(state: Mapping[str, Any]) -> tuple[str, str]:
    """The service and the action that a task calls."""
    service, action = state["Resource"].split(":")[-2:]
    return service, action


def validate(definition: Definition) -> str:
    """What asl-validator finds wrong with a definition: an empty text if nothing is."""
    with _idle_engine() as engine:
        _send(engine, {"validate": definition})
        wrong: str = json.loads(_stream(engine.stdout).readline())["wrong"]
    return wrong


def run(
    definition: Definition,
    inputs: Sequence[object],
    service: Service,
    *,
    context: Mapping[str, object] | None = None,
    before: Callable[[int, str], None] = lambda _execution, _state: None,
) -> list[Ended]:
    """
    Run executions at the same time, and return how each ended.

    Args:
        definition: The definition.
        inputs: Their inputs.
        service: What stands in for the services.
        context: What the context object has beside the input.
        before: Called before each task with the number of the execution and the state.
    """
    tasks = tasks_of(definition["States"])
    executions = [
        {"input": given, "context": {**(context or {}), "Execution": {"Input": given}}}
        for given in inputs
    ]
    # It has no timers for days, and nobody waits for them.
    timeless = {key: of for key, of in definition.items() if key != "TimeoutSeconds"}
    with _idle_engine() as engine:
        _send(engine, {"definition": timeless, "executions": executions})
        while line := _stream(engine.stdout).readline():
            message = json.loads(line)
            if "ended" in message:
                return [
                    Ended(one.get("output"), one.get("error"), one["entered"], one.get("cause"))
                    for one in message["ended"]
                ]
            before(message["execution"], message["state"])
            name, action = called(tasks[message["state"]])
            try:
                answer = {"result": service.call(name, action, message["input"])}
            except ApiError as error:
                answer = {"error": error.name, "cause": error.cause}
            _send(engine, {"id": message["id"], **answer})
    raise AssertionError(
        f"the executions did not end within {SECONDS} seconds, or there is no engine: run 'npm ci'"
    )


_idle: list[subprocess.Popen[str]] = []


@contextmanager
def _idle_engine() -> Iterator[subprocess.Popen[str]]:
    """A process that does nothing else meanwhile: while one runs, a test can run another."""
    while _idle and _idle[-1].poll() is not None:
        _idle.pop()
    engine = _idle.pop() if _idle else _start()
    # A state machine can go around in a circle.
    timer = threading.Timer(SECONDS, engine.kill)
    timer.start()
    try:
        yield engine
    except BaseException:
        engine.kill()
        raise
    finally:
        timer.cancel()
    _idle.append(engine)


def _start() -> subprocess.Popen[str]:
    engine = subprocess.Popen(
        ["node", str(SCRIPT)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(_close, engine)
    return engine


def _close(engine: subprocess.Popen[str]) -> None:
    engine.kill()
    engine.communicate()


def _send(engine: subprocess.Popen[str], message: object) -> None:
    stream = _stream(engine.stdin)
    stream.write(json.dumps(message) + "\n")
    stream.flush()


def _stream(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
