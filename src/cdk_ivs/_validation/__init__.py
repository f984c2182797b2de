"""Checks of values, which know nothing of the construct tree."""
