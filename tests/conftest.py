"""Fixtures for the whole suite."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

# Before aws_cdk is imported: jsii starts the first node on the path, which must be the one of
# the virtual environment also when its pytest is called by its path.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

from aws_cdk import App, Environment, Stack
from hypothesis import settings

from tests.support.arns import ACCOUNT, REGION

# How long an example takes is measured in benchmarks, and depends on what else the machine does.
settings.register_profile("cdk-ivs", deadline=None)
settings.load_profile("cdk-ivs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the rehearsals out, which need the emulator, unless ``-m`` names them."""
    if re.search(r"\brehearsal\b", config.option.markexpr):
        return
    rehearsals = [item for item in items if item.get_closest_marker("rehearsal")]
    items[:] = [item for item in items if item not in rehearsals]
    config.hook.pytest_deselected(items=rehearsals)


@pytest.fixture
def app(tmp_path: Path) -> App:
    """An app that writes into a temporary folder."""
    return App(outdir=str(tmp_path / "cdk.out"), analytics_reporting=False)


@pytest.fixture
def stack(app: App) -> Stack:
    """A stack whose account and Region are not known."""
    return Stack(app, "Stack")


@pytest.fixture
def located_stack(app: App) -> Stack:
    """A stack whose account and Region are known."""
    return Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))
