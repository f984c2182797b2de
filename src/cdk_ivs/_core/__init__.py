"""What every construct stands in: the frame of a resource, and what is known of the tree."""
