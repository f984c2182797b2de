"""
Start ministack with the resource types of Amazon IVS.

Run by the virtual environment of the emulator, which has nothing of the library. What the types do
is asked of the tests, at the address in the environment.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import workarounds
from ministack import app
from ministack.core import lambda_runtime, persistence
from ministack.services import cloudformation, lambda_svc
from ministack.services.cloudformation import engine, provisioners, stacks

SERVICE = os.environ["REHEARSAL_SERVICE"]
# In seconds. Clients give up an answer that takes much longer.
LONGEST_WAIT = 30
# The tests ask the emulator in turn, which may wait.
ANSWER_SECONDS = 120
TYPES: dict[str, list[str]] = json.loads(os.environ["REHEARSAL_TYPES"])


def ask(**request: Any) -> dict[str, Any]:
    """Ask the tests, which refuse with an error."""
    body = json.dumps(request).encode()
    message = urllib.request.Request(f"{SERVICE}/provision", body, method="POST")
    try:
        with urllib.request.urlopen(message, timeout=ANSWER_SECONDS) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise RuntimeError(json.load(error)["message"]) from None


def obey_the_tests() -> None:
    """
    Write the state of all services to each file that the tests name in a line.

    When the tests have ended, however they did, end this process and all that it started.
    """

    def wait() -> None:
        # It is closed with the process of the tests.
        for line in sys.stdin:
            file = Path(line.strip())
            services = app._build_persistence_save_dict()
            state = {name: get_state() for name, get_state in services.items()}
            text = json.dumps(state, default=persistence._json_default)
            part = file.with_suffix(".part")
            part.write_text(text, encoding="utf-8")
            part.rename(file)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()


def register(resource_type: str, create_only: list[str]) -> None:
    """Let CloudFormation know a resource type."""

    def provision(request: str, **arguments: Any) -> tuple[str, dict[str, Any]]:
        answer = ask(request=request, type=resource_type, **arguments)
        return answer["physical_id"], answer["attributes"]

    def create(logical_id: str, properties: dict[str, Any], stack: str) -> tuple[str, dict]:
        return provision("create", logical_id=logical_id, properties=properties)

    def update(id: str, old: dict[str, Any], new: dict[str, Any], stack: str) -> tuple[str, dict]:
        return provision("update", physical_id=id, old=old, properties=new)

    def delete(id: str, properties: dict[str, Any]) -> None:
        provision("delete", physical_id=id, properties=properties)

    handlers = {"create": create, "update": update, "delete": delete}
    provisioners._RESOURCE_HANDLERS[resource_type] = handlers
    provisioners._REPLACING_PROPERTIES[resource_type] = tuple(create_only)
    provisioners._STACK_TAG_PROPERTY[resource_type] = ("Tags", "list")


def keep_unknown_parts() -> None:
    """
    Let CloudFormation know what ministack has no type for, and nothing is read back of.

    The policy of a secret is not enforced.
    """

    def create(logical_id: str, properties: dict[str, Any], stack: str) -> tuple[str, dict]:
        return logical_id, {}

    def update(id: str, old: dict[str, Any], new: dict[str, Any], stack: str) -> tuple[str, dict]:
        return id, {}

    def delete(id: str, properties: dict[str, Any]) -> None:
        """Nothing is there to be deleted."""

    provisioners._RESOURCE_HANDLERS.setdefault(
        "AWS::SecretsManager::ResourcePolicy",
        {"create": create, "update": update, "delete": delete},
    )


def ask_before_each() -> None:
    """Ask before a resource of whatever type is created or updated: the tests refuse some."""
    create, update = stacks._provision_resource, stacks._update_resource

    def create_if_allowed(type: str, logical_id: str, *others: Any) -> tuple:
        ask(request="begin", logical_id=logical_id)
        return create(type, logical_id, *others)

    def update_if_allowed(*places: Any) -> tuple:
        _, _, old, new, _, logical_id, *_ = places
        if old != new:
            ask(request="begin", logical_id=logical_id)
        return update(*places)

    stacks._provision_resource = create_if_allowed
    stacks._update_resource = update_if_allowed


def answer_when_done() -> None:
    """Answer what starts an operation when it has ended: the CLI asks again after five seconds."""
    handle = cloudformation.handle_request

    async def handle_and_wait(*request: Any) -> tuple:
        answer = await handle(*request)
        # The task that it starts has to begin.
        await asyncio.sleep(0)
        end = time.monotonic() + LONGEST_WAIT
        # Nothing tells when an operation has ended.
        while _in_progress() and time.monotonic() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        return answer

    cloudformation.handle_request = handle_and_wait


def take_ivs_first() -> None:
    """
    Create Amazon IVS's resources as early as their dependencies allow, and delete them last.

    CloudFormation may take resources that do not depend on each other in any order. ministack takes
    them by the alphabet, which hides that a dependency is missing.
    """
    sort = stacks._topological_sort

    def ivs_first(resources: dict[str, Any], conditions: dict[str, Any]) -> list[str]:
        names = sort(resources, conditions)
        order: dict[str, None] = {}

        def take(name: str) -> None:
            if name not in order:
                for other in sorted(engine._extract_deps(resources[name], set(names)) - {name}):
                    take(other)
                order[name] = None

        early = ("AWS::IVS", "Custom::")
        first = [name for name in names if resources[name]["Type"].startswith(early)]
        for name in [*first, *names]:
            take(name)
        return list(order)

    stacks._topological_sort = ivs_first


def _in_progress() -> bool:
    states = [stack["StackStatus"] for stack in cloudformation._stacks.values()]
    return any(state.endswith("IN_PROGRESS") and "REVIEW" not in state for state in states)


def wait_in_threads() -> None:
    """Ask the service in a thread: it asks the emulator in turn."""
    waits = stacks._runs_on_worker_thread
    stacks._runs_on_worker_thread = lambda type: type in TYPES or waits(type)


def tell_roles() -> None:
    """Have functions send the ARN of their role with their calls: permissions are checked by it."""
    credentials = lambda_runtime.execution_credentials

    def credentials_with_role(function: dict[str, Any]) -> dict[str, str]:
        return credentials(function) | {"AWS_SESSION_TOKEN": function["Role"]}

    for module in (lambda_runtime, lambda_svc):
        module.execution_credentials = credentials_with_role


def touch() -> None:
    """Change what the rehearsals need otherwise."""
    for resource_type, create_only in TYPES.items():
        register(resource_type, create_only)
    keep_unknown_parts()
    wait_in_threads()
    ask_before_each()
    take_ivs_first()
    answer_when_done()
    tell_roles()
    workarounds.apply()


if __name__ == "__main__":
    obey_the_tests()
    if not os.environ["REHEARSAL_UNTOUCHED"]:
        touch()
    app.main()
