"""
Pin the development dependencies: write constraints.txt and constraints-floor.txt.

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


def resolve(python: str, *requirements: str) -> dict[str, str]:
    """Find the newest versions of all dependencies that go together."""
    # Wheels only, as pip asks of whoever resolves for another Python than the running one.
    options = ["--only-binary=:all:", f"--python-version={python}", "--ignore-installed"]
    output = ["-qq", "--dry-run", "--report=-"]
    command = [sys.executable, "-m", "pip", "install", *options, *output, "--group=dev", "pip"]
    done = subprocess.run([*command, *requirements], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    packages = [package["metadata"] for package in json.loads(done.stdout)["install"]]
    return {package["name"]: package["version"] for package in packages}


def write(name: str, pins: dict[str, str]) -> None:
    """Write a constraints file."""
    lines = [f"{package}=={pins[package]}\n" for package in sorted(pins, key=str.lower)]
    (ROOT / name).write_text("# Made by `make lock`.\n" + "".join(lines))
    print(f"{name}: {len(pins)} packages, {LIB} {pins[LIB]}")


def main() -> None:
    """Write both files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    python = project["requires-python"].removeprefix(">=") + ".0"
    dependencies = project["dependencies"]
    (floor,) = re.findall(rf"{LIB}>=([\d.]+)", " ".join(dependencies))

    newest = resolve(python, *dependencies)
    if newest[ALPHA] != f"{newest[LIB]}a0":
        sys.exit(f"{ALPHA} {newest[ALPHA]} is not of {LIB} {newest[LIB]}: try again later")
    write("constraints.txt", newest)
    write(
        "constraints-floor.txt",
        resolve(python, *dependencies, f"{LIB}=={floor}", f"{ALPHA}=={floor}a0"),
    )


if __name__ == "__main__":
    main()
