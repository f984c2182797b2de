"""Hostile values in every parameter that users can reach."""
