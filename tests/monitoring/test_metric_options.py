"""How metrics are looked at: periods, statistics, units and more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import Duration, Stack, Token
from aws_cdk.aws_cloudwatch import Unit

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from cdk_ivs import ValidationError
from cdk_ivs._validation.errors import ArgumentTypeError
from tests.monitoring.cases import graphed
from tests.support.arns import arn
from tests.support.oracles import resources_of

high_resolution = pytest.mark.parametrize(
    "method",
    [
        "metric_ingest_audio_bitrate",
        "metric_ingest_bitrate",
        "metric_ingest_framerate",
        "metric_ingest_video_bitrate",
        "metric_keyframe_interval",
        "metric_all_ingest_bitrate",
        "metric_all_ingest_framerate",
    ],
)
low_resolution = pytest.mark.parametrize(
    ("method", "metric"),
    [
        ("metric_concurrent_views", "ConcurrentViews"),
        ("metric_live_delivered_time", "LiveDeliveredTime"),
        ("metric_live_input_time", "LiveInputTime"),
        ("metric_recorded_time", "RecordedTime"),
        ("metric_all_concurrent_streams", "ConcurrentStreams"),
        ("metric_all_concurrent_views", "ConcurrentViews"),
        ("metric_all_live_delivered_time", "LiveDeliveredTime"),
        ("metric_all_live_input_time", "LiveInputTime"),
        ("metric_all_recorded_time", "RecordedTime"),
    ],
)


@pytest.fixture
def known(stack: Stack) -> ivs.IChannel:
    """An imported channel."""
    return ivs.Channel.from_channel_arn(stack, "Known", arn("channel/AbCdef1G2hij"))


class TestPeriod:
    def test_is_five_minutes(self, known: ivs.IChannel) -> None:
        """
        A period that is not given is that of CloudWatch's metrics.
        """
        assert known.metric_ingest_bitrate().period.to_seconds() == 300

    @high_resolution
    @pytest.mark.parametrize("seconds", [1, 5, 10, 30, 60])
    def test_can_be_short(self, known: ivs.IChannel, method: str, seconds: int) -> None:
        """
        What is published every second can be looked at by the second.
        """
        metric = getattr(known, method)(period=Duration.seconds(seconds))
        assert metric.period.to_seconds() == seconds

    @low_resolution
    @pytest.mark.parametrize("seconds", [1, 5, 10, 30])
    def test_cannot_be_short(
        self, known: ivs.IChannel, method: str, metric: str, seconds: int
    ) -> None:
        """
        What is not published every second has no data for short periods.
        """
        with pytest.raises(ValidationError) as error:
            getattr(known, method)(period=Duration.seconds(seconds))
        assert error.value.code == "MetricPeriod"
        assert error.value.message == (
            f"'period' must be at least 60 seconds, got {seconds} seconds: '{metric}' is not "
            "published every second"
        )

    @pytest.mark.parametrize(("unit", "amount"), [("seconds", 60), ("minutes", 1)])
    def test_can_be_a_minute(self, known: ivs.IChannel, unit: str, amount: int) -> None:
        """
        A minute is long enough, in any unit.
        """
        metric = known.metric_concurrent_views(period=getattr(Duration, unit)(amount))
        assert metric.period.to_seconds() == 60

    def test_of_less_than_a_second_is_said_exactly(self, known: ivs.IChannel) -> None:
        """
        A period is not rounded in what is said about it.
        """
        with pytest.raises(ValidationError, match=r"got 0\.5 seconds"):
            known.metric_recorded_time(period=Duration.millis(500))

    @pytest.mark.parametrize("unit", [Duration.seconds, Duration.minutes], ids=["s", "min"])
    def test_that_is_a_token_is_refused(
        self, known: ivs.IChannel, unit: Callable[[float], Duration]
    ) -> None:
        """
        The CDK renders the number into graphs, so a token is refused whatever its unit is.
        """
        with pytest.raises(ValidationError, match="'period' must be known at synthesis") as error:
            known.metric_ingest_bitrate(period=unit(Token.as_number({"Ref": "Period"})))
        assert error.value.code == "DurationToken"

    @pytest.mark.parametrize(
        ("method", "seconds", "rule"),
        [
            ("metric_concurrent_views", 0, "at least 60 seconds, got 0 seconds: 'ConcurrentViews'"),
            ("metric_concurrent_views", 61, "a multiple of 60 seconds, got 61 seconds"),
            ("metric_all_concurrent_views", 90, "a multiple of 60 seconds, got 90 seconds"),
            ("metric_usage_concurrent_views", 61, "a multiple of 60 seconds, got 61 seconds"),
            *(
                (
                    "metric_ingest_bitrate",
                    seconds,
                    f"1, 5, 10 or 30 seconds or a multiple of 60 seconds, got {seconds} seconds",
                )
                for seconds in (0, 2, 20, 31, 61, 90)
            ),
        ],
    )
    def test_is_one_that_cloudwatch_has(
        self, known: ivs.IChannel, method: str, seconds: int, rule: str
    ) -> None:
        """
        Other periods than those of the CDK's metrics are refused, 20 seconds included.
        """
        with pytest.raises(ValidationError) as error:
            getattr(known, method)(period=Duration.seconds(seconds))
        assert error.value.code == "MetricPeriod"
        assert error.value.message.startswith(f"'period' must be {rule}")

    @pytest.mark.parametrize("seconds", [60, 120, 86_400, 604_800])
    def test_may_be_any_number_of_minutes(self, known: ivs.IChannel, seconds: int) -> None:
        """
        A multiple of a minute is taken, also more than a day.
        """
        metric = known.metric_concurrent_views(period=Duration.seconds(seconds))
        assert metric.period.to_seconds() == seconds

    def test_of_another_type_is_a_type_error(self, known: ivs.IChannel) -> None:
        """
        A number is no period.
        """
        with pytest.raises(TypeError):
            known.metric_concurrent_views(period=300)


class TestOptions:
    def test_are_those_of_cloudwatch(self, known: ivs.IChannel) -> None:
        """
        All options of cloudwatch.Metric are passed on.
        """
        metric = known.metric_concurrent_views(
            account="999999999999",
            color="#00ff00",
            id="views",
            label="Views",
            period=Duration.minutes(15),
            region="ap-south-1",
            stack_account="888888888888",
            stack_region="eu-west-1",
            statistic="Average",
            visible=False,
        )
        assert [
            metric.account,
            metric.color,
            metric.id,
            metric.label,
            metric.period.to_seconds(),
            metric.region,
            metric.statistic,
            metric.visible,
        ] == ["999999999999", "#00ff00", "views", "Views", 900, "ap-south-1", "Average", False]

    def test_of_the_stack_are_passed_on(self, located_stack: Stack) -> None:
        """
        The account and the Region that a metric is at home in can be given.
        """
        metric = ivs.Channel.metric_all_concurrent_views(
            stack_account="888888888888", stack_region="eu-west-1"
        )
        assert graphed(located_stack, metric)[-1] == {
            "accountId": "888888888888",
            "region": "eu-west-1",
            "stat": "Maximum",
        }

    def test_survive_in_a_stack_that_knows_where_it_is(self, located_stack: Stack) -> None:
        """
        The metric of a construct keeps its options.
        """
        metric = ivs.Channel(located_stack, "Channel").metric_ingest_bitrate(
            color="#00ff00", id="bitrate", label="In", period=Duration.seconds(10), visible=False
        )
        assert graphed(located_stack, metric)[-1] == {
            "color": "#00ff00",
            "id": "bitrate",
            "label": "In",
            "period": 10,
            "visible": False,
        }

    def test_leave_the_unit_out(self, located_stack: Stack) -> None:
        """
        A unit is a filter, so an alarm has none.
        """
        channel = ivs.Channel(located_stack, "Channel")
        metric = channel.metric_ingest_bitrate()
        metric.create_alarm(located_stack, "Alarm", evaluation_periods=1, threshold=10)
        (alarm,) = resources_of(located_stack, "AWS::CloudWatch::Alarm").values()
        assert metric.unit is None
        assert "Unit" not in alarm["Properties"]

    def test_can_have_a_unit(self, located_stack: Stack) -> None:
        """
        A unit that is given is rendered.
        """
        channel = ivs.Channel(located_stack, "Channel")
        channel.metric_ingest_bitrate(unit=Unit.BITS_PER_SECOND).create_alarm(
            located_stack, "Alarm", evaluation_periods=1, threshold=10
        )
        (alarm,) = resources_of(located_stack, "AWS::CloudWatch::Alarm").values()
        assert alarm["Properties"]["Unit"] == "Bits/Second"

    @pytest.mark.parametrize(
        ("keyword", "value", "kind"),
        [
            ("account", 123456789012, "str"),
            ("color", 5, "str"),
            ("id", ["views"], "str"),
            ("label", 5, "str"),
            ("region", {}, "str"),
            ("stack_account", 123456789012, "str"),
            ("stack_region", 5, "str"),
            ("statistic", 5, "str"),
            ("unit", "Count", "Unit"),
            ("visible", "yes", "bool"),
        ],
    )
    def test_have_types(self, known: ivs.IChannel, keyword: str, value: object, kind: str) -> None:
        """
        A value of another type is named with its keyword and its type.
        """
        options: Any = {keyword: value}
        with pytest.raises(ArgumentTypeError) as error:
            known.metric_concurrent_views(**options)
        assert error.value.message == (
            f"'{keyword}' must be {kind}, got {value!r} of type '{type(value).__name__}'"
        )

    @pytest.mark.parametrize(
        "keyword", ["account", "color", "id", "region", "stack_account", "statistic"]
    )
    def test_are_not_empty(self, known: ivs.IChannel, keyword: str) -> None:
        """
        An empty text is no statistic and no account; only a label may be empty.
        """
        options: Any = {keyword: ""}
        with pytest.raises(ValidationError, match=f"'{keyword}' must not be empty"):
            known.metric_concurrent_views(**options)
        assert known.metric_concurrent_views(label="").label == ""

    def test_of_none_are_not_given(self, known: ivs.IChannel) -> None:
        """
        A statistic of None is the metric's own.
        """
        assert known.metric_concurrent_views(statistic=None).statistic == "Maximum"

    @pytest.mark.parametrize(
        "method",
        ["metric_concurrent_views", "metric_all_concurrent_views", "metric_usage_concurrent_views"],
    )
    def test_of_other_names_are_type_errors(self, known: ivs.IChannel, method: str) -> None:
        """
        A keyword that there is not is refused.
        """
        with pytest.raises(TypeError, match="'statistics'"):
            getattr(known, method)(statistics="Average")

    @pytest.mark.parametrize("keyword", ["dimensions_map", "metric_name", "namespace"])
    def test_do_not_say_what_is_measured(self, known: ivs.IChannel, keyword: str) -> None:
        """
        A method that names a metric does not take another.
        """
        with pytest.raises(TypeError, match=f"'{keyword}'"):
            known.metric_concurrent_views(**{keyword: "x"})

    def test_of_a_region_of_none_are_not_given(self, known: ivs.IChannel) -> None:
        """
        A Region of None is that of the ARN.
        """
        assert known.metric_concurrent_views(region=None).region == "us-west-2"


class TestMessages:
    def test_of_the_account(self) -> None:
        """
        A metric of the account takes one message.
        """
        with sent_messages() as messages:
            ivs.Channel.metric_all_concurrent_views()
        assert len(messages) == 1

    def test_of_an_arn(self, known: ivs.IChannel) -> None:
        """
        A metric of a channel that is known by its ARN takes one message.
        """
        with sent_messages() as messages:
            known.metric_concurrent_views()
        assert len(messages) == 1

    def test_of_a_construct(self, stack: Stack) -> None:
        """
        A metric of a construct takes one more for its id, which is read once.
        """
        channel = ivs.Channel(stack, "Channel")
        assert channel.channel_arn
        with sent_messages() as messages:
            channel.metric_concurrent_views()
        assert len(messages) == 2
        with sent_messages() as messages:
            channel.metric_ingest_bitrate()
        assert len(messages) == 1
