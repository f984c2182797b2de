"""Recording configurations."""
