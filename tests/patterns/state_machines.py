"""
State machines that run: the definition of a template, with the API of a service played in Python.

The engine is aws-local-stepfunctions of npm, and asl-validator looks at the definition before.
The engine knows neither AWS nor time: it calls what plays a service, by the name of the state,
waits and tries again at once, and names errors as it is told. It cannot say whether Step
Functions knows an action or a member of its input: that is compared with botocore. It does not
check the size of what passes between states, the number of events in a history, or permissions.
"""

from __future__ import annotations

import atexit
import json
import re
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_suffix(".cjs")
SECONDS = 30

Definition = dict[str, Any]


class ApiError(Exception):
    """An error of a service, by the name that Step Functions gives it."""


class Service(Protocol):
    """What plays the services that a state machine calls."""

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
    """What asl-validator says of a definition: nothing, if it is one."""
    code = (
        "const read = require('node:fs').readFileSync(0, 'utf8');"
        "const found = require('asl-validator')(JSON.parse(read));"
        "process.stdout.write(found.isValid ? '' : found.errorsText('\\n'));"
    )
    return subprocess.run(
        ["node", "-e", code],
        input=json.dumps(definition),
        capture_output=True,
        check=True,
        cwd=ROOT,
        text=True,
        timeout=SECONDS,
    ).stdout


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
        service: What plays the services.
        context: What the context object has beside the input.
        before: Called before each task with the number of the execution and the state.
    """
    tasks = tasks_of(definition["States"])
    executions = [
        {"input": given, "context": {**(context or {}), "Execution": {"Input": given}}}
        for given in inputs
    ]
    engine = _engine()
    # A state machine can go around in a circle.
    timer = threading.Timer(SECONDS, engine.kill)
    timer.start()
    try:
        # Its timers are too short for days, which nobody waits for.
        timeless = {key: of for key, of in definition.items() if key != "TimeoutSeconds"}
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
                answer = {"error": str(error)}
            _send(engine, {"id": message["id"], **answer})
    except BaseException:
        engine.kill()
        raise
    finally:
        timer.cancel()
    raise AssertionError(f"the executions did not end within {SECONDS} seconds")


_engines: list[subprocess.Popen[str]] = []


def _engine() -> subprocess.Popen[str]:
    """The engine, a process that runs one state machine after another."""
    if not _engines or _engines[-1].poll() is not None:
        engine = subprocess.Popen(
            ["node", str(SCRIPT)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        _engines.append(engine)
        atexit.register(_close, engine)
    return _engines[-1]


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
