"""The metrics of rooms, all of which are of the account."""

from __future__ import annotations

from collections import Counter

import pytest
from aws_cdk import Duration, Stack

from cdk_ivs import ValidationError, chat
from tests.monitoring import published_metrics
from tests.monitoring.cases import Case, facts_of, keywords_of, methods_of
from tests.support.arns import arn
from tests.support.oracles import resources_of

FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:review"

ACTION = {"action": "SendMessage"}
LOGGING = {"logging_configuration": "AbCdef1G2hij"}
URI = {"uri": FUNCTION}
OF_ACTION = {"Action": "SendMessage"}
OF_LOGGING = {"LoggingConfiguration": "AbCdef1G2hij"}
OF_URI = {"Uri": FUNCTION}

CASES = (
    Case(
        "metric_all_concurrent_chat_connections", {}, "ConcurrentChatConnections", None, "Maximum"
    ),
    Case("metric_all_deliveries", ACTION, "Deliveries", OF_ACTION, "Sum"),
    Case("metric_all_invocation_errors", URI, "InvocationErrors", OF_URI, "Sum"),
    Case(
        "metric_all_log_destination_access_denied_error",
        LOGGING,
        "LogDestinationAccessDeniedError",
        OF_LOGGING,
        "Sum",
    ),
    Case("metric_all_log_destination_errors", LOGGING, "LogDestinationErrors", OF_LOGGING, "Sum"),
    Case(
        "metric_all_log_destination_resource_not_found_errors",
        LOGGING,
        "LogDestinationResourceNotFoundErrors",
        OF_LOGGING,
        "Sum",
    ),
    Case("metric_all_messaging_deliveries", {}, "MessagingDeliveries", None, "Sum"),
    Case("metric_all_messaging_requests", {}, "MessagingRequests", None, "Sum"),
    Case("metric_all_requests", ACTION, "Requests", OF_ACTION, "Sum"),
    Case("metric_all_response_validation_errors", URI, "ResponseValidationErrors", OF_URI, "Sum"),
)


class TestMethods:
    @pytest.mark.parametrize("case", CASES, ids=str)
    def test_gives_its_metric(self, stack: Stack, case: Case) -> None:
        """
        A method gives the metric of its name, with its dimension.
        """
        metric = getattr(chat.Room, case.method)(**case.arguments)
        assert facts_of(stack, metric) == (
            "AWS/IVSChat",
            case.metric,
            case.dimensions,
            case.statistic,
        )

    def test_give_all_that_is_published(self) -> None:
        """
        Every metric can be had, in one way.
        """
        published = {
            (name, dimensions)
            for name, metric in published_metrics.CHAT.items()
            for dimensions in metric.dimensions
        }
        assert Counter(case.series for case in CASES) == Counter(published)

    def test_are_all_in_the_cases(self) -> None:
        """
        A room has no further method, and a method no further keyword.
        """
        assert methods_of(chat.Room) == keywords_of(CASES)

    def test_are_not_of_one_room(self) -> None:
        """
        There is no metric() of a room, since none is published by room.
        """
        assert not hasattr(chat.Room, "metric")

    @pytest.mark.parametrize(
        "room",
        [
            pytest.param(lambda stack: chat.Room(stack, "Room"), id="construct"),
            pytest.param(
                lambda stack: chat.Room.from_room_arn(
                    stack, "Room", arn("room/a1", service="ivschat", region="eu-west-1")
                ),
                id="imported",
            ),
        ],
    )
    def test_of_a_room_are_those_of_all(self, stack: Stack, room) -> None:
        """
        Asked of a room, they are still about all rooms, where the stack is.
        """
        room(stack).metric_all_messaging_requests().create_alarm(
            stack, "Alarm", evaluation_periods=1, threshold=10
        )
        (alarm,) = resources_of(stack, "AWS::CloudWatch::Alarm").values()
        assert alarm["Properties"] == {
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "EvaluationPeriods": 1,
            "MetricName": "MessagingRequests",
            "Namespace": "AWS/IVSChat",
            "Period": 300,
            "Statistic": "Sum",
            "Threshold": 10,
        }


class TestTemplate:
    def test_has_the_dimension_in_an_alarm(self, stack: Stack) -> None:
        """
        The value of a dimension is what was given.
        """
        chat.Room.metric_all_invocation_errors(uri=FUNCTION).create_alarm(
            stack, "Alarm", evaluation_periods=1, threshold=10
        )
        (alarm,) = resources_of(stack, "AWS::CloudWatch::Alarm").values()
        assert alarm["Properties"]["Dimensions"] == [{"Name": "Uri", "Value": FUNCTION}]

    def test_may_have_a_token(self, stack: Stack) -> None:
        """
        A configuration of the stack can be given by its id.
        """
        configuration = chat.LoggingConfiguration.from_logging_configuration_arn(
            stack, "Logging", arn("logging-configuration/a1", service="ivschat")
        )
        metric = chat.Room.metric_all_log_destination_errors(
            logging_configuration=configuration.logging_configuration_id
        )
        assert stack.resolve(metric.dimensions) == {"LoggingConfiguration": "a1"}


class TestByName:
    def test_takes_dimensions(self, stack: Stack) -> None:
        """
        A metric can be had by the names that CloudWatch gives it and its dimension.
        """
        metric = chat.Room.metric_all(
            "Requests", dimensions_map={"Action": "SendMessage"}, statistic="Average"
        )
        assert facts_of(stack, metric) == (
            "AWS/IVSChat",
            "Requests",
            {"Action": "SendMessage"},
            "Average",
        )

    @pytest.mark.parametrize(
        ("wrong", "nearest"),
        [
            ("LogDestinationAccessDeniedErrors", "LogDestinationAccessDeniedError"),
            ("LogDestinationError", "LogDestinationErrors"),
            ("ConcurrentConnections", "ConcurrentChatConnections"),
            ("MessageRequests", "MessagingRequests"),
        ],
    )
    def test_refuses_names_that_are_not_published(self, wrong: str, nearest: str) -> None:
        """
        A wrong name is refused with the nearest one and all that there are.
        """
        with pytest.raises(ValidationError) as error:
            chat.Room.metric_all(wrong)
        assert error.value.code == "MetricName"
        assert error.value.message == (
            f"'metric_name' must be a metric of AWS/IVSChat, got '{wrong}'; the nearest is "
            f"'{nearest}' (allowed: ConcurrentChatConnections, Deliveries, InvocationErrors, "
            "LogDestinationAccessDeniedError, LogDestinationErrors, "
            "LogDestinationResourceNotFoundErrors, MessagingDeliveries, MessagingRequests, "
            "Requests, ResponseValidationErrors)"
        )

    @pytest.mark.parametrize(
        ("name", "dimensions", "got", "allowed"),
        [
            ("Deliveries", None, "none", "Action"),
            ("MessagingDeliveries", {"Room": "AbCdef1G2hij"}, "{'Room': 'AbCdef1G2hij'}", "none"),
            ("Requests", {"Uri": FUNCTION}, f"{{'Uri': '{FUNCTION}'}}", "Action"),
        ],
        ids=["missing", "of a room", "another"],
    )
    def test_refuses_dimensions_that_are_not_published(
        self, name: str, dimensions: dict[str, str] | None, got: str, allowed: str
    ) -> None:
        """
        Dimensions that would select nothing are refused with those that there are.
        """
        with pytest.raises(ValidationError) as error:
            chat.Room.metric_all(name, dimensions_map=dimensions)
        assert error.value.code == "MetricDimensions"
        assert error.value.message == (
            f"'dimensions_map' must have dimensions with which '{name}' is published, got {got} "
            f"(allowed: {allowed})"
        )


class TestOptions:
    @pytest.mark.parametrize("case", CASES, ids=str)
    def test_do_not_have_short_periods(self, case: Case) -> None:
        """
        Nothing of chat is published every second.
        """
        with pytest.raises(ValidationError, match="'period' must be at least 60 seconds"):
            getattr(chat.Room, case.method)(period=Duration.seconds(10), **case.arguments)

    def test_are_those_of_cloudwatch(self) -> None:
        """
        A metric can be looked at in another way.
        """
        metric = chat.Room.metric_all_messaging_requests(
            color="#00ff00", label="In", period=Duration.minutes(1), region="eu-west-1"
        )
        assert [metric.color, metric.label, metric.period.to_seconds(), metric.region] == [
            "#00ff00",
            "In",
            60,
            "eu-west-1",
        ]

    def test_of_other_names_are_type_errors(self) -> None:
        """
        A keyword that there is not is refused.
        """
        with pytest.raises(TypeError, match="'statistics'"):
            chat.Room.metric_all_messaging_requests(statistics="Average")

    def test_need_the_dimension(self) -> None:
        """
        What is published by action only cannot be had without one.
        """
        with pytest.raises(TypeError, match="'action'"):
            chat.Room.metric_all_requests()


def test_usage_is_that_of_the_quota(stack: Stack) -> None:
    """
    What is used of the quota of connections is its resource count, of the service IVS Chat.
    """
    assert facts_of(stack, chat.Room.metric_usage_concurrent_chat_connections()) == (
        "AWS/Usage",
        "ResourceCount",
        {
            "Class": "None",
            "Resource": "ConcurrentChatConnections",
            "Service": "IVS Chat",
            "Type": "Resource",
        },
        "Maximum",
    )
