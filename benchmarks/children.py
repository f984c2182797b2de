"""Runs tasks in fresh processes."""

from __future__ import annotations

import compileall
import contextlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .sampler import MemorySampler

if TYPE_CHECKING:
    from collections.abc import Iterator

# The package that runs in the token functions, and the folder with a copy of their asset.
FUNCTION, ASSET = "cdk_ivs_token_handler", "asset"
# The first line is what awslambdaric, the runtime of Lambda for Python, imports by itself.
COLD_START = f"""
import json, logging, os, sys, time, traceback
start = time.process_time()
import {FUNCTION}.handler
print(time.process_time() - start)
"""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """
    What came of a task.

    Attributes:
        seconds: The time from the start of the process to its end.
        report: What the task printed.
    """

    seconds: float
    report: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Children:
    """
    Starts processes that see this library as it is when installed.

    Attributes:
        directory: A temporary folder, in which they run.
        environment: Their environment variables.
    """

    directory: Path
    environment: dict[str, str]

    def run(self, task: str, *arguments: object) -> Outcome:
        """Run a task in a fresh process, and wait for it."""
        command = [sys.executable, "-m", "benchmarks.tasks", task, *map(str, arguments)]
        start = time.perf_counter()
        process = subprocess.run(
            command,
            cwd=self.directory,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        seconds = time.perf_counter() - start
        report = json.loads(process.stdout.splitlines()[-1])
        return Outcome(seconds=seconds, report=report)

    def run_group(self, task: str, *arguments: object) -> Outcome:
        """
        Run a task as `run` does, and sample the memory of all its processes.

        The report has the peaks of the memory of Python and of all processes of Node.
        """
        command = [sys.executable, "-m", "benchmarks.tasks", task, *map(str, arguments)]
        start = time.perf_counter()
        with subprocess.Popen(
            command,
            cwd=self.directory,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            # A process group of its own.
            start_new_session=True,
        ) as process:
            sampler = MemorySampler(process.pid)
            printed, _ = process.communicate()
            seconds = time.perf_counter() - start
            peaks = sampler.stop()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        report = json.loads(printed.splitlines()[-1])
        # Where there is no /proc, what the kernel says of the largest process of each kind.
        report["python_group"] = peaks.python or report["python"]
        report["node_group"] = peaks.node or report["node"]
        return Outcome(seconds=seconds, report=report)

    def import_seconds(self, module: str) -> float:
        """How long a fresh process takes to import a module and all that it imports."""
        command = [sys.executable, "-X", "importtime", "-c", f"import {module}"]
        process = subprocess.run(
            command,
            cwd=self.directory,
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
        )
        # Of each import, one in a line: its own microseconds, those with its imports, its name.
        return int(process.stderr.splitlines()[-1].split("|")[1]) / 1_000_000

    def cold_start_seconds(self) -> float:
        """
        The processor time in which a token function imports its code in AWS Lambda.

        The asset has no bytecode and Lambda cannot write any, so Python compiles the code. What
        the runtime of Lambda imports before does not count.
        """
        environment = self.environment | {
            "PYTHONPATH": str(self.directory / ASSET),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        printed = subprocess.check_output(
            [sys.executable, "-c", COLD_START], cwd=self.directory, env=environment, text=True
        )
        return float(printed)

    @contextlib.contextmanager
    def assembly(self) -> Iterator[Path]:
        """A folder for a cloud assembly, for as long as it is needed."""
        with tempfile.TemporaryDirectory(dir=self.directory) as assembly:
            yield Path(assembly)


@contextlib.contextmanager
def compiled_children() -> Iterator[Children]:
    """
    Children that find bytecode for this library, as after an installation.

    They are given compiled copies: a checkout has bytecode only for what was run before, and
    none where Python is told not to write it.
    """
    with tempfile.TemporaryDirectory() as directory:
        site = Path(directory, "site")
        for package in ("cdk_ivs", "ivs_tokens", "benchmarks"):
            shutil.copytree(_folder_of(package), site / package)
        asset = Path(directory, ASSET)
        source = _folder_of("cdk_ivs")
        for folder in (_folder_of("ivs_tokens"), f"{source}/_token_functions/{FUNCTION}"):
            shutil.copytree(
                folder, asset / Path(folder).name, ignore=shutil.ignore_patterns("__pycache__")
            )
        compileall.compile_dir(site, quiet=1)
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        yield Children(directory=Path(directory), environment=environment)


def node_version() -> str:
    """The version of the node that jsii starts."""
    node = shutil.which(os.environ.get("JSII_NODE", "node"))
    if node is None:
        raise FileNotFoundError("node")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    return version.stdout.strip().removeprefix("v")


def _folder_of(package: str) -> str:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return spec.submodule_search_locations[0]
