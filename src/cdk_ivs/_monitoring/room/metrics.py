"""The metrics of chat, of which none is about one room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from cdk_ivs._monitoring.catalog.metrics import CHAT
from cdk_ivs._monitoring.metrics import published_metric, usage_metric

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk.aws_cloudwatch import Metric

    from cdk_ivs._monitoring.metric_options import MetricOptions


class RoomMetrics:
    """The metrics of all rooms of the account in a Region: there are none of one room."""

    @staticmethod
    def metric_all(
        metric_name: str,
        *,
        dimensions_map: Mapping[str, str] | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        A metric of all rooms, by its name.

        Args:
            metric_name: The name, as ``MessagingRequests``.
            dimensions_map: The dimensions. Default: none.
            **options: How it is looked at, as for cloudwatch.Metric.

        Raises:
            ValidationError: If no such metric is published, or not with these dimensions.
        """
        return published_metric(CHAT, metric_name, options, dimensions_map)

    @staticmethod
    def metric_all_concurrent_chat_connections(**options: Unpack[MetricOptions]) -> Metric:
        """
        How many connections all rooms have at a time: a count, by maximum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(CHAT, "ConcurrentChatConnections", options)

    @staticmethod
    def metric_all_deliveries(*, action: str, **options: Unpack[MetricOptions]) -> Metric:
        """
        How often the answers of an action were delivered: a count, by sum.

        Args:
            action: An action of the API; its spelling in metrics is UNCONFIRMED.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(CHAT, "Deliveries", options, Action=action)

    @staticmethod
    def metric_all_invocation_errors(*, uri: str, **options: Unpack[MetricOptions]) -> Metric:
        """
        How often a function that reviews messages failed: a count, by sum.

        Args:
            uri: The ARN of the function that reviews messages (UNCONFIRMED: the metric's value is
                taken to be that of the handler's URI).
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(CHAT, "InvocationErrors", options, Uri=uri)

    @staticmethod
    def metric_all_log_destination_access_denied_error(
        *, logging_configuration: str, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        How often a destination of logs refused access: a count, by sum.

        Args:
            logging_configuration: The logging configuration: whether by its id or its ARN is
                UNCONFIRMED.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(
            CHAT,
            "LogDestinationAccessDeniedError",
            options,
            LoggingConfiguration=logging_configuration,
        )

    @staticmethod
    def metric_all_log_destination_errors(
        *, logging_configuration: str, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        How often a destination of logs failed: a count, by sum.

        Args:
            logging_configuration: The logging configuration: whether by its id or its ARN is
                UNCONFIRMED.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(
            CHAT, "LogDestinationErrors", options, LoggingConfiguration=logging_configuration
        )

    @staticmethod
    def metric_all_log_destination_resource_not_found_errors(
        *, logging_configuration: str, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        How often a destination of logs was not there: a count, by sum.

        Args:
            logging_configuration: The logging configuration: whether by its id or its ARN is
                UNCONFIRMED.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(
            CHAT,
            "LogDestinationResourceNotFoundErrors",
            options,
            LoggingConfiguration=logging_configuration,
        )

    @staticmethod
    def metric_all_messaging_deliveries(**options: Unpack[MetricOptions]) -> Metric:
        """
        How often messages were delivered: a count, by sum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(CHAT, "MessagingDeliveries", options)

    @staticmethod
    def metric_all_messaging_requests(**options: Unpack[MetricOptions]) -> Metric:
        """
        How many requests came over connections: a count, by sum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(CHAT, "MessagingRequests", options)

    @staticmethod
    def metric_all_requests(*, action: str, **options: Unpack[MetricOptions]) -> Metric:
        """
        How many requests of an action there were: a count, by sum.

        Args:
            action: An action of the API; its spelling in metrics is UNCONFIRMED.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(CHAT, "Requests", options, Action=action)

    @staticmethod
    def metric_all_response_validation_errors(
        *, uri: str, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        How often a function that reviews messages gave no valid answer: a count, by sum.

        Args:
            uri: The ARN of the function that reviews messages (UNCONFIRMED: the metric's value is
                taken to be that of the handler's URI).
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(CHAT, "ResponseValidationErrors", options, Uri=uri)

    @staticmethod
    def metric_usage_concurrent_chat_connections(**options: Unpack[MetricOptions]) -> Metric:
        """
        How much is used of the quota of concurrent connections: a count, by maximum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return usage_metric("ConcurrentChatConnections", options)
