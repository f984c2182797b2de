"""Whether alarms of the monitored_channel example reach somebody."""

from __future__ import annotations

import re

import pytest

from tests.examples.apps import EXAMPLES, golden
from tests.examples.golden_templates import deployed, properties_of

NAME = "monitored_channel"
TOPIC_ARN = "arn:aws:sns:us-west-2:123456789012:alarms"


def test_every_alarm_goes_to_the_topic() -> None:
    """
    No alarm changes its state without a message, and the topic has a subscriber.
    """
    resources = golden(NAME)["Resources"]
    (topic,) = (key for key in resources if resources[key]["Type"] == "AWS::SNS::Topic")
    alarms = {
        logical_id: resource["Properties"]["AlarmActions"]
        for logical_id, resource in resources.items()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }
    assert alarms == {logical_id: [{"Ref": topic}] for logical_id in alarms}
    assert len(alarms) == 8
    assert properties_of(NAME, "AWS::SNS::Subscription") == {
        "Endpoint": {"Ref": "Email"},
        "Protocol": "email",
        "TopicArn": {"Ref": topic},
    }


def test_alarms_and_events_may_publish() -> None:
    """
    The policy, which takes the place of the topic's own, lets alarms of the account in, and
    EventBridge.
    """
    policy = properties_of(NAME, "AWS::SNS::TopicPolicy")["PolicyDocument"]
    assert [
        statement
        for statement in deployed(policy["Statement"], {"Alarms": TOPIC_ARN})
        if statement["Effect"] == "Allow"
    ] == [
        {
            "Action": "sns:Publish",
            "Condition": {
                "ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:us-west-2:123456789012:alarm:*"},
                "StringEquals": {"aws:SourceAccount": "123456789012"},
            },
            "Effect": "Allow",
            "Principal": {"Service": "cloudwatch.amazonaws.com"},
            "Resource": TOPIC_ARN,
            "Sid": "1",
        },
        {
            "Action": "sns:Publish",
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Resource": TOPIC_ARN,
            "Sid": "2",
        },
    ]


def test_events_of_starvation_go_to_the_topic() -> None:
    """
    The event itself is sent, so that a message does not depend on a metric.
    """
    rule = properties_of(NAME, "AWS::Events::Rule")
    assert rule["EventPattern"]["detail"] == {"event_name": ["Starvation Start"]}
    assert deployed(rule["Targets"], {"Alarms": TOPIC_ARN}) == [{"Arn": TOPIC_ARN, "Id": "Target0"}]


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("you@example.com", True),
        ("first.last+live@mail.example.co.uk", True),
        ("you@example", False),
        ("you", False),
        ("", False),
        ("a@b.c d@e.f", False),
    ],
)
def test_address_is_one(address: str, taken: bool) -> None:
    """
    What is no address is refused before anything is deployed.
    """
    pattern = golden(NAME)["Parameters"]["Email"]["AllowedPattern"]
    assert (re.fullmatch(pattern, address) is not None) is taken


def test_readme_tells_the_thresholds() -> None:
    """
    The thresholds in the README are those of the template.
    """
    thresholds = {
        resource["Properties"]["MetricName"]: resource["Properties"]["Threshold"]
        for logical_id, resource in golden(NAME)["Resources"].items()
        if resource["Type"] == "AWS::CloudWatch::Alarm" and logical_id.startswith("ChannelAlarms")
    }
    assert thresholds == {
        "ConcurrentViews": 5_000,
        "IngestBitrate": 7_650_000,
        "IngestFramerate": 1,
        "KeyframeInterval": 3,
        "Invocations": 1,
    }
    text = (EXAMPLES / NAME / "README.md").read_text()
    for words in ("5,000 views", "7.65 Mbps", "less than 1 frame", "3 seconds or more"):
        assert words in text
