"""The tables of the docs, by what is in them."""
