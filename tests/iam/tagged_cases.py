"""Every grant on resources with certain tags, and the statements that it is to give."""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk.aws_iam import Grant, IGrantable

import cdk_ivs as ivs
from tests.iam.resources import (
    ALL_CHANNELS,
    ALL_COMPOSITIONS,
    ALL_ENCODERS,
    ALL_KEY_PAIRS,
    ALL_PUBLIC_KEYS,
    ALL_ROOMS,
    ALL_STAGES,
    ALL_STORAGES,
    ALL_STREAM_KEYS,
    CHANNEL,
    CREATED_KEYS,
    ENCODER,
    IN_REQUEST,
    LISTED_KEYS,
    NO_OTHER,
    ON_RESOURCE,
    READ_KEYS,
    READ_STAGES,
    START,
    STORAGE,
    TO_START,
    Case,
    Give,
    Statement,
    on,
    tag,
    tagged,
)
from tests.support.arns import arn


def compose_tagged(method: str, *destinations: str) -> Give:
    """Let somebody compose the stages with the tags, with these keywords as resources."""

    def give(stack: Stack, grantee: IGrantable) -> Grant:
        made = {
            "channel": ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL),
            "encoder_configuration": ivs.EncoderConfiguration.from_encoder_configuration_arn(
                stack, "Encoder", ENCODER
            ),
            "storage_configuration": ivs.StorageConfiguration.from_storage_configuration_arn(
                stack, "Storage", STORAGE
            ),
        }
        chosen = {keyword: made[keyword] for keyword in destinations}
        grant: Grant = getattr(tagged(stack), method)(grantee, **chosen)
        return grant

    return give


def by_tag(method: str, *statements: Statement, about: str = "", **arguments: object) -> Case:
    """A case of TaggedGrants."""

    def give(stack: Stack, grantee: IGrantable) -> Grant:
        grant: Grant = getattr(tagged(stack), method)(grantee, **arguments)
        return grant

    return Case(f"TaggedGrants.{method}{about and f' {about}'}", give, [*statements])


TAGGED_CASES = [
    by_tag(
        "create_channel",
        on(ALL_CHANNELS, ALL_STREAM_KEYS, actions="ivs:CreateChannel", conditions=IN_REQUEST),
        tag(ALL_CHANNELS),
    ),
    by_tag(
        "read_channel",
        on(
            ALL_CHANNELS,
            actions="ivs:GetChannel ivs:GetStream ivs:GetStreamSession ivs:ListStreamSessions",
            conditions=ON_RESOURCE,
        ),
    ),
    by_tag("update_channel", on(ALL_CHANNELS, actions="ivs:UpdateChannel", conditions=ON_RESOURCE)),
    by_tag(
        "delete_channel",
        on(ALL_CHANNELS, actions="ivs:DeleteChannel", conditions=ON_RESOURCE),
        on(ALL_STREAM_KEYS, actions="ivs:DeleteChannel"),
    ),
    by_tag("put_metadata", on(ALL_CHANNELS, actions="ivs:PutMetadata", conditions=ON_RESOURCE)),
    by_tag("stop_stream", on(ALL_CHANNELS, actions="ivs:StopStream", conditions=ON_RESOURCE)),
    by_tag(
        "insert_ad_break", on(ALL_CHANNELS, actions="ivs:InsertAdBreak", conditions=ON_RESOURCE)
    ),
    by_tag(
        "revoke_viewer_sessions",
        on(
            ALL_CHANNELS,
            actions="ivs:BatchStartViewerSessionRevocation ivs:StartViewerSessionRevocation",
            conditions=ON_RESOURCE,
        ),
    ),
    by_tag(
        "manage_channels",
        on(ALL_CHANNELS, ALL_STREAM_KEYS, actions="ivs:CreateChannel", conditions=IN_REQUEST),
        on(
            ALL_CHANNELS,
            actions="ivs:DeleteChannel ivs:GetChannel ivs:GetStream ivs:GetStreamSession "
            "ivs:ListStreamSessions ivs:StopStream ivs:UpdateChannel",
            conditions=ON_RESOURCE,
        ),
        on(ALL_STREAM_KEYS, actions="ivs:DeleteChannel"),
        tag(ALL_CHANNELS),
    ),
    by_tag("create_stream_key", *CREATED_KEYS),
    by_tag("read_stream_key", on(ALL_STREAM_KEYS, actions=READ_KEYS, conditions=ON_RESOURCE)),
    by_tag(
        "read_stream_key",
        on(ALL_STREAM_KEYS, actions=READ_KEYS, conditions=NO_OTHER),
        about="untagged",
        include_untagged=True,
    ),
    by_tag(
        "delete_stream_key",
        on(ALL_STREAM_KEYS, actions="ivs:DeleteStreamKey", conditions=ON_RESOURCE),
    ),
    by_tag(
        "delete_stream_key",
        on(ALL_STREAM_KEYS, actions="ivs:DeleteStreamKey", conditions=NO_OTHER),
        about="untagged",
        include_untagged=True,
    ),
    by_tag(
        "reset_stream_key",
        *LISTED_KEYS,
        on(ALL_STREAM_KEYS, actions="ivs:DeleteStreamKey", conditions=NO_OTHER),
        *CREATED_KEYS,
    ),
    by_tag(
        "manage_stream_keys",
        on(ALL_STREAM_KEYS, actions=READ_KEYS, conditions=ON_RESOURCE),
        *LISTED_KEYS,
        on(ALL_STREAM_KEYS, actions="ivs:DeleteStreamKey", conditions=NO_OTHER),
        *CREATED_KEYS,
    ),
    by_tag(
        "manage_stream_keys",
        on(ALL_STREAM_KEYS, actions=f"{READ_KEYS} ivs:DeleteStreamKey", conditions=NO_OTHER),
        *LISTED_KEYS,
        *CREATED_KEYS,
        about="untagged",
        include_untagged=True,
    ),
    by_tag(
        "import_playback_key_pair",
        on(ALL_KEY_PAIRS, actions="ivs:ImportPlaybackKeyPair", conditions=IN_REQUEST),
        tag(ALL_KEY_PAIRS),
    ),
    by_tag(
        "read_playback_key_pair",
        on(ALL_KEY_PAIRS, actions="ivs:GetPlaybackKeyPair", conditions=ON_RESOURCE),
    ),
    by_tag(
        "delete_playback_key_pair",
        on(ALL_KEY_PAIRS, actions="ivs:DeletePlaybackKeyPair", conditions=ON_RESOURCE),
    ),
    by_tag(
        "manage_playback_key_pairs",
        on(ALL_KEY_PAIRS, actions="ivs:ImportPlaybackKeyPair", conditions=IN_REQUEST),
        on(
            ALL_KEY_PAIRS,
            actions="ivs:DeletePlaybackKeyPair ivs:GetPlaybackKeyPair",
            conditions=ON_RESOURCE,
        ),
        tag(ALL_KEY_PAIRS),
    ),
    by_tag(
        "import_public_key",
        on(ALL_PUBLIC_KEYS, actions="ivs:ImportPublicKey", conditions=IN_REQUEST),
        tag(ALL_PUBLIC_KEYS),
    ),
    by_tag(
        "read_public_key", on(ALL_PUBLIC_KEYS, actions="ivs:GetPublicKey", conditions=ON_RESOURCE)
    ),
    by_tag(
        "delete_public_key",
        on(ALL_PUBLIC_KEYS, actions="ivs:DeletePublicKey", conditions=ON_RESOURCE),
    ),
    by_tag(
        "manage_public_keys",
        on(ALL_PUBLIC_KEYS, actions="ivs:ImportPublicKey", conditions=IN_REQUEST),
        on(ALL_PUBLIC_KEYS, actions="ivs:DeletePublicKey ivs:GetPublicKey", conditions=ON_RESOURCE),
        tag(ALL_PUBLIC_KEYS),
    ),
    by_tag(
        "create_stage",
        on(ALL_STAGES, actions="ivs:CreateStage", conditions=IN_REQUEST),
        tag(ALL_STAGES),
    ),
    by_tag("read_stage", on(ALL_STAGES, actions=READ_STAGES, conditions=ON_RESOURCE)),
    by_tag("update_stage", on(ALL_STAGES, actions="ivs:UpdateStage", conditions=ON_RESOURCE)),
    by_tag("delete_stage", on(ALL_STAGES, actions="ivs:DeleteStage", conditions=ON_RESOURCE)),
    by_tag(
        "create_participant_token",
        on(ALL_STAGES, actions="ivs:CreateParticipantToken", conditions=ON_RESOURCE),
    ),
    by_tag(
        "disconnect_participant",
        on(ALL_STAGES, actions="ivs:DisconnectParticipant", conditions=ON_RESOURCE),
    ),
    by_tag(
        "replicate_participants",
        on(
            ALL_STAGES,
            actions="ivs:StartParticipantReplication ivs:StopParticipantReplication",
            conditions=ON_RESOURCE,
        ),
    ),
    by_tag(
        "manage_stages",
        on(ALL_STAGES, actions="ivs:CreateStage", conditions=IN_REQUEST),
        on(
            ALL_STAGES,
            actions=f"{READ_STAGES} ivs:CreateParticipantToken ivs:DeleteStage "
            "ivs:DisconnectParticipant ivs:UpdateStage",
            conditions=ON_RESOURCE,
        ),
        tag(ALL_STAGES),
    ),
    by_tag(
        "start_composition",
        on(
            ALL_STAGES,
            ALL_ENCODERS,
            ALL_STORAGES,
            ALL_CHANNELS,
            actions=START,
            conditions=TO_START,
        ),
        tag(ALL_COMPOSITIONS),
    ),
    Case(
        "TaggedGrants.start_composition recorded",
        compose_tagged("start_composition", "encoder_configuration", "storage_configuration"),
        [
            on(ALL_STAGES, ALL_CHANNELS, actions=START, conditions=TO_START),
            on(ENCODER, STORAGE, actions=START, conditions=IN_REQUEST),
            tag(ALL_COMPOSITIONS),
        ],
    ),
    Case(
        "TaggedGrants.start_composition streamed",
        compose_tagged("start_composition", "channel"),
        [
            on(ALL_STAGES, ALL_ENCODERS, ALL_STORAGES, actions=START, conditions=TO_START),
            on(CHANNEL, actions=START, conditions=IN_REQUEST),
            tag(ALL_COMPOSITIONS),
        ],
    ),
    by_tag(
        "read_composition",
        on(ALL_COMPOSITIONS, actions="ivs:GetComposition", conditions=ON_RESOURCE),
    ),
    by_tag(
        "stop_composition",
        on(ALL_COMPOSITIONS, actions="ivs:StopComposition", conditions=ON_RESOURCE),
    ),
    Case(
        "TaggedGrants.manage_compositions",
        compose_tagged("manage_compositions", "encoder_configuration", "storage_configuration"),
        [
            on(ALL_STAGES, ALL_CHANNELS, actions=START, conditions=TO_START),
            on(ENCODER, STORAGE, actions=START, conditions=IN_REQUEST),
            tag(ALL_COMPOSITIONS),
            on(
                ALL_COMPOSITIONS,
                actions="ivs:GetComposition ivs:StopComposition",
                conditions=ON_RESOURCE,
            ),
        ],
    ),
    by_tag(
        "create_room",
        on(ALL_ROOMS, actions="ivschat:CreateRoom", conditions=IN_REQUEST),
        tag(ALL_ROOMS, service="ivschat"),
    ),
    by_tag("read_room", on(ALL_ROOMS, actions="ivschat:GetRoom", conditions=ON_RESOURCE)),
    by_tag("update_room", on(ALL_ROOMS, actions="ivschat:UpdateRoom", conditions=ON_RESOURCE)),
    by_tag("delete_room", on(ALL_ROOMS, actions="ivschat:DeleteRoom", conditions=ON_RESOURCE)),
    by_tag(
        "create_chat_token",
        on(ALL_ROOMS, actions="ivschat:CreateChatToken", conditions=ON_RESOURCE),
    ),
    by_tag("send_event", on(ALL_ROOMS, actions="ivschat:SendEvent", conditions=ON_RESOURCE)),
    by_tag(
        "moderate",
        on(
            ALL_ROOMS,
            actions="ivschat:DeleteMessage ivschat:DisconnectUser",
            conditions=ON_RESOURCE,
        ),
    ),
    by_tag(
        "manage_rooms",
        on(ALL_ROOMS, actions="ivschat:CreateRoom", conditions=IN_REQUEST),
        on(
            ALL_ROOMS,
            actions="ivschat:CreateChatToken ivschat:DeleteMessage ivschat:DeleteRoom "
            "ivschat:DisconnectUser ivschat:GetRoom ivschat:SendEvent ivschat:UpdateRoom",
            conditions=ON_RESOURCE,
        ),
        tag(ALL_ROOMS, service="ivschat"),
    ),
    Case(
        "TaggedGrants.actions",
        lambda stack, role: tagged(stack).actions(
            role, "ivs:GetStage", "CreateIngestConfiguration", "SendEvent"
        ),
        [
            on(ALL_STAGES, actions="ivs:GetStage", conditions=ON_RESOURCE),
            on(
                arn("ingest-configuration/*"),
                actions="ivs:CreateIngestConfiguration",
                conditions=IN_REQUEST,
            ),
            tag(arn("ingest-configuration/*")),
            on(ALL_ROOMS, actions="ivschat:SendEvent", conditions=ON_RESOURCE),
        ],
    ),
]
