"""Mistakes in channels, and in their keys, recordings and viewers."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.keys import P384_PEM, pem_of

from .parts import (
    CHANNEL_ARN,
    CONDITION,
    PROVIDER,
    STAGE_ARN,
    Case,
    Json,
    arn,
    channel,
    key,
    recording,
    ref,
    resource,
    restriction,
    template,
)

P256_PEM = pem_of(ec.derive_private_key(20_201_231, ec.SECP256R1()).public_key())


def multitrack(**properties: Any) -> Json:
    """The property of a channel that takes multitrack input."""
    configuration = {"Enabled": True, "Policy": "ALLOW", "MaximumResolution": "HD"}
    return {"MultitrackInputConfiguration": {**configuration, **properties}}


ANY_ARN = "arn:aws:ivs:us-west-2:111111111111:of-any-type/AbCdEf123456"


def attachment(operation: str) -> Json:
    """What this library's constructs write to attach something to the channel."""
    return {
        "Type": "Custom::IVSChannelAttachment",
        "Properties": {
            "ServiceToken": PROVIDER,
            "Operation": operation,
            "ResourceArn": arn("Channel"),
            "Value": ANY_ARN,
        },
    }


def api_call(parameter: str, value: str = ANY_ARN) -> Json:
    """What the CDK's AwsCustomResource writes."""
    start = '{"service":"ivs","action":"updateChannel","parameters":{"arn":"'
    end = f'","{parameter}":"{value}"}}}}'
    return {
        "Type": "Custom::AWS",
        "Properties": {
            "ServiceToken": PROVIDER,
            "Create": {"Fn::Join": ["", [start, arn("Channel"), end]]},
        },
    }


CONFIGURED = "Properties.RenditionConfiguration"


CASES = (
    Case(
        "IVS-001",
        "Properties.ChannelArn",
        template(Channel=channel(), KeyA=key(ref("Channel")), KeyB=key(arn("Channel"))),
        template(
            Channel=channel(), Other=channel(), KeyA=key(ref("Channel")), KeyB=key(ref("Other"))
        ),
        "another one, 'KeyA'",
    ),
    Case(
        "IVS-001",
        "Properties.ChannelArn",
        template(Channel=channel(), KeyA=key({"Fn::Sub": "${Channel}"}), KeyB=key(ref("Channel"))),
        {
            "Conditions": {
                "A": {"Fn::Equals": [ref("AWS::Region"), "us-west-2"]},
                "B": {"Fn::Not": [{"Condition": "A"}]},
            },
            **template(
                Channel=channel(),
                KeyA=key(ref("Channel"), Condition="A"),
                KeyB=key(ref("Channel"), Condition="B"),
            ),
        },
    ),
    Case(
        "IVS-001",
        "Properties.ChannelArn",
        template(KeyA=key(CHANNEL_ARN), KeyB=key(CHANNEL_ARN)),
        template(KeyA=key(CHANNEL_ARN), KeyB=key(f"{CHANNEL_ARN}7")),
    ),
    Case(
        "IVS-002",
        "Properties.Preset",
        template(Channel=channel(Preset="HIGHER_BANDWIDTH_DELIVERY")),
        template(Channel=channel(Preset="HIGHER_BANDWIDTH_DELIVERY", Type="ADVANCED_HD")),
        "got no type, which means STANDARD",
    ),
    Case(
        "IVS-002",
        "Properties.Preset",
        template(Channel=channel(Preset="HIGHER_BANDWIDTH_DELIVERY", Type="BASIC")),
        {
            "Parameters": {"Type": {"Type": "String", "Default": "BASIC"}},
            **template(Channel=channel(Preset="HIGHER_BANDWIDTH_DELIVERY", Type=ref("Type"))),
        },
        "got BASIC",
    ),
    Case(
        "IVS-002",
        "Properties.Preset",
        {
            "Conditions": {"Hd": {"Fn::Equals": [ref("AWS::Region"), "us-west-2"]}},
            **template(
                Channel=channel(
                    Type={"Fn::If": ["Hd", "ADVANCED_HD", "STANDARD"]},
                    Preset="HIGHER_BANDWIDTH_DELIVERY",
                )
            ),
        },
        {
            "Conditions": {"Hd": {"Fn::Equals": [ref("AWS::Region"), "us-west-2"]}},
            **template(
                Channel=channel(
                    Type={"Fn::If": ["Hd", "ADVANCED_HD", "STANDARD"]},
                    Preset={"Fn::If": ["Hd", "HIGHER_BANDWIDTH_DELIVERY", ref("AWS::NoValue")]},
                )
            ),
        },
    ),
    Case(
        "IVS-003",
        "Properties.MultitrackInputConfiguration.Enabled",
        template(Channel=channel(Type="BASIC", ContainerFormat="FRAGMENTED_MP4", **multitrack())),
        template(
            Channel=channel(Type="STANDARD", ContainerFormat="FRAGMENTED_MP4", **multitrack())
        ),
        "got BASIC",
    ),
    Case(
        "IVS-004",
        "Properties.MultitrackInputConfiguration",
        template(Channel=channel(**multitrack())),
        template(Channel=channel(**multitrack(Enabled=False))),
        "set ContainerFormat",
    ),
    Case(
        "IVS-004",
        "Properties.MultitrackInputConfiguration",
        template(
            Channel=channel(
                ContainerFormat="FRAGMENTED_MP4", MultitrackInputConfiguration={"Enabled": True}
            )
        ),
        template(Channel=channel(ContainerFormat="FRAGMENTED_MP4", **multitrack())),
        "set MaximumResolution, Policy",
    ),
    Case(
        "IVS-005",
        "Properties.InsecureIngest",
        template(Channel=channel(InsecureIngest=True)),
        template(Channel=channel(InsecureIngest=False)),
    ),
    Case(
        "IVS-006",
        "Properties.Authorized",
        template(Channel=channel(Authorized=True)),
        template(
            Channel=channel(Authorized=True),
            Pair=resource("IVS::PlaybackKeyPair", {"PublicKeyMaterial": P384_PEM}),
        ),
    ),
    *(
        Case(
            "IVS-007",
            "Properties",
            template(
                Channel=channel(Authorized=True),
                Pair=resource("IVS::PlaybackKeyPair", {"PublicKeyMaterial": P384_PEM}),
                Attachment=attached,
            ),
            template(Channel=channel(Authorized=False), Attachment=attached),
            "'Channel' is authorized",
        )
        for attached in (
            attachment("AttachPlaybackRestrictionPolicy"),
            api_call("playbackRestrictionPolicyArn"),
        )
    ),
    *(
        Case(
            "IVS-008",
            "Properties",
            template(Channel=channel(ContainerFormat="FRAGMENTED_MP4"), Attachment=attached),
            template(Channel=channel(ContainerFormat="TS"), Attachment=attached),
            "channel 'Channel'",
        )
        for attached in (attachment("AttachAdConfiguration"), api_call("adConfigurationArn"))
    ),
    Case(
        "IVS-009",
        f"{CONFIGURED}.Renditions",
        template(Recording=recording(RenditionConfiguration={"Renditions": ["HD"]})),
        template(
            Recording=recording(
                RenditionConfiguration={"RenditionSelection": "CUSTOM", "Renditions": ["HD"]}
            )
        ),
        "RenditionSelection ALL",
    ),
    Case(
        "IVS-009",
        f"{CONFIGURED}.Renditions",
        template(
            Recording=recording(
                RenditionConfiguration={"RenditionSelection": "NONE", "Renditions": ["HD"]}
            )
        ),
        template(
            Recording=recording(
                RenditionConfiguration={"RenditionSelection": "NONE", "Renditions": []}
            )
        ),
        "RenditionSelection NONE",
    ),
    Case(
        "IVS-010",
        f"{CONFIGURED}.RenditionSelection",
        template(Recording=recording(RenditionConfiguration={"RenditionSelection": "CUSTOM"})),
        template(Recording=recording(RenditionConfiguration={"RenditionSelection": "ALL"})),
    ),
    Case(
        "IVS-011",
        "Properties.ThumbnailConfiguration.TargetIntervalSeconds",
        template(
            Recording=recording(
                ThumbnailConfiguration={"RecordingMode": "DISABLED", "TargetIntervalSeconds": 10}
            )
        ),
        template(Recording=recording(ThumbnailConfiguration={"TargetIntervalSeconds": 10})),
    ),
    *(
        Case(
            "IVS-011",
            "Properties.AutoParticipantRecordingConfiguration.ThumbnailConfiguration"
            ".TargetIntervalSeconds",
            template(Stage=recorded({"TargetIntervalSeconds": 10, **mode})),
            template(Stage=recorded({"TargetIntervalSeconds": 10, "RecordingMode": "INTERVAL"})),
        )
        for mode in ({}, {"RecordingMode": "DISABLED"})
        for recorded in [
            lambda thumbnails: resource(
                "IVS::Stage",
                {
                    "AutoParticipantRecordingConfiguration": {
                        "StorageConfigurationArn": STAGE_ARN.replace(
                            "stage", "storage-configuration"
                        ),
                        "ThumbnailConfiguration": thumbnails,
                    }
                },
            )
        ]
    ),
    Case(
        "IVS-011",
        "Properties.ThumbnailConfiguration.Storage",
        template(
            Recording=recording(
                ThumbnailConfiguration={"RecordingMode": "DISABLED", "Storage": ["LATEST"]}
            )
        ),
        template(Recording=recording(ThumbnailConfiguration={"RecordingMode": "DISABLED"})),
        "Storage has no effect",
    ),
    Case(
        "IVS-012",
        "Properties.PublicKeyMaterial",
        template(Pair=resource("IVS::PlaybackKeyPair", {"PublicKeyMaterial": P256_PEM})),
        template(Pair=resource("IVS::PlaybackKeyPair", {"PublicKeyMaterial": P384_PEM})),
    ),
    Case(
        "IVS-012",
        "Properties.PublicKeyMaterial",
        template(Pair=resource("IVS::PublicKey", {"PublicKeyMaterial": P256_PEM})),
        template(Pair=resource("IVS::PublicKey", {"PublicKeyMaterial": P384_PEM})),
    ),
    Case(
        "IVS-013",
        "Properties.AllowedCountries.1",
        template(Policy=restriction(AllowedCountries=["US", "UK"])),
        template(Policy=restriction(AllowedCountries=["US", "GB"])),
        "'UK'",
    ),
    *(
        Case(
            "IVS-014",
            "Properties.AllowedOrigins.0",
            template(Policy=restriction(AllowedOrigins=[wrong])),
            template(Policy=restriction(AllowedOrigins=[right])),
            f"'{wrong}'",
        )
        for wrong, right in (
            ("example.com", "https://example.com"),
            ("https://example.com/", "https://*.example.com"),
            ("https://example.com:443", "https://example.com:444"),
        )
    ),
    *(
        Case(
            "IVS-056",
            "Properties",
            template(Channel=channel(), First=attached, Second=attached),
            template(Channel=channel(), First=attached, Second=other),
            f"only one {kind}, and 'First' attaches another one",
        )
        for kind, attached, other in (
            (
                "playback restriction policy",
                attachment("AttachPlaybackRestrictionPolicy"),
                attachment("AttachAdConfiguration"),
            ),
            (
                "ad configuration",
                api_call("adConfigurationArn"),
                api_call("adConfigurationArn", value=""),
            ),
            (
                "failover slate configuration",
                api_call("failoverSlateConfigurationArn"),
                api_call("playbackRestrictionPolicyArn"),
            ),
        )
    ),
    Case(
        "IVS-056",
        "Properties",
        template(
            Channel=channel(),
            First=attachment("AttachAdConfiguration"),
            Second=api_call("adConfigurationArn"),
        ),
        {
            "Conditions": {**CONDITION["Conditions"], "B": {"Fn::Not": [{"Condition": "A"}]}},
            **template(
                Channel=channel(),
                First={**attachment("AttachAdConfiguration"), "Condition": "A"},
                Second={**api_call("adConfigurationArn"), "Condition": "B"},
            ),
        },
    ),
)
