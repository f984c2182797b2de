"""Every grant on resources by their ARNs, and the statements that it is to give."""

from __future__ import annotations

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.iam.resources import (
    ADS,
    ALL_CHANNELS,
    ALL_ROOMS,
    ALL_STAGES,
    ALL_STREAM_KEYS,
    CHANNEL,
    CHAT_TAGGING,
    COMPOSITIONS,
    ENCODER,
    INGEST,
    KEY_PAIR,
    LOGGING,
    OTHER_STAGE,
    POLICY,
    PUBLIC_KEY,
    RECORDING,
    ROOM,
    SLATE,
    STAGE,
    STORAGE,
    STREAM_KEY,
    TAGGING,
    Case,
    ads,
    channel,
    compose,
    encoder,
    ingest,
    key_pair,
    logging,
    on,
    policy,
    public_key,
    recording,
    replicate,
    room,
    slate,
    stage,
    storage,
    stream_key,
)
from tests.resources.records import RECORDS, Record
from tests.support.arns import arn

GRANT_CASES = [
    Case(
        "AdConfigurationGrants.read",
        lambda stack, role: ads(stack).read(role),
        [on(ADS, actions="ivs:GetAdConfiguration")],
    ),
    Case(
        "AdConfigurationGrants.list_all",
        ivs.AdConfigurationGrants.list_all,
        [on("*", actions="ivs:ListAdConfigurations")],
    ),
    Case(
        "ChannelGrants.read",
        lambda stack, role: channel(stack).read(role),
        [
            on(
                CHANNEL,
                actions="ivs:GetChannel ivs:GetStream ivs:GetStreamSession ivs:ListStreamSessions",
            )
        ],
    ),
    Case(
        "ChannelGrants.update",
        lambda stack, role: channel(stack).update(role),
        [on(CHANNEL, actions="ivs:UpdateChannel")],
    ),
    Case(
        "ChannelGrants.put_metadata",
        lambda stack, role: channel(stack).put_metadata(role),
        [on(CHANNEL, actions="ivs:PutMetadata")],
    ),
    Case(
        "ChannelGrants.stop_stream",
        lambda stack, role: channel(stack).stop_stream(role),
        [on(CHANNEL, actions="ivs:StopStream")],
    ),
    Case(
        "ChannelGrants.insert_ad_break",
        lambda stack, role: channel(stack).insert_ad_break(role),
        [on(CHANNEL, actions="ivs:InsertAdBreak")],
    ),
    Case(
        "ChannelGrants.revoke_viewer_sessions",
        lambda stack, role: channel(stack).revoke_viewer_sessions(role),
        [
            on(
                CHANNEL,
                actions="ivs:BatchStartViewerSessionRevocation ivs:StartViewerSessionRevocation",
            )
        ],
    ),
    Case(
        "ChannelGrants.manage_stream_keys",
        lambda stack, role: channel(stack).manage_stream_keys(role),
        [
            on(
                ALL_STREAM_KEYS,
                actions="ivs:BatchGetStreamKey ivs:CreateStreamKey ivs:DeleteStreamKey "
                "ivs:GetStreamKey ivs:ListStreamKeys",
            ),
            on(CHANNEL, actions="ivs:ListStreamKeys"),
        ],
    ),
    Case(
        "ChannelGrants.list_all",
        ivs.ChannelGrants.list_all,
        [on(ALL_CHANNELS, actions="ivs:ListChannels ivs:ListStreams")],
    ),
    Case(
        "EncoderConfigurationGrants.read",
        lambda stack, role: encoder(stack).read(role),
        [on(ENCODER, actions="ivs:GetEncoderConfiguration")],
    ),
    Case(
        "EncoderConfigurationGrants.list_all",
        ivs.EncoderConfigurationGrants.list_all,
        [on("*", actions="ivs:ListEncoderConfigurations")],
    ),
    Case(
        "FailoverSlateConfigurationGrants.read",
        lambda stack, role: slate(stack).read(role),
        [on(SLATE, actions="ivs:GetFailoverSlateConfiguration")],
    ),
    Case(
        "FailoverSlateConfigurationGrants.update",
        lambda stack, role: slate(stack).update(role),
        [on(SLATE, actions="ivs:UpdateFailoverSlateConfiguration")],
    ),
    Case(
        "FailoverSlateConfigurationGrants.list_all",
        ivs.FailoverSlateConfigurationGrants.list_all,
        [
            on(
                arn("failover-slate-configuration/*"),
                actions="ivs:ListFailoverSlateConfigurations",
            )
        ],
    ),
    Case(
        "IngestConfigurationGrants.read",
        lambda stack, role: ingest(stack).read(role),
        [on(INGEST, actions="ivs:GetIngestConfiguration")],
    ),
    Case(
        "IngestConfigurationGrants.update",
        lambda stack, role: ingest(stack).update(role),
        [on(INGEST, actions="ivs:UpdateIngestConfiguration")],
    ),
    Case(
        "IngestConfigurationGrants.list_all",
        ivs.IngestConfigurationGrants.list_all,
        [on("*", actions="ivs:ListIngestConfigurations")],
    ),
    Case(
        "LoggingConfigurationGrants.read",
        lambda stack, role: logging(stack).read(role),
        [on(LOGGING, actions="ivschat:GetLoggingConfiguration")],
    ),
    Case(
        "LoggingConfigurationGrants.update",
        lambda stack, role: logging(stack).update(role),
        [on(LOGGING, actions="ivschat:UpdateLoggingConfiguration")],
    ),
    Case(
        "LoggingConfigurationGrants.actions",
        lambda stack, role: logging(stack).actions(role, "TagResource", "UntagResource"),
        [on(LOGGING, actions="ivschat:TagResource ivschat:UntagResource")],
    ),
    Case(
        "LoggingConfigurationGrants.list_all",
        chat.LoggingConfigurationGrants.list_all,
        [
            on(
                arn("logging-configuration/*", service="ivschat"),
                actions="ivschat:ListLoggingConfigurations",
            )
        ],
    ),
    Case(
        "PlaybackKeyPairGrants.read",
        lambda stack, role: key_pair(stack).read(role),
        [on(KEY_PAIR, actions="ivs:GetPlaybackKeyPair")],
    ),
    Case(
        "PlaybackKeyPairGrants.list_all",
        ivs.PlaybackKeyPairGrants.list_all,
        [on(arn("playback-key/*"), actions="ivs:ListPlaybackKeyPairs")],
    ),
    Case(
        "PlaybackRestrictionPolicyGrants.read",
        lambda stack, role: policy(stack).read(role),
        [on(POLICY, actions="ivs:GetPlaybackRestrictionPolicy")],
    ),
    Case(
        "PlaybackRestrictionPolicyGrants.update",
        lambda stack, role: policy(stack).update(role),
        [on(POLICY, actions="ivs:UpdatePlaybackRestrictionPolicy")],
    ),
    Case(
        "PlaybackRestrictionPolicyGrants.list_all",
        ivs.PlaybackRestrictionPolicyGrants.list_all,
        [on("*", actions="ivs:ListPlaybackRestrictionPolicies")],
    ),
    Case(
        "PublicKeyGrants.read",
        lambda stack, role: public_key(stack).read(role),
        [on(PUBLIC_KEY, actions="ivs:GetPublicKey")],
    ),
    Case(
        "PublicKeyGrants.list_all",
        ivs.PublicKeyGrants.list_all,
        [on("*", actions="ivs:ListPublicKeys")],
    ),
    Case(
        "RecordingConfigurationGrants.read",
        lambda stack, role: recording(stack).read(role),
        [on(RECORDING, actions="ivs:GetRecordingConfiguration")],
    ),
    Case(
        "RecordingConfigurationGrants.list_all",
        ivs.RecordingConfigurationGrants.list_all,
        [on(arn("recording-configuration/*"), actions="ivs:ListRecordingConfigurations")],
    ),
    Case(
        "RoomGrants.read",
        lambda stack, role: room(stack).read(role),
        [on(ROOM, actions="ivschat:GetRoom")],
    ),
    Case(
        "RoomGrants.update",
        lambda stack, role: room(stack).update(role),
        [on(ROOM, actions="ivschat:UpdateRoom")],
    ),
    Case(
        "RoomGrants.create_chat_token",
        lambda stack, role: room(stack).create_chat_token(role),
        [on(ROOM, actions="ivschat:CreateChatToken")],
    ),
    Case(
        "RoomGrants.send_event",
        lambda stack, role: room(stack).send_event(role),
        [on(ROOM, actions="ivschat:SendEvent")],
    ),
    Case(
        "RoomGrants.moderate",
        lambda stack, role: room(stack).moderate(role),
        [on(ROOM, actions="ivschat:DeleteMessage ivschat:DisconnectUser")],
    ),
    Case(
        "RoomGrants.list_all",
        chat.RoomGrants.list_all,
        [on(ALL_ROOMS, actions="ivschat:ListRooms")],
    ),
    Case(
        "StageGrants.read",
        lambda stack, role: stage(stack).read(role),
        [
            on(
                STAGE,
                actions="ivs:GetParticipant ivs:GetStage ivs:GetStageSession ivs:ListCompositions "
                "ivs:ListParticipantEvents ivs:ListParticipantReplicas ivs:ListParticipants "
                "ivs:ListStageSessions",
            )
        ],
    ),
    Case(
        "StageGrants.update",
        lambda stack, role: stage(stack).update(role),
        [on(STAGE, actions="ivs:UpdateStage")],
    ),
    Case(
        "StageGrants.create_participant_token",
        lambda stack, role: stage(stack).create_participant_token(role),
        [on(STAGE, actions="ivs:CreateParticipantToken")],
    ),
    Case(
        "StageGrants.disconnect_participant",
        lambda stack, role: stage(stack).disconnect_participant(role),
        [on(STAGE, actions="ivs:DisconnectParticipant")],
    ),
    Case(
        "StageGrants.revoke_connection_token",
        ivs.StageGrants.revoke_connection_token,
        [on("*", actions="ivs:RevokeConnectionToken")],
    ),
    Case(
        "StageGrants.replicate_participants",
        replicate,
        [
            on(
                STAGE,
                OTHER_STAGE,
                actions="ivs:StartParticipantReplication ivs:StopParticipantReplication",
            )
        ],
    ),
    Case(
        "StageGrants.start_composition recorded",
        compose("storage_configuration"),
        [on(STAGE, ENCODER, STORAGE, actions="ivs:StartComposition"), COMPOSITIONS],
    ),
    Case(
        "StageGrants.start_composition streamed",
        compose("channel"),
        [on(STAGE, ENCODER, CHANNEL, actions="ivs:StartComposition"), COMPOSITIONS],
    ),
    Case(
        "StageGrants.start_composition both",
        compose("storage_configuration", "channel"),
        [on(STAGE, ENCODER, STORAGE, CHANNEL, actions="ivs:StartComposition"), COMPOSITIONS],
    ),
    Case(
        "StageGrants.list_all",
        ivs.StageGrants.list_all,
        [on(ALL_STAGES, actions="ivs:ListStages")],
    ),
    Case(
        "StorageConfigurationGrants.read",
        lambda stack, role: storage(stack).read(role),
        [on(STORAGE, actions="ivs:GetStorageConfiguration")],
    ),
    Case(
        "StorageConfigurationGrants.list_all",
        ivs.StorageConfigurationGrants.list_all,
        [on("*", actions="ivs:ListStorageConfigurations")],
    ),
    Case(
        "StreamKeyGrants.read",
        lambda stack, role: stream_key(stack).read(role),
        [on(STREAM_KEY, actions="ivs:BatchGetStreamKey ivs:GetStreamKey")],
    ),
    Case(
        "StreamKeyGrants.delete",
        lambda stack, role: stream_key(stack).delete(role),
        [on(STREAM_KEY, actions="ivs:DeleteStreamKey")],
    ),
    Case(
        "StreamKeyGrants.list_all",
        ivs.StreamKeyGrants.list_all,
        [on(ALL_CHANNELS, ALL_STREAM_KEYS, actions="ivs:ListStreamKeys")],
    ),
]


def usual_cases(record: Record) -> list[Case]:
    """What the permissions on each resource can give."""
    name, service = record.name, record.service
    lists = f"List{name}s"
    on_all = arn(f"{record.arn_name}/*", service=service)
    tagging = CHAT_TAGGING if service == "ivschat" else TAGGING
    return [
        Case(
            f"{name}Grants.read",
            lambda stack, role: record.refer(stack).grants.read(role),
            [on(record.arn, actions=f"{service}:Get{name}")],
        ),
        Case(
            f"{name}Grants.actions",
            lambda stack, role: record.refer(stack).grants.actions(role, *tagging.split()),
            [on(record.arn, actions=tagging)],
        ),
        Case(
            f"{name}Grants.list_all",
            record.grants.list_all,
            [
                on(
                    "*" if record.construct._RESOURCE_TYPE.resource_of(lists) == "*" else on_all,
                    actions=f"{service}:{lists}",
                )
            ],
        ),
    ]


# What is not written out above is as with any resource.
GRANT_CASES += [
    case
    for record in RECORDS
    for case in usual_cases(record)
    if case.method not in {written.method for written in GRANT_CASES}
]
