"""
Pin the development dependencies: write the constraints files, with the hashes of all files on PyPI.

Run by `make lock`. The pins fit the oldest Python that the project supports, and every platform.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIB = "aws-cdk-lib"
ALPHA = "aws-cdk-aws-ivs-alpha"
NEWEST = "constraints.txt"
FLOOR = "constraints-floor.txt"
HEADER = "# Made by `make lock`.\n"
REHEARSAL = "tests/rehearsal/constraints.txt"
SCAN = "tests/scanners/constraints.txt"


def lock(name: str, python: str, groups: list[str], *requirements: str, keep: bool) -> None:
    """Write a constraints file for the dependencies of groups, and for further requirements."""
    file = ROOT / name
    options = [
        "--universal",
        f"--python-version={python}",
        "--only-binary=:all:",
        "--generate-hashes",
        # The settings of this machine, such as another index, must not get into the file.
        "--no-config",
        "--no-annotate",
        "--no-header",
        f"--output-file={file}",
    ]
    if not keep:
        options.append("--upgrade")
    command = ["uv", "pip", "compile", "--quiet", *options, *(f"--group={one}" for one in groups)]
    subprocess.run([*command, "-"], cwd=ROOT, check=True, input="\n".join(requirements), text=True)
    file.write_text(HEADER + file.read_text())


def pins(name: str) -> dict[str, str]:
    """The versions in a constraints file."""
    text = (ROOT / name).read_text()
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE))


def tell(name: str, package: str = LIB) -> None:
    """Print how many packages a constraints file has, and which version of one of them."""
    print(f"{name}: {len(pins(name))} packages, {package} {pins(name)[package]}")


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--keep", action="store_true", help="keep the versions, and add what is missing"
    )
    keep = parser.parse_args().keep
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    python = project["requires-python"].removeprefix(">=")
    # pip is what reads the files.
    needed = [*project["dependencies"], "pip"]
    (floor,) = re.findall(rf"{LIB}>=([\d.]+)", " ".join(needed))

    lock(NEWEST, python, ["dev", "lock", "mutation"], *needed, keep=keep)
    newest = pins(NEWEST)
    if newest[ALPHA] != f"{newest[LIB]}a0":
        sys.exit(f"{ALPHA} {newest[ALPHA]} is not of {LIB} {newest[LIB]}: try again later")
    oldest = [f"{LIB}=={floor}", f"{ALPHA}=={floor}a0"]
    lock(FLOOR, python, ["dev"], *needed, *oldest, keep=keep)
    lock(REHEARSAL, python, ["rehearsal"], "pip", keep=keep)
    lock(SCAN, python, ["scan"], "pip", keep=keep)
    tell(NEWEST)
    tell(FLOOR)
    tell(REHEARSAL, "ministack")
    tell(SCAN, "checkov")


if __name__ == "__main__":
    main()
