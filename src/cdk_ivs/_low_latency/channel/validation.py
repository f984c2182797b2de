"""What goes together in a channel, and how it is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Annotations
from aws_cdk.aws_ivs import CfnChannel

from cdk_ivs._core.annotations import warn_about_insecure_ingest
from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._core.rendered_properties import UNKNOWN
from cdk_ivs._validation.arns import arn_of
from cdk_ivs._validation.disabled_recording import DisabledRecording
from cdk_ivs._validation.errors import ValidationError, safe_text

from .attachments import (
    AD_CONFIGURATION_PARAM,
    FAILOVER_SLATE_PARAM,
    PLAYBACK_RESTRICTION_POLICY_PARAM,
)
from .values import ChannelType, ContainerFormat

if TYPE_CHECKING:
    from collections.abc import Collection

    from constructs import Construct

    from .construct import ChannelProps

_TYPES_WITHOUT_PRESET = frozenset({ChannelType.STANDARD, ChannelType.BASIC})
_TYPES_WITHOUT_MULTITRACK = frozenset(ChannelType) - {ChannelType.STANDARD}


def rendered_preset(props: ChannelProps) -> str | None:
    """The preset, blank for the types that have none, as CloudFormation wants it."""
    if props.preset is None:
        return None
    if props.type is None:
        raise ValidationError(
            f"'preset' needs 'type' to be ADVANCED_SD or ADVANCED_HD, got "
            f"{safe_text(props.preset)} without a type, which stands for STANDARD; add the type or "
            "leave the preset out",
            code="PresetWithoutType",
        )
    return "" if props.type in _TYPES_WITHOUT_PRESET else props.preset


def rendered_container_format(props: ChannelProps) -> str | None:
    """The container format, which multitrack input decides."""
    if props.multitrack_input_configuration is None:
        return props.container_format
    if props.type in _TYPES_WITHOUT_MULTITRACK:
        raise ValidationError(
            "'multitrack_input_configuration' needs 'type' to be STANDARD or left out, "
            f"got {safe_text(props.type)}",
            code="MultitrackType",
        )
    if props.container_format is None:
        return ContainerFormat.FRAGMENTED_MP4
    if props.container_format == ContainerFormat.TS:
        raise ValidationError(
            "'multitrack_input_configuration' needs 'container_format' to be FRAGMENTED_MP4 or "
            f"left out, got {safe_text(props.container_format)}",
            code="MultitrackContainerFormat",
        )
    return props.container_format


def rendered_multitrack(
    props: ChannelProps,
) -> CfnChannel.MultitrackInputConfigurationProperty | None:
    """The multitrack input, enabled."""
    multitrack = props.multitrack_input_configuration
    if multitrack is None:
        return None
    return CfnChannel.MultitrackInputConfigurationProperty(
        enabled=True, maximum_resolution=multitrack.maximum_resolution, policy=multitrack.policy
    )


def recording_arn(props: ChannelProps, scope: Construct) -> str | None:
    """The ARN of the recording configuration, which must be where the channel is, or blank."""
    keyword = "recording_configuration"
    if props.recording_configuration is None:
        return None
    if isinstance(props.recording_configuration, DisabledRecording):
        return ""
    arn = arn_of(keyword, props.recording_configuration, "recording_configuration")
    check_arn_environment(keyword, arn, scope, props.recording_configuration)
    return arn


def attached_arns(props: ChannelProps, scope: Construct) -> dict[str, str]:
    """The ARNs to attach by UpdateChannel, under its parameters."""
    policy, ads = props.playback_restriction_policy, props.ad_configuration
    if ads is not None and props.multitrack_input_configuration is not None:
        raise ValidationError(
            "'ad_configuration' does not go with 'multitrack_input_configuration', which "
            "delivers fragmented MP4",
            code="AdsWithMultitrack",
        )
    arns = {}
    for keyword, parameter, resource in (
        ("playback_restriction_policy", PLAYBACK_RESTRICTION_POLICY_PARAM, policy),
        ("ad_configuration", AD_CONFIGURATION_PARAM, ads),
        ("failover_slate_configuration", FAILOVER_SLATE_PARAM, props.failover_slate_configuration),
    ):
        if resource is not None:
            arns[parameter] = arn_of(keyword, resource, keyword)
            check_arn_environment(keyword, arns[parameter], scope, resource)
    check_attachable(arns, props.authorized, props.container_format)
    return arns


def check_attachable(
    parameters: Collection[str], authorized: object, container_format: object
) -> None:
    """Refuse to attach to a channel what does not go with it."""
    if PLAYBACK_RESTRICTION_POLICY_PARAM in parameters and authorized is True:
        raise ValidationError(
            "'playback_restriction_policy' works with public channels only, got one with "
            "'authorized' True; leave out the policy, and restrict viewers in their tokens",
            code="PolicyOnAuthorizedChannel",
        )
    if AD_CONFIGURATION_PARAM in parameters and container_format == ContainerFormat.FRAGMENTED_MP4:
        raise ValidationError(
            "'ad_configuration' needs 'container_format' to be TS or left out, "
            f"got {safe_text(str(container_format))}",
            code="AdsContainerFormat",
        )


def check_rendered(props: ChannelProps, preset: str | None) -> None:
    """Refuse what the constructor would have rendered in another way."""
    # A token may come to a blank preset.
    if preset != UNKNOWN and (preset or "") != (rendered_preset(props) or ""):
        raise ValidationError(
            f"'preset' needs 'type' to be ADVANCED_SD or ADVANCED_HD, got {safe_text(str(preset))} "
            f"with {safe_text(str(props.type))}; set the preset to an empty text where "
            "you set the type",
            code="PresetType",
        )
    if props.container_format != rendered_container_format(props):
        raise ValidationError(
            "'multitrack_input_configuration' needs 'container_format' to be FRAGMENTED_MP4, "
            "got none; set it where you set the multitrack input",
            code="MultitrackContainerFormat",
        )


def add_warnings(channel: Construct, props: ChannelProps) -> None:
    """Say what is without effect, or insecure."""
    if props.preset is not None and props.type in _TYPES_WITHOUT_PRESET:
        Annotations.of(channel).add_warning_v2(
            "cdk-ivs:presetIgnored",
            f"'preset' has no effect on a channel of type {safe_text(props.type)}: use ADVANCED_SD "
            "or ADVANCED_HD, or leave it out",
        )
    warn_about_insecure_ingest(channel, props.insecure_ingest, "RTMPS or SRT with a passphrase")
