"""What goes wrong while a stack is deployed, beside what the cycle of the examples refuses."""

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

POLICY = "playbackRestrictionPolicyArn"
REFUSED = ServiceError("ValidationException", 400, "refused")
BUSY = ServiceError("ConflictException", 409, "the channel is live")
THROTTLED = ServiceError("ThrottlingException", 429, "Rate exceeded")
FAILED = ServiceError("InternalServerException", 500, "later")


def _restricted(policy: str | None, **options: object) -> Callable[[Stack], None]:
    """A channel with one of two policies."""

    def build(stack: Stack) -> None:
        policies = {
            name: ivs.PlaybackRestrictionPolicy(stack, name, allowed_countries=[country])
            for name, country in {"First": "AT", "Second": "CH"}.items()
        }
        chosen = None if policy is None else policies[policy]
        ivs.Channel(stack, "Channel", playback_restriction_policy=chosen, **options)

    return build


def _deployed(cloud: Cloud, folder: Path, build: Callable[[Stack], None]) -> str:
    """Deploy, and return the ARN of the channel."""
    outcome = cloud.deploy(assembled(folder, build))
    assert outcome.succeeded, outcome.text
    return cloud.ivs.only("Channel").arn


def _status(cloud: Cloud) -> str:
    return str(cloud.stack(NAME)["StackStatus"])


@pytest.mark.parametrize("error", [BUSY, THROTTLED, FAILED], ids=lambda error: error.code)
def test_attachment_is_tried_again(error: ServiceError, cloud: Cloud, tmp_path: Path) -> None:
    """
    An error that passes does not fail a deployment.
    """
    cloud.ivs.refuse("UpdateChannel", error)
    channel = _deployed(cloud, tmp_path / "first", _restricted("First"))
    assert cloud.ivs.resources[channel].details[POLICY]
    tries = [call.error for call in cloud.ivs.calls if call.action == "UpdateChannel"]
    assert tries == [error.code, ""]


def test_refused_change_of_policy_leaves_the_old_one(cloud: Cloud, tmp_path: Path) -> None:
    """
    A change to another policy that the service refuses never takes the old one away.
    """
    channel = _deployed(cloud, tmp_path / "first", _restricted("First"))
    before, changes = cloud.ivs.state(), len(cloud.ivs.changes)
    cloud.ivs.refuse("UpdateChannel", REFUSED)
    outcome = cloud.deploy(assembled(tmp_path / "second", _restricted("Second")))
    assert not outcome.succeeded
    assert _status(cloud) == "UPDATE_ROLLBACK_COMPLETE", outcome.text
    assert cloud.ivs.state() == before
    assert [change for change in cloud.ivs.changes[changes:] if change.arn == channel] == []


def test_policy_that_leaves_the_template_is_detached_first(cloud: Cloud, tmp_path: Path) -> None:
    """
    A channel without a policy any more is left without one, before a policy could be deleted.
    """
    channel = _deployed(cloud, tmp_path / "first", _restricted("First"))
    _deployed(cloud, tmp_path / "second", _restricted(None))
    assert cloud.ivs.resources[channel].details[POLICY] == ""


def test_stack_with_a_live_channel_is_not_destroyed(cloud: Cloud, tmp_path: Path) -> None:
    """
    A live channel stays with its policy when its stack cannot be destroyed, and both go when the
    stream has ended.
    """

    def build(stack: Stack) -> None:
        ivs.Channel(stack, "Channel").add_stream_key("Key")

    channel = _deployed(cloud, tmp_path / "first", build)
    cloud.ivs.live.add(channel)
    outcome = cloud.destroy(tmp_path / "first")
    assert not outcome.succeeded
    assert _status(cloud) == "DELETE_FAILED"
    assert channel in cloud.ivs.resources
    cloud.ivs.live.clear()
    outcome = cloud.destroy(tmp_path / "first")
    assert outcome.succeeded, outcome.text
    assert cloud.ivs.resources == {}


def test_stream_is_stopped_before_its_channel_is_deleted(cloud: Cloud, tmp_path: Path) -> None:
    """
    With stop_stream_on_delete, a stack with a live channel is destroyed.
    """
    options = {"stop_stream_on_delete": True}
    channel = _deployed(cloud, tmp_path / "first", _restricted("First", **options))
    cloud.ivs.live.add(channel)
    outcome = cloud.destroy(tmp_path / "first")
    assert outcome.succeeded, outcome.text
    assert cloud.ivs.resources == {}
    written = cloud.ivs.written()
    assert written.index("StopStream") < written.index("DeleteChannel")


def test_second_key_of_a_channel_is_refused(cloud: Cloud, tmp_path: Path) -> None:
    """
    Another id for a stream key creates the new key before the old one is deleted. The quota is
    one, so that the update fails, and the old key is there afterwards.
    """

    def keyed(id: str) -> Callable[[Stack], None]:
        return lambda stack: ivs.Channel(stack, "Channel").add_stream_key(id)

    _deployed(cloud, tmp_path / "first", keyed("Key"))
    before = cloud.ivs.state()
    outcome = cloud.deploy(assembled(tmp_path / "second", keyed("Other")))
    assert not outcome.succeeded
    assert _status(cloud) == "UPDATE_ROLLBACK_COMPLETE"
    assert cloud.ivs.state() == before
