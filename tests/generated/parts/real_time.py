"""Parts: the constructs of real-time streaming and of chat."""

from __future__ import annotations

from hypothesis import strategies as st

from cdk_ivs import chat
from tests.generated.plans import Call, Id, Name, Own, Scope

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
    reference,
    seconds,
    value_of,
)
from .low_latency import PEMS, STORAGES

_SIDES = st.sampled_from(({"width": 1280, "height": 720}, {"width": 720, "height": 1280}, {}))
_ENCODERS = st.builds(
    lambda sides, more: Call("cdk_ivs.EncoderConfiguration", (Scope(), Id()), {**sides, **more}),
    _SIDES,
    st.fixed_dictionaries(
        {},
        optional={
            "bitrate": st.sampled_from((1, 2_500_000, 8_500_000)),
            "framerate": st.sampled_from((1, 29.97, 60)),
            "encoder_configuration_name": NAMES,
        },
    ),
)
_PARTICIPANT_THUMBNAILS = st.one_of(
    value_of(
        "cdk_ivs.ParticipantThumbnailConfiguration.interval",
        storage=STORAGES,
        target_interval=seconds(1, 86_400),
    ),
    value_of(
        "cdk_ivs.ParticipantThumbnailConfiguration",
        recording_mode_=st.just(Name("cdk_ivs.RecordingMode.INTERVAL")),
    ),
    st.just(Call("cdk_ivs.ParticipantThumbnailConfiguration.disable")),
)
_PARTICIPANT_RECORDINGS = st.one_of(
    value_of(
        "cdk_ivs.ParticipantRecording",
        storage_configuration_=pick("storage"),
        hls_segment_duration=seconds(2, 10),
        media_types=st.sampled_from(("AUDIO_VIDEO", "AUDIO_ONLY")).map(
            lambda name: (Name(f"cdk_ivs.ParticipantRecordingMediaType.{name}"),)
        ),
        reconnect_window=seconds(1, 300),
        record_participant_replicas=BOOLEANS,
        thumbnails=_PARTICIPANT_THUMBNAILS,
    ),
    st.just(Call("cdk_ivs.ParticipantRecording.disable")),
)
_INGEST = {
    "ingest_configuration_name": NAMES,
    "user_id": st.sampled_from(("studio", "u" * 128)),
    "tags": st.just({"team": "video"}),
}
_PROTOCOLS = st.sampled_from(
    (
        {},
        {"ingest_protocol": Name("cdk_ivs.IngestProtocol.RTMPS")},
        {"ingest_protocol": Name("cdk_ivs.IngestProtocol.RTMP"), "insecure_ingest": True},
    )
)
_INGESTS = st.builds(
    lambda protocol, more: Call(
        "cdk_ivs.IngestConfiguration", (Scope(), Id()), {**protocol, **more}
    ),
    _PROTOCOLS,
    st.fixed_dictionaries({}, optional={**_INGEST, "stage": maybe("stage")}),
)

_DESTINATIONS = st.one_of(
    value_of("cdk_ivs.chat.LoggingDestination.cloud_watch_logs", pick("log group", near=True)),
    value_of(
        "cdk_ivs.chat.LoggingDestination.cloud_watch_logs",
        st.just(
            Call(
                "aws_cdk.aws_logs.LogGroup.from_log_group_name",
                (Scope(), Own("Logs"), "/aws/vendedlogs/chat"),
            )
        ),
    ),
    value_of("cdk_ivs.chat.LoggingDestination.s3", pick("bucket", near=True)),
    value_of("cdk_ivs.chat.LoggingDestination.firehose", pick("firehose", near=True)),
)
_HANDLERS = st.one_of(
    value_of(
        "cdk_ivs.chat.MessageReviewHandler.from_function",
        pick("function", near=True),
        members(chat.FallbackResult),
    ),
    value_of(
        "cdk_ivs.chat.MessageReviewHandler",
        fn_=pick("function", near=True),
        fallback_=members(chat.FallbackResult),
    ),
    st.just(Call("cdk_ivs.chat.MessageReviewHandler.none")),
)

REAL_TIME = {
    "encoder": part(_ENCODERS, ("encoder",)),
    "encoder by ARN": reference(
        "cdk_ivs.EncoderConfiguration.from_encoder_configuration_arn",
        ("encoder",),
        arns("encoder-configuration/e"),
    ),
    "storage": construct(
        "cdk_ivs.StorageConfiguration",
        ("storage",),
        bucket_=picked(
            st.just(
                Call(
                    "aws_cdk.aws_s3.Bucket.from_bucket_name",
                    (Scope(), Own("Bucket"), "participants"),
                )
            ),
            "bucket",
        ),
        storage_configuration_name=NAMES,
    ),
    "storage by ARN": reference(
        "cdk_ivs.StorageConfiguration.from_storage_configuration_arn",
        ("storage",),
        arns("storage-configuration/s"),
    ),
    "stage": construct(
        "cdk_ivs.Stage",
        ("stage", "stage ref"),
        stage_name=NAMES,
        participant_recording=_PARTICIPANT_RECORDINGS,
        tags=st.just({"team": "video"}),
    ),
    "stage by ARN": reference(
        "cdk_ivs.Stage.from_stage_arn", ("stage", "stage ref"), arns("stage/s")
    ),
    "ingest configuration": part(_INGESTS, ("ingest",)),
    "ingest configuration of a stage": part(
        method("stage", "add_ingest_configuration", st.just(Id()), once=None, **_INGEST),
        ("ingest",),
    ),
    "ingest configuration by ARN": reference(
        "cdk_ivs.IngestConfiguration.from_ingest_configuration_arn",
        ("imported ingest",),
        arns("ingest-configuration/i"),
    ),
    "secret of an ingest configuration": part(
        method("ingest", "stream_key_secret", st.just(Id())), ("secret",)
    ),
    "public key": construct(
        "cdk_ivs.PublicKey", ("public key",), public_key_material_=PEMS, public_key_name=NAMES
    ),
    "public key of a signing key": construct(
        "cdk_ivs.PublicKey",
        ("public key",),
        signing_key_=pick("own signing key", once="public key"),
    ),
    "public key by ARN": reference(
        "cdk_ivs.PublicKey.from_public_key_arn", ("public key",), arns("public-key/p")
    ),
    "logging configuration": construct(
        "cdk_ivs.chat.LoggingConfiguration",
        ("logging",),
        destination_=_DESTINATIONS,
        logging_configuration_name=NAMES,
    ),
    "logging configuration by ARN": reference(
        "cdk_ivs.chat.LoggingConfiguration.from_logging_configuration_arn",
        ("logging",),
        arns("logging-configuration/l", "ivschat"),
    ),
    "room": construct(
        "cdk_ivs.chat.Room",
        ("room", "room ref"),
        room_name=NAMES,
        maximum_message_length=st.integers(1, 500),
        maximum_message_rate_per_second=st.integers(1, 10),
        message_review_handler=_HANDLERS,
        logging_configurations=st.builds(lambda one: (one,), maybe("logging")),
    ),
    "room by ARN": reference(
        "cdk_ivs.chat.Room.from_room_arn", ("room", "room ref"), arns("room/r", "ivschat")
    ),
}
"""By a name, strategies of parts."""
