"""The guard for idle streams and stages."""
