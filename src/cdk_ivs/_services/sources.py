"""Files of this package that become part of an asset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_READABLE = 0o644


def copy_module(package: Traversable, folder: Path, module: str) -> None:
    """
    Copy a module of a package into a folder, with the same bytes on every machine.

    All users can read the copy, whatever the umask is. The CDK keeps the mode when it uploads the
    file, and Lambda runs as another user.
    """
    name = f"{module}.py"
    # Reading converts all line ends to "\n".
    text = package.joinpath(name).read_text(encoding="utf-8")
    copy = Path(folder, name)
    copy.write_text(text, encoding="utf-8", newline="\n")
    copy.chmod(_READABLE)
