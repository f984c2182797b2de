"""Permissions on resources with certain tags."""
