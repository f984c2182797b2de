"""Which Python the wheel is tested with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "newest_python.py"
RUNNING = f"3.{sys.version_info.minor}"

pytestmark = pytest.mark.newest


def python(folder: Path, version: str, body: str) -> str:
    """A program with the name of a Python."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"python{version}"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def newest(*folders: Path, pyenv: Path) -> tuple[str, str]:
    """What the script prints on a machine: the path, and what is said of it."""
    environment = {"PATH": os.pathsep.join(map(str, folders)), "PYENV_ROOT": str(pyenv)}
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip(), done.stderr.strip()


def test_the_newest_is_found_on_the_path(tmp_path: Path) -> None:
    """
    The newest supported version on the path is taken, and not one that is not supported yet.
    """
    path = python(tmp_path / "bin", "3.14", "echo 3.14")
    python(tmp_path / "bin", "3.99", "echo 3.99")
    found = newest(tmp_path / "bin", pyenv=tmp_path / "none")
    assert found == (path, "The wheel is tested with Python 3.14")


def test_the_newest_is_found_among_those_of_pyenv(tmp_path: Path) -> None:
    """
    A version that pyenv has and did not put on the path is taken.
    """
    path = python(tmp_path / "pyenv" / "versions" / "3.14.2" / "bin", "3.14", "echo 3.14")
    assert newest(tmp_path / "bin", pyenv=tmp_path / "pyenv")[0] == path


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("echo command not found >&2; exit 127", id="a shim of pyenv"),
        pytest.param("echo no module named ssl >&2; exit 1", id="incomplete"),
        pytest.param("echo 3.12", id="another version"),
    ],
)
def test_one_that_does_not_work_is_passed_over(tmp_path: Path, body: str) -> None:
    """
    What has the name of a newer Python, and is none, is passed over for the next one.
    """
    python(tmp_path / "first", "3.14", body)
    path = python(tmp_path / "second", "3.14", "echo 3.14")
    assert newest(tmp_path / "first", tmp_path / "second", pyenv=tmp_path / "none")[0] == path


def test_what_was_not_found_is_said(tmp_path: Path) -> None:
    """
    Where the running Python is the newest, it is taken, and the supported ones that are missing
    are named.
    """
    newer = [f"3.{minor}" for minor in range(14, sys.version_info.minor, -1)]
    missing = f"; not found on this machine: {', '.join(newer)}" if newer else ""
    path, said = newest(tmp_path / "bin", pyenv=tmp_path / "none")
    assert path == sys.executable
    assert said == f"The wheel is tested with Python {RUNNING}{missing}"
