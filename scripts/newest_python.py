"""
Print the path of the newest Python that this machine has, and that the library supports.

Run by `make`, with whatever Python it has. The wheel is tested with what is found.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
# A Python that was built without one of these installs nothing, or runs no tests.
CHECK = "import ctypes, ensurepip, sqlite3, ssl, venv, sys; print('%d.%d' % sys.version_info[:2])"


def supported() -> list[str]:
    """The versions that the package names, the newest first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found = re.findall(r"Python :: (3\.\d+)$", "\n".join(project["classifiers"]), re.MULTILINE)
    return sorted(found, key=lambda version: int(version[2:]), reverse=True)


def candidates(version: str) -> Iterator[str]:
    """Where a version may be: on the path, or among those of pyenv, of which few are on it."""
    for folder in os.get_exec_path():
        if path := shutil.which(f"python{version}", path=folder):
            yield path
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(str, pyenv.glob(f"versions/{version}.*/bin/python{version}"))


def works(python: str, version: str) -> bool:
    """Whether it starts, is what its name says, and is complete."""
    # What pyenv puts on the path starts nothing if the version is not among the chosen ones.
    done = subprocess.run([python, "-c", CHECK], check=False, capture_output=True, text=True)
    return done.stdout.strip() == version


def main() -> None:
    """Print the path, and on standard error what was not found."""
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    versions = supported()
    for version in versions:
        found = (path for path in candidates(version) if works(path, version))
        python = sys.executable if version == running else next(found, None)
        if python:
            newer = ", ".join(versions[: versions.index(version)])
            missing = f"; not found on this machine: {newer}" if newer else ""
            print(f"The wheel is tested with Python {version}{missing}", file=sys.stderr)
            print(python)
            return
    sys.exit(f"Python {running} is not among those that the library supports")


if __name__ == "__main__":
    main()
