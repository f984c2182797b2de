"""Guards against idle streams and stages, and the rotation of stream keys."""
