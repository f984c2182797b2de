"""The constraints files pin what is installed, by version and by hash."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
# The groups that the Makefile installs with each file.
GROUPS = {
    "constraints.txt": ["dev", "lock", "mutation"],
    "constraints-floor.txt": ["dev"],
    "tests/rehearsal/constraints.txt": ["rehearsal"],
    "tests/scanners/constraints.txt": ["scan"],
}
PIN = re.compile(
    r"([a-z0-9-]+)==([\w.!+-]+)(?: ; [^\\\n]+)?((?: \\\n {4}--hash=sha256:[0-9a-f]{64})+)\n"
)

# The files are those of the repository, which are not installed with the wheel.
pytestmark = pytest.mark.newest


def requirements(group: str, groups: dict[str, Any]) -> list[Requirement]:
    """The requirements of a dependency group, with those of the groups that it includes."""
    found = []
    for item in groups[group]:
        if isinstance(item, str):
            found.append(Requirement(item))
        else:
            found += requirements(item["include-group"], groups)
    return found


@pytest.mark.parametrize("name", GROUPS)
def test_a_file_is_made_of_pins_with_hashes(name: str) -> None:
    """
    Each package has a version and the hashes of its files; no index, URL or path is in the file.
    """
    header, _, pins = (ROOT / name).read_text().partition("\n")
    assert header == "# Made by `make lock`."
    assert len(PIN.findall(pins)) > 15
    assert PIN.sub("", pins) == ""


@pytest.mark.parametrize("name", GROUPS)
def test_a_file_pins_what_is_asked_for(name: str) -> None:
    """
    What the groups and the library need is pinned, and so is pip, which reads the file.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    pins = {match[1]: match[2] for match in PIN.finditer((ROOT / name).read_text())}
    needed = [Requirement("pip")]
    if "dev" in GROUPS[name]:
        needed += map(Requirement, project["project"]["dependencies"])
    for group in GROUPS[name]:
        needed += requirements(group, project["dependency-groups"])
    for requirement in needed:
        version = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version, prereleases=True), requirement
