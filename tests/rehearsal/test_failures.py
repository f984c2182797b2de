"""What goes wrong while a stack is deployed, beside what the cycle of the examples refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from aws_cdk import CfnResource, Stack
from aws_cdk.aws_lambda import CfnFunction
from constructs import Construct

import cdk_ivs as ivs
from tests.rehearsal.apps import NAME, assembled, deploy, destroy, status
from tests.rehearsal.emulation import Cloud
from tests.support.service import ServiceError

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

ATTACHMENT = "Custom::IVSChannelAttachment"
POLICY = "playbackRestrictionPolicyArn"
REFUSED = ServiceError("ValidationException", 400, "refused")
BUSY = ServiceError("ConflictException", 409, "the channel is live")
THROTTLED = ServiceError("ThrottlingException", 429, "Rate exceeded")
FAILED = ServiceError("InternalServerException", 500, "later")
# How long the handler may take, so that it does not try for minutes.
SECONDS = 18


def _restricted(id: str, **options: object) -> Callable[[Stack], ivs.Channel]:
    """A channel with a policy."""

    def build(stack: Stack) -> ivs.Channel:
        policy = ivs.PlaybackRestrictionPolicy(stack, id, allowed_countries=["AT"])
        return ivs.Channel(stack, "Channel", playback_restriction_policy=policy, **options)

    return build


def _keyed(id: str) -> Callable[[Stack], ivs.StreamKey]:
    """A channel with a stream key."""
    return lambda stack: ivs.Channel(stack, "Channel").add_stream_key(id)


def _deployed(cloud: Cloud, folder: Path, build: Callable[[Stack], Construct]) -> str:
    """Deploy, and return the ARN of the channel."""
    deploy(cloud, folder, build)
    return cloud.ivs.only("Channel").arn


def _failed(cloud: Cloud) -> set[str]:
    """The types of the resources of which the deletion failed."""
    resources = cloud.client("cloudformation").describe_stack_resources(StackName=NAME)
    return {
        resource["ResourceType"]
        for resource in resources["StackResources"]
        if resource["ResourceStatus"] == "DELETE_FAILED"
    }


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
    A change to another policy that the service refuses never takes the old one away, and the
    roll-back does not attach again what is attached.
    """
    channel = _deployed(cloud, tmp_path / "first", _restricted("First"))
    before, calls, changes = cloud.ivs.state(), len(cloud.ivs.calls), len(cloud.ivs.changes)
    cloud.ivs.refuse("UpdateChannel", REFUSED)
    outcome = cloud.deploy(assembled(tmp_path / "second", _restricted("Second")))
    assert not outcome.succeeded
    assert status(cloud) == "UPDATE_ROLLBACK_COMPLETE", outcome.text
    assert cloud.ivs.state() == before
    assert [change for change in cloud.ivs.changes[changes:] if change.arn == channel] == []
    tries = [call.error for call in cloud.ivs.calls[calls:] if call.action == "UpdateChannel"]
    assert tries == [REFUSED.code]


def test_policy_that_leaves_the_template_is_detached_first(cloud: Cloud, tmp_path: Path) -> None:
    """
    A policy that leaves the template is detached from its channel before it is deleted.
    """
    channel = _deployed(cloud, tmp_path / "first", _restricted("First"))
    calls = len(cloud.ivs.calls)
    _deployed(cloud, tmp_path / "second", lambda stack: ivs.Channel(stack, "Channel"))
    assert cloud.ivs.resources.keys() == {channel}
    assert cloud.ivs.resources[channel].details[POLICY] == ""
    assert cloud.ivs.written(calls) == ["UpdateChannel", "DeletePlaybackRestrictionPolicy"]


def test_stack_with_a_live_channel_is_not_destroyed(cloud: Cloud, tmp_path: Path) -> None:
    """
    A live channel stays when its stack cannot be destroyed, and goes when the stream has ended.
    """
    channel = _deployed(cloud, tmp_path / "first", _keyed("Key"))
    cloud.ivs.live.add(channel)
    outcome = cloud.destroy(tmp_path / "first")
    assert not outcome.succeeded
    assert status(cloud) == "DELETE_FAILED"
    assert channel in cloud.ivs.resources
    cloud.ivs.live.clear()
    destroy(cloud, tmp_path / "first")
    assert cloud.ivs.resources == {}


def test_live_channel_keeps_its_policy(cloud: Cloud, tmp_path: Path) -> None:
    """
    A live channel stays with its policy when its stack cannot be destroyed: it is the attachment
    that fails, which CloudFormation deletes first.
    """

    def build(stack: Stack) -> ivs.Channel:
        channel = _restricted("First")(stack)
        for each in stack.node.find_all():
            if CfnFunction.is_cfn_function(each):
                # The handler tries again until 15 seconds before its function ends.
                each.add_property_override("Timeout", SECONDS)
        return channel

    channel = _deployed(cloud, tmp_path / "first", build)
    before = cloud.ivs.state()
    cloud.ivs.live.add(channel)
    outcome = cloud.destroy(tmp_path / "first")
    assert not outcome.succeeded
    assert status(cloud) == "DELETE_FAILED"
    assert ATTACHMENT in _failed(cloud)
    assert cloud.ivs.state() == before
    # The emulator has deleted the function although the attachment needs it.
    cloud.client("cloudformation").delete_stack(StackName=NAME, DeletionMode="FORCE_DELETE_STACK")


def test_stream_is_stopped_before_its_channel_is_deleted(cloud: Cloud, tmp_path: Path) -> None:
    """
    With stop_stream_on_delete, a stack with a live channel is destroyed: the encoder loses its
    key before its stream is stopped, and the policy is detached when the stream has ended.
    """

    def build(stack: Stack) -> ivs.Channel:
        channel = _restricted("First", stop_stream_on_delete=True)(stack)
        channel.add_stream_key("Key")
        for each in stack.node.find_all():
            if CfnResource.is_cfn_resource(each) and each.cfn_resource_type == ATTACHMENT:
                # The emulator creates what is ready in the order of the logical ids.
                each.override_logical_id("zAttachment")
        return channel

    channel = _deployed(cloud, tmp_path / "first", build)
    calls = len(cloud.ivs.calls)
    cloud.ivs.live.add(channel)
    destroy(cloud, tmp_path / "first")
    assert cloud.ivs.resources == {}
    *ordered, one, other = cloud.ivs.written(calls)
    assert ordered == ["DeleteStreamKey", "StopStream", "UpdateChannel"]
    assert {one, other} == {"DeleteChannel", "DeletePlaybackRestrictionPolicy"}


def test_second_key_of_a_channel_is_refused(cloud: Cloud, tmp_path: Path) -> None:
    """
    Another id for a stream key creates the new key before the old one is deleted. The quota is
    one, so that the update fails, and the old key is there afterwards.
    """
    _deployed(cloud, tmp_path / "first", _keyed("Key"))
    before = cloud.ivs.state()
    outcome = cloud.deploy(assembled(tmp_path / "second", _keyed("Other")))
    assert not outcome.succeeded
    assert status(cloud) == "UPDATE_ROLLBACK_COMPLETE"
    assert cloud.ivs.state() == before
