"""
Run a small suite with every combination of supported versions, and print what each one says.

`make versions` runs it. Each combination of Python and aws-cdk-lib has an environment with the
wheel. The suite, `tests/versions/smoke.py`, runs there with each Node. Each CDK CLI then reads the
assembly of an app of both versions of aws-cdk-lib. The exit code is 1 if a suite fails, or if a CLI
reads an assembly that it should refuse or the other way round.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newest_python import ROOT, candidates, supported, works

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BUILD = ROOT / "build" / "versions"
TOOLS = ROOT / ".ci" / "versions"
MODULES = BUILD / "tools" / "node_modules"
CONSTRAINTS = ROOT / "constraints.txt"
OLDEST, NEWEST = "oldest", "newest"
CDKS = (OLDEST, NEWEST)
# By the messages of the CLI, 2.1105.0 is the first that reads the assemblies of the oldest
# aws-cdk-lib, and 2.1147.0 of the newest in the constraints. 3.0.0 was published by accident in
# 2025, and npm marks it as deprecated. It is older than both. There is no other CLI 3.
REFUSED = {("2.1105.0", NEWEST), ("3.0.0", OLDEST), ("3.0.0", NEWEST)}
# What the suite needs besides the wheel.
SUITE = ("pytest", "hypothesis", "cryptography")
ALPHA = "aws-cdk.aws-ivs-alpha"
APP = """\
import aws_cdk as cdk
import cdk_ivs as ivs

app = cdk.App()
channel = ivs.Channel(cdk.Stack(app, "Live"), "Channel")
channel.add_stream_key("Key")
app.synth()
"""


class Environment(NamedTuple):
    """
    A virtual environment with the wheel.

    Attributes:
        python: The version of Python.
        cdk: `oldest` or `newest`.
    """

    python: str
    cdk: str

    @property
    def executable(self) -> Path:
        """Its Python."""
        return BUILD / f"python{self.python}-{self.cdk}" / "bin" / "python"

    def install(self, wheel: Path) -> None:
        """Create it, unless it is there, and install the wheel."""
        if not self.executable.exists():
            base = next((p for p in candidates(self.python) if works(p, self.python)), None)
            if base is None:
                raise LookupError(f"there is no Python {self.python} on this machine")
            folder = self.executable.parent.parent
            subprocess.run([base, "-m", "venv", folder], check=True)
            # A pip that comes with Python does not take hashes from a constraints file.
            part = re.search(r"^pip==.*?[^\\]$", CONSTRAINTS.read_text(), re.DOTALL | re.MULTILINE)
            (folder / "pip.txt").write_text(part[0] if part else "pip")
            self._pip("install", "-r", str(folder / "pip.txt"))
            self._pip("install", "-c", "constraints.txt", *SUITE)
            if self.cdk == OLDEST:
                self._pip("install", *lowest())
            else:
                names = [re.split("[<>=]", one)[0] for one in lowest()]
                self._pip("install", "-c", "constraints.txt", *names)
        self._pip("install", "--no-deps", "--force-reinstall", str(wheel))
        self._pip("check")

    def run(self, node: Path, *command: str, folder: Path = ROOT) -> tuple[int, str]:
        """Run a command of Python with a Node, and return its exit code and what it printed."""
        path = os.pathsep.join([str(node.parent), os.environ["PATH"]])
        return run(str(self.executable), *command, folder=folder, PATH=path)

    def _pip(self, *arguments: str) -> None:
        options = ["-m", "pip", "--disable-pip-version-check", "-q"]
        subprocess.run(
            [self.executable, *options, *arguments], cwd=ROOT, check=True, stdout=sys.stderr
        )


def lowest() -> list[str]:
    """The lower bound of each dependency, and alpha of the same version as aws-cdk-lib."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pins = [re.sub(r">=([\d.]+).*", r"==\1", one) for one in project["dependencies"]]
    (cdk,) = (pin for pin in pins if pin.startswith("aws-cdk-lib=="))
    return [*pins, f"{ALPHA}=={cdk.partition('==')[2]}a0"]


def run(*command: str, folder: Path, **variables: str) -> tuple[int, str]:
    """Run a command as on a machine without an account, and return its exit code and its text."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "CDK_", "JSII_", "PYTHON"))
    }
    settings = {
        "CDK_DISABLE_CLI_TELEMETRY": "true",
        "CDK_HOME": str(BUILD / "home"),
        "CDK_NOTICES": "false",
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env=kept | settings | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def said(text: str) -> str:
    """The sentences of warnings and errors in a text, without the frames around those of jsii."""
    bare = (re.sub(r"^(?:b')?!+|!+(?:\\n')?$|(?<=!!)\\n'$", "", line) for line in text.splitlines())
    lines = (re.sub(r"\s+", " ", line.replace("!!", "")).strip() for line in bare)
    patterns = (
        r"has not been tested",
        r"end-of-life and",
        r"has reached end-of-life",
        r"not compatible",
        r"schema version mismatch",
        r"^\w*(?:Error|Exception)\b",
    )
    found = [line for line in lines if any(re.search(one, line) for one in patterns)]
    return " ".join(dict.fromkeys(found))


def last_line(text: str) -> str:
    """The last line that is not empty."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "nothing")


def tools() -> None:
    """Install the versions of Node and of the CLI in the lock file."""
    (BUILD / "tools").mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(TOOLS / name, BUILD / "tools")
    command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=BUILD / "tools", check=True, stdout=sys.stderr)


def nodes() -> dict[str, Path]:
    """The installed versions of Node, by their first number."""
    found = {path.name[4:6]: path / "bin" / "node" for path in MODULES.glob("node*")}
    if not found:
        sys.exit(f"there is no Node in {TOOLS.relative_to(ROOT)} for {platform.platform()}")
    return dict(sorted(found.items()))


def clis() -> dict[str, Path]:
    """The installed versions of the CLI, by version."""
    found = {path.name[4:]: path / "bin" / "cdk" for path in MODULES.glob("cdk-*")}
    return dict(sorted(found.items(), key=lambda one: [int(part) for part in one[0].split(".")]))


def newer_clis(known: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """The versions of CLI 3 on npm that are neither known nor deprecated: none today."""
    command = ["npm", "view", "aws-cdk@>=3", "version", "deprecated", "--json"]
    answer = json.loads(subprocess.check_output(command, text=True) or "[]")
    for one in answer if isinstance(answer, list) else [answer]:
        if isinstance(one, dict) and not one.get("deprecated") and one["version"] not in known:
            version = one["version"]
            folder = BUILD / f"cdk-{version}"
            install = ["npm", "install", "--prefix", str(folder), f"aws-cdk@{version}"]
            subprocess.run(install, check=True, stdout=sys.stderr)
            yield version, folder / "node_modules" / "aws-cdk" / "bin" / "cdk"


def print_row(*cells: str) -> None:
    """Print a row of a table at once."""
    print(f"| {' | '.join(cells)} |", flush=True)


def check_suites(environments: Iterable[Environment], chosen: dict[str, Path]) -> bool:
    """Run an app and the suite with each Node, and print a row for each; whether all pass."""
    print_row("Python", "aws-cdk-lib", "Node.js", "suite", "warnings")
    print_row("---", "---", "---", "---", "---")
    passed = True
    folder = BUILD / "app"
    folder.mkdir(exist_ok=True)
    (folder / "app.py").write_text(APP)
    for environment in environments:
        for version, node in chosen.items():
            code, text = environment.run(node, "-W", "error", "app.py", folder=folder)
            failed, suite = environment.run(
                node, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/versions/smoke.py"
            )
            if code or failed:
                passed = False
                print(text if code else suite, file=sys.stderr)
            print_row(
                environment.python,
                environment.cdk,
                version,
                "the app fails" if code else re.sub(r" in [\d.]+s.*", "", last_line(suite)),
                said(text) or "none",
            )
    return passed


def check_clis(environments: dict[str, Environment], chosen: dict[str, Path], node: Path) -> bool:
    """Let each CLI synthesize an app, and print a row for each; whether each does as expected."""
    print_row("CDK CLI", "aws-cdk-lib", "result", "message")
    print_row("---", "---", "---", "---")
    passed = True
    for cdk, environment in environments.items():
        for version, cli in chosen.items():
            path = os.pathsep.join([str(node.parent), os.environ["PATH"]])
            code, text = run(
                *(str(node), str(cli), "synth", "--quiet", "--no-lookups"),
                *("--app", f"{environment.executable} app.py"),
                *("--output", str(BUILD / "cdk.out")),
                folder=BUILD / "app",
                PATH=path,
            )
            refused = code != 0
            if refused != ((version, cdk) in REFUSED) or (refused and not said(text)):
                passed = False
                print(text, file=sys.stderr)
            print_row(version, cdk, "refused" if refused else "read", said(text) or "none")
    return passed


def main() -> None:
    """Install, run, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, help="the wheel to test")
    parser.add_argument("--python", nargs="+", default=supported()[::-1])
    parser.add_argument("--cdk", nargs="+", choices=CDKS, default=CDKS)
    parser.add_argument("--node", nargs="+", default=[])
    parser.add_argument(
        "--ask-npm", action="store_true", help="also run a CLI 3 that is newer than the lock file"
    )
    options = parser.parse_args()
    tools()
    chosen_nodes = {name: path for name, path in nodes().items() if name in options.node} or nodes()
    chosen_clis = clis()
    if options.ask_npm:
        chosen_clis |= dict(newer_clis(chosen_clis))
    environments = []
    for environment in (Environment(py, cdk) for py in options.python for cdk in options.cdk):
        try:
            environment.install(options.wheel.resolve())
        except LookupError as error:
            print(error, file=sys.stderr)
        else:
            environments.append(environment)
    passed = check_suites(environments, chosen_nodes)
    print()
    first = {
        cdk: next(one for one in environments if one.cdk == cdk)
        for cdk in options.cdk
        if any(one.cdk == cdk for one in environments)
    }
    # Node 24, with which the other tests run, if it is among the chosen.
    node = chosen_nodes.get("24", next(iter(chosen_nodes.values())))
    passed &= check_clis(first, chosen_clis, node)
    if not passed or len(environments) < len(options.python) * len(options.cdk):
        sys.exit("A combination does not do what it should")


if __name__ == "__main__":
    main()
