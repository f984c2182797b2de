"""Fixtures for counts: what was made before."""

from __future__ import annotations

import pytest
from aws_cdk import Stack
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns

import cdk_ivs as ivs
from tests.support.arns import arn


@pytest.fixture
def stack(stack: Stack) -> Stack:
    """A stack in which a construct was made before."""
    ivs.Channel(stack, "Before", channel_name="before")
    return stack


@pytest.fixture
def channel(stack: Stack) -> ivs.Channel:
    """A channel with a name."""
    return ivs.Channel(stack, "Channel", channel_name="channel")


@pytest.fixture
def bucket(stack: Stack) -> s3.Bucket:
    """A bucket of the stack."""
    return s3.Bucket(stack, "Bucket")


@pytest.fixture
def recording(stack: Stack, bucket: s3.Bucket) -> ivs.RecordingConfiguration:
    """A recording configuration in the bucket."""
    return ivs.RecordingConfiguration(stack, "Recording", bucket=bucket)


@pytest.fixture
def storage(stack: Stack) -> ivs.IStorageConfiguration:
    """An imported storage configuration."""
    return ivs.StorageConfiguration.from_storage_configuration_arn(
        stack, "Storage", arn("storage-configuration/a1B2c3D4e5F6")
    )


@pytest.fixture
def stage(stack: Stack) -> ivs.Stage:
    """A stage."""
    return ivs.Stage(stack, "Stage")


@pytest.fixture
def topic(stack: Stack) -> sns.Topic:
    """A topic of the stack."""
    return sns.Topic(stack, "Topic")
