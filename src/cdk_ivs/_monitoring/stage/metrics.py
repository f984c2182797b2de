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
    """The metrics of one stage, and of all of the account."""

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

        Args:
            metric_name: The name, as ``Publishers``.
            dimensions_map: Further dimensions. Default: none but the stage.
            **options: How it is looked at, as for cloudwatch.Metric.

        Raises:
            ValidationError: If no such metric is published, or not with these dimensions.
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
        The packets that subscribers lose, in percent, by average.

        Args:
            participant: One participant, by its id. Default: of all.
            platform: Participants on a platform. Default: of all.
            sdk_version: Participants with a version of the SDK; with ``platform``. Default: of all.
            subscriber_country_code: Subscribers in a country (ISO 3166-1 alpha-2). Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
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
        The frames that subscribers drop, in percent, by average.

        Args:
            participant: One participant, by its id. Default: of all.
            platform: Participants on a platform. Default: of all.
            sdk_version: Participants with a version of the SDK; with ``platform``. Default: of all.
            subscriber_country_code: Subscribers in a country (ISO 3166-1 alpha-2). Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
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
        What is published, in bits per second, by average.

        Args:
            participant: One participant, by its id. Default: of all.
            simulcast_layer: A layer: ``hi``, ``mid``, ``low``, or ``none`` without
                simulcast. Default: of all.
            media_type: ``video`` or ``audio``. Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
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
        The frames that a publisher over RTMP sends each second, by average.

        Args:
            participant: One participant, by its id.
            simulcast_layer: A layer: ``hi``, ``mid``, ``low``, or ``none`` without
                simulcast. Default: of all.
            media_type: ``video`` or ``audio``. Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
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
        The smaller side of what is published, in pixels, by average.

        Args:
            participant: One participant, by its id.
            simulcast_layer: A layer: ``hi``, ``mid``, ``low``, or ``none`` without simulcast.
            media_type: ``video`` or ``audio``.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        layer = _layer(participant, simulcast_layer, media_type)
        return self._metric("PublishResolution", options, **layer)

    def metric_publishers(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        How many publishers there are: a count, by maximum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
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
        What is subscribed to, in bits per second, by average.

        Args:
            participant: One participant, by its id. Default: of all.
            media_type: ``video`` or ``audio``. Default: of all.
            platform: Participants on a platform. Default: of all.
            sdk_version: Participants with a version of the SDK; with ``platform``. Default: of all.
            subscriber_country_code: Subscribers in a country (ISO 3166-1 alpha-2). Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        audience = _audience(platform, sdk_version, subscriber_country_code)
        return self._metric(
            "SubscribeBitrate", options, Participant=participant, MediaType=media_type, **audience
        )

    def metric_subscribers(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        How many subscribers there are: a count, by maximum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return self._metric("Subscribers", options)

    @staticmethod
    def metric_all_concurrent_publishers(**options: Unpack[MetricOptions]) -> Metric:
        """
        How many publishers all stages have at a time: a count, by maximum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(REAL_TIME, "ConcurrentPublishers", options)

    @staticmethod
    def metric_all_concurrent_subscriptions(**options: Unpack[MetricOptions]) -> Metric:
        """
        How many subscriptions all stages have at a time: a count, by maximum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
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
        The packets that subscribers of all stages lose, in percent, by average.

        Args:
            platform: Participants on a platform. Default: of all.
            sdk_version: Participants with a version of the SDK; with ``platform``. Default: of all.
            subscriber_country_code: Subscribers in a country (ISO 3166-1 alpha-2). Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
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
        The frames that subscribers of all stages drop, in percent, by average.

        Args:
            platform: Participants on a platform. Default: of all.
            sdk_version: Participants with a version of the SDK; with ``platform``. Default: of all.
            subscriber_country_code: Subscribers in a country (ISO 3166-1 alpha-2). Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        audience = _audience(platform, sdk_version, subscriber_country_code)
        return published_metric(REAL_TIME, "DroppedFrames", options, **audience)

    @staticmethod
    def metric_all_publish_bitrate(
        *, platform: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        What is published to all stages, in bits per second, by average.

        Args:
            platform: Participants on a platform. Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
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
        What is subscribed to of all stages, in bits per second, by average.

        Args:
            platform: Participants on a platform. Default: of all.
            sdk_version: Participants with a version of the SDK; with ``platform``. Default: of all.
            subscriber_country_code: Subscribers in a country (ISO 3166-1 alpha-2). Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
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
