"""Checks of parameters of a channel that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Annotations

from cdk_ivs._core.annotations import warn_about_insecure_ingest
from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._core.rendered_properties import UNKNOWN
from cdk_ivs._validation.errors import ValidationError, safe_text

from .attachments import AD_CONFIGURATION, ATTACHMENTS, PLAYBACK_RESTRICTION_POLICY
from .values import TYPES_WITHOUT_MULTITRACK, TYPES_WITHOUT_PRESET, ContainerFormat

if TYPE_CHECKING:
    from collections.abc import Collection

    from constructs import Construct

    from .attachments import Attachment
    from .props import ChannelProps


def check_preset(props: ChannelProps) -> None:
    """Refuse a preset without the type that it needs."""
    if props.preset is not None and props.type is None:
        raise ValidationError(
            "'preset' requires 'type' to be ADVANCED_SD or ADVANCED_HD, got "
            f"{safe_text(props.preset)} without a type, which means STANDARD; add the type or "
            "leave the preset out",
            code="PresetWithoutType",
        )


def check_multitrack(props: ChannelProps) -> None:
    """Refuse multitrack input with a type or a container format that contradicts it."""
    if props.multitrack_input_configuration is None:
        return
    if props.type in TYPES_WITHOUT_MULTITRACK:
        raise ValidationError(
            "'multitrack_input_configuration' requires 'type' to be STANDARD or left out, got "
            f"{safe_text(props.type)}",
            code="MultitrackType",
        )
    if props.container_format == ContainerFormat.TS:
        raise ValidationError(
            "'multitrack_input_configuration' requires 'container_format' to be FRAGMENTED_MP4 "
            f"or left out, got {safe_text(props.container_format)}",
            code="MultitrackContainerFormat",
        )


def attached_arns(props: ChannelProps, scope: Construct) -> dict[Attachment, str]:
    """The ARNs of the resources that `ivs:UpdateChannel` attaches."""
    if props.ad_configuration is not None and props.multitrack_input_configuration is not None:
        raise ValidationError(
            "'ad_configuration' must not be given with 'multitrack_input_configuration', which "
            "delivers fragmented MP4",
            code="AdsWithMultitrack",
        )
    arns = {}
    for attachment in ATTACHMENTS:
        resource = getattr(props, attachment.kind)
        if resource is not None:
            kind = attachment.kind
            arns[attachment] = same_environment_arn(kind, resource, kind, scope)
    check_attachable(arns, props.authorized, props.container_format)
    return arns


def check_attachable(
    attachments: Collection[Attachment], authorized: object, container_format: object
) -> None:
    """Refuse an attachment that contradicts a property of the channel."""
    if PLAYBACK_RESTRICTION_POLICY in attachments and authorized is True:
        raise ValidationError(
            "'playback_restriction_policy' works with public channels only, got one with "
            "'authorized' True; leave out the policy, and restrict viewers in their tokens",
            code="PolicyOnAuthorizedChannel",
        )
    if AD_CONFIGURATION in attachments and container_format == ContainerFormat.FRAGMENTED_MP4:
        raise ValidationError(
            "'ad_configuration' requires 'container_format' to be TS or left out, got "
            f"{safe_text(str(container_format))}",
            code="AdsContainerFormat",
        )


def check_rendered(props: ChannelProps, preset: str | None) -> None:
    """Refuse properties that the constructor renders in another way."""
    # A token can resolve to an empty preset.
    if preset != UNKNOWN:
        check_preset(props)
        if (preset or "") != (props._cfn_preset or ""):
            raise ValidationError(
                "'preset' requires 'type' to be ADVANCED_SD or ADVANCED_HD, got "
                f"{safe_text(str(preset))} with {safe_text(str(props.type))}; set the preset to "
                "an empty string where you set the type",
                code="PresetType",
            )
    check_multitrack(props)
    if props.container_format != props._cfn_container_format:
        raise ValidationError(
            "'multitrack_input_configuration' requires 'container_format' to be FRAGMENTED_MP4, "
            "got none; set it where you set the multitrack input",
            code="MultitrackContainerFormat",
        )


def add_warnings(channel: Construct, props: ChannelProps) -> None:
    """Warn about parameters that have no effect or are insecure."""
    if props.preset is not None and props.type in TYPES_WITHOUT_PRESET:
        Annotations.of(channel).add_warning_v2(
            "cdk-ivs:PresetIgnored",
            f"'preset' has no effect on a channel of type {safe_text(props.type)}: use ADVANCED_SD "
            "or ADVANCED_HD, or leave it out",
        )
    warn_about_insecure_ingest(channel, props.insecure_ingest, "RTMPS or SRT with a passphrase")
