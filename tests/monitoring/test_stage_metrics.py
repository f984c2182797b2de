"""The metrics of stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from aws_cdk import Duration, Stack
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.aws_cloudwatch import Unit
from aws_cdk.aws_ivs import CfnStage

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.monitoring import published_metrics
from tests.monitoring.cases import Case, facts_of, graphed, keywords_of, methods_of
from tests.support.arns import ACCOUNT, arn
from tests.support.oracles import resources_of
from tests.support.tokens import token

STAGE = "ZyXwvu1T2sRq"
STAGE_ARN = arn("stage/ZyXwvu1T2sRq")
OF_STAGE = {"Stage": STAGE}

PARTICIPANT = {"participant": "xYz1c2d3e4f"}
PLATFORM = {"platform": "web"}
VERSION = {"platform": "web", "sdk_version": "1.20.0"}
COUNTRY = {"subscriber_country_code": "DE"}
LAYER = {"participant": "xYz1c2d3e4f", "simulcast_layer": "hi", "media_type": "video"}

OF_PARTICIPANT = {"Stage": STAGE, "Participant": "xYz1c2d3e4f"}
OF_PLATFORM = {"Stage": STAGE, "Platform": "web"}
OF_VERSION = {"Stage": STAGE, "Platform": "web", "SDKVersion": "1.20.0"}
OF_COUNTRY = {"Stage": STAGE, "SubscriberCountryCode": "DE"}
OF_LAYER = {
    "Stage": STAGE,
    "Participant": "xYz1c2d3e4f",
    "SimulcastLayer": "hi",
    "MediaType": "video",
}
ALL_PLATFORM = {"Platform": "web"}
ALL_VERSION = {"Platform": "web", "SDKVersion": "1.20.0"}
ALL_COUNTRY = {"SubscriberCountryCode": "DE"}

CASES = (
    Case("metric_download_packet_loss", {}, "DownloadPacketLoss", OF_STAGE, "Average"),
    Case(
        "metric_download_packet_loss",
        PARTICIPANT,
        "DownloadPacketLoss",
        OF_PARTICIPANT,
        "Average",
    ),
    Case("metric_download_packet_loss", PLATFORM, "DownloadPacketLoss", OF_PLATFORM, "Average"),
    Case("metric_download_packet_loss", VERSION, "DownloadPacketLoss", OF_VERSION, "Average"),
    Case("metric_download_packet_loss", COUNTRY, "DownloadPacketLoss", OF_COUNTRY, "Average"),
    Case("metric_dropped_frames", {}, "DroppedFrames", OF_STAGE, "Average"),
    Case("metric_dropped_frames", PARTICIPANT, "DroppedFrames", OF_PARTICIPANT, "Average"),
    Case("metric_dropped_frames", PLATFORM, "DroppedFrames", OF_PLATFORM, "Average"),
    Case("metric_dropped_frames", VERSION, "DroppedFrames", OF_VERSION, "Average"),
    Case("metric_dropped_frames", COUNTRY, "DroppedFrames", OF_COUNTRY, "Average"),
    Case("metric_publish_bitrate", {}, "PublishBitrate", OF_STAGE, "Average"),
    Case("metric_publish_bitrate", LAYER, "PublishBitrate", OF_LAYER, "Average"),
    Case("metric_publish_framerate", PARTICIPANT, "PublishFramerate", OF_PARTICIPANT, "Average"),
    Case("metric_publish_framerate", LAYER, "PublishFramerate", OF_LAYER, "Average"),
    Case("metric_publish_resolution", LAYER, "PublishResolution", OF_LAYER, "Average"),
    Case("metric_publishers", {}, "Publishers", OF_STAGE, "Maximum"),
    Case("metric_subscribe_bitrate", {}, "SubscribeBitrate", OF_STAGE, "Average"),
    Case(
        "metric_subscribe_bitrate",
        {"participant": "xYz1c2d3e4f", "media_type": "audio"},
        "SubscribeBitrate",
        {"Stage": STAGE, "Participant": "xYz1c2d3e4f", "MediaType": "audio"},
        "Average",
    ),
    Case("metric_subscribe_bitrate", PLATFORM, "SubscribeBitrate", OF_PLATFORM, "Average"),
    Case("metric_subscribe_bitrate", VERSION, "SubscribeBitrate", OF_VERSION, "Average"),
    Case("metric_subscribe_bitrate", COUNTRY, "SubscribeBitrate", OF_COUNTRY, "Average"),
    Case("metric_subscribers", {}, "Subscribers", OF_STAGE, "Maximum"),
    Case("metric_all_concurrent_publishers", {}, "ConcurrentPublishers", None, "Maximum"),
    Case("metric_all_concurrent_subscriptions", {}, "ConcurrentSubscriptions", None, "Maximum"),
    Case("metric_all_download_packet_loss", {}, "DownloadPacketLoss", None, "Average"),
    Case(
        "metric_all_download_packet_loss",
        PLATFORM,
        "DownloadPacketLoss",
        ALL_PLATFORM,
        "Average",
    ),
    Case("metric_all_download_packet_loss", VERSION, "DownloadPacketLoss", ALL_VERSION, "Average"),
    Case("metric_all_download_packet_loss", COUNTRY, "DownloadPacketLoss", ALL_COUNTRY, "Average"),
    Case("metric_all_dropped_frames", {}, "DroppedFrames", None, "Average"),
    Case("metric_all_dropped_frames", PLATFORM, "DroppedFrames", ALL_PLATFORM, "Average"),
    Case("metric_all_dropped_frames", VERSION, "DroppedFrames", ALL_VERSION, "Average"),
    Case("metric_all_dropped_frames", COUNTRY, "DroppedFrames", ALL_COUNTRY, "Average"),
    Case("metric_all_publish_bitrate", {}, "PublishBitrate", None, "Average"),
    Case("metric_all_publish_bitrate", PLATFORM, "PublishBitrate", ALL_PLATFORM, "Average"),
    Case("metric_all_subscribe_bitrate", {}, "SubscribeBitrate", None, "Average"),
    Case("metric_all_subscribe_bitrate", PLATFORM, "SubscribeBitrate", ALL_PLATFORM, "Average"),
    Case("metric_all_subscribe_bitrate", VERSION, "SubscribeBitrate", ALL_VERSION, "Average"),
    Case("metric_all_subscribe_bitrate", COUNTRY, "SubscribeBitrate", ALL_COUNTRY, "Average"),
)

# How a stage is had, and the value of its dimension in a template.
MAKERS: dict[str, tuple[Callable[[Stack], object], object]] = {
    "construct": (
        lambda stack: ivs.Stage(stack, "Stage"),
        {"Fn::Select": [1, {"Fn::Split": ["/", {"Fn::GetAtt": ["Stage0E8C2AF5", "Arn"]}]}]},
    ),
    "imported": (
        lambda stack: ivs.Stage.from_stage_arn(stack, "Stage", STAGE_ARN),
        "ZyXwvu1T2sRq",
    ),
    "token": (
        lambda stack: ivs.Stage.from_stage_arn(stack, "Stage", token()),
        {"Fn::Select": [1, {"Fn::Split": ["/", {"Ref": "Parameter"}]}]},
    ),
    "monitoring": (
        lambda stack: ivs.StageMonitoring.from_stage(ivs.Stage(stack, "Stage")),
        {"Fn::Select": [1, {"Fn::Split": ["/", {"Fn::GetAtt": ["Stage0E8C2AF5", "Arn"]}]}]},
    ),
    "l1": (
        lambda stack: ivs.StageMonitoring.from_stage(CfnStage(stack, "Stage")),
        {"Fn::Select": [1, {"Fn::Split": ["/", {"Ref": "Stage"}]}]},
    ),
}

every_maker = pytest.mark.parametrize(
    ("make", "value"), [pytest.param(*maker, id=name) for name, maker in MAKERS.items()]
)


@pytest.fixture
def known(stack: Stack) -> ivs.IStage:
    """An imported stage."""
    return ivs.Stage.from_stage_arn(stack, "Known", STAGE_ARN)


class TestMethods:
    @pytest.mark.parametrize("case", CASES, ids=str)
    def test_gives_its_metric(self, stack: Stack, known: ivs.IStage, case: Case) -> None:
        """
        A method gives the metric of its name, with the dimensions that it is asked for.
        """
        metric = getattr(known, case.method)(**case.arguments)
        assert facts_of(stack, metric) == (
            "AWS/IVSRealTime",
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
            for name, metric in published_metrics.REAL_TIME.items()
            for dimensions in metric.dimensions
        }
        assert Counter(case.series for case in CASES) == Counter(published)

    @pytest.mark.parametrize("kind", [ivs.Stage, ivs.StageMonitoring])
    def test_are_all_in_the_cases(self, kind: type) -> None:
        """
        A class has no further method, and a method no further keyword.
        """
        assert methods_of(kind) == keywords_of(CASES)

    @pytest.mark.parametrize(
        "case", [case for case in CASES if case.method.startswith("metric_all_")], ids=str
    )
    def test_of_the_account_need_no_stage(self, stack: Stack, case: Case) -> None:
        """
        What is about all stages is asked of the class.
        """
        metric = getattr(ivs.Stage, case.method)(**case.arguments)
        assert facts_of(stack, metric) == (
            "AWS/IVSRealTime",
            case.metric,
            case.dimensions,
            case.statistic,
        )


class TestTemplate:
    @every_maker
    def test_has_the_id_in_an_alarm(
        self, located_stack: Stack, make: Callable[[Stack], ivs.Stage], value: object
    ) -> None:
        """
        The dimension is the id of the stage and not its ARN, whatever the stage is.
        """
        make(located_stack).metric_dropped_frames().create_alarm(
            located_stack, "Alarm", evaluation_periods=1, threshold=10
        )
        (alarm,) = resources_of(located_stack, "AWS::CloudWatch::Alarm").values()
        assert alarm["Properties"] == {
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "Dimensions": [{"Name": "Stage", "Value": value}],
            "EvaluationPeriods": 1,
            "MetricName": "DroppedFrames",
            "Namespace": "AWS/IVSRealTime",
            "Period": 300,
            "Statistic": "Average",
            "Threshold": 10,
        }

    @every_maker
    def test_has_the_id_in_a_graph(
        self, located_stack: Stack, make: Callable[[Stack], ivs.Stage], value: object
    ) -> None:
        """
        So it is in a dashboard, among further dimensions, which CloudWatch sorts.
        """
        metric = make(located_stack).metric_publish_resolution(
            participant="xYz1c2d3e4f", simulcast_layer="mid", media_type="video"
        )
        assert graphed(located_stack, metric)[:10] == [
            "AWS/IVSRealTime",
            "PublishResolution",
            "MediaType",
            "video",
            "Participant",
            "xYz1c2d3e4f",
            "SimulcastLayer",
            "mid",
            "Stage",
            value,
        ]

    def test_has_the_unit_that_is_given(self, located_stack: Stack) -> None:
        """
        A unit is a filter, rendered only if it is given.
        """
        stage = ivs.Stage(located_stack, "Stage")
        for id, options in {"With": {"unit": Unit.PERCENT}, "Without": {}}.items():
            stage.metric_dropped_frames(**options).create_alarm(
                located_stack, id, alarm_name=id, evaluation_periods=1, threshold=10
            )
        alarms = resources_of(located_stack, "AWS::CloudWatch::Alarm").values()
        assert {
            alarm["Properties"]["AlarmName"]: alarm["Properties"].get("Unit") for alarm in alarms
        } == {"With": "Percent", "Without": None}


def test_another_region_is_named(located_stack: Stack) -> None:
    """
    A stage of another Region is looked at there.
    """
    stage = ivs.Stage.from_stage_arn(located_stack, "Stage", arn("stage/a1", region="eu-west-1"))
    assert graphed(located_stack, stage.metric_publishers()) == [
        "AWS/IVSRealTime",
        "Publishers",
        "Stage",
        "a1",
        {"accountId": ACCOUNT, "region": "eu-west-1", "stat": "Maximum"},
    ]


class TestByName:
    def test_takes_dimensions(self, stack: Stack, known: ivs.IStage) -> None:
        """
        A metric can be had by the names that CloudWatch gives it and its dimensions.
        """
        metric = known.metric(
            "SubscribeBitrate",
            dimensions_map={"Participant": "xYz1c2d3e4f", "MediaType": "audio"},
            statistic="Minimum",
        )
        assert facts_of(stack, metric) == (
            "AWS/IVSRealTime",
            "SubscribeBitrate",
            {"Stage": "ZyXwvu1T2sRq", "Participant": "xYz1c2d3e4f", "MediaType": "audio"},
            "Minimum",
        )

    @pytest.mark.parametrize(
        ("wrong", "nearest"),
        [
            ("PacketLoss", "DownloadPacketLoss"),
            ("DroppedFrame", "DroppedFrames"),
            ("PublishFrameRate", "PublishFramerate"),
            ("Subscriber", "Subscribers"),
        ],
    )
    def test_refuses_names_that_are_not_published(
        self, known: ivs.IStage, wrong: str, nearest: str
    ) -> None:
        """
        A wrong name is refused with the nearest one and all that there are.
        """
        with pytest.raises(ValidationError) as error:
            known.metric(wrong)
        assert error.value.code == "MetricName"
        assert error.value.message == (
            f"'metric_name' must be a metric of AWS/IVSRealTime, got '{wrong}'; the nearest is "
            f"'{nearest}' (allowed: ConcurrentPublishers, ConcurrentSubscriptions, "
            "DownloadPacketLoss, DroppedFrames, PublishBitrate, Publishers, PublishFramerate, "
            "PublishResolution, SubscribeBitrate, Subscribers)"
        )

    def test_refuses_metrics_of_the_account(self, known: ivs.IStage) -> None:
        """
        A metric that is not published by stage is none of a stage.
        """
        with pytest.raises(ValidationError) as error:
            known.metric("ConcurrentPublishers")
        assert error.value.message == (
            "'dimensions_map' must have dimensions with which 'ConcurrentPublishers' is published, "
            "got none (allowed: nothing here)"
        )


class TestDimensions:
    @pytest.mark.parametrize(
        ("method", "arguments", "message"),
        [
            pytest.param(
                "metric_download_packet_loss",
                {"sdk_version": "1.20.0"},
                "'DownloadPacketLoss' is not published with these dimensions, got "
                "sdk_version '1.20.0' (allowed: none; participant; platform; platform with "
                "sdk_version; subscriber_country_code)",
                id="a version without its platform",
            ),
            pytest.param(
                "metric_dropped_frames",
                {"participant": "p", "platform": "web"},
                "'DroppedFrames' is not published with these dimensions, got participant 'p' "
                "with platform 'web' (allowed: none; participant; platform; platform with "
                "sdk_version; subscriber_country_code)",
                id="a participant by platform",
            ),
            pytest.param(
                "metric_publish_bitrate",
                {"participant": "p"},
                "'PublishBitrate' is not published with these dimensions, got participant 'p' "
                "(allowed: none; participant with simulcast_layer with media_type)",
                id="a participant without a layer",
            ),
            pytest.param(
                "metric_publish_framerate",
                {"participant": "p", "media_type": "video"},
                "'PublishFramerate' is not published with these dimensions, got participant "
                "'p' with media_type 'video' (allowed: participant; participant with "
                "simulcast_layer with media_type)",
                id="a medium without a layer",
            ),
            pytest.param(
                "metric_subscribe_bitrate",
                {"media_type": "audio"},
                "'SubscribeBitrate' is not published with these dimensions, got media_type "
                "'audio' (allowed: none; participant with media_type; platform; platform with "
                "sdk_version; subscriber_country_code)",
                id="a medium without a participant",
            ),
            pytest.param(
                "metric_all_subscribe_bitrate",
                {"sdk_version": "1.20.0"},
                "'SubscribeBitrate' is not published with these dimensions, got sdk_version "
                "'1.20.0' (allowed: none; platform; platform with sdk_version; "
                "subscriber_country_code)",
                id="a version of all",
            ),
        ],
    )
    def test_that_are_not_published_are_refused(
        self, known: ivs.IStage, method: str, arguments: dict[str, str], message: str
    ) -> None:
        """
        Dimensions that would select nothing are refused with those that there are.
        """
        with pytest.raises(ValidationError) as error:
            getattr(known, method)(**arguments)
        assert error.value.code == "MetricDimensions"
        assert error.value.message == message

    @pytest.mark.parametrize("method", ["metric_publish_framerate", "metric_publish_resolution"])
    def test_that_are_always_there_must_be_given(self, known: ivs.IStage, method: str) -> None:
        """
        What is published by participant only cannot be had without one.
        """
        with pytest.raises(TypeError, match="'participant'"):
            getattr(known, method)()


class TestOptions:
    @pytest.mark.parametrize("method", sorted({case.method for case in CASES}))
    def test_do_not_have_short_periods(self, known: ivs.IStage, method: str) -> None:
        """
        Nothing of real time is published every second.
        """
        arguments = next(case.arguments for case in CASES if case.method == method)
        with pytest.raises(ValidationError, match="'period' must be at least 60 seconds"):
            getattr(known, method)(period=Duration.seconds(30), **arguments)

    def test_are_those_of_cloudwatch(self, known: ivs.IStage) -> None:
        """
        A metric can be looked at in another way.
        """
        metric = known.metric_subscribers(
            color="#00ff00",
            label="Subscribers",
            period=Duration.minutes(1),
            region="eu-west-1",
            statistic="Minimum",
        )
        assert [
            metric.color,
            metric.label,
            metric.period.to_seconds(),
            metric.region,
            metric.statistic,
        ] == ["#00ff00", "Subscribers", 60, "eu-west-1", "Minimum"]

    @pytest.mark.parametrize("method", ["metric_publishers", "metric_all_concurrent_publishers"])
    def test_of_other_names_are_type_errors(self, known: ivs.IStage, method: str) -> None:
        """
        A keyword that there is not is refused.
        """
        with pytest.raises(TypeError, match="'statistics'"):
            getattr(known, method)(statistics="Average")


def test_monitoring_refuses_other_resources(stack: Stack) -> None:
    """
    A channel is no stage.
    """
    with pytest.raises(TypeError, match=r"IStageRef, got 'aws_cdk\.aws_ivs_alpha\.Channel'"):
        ivs.StageMonitoring.from_stage(alpha.Channel(stack, "Channel"))
