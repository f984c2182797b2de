"""The frame of every construct: the base of resources, and the information about the tree."""
