"""What the events of the service can say, by the field that says it."""

from __future__ import annotations

import enum


class StreamStateEvent(enum.StrEnum):
    """The ``event_name`` of an IVS Stream State Change."""

    SESSION_CREATED = "Session Created"
    """An encoder connected."""

    SESSION_ENDED = "Session Ended"
    """The encoder's session ended; for multitrack input, ``code`` says why."""

    STREAM_START = "Stream Start"
    """The stream is live."""

    STREAM_END = "Stream End"
    """The stream is over."""

    STREAM_FAILURE = "Stream Failure"
    """The stream failed; ``reason`` says why."""

    STREAM_TAKEOVER = "Stream Takeover"
    """Another encoder took the stream over."""

    STREAM_TAKEOVER_FAILURE = "Stream Takeover Failure"
    """Another encoder could not take the stream over; ``code`` says why."""


class StreamEventCode(enum.StrEnum):
    """The ``code`` of an IVS Stream State Change."""

    MULTITRACK_INPUT_NOT_ALLOWED = "MultitrackInputNotAllowed"
    """The channel takes no multitrack input."""

    MULTITRACK_INPUT_REQUIRED = "MultitrackInputRequired"
    """The channel takes nothing but multitrack input."""

    INVALID_GET_CLIENT_CONFIGURATION_STREAM_KEY = "InvalidGetClientConfigurationStreamKey"
    """The stream key is not one that the encoder got for multitrack input."""

    GET_CLIENT_CONFIGURATION_STREAM_KEY_REQUIRED = "GetClientConfigurationStreamKeyRequired"
    """Multitrack input needs a stream key that the encoder got for it."""

    INVALID_MULTITRACK_INPUT_TRACK_COUNT = "InvalidMultitrackInputTrackCount"
    """There are too few tracks, or too many."""

    INVALID_MULTITRACK_INPUT_VIDEO_TRACK_MEDIA_PROPERTIES = (
        "InvalidMultitrackInputVideoTrackMediaProperties"
    )
    """A track is not what was agreed."""

    STREAM_TAKEOVER_MEDIA_MISMATCH = "StreamTakeoverMediaMismatch"
    """The other encoder sends something else."""

    STREAM_TAKEOVER_INVALID_PRIORITY = "StreamTakeoverInvalidPriority"
    """The other encoder's priority is not higher."""

    STREAM_TAKEOVER_LIMIT_BREACHED = "StreamTakeoverLimitBreached"
    """The stream was taken over too often."""


class StreamHealthEvent(enum.StrEnum):
    """The ``event_name`` of an IVS Stream Health Change."""

    STARVATION_START = "Starvation Start"
    """Less comes in than is played."""

    STARVATION_END = "Starvation End"
    """Enough comes in again."""


class LimitName(enum.StrEnum):
    """The ``limit_name`` of an IVS Limit Breach."""

    INGEST_BITRATE = "Ingest Bitrate"
    """Of a channel: more bits per second than its type takes."""

    INGEST_RESOLUTION = "Ingest Resolution"
    """Of a channel: more pixels than its type takes."""

    CONCURRENT_BROADCASTS = "Concurrent Broadcasts"
    """Of the account: more live streams than its quota."""

    CONCURRENT_VIEWERS = "Concurrent Viewers"
    """Of the account: more views than its quota."""


class RecordingStatus(enum.StrEnum):
    """The ``recording_status`` of a channel's recording, the ``event_name`` of a participant's."""

    RECORDING_START = "Recording Start"
    """The recording began."""

    RECORDING_END = "Recording End"
    """The recording is complete, and its files can be used."""

    RECORDING_START_FAILURE = "Recording Start Failure"
    """The recording did not begin: nothing is recorded."""

    RECORDING_END_FAILURE = "Recording End Failure"
    """The recording ended with an error: what is there may be incomplete."""


class AdBreakEvent(enum.StrEnum):
    """The ``event_name`` of an IVS Ad Break State Change."""

    AD_BREAK_INSERTED = "Ad Break Inserted"
    """An ad break was put into the stream."""


class StageUpdateEvent(enum.StrEnum):
    """The ``event_name`` of an IVS Stage Update."""

    PARTICIPANT_PUBLISHED = "Participant Published"
    """A participant began to publish."""

    PARTICIPANT_UNPUBLISHED = "Participant Unpublished"
    """A participant no longer publishes."""

    PARTICIPANT_PUBLISH_ERROR = "Participant Publish Error"
    """A participant could not publish, or no longer; ``error_code`` says why."""

    PARTICIPANT_REPLICATION_START = "Participant Replication Start"
    """A participant is shown in another stage."""

    PARTICIPANT_REPLICATION_END = "Participant Replication End"
    """A participant is no longer shown in another stage."""

    TOKEN_EXCHANGED = "Token Exchanged"  # noqa: S105 - the name of an event
    """A participant goes on with another token."""


class CompositionStateEvent(enum.StrEnum):
    """The ``event_name`` of an IVS Composition State Change."""

    SESSION_START = "Session Start"
    """The composition began."""

    SESSION_END = "Session End"
    """The composition is over."""

    SESSION_FAILURE = "Session Failure"
    """The composition failed; ``error_code`` and ``reason`` say why."""

    DESTINATION_START = "Destination Start"
    """A destination gets the composition."""

    DESTINATION_END = "Destination End"
    """A destination gets no more of the composition."""

    DESTINATION_FAILURE = "Destination Failure"
    """A destination failed; ``error_code`` and ``reason`` say why."""

    DESTINATION_RECONNECTING = "Destination Reconnecting"
    """A destination was lost, and is tried again."""


class PublishErrorCode(enum.StrEnum):
    """The ``error_code`` of a Participant Publish Error, by the API reference."""

    INSUFFICIENT_CAPABILITIES = "INSUFFICIENT_CAPABILITIES"
    """The token does not permit to publish."""

    QUOTA_EXCEEDED = "QUOTA_EXCEEDED"
    """The stage has as many publishers as it can have."""

    PUBLISHER_NOT_FOUND = "PUBLISHER_NOT_FOUND"
    """There is no such publisher."""

    BITRATE_EXCEEDED = "BITRATE_EXCEEDED"
    """The bitrate is above 8.5 Mbps."""

    RESOLUTION_EXCEEDED = "RESOLUTION_EXCEEDED"
    """The resolution is above 720p."""

    STREAM_DURATION_EXCEEDED = "STREAM_DURATION_EXCEEDED"
    """It was published for longer than 24 hours."""

    INVALID_AUDIO_CODEC = "INVALID_AUDIO_CODEC"
    """The audio is in another codec than the service takes."""

    INVALID_VIDEO_CODEC = "INVALID_VIDEO_CODEC"
    """The video is in another codec than the service takes."""

    INVALID_PROTOCOL = "INVALID_PROTOCOL"
    """The encoder uses another protocol than the ingest configuration."""

    INVALID_STREAM_KEY = "INVALID_STREAM_KEY"
    """The stream key is none of the stage."""

    REUSE_OF_STREAM_KEY = "REUSE_OF_STREAM_KEY"
    """The stream key is in use."""

    B_FRAME_PRESENT = "B_FRAME_PRESENT"
    """The video has B-frames."""

    INVALID_INPUT = "INVALID_INPUT"
    """What is sent cannot be read."""

    INTERNAL_SERVER_EXCEPTION = "INTERNAL_SERVER_EXCEPTION"
    """The service failed."""
