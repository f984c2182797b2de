"""What the pages of the site show is run."""

from __future__ import annotations

import re
from pathlib import Path

import aws_cdk as cdk
import pytest

import cdk_ivs as ivs

ROOT = Path(__file__).parent.parent
SOURCE = Path(ivs.__file__).parent
PAGE = (ROOT / "docs" / "low-latency.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("block", blocks("python"), ids=lambda block: block.splitlines()[-1])
def test_python_blocks_run(block: str, located_stack: cdk.Stack) -> None:
    """
    Each Python block runs, and what it makes can be synthesized.
    """
    exec(block, {"cdk": cdk, "ivs": ivs, "stack": located_stack})  # noqa: S102 - the page is ours
    assert cdk.App.of(located_stack).synth().stacks


def test_the_warnings_are_those_that_there_are() -> None:
    """
    The table names every id that the library warns under, and no other.
    """
    source = "\n".join(file.read_text() for file in SOURCE.rglob("*.py"))
    ids = set(re.findall(r'"(cdk-ivs:[\w-]+)"[,)]', source))
    ids |= {
        f"cdk-ivs:quota-{what.replace(' ', '-')}"
        for what in re.findall(r'warn_about_quota\(self, scope, "([a-z ]+)"', source)
    }
    table = re.findall(r"^\| `(cdk-ivs:[\w-]+)` \|", PAGE, re.MULTILINE)
    assert set(table) == ids
    assert len(table) == 8
