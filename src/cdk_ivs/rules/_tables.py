"""The data of the library about the service, in the form that Rego takes."""

from __future__ import annotations

import base64
from typing import Any

from cdk_ivs._core.regions import AD_CONFIGURATION_REGIONS, REGIONS
from cdk_ivs._iam.resource_types import AD_CONFIGURATION, TYPES
from cdk_ivs._monitoring.catalog.events import EVENT_TYPES, SOURCE, EventField, Text
from cdk_ivs._monitoring.catalog.metrics import CHAT, DIMENSION_VALUES, LOW_LATENCY, REAL_TIME
from cdk_ivs._validation import p384
from cdk_ivs._validation.countries import COUNTRIES
from cdk_ivs._validation.origins import _ORIGIN

from ._catalog import RULES

# The events that the catalog does not have: one whose content no source shows, and those of
# CloudTrail.
_OTHER_DETAIL_TYPES = ("IVS Publisher Recording State Change", "AWS API Call via CloudTrail")

# Of a channel, and of an ingest configuration.
_REGION = "[a-z]{2}(?:-[a-z]+)+-[0-9]+"
_STREAM_KEY = f"^(?:sk_{_REGION}|rt_[0-9]{{12}}_{_REGION})_[A-Za-z0-9-]+_.+$"


def tables() -> dict[str, Any]:
    """All tables, by name."""
    return {
        "rules": {
            rule.id: {"severity": str(rule.severity), "message": rule.message} for rule in RULES
        },
        "types": {record.cfn_type: record.arn_name for record in TYPES},
        "actions": _actions(),
        "creating": sorted(
            {
                f"{record.service}:{action}".lower()
                for record in TYPES
                for action in record.type_actions
                if action.startswith("Create")
            }
        ),
        "prefixes": sorted({record.service for record in TYPES}),
        "quotas": {
            record.cfn_type: {
                "plural": record.quota.plural,
                "value": record.quota.value,
                "adjustable": record.quota.adjustable,
            }
            for record in TYPES
            if record.quota is not None
        },
        "metrics": {
            namespace.name: {
                name: [sorted(dimensions) for dimensions in metric.dimensions]
                for name, metric in namespace.metrics.items()
            }
            for namespace in (LOW_LATENCY, REAL_TIME, CHAT)
        },
        "everySecond": {
            namespace.name: [
                name for name, metric in namespace.metrics.items() if metric.high_resolution
            ]
            for namespace in (LOW_LATENCY, REAL_TIME, CHAT)
        },
        "dimensionValues": {name: list(values) for name, values in DIMENSION_VALUES.items()},
        "source": SOURCE,
        "events": {
            event_type.detail_type: {
                "field": event_type.field,
                "values": [str(name) for name in event_type.names],
                "kind": event_type.kind,
                "resource": event_type.resource,
                "fields": {
                    field.name: [str(event) for event in field.events]
                    for field in event_type.fields.values()
                    if field.events
                },
                "filters": {field.name: _filter(field) for field in event_type.fields.values()},
            }
            for event_type in EVENT_TYPES
        },
        "forms": {
            "boolean": {"described": "true or false"},
            "text": {"described": "text"},
            **{
                form.pattern: {"described": form.described, "pattern": form.pattern}
                for event_type in EVENT_TYPES
                for field in event_type.fields.values()
                if isinstance(form := field.values, Text)
            },
        },
        "otherEvents": list(_OTHER_DETAIL_TYPES),
        "regions": sorted(REGIONS),
        "regionsOfTypes": {AD_CONFIGURATION.arn_name: sorted(AD_CONFIGURATION_REGIONS)},
        "streamKey": _STREAM_KEY,
        "countries": sorted(COUNTRIES),
        "origin": f"^(?:{_ORIGIN.pattern})$",
        "publicKeys": [
            {"prefix": _base64(prefix), "length": len(_base64(prefix + bytes(rest)))}
            for prefix, rest in (
                (p384._UNCOMPRESSED, 2 * p384._COORDINATE),
                *((prefix, p384._COORDINATE) for prefix in p384._COMPRESSED),
            )
        ],
    }


def _actions() -> dict[str, list[str]]:
    """The resources that each action takes, by its name in lower case: policies write any case."""
    actions: dict[str, set[str]] = {}
    for record in TYPES:
        for action in record.actions:
            names = actions.setdefault(f"{record.service}:{action}".lower(), set())
            if action not in record.unscoped_actions:
                names.add(record.arn_name)
    return {action: sorted(names) for action, names in actions.items()}


def _filter(field: EventField) -> dict[str, Any]:
    """The values that a field accepts: the name of a form, and the values if there is a list."""
    if isinstance(field.values, Text):
        return {"form": field.values.pattern}
    if field.values is bool:
        return {"form": "boolean"}
    return {"form": "text", "values": [str(value) for value in field.values]}


def _base64(data: bytes) -> str:
    # The prefixes are whole groups of three bytes, so more bytes do not change their text.
    return base64.b64encode(data).decode()
