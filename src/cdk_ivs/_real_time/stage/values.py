"""How the participants of a stage are recorded."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from aws_cdk import Duration, IResolvable
from aws_cdk.aws_ivs import CfnStage
from aws_cdk.interfaces.aws_ivs import IStorageConfigurationRef

from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._core.props import Options, Props
from cdk_ivs._validation.disabled_recording import DisabledRecording
from cdk_ivs._validation.errors import ValidationError, safe_text
from cdk_ivs._validation.thumbnails import RecordingMode, Storage, check_thumbnails
from cdk_ivs._validation.values import whole_seconds

if TYPE_CHECKING:
    from constructs import Construct

    from cdk_ivs._core.rendered_properties import RenderedProperties


class ParticipantRecordingMediaType(enum.StrEnum):
    """What is recorded of a participant."""

    AUDIO_VIDEO = "AUDIO_VIDEO"
    """Audio and video."""

    AUDIO_ONLY = "AUDIO_ONLY"
    """Audio only."""

    NONE = "NONE"
    """Neither: thumbnails only. A custom resource sets it, because CloudFormation does not."""


@dataclass(frozen=True, kw_only=True)
class ParticipantThumbnailConfiguration(Options):
    """
    How thumbnails of participants are recorded: interval(...) or disable().

    Attributes:
        recording_mode: Whether thumbnails are recorded.
        storage: Where they are put. None for ``SEQUENTIAL``.
        target_interval: The time between two thumbnails. None for 60 seconds.
    """

    recording_mode: RecordingMode
    storage: Sequence[Storage] | None = None
    target_interval: Duration | None = None
    _seconds: int | None = field(init=False, repr=False, compare=False, default=None)

    @classmethod
    def disable(cls) -> Self:
        """Record no thumbnails."""
        return cls(recording_mode=RecordingMode.DISABLED)

    @classmethod
    def interval(
        cls,
        storage: Sequence[Storage] | None = None,
        target_interval: Duration | None = None,
    ) -> Self:
        """
        Record a thumbnail of every participant at every interval.

        Args:
            storage: Where they are put, one or both. Default: ``[Storage.SEQUENTIAL]``.
            target_interval: The time between two thumbnails: 1 to 86400 whole seconds.
                Default: 60 seconds.

        Raises:
            ValidationError: If the interval is out of range, or a storage is given twice.
        """
        return cls(
            recording_mode=RecordingMode.INTERVAL, storage=storage, target_interval=target_interval
        )

    def __post_init__(self) -> None:
        """Refuse what cannot be rendered."""
        super().__post_init__()
        seconds = check_thumbnails(
            "ParticipantThumbnailConfiguration",
            self.recording_mode,
            self.storage,
            self.target_interval,
            longest=86_400,
        )
        object.__setattr__(self, "_seconds", seconds)

    @classmethod
    def _of(cls, rendered: RenderedProperties) -> Self:
        """What is rendered, refused as it would be here."""
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
                target_interval_seconds=self._seconds,
            )
        )


@dataclass(frozen=True, kw_only=True)
class ParticipantRecording(Props):
    """
    Record every participant of a stage on its own, to S3. Or turn that off: disable().

    CloudFormation has no media type ``NONE``, and cannot leave replicas out. For these, a custom
    resource calls ``ivs:UpdateStage`` whenever the stage was created or changed.

    Attributes:
        storage_configuration: Where the recordings are put.
        hls_segment_duration: The length that segments of the recording are aimed at: 2 to 10
            whole seconds. They are longer where that is needed to begin with a key frame. None
            for 6 seconds.
        media_types: What is recorded, one media type. ``NONE`` needs thumbnails. None for
            ``[AUDIO_VIDEO]``.
        record_participant_replicas: Whether to record the replicas of participants, who are
            published to this stage from another one. None for True.
        reconnect_window: How long a participant may be gone and have the recording go on, and
            not begin anew: 0 to 300 whole seconds. None for 0: every connection has its own.
        thumbnails: How thumbnails are recorded. None for no thumbnails.
    """

    storage_configuration: IStorageConfigurationRef
    hls_segment_duration: Duration | None = None
    media_types: Sequence[ParticipantRecordingMediaType] | None = None
    record_participant_replicas: bool | IResolvable | None = None
    reconnect_window: Duration | None = None
    thumbnails: ParticipantThumbnailConfiguration | None = None
    _segment_seconds: int | None = field(init=False, repr=False, compare=False, default=None)
    _window_seconds: int | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        """Refuse what cannot be rendered."""
        super().__post_init__()
        segment, window = _checked(
            self.media_types, self.hls_segment_duration, self.reconnect_window
        )
        object.__setattr__(self, "_segment_seconds", segment)
        object.__setattr__(self, "_window_seconds", window)
        # Here alone: the API's model permits an empty list, and an escape hatch may render one.
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
        Record nothing, as the parameter ``participant_recording`` of a stage.

        The stage gets an empty ARN, with which IVS turns recording off. Whether CloudFormation
        turns it off when you leave the parameter out is UNCONFIRMED.
        """
        return DisabledRecording()

    @property
    def _has_no_media(self) -> bool:
        return list(self.media_types or ()) == [ParticipantRecordingMediaType.NONE]

    def _by_api(self) -> dict[str, str | IResolvable]:
        """What CloudFormation cannot set, as JSON, by the operation of the handler that can."""
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
        segment = self._segment_seconds
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
            recording_reconnect_window_seconds=self._window_seconds,
            storage_configuration_arn=arn,
            thumbnail_configuration=self.thumbnails._render() if self.thumbnails else None,
        )


def rendered_recording(
    recording: ParticipantRecording | DisabledRecording | None, scope: Construct
) -> CfnStage.AutoParticipantRecordingConfigurationProperty | None:
    """The recording in the template, with an empty ARN where there is to be none."""
    if recording is None:
        return None
    if isinstance(recording, DisabledRecording):
        return CfnStage.AutoParticipantRecordingConfigurationProperty(storage_configuration_arn="")
    return recording._render(scope)


def check_rendered_recording(rendered: RenderedProperties) -> None:
    """Refuse a recording that is rendered as ParticipantRecording would."""
    hls = rendered.part("HlsConfiguration", "ParticipantRecordingHlsConfiguration")
    _checked(
        rendered.texts("MediaTypes"),
        hls.seconds("TargetSegmentDurationSeconds") if hls else None,
        rendered.seconds("RecordingReconnectWindowSeconds"),
    )
    thumbnails = rendered.part("ThumbnailConfiguration", "ParticipantThumbnailConfiguration")
    if thumbnails is not None:
        ParticipantThumbnailConfiguration._of(thumbnails)


def _checked(
    media_types: Sequence[str] | None,
    hls_segment_duration: Duration | None,
    reconnect_window: Duration | None,
) -> tuple[int | None, int | None]:
    """Refuse what IVS refuses, and give back the durations in seconds."""
    if media_types is not None and len(media_types) > 1:
        raise ValidationError(
            f"'media_types' must be one media type, got "
            f"{', '.join(safe_text(each) for each in media_types)}; "
            "AUDIO_VIDEO records both",
            code="MediaTypes",
        )
    return (
        whole_seconds("hls_segment_duration", hls_segment_duration, 2, 10),
        whole_seconds("reconnect_window", reconnect_window, 0, 300),
    )
