"""The emulated account, started once for each process of the tests."""

from __future__ import annotations

import pytest

from tests.rehearsal.emulation import Cloud, emulated


@pytest.fixture(scope="session")
def account(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    """An account that the CLI has bootstrapped."""
    with emulated(tmp_path_factory.mktemp("account")) as cloud:
        yield cloud


@pytest.fixture
def cloud(account: Cloud) -> Cloud:
    """The account, in which nothing is left of other rehearsals."""
    yield account
    account.clear()
