"""The channel."""
