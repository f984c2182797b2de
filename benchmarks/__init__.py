"""Measurements of this library against alpha and the L1s."""
