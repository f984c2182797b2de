"""The metrics and events of channels."""
