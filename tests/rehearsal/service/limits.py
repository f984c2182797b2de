"""What the models of the API allow, as botocore has them."""

from __future__ import annotations

import functools
import re
from typing import Any

import botocore.session
from botocore.model import ListShape, MapShape, OperationModel, Shape, StringShape, StructureShape

from tests.support.service import ServiceError

SERVICES = ("ivs", "ivs-realtime", "ivschat")
# All three services have them, for ARNs of their own.
TAGGING = {"ListTagsForResource", "TagResource", "UntagResource"}
# Letters, spaces and digits of all scripts, which Python writes in another way.
_LETTERS = (r"\p{L}\p{Z}\p{N}", r"\w\s")
_NUMBERS = {"float", "integer", "long"}
_TYPES: dict[str, type | tuple[type, ...]] = {
    "boolean": bool,
    "float": (float, int),
    "integer": int,
    "list": list,
    "long": int,
    "string": str,
}


@functools.cache
def operations() -> dict[str, OperationModel]:
    """The operations of the three services, by name."""
    session = botocore.session.get_session()
    models = [session.get_service_model(service) for service in SERVICES]
    return {name: model.operation_model(name) for model in models for name in model.operation_names}


def check(action: str, parameters: dict[str, Any]) -> None:
    """
    Check the parameters of a call.

    Raises:
        ServiceError: If the model of the action does not allow them.
    """
    _check(operations()[action].input_shape, parameters, action)


def _check(shape: Shape, value: Any, path: str) -> None:
    expected = _TYPES.get(shape.type_name, dict)
    if not isinstance(value, expected) or (isinstance(value, bool) and shape.type_name in _NUMBERS):
        raise _invalid(path, f"must be of type {shape.type_name}, got {value!r}")
    _check_range(shape, value, path)
    if isinstance(shape, StructureShape):
        _check_structure(shape, value, path)
    elif isinstance(shape, ListShape):
        for number, item in enumerate(value):
            _check(shape.member, item, f"{path}[{number}]")
    elif isinstance(shape, MapShape):
        for name, item in value.items():
            _check(shape.key, name, f"{path} key")
            _check(shape.value, item, f"{path}.{name}")
    elif isinstance(shape, StringShape):
        _check_text(shape, value, path)


def _check_structure(shape: StructureShape, value: dict[str, Any], path: str) -> None:
    for name in shape.required_members:
        if name not in value:
            raise _invalid(path, f"must have {name}")
    for name, item in value.items():
        if name not in shape.members:
            raise _invalid(path, f"has no {name}")
        _check(shape.members[name], item, f"{path}.{name}")


def _check_text(shape: StringShape, value: str, path: str) -> None:
    if shape.enum and value not in shape.enum:
        raise _invalid(path, f"must be one of {', '.join(shape.enum)}, got {value!r}")
    # The pattern of ResourceArn has one letter for the type of resource, and no ARN matches it.
    pattern = shape.metadata.get("pattern") if shape.name != "ResourceArn" else None
    if pattern and not re.fullmatch(pattern.replace(*_LETTERS), value):
        raise _invalid(path, f"must match {pattern}, got {value!r}")


def _check_range(shape: Shape, value: Any, path: str) -> None:
    size = value if isinstance(value, int | float) else len(value)
    smallest, largest = (shape.metadata.get(bound) for bound in ("min", "max"))
    if smallest is not None and size < smallest:
        raise _invalid(path, f"must be at least {smallest}, got {size}")
    if largest is not None and size > largest:
        raise _invalid(path, f"must be at most {largest}, got {size}")


def _invalid(path: str, message: str) -> ServiceError:
    return ServiceError("ValidationException", 400, f"{path} {message}")
