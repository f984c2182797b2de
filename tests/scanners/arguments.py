"""What is said about the findings of scanners: the data of docs/scanners.md."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]


class Finding(NamedTuple):
    """
    A rule that a resource does not keep.

    Attributes:
        rule: The ID of the rule; in cdk-nag, with the detail in brackets.
        type: The type of the resource.
        path: The path of the resource in its stack.
    """

    rule: str
    type: str
    path: str


def module() -> Any:
    """The script with the data."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        return importlib.import_module("doc_tables.scanners")


def argued(scanner: str, app: str, *, library: bool | None = None) -> list[Finding]:
    """The findings of a scanner in an app that are argued, in order; all, or one of the tables."""
    return sorted(
        Finding(each.rule, each.type, path)
        for each in module().arguments()
        if each.scanner == scanner and library in {None, each.library}
        for path, apps in each.found.items()
        if app in apps
    )


def compared(found: list[Finding], scanner: str, app: str) -> dict[str, list[Finding]]:
    """The findings without an argument, and the arguments without a finding: both none."""
    expected = argued(scanner, app)
    return {
        "new findings": [each for each in found if each not in expected],
        "stale arguments": [each for each in expected if each not in found],
        "given twice": [each for each in expected if expected.count(each) > 1],
    }


NOTHING: dict[str, list[Finding]] = {
    "new findings": [],
    "stale arguments": [],
    "given twice": [],
}
