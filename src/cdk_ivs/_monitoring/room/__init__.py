"""The metrics of chat rooms."""
