"""The recording configuration of channels."""
