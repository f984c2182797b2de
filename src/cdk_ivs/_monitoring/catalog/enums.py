"""The values of the fields of events, by field."""

from __future__ import annotations

import enum


class StreamStateEvent(enum.StrEnum):
    """The `event_name` of an IVS Stream State Change."""

    SESSION_CREATED = "Session Created"
    """An encoder connected."""

    SESSION_ENDED = "Session Ended"
    """The session of the encoder ended. For multitrack input, `code` is the reason."""

    STREAM_START = "Stream Start"
    """The stream is live."""

    STREAM_END = "Stream End"
    """The stream ended."""

    STREAM_FAILURE = "Stream Failure"
    """The stream failed. `reason` is the reason."""

    STREAM_TAKEOVER = "Stream Takeover"
    """Another encoder took over the stream."""

    STREAM_TAKEOVER_FAILURE = "Stream Takeover Failure"
    """Another encoder could not take over the stream. `code` is the reason."""


class StreamEventCode(enum.StrEnum):
    """The `code` of an IVS Stream State Change."""

    MULTITRACK_INPUT_NOT_ALLOWED = "MultitrackInputNotAllowed"
    """The channel does not accept multitrack input."""

    MULTITRACK_INPUT_REQUIRED = "MultitrackInputRequired"
    """The channel accepts only multitrack input."""

    INVALID_GET_CLIENT_CONFIGURATION_STREAM_KEY = "InvalidGetClientConfigurationStreamKey"
    """The stream key is not one that the encoder got for multitrack input."""

    GET_CLIENT_CONFIGURATION_STREAM_KEY_REQUIRED = "GetClientConfigurationStreamKeyRequired"
    """Multitrack input needs a stream key that the encoder got for it."""

    INVALID_MULTITRACK_INPUT_TRACK_COUNT = "InvalidMultitrackInputTrackCount"
    """The encoder sends too few tracks or too many."""

    INVALID_MULTITRACK_INPUT_VIDEO_TRACK_MEDIA_PROPERTIES = (
        "InvalidMultitrackInputVideoTrackMediaProperties"
    )
    """A track differs from the configuration that the encoder got."""

    STREAM_TAKEOVER_MEDIA_MISMATCH = "StreamTakeoverMediaMismatch"
    """The other encoder sends media with other properties."""

    STREAM_TAKEOVER_INVALID_PRIORITY = "StreamTakeoverInvalidPriority"
    """The priority of the other encoder is not higher."""

    STREAM_TAKEOVER_LIMIT_BREACHED = "StreamTakeoverLimitBreached"
    """Encoders took over the stream too often."""


class StreamHealthEvent(enum.StrEnum):
    """The `event_name` of an IVS Stream Health Change."""

    STARVATION_START = "Starvation Start"
    """The encoder sends less video than viewers play."""

    STARVATION_END = "Starvation End"
    """The encoder sends enough video again."""


class LimitName(enum.StrEnum):
    """The `limit_name` of an IVS Limit Breach."""

    INGEST_BITRATE = "Ingest Bitrate"
    """The bitrate exceeds what the type of the channel accepts."""

    INGEST_RESOLUTION = "Ingest Resolution"
    """The resolution exceeds what the type of the channel accepts."""

    CONCURRENT_BROADCASTS = "Concurrent Broadcasts"
    """The account has more live streams than its quota."""

    CONCURRENT_VIEWERS = "Concurrent Viewers"
    """The account has more views than its quota."""


class RecordingStatus(enum.StrEnum):
    """The `recording_status` of a channel's recording, or the `event_name` of a participant's."""

    RECORDING_START = "Recording Start"
    """The recording started."""

    RECORDING_END = "Recording End"
    """The recording is complete, and you can use its files."""

    RECORDING_START_FAILURE = "Recording Start Failure"
    """The recording did not start, and IVS records nothing."""

    RECORDING_END_FAILURE = "Recording End Failure"
    """The recording ended with an error, and its files may be incomplete."""


class AdBreakEvent(enum.StrEnum):
    """The `event_name` of an IVS Ad Break State Change."""

    AD_BREAK_INSERTED = "Ad Break Inserted"
    """An ad break was inserted into the stream."""


class StageUpdateEvent(enum.StrEnum):
    """The `event_name` of an IVS Stage Update."""

    PARTICIPANT_PUBLISHED = "Participant Published"
    """A participant started to publish."""

    PARTICIPANT_UNPUBLISHED = "Participant Unpublished"
    """A participant stopped publishing."""

    PARTICIPANT_PUBLISH_ERROR = "Participant Publish Error"
    """A participant could not publish, or had to stop. `error_code` is the reason."""

    PARTICIPANT_REPLICATION_START = "Participant Replication Start"
    """The replication of a participant to another stage started."""

    PARTICIPANT_REPLICATION_END = "Participant Replication End"
    """The replication of a participant to another stage ended."""

    TOKEN_EXCHANGED = "Token Exchanged"  # noqa: S105 - the name of an event
    """A participant exchanged the token for another one."""


class CompositionStateEvent(enum.StrEnum):
    """The `event_name` of an IVS Composition State Change."""

    SESSION_START = "Session Start"
    """The composition started."""

    SESSION_END = "Session End"
    """The composition ended."""

    SESSION_FAILURE = "Session Failure"
    """The composition failed. `error_code` and `reason` contain the cause."""

    DESTINATION_START = "Destination Start"
    """A destination started to receive the composition."""

    DESTINATION_END = "Destination End"
    """A destination stopped receiving the composition."""

    DESTINATION_FAILURE = "Destination Failure"
    """A destination failed. `error_code` and `reason` contain the cause."""

    DESTINATION_RECONNECTING = "Destination Reconnecting"
    """IVS lost a destination and reconnects to it."""


class PublishErrorCode(enum.StrEnum):
    """
    The `error_code` of a Participant Publish Error, according to the API reference.

    The limits are those of the
    [quotas](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html).
    """

    INSUFFICIENT_CAPABILITIES = "INSUFFICIENT_CAPABILITIES"
    """The token does not allow the participant to publish."""

    QUOTA_EXCEEDED = "QUOTA_EXCEEDED"
    """The stage has the maximum number of publishers."""

    PUBLISHER_NOT_FOUND = "PUBLISHER_NOT_FOUND"
    """The publisher does not exist."""

    BITRATE_EXCEEDED = "BITRATE_EXCEEDED"
    """The bitrate is higher than 8.5 Mbps."""

    RESOLUTION_EXCEEDED = "RESOLUTION_EXCEEDED"
    """The resolution is higher than 720p."""

    STREAM_DURATION_EXCEEDED = "STREAM_DURATION_EXCEEDED"
    """The participant published for longer than 24 hours."""

    INVALID_AUDIO_CODEC = "INVALID_AUDIO_CODEC"
    """IVS does not accept the codec of the audio."""

    INVALID_VIDEO_CODEC = "INVALID_VIDEO_CODEC"
    """IVS does not accept the codec of the video."""

    INVALID_PROTOCOL = "INVALID_PROTOCOL"
    """The protocol of the encoder is not that of the ingest configuration."""

    INVALID_STREAM_KEY = "INVALID_STREAM_KEY"
    """The stream key does not belong to the stage."""

    REUSE_OF_STREAM_KEY = "REUSE_OF_STREAM_KEY"
    """The stream key is in use."""

    B_FRAME_PRESENT = "B_FRAME_PRESENT"
    """The video contains B-frames."""

    INVALID_INPUT = "INVALID_INPUT"
    """IVS cannot read the input."""

    INTERNAL_SERVER_EXCEPTION = "INTERNAL_SERVER_EXCEPTION"
    """IVS failed."""
