"""The value that turns recording off."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DisabledRecording:
    """
    No recording. CloudFormation gets an empty ARN, which turns off an earlier recording.

    `RecordingConfiguration.disable()` and `ParticipantRecording.disable()` return it.
    """
