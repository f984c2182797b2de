"""What is attached to channels that are not in the stack, or that stay when it is destroyed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from aws_cdk import RemovalPolicy, Stack

import cdk_ivs as ivs
from tests.rehearsal.apps import deploy, deploy_refused, destroy
from tests.rehearsal.emulation import Cloud
from tests.support.arns import arn

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

POLICY = "playbackRestrictionPolicyArn"
ONE, OTHER = arn("channel/Aaaaaa1G2hij"), arn("channel/Bbbbbb1G2hij")
CONSOLE = arn("playback-restriction-policy/Cccccc1G2hij")


def _attached_to(channel: str) -> Callable[[Stack], ivs.IChannel]:
    """A policy that is attached to an imported channel."""

    def build(stack: Stack) -> ivs.IChannel:
        policy = ivs.PlaybackRestrictionPolicy(stack, "Policy", allowed_countries=["AT"])
        imported = ivs.Channel.from_channel_arn(stack, "Channel", channel)
        imported.attach_playback_restriction_policy(policy)
        return imported

    return build


def _policy_of(cloud: Cloud, channel: str) -> str:
    return str(cloud.ivs.resources[channel].details[POLICY])


def _ours(cloud: Cloud) -> str:
    """The policy of the stack."""
    policies = {policy.arn for policy in cloud.ivs.of_kind("PlaybackRestrictionPolicy")}
    (ours,) = policies - {CONSOLE}
    return ours


def _changes(cloud: Cloud, since: int = 0) -> list[tuple[str, str]]:
    """The channels that got another policy, in order, each with the new one."""
    changes = cloud.ivs.changes[since:]
    return [(change.arn, change.after) for change in changes if change.name == POLICY]


def test_policy_from_before_comes_back(cloud: Cloud, tmp_path: Path) -> None:
    """
    A channel gets the policy back that it had before the stack attached its own: when the
    attachment moves to another channel, when such a move is rolled back, and when the stack is
    destroyed. No channel is without a policy meanwhile.
    """
    cloud.ivs.add("PlaybackRestrictionPolicy", arn=CONSOLE, allowedCountries=["US"])
    for channel in (ONE, OTHER):
        cloud.ivs.add("Channel", arn=channel, **{POLICY: CONSOLE})
    deploy(cloud, tmp_path / "first", _attached_to(ONE))
    ours = _ours(cloud)
    assert _changes(cloud) == [(ONE, ours)]

    changes = len(cloud.ivs.changes)
    deploy_refused(cloud, tmp_path / "refused", _attached_to(OTHER))
    assert _changes(cloud, changes) == [(OTHER, ours), (OTHER, CONSOLE)]

    changes = len(cloud.ivs.changes)
    deploy(cloud, tmp_path / "second", _attached_to(OTHER))
    assert _changes(cloud, changes) == [(OTHER, ours), (ONE, CONSOLE)]

    changes = len(cloud.ivs.changes)
    destroy(cloud, tmp_path / "second")
    assert _changes(cloud, changes) == [(OTHER, CONSOLE)]
    assert ours not in cloud.ivs.resources


def test_policy_of_the_console_stays(cloud: Cloud, tmp_path: Path) -> None:
    """
    What somebody attached instead at the console is left alone when the stack is destroyed.
    """
    cloud.ivs.add("PlaybackRestrictionPolicy", arn=CONSOLE, allowedCountries=["US"])
    cloud.ivs.add("Channel", arn=ONE)
    deploy(cloud, tmp_path / "first", _attached_to(ONE))
    assert _policy_of(cloud, ONE) == _ours(cloud)
    cloud.ivs.answer("UpdateChannel", {"arn": ONE, POLICY: CONSOLE})
    destroy(cloud, tmp_path / "first")
    assert _policy_of(cloud, ONE) == CONSOLE
    assert cloud.ivs.resources.keys() == {ONE, CONSOLE}


def test_retained_channel_keeps_its_policy(cloud: Cloud, tmp_path: Path) -> None:
    """
    A channel that stays when its stack is destroyed keeps the policy that stays too.
    """

    def build(stack: Stack) -> ivs.Channel:
        policy = ivs.PlaybackRestrictionPolicy(stack, "Policy", allowed_countries=["AT"])
        channel = ivs.Channel(stack, "Channel", playback_restriction_policy=policy)
        for each in (policy, channel):
            each.apply_removal_policy(RemovalPolicy.RETAIN)
        return channel

    deploy(cloud, tmp_path / "first", build)
    state = cloud.ivs.state()
    destroy(cloud, tmp_path / "first")
    assert cloud.ivs.state() == state
    assert _policy_of(cloud, cloud.ivs.only("Channel").arn) == _ours(cloud)
