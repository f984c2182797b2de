"""Sets of alarms."""
