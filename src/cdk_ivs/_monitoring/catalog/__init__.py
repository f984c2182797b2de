"""The metrics and events that IVS publishes."""
