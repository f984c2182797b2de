"""What the tests of channel alarms have in common: the alarms, and the ids in them."""

from __future__ import annotations

from typing import Any

GET_ARN = {"Fn::GetAtt": ["Channel4048F119", "Arn"]}
CHANNEL_ID = {"Fn::Select": [1, {"Fn::Split": ["/", GET_ARN]}]}
# The alarms as they are by default, and the keyword of the threshold of each.
ALARMS: dict[str, dict[str, Any]] = {
    "NO_FRAMES": {
        "AlarmDescription": (
            "The channel is live and receives no frames: check the encoder and its network."
        ),
        "ComparisonOperator": "LessThanThreshold",
        "Dimensions": [{"Name": "Channel", "Value": CHANNEL_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "IngestFramerate",
        "Namespace": "AWS/IVS",
        "Period": 60,
        "Statistic": "Average",
        "Threshold": 1,
        "TreatMissingData": "notBreaching",
    },
    "KEYFRAME_INTERVAL": {
        "AlarmDescription": (
            "Key frames are too far apart for low latency: set the encoder to one every 2 seconds."
        ),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "Channel", "Value": CHANNEL_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "KeyframeInterval",
        "Namespace": "AWS/IVS",
        "Period": 60,
        "Statistic": "Average",
        "Threshold": 3,
        "TreatMissingData": "notBreaching",
    },
    "INGEST_BITRATE": {
        "AlarmDescription": (
            "The bitrate of the encoder is close to the limit of the channel's type, "
            "above which IVS disconnects it: lower the bitrate."
        ),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "Channel", "Value": CHANNEL_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "IngestBitrate",
        "Namespace": "AWS/IVS",
        "Period": 60,
        "Statistic": "Average",
        "Threshold": 7_650_000,
        "TreatMissingData": "notBreaching",
    },
    "CONCURRENT_VIEWS": {
        "AlarmDescription": (
            "The channel has nearly as many views as the quota of the account allows: "
            "request a higher quota of concurrent views."
        ),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "Channel", "Value": CHANNEL_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "ConcurrentViews",
        "Namespace": "AWS/IVS",
        "Period": 60,
        "Statistic": "Maximum",
        "Threshold": 12_000,
        "TreatMissingData": "notBreaching",
    },
    "STARVATION": {
        "AlarmDescription": (
            "The channel receives less than it plays, and the video of viewers stops: "
            "check the network of the encoder."
        ),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "RuleName", "Value": {"Ref": "AlarmsStarvationRuleB6682468"}}],
        "EvaluationPeriods": 1,
        "MetricName": "Invocations",
        "Namespace": "AWS/Events",
        "Period": 60,
        "Statistic": "Sum",
        "Threshold": 1,
        "TreatMissingData": "notBreaching",
    },
    "RECORDING_FAILURE": {
        "AlarmDescription": (
            "A recording failed: check the event's recording_status_reason and the bucket."
        ),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [
            {"Name": "RuleName", "Value": {"Ref": "AlarmsRecordingFailureRule5ED446DC"}}
        ],
        "EvaluationPeriods": 1,
        "MetricName": "Invocations",
        "Namespace": "AWS/Events",
        "Period": 60,
        "Statistic": "Sum",
        "Threshold": 1,
        "TreatMissingData": "notBreaching",
    },
}
