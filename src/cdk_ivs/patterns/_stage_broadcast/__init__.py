"""The broadcast of a stage."""
