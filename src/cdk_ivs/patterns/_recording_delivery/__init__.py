"""The delivery of recordings."""
