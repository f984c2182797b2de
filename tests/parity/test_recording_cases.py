"""Recording configurations render the same as alpha's, for every parameter."""

from __future__ import annotations

import itertools
from types import ModuleType

import pytest
from aws_cdk import App, Duration, Environment, NestedStack, RemovalPolicy, Stack
from aws_cdk import aws_s3 as s3

from tests.support.arns import ACCOUNT, REGION

from .assemblies import assert_same, assert_same_in_stack
from .values import TEXTS

_RESOLUTIONS = ("FULL_HD", "HD", "SD", "LOWEST_RESOLUTION")


def _record(stack: Stack, ivs: ModuleType, **parameters: object) -> None:
    ivs.RecordingConfiguration(stack, "Recording", bucket=s3.Bucket(stack, "Bucket"), **parameters)


def test_bucket_only() -> None:
    """
    Nothing but the bucket is rendered when nothing else is given.
    """
    assert_same_in_stack(_record)


def test_buckets_of_every_origin() -> None:
    """
    The bucket may be made here, with a name or without, imported in any way, or an L1.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        for number, bucket in enumerate(
            (
                s3.Bucket(stack, "Own", removal_policy=RemovalPolicy.DESTROY),
                s3.Bucket(stack, "Named", bucket_name="recordings"),
                s3.Bucket.from_bucket_name(stack, "ByName", "recordings"),
                s3.Bucket.from_bucket_name(stack, "ByToken", TEXTS["import"](stack, "Bucket")),
                s3.Bucket.from_bucket_arn(stack, "ByArn", "arn:aws:s3:::recordings"),
                s3.Bucket.from_bucket_arn(stack, "ByArnToken", TEXTS["ssm"](stack, "Arn")),
                s3.Bucket.from_bucket_attributes(
                    stack, "ByAttributes", bucket_name="recordings", region="eu-west-1"
                ),
                s3.CfnBucket(stack, "L1"),
                s3.Bucket(NestedStack(stack, "Nested"), "Inside"),
            )
        ):
            ivs.RecordingConfiguration(stack, f"Recording{number}", bucket=bucket)

    assert_same_in_stack(build)


@pytest.mark.parametrize("env", [None, Environment(account=ACCOUNT, region=REGION)])
@pytest.mark.parametrize("name", [None, "recordings"])
def test_bucket_of_another_stack(env: Environment | None, name: str | None) -> None:
    """
    A bucket of another stack is exported and imported the same way.
    """

    def build(app: App, ivs: ModuleType) -> None:
        bucket = s3.Bucket(Stack(app, "Buckets", env=env), "Bucket", bucket_name=name)
        ivs.RecordingConfiguration(Stack(app, "Stack", env=env), "Recording", bucket=bucket)

    assert_same(build)


@pytest.mark.parametrize("name", ["", "a", "Live-Recording_1", "x" * 128], ids=lambda x: x[:20])
def test_given_names(name: str) -> None:
    """
    A name that IVS takes is rendered as it is.
    """
    assert_same_in_stack(lambda stack, ivs: _record(stack, ivs, recording_configuration_name=name))


@pytest.mark.parametrize("form", TEXTS)
def test_names_known_at_deployment(form: str) -> None:
    """
    A name may be, or hold, any kind of token.
    """
    assert_same_in_stack(
        lambda stack, ivs: _record(
            stack, ivs, recording_configuration_name=TEXTS[form](stack, "Name")
        )
    )


@pytest.mark.parametrize(
    "window",
    [
        Duration.seconds(0),
        Duration.millis(0),
        Duration.seconds(1),
        Duration.millis(2000),
        Duration.seconds(60.0),
        Duration.minutes(0.5),
        Duration.minutes(5),
        Duration.hours(0.0025),
        Duration.parse("PT4M59S"),
        Duration.minutes(4).plus(Duration.seconds(60)),
    ],
    ids=lambda duration: duration.to_string(),
)
def test_reconnect_windows(window: Duration) -> None:
    """
    The window is rendered in seconds, from whichever unit.
    """
    assert_same_in_stack(lambda stack, ivs: _record(stack, ivs, recording_reconnect_window=window))


def test_renditions() -> None:
    """
    All renditions, none, and every choice of some in every order are rendered.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        bucket = s3.Bucket(stack, "Bucket")
        selections = [ivs.RenditionConfiguration.all(), ivs.RenditionConfiguration.none()]
        for count in range(1, 5):
            for names in itertools.permutations(_RESOLUTIONS, count):
                chosen = [ivs.Resolution[name] for name in names]
                selections.append(ivs.RenditionConfiguration.custom(chosen))
        for number, selection in enumerate(selections):
            ivs.RecordingConfiguration(
                stack, f"Recording{number}", bucket=bucket, rendition_configuration=selection
            )

    assert_same_in_stack(build)


def test_thumbnails() -> None:
    """
    Every combination of resolution, storage and interval is rendered, and none at all.
    """
    storages = (
        None,
        ["SEQUENTIAL"],
        ["LATEST"],
        ["SEQUENTIAL", "LATEST"],
        ["LATEST", "SEQUENTIAL"],
    )
    intervals = (
        None,
        Duration.seconds(1),
        Duration.seconds(60),
        Duration.minutes(0.5),
        Duration.millis(5000),
    )

    def build(stack: Stack, ivs: ModuleType) -> None:
        bucket = s3.Bucket(stack, "Bucket")
        thumbnails = [ivs.ThumbnailConfiguration.disable()]
        for resolution, storage, interval in itertools.product(
            (None, *_RESOLUTIONS), storages, intervals
        ):
            thumbnails.append(
                ivs.ThumbnailConfiguration.interval(
                    resolution and ivs.Resolution[resolution],
                    storage and [ivs.Storage[name] for name in storage],
                    interval,
                )
            )
        for number, configuration in enumerate(thumbnails):
            ivs.RecordingConfiguration(
                stack, f"Recording{number}", bucket=bucket, thumbnail_configuration=configuration
            )

    assert_same_in_stack(build)


def test_thumbnails_by_keyword() -> None:
    """
    The arguments of interval() have the same keywords.
    """
    assert_same_in_stack(
        lambda stack, ivs: _record(
            stack,
            ivs,
            thumbnail_configuration=ivs.ThumbnailConfiguration.interval(
                target_interval=Duration.seconds(5),
                resolution=ivs.Resolution.SD,
                storage=[ivs.Storage.LATEST],
            ),
        )
    )


def test_everything_at_once() -> None:
    """
    All parameters together are rendered in the same order.
    """
    assert_same_in_stack(
        lambda stack, ivs: _record(
            stack,
            ivs,
            recording_configuration_name="Recording",
            recording_reconnect_window=Duration.minutes(1),
            rendition_configuration=ivs.RenditionConfiguration.custom([ivs.Resolution.HD]),
            thumbnail_configuration=ivs.ThumbnailConfiguration.disable(),
        )
    )


def test_one_value_in_many_configurations() -> None:
    """
    The same value objects serve several recording configurations.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        renditions = ivs.RenditionConfiguration.custom([ivs.Resolution.SD, ivs.Resolution.HD])
        thumbnails = ivs.ThumbnailConfiguration.interval()
        for number in range(2):
            ivs.RecordingConfiguration(
                stack,
                f"Recording{number}",
                bucket=s3.Bucket(stack, f"Bucket{number}"),
                rendition_configuration=renditions,
                thumbnail_configuration=thumbnails,
            )

    assert_same_in_stack(build)
