"""The settings for recordings of participants."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from aws_cdk import Duration, IResolvable
from aws_cdk.aws_ivs import CfnStage
from aws_cdk.interfaces.aws_ivs import IStorageConfigurationRef

from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._core.props import Options, Props
from cdk_ivs._validation.disabled_recording import DisabledRecording
from cdk_ivs._validation.errors import ValidationError, safe_text
from cdk_ivs._validation.thumbnails import RecordingMode, Storage, check_thumbnails
from cdk_ivs._validation.values import checked_seconds, whole_seconds

if TYPE_CHECKING:
    from constructs import Construct

    from cdk_ivs._core.rendered_properties import RenderedProperties


class ParticipantRecordingMediaType(enum.StrEnum):
    """The media to record of a participant."""

    AUDIO_VIDEO = "AUDIO_VIDEO"
    """Audio and video."""

    AUDIO_ONLY = "AUDIO_ONLY"
    """Audio only."""

    NONE = "NONE"
    """Thumbnails only. A custom resource sets it, because CloudFormation cannot."""


@dataclass(frozen=True, kw_only=True)
class ParticipantThumbnailConfiguration(Options):
    """
    The settings for thumbnails of participants. Use `interval()` or `disable()`.

    Attributes:
        recording_mode: Whether thumbnails are recorded.
        storage: The files that are written: `SEQUENTIAL`, `LATEST` or both. Default: None, which
            means `SEQUENTIAL`.
        target_interval: The time between two thumbnails: 1 to 86,400 whole seconds
            ([ParticipantThumbnailConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_ParticipantThumbnailConfiguration.html)).
            Default: None, which means 60 seconds.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `DurationRange` if the interval is out of its range. `DurationUnit` if it
            is a token in another unit than seconds. `Duplicate` if a storage is given twice.
            `ThumbnailsUnused` if thumbnails are disabled, but have settings.
    """

    recording_mode: RecordingMode
    storage: Sequence[Storage] | None = None
    target_interval: Duration | None = None

    @classmethod
    def disable(cls) -> Self:
        """
        Record no thumbnails.

        Returns:
            The settings.
        """
        return cls(recording_mode=RecordingMode.DISABLED)

    @classmethod
    def interval(
        cls,
        storage: Sequence[Storage] | None = None,
        target_interval: Duration | None = None,
    ) -> Self:
        """
        Record a thumbnail of every participant at an interval.

        Args:
            storage: The files that are written: `SEQUENTIAL`, `LATEST` or both.
                Default: `[Storage.SEQUENTIAL]`.
            target_interval: The time between two thumbnails: 1 to 86,400 whole seconds
                ([ParticipantThumbnailConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_ParticipantThumbnailConfiguration.html)).
                Default: 60 seconds.

        Returns:
            The settings.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `DurationRange` if the interval is out of its range. `DurationUnit` if
                it is a token in another unit than seconds. `Duplicate` if a storage is given twice.
        """
        return cls(
            recording_mode=RecordingMode.INTERVAL, storage=storage, target_interval=target_interval
        )

    def __post_init__(self) -> None:
        """Refuse invalid settings."""
        super().__post_init__()
        check_thumbnails(
            "ParticipantThumbnailConfiguration",
            self.recording_mode,
            self.storage,
            self.target_interval,
            longest=86_400,
        )

    @classmethod
    def _of(cls, rendered: RenderedProperties) -> Self:
        """Create the settings from the template, with the same checks."""
        return cls(
            recording_mode=rendered.text("RecordingMode") or RecordingMode.INTERVAL,
            storage=rendered.texts("Storage"),
            target_interval=rendered.seconds("TargetIntervalSeconds"),
        )

    def _render(self) -> CfnStage.ThumbnailConfigurationProperty:
        return CfnStage.ThumbnailConfigurationProperty(
            participant_thumbnail_configuration=CfnStage.ParticipantThumbnailConfigurationProperty(
                recording_mode=self.recording_mode,
                storage=list(self.storage) if self.storage is not None else None,
                target_interval_seconds=checked_seconds(self.target_interval),
            )
        )


@dataclass(frozen=True, kw_only=True)
class ParticipantRecording(Props):
    """
    Record every participant of a stage separately to S3. To turn recording off, use `disable()`.

    CloudFormation does not have the media type `NONE` and cannot exclude replicas. For these
    settings, a custom resource calls `ivs:UpdateStage` each time the stage is created or changed.

    Attributes:
        storage_configuration: The storage configuration with the bucket of the recordings.
        hls_segment_duration: The target length of the segments: 2 to 10 whole seconds
            ([ParticipantRecordingHlsConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_ParticipantRecordingHlsConfiguration.html)).
            A segment can be longer, because it begins with a keyframe. Default: None, which means 6
            seconds.
        media_types: The media to record: one media type
            ([AutoParticipantRecordingConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_AutoParticipantRecordingConfiguration.html)).
            `NONE` needs thumbnails. Default: None, which means `[AUDIO_VIDEO]`.
        record_participant_replicas: Whether to record replicas, the participants that are
            replicated to this stage from another one. Default: None, which means True.
        reconnect_window: How long a participant can be disconnected before a new recording starts:
            0 to 300 whole seconds
            ([AutoParticipantRecordingConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_AutoParticipantRecordingConfiguration.html)).
            Default: None, which means 0: each connection has its own recording.
        thumbnails: The settings for thumbnails. Default: None, which means no thumbnails.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `MediaTypes` if there is not exactly one media type. `NothingRecorded` if
            neither media nor thumbnails are recorded. `DurationRange` if a duration is out of its
            range. `DurationUnit` if a duration is a token in another unit than seconds.
    """

    storage_configuration: IStorageConfigurationRef
    hls_segment_duration: Duration | None = None
    media_types: Sequence[ParticipantRecordingMediaType] | None = None
    record_participant_replicas: bool | IResolvable | None = None
    reconnect_window: Duration | None = None
    thumbnails: ParticipantThumbnailConfiguration | None = None

    def __post_init__(self) -> None:
        """Refuse invalid settings."""
        super().__post_init__()
        _check(self.media_types, self.hls_segment_duration, self.reconnect_window)
        # Only here, because the API allows an empty list, and an escape hatch can render one.
        if self.media_types is not None and not self.media_types:
            raise ValidationError(
                "'media_types' must be one media type, got none; leave it out for AUDIO_VIDEO, "
                "give NONE with thumbnails for thumbnails only, or record nothing with "
                "ParticipantRecording.disable()",
                code="MediaTypes",
            )
        thumbnails = self.thumbnails
        if self._has_no_media and (
            thumbnails is None or thumbnails.recording_mode == RecordingMode.DISABLED
        ):
            raise ValidationError(
                "'media_types' must not be NONE without 'thumbnails', got no thumbnails; give "
                "ParticipantThumbnailConfiguration.interval(), or record nothing with "
                "ParticipantRecording.disable()",
                code="NothingRecorded",
            )

    @classmethod
    def disable(cls) -> DisabledRecording:
        """
        Record nothing. Give the result to a stage as `participant_recording`.

        The stage gets an empty ARN, with which IVS turns recording off. Whether CloudFormation
        turns recording off when you leave the parameter out is UNCONFIRMED.

        Returns:
            The setting that turns recording off.
        """
        return DisabledRecording()

    @property
    def _has_no_media(self) -> bool:
        return list(self.media_types or ()) == [ParticipantRecordingMediaType.NONE]

    def _by_api(self) -> dict[str, str | IResolvable]:
        """Return the settings that CloudFormation does not have, as JSON, by operation."""
        values: dict[str, str | IResolvable] = {}
        if self._has_no_media:
            values["ParticipantMediaTypes"] = '["NONE"]'
        replicas = self.record_participant_replicas
        if replicas is False:
            values["RecordParticipantReplicas"] = "false"
        elif not isinstance(replicas, bool | None):
            values["RecordParticipantReplicas"] = replicas
        return values

    def _render(self, scope: Construct) -> CfnStage.AutoParticipantRecordingConfigurationProperty:
        keyword = "storage_configuration"
        arn = same_environment_arn(keyword, self.storage_configuration, keyword, scope)
        segment = checked_seconds(self.hls_segment_duration)
        return CfnStage.AutoParticipantRecordingConfigurationProperty(
            hls_configuration=CfnStage.HlsConfigurationProperty(
                participant_recording_hls_configuration=(
                    CfnStage.ParticipantRecordingHlsConfigurationProperty(
                        target_segment_duration_seconds=segment
                    )
                )
            )
            if segment is not None
            else None,
            media_types=list(self.media_types)
            if self.media_types is not None and not self._has_no_media
            else None,
            recording_reconnect_window_seconds=checked_seconds(self.reconnect_window),
            storage_configuration_arn=arn,
            thumbnail_configuration=self.thumbnails._render() if self.thumbnails else None,
        )


def rendered_recording(
    recording: ParticipantRecording | DisabledRecording | None, scope: Construct
) -> CfnStage.AutoParticipantRecordingConfigurationProperty | None:
    """Return the recording for the template. An empty ARN turns recording off."""
    if recording is None:
        return None
    if isinstance(recording, DisabledRecording):
        return CfnStage.AutoParticipantRecordingConfigurationProperty(storage_configuration_arn="")
    return recording._render(scope)


def check_rendered_recording(rendered: RenderedProperties) -> None:
    """Refuse a recording in the template that `ParticipantRecording` refuses."""
    hls = rendered.part("HlsConfiguration", "ParticipantRecordingHlsConfiguration")
    _check(
        rendered.texts("MediaTypes"),
        hls.seconds("TargetSegmentDurationSeconds") if hls else None,
        rendered.seconds("RecordingReconnectWindowSeconds"),
    )
    thumbnails = rendered.part("ThumbnailConfiguration", "ParticipantThumbnailConfiguration")
    if thumbnails is not None:
        ParticipantThumbnailConfiguration._of(thumbnails)


def _check(
    media_types: Sequence[str] | None,
    hls_segment_duration: Duration | None,
    reconnect_window: Duration | None,
) -> None:
    """Refuse settings that IVS refuses."""
    if media_types is not None and len(media_types) > 1:
        raise ValidationError(
            f"'media_types' must be one media type, got "
            f"{', '.join(safe_text(each) for each in media_types)}; "
            "AUDIO_VIDEO records both",
            code="MediaTypes",
        )
    whole_seconds("hls_segment_duration", hls_segment_duration, 2, 10)
    whole_seconds("reconnect_window", reconnect_window, 0, 300)
