"""The report of drift names what is new, has changed, or is gone in each source."""
