"""Parts: the patterns."""

from __future__ import annotations

from hypothesis import strategies as st

import cdk_ivs as ivs
from cdk_ivs import patterns
from tests.generated.plans import Attribute, Call, Id, Name, Time

from .common import (
    Values,
    construct,
    maybe,
    members,
    method,
    minutes,
    part,
    pick,
    plain,
    seconds,
    some,
    value_of,
)
from .low_latency import ORIGINS, STORAGES

_QUEUE = {"dead_letter_queue": maybe("queue", near=True)}
_LOGS = {"log_group": maybe("log group", near=True)}


def _days(low: int, high: int) -> Values:
    return st.integers(low, high).map(lambda number: Time("days", number))


_SOURCES: Values = st.sampled_from(("all", "channels", "stages"))


def _from(what: str) -> dict[str, Values]:
    """Where the events of a pattern come from."""
    if what == "all":
        return {"all_": st.just(True)}
    return {f"{what}_": some(pick(f"{what[:-1]} ref"), most=1)}


def _guard(what: str) -> dict[str, Values]:
    return {
        "all channels": {"all_channels_": st.just(True), "no_viewers_for_": minutes(60, 90)},
        "channels": {
            "channels_": some(pick("channel ref"), most=2, unique_by=lambda one: one.number),
            "starving_for_": minutes(60, 90),
            "no_viewers_for": minutes(60, 90),
        },
        "stages": {
            "stage_tags_": st.just({"app": "show"}),
            "stages_idle_for": minutes(60, 600),
            "delete_stages": st.booleans(),
        },
    }[what]


_LAYOUTS = st.one_of(
    value_of(
        "cdk_ivs.patterns.CompositionLayout.grid",
        featured_participant_attribute=st.just("featured"),
        grid_gap=st.integers(0, 10),
        omit_stopped_video=st.booleans(),
        video_aspect_ratio_=members(patterns.VideoAspectRatio),
        video_fill_mode_=members(patterns.VideoFillMode),
    ),
    value_of(
        "cdk_ivs.patterns.CompositionLayout.pip",
        grid_gap=st.integers(0, 10),
        pip_behavior_=members(patterns.PipBehavior),
        pip_participant_attribute=st.just("small"),
        pip_position_=members(patterns.PipPosition),
        video_fill_mode_=members(patterns.VideoFillMode),
    ),
    value_of(
        "cdk_ivs.patterns.CompositionLayout",
        kind_=st.just(Name("cdk_ivs.patterns.LayoutKind.GRID")),
    ),
)
_EVENTS = {
    "channels": some(
        members(ivs.StreamStateEvent)
        | members(ivs.StreamHealthEvent)
        | members(ivs.LimitName)
        | members(ivs.AdBreakEvent),
        unique=True,
    ),
    "stages": some(members(ivs.StageUpdateEvent) | members(ivs.CompositionStateEvent), unique=True),
    "all": some(members(ivs.RecordingStatus), unique=True),
}

PATTERNS = {
    "webhook": _SOURCES.flatmap(
        lambda what: construct(
            "cdk_ivs.patterns.EventWebhook",
            (),
            url_=st.just("https://hooks.example.com/ivs"),
            secret_=pick("secret for a webhook"),
            events=_EVENTS[what],
            header_name=st.just("X-Webhook-Secret"),
            invocation_rate_limit=st.integers(1, 300),
            max_event_age=minutes(1, 60),
            retry_attempts=st.integers(0, 185),
            **_from(what),
            **_QUEUE,
        )
    ),
    "idle guard": st.sampled_from(("all channels", "channels", "stages")).flatmap(
        lambda what: construct(
            "cdk_ivs.patterns.IdleGuard",
            ("idle guard", "failing"),
            dry_run=st.booleans(),
            topic=maybe("topic", near=True),
            **({"check_every": minutes(1, 60)} if what != "stages" else {}),
            **_guard(what),
            **_QUEUE,
            **_LOGS,
        )
    ),
    "private ingest": construct(
        "cdk_ivs.patterns.PrivateIngest",
        (),
        vpc_=pick("vpc", near=True),
        private_dns_enabled=st.booleans(),
        peers=st.just((Call("aws_cdk.aws_ec2.Peer.ipv4", ("10.0.0.0/16",)),)),
        subnets_=st.just(
            Call(
                "aws_cdk.aws_ec2.SubnetSelection",
                (),
                {"subnet_type": Name("aws_cdk.aws_ec2.SubnetType.PUBLIC")},
            )
        ),
    ),
    "recording delivery": construct(
        "cdk_ivs.patterns.RecordingDelivery",
        ("delivery",),
        allowed_origins=some(ORIGINS, unique=True),
        expiration=_days(90, 365),
        media_max_age=minutes(1, 600),
        playlist_max_age=seconds(1, 60),
        price_class=st.just(Name("aws_cdk.aws_cloudfront.PriceClass.PRICE_CLASS_100")),
    ),
    "recording delivery of a bucket": construct(
        "cdk_ivs.patterns.RecordingDelivery",
        ("delivery",),
        bucket_=pick("bucket", near=True, once="delivery"),
        allowed_origins=some(ORIGINS, unique=True),
    ),
    "URL of a recording": construct(
        "aws_cdk.CfnOutput",
        value_=pick("delivery").map(
            lambda of: Call(
                Attribute(of, "url_for"),
                (),
                {
                    "prefix": "ivs/v1/123456789012/AbCdef1G2hij/2026/1/2/3/4/AbCdef1G2hij",
                    "kind": Name("cdk_ivs.patterns.RecordingKind.CHANNEL"),
                },
            )
        ),
    ),
    "recording index": _SOURCES.flatmap(
        lambda what: construct(
            "cdk_ivs.patterns.RecordingIndex",
            ("index", "failing index"),
            base_url=st.just("https://d111111abcdef8.cloudfront.net"),
            point_in_time_recovery=st.booleans(),
            time_to_live=_days(1, 365),
            tracing_enabled=st.booleans(),
            **_from(what),
            **_QUEUE,
            **_LOGS,
        )
    ),
    "recording index of a table": construct(
        "cdk_ivs.patterns.RecordingIndex",
        ("index",),
        all_=st.just(True),
        table_=pick("table", near=True),
        **_QUEUE,
    ),
    "ready recordings": part(method("index", "on_ready", st.just(Id()), once="ready")),
    "broadcast to a channel": construct(
        "cdk_ivs.patterns.StageBroadcast",
        ("failing",),
        stage_=pick("stage ref"),
        channel_=pick("channel ref"),
        encoder_configuration=maybe("encoder"),
        layout_=_LAYOUTS,
        offline_timeout=minutes(1, 10),
        replicas=st.booleans(),
        stop_after=minutes(1, 60),
        **_QUEUE,
        **_LOGS,
    ),
    "recorded broadcast": construct(
        "cdk_ivs.patterns.StageBroadcast",
        ("failing",),
        stage_=pick("stage ref"),
        storage_configuration_=pick("storage"),
        hls_segment_duration=seconds(2, 10),
        thumbnail_interval=seconds(1, 60),
        thumbnail_storage=STORAGES,
    ),
    "failed executions": part(method("failing", "on_failure", st.just(Id()))),
    "reports": part(method("idle guard", "on_report", st.just(Id()))),
    "rotation": construct(
        "cdk_ivs.patterns.StreamKeyRotation",
        ("rotation",),
        channel_=pick("channel ref", once="stream key"),
        rotate_every=_days(1, 365),
        **_LOGS,
    ),
    "acknowledgment": plain(
        pick("any").map(
            lambda of: Call(
                "cdk_ivs.rules.IvsValidation.acknowledge",
                (of, "IVS-005"),
                {"reason": "the encoder cannot do TLS"},
            )
        )
    ),
}
"""By a name, strategies of parts."""
