"""The alarms on quotas of the account."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import CfnParameter, Stack

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.monitoring.alarm_properties import alarms_of
from tests.support.oracles import resources_of, template_of


def expected(service: str, resource: str, what: str) -> dict[str, Any]:
    """An alarm as it is by default."""
    return {
        "AlarmDescription": (
            f"The account uses much of its quota of concurrent {what}: request a higher "
            "quota in Service Quotas."
        ),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "EvaluationPeriods": 1,
        "Metrics": [
            {
                "Expression": "used / SERVICE_QUOTA(used) * 100",
                "Id": "expr_1",
                "Label": "used of the quota (%)",
                "ReturnData": True,
            },
            {
                "Id": "used",
                "MetricStat": {
                    "Metric": {
                        "Dimensions": [
                            {"Name": "Class", "Value": "None"},
                            {"Name": "Resource", "Value": resource},
                            {"Name": "Service", "Value": service},
                            {"Name": "Type", "Value": "Resource"},
                        ],
                        "MetricName": "ResourceCount",
                        "Namespace": "AWS/Usage",
                    },
                    "Period": 60,
                    "Stat": "Maximum",
                },
                "ReturnData": False,
            },
        ],
        "Threshold": 80,
        "TreatMissingData": "notBreaching",
    }


ALARMS = {
    "CONCURRENT_STREAMS": expected("IVS", "ConcurrentStreams", "streams"),
    "CONCURRENT_VIEWS": expected("IVS", "ConcurrentViews", "views"),
    "CONCURRENT_CHAT_CONNECTIONS": expected(
        "IVS Chat", "ConcurrentChatConnections", "chat connections"
    ),
}


class TestTemplate:
    def test_has_an_alarm_for_each_quota(self, stack: Stack) -> None:
        """
        CloudWatch compares the use with the quota that the account has, without its number.
        """
        alarms = ivs.QuotaAlarms(stack, "Alarms")
        assert alarms_of(stack, alarms) == ALARMS
        assert set(ALARMS) == set(ivs.QuotaAlarm)

    def test_has_alarms_only(self, stack: Stack) -> None:
        """
        No event is needed, and logical ids are a contract.
        """
        ivs.QuotaAlarms(stack, "Alarms")
        assert sorted(template_of(stack)["Resources"]) == [
            "AlarmsConcurrentChatConnections338A1EB0",
            "AlarmsConcurrentStreams7ADEC292",
            "AlarmsConcurrentViewsD6B18056",
        ]


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_can_be_left_out(stack: Stack, name: str) -> None:
    """
    The others are as they were.
    """
    alarms = ivs.QuotaAlarms(stack, "Alarms", exclude=[ivs.QuotaAlarm[name]])
    others = {other: ALARMS[other] for other in ALARMS if other != name}
    assert alarms_of(stack, alarms) == others
    assert len(resources_of(stack, "AWS::CloudWatch::Alarm")) == 2


class TestPercentage:
    @pytest.mark.parametrize("percentage", [1, 62.5, 100])
    def test_is_the_threshold_of_all(self, stack: Stack, percentage: float) -> None:
        """
        The percentage is from 1 to 100, and may be a fraction.
        """
        alarms = ivs.QuotaAlarms(stack, "Alarms", percentage=percentage)
        assert alarms_of(stack, alarms) == {
            name: properties | {"Threshold": percentage} for name, properties in ALARMS.items()
        }

    def test_may_be_a_token(self, stack: Stack) -> None:
        """
        It may be known at deployment only.
        """
        number = CfnParameter(stack, "Number", type="Number").value_as_number
        found = alarms_of(stack, ivs.QuotaAlarms(stack, "Alarms", percentage=number))
        assert [alarm["Threshold"] for alarm in found.values()] == [{"Ref": "Number"}] * 3

    @pytest.mark.parametrize(
        ("percentage", "rule"),
        [
            (0, "at least 1, got 0"),
            (0.5, "at least 1, got 0.5"),
            (-1, "at least 1, got -1"),
            (100.5, "at most 100, got 100.5"),
            (101, "at most 100, got 101"),
        ],
    )
    def test_must_be_in_range(self, stack: Stack, percentage: float, rule: str) -> None:
        """
        More than all of a quota cannot be used.
        """
        with pytest.raises(ValidationError) as error:
            ivs.QuotaAlarms(stack, "Alarms", percentage=percentage)
        assert str(error.value) == (
            f"'percentage' must be {rule} (allowed: 1 to 100) "
            "[cdk-ivs:NumberRange at 'Stack/Alarms']"
        )
        assert stack.node.try_find_child("Alarms") is None

    @pytest.mark.parametrize(
        ("percentage", "message"),
        [
            ("80", "'percentage' must be float, got '80' of type 'str'"),
            (None, "'percentage' must be float, got None of type 'NoneType'"),
            (True, "'percentage' must be a number, got True of type 'bool'"),
        ],
    )
    def test_must_be_a_number(self, stack: Stack, percentage: Any, message: str) -> None:
        """
        Anything else is an error of the type.
        """
        with pytest.raises(TypeError, match=message):
            ivs.QuotaAlarms(stack, "Alarms", percentage=percentage)
