"""Mistakes in alarms on metrics of IVS."""

from __future__ import annotations

from typing import Any

from .parts import (
    CHANNEL_ARN,
    Case,
    Json,
    arn,
    at_deployment,
    channel,
    joined,
    ref,
    resource,
    template,
)


def alarm(metric: str, namespace: str = "AWS/IVS", **dimensions: Any) -> Json:
    """An alarm."""
    return resource(
        "CloudWatch::Alarm",
        {
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions.items()],
            "ComparisonOperator": "LessThanThreshold",
            "EvaluationPeriods": 1,
            "Period": 60,
            "Statistic": "Average",
            "Threshold": 1,
        },
    )


CHANNEL_ID = {"Fn::Select": [1, {"Fn::Split": ["/", arn("Channel")]}]}


def alarm_on_math(period: int) -> Json:
    """An alarm on a metric as one of several."""
    properties = alarm("ConcurrentViews", Channel="AbCdEf123456")["Properties"]
    metric = {name: properties[name] for name in ("Namespace", "MetricName", "Dimensions")}
    stat = {"Metric": metric, "Period": period, "Stat": "Average"}
    return resource(
        "CloudWatch::Alarm",
        {
            "ComparisonOperator": "LessThanThreshold",
            "EvaluationPeriods": 1,
            "Threshold": 1,
            "Metrics": [{"Id": "views", "MetricStat": stat, "ReturnData": True}],
        },
    )


ID = {"Channel": "AbCdEf123456"}


CASES = (
    Case(
        "IVS-041",
        "Properties.MetricName",
        template(Channel=channel(), Alarm=alarm("StreamHealth", Channel=CHANNEL_ID)),
        template(Channel=channel(), Alarm=alarm("IngestFramerate", Channel=CHANNEL_ID)),
        "no metric 'StreamHealth'",
    ),
    Case(
        "IVS-042",
        "Properties.Dimensions",
        template(Alarm=alarm("KeyframeInterval")),
        template(Alarm=alarm("IngestFramerate")),
        "not published with no dimension",
    ),
    Case(
        "IVS-042",
        "Properties.Dimensions",
        template(Alarm=alarm("MessagingRequests", "AWS/IVSChat", Room="AbCdEf123456")),
        template(Alarm=alarm("MessagingRequests", "AWS/IVSChat")),
        "not published with Room",
    ),
    *(
        Case(
            "IVS-043",
            "Properties.Dimensions.0.Value",
            template(Channel=channel(), Alarm=alarm("IngestFramerate", Channel=wrong)),
            template(Channel=channel(), Alarm=alarm("IngestFramerate", Channel=right)),
            text,
        )
        for wrong, right, text in (
            (arn("Channel"), CHANNEL_ID, "!GetAtt Channel.Arn"),
            (ref("Channel"), CHANNEL_ID, "!GetAtt Channel.Arn"),
            ({"Fn::Sub": "${Channel.Arn}"}, CHANNEL_ID, "!GetAtt Channel.Arn"),
            (CHANNEL_ARN, "AbCdEf123456", "use 'AbCdEf123456'"),
        )
    ),
    Case(
        "IVS-043",
        "Properties.Dimensions.0.Value",
        template(Channel=channel(), Alarm=alarm("IngestFramerate", Channel=joined(arn("Channel")))),
        template(
            Channel=channel(),
            Alarm=alarm(
                "IngestFramerate",
                Channel={"Fn::Select": [1, {"Fn::Split": ["/", joined(arn("Channel"))]}]},
            ),
        ),
    ),
    Case(
        "IVS-044",
        "Properties.Namespace",
        template(Alarm=alarm("ConcurrentPublishers", "AWS/IVSRealtime")),
        template(Alarm=alarm("ConcurrentPublishers", "AWS/IVSRealTime")),
        "AWS/IVSRealTime",
    ),
    *(
        Case(
            "IVS-044",
            "Properties.Namespace",
            template(Alarm=alarm(metric, wrong, **dimensions)),
            template(Alarm=alarm(right_metric, right, **right_dimensions)),
            f"'{wrong}' is not a namespace of IVS",
        )
        for metric, wrong, dimensions, right_metric, right, right_dimensions in (
            ("ConcurrentViews", "IVS", ID, "ConcurrentViews", "AWS/IVS", ID),
            # Namespaces of the account.
            ("ConcurrentViews", "ivs", ID, "Viewers", "IVS", ID),
            ("ConcurrentViews", "IVS", ID, "ConcurrentViews", "IVS", {"App": "shop"}),
            ("ConcurrentViews", "IVS", ID, "ConcurrentViews", "IVS/Shop", ID),
        )
    ),
    *(
        Case(
            "IVS-053",
            "Properties.Dimensions.2.Value",
            template(Alarm=published("high")),
            template(Alarm=published("hi")),
            "use one of hi, mid, low, none",
        )
        for published in [
            lambda layer: alarm(
                "PublishBitrate",
                "AWS/IVSRealTime",
                Stage="AbCdEf123456",
                Participant="AbCdEf123456",
                SimulcastLayer=layer,
                MediaType="video",
            )
        ]
    ),
    *(
        Case(
            "IVS-059",
            "Properties.Period",
            template(Alarm=every(10, wrong, Channel="AbCdEf123456", **layers)),
            template(Alarm=every(10, right, Channel="AbCdEf123456")),
            f"'{wrong}' is published once a minute, got a Period of 10 seconds",
        )
        for every in [
            lambda period, metric, **dimensions: {
                "Type": "AWS::CloudWatch::Alarm",
                "Properties": {**alarm(metric, **dimensions)["Properties"], "Period": period},
            }
        ]
        for wrong, right, layers in (("ConcurrentViews", "IngestFramerate", {}),)
    ),
    Case(
        "IVS-059",
        "Properties.Metrics.0.MetricStat.Period",
        template(Alarm=alarm_on_math(30)),
        template(Alarm=alarm_on_math(60)),
    ),
    at_deployment(
        "IVS-059",
        "Properties.Metrics.0.MetricStat.Period",
        lambda value: {"Alarm": alarm_on_math(value)},
        "30",
    ),
)
