"""The service's actions, and grants of them."""
