"""Facts in botocore's models of the APIs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from botocore.model import ServiceModel, Shape

    from .section import Facts

SERVICES = ("ivs", "ivs-realtime", "ivschat")
# Fields whose values are not an enum of the model, but in its documentation.
_DESCRIBED = {"ivs": (("StreamEvent", "code"),)}


def facts_of_service(model: ServiceModel) -> Facts:
    """
    The operations of a service with their parameters, limits and results, and its enums.

    Args:
        model: The model of the service.
    """
    facts: Facts = {}
    for name in model.operation_names:
        operation = model.operation_model(name)
        facts[name] = ""
        for verb, shape in (("takes", operation.input_shape), ("returns", operation.output_shape)):
            if shape is not None:
                facts.update(
                    (f"{name} {verb} {path}", described if verb == "takes" else "")
                    for path, described in _members(shape, "", ())
                )
    for name in model.shape_names:
        shape = model.shape_for(name)
        facts.update((f"enum {name} {value}", "") for value in getattr(shape, "enum", ()))
    for name, field in _DESCRIBED.get(str(model.service_name), ()):
        text = str(model.shape_for(name).members[field].documentation)
        found = re.findall("<code>([A-Za-z]+)</code> +\N{EM DASH}", text)
        facts.update((f"{name} {field} {value}", "") for value in found)
    return facts


def _members(shape: Shape, path: str, around: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    # A structure within itself would never end.
    if shape.name in around:
        return
    inner = (*around, shape.name)
    if path:
        yield path, _described(shape)
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            yield from _members(member, f"{path}/{name}".removeprefix("/"), inner)
        for name in shape.required_members:
            yield f"{path}/{name} required".removeprefix("/"), ""
    elif shape.type_name == "list":
        yield from _members(shape.member, f"{path}[]", inner)


def _described(shape: Shape) -> str:
    metadata: Mapping[str, Any] = shape.metadata
    limits = [
        f"{key} {json.dumps(metadata[key])}" for key in ("min", "max", "pattern") if key in metadata
    ]
    return ", ".join([shape.type_name, *limits])


def regions_of(endpoints: Mapping[str, Any]) -> Facts:
    """
    The Regions of each API.

    Args:
        endpoints: The endpoints of all services, as botocore has them.
    """
    return {
        f"{service} {region}": ""
        for partition in endpoints["partitions"]
        for service in ("ivs", "ivschat", "ivsrealtime")
        for region in partition["services"].get(service, {}).get("endpoints", {})
    }
