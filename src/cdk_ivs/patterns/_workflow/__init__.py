"""The state machines of patterns."""
