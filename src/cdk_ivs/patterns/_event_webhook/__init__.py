"""Events that are sent to an HTTPS endpoint."""
