"""The metrics of channels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from aws_cdk import App, Duration, Environment, Stack
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.aws_ivs import CfnChannel
from aws_cdk.aws_sqs import Queue

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.monitoring import published_metrics
from tests.monitoring.cases import Case, facts_of, graphed, keywords_of, methods_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.oracles import resources_of
from tests.support.tokens import token

CHANNEL = "AbCdef1G2hij"
CHANNEL_ARN = arn("channel/AbCdef1G2hij")
OF_CHANNEL = {"Channel": CHANNEL}
OF_TRACK = {"Channel": CHANNEL, "Track": "Track0"}
TRACK = {"track": "Track0"}

CASES = (
    Case("metric_concurrent_views", {}, "ConcurrentViews", OF_CHANNEL, "Maximum"),
    Case("metric_ingest_audio_bitrate", {}, "IngestAudioBitrate", OF_CHANNEL, "Average"),
    Case("metric_ingest_audio_bitrate", TRACK, "IngestAudioBitrate", OF_TRACK, "Average"),
    Case("metric_ingest_bitrate", {}, "IngestBitrate", OF_CHANNEL, "Average"),
    Case("metric_ingest_framerate", {}, "IngestFramerate", OF_CHANNEL, "Average"),
    Case("metric_ingest_framerate", TRACK, "IngestFramerate", OF_TRACK, "Average"),
    Case("metric_ingest_video_bitrate", {}, "IngestVideoBitrate", OF_CHANNEL, "Average"),
    Case("metric_ingest_video_bitrate", TRACK, "IngestVideoBitrate", OF_TRACK, "Average"),
    Case("metric_keyframe_interval", {}, "KeyframeInterval", OF_CHANNEL, "Average"),
    Case("metric_keyframe_interval", TRACK, "KeyframeInterval", OF_TRACK, "Average"),
    Case("metric_live_delivered_time", {}, "LiveDeliveredTime", OF_CHANNEL, "Sum"),
    Case(
        "metric_live_delivered_time",
        {"viewer_country_code": "DE"},
        "LiveDeliveredTime",
        {"Channel": CHANNEL, "ViewerCountryCode": "DE"},
        "Sum",
    ),
    Case("metric_live_input_time", {}, "LiveInputTime", OF_CHANNEL, "Sum"),
    Case("metric_recorded_time", {}, "RecordedTime", OF_CHANNEL, "Sum"),
    Case("metric_all_concurrent_streams", {}, "ConcurrentStreams", None, "Maximum"),
    Case(
        "metric_all_concurrent_streams",
        {"health": "STARVING"},
        "ConcurrentStreams",
        {"Health": "STARVING"},
        "Maximum",
    ),
    Case(
        "metric_all_concurrent_streams",
        {"streamer_country_code": "UNKNOWN"},
        "ConcurrentStreams",
        {"StreamerCountryCode": "UNKNOWN"},
        "Maximum",
    ),
    Case("metric_all_concurrent_views", {}, "ConcurrentViews", None, "Maximum"),
    Case("metric_all_ingest_bitrate", {}, "IngestBitrate", None, "Average"),
    Case("metric_all_ingest_framerate", {}, "IngestFramerate", None, "Average"),
    Case("metric_all_live_delivered_time", {}, "LiveDeliveredTime", None, "Sum"),
    Case("metric_all_live_input_time", {}, "LiveInputTime", None, "Sum"),
    Case("metric_all_recorded_time", {}, "RecordedTime", None, "Sum"),
)

# How a channel is had, and the value of its dimension in a template.
MAKERS: dict[str, tuple[Callable[[Stack], object], object]] = {
    "construct": (
        lambda stack: ivs.Channel(stack, "Channel"),
        {"Fn::Select": [1, {"Fn::Split": ["/", {"Fn::GetAtt": ["Channel4048F119", "Arn"]}]}]},
    ),
    "imported": (
        lambda stack: ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL_ARN),
        "AbCdef1G2hij",
    ),
    "token": (
        lambda stack: ivs.Channel.from_channel_arn(stack, "Channel", token()),
        {"Fn::Select": [1, {"Fn::Split": ["/", {"Ref": "Parameter"}]}]},
    ),
    "attributes": (
        lambda stack: ivs.Channel.from_channel_attributes(
            stack, "Channel", channel_arn=CHANNEL_ARN
        ),
        "AbCdef1G2hij",
    ),
    "monitoring": (
        lambda stack: ivs.ChannelMonitoring.from_channel(ivs.Channel(stack, "Channel")),
        {"Fn::Select": [1, {"Fn::Split": ["/", {"Fn::GetAtt": ["Channel4048F119", "Arn"]}]}]},
    ),
    "l1": (
        lambda stack: ivs.ChannelMonitoring.from_channel(CfnChannel(stack, "Channel")),
        {"Fn::Select": [1, {"Fn::Split": ["/", {"Ref": "Channel"}]}]},
    ),
    "alpha": (
        lambda stack: ivs.ChannelMonitoring.from_channel(alpha.Channel(stack, "Channel")),
        {"Fn::Select": [1, {"Fn::Split": ["/", {"Fn::GetAtt": ["Channel4048F119", "Arn"]}]}]},
    ),
    "imported alpha": (
        lambda stack: ivs.ChannelMonitoring.from_channel(
            alpha.Channel.from_channel_arn(stack, "Channel", CHANNEL_ARN)
        ),
        "AbCdef1G2hij",
    ),
}

every_maker = pytest.mark.parametrize(
    ("make", "value"), [pytest.param(*maker, id=name) for name, maker in MAKERS.items()]
)


@pytest.fixture
def known(stack: Stack) -> ivs.IChannel:
    """An imported channel."""
    return ivs.Channel.from_channel_arn(stack, "Known", CHANNEL_ARN)


class TestMethods:
    @pytest.mark.parametrize("case", CASES, ids=str)
    def test_gives_its_metric(self, stack: Stack, known: ivs.IChannel, case: Case) -> None:
        """
        A method gives the metric of its name, with the dimensions that it is asked for.
        """
        metric = getattr(known, case.method)(**case.arguments)
        assert facts_of(stack, metric) == (
            "AWS/IVS",
            case.metric,
            case.dimensions,
            case.statistic,
        )

    def test_give_all_that_is_published(self) -> None:
        """
        Every metric can be had with each of its sets of dimensions, in one way each.
        """
        published = {
            (name, dimensions)
            for name, metric in published_metrics.LOW_LATENCY.items()
            for dimensions in metric.dimensions
        }
        assert Counter(case.series for case in CASES) == Counter(published)

    @pytest.mark.parametrize("kind", [ivs.Channel, ivs.ChannelMonitoring])
    def test_are_all_in_the_cases(self, kind: type) -> None:
        """
        A class has no further method, and a method no further keyword.
        """
        assert methods_of(kind) == keywords_of(CASES)

    @pytest.mark.parametrize(
        "case", [case for case in CASES if case.method.startswith("metric_all_")], ids=str
    )
    def test_of_the_account_need_no_channel(self, stack: Stack, case: Case) -> None:
        """
        What is about all channels is asked of the class.
        """
        metric = getattr(ivs.Channel, case.method)(**case.arguments)
        assert facts_of(stack, metric) == (
            "AWS/IVS",
            case.metric,
            case.dimensions,
            case.statistic,
        )


class TestUsage:
    @pytest.mark.parametrize(
        ("method", "resource"),
        [
            ("metric_usage_concurrent_streams", "ConcurrentStreams"),
            ("metric_usage_concurrent_views", "ConcurrentViews"),
        ],
    )
    def test_is_that_of_the_quota(self, stack: Stack, method: str, resource: str) -> None:
        """
        What is used of a quota is its resource count, by maximum.
        """
        assert facts_of(stack, getattr(ivs.Channel, method)()) == (
            "AWS/Usage",
            "ResourceCount",
            {"Class": "None", "Resource": resource, "Service": "IVS", "Type": "Resource"},
            "Maximum",
        )

    def test_takes_options(self) -> None:
        """
        It can be looked at in another way.
        """
        metric = ivs.Channel.metric_usage_concurrent_views(
            label="Views", period=Duration.minutes(1), statistic="Minimum"
        )
        assert (metric.label, metric.period.to_seconds(), metric.statistic) == (
            "Views",
            60,
            "Minimum",
        )

    def test_is_not_of_high_resolution(self) -> None:
        """
        It is published by the minute, so a shorter period is refused.
        """
        with pytest.raises(ValidationError, match="'period' must be at least 60 seconds"):
            ivs.Channel.metric_usage_concurrent_views(period=Duration.seconds(30))


class TestTemplate:
    @every_maker
    def test_has_the_id_in_an_alarm(
        self, located_stack: Stack, make: Callable[[Stack], ivs.Channel], value: object
    ) -> None:
        """
        The dimension is the id of the channel and not its ARN, whatever the channel is.
        """
        make(located_stack).metric_concurrent_views().create_alarm(
            located_stack, "Alarm", evaluation_periods=1, threshold=10
        )
        (alarm,) = resources_of(located_stack, "AWS::CloudWatch::Alarm").values()
        assert alarm["Properties"] == {
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "Dimensions": [{"Name": "Channel", "Value": value}],
            "EvaluationPeriods": 1,
            "MetricName": "ConcurrentViews",
            "Namespace": "AWS/IVS",
            "Period": 300,
            "Statistic": "Maximum",
            "Threshold": 10,
        }

    @every_maker
    def test_has_the_id_in_a_graph(
        self, located_stack: Stack, make: Callable[[Stack], ivs.Channel], value: object
    ) -> None:
        """
        So it is in a dashboard, beside further dimensions.
        """
        metric = make(located_stack).metric_ingest_framerate(track="Track1")
        assert graphed(located_stack, metric)[:6] == [
            "AWS/IVS",
            "IngestFramerate",
            "Channel",
            value,
            "Track",
            "Track1",
        ]

    def test_has_no_dimension_for_the_account(self, stack: Stack) -> None:
        """
        An alarm on all channels has no dimensions.
        """
        ivs.Channel.metric_all_concurrent_views().create_alarm(
            stack, "Alarm", evaluation_periods=1, threshold=10
        )
        (alarm,) = resources_of(stack, "AWS::CloudWatch::Alarm").values()
        assert alarm["Properties"] == {
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "EvaluationPeriods": 1,
            "MetricName": "ConcurrentViews",
            "Namespace": "AWS/IVS",
            "Period": 300,
            "Statistic": "Maximum",
            "Threshold": 10,
        }


class TestEnvironment:
    def test_is_that_of_the_arn(self, located_stack: Stack) -> None:
        """
        A channel of another Region is looked at there.
        """
        channel = ivs.Channel.from_channel_arn(
            located_stack, "Channel", arn("channel/a1", region="eu-west-1")
        )
        assert graphed(located_stack, channel.metric_concurrent_views()) == [
            "AWS/IVS",
            "ConcurrentViews",
            "Channel",
            "a1",
            {"accountId": ACCOUNT, "region": "eu-west-1", "stat": "Maximum"},
        ]

    def test_is_named_where_the_stack_may_be_anywhere(
        self, stack: Stack, known: ivs.IChannel
    ) -> None:
        """
        In a stack that does not know where it is, the account and the Region of an ARN are named.
        """
        assert graphed(stack, known.metric_concurrent_views())[-1] == {
            "accountId": ACCOUNT,
            "region": REGION,
            "stat": "Maximum",
        }

    def test_is_that_of_the_stack(self, app: App, located_stack: Stack) -> None:
        """
        A channel of a stack is looked at where the stack is, also from another Region.
        """
        far = Stack(app, "Far", env=Environment(account=ACCOUNT, region="eu-west-1"))
        metric = ivs.Channel(located_stack, "Channel").metric_concurrent_views()
        assert graphed(far, metric)[-1] == {"region": "us-west-2", "stat": "Maximum"}

    def test_makes_an_alarm_elsewhere_fail(self, located_stack: Stack) -> None:
        """
        The CDK refuses an alarm on a channel of another Region, which would see nothing.
        """
        channel = ivs.Channel.from_channel_arn(
            located_stack, "Channel", arn("channel/a1", region="eu-west-1")
        )
        with pytest.raises(RuntimeError, match="Cannot create an Alarm in region 'us-west-2'"):
            channel.metric_concurrent_views().create_alarm(
                located_stack, "Alarm", evaluation_periods=1, threshold=10
            )

    @pytest.mark.parametrize("known_by", ["construct", "arn"])
    def test_can_be_given(self, located_stack: Stack, known_by: str) -> None:
        """
        An account and a Region that are given win over those that are known.
        """
        channel = (
            ivs.Channel(located_stack, "Channel")
            if known_by == "construct"
            else ivs.Channel.from_channel_arn(located_stack, "Channel", CHANNEL_ARN)
        )
        metric = channel.metric_concurrent_views(account="999999999999", region="ap-south-1")
        assert graphed(located_stack, metric)[-1] == {
            "accountId": "999999999999",
            "region": "ap-south-1",
            "stat": "Maximum",
        }

    def test_is_not_known_of_a_dynamic_reference(self, stack: Stack) -> None:
        """
        An ARN that CloudFormation resolves by itself has no id that a metric could name.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", "{{resolve:ssm:/arn}}")
        with pytest.raises(ValidationError, match="the ID is not known from an ARN with a dynamic"):
            channel.metric_concurrent_views()


class TestByName:
    def test_is_the_metric_of_the_channel(self, stack: Stack, known: ivs.IChannel) -> None:
        """
        A metric can be had by the name that CloudWatch gives it.
        """
        assert facts_of(stack, known.metric("RecordedTime")) == (
            "AWS/IVS",
            "RecordedTime",
            {"Channel": "AbCdef1G2hij"},
            "Sum",
        )

    def test_takes_dimensions(self, stack: Stack, known: ivs.IChannel) -> None:
        """
        Further dimensions are added to that of the channel.
        """
        metric = known.metric("KeyframeInterval", dimensions_map={"Track": "Track2"})
        assert facts_of(stack, metric) == (
            "AWS/IVS",
            "KeyframeInterval",
            {"Channel": "AbCdef1G2hij", "Track": "Track2"},
            "Average",
        )

    def test_takes_options(self, known: ivs.IChannel) -> None:
        """
        It can be looked at in another way.
        """
        metric = known.metric("IngestBitrate", statistic="p99", period=Duration.seconds(5))
        assert (metric.statistic, metric.period.to_seconds()) == ("p99", 5)

    @pytest.mark.parametrize(
        ("wrong", "nearest"),
        [
            ("ConcurrentView", "ConcurrentViews"),
            ("concurrentstreams", "ConcurrentStreams"),
            ("IngestVideoBitRate", "IngestVideoBitrate"),
            ("KeyFrameInterval", "KeyframeInterval"),
        ],
    )
    def test_refuses_names_that_are_not_published(
        self, known: ivs.IChannel, wrong: str, nearest: str
    ) -> None:
        """
        A wrong name is refused with the nearest one and all that there are.
        """
        with pytest.raises(ValidationError) as error:
            known.metric(wrong)
        assert error.value.code == "MetricName"
        assert error.value.message == (
            f"'metric_name' must be a metric of AWS/IVS, got '{wrong}'; the nearest is "
            f"'{nearest}' (allowed: ConcurrentStreams, ConcurrentViews, IngestAudioBitrate, "
            "IngestBitrate, IngestFramerate, IngestVideoBitrate, KeyframeInterval, "
            "LiveDeliveredTime, LiveInputTime, RecordedTime)"
        )

    def test_refuses_metrics_of_the_account(self, known: ivs.IChannel) -> None:
        """
        A metric that is not published by channel is none of a channel.
        """
        with pytest.raises(ValidationError) as error:
            known.metric("ConcurrentStreams")
        assert error.value.code == "MetricDimensions"
        assert error.value.message == (
            "'dimensions_map' must have dimensions with which 'ConcurrentStreams' is published, "
            "got none (allowed: nothing here)"
        )

    @pytest.mark.parametrize(
        ("name", "dimensions", "got", "allowed"),
        [
            ("IngestBitrate", {"Track": "Track0"}, "{'Track': 'Track0'}", "none"),
            ("IngestFramerate", {"Trak": "Track0"}, "{'Trak': 'Track0'}", "none; Track"),
            (
                "LiveDeliveredTime",
                {"Track": "Track0"},
                "{'Track': 'Track0'}",
                "none; ViewerCountryCode",
            ),
            (
                "LiveDeliveredTime",
                {"ViewerCountryCode": "DE", "Track": "Track0"},
                "{'ViewerCountryCode': 'DE', 'Track': 'Track0'}",
                "none; ViewerCountryCode",
            ),
        ],
        ids=["never", "misspelled", "another", "too many"],
    )
    def test_refuses_dimensions_that_are_not_published(
        self, known: ivs.IChannel, name: str, dimensions: dict[str, str], got: str, allowed: str
    ) -> None:
        """
        Dimensions that would select nothing are refused with those that there are.
        """
        with pytest.raises(ValidationError) as error:
            known.metric(name, dimensions_map=dimensions)
        assert error.value.code == "MetricDimensions"
        assert error.value.message == (
            f"'dimensions_map' must have dimensions with which '{name}' is published, got {got} "
            f"(allowed: {allowed})"
        )

    def test_refuses_another_channel(self, known: ivs.IChannel) -> None:
        """
        The channel cannot be replaced, for instance by its ARN.
        """
        with pytest.raises(ValidationError):
            known.metric("ConcurrentViews", dimensions_map={"Channel": CHANNEL_ARN})

    @pytest.mark.parametrize("dimension", ["name", "options", "self"])
    def test_refuses_dimensions_of_any_name(self, known: ivs.IChannel, dimension: str) -> None:
        """
        A dimension that is called like something of Python's is refused like any other.
        """
        with pytest.raises(ValidationError):
            known.metric("IngestFramerate", dimensions_map={dimension: "Track0"})


def test_the_account_has_one_dimension_at_a_time() -> None:
    """
    Streams are counted by health or by country and not by both.
    """
    with pytest.raises(ValidationError) as error:
        ivs.Channel.metric_all_concurrent_streams(health="HEALTHY", streamer_country_code="DE")
    assert error.value.message == (
        "'ConcurrentStreams' is not published with these dimensions, got health 'HEALTHY' "
        "with streamer_country_code 'DE' (allowed: none; health; streamer_country_code)"
    )


class TestMonitoring:
    def test_refuses_other_resources(self, stack: Stack) -> None:
        """
        A stage is no channel.
        """
        with pytest.raises(TypeError, match="'channel' must be IChannelRef, got 'Stage'"):
            ivs.ChannelMonitoring.from_channel(ivs.Stage(stack, "Stage"))

    def test_refuses_other_constructs(self, stack: Stack) -> None:
        """
        Nor is a queue.
        """
        with pytest.raises(TypeError, match="'channel' must be IChannelRef, got 'Queue'"):
            ivs.ChannelMonitoring.from_channel(Queue(stack, "Queue"))
