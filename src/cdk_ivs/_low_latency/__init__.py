"""Low-latency streaming: channels and the resources that belong to them."""
