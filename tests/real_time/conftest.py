"""Fixtures for the tests of real-time resources."""

from __future__ import annotations

import pytest
from aws_cdk import Stack

import cdk_ivs as ivs
from tests.real_time.participant_recordings import STORAGE_ARN


@pytest.fixture
def storage(stack: Stack) -> ivs.IStorageConfiguration:
    """An imported storage configuration."""
    return ivs.StorageConfiguration.from_storage_configuration_arn(stack, "Storage", STORAGE_ARN)
