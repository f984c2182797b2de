"""Files of this package that become part of an asset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_READABLE = 0o644


def copy_module(package: Traversable, folder: Path, module: str) -> None:
    """
    Copy a module of a package into a folder, with the same bytes from wherever it is installed.

    Everybody may read the copy, whatever the user's umask is: the CDK keeps the mode when it
    uploads the file, and Lambda runs as another user.
    """
    name = f"{module}.py"
    # Line ends are read as "\n", whatever they are.
    text = package.joinpath(name).read_text(encoding="utf-8")
    copy = Path(folder, name)
    copy.write_text(text, encoding="utf-8", newline="\n")
    copy.chmod(_READABLE)
