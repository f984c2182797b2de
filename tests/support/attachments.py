"""Channels with something attached, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from aws_cdk.aws_mediatailor import CfnPlaybackConfiguration

import cdk_ivs as ivs
from tests.support.arns import arn
from tests.support.graph import only
from tests.support.oracles import template_of
from tests.support.resolving import value_of

if TYPE_CHECKING:
    from aws_cdk import Stack

ATTACHMENT = "Custom::IVSChannelAttachment"
PERMISSION = "AWS::IAM::RolePolicy"
STOP = "Custom::IVSStopStream"
CHANNEL = arn("channel/AbCdef1G2hij")
POLICY = arn("playback-restriction-policy/KlMnop3Q4rst")
ADS = arn("ad-configuration/UvWxyz5A6bcd")
SLATE = arn("failover-slate-configuration/EfGhij7K8lmn")

# Logical ids, and what stands for the resources.
CHANNEL_ID, POLICY_ID, ADS_ID = "Channel4048F119", "Policy23B91518", "AdsC25D6316"
SLATE_ID = "Slate0910E89D"
VALUES = {
    f"{CHANNEL_ID}.Arn": CHANNEL,
    f"{POLICY_ID}.Arn": POLICY,
    f"{ADS_ID}.Arn": ADS,
    f"{SLATE_ID}.Arn": SLATE,
}

# aws-cdk-lib has ad configurations from 2.274 on.
with_ads = pytest.mark.newest


def a_policy(stack: Stack) -> ivs.PlaybackRestrictionPolicy:
    """A policy that the stack makes."""
    return ivs.PlaybackRestrictionPolicy(stack, "Policy", allowed_countries=["DE"])


def ads_of(stack: Stack) -> ivs.AdConfiguration:
    """An ad configuration that the stack makes."""
    tailor = CfnPlaybackConfiguration(
        stack,
        "Tailor",
        name="ads",
        ad_decision_server_url="https://ads.example.com",
        video_content_source_url="https://video.example.com",
    )
    return ivs.AdConfiguration(stack, "Ads", playback_configurations=[tailor])


def a_slate(stack: Stack) -> ivs.FailoverSlateConfiguration:
    """A failover slate that the stack makes."""
    return ivs.FailoverSlateConfiguration(stack, "Slate")


def known_slate(stack: Stack, id: str = "KnownSlate") -> ivs.IFailoverSlateConfiguration:
    """An imported failover slate."""
    return ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn(stack, id, SLATE)


def known_policy(stack: Stack, id: str = "Known") -> ivs.IPlaybackRestrictionPolicy:
    """An imported policy."""
    return ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(stack, id, POLICY)


def known_ads(stack: Stack, id: str = "KnownAds") -> ivs.IAdConfiguration:
    """An imported ad configuration."""
    return ivs.AdConfiguration.from_ad_configuration_arn(stack, id, ADS)


def known_channel(stack: Stack) -> ivs.IChannel:
    """An imported channel."""
    return ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)


def attachment_in(stack: Stack, **more: str) -> dict[str, Any]:
    """
    What the only attachment of a stack tells its function.

    Args:
        stack: The stack.
        **more: What stands for more resources.
    """
    template = template_of(stack)
    properties = template["Resources"][only(template, ATTACHMENT)]["Properties"]
    told = {key: value for key, value in properties.items() if key != "ServiceToken"}
    resolved: dict[str, Any] = value_of(told, VALUES | more)
    return resolved
