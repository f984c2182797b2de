"""Streams and stages that stop by themselves."""
