"""The text of the pack: the files with the rules, and the tables that they look things up in."""

from __future__ import annotations

import functools
import json
from importlib.resources import files

NAME = "cdk-ivs.rego"
"""What the pack is called where an engine reports an error in it."""

_HEADER = ("package cdk_ivs.rules", "import rego.v1")


@functools.cache
def pack() -> str:
    """The pack, as an engine takes it."""
    from ._tables import tables

    folder = files(__package__).joinpath("_pack")
    # One line of the engine has at most 1,024 characters.
    parts = [*_HEADER, f"tables := {json.dumps(tables(), indent=1, sort_keys=True)}"]
    parts += [
        _body(file.read_text(encoding="utf-8"))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".rego")
    ]
    return "\n\n".join(parts) + "\n"


def _body(text: str) -> str:
    """A file without what all of them begin with, which can stand in the pack once."""
    return "\n".join(line for line in text.splitlines() if line not in _HEADER).strip()
