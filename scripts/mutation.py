"""
Change the code in small ways, and tell which changes no test notices.

Run by `make mutants`. `python scripts/mutation.py iam validation` runs two of the groups of
`tests/mutation/groups.toml`, `--module arns` some modules of them, and `--again` only those that
survived the last run. `--workers 1` runs one process in place of two.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import queue
import re
import subprocess
import sys
import threading
import time
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mutants.changes import mutants_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mutants.changes import Mutant

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "tests" / "mutation"
BUILD = ROOT / "build" / "mutation"
PYTEST = [
    "-q",
    "-x",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "--no-header",
    "--tb=line",
    "--hypothesis-seed=0",
    # The worker imports packages before pytest can rewrite their assertions.
    "-Wignore::pytest.PytestAssertRewriteWarning",
    f"--rootdir={ROOT}",
]
# So many of the tests that noticed changes of a module run first.
LAST = 12
RESULTS = ("killed", "equivalent", "survived")
# What pytest ends with: no test failed, and no test ran.
UNNOTICED = {0, 5}
# A test failed, or a module or a conftest cannot be imported.
NOTICED = {1, 2, 4, "timeout"}


@dataclass
class Group:
    """Modules, and the tests that have to notice a change of them."""

    name: str
    modules: list[Path]
    tests: list[str]
    cdk: bool
    # Options of pytest that choose among these tests.
    options: list[str] = field(default_factory=list)
    # Which tests run which lines, and how long each takes.
    lines: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    # Which lines run when the modules are imported.
    at_import: dict[str, list[int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def reaches(self, file: str, mutant: Mutant) -> bool:
        """Whether a test, and not only an import, runs the lines of a mutant."""
        lines = self.lines.get(file, {})
        return not mutant.at_import and any(
            lines.get(str(line)) for line in range(mutant.first_line, mutant.last_line + 1)
        )

    def runs_at_import(self, file: str, mutant: Mutant) -> bool:
        """Whether an import runs the lines of a mutant."""
        lines = range(mutant.first_line, mutant.last_line + 1)
        return any(line in lines for line in self.at_import.get(file, []))

    def tests_of(self, file: str, mutant: Mutant) -> dict[str, float]:
        """The tests that run the lines of a mutant."""
        lines = self.lines.get(file, {})
        reached = {
            test
            for line in range(mutant.first_line, mutant.last_line + 1)
            for test in lines.get(str(line), [])
        }
        chosen = set(self.seconds) if mutant.at_import or not reached else reached
        return {test: self.seconds[test] for test in chosen if test in self.seconds}


class Order:
    """The order of tests: what noticed the last changes of a module often notices the next."""

    def __init__(self) -> None:
        self._noticed: dict[str, list[str]] = defaultdict(list)

    def first(self, path: str, tests: dict[str, float]) -> dict[str, float]:
        """Return the tests that noticed the last changes of a module, to run before the others."""
        return {test: -1.0 for test in self._noticed[path][-LAST:] if test in tests}

    def note(self, path: str, output: str) -> None:
        """Note the test that failed."""
        if found := re.search(r"^FAILED (.+?::.+?)(?: - .*)?$", output, re.MULTILINE):
            others = (test for test in self._noticed[path] if test != found[1])
            self._noticed[path] = [*others, found[1]]


class Worker:
    """A process that runs the tests of mutants."""

    def __init__(self, number: int, group: Group) -> None:
        self._command = [
            sys.executable,
            str(ROOT / "scripts" / "mutants" / "worker.py"),
            str(number),
            "cdk" if group.cdk else "plain",
            *PYTEST,
            *group.options,
            *group.tests,
        ]
        self._process: subprocess.Popen[str] | None = None

    def run(self, job: dict[str, Any]) -> dict[str, Any]:
        """Run a job."""
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=os.environ
                | {
                    "PYTHONPATH": os.pathsep.join(
                        [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
                    ),
                    "HYPOTHESIS_STORAGE_DIRECTORY": str(BUILD / "hypothesis"),
                },
            )
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the worker has no pipes")
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the worker ended")
        result: dict[str, Any] = json.loads(answer)
        if result["exit"] == "timeout":
            self.close()
        return result

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait()
            self._process = None


def groups(chosen: Iterable[str]) -> list[Group]:
    """The groups that are asked for, or all."""
    table = tomllib.loads((TABLES / "groups.toml").read_text())
    return [
        Group(
            name,
            [file for pattern in row["modules"] for file in sorted(ROOT.glob(pattern))],
            row["tests"],
            row.get("cdk", False),
            row.get("options", []),
        )
        for name, row in table.items()
        if name in (set(chosen) or set(table))
    ]


def module_of(file: Path) -> str:
    """The name of a module."""
    parts = file.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def digest_of(group: Group) -> str:
    """What the code of a group is known by."""
    digest = hashlib.sha256(repr(group.options).encode())
    folders = [ROOT / "src", ROOT / "tests" / "support"]
    folders += [ROOT / test for test in group.tests]
    for folder in folders:
        for file in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def measured(group: Group) -> None:
    """Run the tests of a group without a change, and note which lines they run."""
    lines = BUILD / f"{group.name}-lines.json"
    state = BUILD / f"{group.name}-state.txt"
    digest = digest_of(group)
    began = time.monotonic()
    if not state.exists() or state.read_text() != digest:
        worker = Worker(0, group)
        arguments = [*PYTEST, *group.options, *group.tests]
        files = [str(file) for file in group.modules]
        result = worker.run(
            {"map": str(lines), "arguments": arguments, "files": files, "timeout": 900}
        )
        worker.close()
        if result["exit"] != 0:
            sys.exit(f"the tests of {group.name} fail without a change:\n{result['output']}")
        state.write_text(digest)
    found = json.loads(lines.read_text())
    group.lines, group.seconds = found["lines"], found["seconds"]
    group.at_import = found["at_import"]
    print(
        f"{group.name}: {len(group.seconds)} tests in {time.monotonic() - began:.0f} s", flush=True
    )


def run_mutant(
    worker: Worker, group: Group, order: Order, file: Path, mutant: Mutant
) -> dict[str, Any]:
    """Run the tests of a mutant."""
    path = str(file.relative_to(ROOT))
    tests = group.tests_of(path, mutant)
    first = order.first(path, tests)

    def run(some: dict[str, float]) -> dict[str, Any]:
        return worker.run(
            {
                "module": mutant.module,
                "path": str(file),
                "source": mutant.source,
                "collected": mutant.at_import or group.reaches(path, mutant),
                "at_import": mutant.at_import,
                "run_at_import": group.runs_at_import(path, mutant),
                "tests": [*(some | first).items()],
                "seconds": tests,
                "arguments": [*PYTEST, *group.options, *files_of(some)],
                "timeout": 30 + 4 * sum(tests[test] for test in some),
            }
        )

    # To import all tests takes seconds, and most mutants are noticed by the same few.
    result = run(first) if mutant.at_import and first else None
    if result is None or result["exit"] in UNNOTICED:
        result = run(tests)
    order.note(path, result["output"])
    return result


def files_of(tests: Iterable[str]) -> list[str]:
    """The files of tests."""
    return sorted({test.split("::")[0] for test in tests})


def run_group(
    group: Group, mutants: list[tuple[Path, Mutant]], workers: int
) -> dict[str, dict[str, Any]]:
    """Run the mutants of a group."""
    waiting: queue.SimpleQueue[tuple[Path, Mutant] | None] = queue.SimpleQueue()
    # Those of functions are faster.
    for one in sorted(mutants, key=lambda one: one[1].at_import):
        waiting.put(one)
    results: dict[str, dict[str, Any]] = {}
    log = (BUILD / f"{group.name}.jsonl").open("a")
    order = Order()

    def work(number: int) -> None:
        worker = Worker(number, group)
        while not waiting.empty():
            try:
                one = waiting.get_nowait()
            except queue.Empty:
                break
            if one is None:
                break
            file, mutant = one
            result = run_mutant(worker, group, order, file, mutant)
            results[mutant.key] = result
            status = "survived" if result["exit"] in UNNOTICED else "killed"
            if result["exit"] not in UNNOTICED | NOTICED:
                status = "broken"
            note = {
                "key": mutant.key,
                "module": mutant.module,
                "line": mutant.first_line,
                "name": mutant.name,
                "status": status,
                "exit": result["exit"],
                "seconds": result["seconds"],
                "output": result["output"][-600:] if result["exit"] != 1 else "",
            }
            log.write(json.dumps(note) + "\n")
            log.flush()
            if status != "killed":
                where = f"{mutant.module}:{mutant.first_line}"
                print(f"{status} {mutant.key} {where} {mutant.name}", flush=True)
        worker.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.close()
    return results


def equivalent() -> dict[str, set[str]]:
    """The mutants that no test can notice, by module."""
    table = tomllib.loads((TABLES / "equivalent.toml").read_text())
    return {
        module: {name for row in rows for name in row["mutants"]} for module, rows in table.items()
    }


def survivors_before(group: Group) -> set[str]:
    """The mutants that survived the last run."""
    file = BUILD / f"{group.name}.jsonl"
    last = {}
    for line in file.read_text().splitlines() if file.exists() else []:
        row = json.loads(line)
        last[row["key"]] = row["status"]
    return {key for key, status in last.items() if status == "survived"}


def chosen_mutants(group: Group, parts: list[str] | None) -> list[tuple[Path, Mutant]]:
    """The mutants of a group, or of the modules whose path has one of some texts."""
    return [
        (file, mutant)
        for file in group.modules
        if not parts or any(part in str(file) for part in parts)
        for mutant in mutants_of(file, module_of(file))
    ]


def unknown(argued: dict[str, set[str]], mutants: list[tuple[Path, Mutant]]) -> list[str]:
    """Name what is argued, and is no mutant."""
    names = defaultdict(set)
    for _, mutant in mutants:
        names[mutant.module].add(mutant.name)
    return [
        f"equivalent.toml has a mutant of {module} that does not exist: {name}"
        for module in names
        for name in sorted(argued.get(module, set()) - names[module])
    ]


def judged(mutant: Mutant, ended: int | str, argued: dict[str, set[str]]) -> tuple[str, str]:
    """What became of a mutant, and what is wrong with that."""
    is_argued = mutant.name in argued.get(mutant.module, set())
    name = f"{mutant.module}: {mutant.name}"
    if ended in UNNOTICED:
        return ("equivalent", "") if is_argued else ("survived", f"no test notices {name}")
    if ended not in NOTICED:
        return "broken", f"the tests broke off with {ended}: {name}"
    return "killed", f"a test notices what equivalent.toml has, {name}" if is_argued else ""


def main() -> None:
    """Run the groups."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="*", help="names of groups; without any, all run")
    parser.add_argument("--module", action="append", help="only modules whose path has this text")
    parser.add_argument("--again", action="store_true", help="only what survived the last run")
    parser.add_argument("--workers", type=int, default=2, help="processes; without it, 2")
    arguments = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    argued = equivalent()
    wrong: list[str] = []
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for group in groups(arguments.groups):
        began = time.monotonic()
        mutants = chosen_mutants(group, arguments.module)
        wrong += unknown(argued, mutants)
        if arguments.again:
            before = survivors_before(group)
            mutants = [one for one in mutants if one[1].key in before]
        measured(group)
        results = run_group(group, mutants, arguments.workers)
        for _, mutant in mutants:
            status, problem = judged(mutant, results[mutant.key]["exit"], argued)
            totals[mutant.module][status] += 1
            wrong += [problem] if problem else []
        print(f"{group.name}: {time.monotonic() - began:.0f} s", flush=True)
    print("module | mutants | killed | equivalent | survived")
    for module, counts in totals.items():
        print(module, counts.total(), *(counts[one] for one in RESULTS))
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
