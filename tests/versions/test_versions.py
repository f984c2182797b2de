"""The script that runs the library with every combination of versions."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FRAME = "!" * 40
INCOMPATIBLE = "This CDK CLI is not compatible with the CDK library used by your application."
MISMATCH = "Cloud assembly schema version mismatch: Maximum is 43.x.x, but found 50.0.0."

# The script is of the repository.
pytestmark = pytest.mark.newest


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    """The script."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        yield importlib.import_module("versions")


@pytest.fixture(scope="module")
def locked() -> dict[str, Any]:
    """The locked packages by their folders. Where the wheel is tested, there is no such file."""
    packages = json.loads((ROOT / ".ci/versions/package-lock.json").read_text())["packages"]
    return {name: package for name, package in packages.items() if name}


class TestLockFile:
    def test_has_each_node_of_the_tests(self, locked: dict[str, Any]) -> None:
        """
        There are three versions of Node for four kinds of machines, with hashes.
        """
        nodes = {name.removeprefix("node_modules/") for name in locked if "/node2" in name}
        assert nodes == {
            f"node{number}-{machine}"
            for number in (22, 24, 26)
            for machine in ("linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64")
        }
        assert [name for name, package in locked.items() if "integrity" not in package] == []

    def test_has_the_newest_cli_and_those_that_refuse(
        self, script: ModuleType, locked: dict[str, Any]
    ) -> None:
        """
        There are four versions of the CLI, among them the one of the other tests.
        """
        clis = {package["version"] for name, package in locked.items() if "/cdk-" in name}
        used = json.loads((ROOT / "package.json").read_text())["devDependencies"]["aws-cdk"]
        assert clis == {"2.1105.0", "2.1147.0", used, "3.0.0"}
        assert {cli for cli, _ in script.REFUSED} <= clis


def test_the_lowest_versions_are_the_bounds(script: ModuleType) -> None:
    """
    Each dependency has its lower bound, and alpha the version of aws-cdk-lib.
    """
    assert script.lowest() == [
        "aws-cdk-lib==2.240.0",
        "constructs==10.5.0",
        "jsii==1.132.0",
        "publication==0.0.3",
        "typeguard==2.13.3",
        "aws-cdk.aws-ivs-alpha==2.240.0a0",
    ]


class TestSaid:
    @pytest.mark.parametrize(
        ("text", "sentences"),
        [
            (
                f"{FRAME}\n!!  This software has not been tested with node v26.10.0.   !!\n{FRAME}",
                "This software has not been tested with node v26.10.0.",
            ),
            (
                "b'!!  Node 20 is end-of-life and not supported anymore.   !!\\n'\n",
                "Node 20 is end-of-life and not supported anymore.",
            ),
            (f"{INCOMPATIBLE}\n({MISMATCH})\n", f"{INCOMPATIBLE} ({MISMATCH})"),
            ("RuntimeError: no\nRuntimeError: no\n", "RuntimeError: no"),
            ("75 feature flags are not configured.\n", ""),
        ],
    )
    def test_is_without_frames(self, script: ModuleType, text: str, sentences: str) -> None:
        """
        Sentences of warnings and errors are printed once, without the frame and other lines.
        """
        assert script.said(text) == sentences


class TestCli3:
    @pytest.mark.parametrize(
        ("answer", "tested"),
        [
            # The answer of 2026-11-28.
            ({"version": "3.0.0", "deprecated": "npm marks this version deprecated."}, []),
            ([{"version": "3.0.0", "deprecated": "accident"}, {"version": "3.1.0"}], ["3.1.0"]),
            ({"version": "3.0.0"}, []),
            ([], []),
        ],
    )
    def test_is_run_when_there_is_one(
        self, script: ModuleType, monkeypatch: pytest.MonkeyPatch, answer: object, tested: list[str]
    ) -> None:
        """
        A version on npm that is neither deprecated nor in the lock file is installed, and run.
        """
        installed: list[str] = []

        def run(command: list[str], **_: Any) -> None:
            installed.append(command[-1])

        monkeypatch.setattr(subprocess, "check_output", lambda *_, **__: json.dumps(answer))
        monkeypatch.setattr(subprocess, "run", run)
        found = dict(script.newer_clis(["3.0.0"]))
        assert list(found) == tested
        assert installed == [f"aws-cdk@{version}" for version in tested]

    def test_must_read_what_the_newest_library_writes(self, script: ModuleType) -> None:
        """
        Only the version that was published by accident is expected to refuse.
        """
        assert {cli for cli, _ in script.REFUSED if re.match("3", cli)} == {"3.0.0"}
