"""Deployments of the examples to an emulator, by the CDK CLI."""

import pytest

# They assert, and are no test modules.
pytest.register_assert_rewrite("tests.rehearsal.cycle", "tests.rehearsal.rehearsals")
