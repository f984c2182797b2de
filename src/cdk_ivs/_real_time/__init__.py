"""Real-time streaming: stages, and the resources that record them and publish to them."""
