"""Low-latency streaming: channels and what belongs to them."""
