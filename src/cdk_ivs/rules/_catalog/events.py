"""The rules about EventBridge rules for events of IVS."""

from __future__ import annotations

from .rule import LOW_LATENCY, REAL_TIME, error

RULES = (
    error(
        "IVS-032",
        "An event rule matches a detail-type that IVS sends",
        "IVS sends no events with the detail-type '%v', so the rule never matches: use one of %v",
        why="EventBridge compares the detail-type exactly, and reports no error for one that does "
        "not exist.",
        fix="Use one of the detail-types that IVS sends.",
        source=f"{LOW_LATENCY}/eventbridge.html",
    ),
    error(
        "IVS-033",
        "An event rule matches fields that its events have",
        "events of '%v' have no field '%v', so the rule never matches: match '%v'",
        why="The field that tells what happened differs between events: `event_name`, "
        "`recording_status` or `limit_name`. All fields are in lower case with underscores.",
        fix="Match the field in the message.",
        source=f"{LOW_LATENCY}/eventbridge.html",
    ),
    error(
        "IVS-034",
        "An event rule matches values that its events have",
        "'%v' is not a value of '%v' in events of '%v': use one of %v",
        why="EventBridge compares values exactly, and reports no error for one that no event has.",
        fix="Use one of the values in the message.",
        source=f"{LOW_LATENCY}/eventbridge.html",
    ),
    error(
        "IVS-035",
        "An event rule matches resources that its events have",
        "events of '%v' do not have the ARN of a %v in 'resources', so the rule never matches: %v",
        why="Events of compositions have the ARN of the composition in `resources`, and that of "
        "the stage in `detail.stage_arn`. Events about limits of the account have no resources.",
        fix="Match the place that the message names.",
        source=f"{REAL_TIME}/eventbridge.html",
    ),
    error(
        "IVS-036",
        "An event rule matches a source of IVS",
        "events of IVS never have the source '%v', so the rule never matches: %v",
        why="Low-latency and real-time events both have the source `aws.ivs`. Chat sends no events "
        "of its own.",
        fix="Use the source `aws.ivs`. For chat, match API calls that CloudTrail records.",
        source=f"{REAL_TIME}/eventbridge.html",
    ),
    error(
        "IVS-052",
        "An event rule matches fields that its events have in this case",
        "events of '%v' have '%v' only with %v, so the rule never matches: match one of these, or "
        "remove the field",
        why="Some fields are in an event only when something specific happened, such as a failure.",
        fix="Match an event that has the field, or remove the field from the pattern.",
        source=f"{LOW_LATENCY}/eventbridge.html",
    ),
    error(
        "IVS-058",
        "An event rule matches values in the form that its events have them",
        "'%v' never matches '%v' in events of '%v', which is %v: %v",
        why="EventBridge compares plain values exactly, with their type. An asterisk in one is an "
        'asterisk, `"true"` is not `true`, and `numeric` does not match text.',
        fix="Write the value as the events have it, or use a content filter such as `prefix` or "
        "`wildcard`.",
        source="https://docs.aws.amazon.com/eventbridge/latest/userguide/"
        "eb-create-pattern-operators.html",
    ),
)
