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
    """The metrics of one channel, and of all channels of the account."""

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

        The metrics, units and dimensions are those of the
        [guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/stream-health.html).

        Args:
            metric_name: The name of the metric, for instance `ConcurrentViews`.
            dimensions_map: The dimensions other than the channel, by their names. Default: no other
                dimensions.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricName` if IVS publishes no such metric. `MetricDimensionValue` or
                `MetricDimensions` if IVS publishes no such dimensions. `DynamicReference` if the
                ARN of an imported channel contains a dynamic reference. `DurationToken`,
                `MetricOption` or `MetricPeriod` if an option is invalid.
        """
        return self._metric(metric_name, options, dimensions_map)

    def metric_concurrent_views(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        The number of concurrent views of the channel.

        The metric `ConcurrentViews`, as a count. The default statistic is `Maximum`. There is no
        data while the channel is offline.

        Args:
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DynamicReference` if the ARN of an imported channel contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return self._metric("ConcurrentViews", options)

    def metric_ingest_audio_bitrate(
        self, *, track: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The bitrate of the audio that the encoder sends.

        The metric `IngestAudioBitrate`, in bits per second. The default statistic is `Average`. IVS
        also publishes it every second.

        Args:
            track: A track of multitrack input, `Track0` and so on according to the API
                reference. The spelling in metrics is UNCONFIRMED. Default: all tracks.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` if IVS publishes no such dimension.
                `DynamicReference` if the ARN of an imported channel contains a dynamic reference.
                `DurationToken`, `MetricOption` or `MetricPeriod` if an option is invalid.
        """
        return self._metric("IngestAudioBitrate", options, Track=track)

    def metric_ingest_bitrate(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        The bitrate that the encoder sends on all tracks.

        The metric `IngestBitrate`, in bits per second. The default statistic is `Average`. IVS also
        publishes it every second.

        Args:
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DynamicReference` if the ARN of an imported channel contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return self._metric("IngestBitrate", options)

    def metric_ingest_framerate(
        self, *, track: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The frame rate that the encoder sends.

        The metric `IngestFramerate`, in frames per second. The default statistic is `Average`. IVS
        also publishes it every second.

        Args:
            track: A track of multitrack input, `Track0` and so on according to the API
                reference. The spelling in metrics is UNCONFIRMED. Default: all tracks.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` if IVS publishes no such dimension.
                `DynamicReference` if the ARN of an imported channel contains a dynamic reference.
                `DurationToken`, `MetricOption` or `MetricPeriod` if an option is invalid.
        """
        return self._metric("IngestFramerate", options, Track=track)

    def metric_ingest_video_bitrate(
        self, *, track: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The bitrate of the video that the encoder sends.

        The metric `IngestVideoBitrate`, in bits per second. The default statistic is `Average`. IVS
        also publishes it every second.

        Args:
            track: A track of multitrack input, `Track0` and so on according to the API
                reference. The spelling in metrics is UNCONFIRMED. Default: all tracks.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` if IVS publishes no such dimension.
                `DynamicReference` if the ARN of an imported channel contains a dynamic reference.
                `DurationToken`, `MetricOption` or `MetricPeriod` if an option is invalid.
        """
        return self._metric("IngestVideoBitrate", options, Track=track)

    def metric_keyframe_interval(
        self, *, track: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The time from one keyframe to the next.

        The metric `KeyframeInterval`, in seconds. The default statistic is `Average`. IVS also
        publishes it every second.

        Args:
            track: A track of multitrack input, `Track0` and so on according to the API
                reference. The spelling in metrics is UNCONFIRMED. Default: all tracks.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` if IVS publishes no such dimension.
                `DynamicReference` if the ARN of an imported channel contains a dynamic reference.
                `DurationToken`, `MetricOption` or `MetricPeriod` if an option is invalid.
        """
        return self._metric("KeyframeInterval", options, Track=track)

    def metric_live_delivered_time(
        self, *, viewer_country_code: str | None = None, **options: Unpack[MetricOptions]
    ) -> Metric:
        """
        The time for which viewers watched the channel.

        The metric `LiveDeliveredTime`, in seconds. The default statistic is `Sum`.

        Args:
            viewer_country_code: The country of the viewers, as a code of ISO 3166-1 alpha-2 or
                `UNKNOWN`. Default: all countries.
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `MetricDimensionValue` if IVS publishes no such dimension.
                `DynamicReference` if the ARN of an imported channel contains a dynamic reference.
                `DurationToken`, `MetricOption` or `MetricPeriod` if an option is invalid.
        """
        return self._metric("LiveDeliveredTime", options, ViewerCountryCode=viewer_country_code)

    def metric_live_input_time(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        The time for which the channel was live.

        The metric `LiveInputTime`, in seconds. The default statistic is `Sum`.

        Args:
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DynamicReference` if the ARN of an imported channel contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
        """
        return self._metric("LiveInputTime", options)

    def metric_recorded_time(self, **options: Unpack[MetricOptions]) -> Metric:
        """
        The time that was recorded.

        The metric `RecordedTime`, in seconds. The default statistic is `Sum`.

        Args:
            **options: The options of the metric: see `MetricOptions`.

        Returns:
            The metric.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DynamicReference` if the ARN of an imported channel contains a dynamic
                reference. `DurationToken`, `MetricOption` or `MetricPeriod` if an option is
                invalid.
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
        The number of channels of the account that are live at the same time.

        The metric `ConcurrentStreams`, as a count. The default statistic is `Maximum`.

        Args:
            health: The health of the streams: `HEALTHY`, `STARVING` or `UNKNOWN` by the API
                reference. The spelling in metrics is UNCONFIRMED. Default: any health.
            streamer_country_code: The country of the encoders, as a code of ISO 3166-1 alpha-2 or
                `UNKNOWN`. Default: all countries.
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
            LOW_LATENCY,
            "ConcurrentStreams",
            options,
            Health=health,
            StreamerCountryCode=streamer_country_code,
        )

    @staticmethod
    def metric_all_concurrent_views(**options: Unpack[MetricOptions]) -> Metric:
        """
        The number of concurrent views of all channels of the account.

        The metric `ConcurrentViews`, as a count. The default statistic is `Maximum`.

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
        return published_metric(LOW_LATENCY, "ConcurrentViews", options)

    @staticmethod
    def metric_all_ingest_bitrate(**options: Unpack[MetricOptions]) -> Metric:
        """
        The bitrate that the encoders of all channels send.

        The metric `IngestBitrate`, in bits per second. The default statistic is `Average`. IVS also
        publishes it every second.

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
        return published_metric(LOW_LATENCY, "IngestBitrate", options)

    @staticmethod
    def metric_all_ingest_framerate(**options: Unpack[MetricOptions]) -> Metric:
        """
        The frame rate that the encoders of all channels send.

        The metric `IngestFramerate`, in frames per second. The default statistic is `Average`. IVS
        also publishes it every second.

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
        return published_metric(LOW_LATENCY, "IngestFramerate", options)

    @staticmethod
    def metric_all_live_delivered_time(**options: Unpack[MetricOptions]) -> Metric:
        """
        The time for which viewers watched all channels of the account.

        The metric `LiveDeliveredTime`, in seconds. The default statistic is `Sum`.

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
        return published_metric(LOW_LATENCY, "LiveDeliveredTime", options)

    @staticmethod
    def metric_all_live_input_time(**options: Unpack[MetricOptions]) -> Metric:
        """
        The time for which all channels of the account were live.

        The metric `LiveInputTime`, in seconds. The default statistic is `Sum`.

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
        return published_metric(LOW_LATENCY, "LiveInputTime", options)

    @staticmethod
    def metric_all_recorded_time(**options: Unpack[MetricOptions]) -> Metric:
        """
        The time that was recorded of all channels of the account.

        The metric `RecordedTime`, in seconds. The default statistic is `Sum`.

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
        return published_metric(LOW_LATENCY, "RecordedTime", options)

    @staticmethod
    def metric_usage_concurrent_streams(**options: Unpack[MetricOptions]) -> Metric:
        """
        The usage of the quota of concurrent streams.

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
        return usage_metric("ConcurrentStreams", options)

    @staticmethod
    def metric_usage_concurrent_views(**options: Unpack[MetricOptions]) -> Metric:
        """
        The usage of the quota of concurrent views.

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
        return usage_metric("ConcurrentViews", options)
