"""Parts: alarms, dashboards, metrics and rules, the last two of all methods that there are."""

from __future__ import annotations

import inspect
import re
from typing import Any

from hypothesis import strategies as st

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.generated.plans import Attribute, Call, Id, Name, Scope, Time
from tests.support.reflection import class_named

from .common import (
    Values,
    construct,
    maybe,
    members,
    minutes,
    part,
    pick,
    some,
    value_of,
)

_TARGETS = st.one_of(
    value_of("aws_cdk.aws_events_targets.SqsQueue", pick("queue", near=True)),
    value_of("aws_cdk.aws_events_targets.SnsTopic", pick("topic", near=True)),
    value_of("aws_cdk.aws_events_targets.LambdaFunction", pick("function", near=True)),
)
# What the methods take beside what all of them take.
_METRIC_ARGUMENTS: dict[str, Values] = {
    "action": st.just("SEND_MESSAGE"),
    "health": st.sampled_from(("Healthy", "Starving")),
    "logging_configuration": st.just("AbCdef1G2hij"),
    "media_type": st.sampled_from(("video", "audio")),
    "participant": st.just("p-1"),
    "platform": st.just("web"),
    "sdk_version": st.just("1.2.3"),
    "simulcast_layer": st.just("hi"),
    "streamer_country_code": st.just("DE"),
    "subscriber_country_code": st.just("DE"),
    "track": st.just("Track0"),
    "uri": st.just("arn:aws:lambda:us-west-2:123456789012:function:review"),
    "viewer_country_code": st.just("DE"),
}
_LAYER = {"participant", "simulcast_layer", "media_type"}
_METRIC_OPTIONS: dict[str, Values] = {
    "period": minutes(1, 60),
    "statistic": st.sampled_from(("Average", "Sum", "Maximum")),
    "label": st.just("a label"),
    "color": st.just("#1f77b4"),
}
_RULE_OPTIONS: dict[str, Values] = {
    "description": st.just("a rule"),
    "enabled": st.booleans(),
    "target": _TARGETS,
}
_SESSIONS = st.just(("st-1AbCdef2GhIjkl",))
_FILTERS = {
    "ad_break_ids": st.just(("AbCdef1G2hij",)),
    "session_ids": _SESSIONS,
    "stream_ids": _SESSIONS,
}
_ENUMS = {
    "on_concurrent_limit_breach": st.just((Name("cdk_ivs.LimitName.CONCURRENT_VIEWERS"),)),
}
_OWNERS = (
    (ivs.Channel, "channel", "cdk_ivs.Channel"),
    (ivs.Stage, "stage", "cdk_ivs.Stage"),
    (chat.Room, "room", "cdk_ivs.chat.Room"),
    (ivs.ChannelMonitoring, "channel ref", "cdk_ivs.ChannelMonitoring"),
    (ivs.StageMonitoring, "stage ref", "cdk_ivs.StageMonitoring"),
)


def _methods(prefix: str) -> list[tuple[str, str, str]]:
    """The class, the sort and the name of all methods that begin so."""
    return [
        (path, sort, name)
        for kind, sort, path in _OWNERS
        for name in dir(kind)
        if name.startswith(prefix) and name not in {"metric", "metric_all"}
    ]


def _parameters(path: str, name: str) -> dict[str, inspect.Parameter]:
    kind: Any = class_named(path.rpartition(".")[2])
    function = inspect.getattr_static(kind, name)
    return dict(inspect.signature(getattr(function, "__func__", function)).parameters)


def _bound(path: str, sort: str, name: str) -> Values:
    """The method: of the class, or of something that was made, or of what monitors it."""
    if "self" not in _parameters(path, name):
        return st.just(f"{path}.{name}")
    if path.endswith("Monitoring"):
        given = pick(sort)
        return given.flatmap(
            lambda of: st.sampled_from(
                [
                    Attribute(Call(path, (of,)), name),
                    Attribute(Call(f"{path}.from_{sort.partition(' ')[0]}", (of,)), name),
                ]
            )
        )
    return pick(sort, near=name.startswith("on_")).map(lambda of: Attribute(of, name))


def _metric(path: str, sort: str, name: str) -> Values:
    parameters = {
        keyword: parameter
        for keyword, parameter in _parameters(path, name).items()
        if keyword in _METRIC_ARGUMENTS
    }
    needed = {
        f"{keyword}_": _METRIC_ARGUMENTS[keyword]
        for keyword, parameter in parameters.items()
        if parameter.default is inspect.Parameter.empty
    }
    optional = [keyword for keyword in parameters if f"{keyword}_" not in needed]
    return st.tuples(_bound(path, sort, name), st.sampled_from((None, *optional))).flatmap(
        lambda drawn: value_of(
            drawn[0],
            **needed,
            **{
                f"{keyword}_": _METRIC_ARGUMENTS[keyword]
                for keyword in _published_with(drawn[1], optional)
            },
            **_METRIC_OPTIONS,
        )
    )


def _published_with(keyword: str | None, optional: list[str]) -> list[str]:
    """A dimension and those without which the metric is not published."""
    if keyword is None:
        return []
    if keyword == "sdk_version":
        return ["platform", "sdk_version"]
    layer = [each for each in optional if each in _LAYER]
    return layer if keyword in layer else [keyword]


def _metrics_of(path: str) -> Values:
    methods = [each for each in _methods("metric_") if each[0] == path]
    return st.sampled_from(methods).flatmap(lambda each: _metric(*each))


METRICS = st.one_of(*(_metrics_of(path) for _, _, path in _OWNERS))


def _rule(path: str, sort: str, name: str) -> Values:
    parameters = _parameters(path, name)
    filters: dict[str, Values] = {}
    for keyword, parameter in parameters.items():
        enums = [
            kind
            for word in re.findall(r"\w+", str(parameter.annotation))
            if (kind := class_named(word)) is not None and hasattr(kind, "__members__")
        ]
        if enums:
            filters[keyword] = _ENUMS.get(name, some(members(enums[0]), most=2, unique=True))
        elif keyword in {"channels", "stages"}:
            filters[keyword] = st.builds(lambda one: (one,), maybe(f"{keyword[:-1]} ref"))
        elif keyword == "replica":
            filters[keyword] = st.booleans()
        elif str(parameter.annotation) == "Sequence[str] | None":
            filters[keyword] = _FILTERS.get(keyword, st.just(("a-1",)))
    given = [st.just(Scope())] if "scope" in parameters else []
    # Not every event has every field, so there is one filter.
    return st.tuples(_bound(path, sort, name), st.sampled_from((None, *filters))).flatmap(
        lambda drawn: value_of(
            drawn[0],
            *given,
            st.just(Id()),
            **({f"{drawn[1]}_": filters[drawn[1]]} if drawn[1] else {}),
            **_RULE_OPTIONS,
        )
    )


def _rules_of(path: str) -> Values:
    methods = [each for each in _methods("on_") if each[0] == path]
    return st.sampled_from(methods).flatmap(lambda each: _rule(*each))


_ALARM_ACTIONS = {
    "topic": maybe("topic", near=True),
    "actions": st.builds(
        lambda one: (one,),
        value_of("aws_cdk.aws_cloudwatch_actions.SnsAction", maybe("topic", near=True)),
    ),
    "ok_actions": st.builds(
        lambda one: (one,),
        value_of("aws_cdk.aws_cloudwatch_actions.SnsAction", maybe("topic", near=True)),
    ),
}


def _only(*keywords: str) -> dict[str, Values]:
    return {keyword: _ALARM_ACTIONS[keyword] for keyword in keywords}


MONITORING = {
    "channel alarms": st.booleans().flatmap(
        lambda by_topic: construct(
            "cdk_ivs.ChannelAlarms",
            (),
            channel_=pick("channel ref", near=True),
            concurrent_views_threshold=st.integers(1, 15_000),
            evaluation_minutes=st.integers(1, 10),
            framerate_threshold=st.sampled_from((1, 23.5)),
            ingest_bitrate_threshold=st.just(8_500_000),
            keyframe_interval_threshold=st.just(Time("seconds", 4)),
            **_only("topic") if by_topic else _only("actions", "ok_actions"),
        )
    ),
    "channel alarms without some": construct(
        "cdk_ivs.ChannelAlarms",
        (),
        channel_=pick("channel ref"),
        exclude_=st.just(
            (
                Name("cdk_ivs.ChannelAlarm.NO_FRAMES"),
                Name("cdk_ivs.ChannelAlarm.STARVATION"),
            )
        ),
        recording_failure_threshold=st.integers(1, 5),
    ),
    "stage alarms": construct(
        "cdk_ivs.StageAlarms",
        (),
        stage_=pick("stage ref"),
        dropped_frames_threshold=st.sampled_from((1, 2.5)),
        evaluation_minutes=st.integers(1, 10),
        packet_loss_threshold=st.integers(1, 50),
        publishers_threshold=st.integers(1, 12),
        subscribers_threshold=st.integers(1, 10_000),
        **_only("topic"),
    ),
    "stage alarms without some": construct(
        "cdk_ivs.StageAlarms",
        (),
        stage_=pick("stage ref"),
        exclude_=some(members(ivs.StageAlarm), most=3, unique=True),
    ),
    "quota alarms": construct(
        "cdk_ivs.QuotaAlarms",
        (),
        percentage=st.sampled_from((50, 99.5)),
        exclude=some(members(ivs.QuotaAlarm), most=2, unique=True),
        **_only("topic"),
    ),
    "dashboard": construct(
        "cdk_ivs.IvsDashboard",
        (),
        channels_=some(pick("channel ref"), most=2, unique_by=lambda one: one.number),
        stages=some(maybe("stage ref"), most=1),
        rooms=some(maybe("room ref"), most=1),
        default_interval=st.just(Time("hours", 3)),
        period=minutes(1, 5),
    ),
    "graph of metrics": construct(
        "aws_cdk.aws_cloudwatch.Dashboard",
        widgets_=some(
            value_of("aws_cdk.aws_cloudwatch.GraphWidget", left_=some(METRICS, most=3)), most=1
        ).map(lambda row: (row,)),
    ),
    **{
        f"alarm of a metric of {path}": construct(
            "aws_cdk.aws_cloudwatch.Alarm",
            metric_=_metrics_of(path),
            threshold_=st.integers(0, 100),
            evaluation_periods_=st.integers(1, 3),
        )
        for _, _, path in _OWNERS
    },
    **{f"rule of {path}": part(_rules_of(path)) for _, _, path in _OWNERS},
}
"""By a name, strategies of parts."""
