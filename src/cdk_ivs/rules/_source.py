"""The text of the pack: the files with the rules, and the tables that they look things up in."""

from __future__ import annotations

import functools
import json
from pathlib import Path

NAME = "cdk-ivs.rego"
"""What the pack is called where an engine reports an error in it."""

_HEADER = ("package cdk_ivs.rules", "import rego.v1")
_FOLDER = Path(__file__).with_name("_pack")


@functools.cache
def pack() -> str:
    """The pack, as an engine takes it."""
    from ._tables import tables

    # One line of the engine has at most 1,024 characters. It reads JSON faster than Rego.
    text = json.dumps(tables(), indent=0, separators=(",", ":"), sort_keys=True)
    parts = [*_HEADER, f"tables := json.unmarshal(`{text}`)"]
    parts += [_body(file.read_text(encoding="utf-8")) for file in sorted(_FOLDER.glob("*.rego"))]
    return "\n\n".join(parts) + "\n"


def _body(text: str) -> str:
    """A file without what all of them begin with, which can stand in the pack once."""
    return "\n".join(line for line in text.splitlines() if line not in _HEADER).strip()
