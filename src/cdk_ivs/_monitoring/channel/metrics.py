"""The metrics of channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from cdk_ivs._monitoring.catalog.metrics import LOW_LATENCY
from cdk_ivs._monitoring.metrics import ResourceMetrics, published_metric, usage_metric

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk.aws_cloudwatch import Metric

    from cdk_ivs._monitoring.metric_options import MetricOptions


class ChannelMetrics(ResourceMetrics):
    """The metrics of one channel, and of all of the account."""

    _MONITORED_KIND = "channel"

    def metric(
        self,
        metric_name: str,
        *,
        dimensions_map: Mapping[str, str] | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        A metric of the channel, by its name.

        Args:
            metric_name: The name, as ``ConcurrentViews``.
            dimensions_map: Further dimensions. Default: none but the channel.
            **options: How it is looked at, as for cloudwatch.Metric.

        Raises:
            ValidationError: If no such metric is published, or not with these dimensions.
        """
        return self._metric(metric_name, options, dimensions_map)

    def metric_concurrent_views(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        How many views there are at a time: a count, by maximum. None while it is offline.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return self._metric("ConcurrentViews", options)

    def metric_ingest_audio_bitrate(
        self, *, track: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The audio that comes in, in bits per second, by average; also every second.

        Args:
            track: One track of multitrack input, ``Track0`` and on by the API reference; the
                spelling in metrics is UNCONFIRMED. Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return self._metric("IngestAudioBitrate", options, Track=track)

    def metric_ingest_bitrate(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        What comes in on all tracks, in bits per second, by average; also every second.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return self._metric("IngestBitrate", options)

    def metric_ingest_framerate(
        self, *, track: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The frames that come in each second, by average; also every second.

        Args:
            track: One track of multitrack input, ``Track0`` and on by the API reference; the
                spelling in metrics is UNCONFIRMED. Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return self._metric("IngestFramerate", options, Track=track)

    def metric_ingest_video_bitrate(
        self, *, track: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The video that comes in, in bits per second, by average; also every second.

        Args:
            track: One track of multitrack input, ``Track0`` and on by the API reference; the
                spelling in metrics is UNCONFIRMED. Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return self._metric("IngestVideoBitrate", options, Track=track)

    def metric_keyframe_interval(
        self, *, track: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The time between key frames, in seconds, by average; also every second.

        Args:
            track: One track of multitrack input, ``Track0`` and on by the API reference; the
                spelling in metrics is UNCONFIRMED. Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return self._metric("KeyframeInterval", options, Track=track)

    def metric_live_delivered_time(
        self, *, viewer_country_code: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The time that viewers watched, in seconds, by sum.

        Args:
            viewer_country_code: The viewers of a country (ISO 3166-1 alpha-2), or
                ``UNKNOWN``. Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return self._metric("LiveDeliveredTime", options, ViewerCountryCode=viewer_country_code)

    def metric_live_input_time(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        The time that was live, in seconds, by sum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return self._metric("LiveInputTime", options)

    def metric_recorded_time(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        The time that was recorded, in seconds, by sum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return self._metric("RecordedTime", options)

    @staticmethod
    def metric_all_concurrent_streams(
        *,
        health: str | None = None,
        streamer_country_code: str | None = None,
        **options: Unpack[MetricOptions],
    ) -> Metric:
        """
        How many channels are live at a time: a count, by maximum.

        Args:
            health: Streams in a state of health: HEALTHY, STARVING or UNKNOWN by the API
                reference; the spelling in metrics is UNCONFIRMED. Default: of all.
            streamer_country_code: Streams from a country (ISO 3166-1 alpha-2), or
                ``UNKNOWN``. Default: of all.
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(
            LOW_LATENCY,
            "ConcurrentStreams",
            options,
            Health=health,
            StreamerCountryCode=streamer_country_code,
        )

    @staticmethod
    def metric_all_concurrent_views(**options: Unpack[MetricOptions]) -> Metric:
        """
        How many views all channels have at a time: a count, by maximum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(LOW_LATENCY, "ConcurrentViews", options)

    @staticmethod
    def metric_all_ingest_bitrate(**options: Unpack[MetricOptions]) -> Metric:
        """
        What comes in on all channels, in bits per second, by average; also every second.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(LOW_LATENCY, "IngestBitrate", options)

    @staticmethod
    def metric_all_ingest_framerate(**options: Unpack[MetricOptions]) -> Metric:
        """
        The frames that come in each second, by average; also every second.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(LOW_LATENCY, "IngestFramerate", options)

    @staticmethod
    def metric_all_live_delivered_time(**options: Unpack[MetricOptions]) -> Metric:
        """
        The time that viewers watched all channels, in seconds, by sum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(LOW_LATENCY, "LiveDeliveredTime", options)

    @staticmethod
    def metric_all_live_input_time(**options: Unpack[MetricOptions]) -> Metric:
        """
        The time that all channels were live, in seconds, by sum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(LOW_LATENCY, "LiveInputTime", options)

    @staticmethod
    def metric_all_recorded_time(**options: Unpack[MetricOptions]) -> Metric:
        """
        The time that was recorded of all channels, in seconds, by sum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return published_metric(LOW_LATENCY, "RecordedTime", options)

    @staticmethod
    def metric_usage_concurrent_streams(**options: Unpack[MetricOptions]) -> Metric:
        """
        How much is used of the quota of concurrent streams: a count, by maximum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return usage_metric("ConcurrentStreams", options)

    @staticmethod
    def metric_usage_concurrent_views(**options: Unpack[MetricOptions]) -> Metric:
        """
        How much is used of the quota of concurrent views: a count, by maximum.

        Args:
            **options: How it is looked at, as for cloudwatch.Metric.
        """
        return usage_metric("ConcurrentViews", options)
