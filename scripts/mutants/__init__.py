"""The parts of `scripts/mutation.py`: which changes there are, and how their tests run."""
