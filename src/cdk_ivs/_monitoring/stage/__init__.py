"""The metrics and events of stages."""
