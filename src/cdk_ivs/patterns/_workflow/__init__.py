"""State machines that patterns are made of."""
