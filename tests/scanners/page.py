"""The code of docs/scanners.md."""

from __future__ import annotations

import re
from typing import Any

from aws_cdk import Stack

from .arguments import ROOT

# cdk-nag 2 requires at least 10 characters.
REASON = "reviewed, see docs/scanners.md"


def blocks() -> list[str]:
    """The Python blocks of the page, in order."""
    text = (ROOT / "docs/scanners.md").read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def names(*indexes: int) -> dict[str, Any]:
    """What is defined after some blocks have run."""
    defined: dict[str, Any] = {}
    for index in indexes:
        exec(blocks()[index], defined)  # noqa: S102 - that is what users do
    return defined


def accept_all(stack: Stack) -> None:
    """Accept the findings of every construct in the stack, as users accept those of some."""
    accept = names(0, 1)["accept"]
    for child in stack.node.children:
        accept(child, REASON)
