"""The text of the pack: the files with the rules, and the tables that they look things up in."""

from __future__ import annotations

import functools
import json
from pathlib import Path

NAME = "cdk-ivs.rego"
"""The name of the pack in the errors that an engine reports."""

_HEADER = ("package cdk_ivs.rules", "import rego.v1")
_FOLDER = Path(__file__).with_name("_pack")


@functools.cache
def pack() -> str:
    """The pack, as an engine takes it."""
    from ._tables import tables

    # The engine reads a table for each template anew, and only if a rule looks at it.
    parts = [*_HEADER, *(_table(name, content) for name, content in tables().items())]
    parts += [_body(file.read_text(encoding="utf-8")) for file in sorted(_FOLDER.glob("*.rego"))]
    return "\n\n".join(parts) + "\n"


def _table(name: str, content: object) -> str:
    # One line of the engine has at most 1,024 characters. It reads JSON faster than Rego.
    text = json.dumps(content, indent=0, separators=(",", ":"), sort_keys=True)
    return f"tables.{name} := json.unmarshal(`{text}`)"


def _body(text: str) -> str:
    """A file without its header, which the pack contains once."""
    return "\n".join(line for line in text.splitlines() if line not in _HEADER).strip()
