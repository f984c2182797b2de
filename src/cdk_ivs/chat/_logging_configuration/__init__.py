"""The logging configuration of chat rooms."""
