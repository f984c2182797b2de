"""The metrics of stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from cdk_ivs._monitoring.catalog.metrics import REAL_TIME
from cdk_ivs._monitoring.metrics import ResourceMetrics, published_metric

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk.aws_cloudwatch import Metric

    from cdk_ivs._monitoring.metric_options import MetricOptions


class StageMetrics(ResourceMetrics):
    """The metrics of one stage, and of all stages of the account."""

    _MONITORED_KIND = "stage"

    def metric(
        self,
        metric_name: str,
        *,
        dimensions_map: Mapping[str, str] | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        A metric of the stage, by its name.

        The metrics, units and dimensions are those of the
        [guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/stage-health.html).

        Args:
            metric_name: The name of the metric, for instance `Publishers`.
            dimensions_map: The dimensions other than the stage, by their names. Default: no other
                dimensions.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricName` if IVS publishes no such metric. `MetricDimensionValue` or
                `MetricDimensions` if IVS publishes no such dimensions. `DynamicReference` if the
                ARN of an imported stage contains a dynamic reference. `DurationToken`,
                `MetricOption` or `MetricPeriod` if an option is invalid.
        """
        return self._metric(metric_name, options, dimensions_map)

    def metric_download_packet_loss(
        self,
        *,
        participant: str | None = None,
        platform: str | None = None,
        sdk_version: str | None = None,
        subscriber_country_code: str | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        The share of packets that subscribers of the stage lose.

        The metric `DownloadPacketLoss`, in percent. The default statistic is `Average`.

        Args:
            participant: The ID of a participant. Default: all participants.
            platform: The platform of the participants. Default: all platforms.
            sdk_version: The SDK version of the participants. Needs `platform`. Default: all
                versions.
            subscriber_country_code: The country of the subscribers, as a code of ISO 3166-1
                alpha-2. Default: all countries.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DynamicReference` if the ARN of an imported stage contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        audience = _audience(platform, sdk_version, subscriber_country_code)
        return self._metric("DownloadPacketLoss", options, Participant=participant, **audience)

    def metric_dropped_frames(
        self,
        *,
        participant: str | None = None,
        platform: str | None = None,
        sdk_version: str | None = None,
        subscriber_country_code: str | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        The share of frames that subscribers of the stage drop.

        The metric `DroppedFrames`, in percent. The default statistic is `Average`.

        Args:
            participant: The ID of a participant. Default: all participants.
            platform: The platform of the participants. Default: all platforms.
            sdk_version: The SDK version of the participants. Needs `platform`. Default: all
                versions.
            subscriber_country_code: The country of the subscribers, as a code of ISO 3166-1
                alpha-2. Default: all countries.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DynamicReference` if the ARN of an imported stage contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        audience = _audience(platform, sdk_version, subscriber_country_code)
        return self._metric("DroppedFrames", options, Participant=participant, **audience)

    def metric_publish_bitrate(
        self,
        *,
        participant: str | None = None,
        simulcast_layer: str | None = None,
        media_type: str | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        The bitrate that participants publish to the stage.

        The metric `PublishBitrate`, in bits per second. The default statistic is `Average`.

        Args:
            participant: The ID of a participant. Default: all participants.
            simulcast_layer: The simulcast layer: `hi`, `mid`, `low`, or `none` without simulcast.
                Default: all layers.
            media_type: The type of the media: `video` or `audio`. Default: both.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DynamicReference` if the ARN of an imported stage contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        layer = _layer(participant, simulcast_layer, media_type)
        return self._metric("PublishBitrate", options, **layer)

    def metric_publish_framerate(
        self,
        *,
        participant: str,
        simulcast_layer: str | None = None,
        media_type: str | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        The frame rate that a participant publishes over RTMP.

        The metric `PublishFramerate`, in frames per second. The default statistic is `Average`.

        Args:
            participant: The ID of a participant.
            simulcast_layer: The simulcast layer: `hi`, `mid`, `low`, or `none` without simulcast.
                Default: all layers.
            media_type: The type of the media: `video` or `audio`. Default: both.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DynamicReference` if the ARN of an imported stage contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        layer = _layer(participant, simulcast_layer, media_type)
        return self._metric("PublishFramerate", options, **layer)

    def metric_publish_resolution(
        self,
        *,
        participant: str,
        simulcast_layer: str,
        media_type: str,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        The shorter side of the picture that a participant publishes.

        The metric `PublishResolution`, in pixels. The default statistic is `Average`.

        Args:
            participant: The ID of a participant.
            simulcast_layer: The simulcast layer: `hi`, `mid`, `low`, or `none` without simulcast.
            media_type: The type of the media: `video` or `audio`.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DynamicReference` if the ARN of an imported stage contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        layer = _layer(participant, simulcast_layer, media_type)
        return self._metric("PublishResolution", options, **layer)

    def metric_publishers(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        The number of publishers of the stage.

        The metric `Publishers`, as a count. The default statistic is `Maximum`.

        Args:
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DynamicReference` if the ARN of an imported stage contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return self._metric("Publishers", options)

    def metric_subscribe_bitrate(
        self,
        *,
        participant: str | None = None,
        media_type: str | None = None,
        platform: str | None = None,
        sdk_version: str | None = None,
        subscriber_country_code: str | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        The bitrate that subscribers of the stage receive.

        The metric `SubscribeBitrate`, in bits per second. The default statistic is `Average`.

        Args:
            participant: The ID of a participant. Default: all participants.
            media_type: The type of the media: `video` or `audio`. Default: both.
            platform: The platform of the participants. Default: all platforms.
            sdk_version: The SDK version of the participants. Needs `platform`. Default: all
                versions.
            subscriber_country_code: The country of the subscribers, as a code of ISO 3166-1
                alpha-2. Default: all countries.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` or `MetricDimensions` if IVS publishes no such
                dimensions. `DynamicReference` if the ARN of an imported stage contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        audience = _audience(platform, sdk_version, subscriber_country_code)
        return self._metric(
            "SubscribeBitrate", options, Participant=participant, MediaType=media_type, **audience
        )

    def metric_subscribers(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        The number of subscribers of the stage.

        The metric `Subscribers`, as a count. The default statistic is `Maximum`.

        Args:
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DynamicReference` if the ARN of an imported stage contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return self._metric("Subscribers", options)

    @staticmethod
    def metric_all_concurrent_publishers(**options: Unpack[MetricOptions]) -> Metric:
        """
        The number of concurrent publishers of all stages of the account.

        The metric `ConcurrentPublishers`, as a count. The default statistic is `Maximum`.

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
        return published_metric(REAL_TIME, "ConcurrentPublishers", options)

    @staticmethod
    def metric_all_concurrent_subscriptions(**options: Unpack[MetricOptions]) -> Metric:
        """
        The number of concurrent subscriptions of all stages of the account.

        The metric `ConcurrentSubscriptions`, as a count. The default statistic is `Maximum`.

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
        return published_metric(REAL_TIME, "ConcurrentSubscriptions", options)

    @staticmethod
    def metric_all_download_packet_loss(
        *,
        platform: str | None = None,
        sdk_version: str | None = None,
        subscriber_country_code: str | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        The share of packets that subscribers of all stages lose.

        The metric `DownloadPacketLoss`, in percent. The default statistic is `Average`.

        Args:
            platform: The platform of the participants. Default: all platforms.
            sdk_version: The SDK version of the participants. Needs `platform`. Default: all
                versions.
            subscriber_country_code: The country of the subscribers, as a code of ISO 3166-1
                alpha-2. Default: all countries.
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
        audience = _audience(platform, sdk_version, subscriber_country_code)
        return published_metric(REAL_TIME, "DownloadPacketLoss", options, **audience)

    @staticmethod
    def metric_all_dropped_frames(
        *,
        platform: str | None = None,
        sdk_version: str | None = None,
        subscriber_country_code: str | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        The share of frames that subscribers of all stages drop.

        The metric `DroppedFrames`, in percent. The default statistic is `Average`.

        Args:
            platform: The platform of the participants. Default: all platforms.
            sdk_version: The SDK version of the participants. Needs `platform`. Default: all
                versions.
            subscriber_country_code: The country of the subscribers, as a code of ISO 3166-1
                alpha-2. Default: all countries.
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
        audience = _audience(platform, sdk_version, subscriber_country_code)
        return published_metric(REAL_TIME, "DroppedFrames", options, **audience)

    @staticmethod
    def metric_all_publish_bitrate(
        *, platform: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The bitrate that participants publish to all stages.

        The metric `PublishBitrate`, in bits per second. The default statistic is `Average`.

        Args:
            platform: The platform of the participants. Default: all platforms.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` if IVS publishes no such dimension.
                `DurationToken`, `MetricOption` or `MetricPeriod` if an option is invalid.
        """
        return published_metric(REAL_TIME, "PublishBitrate", options, Platform=platform)

    @staticmethod
    def metric_all_subscribe_bitrate(
        *,
        platform: str | None = None,
        sdk_version: str | None = None,
        subscriber_country_code: str | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        The bitrate that subscribers of all stages receive.

        The metric `SubscribeBitrate`, in bits per second. The default statistic is `Average`.

        Args:
            platform: The platform of the participants. Default: all platforms.
            sdk_version: The SDK version of the participants. Needs `platform`. Default: all
                versions.
            subscriber_country_code: The country of the subscribers, as a code of ISO 3166-1
                alpha-2. Default: all countries.
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
        audience = _audience(platform, sdk_version, subscriber_country_code)
        return published_metric(REAL_TIME, "SubscribeBitrate", options, **audience)


def _audience(
    platform: str | None, sdk_version: str | None, subscriber_country_code: str | None
) -> dict[str, str | None]:
    return {
        "Platform": platform,
        "SDKVersion": sdk_version,
        "SubscriberCountryCode": subscriber_country_code,
    }


def _layer(
    participant: str | None, simulcast_layer: str | None, media_type: str | None
) -> dict[str, str | None]:
    return {
        "Participant": participant,
        "SimulcastLayer": simulcast_layer,
        "MediaType": media_type,
    }
