"""Recording configurations: templates, renditions, thumbnails and references."""

from __future__ import annotations

import pytest
from aws_cdk import CfnParameter, Duration, Stack, Token
from aws_cdk.assertions import Template
from aws_cdk.aws_s3 import Bucket, CfnBucket

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.low_latency.recording_configurations import properties_of
from tests.support.arns import arn


@pytest.fixture
def bucket(stack: Stack) -> Bucket:
    """A bucket that exists."""
    return Bucket.from_bucket_name(stack, "Bucket", "recordings")


class TestTemplate:
    def test_needs_a_bucket_only(self, stack: Stack, bucket: Bucket) -> None:
        """
        With a bucket alone everything else is the service's default.
        """
        ivs.RecordingConfiguration(stack, "Recording", bucket=bucket)
        Template.from_stack(stack).template_matches(
            {
                "Resources": {
                    "Recording2AAEC332": {
                        "Type": "AWS::IVS::RecordingConfiguration",
                        "Properties": {
                            "DestinationConfiguration": {"S3": {"BucketName": "recordings"}}
                        },
                    }
                }
            }
        )

    def test_renders_every_argument(self, stack: Stack, bucket: Bucket) -> None:
        """
        Each argument is rendered under its CloudFormation name.
        """
        ivs.RecordingConfiguration(
            stack,
            "Recording",
            bucket=bucket,
            recording_configuration_name="vod",
            recording_reconnect_window=Duration.minutes(5),
            rendition_configuration=ivs.RenditionConfiguration.custom(
                [ivs.Resolution.HD, ivs.Resolution.SD]
            ),
            tags={"a": "b"},
            thumbnail_configuration=ivs.ThumbnailConfiguration.interval(
                resolution=ivs.Resolution.LOWEST_RESOLUTION,
                storage=[ivs.Storage.LATEST, ivs.Storage.SEQUENTIAL],
                target_interval=Duration.seconds(10),
            ),
        )
        assert properties_of(stack) == {
            "DestinationConfiguration": {"S3": {"BucketName": "recordings"}},
            "Name": "vod",
            "RecordingReconnectWindowSeconds": 300,
            "RenditionConfiguration": {
                "RenditionSelection": "CUSTOM",
                "Renditions": ["HD", "SD"],
            },
            "Tags": [{"Key": "a", "Value": "b"}],
            "ThumbnailConfiguration": {
                "RecordingMode": "INTERVAL",
                "Resolution": "LOWEST_RESOLUTION",
                "Storage": ["LATEST", "SEQUENTIAL"],
                "TargetIntervalSeconds": 10,
            },
        }

    def test_takes_an_l1_bucket(self, stack: Stack) -> None:
        """
        An L1 is a bucket too.
        """
        ivs.RecordingConfiguration(stack, "Recording", bucket=CfnBucket(stack, "Videos"))
        assert properties_of(stack) == {
            "DestinationConfiguration": {"S3": {"BucketName": {"Ref": "Videos"}}}
        }

    def test_lets_tokens_through(self, stack: Stack, bucket: Bucket) -> None:
        """
        A name and a window that are known at deployment are left to IVS.
        """
        ivs.RecordingConfiguration(
            stack,
            "Recording",
            bucket=bucket,
            recording_configuration_name=CfnParameter(stack, "Name").value_as_string,
            recording_reconnect_window=Duration.seconds(
                CfnParameter(stack, "Window", type="Number").value_as_number
            ),
        )
        assert properties_of(stack) == {
            "DestinationConfiguration": {"S3": {"BucketName": "recordings"}},
            "Name": {"Ref": "Name"},
            "RecordingReconnectWindowSeconds": {"Ref": "Window"},
        }


class TestRenditions:
    def test_all(self, stack: Stack, bucket: Bucket) -> None:
        """
        Every rendition is recorded.
        """
        ivs.RecordingConfiguration(
            stack,
            "Recording",
            bucket=bucket,
            rendition_configuration=ivs.RenditionConfiguration.all(),
        )
        assert properties_of(stack)["RenditionConfiguration"] == {"RenditionSelection": "ALL"}

    def test_none(self, stack: Stack, bucket: Bucket) -> None:
        """
        No rendition is recorded.
        """
        ivs.RecordingConfiguration(
            stack,
            "Recording",
            bucket=bucket,
            rendition_configuration=ivs.RenditionConfiguration.none(),
        )
        assert properties_of(stack)["RenditionConfiguration"] == {"RenditionSelection": "NONE"}

    def test_custom_keeps_what_it_was_given(self) -> None:
        """
        The value can be read back.
        """
        configuration = ivs.RenditionConfiguration.custom([ivs.Resolution.HD])
        assert configuration.rendition_selection is ivs.RenditionSelection.CUSTOM
        assert configuration.renditions == [ivs.Resolution.HD]

    def test_custom_needs_a_rendition(self) -> None:
        """
        An empty selection is refused, with what to write instead.
        """
        with pytest.raises(
            ValidationError, match="'renditions' must have at least one Resolution, got none"
        ):
            ivs.RenditionConfiguration.custom([])

    def test_custom_refuses_a_repetition(self) -> None:
        """
        A rendition is selected once.
        """
        with pytest.raises(
            ValidationError, match="'renditions' must not have a value twice, got 'HD' again"
        ):
            ivs.RenditionConfiguration.custom([ivs.Resolution.HD, ivs.Resolution.HD])

    def test_only_custom_takes_renditions(self) -> None:
        """
        Renditions that nothing would use are refused.
        """
        with pytest.raises(
            ValidationError,
            match="'renditions' must not be given unless 'rendition_selection' is CUSTOM, "
            "got HD with ALL",
        ):
            ivs.RenditionConfiguration(
                rendition_selection=ivs.RenditionSelection.ALL, renditions=[ivs.Resolution.HD]
            )

    def test_are_of_their_type(self) -> None:
        """
        A string is not a list of renditions, and a selection is one of three strings.
        """
        with pytest.raises(ValidationError, match=r"'renditions' must be Sequence\[Resolution"):
            ivs.RenditionConfiguration.custom("HD")  # type: ignore[arg-type] - the mistake
        with pytest.raises(ValidationError, match="'rendition_selection' must be Rendition"):
            ivs.RenditionConfiguration(rendition_selection="SOME")  # type: ignore[arg-type] - the mistake

    def test_lets_tokens_through(self) -> None:
        """
        A selection that is known at deployment may come with renditions.
        """
        selection: ivs.RenditionSelection = Token.as_string({"Ref": "S"})  # type: ignore[assignment] - a token
        configuration = ivs.RenditionConfiguration(
            rendition_selection=selection, renditions=[ivs.Resolution.HD]
        )
        assert configuration.rendition_selection == selection


class TestThumbnails:
    def test_disable(self, stack: Stack, bucket: Bucket) -> None:
        """
        No thumbnails are recorded.
        """
        ivs.RecordingConfiguration(
            stack,
            "Recording",
            bucket=bucket,
            thumbnail_configuration=ivs.ThumbnailConfiguration.disable(),
        )
        assert properties_of(stack)["ThumbnailConfiguration"] == {"RecordingMode": "DISABLED"}

    def test_interval_leaves_the_rest_to_the_service(self, stack: Stack, bucket: Bucket) -> None:
        """
        What is not given is not rendered.
        """
        ivs.RecordingConfiguration(
            stack,
            "Recording",
            bucket=bucket,
            thumbnail_configuration=ivs.ThumbnailConfiguration.interval(),
        )
        assert properties_of(stack)["ThumbnailConfiguration"] == {"RecordingMode": "INTERVAL"}

    @pytest.mark.parametrize("seconds", [1, 60])
    def test_interval_accepts_the_limits(self, stack: Stack, bucket: Bucket, seconds: int) -> None:
        """
        1 and 60 seconds are intervals.
        """
        ivs.RecordingConfiguration(
            stack,
            "Recording",
            bucket=bucket,
            thumbnail_configuration=ivs.ThumbnailConfiguration.interval(
                target_interval=Duration.seconds(seconds)
            ),
        )
        assert properties_of(stack)["ThumbnailConfiguration"] == {
            "RecordingMode": "INTERVAL",
            "TargetIntervalSeconds": seconds,
        }

    @pytest.mark.parametrize(
        ("interval", "problem"),
        [
            (Duration.seconds(0), "at least 1 second, got 0 seconds"),
            (Duration.seconds(61), "at most 60 seconds, got 61 seconds"),
        ],
        ids=["0", "61"],
    )
    def test_interval_refuses_what_is_beyond(self, interval: Duration, problem: str) -> None:
        """
        0 and 61 seconds are not.
        """
        with pytest.raises(ValidationError, match=f"'target_interval' must be {problem}"):
            ivs.ThumbnailConfiguration.interval(target_interval=interval)

    def test_disabled_takes_nothing_else(self) -> None:
        """
        What nothing would use is refused.
        """
        with pytest.raises(ValidationError) as error:
            ivs.ThumbnailConfiguration(
                recording_mode=ivs.RecordingMode.DISABLED, resolution=ivs.Resolution.HD
            )
        assert error.value.message == (
            "'resolution', 'storage' and 'target_interval' must not be given when "
            "'recording_mode' is DISABLED; use ThumbnailConfiguration.interval()"
        )

    def test_interval_refuses_a_repetition(self) -> None:
        """
        A storage is named once.
        """
        with pytest.raises(
            ValidationError, match="'storage' must not have a value twice, got 'LATEST' again"
        ):
            ivs.ThumbnailConfiguration.interval(storage=[ivs.Storage.LATEST, ivs.Storage.LATEST])


class TestReconnectWindow:
    @pytest.mark.parametrize("seconds", [0, 300])
    def test_accepts_the_limits(self, stack: Stack, bucket: Bucket, seconds: int) -> None:
        """
        0 and 300 seconds are windows.
        """
        ivs.RecordingConfiguration(
            stack,
            "Recording",
            bucket=bucket,
            recording_reconnect_window=Duration.seconds(seconds),
        )
        assert properties_of(stack)["RecordingReconnectWindowSeconds"] == seconds

    def test_refuses_301_seconds(self, stack: Stack, bucket: Bucket) -> None:
        """
        301 seconds are too long.
        """
        with pytest.raises(
            ValidationError,
            match="'recording_reconnect_window' must be at most 300 seconds, got 301 seconds",
        ):
            ivs.RecordingConfiguration(
                stack,
                "Recording",
                bucket=bucket,
                recording_reconnect_window=Duration.seconds(301),
            )


class TestAttributes:
    def test_are_those_of_cloudformation(self, stack: Stack, bucket: Bucket) -> None:
        """
        The id is the last part of the ARN, where alpha gives the whole ARN.
        """
        recording = ivs.RecordingConfiguration(stack, "Recording", bucket=bucket)
        get_arn = {"Fn::GetAtt": ["Recording2AAEC332", "Arn"]}
        attributes = {
            "recording_configuration_arn": get_arn,
            "recording_configuration_id": {"Fn::Select": [1, {"Fn::Split": ["/", get_arn]}]},
            "recording_configuration_state": {"Fn::GetAtt": ["Recording2AAEC332", "State"]},
        }
        assert {name: stack.resolve(getattr(recording, name)) for name in attributes} == attributes


class TestReferences:
    @pytest.mark.parametrize("name", ["from_arn", "from_recording_configuration_arn"])
    def test_by_arn_carry_what_is_in_it(self, stack: Stack, name: str) -> None:
        """
        The id, the account and the Region of a reference are those of its ARN.
        """
        value = arn("recording-configuration/KAk1sHBl2L47", region="eu-west-1")
        recording = getattr(ivs.RecordingConfiguration, name)(stack, "Recording", value)
        assert recording.recording_configuration_arn == value
        assert recording.recording_configuration_id == "KAk1sHBl2L47"
        assert recording.env.region == "eu-west-1"

    def test_by_id_are_in_the_stack(self, located_stack: Stack) -> None:
        """
        The ARN of a reference by id is in the account and Region of the stack.
        """
        recording = ivs.RecordingConfiguration.from_recording_configuration_id(
            located_stack, "Recording", "KAk1sHBl2L47"
        )
        assert recording.recording_configuration_id == "KAk1sHBl2L47"
        assert located_stack.resolve(recording.recording_configuration_arn) == {
            "Fn::Join": [
                "",
                [
                    "arn:",
                    {"Ref": "AWS::Partition"},
                    ":ivs:us-west-2:123456789012:recording-configuration/KAk1sHBl2L47",
                ],
            ]
        }

    def test_by_id_refuse_an_arn(self, stack: Stack) -> None:
        """
        An ARN is no id.
        """
        with pytest.raises(
            ValidationError,
            match="'recording_configuration_id' must contain only letters, digits and '-'",
        ):
            ivs.RecordingConfiguration.from_recording_configuration_id(
                stack, "Recording", arn("recording-configuration/a")
            )


class TestFailures:
    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("bucket", "recordings"),
            ("bucket", None),
            ("recording_reconnect_window", 300),
            ("rendition_configuration", "ALL"),
            ("thumbnail_configuration", ivs.RenditionConfiguration.all()),
        ],
    )
    def test_leave_nothing_behind(
        self, stack: Stack, bucket: Bucket, keyword: str, value: object
    ) -> None:
        """
        What is refused leaves no construct, and its keyword stands in the message.
        """
        arguments = {"bucket": bucket, keyword: value}
        with pytest.raises(ValidationError, match=f"'{keyword}' must"):
            ivs.RecordingConfiguration(stack, "Recording", **arguments)  # type: ignore[arg-type] - the mistakes
        assert [child.node.id for child in stack.node.children] == ["Bucket"]
