"""Checks of values, which do not use the construct tree."""
