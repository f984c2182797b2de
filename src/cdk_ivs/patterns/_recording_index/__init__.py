"""The index of recordings."""
