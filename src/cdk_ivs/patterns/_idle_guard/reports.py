"""The events in which an IdleGuard says what it found."""

SOURCE = "cdk-ivs.idle-guard"
"""The source of the events."""

STREAM_REPORT = "IVS Idle Stream"
"""A stream that had no viewers, or starved, for too long."""

STAGE_REPORT = "IVS Idle Stage"
"""A stage in which nobody was for too long."""
