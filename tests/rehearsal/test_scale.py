"""Many channels in one stack, at the rate that the service allows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from aws_cdk import Stack

import cdk_ivs as ivs
from tests.rehearsal.apps import NAME, assembled
from tests.rehearsal.emulation import Cloud
from tests.support.service import ServiceError

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

CHANNELS = 60
# Requests a second, for the operations on channels, by the quotas of the service.
RATE = 5
THROTTLED = ServiceError("ThrottlingException", 429, "Rate exceeded")


def _channels(policy: str) -> Callable[[Stack], None]:
    def build(stack: Stack) -> None:
        policies = {
            name: ivs.PlaybackRestrictionPolicy(stack, name, allowed_countries=countries)
            for name, countries in {"Narrow": ["AT"], "Wide": ["AT", "CH", "DE"]}.items()
        }
        for number in range(CHANNELS):
            ivs.Channel(stack, f"Channel{number}", playback_restriction_policy=policies[policy])

    return build


def _attached(cloud: Cloud) -> list[str]:
    return [each.details["playbackRestrictionPolicyArn"] for each in cloud.ivs.of_kind("Channel")]


def test_sixty_channels_with_policies(cloud: Cloud, tmp_path: Path) -> None:
    """
    60 channels get their policy, change it and are deleted at five UpdateChannel calls a second:
    throttled calls are tried again, and no channel is without a policy meanwhile.
    """
    cloud.ivs.rates["UpdateChannel"] = RATE
    # The functions may be slower than the rate.
    cloud.ivs.refuse("UpdateChannel", *[THROTTLED] * 10)
    outcome = cloud.deploy(assembled(tmp_path / "first", _channels("Narrow")))
    assert outcome.succeeded, outcome.text
    (narrow,) = set(_attached(cloud))
    assert cloud.ivs.resources[narrow].details["allowedCountries"] == ["AT"]

    changes = len(cloud.ivs.changes)
    outcome = cloud.deploy(assembled(tmp_path / "second", _channels("Wide")))
    assert outcome.succeeded, outcome.text
    (wide,) = set(_attached(cloud))
    assert wide != narrow
    updates = cloud.ivs.changes[changes:]
    assert len(updates) == CHANNELS
    assert all(change.after for change in updates)
    assert sum(call.error == "ThrottlingException" for call in cloud.ivs.calls) >= 10

    outcome = cloud.destroy(tmp_path / "second")
    assert outcome.succeeded, outcome.text
    assert cloud.ivs.resources == {}
    assert NAME not in cloud.stacks()
