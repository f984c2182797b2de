"""State machines as targets of rules."""

from __future__ import annotations

from aws_cdk.aws_events_targets import SfnStateMachine

from cdk_ivs._monitoring.targets_and_actions import UnfailingTarget


class MachineTarget(SfnStateMachine, UnfailingTarget):
    """A state machine of the same construct, which every rule can have as a target."""
