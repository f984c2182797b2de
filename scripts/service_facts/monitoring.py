"""
Facts about metrics and events in the database of the CDK CLI, and in this library.

The pages of AWS's guides are not machine-readable. The database has a part of their content. It is
in the package of the CLI.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from cdk_ivs._monitoring.catalog.events import EVENT_TYPES, SOURCE
from cdk_ivs._monitoring.catalog.metrics import CHAT, LOW_LATENCY, REAL_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .section import Facts

Database = dict[str, Any]
# Fields of `detail` that rules need not match, or that the database has under a wrong name.
FURTHER_FIELDS = {
    "IVS Limit Breach": ("exceeded_by", "limit", "limit_unit", "limit_value"),
    "IVS Recording State Change": ("recording_status_reason",),
}


def read_database(file: Path) -> Database:
    """
    The tables of the database.

    Args:
        file: `db.json.gz` of the package `aws-cdk`.
    """
    with gzip.open(file) as text:
        database: Database = json.load(text)["schema"]
    return database


def types_of_database(database: Database) -> Facts:
    """
    The types of resources with their properties and attributes.

    Args:
        database: The tables.
    """
    facts: Facts = {}
    for resource in _entities(database, "resource").values():
        name = str(resource["cloudFormationType"])
        if name.startswith(("AWS::IVS::", "AWS::IVSChat::")):
            facts[name] = ""
            for kind in ("properties", "attributes"):
                facts.update((f"{name} {kind} {key}", "") for key in resource.get(kind, {}))
    return facts


def metrics_of_database(database: Database) -> Facts:
    """
    The metrics with their statistics.

    Args:
        database: The tables.
    """
    return {
        f"{metric['namespace']} {metric['name']}": str(metric.get("statistic", ""))
        for metric in _entities(database, "metric").values()
        if str(metric.get("namespace", "")).startswith("AWS/IVS")
    }


def metrics_of_library() -> Facts:
    """The same of this library."""
    return {
        f"{namespace.name} {name}": metric.statistic
        for namespace in (LOW_LATENCY, REAL_TIME, CHAT)
        for name, metric in namespace.metrics.items()
    }


def events_of_database(database: Database) -> Facts:
    """
    The types of events with the fields of their details.

    Args:
        database: The tables.
    """
    types = _entities(database, "eventTypeDefinition")
    links: Mapping[str, list[dict[str, str]]] = database["eventUsesType"]["forward"]
    facts: Facts = {}
    for number, event in _entities(database, "event").items():
        if event["source"] == SOURCE:
            facts[event["detailType"]] = ""
            for link in links.get(number, ()):
                for field in types[link["$id"]]["properties"]:
                    facts[f"{event['detailType']} {field}"] = ""
    return facts


def events_of_library() -> Facts:
    """The same of this library, with the fields that its rules need not match."""
    return dict.fromkeys(_event_names(), "")


def _event_names() -> Iterator[str]:
    for event in EVENT_TYPES:
        yield event.detail_type
        yield f"{event.detail_type} {event.field}"
        for field in event.fields.values():
            yield f"{event.detail_type} {field.name}"
    for detail_type, fields in FURTHER_FIELDS.items():
        yield from (f"{detail_type} {field}" for field in fields)


def _entities(database: Database, table: str) -> dict[str, dict[str, Any]]:
    return {str(one["$id"]): one for one in database[table]["entities"]}
