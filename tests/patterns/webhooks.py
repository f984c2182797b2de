"""The URL of a webhook, and the bodies that it gets."""

from __future__ import annotations

import json
import re
from typing import Any

from aws_cdk import Stack

from tests.monitoring.matching import matches
from tests.support.events import Event
from tests.support.oracles import resources_of

URL = "https://hooks.example.com/ivs"


def sent(stack: Stack, event: Event) -> list[dict[str, Any]]:
    """The bodies that the targets of matching rules get, as EventBridge transforms them."""
    bodies = []
    for rule in resources_of(stack, "AWS::Events::Rule").values():
        if not matches(rule["Properties"]["EventPattern"], event):
            continue
        (target,) = rule["Properties"]["Targets"]
        transformer = target["InputTransformer"]
        values = {
            name: json.dumps(at(event, path)) for name, path in transformer["InputPathsMap"].items()
        }
        text = transformer["InputTemplate"]
        for name, value in values.items():
            text = text.replace(f"<{name}>", value)
        bodies.append(json.loads(text))
    return bodies


def at(event: Event, path: str) -> Any:
    """What is at a path of an event, which is there."""
    found: Any = event
    for name, index in re.findall(r"[.]([\w-]+)(?:\[(\d+)\])?", path):
        found = found[name]
        if index:
            found = found[int(index)]
    return found
