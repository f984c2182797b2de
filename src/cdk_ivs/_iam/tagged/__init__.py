"""Permissions on what is created at run time, by its tags."""
