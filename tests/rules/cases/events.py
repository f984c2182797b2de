"""Mistakes in EventBridge rules for events of IVS."""

from __future__ import annotations

import json
from typing import Any

from .parts import (
    CHANNEL_ARN,
    STAGE_ARN,
    Case,
    Json,
    arn,
    at_deployment,
    channel,
    resource,
    rule,
    serverless,
    template,
)

RECORDING_PATTERN = """{
    "source": ["aws.ivs"],
    "detail-type": ["IVS Recording State Change"],
    "detail": {"%s": ["Recording End"]}
}"""


def sub_rule(detail_type: str, resource: str = "${Channel.Arn}", **values: Json) -> Json:
    """A rule whose pattern is text with functions in it."""
    pattern = json.dumps(
        {"source": ["aws.ivs"], "detail-type": [detail_type], "resources": [resource]}
    )
    return rule_with({"Fn::Sub": [pattern, values] if values else pattern})


def rule_with(pattern: Any) -> Json:
    """A rule with a pattern."""
    return resource("Events::Rule", {"EventPattern": pattern})


def rule_of_two(detail: Json) -> Json:
    """A rule for events of two types."""
    types = ["IVS Recording State Change", "IVS Stream State Change"]
    return rule(types[0], detail, **{"detail-type": types})


def sam_event(type: str, field: str) -> Json:
    """The events of a function of SAM."""
    pattern = {
        "source": ["aws.ivs"],
        "detail-type": ["IVS Recording State Change"],
        "detail": {field: ["Recording End"]},
    }
    return {"Recorded": {"Type": type, "Properties": {"Pattern": pattern}}}


CASES = (
    Case(
        "IVS-032",
        "Properties.EventPattern.detail-type",
        template(Rule=rule("IVS Stream Status Change")),
        template(Rule=rule("IVS Stream State Change")),
        "'IVS Stream Status Change'",
    ),
    Case(
        "IVS-032",
        "Properties.EventPattern.detail-type",
        template(Rule=rule("Step Functions Execution Status Change")),
        template(
            Rule=rule("Step Functions Execution Status Change", source=["aws.ivs", "aws.states"])
        ),
    ),
    *(
        Case(
            "IVS-032",
            "Properties.EventPattern.detail-type",
            template(Channel=channel(), Rule=sub_rule("IVS Stream Status Change", **values)),
            template(Channel=channel(), Rule=sub_rule(right, **values)),
            "'IVS Stream Status Change'",
        )
        for right, values in (
            ("IVS Stream State Change", {}),
            # A name that is known at deployment only.
            ("IVS ${Name} Change", {"Name": arn("Channel", "PlaybackUrl")}),
        )
    ),
    Case(
        "IVS-032",
        "Properties.EventPattern.detail-type",
        template(Rule=sub_rule("IVS Stream Status Change", resource="${AWS::AccountId}")),
        {
            "Parameters": {"Given": {"Type": "String", "Default": "IVS Stream Status Change"}},
            **template(Rule=sub_rule("${Given}", resource="${AWS::AccountId}")),
        },
    ),
    Case(
        "IVS-032",
        "Properties.EventPattern.detail-type",
        template(Channel=channel(), Rule=sub_rule("IVS Stream Status Change")),
        {
            "Parameters": {"Given": {"Type": "String", "Default": "IVS Stream Status Change"}},
            **template(Channel=channel(), Rule=sub_rule("${Given}")),
        },
    ),
    *(
        Case(
            "IVS-032",
            "Properties.EventPattern.detail-type",
            template(Rule=rule("IVS Stream Status Change", source=[source])),
            template(Rule=rule("IVS Stream Status Change", source=[other])),
        )
        for source, other in (
            ({"prefix": "aws.ivs"}, {"prefix": "aws."}),
            ({"wildcard": "aws.ivs*"}, {"wildcard": "aws.*"}),
            ({"equals-ignore-case": "aws.ivs"}, {"equals-ignore-case": "app.ivs"}),
        )
    ),
    Case(
        "IVS-033",
        "Properties.EventPattern.detail.event_name",
        template(Rule=rule("IVS Recording State Change", {"event_name": ["Recording End"]})),
        template(Rule=rule("IVS Recording State Change", {"recording_status": ["Recording End"]})),
        "match 'recording_status'",
    ),
    Case(
        "IVS-033",
        "Properties.EventPattern.detail.limit",
        template(Rule=rule("IVS Limit Breach", {"limit": ["Ingest Bitrate"]})),
        template(Rule=rule("IVS Limit Breach", {"limit_name": ["Ingest Bitrate"]})),
        "match 'limit_name'",
    ),
    *(
        Case(
            "IVS-033",
            f"Properties.EventPattern.detail.{wrong}",
            template(Rule=rule(detail_type, {wrong: [value]})),
            template(Rule=rule(detail_type, {right: [value]})),
            f"match '{right}'",
        )
        for detail_type, wrong, right, value in (
            ("IVS Stream State Change", "eventName", "event_name", "Stream Start"),
            ("IVS Stage Update", "participantId", "participant_id", "AbCdEf"),
        )
    ),
    *(
        Case(
            "IVS-033",
            "Properties.Events.Recorded.Properties.Pattern.detail.event_name",
            serverless(Events=sam_event(type, "event_name")),
            serverless(Events=sam_event(type, "recording_status")),
        )
        for type in ("EventBridgeRule", "CloudWatchEvent")
    ),
    Case(
        "IVS-033",
        "Properties.EventPattern.detail.event_name",
        template(Rule=resource("Events::Rule", {"EventPattern": RECORDING_PATTERN % "event_name"})),
        template(
            Rule=resource("Events::Rule", {"EventPattern": RECORDING_PATTERN % "recording_status"})
        ),
        cyclic=True,
    ),
    Case(
        "IVS-033",
        "Properties.EventPattern.detail.limit",
        template(
            Rule=resource(
                "Events::Rule",
                {
                    "EventPattern": {
                        "detail-type": ["IVS Limit Breach"],
                        "detail": {"limit": ["Ingest Bitrate"]},
                    }
                },
            )
        ),
        template(
            Rule=resource(
                "Events::Rule",
                {
                    "EventPattern": {
                        "detail-type": ["Limit Breach"],
                        "detail": {"limit": ["Ingest Bitrate"]},
                    }
                },
            )
        ),
    ),
    Case(
        "IVS-034",
        "Properties.EventPattern.detail.event_name",
        template(Rule=rule("IVS Stream State Change", {"event_name": ["Stream Started"]})),
        template(Rule=rule("IVS Stream State Change", {"event_name": ["Stream Start"]})),
        "'Stream Started' is not a value of 'event_name'",
    ),
    *(
        Case(
            "IVS-034",
            f"Properties.EventPattern.detail.{field}",
            template(Rule=rule(detail_type, {field: [wrong]})),
            template(Rule=rule(detail_type, {field: [right]})),
            f"'{wrong}' is not a value of '{field}'",
        )
        for detail_type, field, wrong, right in (
            ("IVS Stage Update", "error_code", "QuotaExceeded", "QUOTA_EXCEEDED"),
            ("IVS Stream State Change", "code", "TakeoverFailed", "StreamTakeoverLimitBreached"),
        )
    ),
    # Of two types with different fields, one can have the value, and what is unknown is left alone.
    Case(
        "IVS-034",
        "Properties.EventPattern.detail.event_name",
        template(Rule=rule_of_two({"event_name": ["Recording End"]})),
        template(
            Rule=rule_of_two(
                {"event_name": ["Stream End"], "error_code": ["any"], "not_known": ["any"]}
            )
        ),
    ),
    at_deployment(
        "IVS-034",
        "Properties.EventPattern.detail.error_code",
        lambda value: {"Rule": rule("IVS Stage Update", {"error_code": [value]})},
        "QuotaExceeded",
    ),
    Case(
        "IVS-035",
        "Properties.EventPattern.resources",
        template(
            Stage=resource("IVS::Stage"),
            Rule=rule("IVS Composition State Change", resources=[arn("Stage")]),
        ),
        template(
            Stage=resource("IVS::Stage"),
            Rule=rule("IVS Composition State Change", {"stage_arn": [arn("Stage")]}),
        ),
        "match 'stage_arn' in the detail",
    ),
    Case(
        "IVS-035",
        "Properties.EventPattern.resources",
        template(
            Rule=rule(
                "IVS Limit Breach", {"limit_name": ["Concurrent Viewers"]}, resources=[CHANNEL_ARN]
            )
        ),
        template(
            Rule=rule(
                "IVS Limit Breach", {"limit_name": ["Ingest Bitrate"]}, resources=[CHANNEL_ARN]
            )
        ),
        "leave 'resources' out",
    ),
    Case(
        "IVS-035",
        "Properties.EventPattern.resources",
        template(Rule=rule("IVS Stage Update", resources=[CHANNEL_ARN])),
        template(Rule=rule("IVS Stage Update", resources=[STAGE_ARN])),
        "match that of a stage",
    ),
    Case(
        "IVS-036",
        "Properties.EventPattern.source",
        template(Rule=rule("IVS Stage Update", source=["aws.ivsrealtime"])),
        template(Rule=rule("IVS Stage Update", source=["aws.ivs"])),
        "use 'aws.ivs'",
    ),
    Case(
        "IVS-036",
        "Properties.EventPattern.source",
        template(Rule=rule("IVS Chat Message", source=["aws.ivschat"])),
        template(Rule=rule("AWS API Call via CloudTrail", source=["aws.ivschat"])),
        "CloudTrail",
    ),
    Case(
        "IVS-052",
        "Properties.EventPattern.detail.code",
        template(
            Rule=rule(
                "IVS Stream State Change",
                {"event_name": ["Stream Start"], "code": ["MultitrackInputRequired"]},
            )
        ),
        template(
            Rule=rule(
                "IVS Stream State Change",
                {"event_name": ["Session Ended"], "code": ["MultitrackInputRequired"]},
            )
        ),
        "only with 'Session Ended', 'Stream Takeover Failure'",
    ),
    *(
        Case(
            "IVS-058",
            f"Properties.EventPattern.detail.{field}",
            template(Rule=rule(detail_type, {field: [wrong]})),
            template(Rule=rule(detail_type, {field: [right]})),
            text,
        )
        for detail_type, field, wrong, right, text in (
            (
                "IVS Stage Update",
                "replica",
                "true",
                True,
                "'true' never matches 'replica' in events of 'IVS Stage Update', which is true or",
            ),
            (
                "IVS Stage Update",
                "user_id",
                "user-*",
                {"wildcard": "user-*"},
                "match a part of it with {'wildcard': …}",
            ),
            ("IVS Stage Update", "participant_id", 7, "7", "'7' never matches"),
            ("IVS Stage Update", "user_id", {"numeric": ["=", 7]}, {"prefix": "7"}, "numeric"),
            ("IVS Stage Update", "error_code", False, "QUOTA_EXCEEDED", "which is text"),
            (
                "IVS Stream State Change",
                "stream_id",
                "AbCdEf",
                "st-AbCdEf",
                "which is 'st-' and letters and digits",
            ),
            ("IVS Stream State Change", "event_name", 1, "Stream Start", "which is text"),
        )
    ),
    at_deployment(
        "IVS-058",
        "Properties.EventPattern.detail.user_id",
        lambda value: {"Rule": rule("IVS Stage Update", {"user_id": [value]})},
        "user-*",
    ),
)
