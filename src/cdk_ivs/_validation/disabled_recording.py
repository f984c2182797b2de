"""What says explicitly that nothing is recorded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DisabledRecording:
    """
    No recording, which is rendered as an empty ARN and turns off what was turned on before.

    ``RecordingConfiguration.disable()`` and ``ParticipantRecording.disable()`` return it.
    """
