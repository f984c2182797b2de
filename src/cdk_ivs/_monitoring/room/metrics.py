"""The metrics of chat, which are those of all rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from cdk_ivs._monitoring.catalog.metrics import CHAT
from cdk_ivs._monitoring.metrics import published_metric, usage_metric

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk.aws_cloudwatch import Metric

    from cdk_ivs._monitoring.metric_options import MetricOptions


class RoomMetrics:
    """The metrics of all rooms of the account in a Region. IVS publishes none of a single room."""

    @staticmethod
    def metric_all(
        metric_name: str,
        *,
        dimensions_map: Mapping[str, str] | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        A metric of all rooms of the account, by its name.

        The metrics, units and dimensions are those of the
        [guide](https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-health.html).

        Args:
            metric_name: The name of the metric, for instance `MessagingRequests`.
            dimensions_map: The dimensions, by their names. Default: no dimensions.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricName` if IVS publishes no such metric. `MetricDimensionValue` or
                `MetricDimensions` if IVS publishes no such dimensions. `DurationToken`,
                `MetricOption` or `MetricPeriod` if an option is invalid.
        """
        return published_metric(CHAT, metric_name, options, dimensions_map)

    @staticmethod
    def metric_all_concurrent_chat_connections(**options: Unpack[MetricOptions]) -> Metric:
        """
        The number of concurrent connections to all rooms of the account.

        The metric `ConcurrentChatConnections`, as a count. The default statistic is `Maximum`.

        Args:
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return published_metric(CHAT, "ConcurrentChatConnections", options)

    @staticmethod
    def metric_all_deliveries(*, action: str, **options: Unpack[MetricOptions]) -> Metric:
        """
        The number of deliveries of the responses of an action.

        The metric `Deliveries`, as a count. The default statistic is `Sum`.

        Args:
            action: An action of the API. The spelling in metrics is UNCONFIRMED.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return published_metric(CHAT, "Deliveries", options, Action=action)

    @staticmethod
    def metric_all_invocation_errors(*, uri: str, **options: Unpack[MetricOptions]) -> Metric:
        """
        The number of failures of a function that reviews messages.

        The metric `InvocationErrors`, as a count. The default statistic is `Sum`.

        Args:
            uri: The ARN of the function that reviews messages. That the metric has the URI of the
                handler as its value is UNCONFIRMED.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return published_metric(CHAT, "InvocationErrors", options, Uri=uri)

    @staticmethod
    def metric_all_log_destination_access_denied_error(
        *, logging_configuration: str, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The number of times that a destination of logs denied access.

        The metric `LogDestinationAccessDeniedError`, as a count. The default statistic is `Sum`.

        Args:
            logging_configuration: The logging configuration. Whether the metric has its ID or its
                ARN is UNCONFIRMED.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
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
        The number of errors of a destination of logs.

        The metric `LogDestinationErrors`, as a count. The default statistic is `Sum`.

        Args:
            logging_configuration: The logging configuration. Whether the metric has its ID or its
                ARN is UNCONFIRMED.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return published_metric(
            CHAT, "LogDestinationErrors", options, LoggingConfiguration=logging_configuration
        )

    @staticmethod
    def metric_all_log_destination_resource_not_found_errors(
        *, logging_configuration: str, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The number of times that a destination of logs did not exist.

        The metric `LogDestinationResourceNotFoundErrors`, as a count. The default statistic is
        `Sum`.

        Args:
            logging_configuration: The logging configuration. Whether the metric has its ID or its
                ARN is UNCONFIRMED.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
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
        The number of deliveries of messages.

        The metric `MessagingDeliveries`, as a count. The default statistic is `Sum`.

        Args:
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return published_metric(CHAT, "MessagingDeliveries", options)

    @staticmethod
    def metric_all_messaging_requests(**options: Unpack[MetricOptions]) -> Metric:
        """
        The number of requests over connections.

        The metric `MessagingRequests`, as a count. The default statistic is `Sum`.

        Args:
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return published_metric(CHAT, "MessagingRequests", options)

    @staticmethod
    def metric_all_requests(*, action: str, **options: Unpack[MetricOptions]) -> Metric:
        """
        The number of requests of an action.

        The metric `Requests`, as a count. The default statistic is `Sum`.

        Args:
            action: An action of the API. The spelling in metrics is UNCONFIRMED.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return published_metric(CHAT, "Requests", options, Action=action)

    @staticmethod
    def metric_all_response_validation_errors(
        *, uri: str, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The number of invalid responses of a function that reviews messages.

        The metric `ResponseValidationErrors`, as a count. The default statistic is `Sum`.

        Args:
            uri: The ARN of the function that reviews messages. That the metric has the URI of the
                handler as its value is UNCONFIRMED.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return published_metric(CHAT, "ResponseValidationErrors", options, Uri=uri)

    @staticmethod
    def metric_usage_concurrent_chat_connections(**options: Unpack[MetricOptions]) -> Metric:
        """
        The usage of the quota of concurrent connections.

        The metric `ResourceCount` of `AWS/Usage`, as a count. The default statistic is `Maximum`.

        Args:
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return usage_metric("ConcurrentChatConnections", options)
