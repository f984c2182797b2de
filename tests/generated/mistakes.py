"""Parts with a planted mistake, and the keyword that the error must name."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .parts import PARTS
from .parts.common import Values, construct, method, part, pick, some, value_of
from .parts.low_latency import PEMS
from .plans import (
    Arn,
    Attribute,
    Call,
    Id,
    Mistake,
    Name,
    Odd,
    Own,
    PartPlan,
    Scope,
    Text,
    Time,
    Token,
    parts_of,
)

_Parts = SearchStrategy[PartPlan]


def _of(path: str, **keywords: Values) -> _Parts:
    return construct(path, (), **keywords)


def _just(value: Any) -> Values:
    return st.just(value)


def _texts_that_are_no_names() -> Values:
    return st.sampled_from(("n" * 129, "two words", "ä", "a/b"))


def _name(path: str) -> Values:
    return _just(Name(f"cdk_ivs.{path}"))


_SHARES = 8
_SECONDS = {
    low: st.sampled_from(
        (Time("seconds", low - 1), Time("seconds", high + 1), Time("millis", 1500))
    )
    for low, high in ((1, 60), (2, 10))
}

_PLANTED: tuple[tuple[str, _Parts], ...] = (
    ("channel_name", _of("cdk_ivs.Channel", channel_name_=_texts_that_are_no_names())),
    ("preset", _of("cdk_ivs.Channel", preset_=_name("Preset.HIGHER_BANDWIDTH_DELIVERY"))),
    (
        "multitrack_input_configuration",
        _of(
            "cdk_ivs.Channel",
            type_=_name("ChannelType.BASIC"),
            multitrack_input_configuration_=value_of(
                "cdk_ivs.MultitrackInputConfiguration",
                maximum_resolution_=_name("MaximumResolution.HD"),
                policy_=_name("Policy.ALLOW"),
            ),
        ),
    ),
    (
        "playback_restriction_policy",
        _of(
            "cdk_ivs.Channel", authorized_=_just(True), playback_restriction_policy_=pick("policy")
        ),
    ),
    (
        "ad_configuration",
        _of(
            "cdk_ivs.Channel",
            container_format_=_name("ContainerFormat.FRAGMENTED_MP4"),
            ad_configuration_=pick("ads"),
        ),
    ),
    (
        "tags",
        _of(
            "cdk_ivs.Channel", tags_=st.sampled_from(({"aws:x": "1"}, {"k" * 129: "1"}, {"": "1"}))
        ),
    ),
    (
        "channel_arn",
        st.sampled_from(("not-an-arn", "arn:aws:ivs:us-west-2:123456789012:stage/AbCdef")).map(
            lambda arn: PartPlan(
                id="Wrong", call=Call("cdk_ivs.Channel.from_channel_arn", (Scope(), Id(), arn))
            )
        ),
    ),
    (
        "public_key_material",
        _of("cdk_ivs.PlaybackKeyPair", public_key_material_=PEMS.map(lambda pem: pem[:-60])),
    ),
    (
        "public_key_material",
        _of("cdk_ivs.PublicKey", public_key_material_=_just("no key")),
    ),
    (
        "allowed_countries",
        _of(
            "cdk_ivs.PlaybackRestrictionPolicy",
            allowed_countries_=st.sampled_from((("XX",), ("de",), ("DE", "DE"))),
        ),
    ),
    (
        "allowed_origins",
        _of(
            "cdk_ivs.PlaybackRestrictionPolicy",
            allowed_origins_=st.sampled_from((("example.com",), ("https://example.com/path",))),
        ),
    ),
    (
        "playback_configurations",
        _of("cdk_ivs.AdConfiguration", playback_configurations_=_just(())),
    ),
    (
        "activation_threshold",
        _of("cdk_ivs.FailoverSlateConfiguration", activation_threshold_=_just(Time("hours", 1))),
    ),
    (
        "recording_reconnect_window",
        _of(
            "cdk_ivs.RecordingConfiguration",
            bucket_=pick("bucket"),
            recording_reconnect_window_=_just(Time("seconds", 301)),
        ),
    ),
    (
        "target_interval",
        _of(
            "cdk_ivs.RecordingConfiguration",
            bucket_=pick("bucket"),
            thumbnail_configuration_=value_of(
                "cdk_ivs.ThumbnailConfiguration.interval", target_interval_=_SECONDS[1]
            ),
        ),
    ),
    (
        "renditions",
        _of(
            "cdk_ivs.RecordingConfiguration",
            bucket_=pick("bucket"),
            rendition_configuration_=_just(Call("cdk_ivs.RenditionConfiguration.custom", ((),))),
        ),
    ),
    ("channel", _of("cdk_ivs.StreamKey", channel_=pick("channel", has="stream key"))),
    ("pending_window", _of("cdk_ivs.SigningKey", pending_window_=_just(Time("days", 6)))),
    (
        "width",
        _of("cdk_ivs.EncoderConfiguration", width_=_just(853), height_=_just(480)),
    ),
    ("framerate", _of("cdk_ivs.EncoderConfiguration", framerate_=st.sampled_from((0, 61)))),
    ("bitrate", _of("cdk_ivs.EncoderConfiguration", bitrate_=st.sampled_from((0, 8_500_001)))),
    ("user_id", _of("cdk_ivs.IngestConfiguration", user_id_=_just("u" * 129))),
    (
        "insecure_ingest",
        _of(
            "cdk_ivs.IngestConfiguration",
            ingest_protocol_=_name("IngestProtocol.RTMP"),
            insecure_ingest_=_just(False),
        ),
    ),
    (
        "hls_segment_duration",
        _of(
            "cdk_ivs.Stage",
            participant_recording_=value_of(
                "cdk_ivs.ParticipantRecording",
                storage_configuration_=pick("storage"),
                hls_segment_duration_=_SECONDS[2],
            ),
        ),
    ),
    ("stage_name", _of("cdk_ivs.Stage", stage_name_=_texts_that_are_no_names())),
    (
        "maximum_message_length",
        _of("cdk_ivs.chat.Room", maximum_message_length_=st.sampled_from((0, 501))),
    ),
    (
        "maximum_message_rate_per_second",
        _of("cdk_ivs.chat.Room", maximum_message_rate_per_second_=st.sampled_from((0, 101))),
    ),
    (
        "percentage",
        _of("cdk_ivs.QuotaAlarms", percentage_=st.sampled_from((0, 101))),
    ),
    (
        "evaluation_minutes",
        _of("cdk_ivs.StageAlarms", stage_=pick("stage ref"), evaluation_minutes_=_just(0)),
    ),
    (
        "rule_name",
        part(
            method("channel", "on_stream_state_change", _just(Id()), rule_name_=_just("two words"))
        ),
    ),
    (
        "actions",
        part(
            st.builds(
                lambda of, role: Call(
                    Attribute(Attribute(of, "grants"), "actions"), (role, "ivs:*")
                ),
                pick("channel"),
                pick("role"),
            )
        ),
    ),
    (
        "roles",
        _of(
            "cdk_ivs.ChatTokenFunction",
            identity_=_just(Call("cdk_ivs.TokenIdentity.iam")),
            rooms_=some(pick("room"), most=1),
            roles_=_just({}),
        ),
    ),
    (
        "url",
        _of(
            "cdk_ivs.patterns.EventWebhook",
            all_=_just(True),
            secret_=pick("secret for a webhook"),
            url_=st.sampled_from(("http://example.com", "https://localhost/hook")),
        ),
    ),
    ("channels", _of("cdk_ivs.patterns.RecordingIndex", dead_letter_queue=pick("queue"))),
    (
        "dead_letter_queue",
        _of(
            "cdk_ivs.patterns.RecordingIndex",
            all_=_just(True),
            dead_letter_queue_=pick("FIFO queue"),
        ),
    ),
    (
        "no_viewers_for",
        _of("cdk_ivs.patterns.IdleGuard", channels_=some(pick("channel ref"), most=1)),
    ),
    ("stage_tags", _of("cdk_ivs.patterns.IdleGuard", stage_tags_=_just({}))),
    ("channel", _of("cdk_ivs.patterns.StageBroadcast", stage_=pick("stage ref"))),
    (
        "rotate_every",
        _of(
            "cdk_ivs.patterns.StreamKeyRotation",
            channel_=pick("channel", once="stream key"),
            rotate_every_=_just(Time("hours", 25)),
        ),
    ),
    (
        "access_log_prefix",
        _of("cdk_ivs.patterns.RecordingDelivery", access_log_prefix_=_just("logs/")),
    ),
    (
        "peers",
        _of("cdk_ivs.patterns.PrivateIngest", vpc_=pick("vpc", near=True), peers_=_just(())),
    ),
)


def _creates(value: object) -> bool:
    return isinstance(value, (Own, Token)) or (
        isinstance(value, (Arn, Text)) and value.form not in {"plain", "exactly", "partial"}
    )


def _of_another_type(plan: PartPlan, number: int) -> Mistake | None:
    """The part with an object of no right type for one of its keywords."""
    call = plan.call
    keywords = call.keywords or {}
    if not isinstance(call.of, str) or not call.of.startswith("cdk_ivs.") or not keywords:
        return None
    # What is in the tree must be the same as without the part: its arguments create nothing.
    if any(_creates(each) for each in parts_of(call)):
        return None
    keyword = sorted(keywords)[number % len(keywords)]
    wrong = Call(call.of, call.positional, {**keywords, keyword: Odd()})
    return Mistake(
        part=PartPlan(id=plan.id, call=wrong, sorts=(), known=plan.known), keyword=keyword
    )


def _of_another_type_in(share: int) -> SearchStrategy[Mistake]:
    mistakes = st.builds(
        _of_another_type,
        st.sampled_from(sorted(PARTS)[share::_SHARES]).flatmap(PARTS.__getitem__),
        st.integers(0, 20),
    ).filter(lambda mistake: mistake is not None)
    return cast("SearchStrategy[Mistake]", mistakes)


def _planted(part: _Parts, keyword: str) -> SearchStrategy[Mistake]:
    return part.map(
        lambda plan: Mistake(part=PartPlan(id=plan.id, call=plan.call), keyword=keyword)
    )


MISTAKES: dict[str, SearchStrategy[Mistake]] = {
    **{
        f"{keyword}, {number}": _planted(part, keyword)
        for number, (keyword, part) in enumerate(_PLANTED)
    },
    **{f"object for {number}": _of_another_type_in(number) for number in range(_SHARES)},
}
"""By a name, parts that must be refused: with a value, or with an object of no right type."""
