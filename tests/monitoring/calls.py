"""Everything public that metrics, events, alarms and the dashboard offer, found by looking."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from aws_cdk import Stack

import cdk_ivs as ivs
from cdk_ivs import chat
from cdk_ivs._monitoring.metric_options import MetricOptions
from cdk_ivs._monitoring.rule_options import RuleOptions

CONSTRUCTS = (ivs.ChannelAlarms, ivs.StageAlarms, ivs.QuotaAlarms, ivs.IvsDashboard)
OWNERS: dict[str, Callable[[Stack], Any]] = {
    "Channel": lambda stack: ivs.Channel(stack, "Owner"),
    "Stage": lambda stack: ivs.Stage(stack, "Owner"),
    "Room": lambda stack: chat.Room(stack, "Owner"),
}
# What a call needs to work, by keyword.
NEEDED = {
    "action": "SendMessage",
    "id": "Thing",
    "logging_configuration": "one",
    "media_type": "video",
    "participant": "one",
    "simulcast_layer": "hi",
    "uri": "one",
}
METRICS = {
    "Channel": "ConcurrentViews",
    "Room": "MessagingRequests",
    "Stage": "Publishers",
}


def names() -> Iterator[str]:
    """The constructs, and the methods with the class that has them."""
    for kind in CONSTRUCTS:
        yield kind.__name__
    for owner, kind in (
        ("Channel", ivs.Channel),
        ("Stage", ivs.Stage),
        ("Room", chat.Room),
    ):
        for name in dir(kind):
            if name == "metric" or name.startswith(("metric_", "on_")):
                yield f"{owner}.{name}"


def call_of(stack: Stack, name: str) -> tuple[Callable[..., Any], dict[str, Any]]:
    """What is called, and the arguments without which it cannot be."""
    owner, _, method = name.partition(".")
    if not method:
        construct: Callable[..., Any] = getattr(ivs, name)
        given: dict[str, Any] = {"scope": stack, "id": "Thing"}
        if name in {"ChannelAlarms", "IvsDashboard"}:
            channel = ivs.Channel(stack, "Owner")
            given |= {"channel": channel} if name == "ChannelAlarms" else {"channels": [channel]}
        if name == "StageAlarms":
            given["stage"] = ivs.Stage(stack, "Owner")
        return construct, given
    found: Callable[..., Any] = getattr(OWNERS[owner](stack), method)
    needed = {"scope": stack, "metric_name": METRICS[owner], **NEEDED}
    return found, {
        parameter.name: needed[parameter.name]
        for parameter in inspect.signature(found).parameters.values()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    }


def keywords_of(called: Callable[..., Any]) -> list[str]:
    """All keywords of a call, those of its options included."""
    found: list[str] = []
    target = called.__init__ if isinstance(called, type) else called
    for parameter in inspect.signature(target).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            options = MetricOptions if "Metric" in str(parameter.annotation) else RuleOptions
            found += options.__annotations__
        elif parameter.name != "self":
            found.append(parameter.name)
    return found
