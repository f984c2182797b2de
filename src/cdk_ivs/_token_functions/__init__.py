"""Functions that return tokens, and the layer with the library for them."""
