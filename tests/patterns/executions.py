"""
State machines that are run by an engine of npm, with tasks that Python does.

The engine, aws-local-stepfunctions, follows the specification of the Amazon States Language for
JSONPath. It cannot do these things, which are Step Functions' own:

- The services: what a task answers is said by a test, or by moto.
- JSONata: such a state is evaluated by the package ``jsonata``, which is the reference for it.
- Limits: the size of data, the time that a workflow has, the quotas of calls.
- Times: retries do not wait, and no task times out.
- The permissions of the role, which other tests compare with the tasks.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

Json = dict[str, Any]
Task = Callable[[str, Json], Any]

_SCRIPT = Path(__file__).with_suffix(".cjs")
_SECONDS = 20


class TaskError(Exception):
    """
    The error of a task, as Step Functions reports it.

    Attributes:
        name: The name of the error.
        cause: What is wrong.
    """

    def __init__(self, name: str, cause: str = "as the test says") -> None:
        super().__init__(name, cause)
        self.name = name
        self.cause = cause


class Failed(Exception):  # noqa: N818 - the state in which the execution is
    """
    An execution that failed.

    Attributes:
        error: The name of the error.
    """

    def __init__(self, error: str, cause: str) -> None:
        super().__init__(error, cause)
        self.error = error


class Engine:
    """A process in which state machines run, one after another."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=_SECONDS)

    def findings(self, definition: Json) -> str:
        """What asl-validator has against a definition."""
        text: str = self._ask({"validate": definition})["errors"]
        return text

    def run(self, definition: Json, event: Mapping[str, Any], task: Task) -> Any:
        """
        Run a state machine to its end.

        Args:
            definition: The state machine.
            event: Its input.
            task: What a task does, by the name of its state and its parameters.
        """
        answer = self._ask({"definition": definition, "input": event, "seconds": _SECONDS})
        while "task" in answer:
            try:
                reply = {"output": task(answer["task"], answer["input"])}
            except TaskError as error:
                reply = {"error": error.name, "cause": error.cause}
            answer = self._ask(reply)
        if "error" in answer:
            raise Failed(answer["error"], answer["cause"])
        return answer["result"]

    def _ask(self, request: Mapping[str, Any]) -> Json:
        streams = self._process.stdin, self._process.stdout
        assert streams[0] is not None
        assert streams[1] is not None
        streams[0].write(f"{json.dumps(request)}\n")
        streams[0].flush()
        line = streams[1].readline()
        if not line:
            pytest.fail("there is no engine of state machines: run 'npm ci'", pytrace=False)
        answer: Json = json.loads(line)
        return answer
