"""Broadcasts of stages while participants publish."""
