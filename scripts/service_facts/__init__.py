"""Facts about Amazon IVS in the packages of others, and what this library knows of them."""
