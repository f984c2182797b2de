"""Apps and changes of them that Hypothesis draws, and their deployment without the CLI."""

import pytest

# They assert, and are no test modules.
pytest.register_assert_rewrite(
    *(f"tests.rehearsal.generated.{name}" for name in ("driving", "expecting", "rehearsing"))
)
