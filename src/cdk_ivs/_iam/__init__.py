"""Permissions on the resources of IVS."""
