"""The events with which an `IdleGuard` reports its actions."""

SOURCE = "cdk-ivs.idle-guard"
"""The source of the events."""

STREAM_REPORT = "IVS Idle Stream"
"""The detail type for a stream that had no viewers, or starved, for too long."""

STAGE_REPORT = "IVS Idle Stage"
"""The detail type for a stage that had no participants for too long."""
