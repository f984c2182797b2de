"""Stages that are broadcast while somebody publishes."""
