"""
Pin the development dependencies: write the constraints files.

Run by `make lock`. The pins fit the oldest Python that the project supports.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIB = "aws-cdk-lib"
ALPHA = "aws-cdk.aws-ivs-alpha"


def resolve(python: str, group: str, *requirements: str) -> dict[str, str]:
    """Find the newest versions of all dependencies of a group that go together."""
    # Wheels only, as pip asks of whoever resolves for another Python than the running one.
    options = ["--only-binary=:all:", f"--python-version={python}", "--ignore-installed"]
    output = ["-qq", "--dry-run", "--report=-"]
    what = [f"--group={group}", "pip", *requirements]
    command = [sys.executable, "-m", "pip", "install", *options, *output, *what]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    packages = [package["metadata"] for package in json.loads(done.stdout)["install"]]
    return {package["name"]: package["version"] for package in packages}


def write(name: str, pins: dict[str, str], of: str = LIB) -> None:
    """Write a constraints file, and print which version of a package it has."""
    lines = [f"{package}=={pins[package]}\n" for package in sorted(pins, key=str.lower)]
    (ROOT / name).write_text("# Made by `make lock`.\n" + "".join(lines))
    print(f"{name}: {len(pins)} packages, {of} {pins[of]}")


def main() -> None:
    """Write the files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    python = project["requires-python"].removeprefix(">=") + ".0"
    dependencies = project["dependencies"]
    (floor,) = re.findall(rf"{LIB}>=([\d.]+)", " ".join(dependencies))

    newest = resolve(python, "dev", *dependencies)
    if newest[ALPHA] != f"{newest[LIB]}a0":
        sys.exit(f"{ALPHA} {newest[ALPHA]} is not of {LIB} {newest[LIB]}: try again later")
    write("constraints.txt", newest)
    write(
        "constraints-floor.txt",
        resolve(python, "dev", *dependencies, f"{LIB}=={floor}", f"{ALPHA}=={floor}a0"),
    )
    write("tests/rehearsal/constraints.txt", resolve(python, "rehearsal"), "ministack")


if __name__ == "__main__":
    main()
