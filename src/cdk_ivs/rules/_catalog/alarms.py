"""The rules about alarms on metrics of IVS."""

from __future__ import annotations

from .rule import LOW_LATENCY, REAL_TIME, error

RULES = (
    error(
        "IVS-041",
        "An alarm watches a metric that IVS publishes",
        "%v has no metric '%v', so the alarm never gets data: use one of %v",
        why="CloudWatch accepts an alarm on any name, and the alarm stays in the state "
        "INSUFFICIENT_DATA.",
        fix="Use one of the metrics in the message.",
        source=f"{LOW_LATENCY}/stream-health.html",
    ),
    error(
        "IVS-042",
        "An alarm has the dimensions of its metric",
        "'%v' is not published with %v, so the alarm never gets data: use one of %v",
        why="For CloudWatch, a metric with other dimensions is another metric. Metrics of chat "
        "have no dimension for a room.",
        fix="Use one of the sets of dimensions in the message.",
        source=f"{LOW_LATENCY}/stream-health.html",
    ),
    error(
        "IVS-043",
        "A dimension is the ID of a resource",
        "dimension '%v' must be the ID of the resource, the last part of its ARN, got its ARN: "
        "use '%v'",
        why="IVS publishes metrics with the IDs of channels and stages. An alarm with an ARN "
        "never gets data. `!Ref` returns the ARN too.",
        fix="Use the last part of the ARN, as in `!Select [1, !Split ['/', !GetAtt Channel.Arn]]`.",
        source=f"{LOW_LATENCY}/stream-health.html",
    ),
    error(
        "IVS-044",
        "An alarm watches a namespace of IVS",
        "'%v' is not a namespace of IVS, so the alarm never gets data: use one of %v",
        why="The names of namespaces are case-sensitive: that of stages is `AWS/IVSRealTime`.",
        fix="Use one of the namespaces in the message.",
        source=f"{REAL_TIME}/stage-health.html",
    ),
    error(
        "IVS-053",
        "A dimension has a value that IVS publishes",
        "'%v' is not a value of dimension '%v', so the alarm never gets data: use one of %v",
        why="CloudWatch compares the values of dimensions exactly.",
        fix="Use one of the values in the message.",
        source=f"{REAL_TIME}/stage-health.html",
    ),
    error(
        "IVS-059",
        "An alarm has a period for which its metric has data",
        "'%v' is published once a minute, got a Period of %v seconds: use 60 seconds or more",
        why="Only some metrics of IVS have a high resolution. For the others, most periods under a "
        "minute have no data.",
        fix="Set `Period` to `60` or a multiple of it.",
        source=f"{LOW_LATENCY}/stream-health.html",
    ),
)
