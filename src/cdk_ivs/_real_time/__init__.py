"""Real time: stages, and what records and feeds them."""
