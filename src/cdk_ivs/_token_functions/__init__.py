"""Functions that give out tokens, and the layer with the library for them."""
