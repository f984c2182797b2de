"""The page of the docs about the rules."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import aws_cdk as cdk
import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/rules.md").read_text(encoding="utf-8")

# It is about what the floor does not have, and a page of the repository.
pytestmark = pytest.mark.newest


@pytest.fixture
def tables(monkeypatch) -> ModuleType:
    """The script that writes the tables of the docs."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    return importlib.import_module("tables")


def test_the_examples_are_up_to_date(tables) -> None:
    """
    `make tables` would change nothing.
    """
    (examples,) = (one for one in tables.TABLES if one.name == "examples")
    assert examples.written_into(PAGE) == PAGE


@pytest.mark.parametrize(
    "block", re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
)
def test_python_blocks_run(block: str, stack: cdk.Stack) -> None:
    """
    Each Python block runs, and its app can be synthesized.
    """
    names: dict[str, Any] = {"cdk": cdk, "stack": stack, "app": cdk.App.of(stack)}
    exec(block, names)  # noqa: S102 - the page is ours
    assert Path(names["app"].synth().directory, "manifest.json").is_file()
