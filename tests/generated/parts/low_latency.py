"""Parts: the constructs of low-latency streaming."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import strategies as st

import cdk_ivs as ivs
from tests.generated.plans import Arn, Call, Id, Name, Own, Scope, Time
from tests.support.keys import pem_of

from .common import (
    BOOLEANS,
    NAMES,
    arns,
    construct,
    maybe,
    members,
    method,
    part,
    pick,
    picked,
    plain,
    reference,
    seconds,
    some,
    value_of,
)

PEMS = st.sampled_from(
    [
        pem_of(ec.derive_private_key(secret, ec.SECP384R1()).public_key())
        for secret in (2, 3, 5, 7, 11)
    ]
)

_RESOLUTIONS = members(ivs.Resolution)
STORAGES = st.sampled_from(
    [
        tuple(Name(f"cdk_ivs.Storage.{name}") for name in names)
        for names in (("SEQUENTIAL",), ("LATEST",), ("SEQUENTIAL", "LATEST"))
    ]
)
_BUCKETS = picked(
    st.just(Call("aws_cdk.aws_s3.Bucket.from_bucket_name", (Scope(), Own("Bucket"), "recordings"))),
    "bucket",
)
ORIGINS = st.sampled_from(
    ("https://example.com", "https://a.example.com:8443", "http://localhost:3000")
)


def _name(kind: str, member: str | None) -> Name | None:
    return None if member is None else Name(f"cdk_ivs.{kind}.{member}")


@st.composite
def _channel_keywords(draw: st.DrawFn) -> dict[str, Any]:
    """Keywords of a channel that do not contradict each other."""
    type_ = draw(st.sampled_from((None, None, "STANDARD", "BASIC", "ADVANCED_SD", "ADVANCED_HD")))
    multitrack = type_ in {None, "STANDARD"} and draw(st.booleans())
    formats = (None, "FRAGMENTED_MP4") if multitrack else (None, "TS", "FRAGMENTED_MP4")
    format_ = draw(st.sampled_from(formats))
    preset = (
        draw(st.none() | members(ivs.Preset)) if type_ in {"ADVANCED_SD", "ADVANCED_HD"} else None
    )
    keywords: dict[str, Any] = {
        "type": _name("ChannelType", type_),
        "preset": preset,
        "container_format": _name("ContainerFormat", format_),
        "latency_mode": draw(st.none() | members(ivs.LatencyMode)),
        "authorized": draw(st.none() | BOOLEANS),
        "insecure_ingest": draw(st.sampled_from((None, None, False))),
        "channel_name": draw(st.none() | NAMES),
        "recording_configuration": draw(
            st.none()
            | maybe("recording")
            | st.sampled_from(
                (Call("cdk_ivs.RecordingConfiguration.disable"), Call("cdk_ivs.DisabledRecording"))
            )
        ),
        "stop_stream_on_delete": draw(st.sampled_from((None, None, False, True))),
        "tags": draw(st.none() | st.just({"team": "video"})),
    }
    if multitrack:
        keywords["multitrack_input_configuration"] = draw(
            value_of(
                "cdk_ivs.MultitrackInputConfiguration",
                maximum_resolution_=members(ivs.MaximumResolution),
                policy_=members(ivs.Policy),
            )
        )
    if keywords["authorized"] in {None, False} and draw(st.booleans()):
        keywords["playback_restriction_policy"] = draw(maybe("policy"))
    if not multitrack and format_ != "FRAGMENTED_MP4" and draw(st.booleans()):
        keywords["ad_configuration"] = draw(maybe("ads"))
    if draw(st.booleans()):
        keywords["failover_slate_configuration"] = draw(maybe("slate"))
    return {key: value for key, value in keywords.items() if value is not None}


def _sorts_of_channel(keywords: Mapping[str, Any]) -> tuple[str, ...]:
    """What a channel can be taken for, by what it is and has."""
    attachable = {
        "channel for a policy": "playback_restriction_policy" not in keywords
        and keywords.get("authorized") in {None, False},
        "channel for ads": "ad_configuration" not in keywords
        and "multitrack_input_configuration" not in keywords
        and keywords.get("container_format") != Name("cdk_ivs.ContainerFormat.FRAGMENTED_MP4"),
        "channel for a slate": "failover_slate_configuration" not in keywords,
        "private channel": keywords.get("authorized") is True,
    }
    return (
        "channel",
        "own channel",
        "channel ref",
        *(sort for sort, right in attachable.items() if right),
    )


_CHANNELS = _channel_keywords().map(
    lambda keywords: Call("cdk_ivs.Channel", (Scope(), Id()), keywords)
)
_ELSEWHERE = (
    "channel",
    "channel ref",
    "channel for a policy",
    "channel for ads",
    "channel for a slate",
    "imported channel",
)

_RENDITIONS = st.one_of(
    st.sampled_from([Call(f"cdk_ivs.RenditionConfiguration.{name}") for name in ("all", "none")]),
    value_of("cdk_ivs.RenditionConfiguration.custom", some(_RESOLUTIONS, most=4, unique=True)),
    value_of(
        "cdk_ivs.RenditionConfiguration",
        rendition_selection_=st.just(Name("cdk_ivs.RenditionSelection.CUSTOM")),
        renditions_=some(_RESOLUTIONS, most=4, unique=True),
    ),
)
_THUMBNAILS = st.one_of(
    st.just(Call("cdk_ivs.ThumbnailConfiguration.disable")),
    value_of(
        "cdk_ivs.ThumbnailConfiguration.interval",
        resolution=_RESOLUTIONS,
        storage=STORAGES,
        target_interval=seconds(1, 60),
    ),
    value_of(
        "cdk_ivs.ThumbnailConfiguration",
        recording_mode_=st.just(Name("cdk_ivs.RecordingMode.INTERVAL")),
        target_interval_=seconds(1, 60),
    ),
)

LOW_LATENCY = {
    "channel": part(_CHANNELS, _sorts_of_channel),
    "private channel": construct(
        "cdk_ivs.Channel",
        ("channel", "own channel", "channel ref", "private channel"),
        authorized_=st.just(True),
        type=members(ivs.ChannelType),
    ),
    "channel by ARN": reference("cdk_ivs.Channel.from_channel_arn", _ELSEWHERE, arns("channel/c")),
    "channel by attributes": plain(
        value_of(
            "cdk_ivs.Channel.from_channel_attributes",
            st.just(Scope()),
            st.just(Id()),
            channel_arn_=arns("channel/c"),
            ingest_endpoint=st.just("a1b2c3d4e5f6.global-contribute.live-video.net"),
            playback_url=st.just(
                "https://a1b2c3d4e5f6.us-west-2.playback.live-video.net/api/video/v1/x.m3u8"
            ),
        ),
        _ELSEWHERE,
    ),
    "channel by look-up": plain(
        value_of(
            "cdk_ivs.Channel.from_lookup",
            st.just(Scope()),
            st.just(Id()),
            channel_name_=st.just("show"),
        ),
        _ELSEWHERE,
        known=True,
    ),
    "stream key of a channel": part(
        method("channel", "add_stream_key", st.just(Id()), once="stream key"), ("stream key",)
    ),
    "stream key": construct(
        "cdk_ivs.StreamKey", ("stream key",), channel_=pick("channel", once="stream key")
    ),
    "stream key by ARN": reference(
        "cdk_ivs.StreamKey.from_stream_key_arn", ("imported stream key",), arns("stream-key/k")
    ),
    "secret of a stream key": part(method("stream key", "to_secret", st.just(Id())), ("secret",)),
    "signing key": construct(
        "cdk_ivs.SigningKey",
        ("signing key", "own signing key"),
        description=st.just("signs tokens"),
        pending_window=st.integers(7, 30).map(lambda number: Time("days", number)),
    ),
    "signing key by ARN": reference(
        "cdk_ivs.SigningKey.from_signing_key_arn",
        ("signing key",),
        st.just(Arn("key/1234abcd-12ab-34cd-56ef-1234567890ab", "kms", "exactly")),
    ),
    "playback key pair": construct(
        "cdk_ivs.PlaybackKeyPair",
        ("key pair",),
        public_key_material_=PEMS,
        playback_key_pair_name=NAMES,
    ),
    "playback key pair of a signing key": construct(
        "cdk_ivs.PlaybackKeyPair",
        ("key pair",),
        signing_key_=pick("own signing key", once="key pair"),
    ),
    "playback key pair by ARN": reference(
        "cdk_ivs.PlaybackKeyPair.from_playback_key_pair_arn", ("key pair",), arns("playback-key/p")
    ),
    "policy": construct(
        "cdk_ivs.PlaybackRestrictionPolicy",
        ("policy",),
        allowed_countries=some(st.sampled_from(("DE", "FR", "US")), unique=True),
        allowed_origins=some(ORIGINS, unique=True),
        enable_strict_origin_enforcement=BOOLEANS,
        playback_restriction_policy_name=NAMES,
    ),
    "policy by ARN": reference(
        "cdk_ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn",
        ("policy",),
        arns("playback-restriction-policy/r"),
    ),
    "ads": construct(
        "cdk_ivs.AdConfiguration",
        ("ads",),
        playback_configurations_=some(
            picked(st.just(Arn("playbackConfiguration/ads", "mediatailor")), "tailor"), most=1
        ),
        post_roll=seconds(1, 60),
        ad_configuration_name=NAMES,
    ),
    "ads by ARN": reference(
        "cdk_ivs.AdConfiguration.from_ad_configuration_arn", ("ads",), arns("ad-configuration/a")
    ),
    "slate": construct(
        "cdk_ivs.FailoverSlateConfiguration",
        ("slate",),
        activation_threshold=seconds(3, 5),
        min_slate_display=seconds(3, 5),
        max_slate_display=seconds(60, 120),
    ),
    "slate by ARN": reference(
        "cdk_ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn",
        ("slate",),
        arns("failover-slate-configuration/s"),
    ),
    "attached policy": plain(
        method(
            "channel for a policy",
            "attach_playback_restriction_policy",
            pick("policy"),
            once="policy",
        )
    ),
    "attached ads": plain(
        method("channel for ads", "attach_ad_configuration", pick("ads"), once="ads")
    ),
    "attached slate": plain(
        method(
            "channel for a slate",
            "attach_failover_slate_configuration",
            pick("slate"),
            once="slate",
        )
    ),
    "recording": construct(
        "cdk_ivs.RecordingConfiguration",
        ("recording",),
        bucket_=_BUCKETS,
        recording_configuration_name=NAMES,
        recording_reconnect_window=seconds(0, 300),
        rendition_configuration=_RENDITIONS,
        thumbnail_configuration=_THUMBNAILS,
    ),
    "recording by ARN": reference(
        "cdk_ivs.RecordingConfiguration.from_recording_configuration_arn",
        ("recording",),
        arns("recording-configuration/r"),
    ),
    "recording by the ARN of alpha": reference(
        "cdk_ivs.RecordingConfiguration.from_arn", ("recording",), arns("recording-configuration/r")
    ),
    "recording by ID": reference(
        "cdk_ivs.RecordingConfiguration.from_recording_configuration_id",
        ("recording",),
        st.just("AbCdef7G8hij"),
    ),
}
"""By a name, strategies of parts."""
