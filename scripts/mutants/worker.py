"""
Run the tests of one mutant after the other, each in a fork of this process.

A fork has the packages of others in memory, and imports the library again, with one module changed.
The forks use the Node.js process of jsii one after the other. Reads jobs from standard input, and
writes a result for each, as lines of JSON.
"""

from __future__ import annotations

import gc
import importlib
import importlib.abc
import importlib.util
import json
import os
import re
import signal
import sys
import time
import traceback
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent
# The change is outside of the functions in memory, so the fork imports the module again.
ELSEWHERE = 71
# What pytest ends with if a module cannot be imported.
NOT_IMPORTED = 2
# A test does not end, because a mutant waits forever.
ENDLESS = 72
PRELOADED = [
    "pytest",
    "_pytest.assertion.rewrite",
    "hypothesis",
    "syrupy",
    "unittest.mock",
    "http.server",
    "jwt",
    "joserfc.jws",
    "joserfc.jwk",
    "cryptography.hazmat.primitives.asymmetric.ec",
    "cryptography.hazmat.primitives.serialization",
    "cryptography.x509",
    "botocore.session",
    "boto3",
]
# With jsii, whose Node.js process starts with the first of them.
PRELOADED_CDK = [
    "aws_cdk",
    "aws_cdk.aws_cloudwatch",
    "aws_cdk.aws_events",
    "aws_cdk.aws_events_targets",
    "aws_cdk.aws_iam",
    "aws_cdk.aws_ivs",
    "aws_cdk.aws_ivschat",
    "aws_cdk.aws_kms",
    "aws_cdk.aws_lambda",
    "aws_cdk.aws_logs",
    "aws_cdk.aws_s3",
    "aws_cdk.aws_secretsmanager",
    "aws_cdk.assertions",
]


class _Changed(importlib.abc.InspectLoader):
    """Loads a module from a changed source."""

    def __init__(self, source: str, path: str) -> None:
        self._source = source
        self._path = path

    def get_source(self, fullname: str) -> str:  # noqa: ARG002 - the loader of one module
        return self._source

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the loader of one module
        return compile(self._source, self._path, "exec")

    def exec_module(self, module: ModuleType) -> None:
        exec(self.get_code(module.__name__), module.__dict__)  # noqa: S102 - that is the module


class _Finder(importlib.abc.MetaPathFinder):
    """Finds one module in its changed form."""

    def __init__(self, module: str, path: str, source: str) -> None:
        self._module = module
        self._path = path
        self._source = source

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - of the protocol
        target: ModuleType | None = None,  # noqa: ARG002 - of the protocol
    ) -> ModuleSpec | None:
        """Find the module."""
        if fullname != self._module:
            return None
        return importlib.util.spec_from_file_location(
            fullname,
            self._path,
            loader=_Changed(self._source, self._path),
            submodule_search_locations=(
                [str(Path(self._path).parent)] if self._path.endswith("__init__.py") else None
            ),
        )


class _Noticed:
    """Notes the test that failed. What is printed is captured, so it is added to the log."""

    def __init__(self, log: Path) -> None:
        self._log = log

    def pytest_runtest_logreport(self, report: Any) -> None:  # noqa: ANN401 - of pytest
        """Note a failed test, as the summary of pytest does."""
        if report.failed:
            with self._log.open("a") as log:
                log.write(f"\nFAILED {report.nodeid}\n")


class _Chosen:
    """Runs the chosen tests, the fastest first, and measures what each of them runs."""

    def __init__(self, chosen: dict[str, float] | None, coverage: Any) -> None:  # noqa: ANN401 - has no types
        self._chosen = chosen
        self._coverage = coverage
        self.seconds: dict[str, float] = {}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Leave out what is not chosen."""
        if self._chosen is not None:
            items[:] = _in_order(items, self._chosen)

    def pytest_collection_finish(self, session: Any) -> None:  # noqa: ANN401 - of pytest
        """Measure what the suite leaves unmeasured too: some notice what no other test does."""
        for item in session.items:
            item.own_markers = [mark for mark in item.own_markers if mark.name != "unmeasured"]

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Note which test runs."""
        if self._coverage:
            forget_results()
            self._coverage.switch_context(nodeid)

    def pytest_runtest_logfinish(self) -> None:
        """Note that none runs."""
        if self._coverage:
            self._coverage.switch_context("")

    def pytest_runtest_logreport(self, report: Any) -> None:  # noqa: ANN401 - of pytest
        """Note how long a test takes."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration


def _in_order(items: list[Any], chosen: dict[str, float]) -> list[Any]:
    return sorted(
        (item for item in items if item.nodeid in chosen), key=lambda item: chosen[item.nodeid]
    )


class _Collected:
    """Collects the tests once, and runs those of a mutant in a fork that changes its function."""

    def __init__(self, jobs: int, results: int, log: Path) -> None:
        self._jobs = jobs
        self._results = results
        self._log = log
        self._functions: dict[str, list[FunctionType]] = {}

    def pytest_runtestloop(self, session: Any) -> bool:  # noqa: ANN401 - of pytest
        """Run the jobs."""
        with os.fdopen(self._jobs) as jobs, os.fdopen(self._results, "w") as results:
            self._functions = functions_by_file()
            # The garbage collections of the forks leave what they share with this process alone.
            gc.freeze()
            for line in jobs:
                job = json.loads(line)
                result = run_fork(lambda job=job: self._child(session, job), job, self._log)  # type: ignore[misc]
                results.write(json.dumps(result) + "\n")
                results.flush()
                if result["exit"] == "timeout":
                    break
        return True

    def _child(self, session: Any, job: dict[str, Any]) -> int:  # noqa: ANN401 - of pytest
        at_import = job["at_import"]
        functions = self._functions.get(job["path"], [])
        try:
            if at_import:
                is_changed = change_values(job["module"], job["path"], job["source"])
            else:
                is_changed = change_functions(job["path"], job["source"], functions)
        except ImportError:
            return NOT_IMPORTED
        if not is_changed:
            return ELSEWHERE
        items = _in_order(session.items, dict(job["tests"]))
        signal.signal(signal.SIGALRM, lambda *_: os._exit(ENDLESS))
        for item, following in zip(items, [*items[1:], None], strict=True):
            signal.alarm(20 + int(10 * job["seconds"][item.nodeid]))
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return 1
        # What modules make of a value or a function when they are imported has not changed.
        return ELSEWHERE if at_import or job["run_at_import"] else 0


def codes_of(code: CodeType) -> Iterator[CodeType]:
    """The code of functions in the code of a module, in the order of the source."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from codes_of(constant)


def functions_by_file() -> dict[str, list[FunctionType]]:
    """
    The functions in memory, by the file that they are from.

    Found once and not in each fork: to look at all objects copies the memory of the process.
    """
    found: dict[str, list[FunctionType]] = {}
    for function in gc.get_objects():
        if isinstance(function, FunctionType):
            found.setdefault(function.__code__.co_filename, []).append(function)
    return found


def change_functions(path: str, source: str, functions: Iterable[FunctionType]) -> bool:
    """Give the functions of a module, which is imported, their changed code."""
    before = list(codes_of(compile(Path(path).read_text(), path, "exec")))
    after = list(codes_of(compile(source, path, "exec")))
    if [one.co_qualname for one in before] != [one.co_qualname for one in after]:
        return False
    changed = {
        (old.co_qualname, old.co_firstlineno): new
        for old, new in zip(before, after, strict=True)
        if old != new
    }
    found = False
    for function in functions:
        old = function.__code__
        new = changed.get((old.co_qualname, old.co_firstlineno))
        if new is not None and new.co_freevars == old.co_freevars:
            function.__code__ = new
            found = True
    return found


def change_values(module: str, path: str, source: str) -> bool:
    """
    Give a module, which is imported, its changed values, and its functions their changed defaults.

    Raises ImportError if the changed module cannot be imported.
    """
    unchanged = _executed(module, path, Path(path).read_text())
    try:
        changed = _executed(module, path, source)
    except Exception as error:
        raise ImportError(path) from error
    namespace = vars(sys.modules[module])
    found = False
    for name, value in changed.items():
        old = namespace.get(name)
        if isinstance(value, FunctionType) and isinstance(old, FunctionType):
            if old.__code__ == value.__code__ and _defaults(unchanged[name]) != _defaults(value):
                old.__defaults__, old.__kwdefaults__ = _defaults(value)
                found = True
        elif _is_plain(value) and _is_plain(unchanged.get(name)) and unchanged.get(name) != value:
            for other in list(sys.modules.values()):
                if getattr(other, "__dict__", {}).get(name) is old:
                    setattr(other, name, value)
            found = True
    return found


def _executed(module: str, path: str, source: str) -> dict[str, Any]:
    package = module if path.endswith("__init__.py") else module.rpartition(".")[0]
    namespace: dict[str, Any] = {"__name__": module, "__package__": package, "__file__": path}
    exec(compile(source, path, "exec"), namespace)  # noqa: S102 - that is the module
    return {name: value for name, value in namespace.items() if not name.startswith("__")}


def _defaults(function: FunctionType) -> tuple[Any, Any]:
    return function.__defaults__, function.__kwdefaults__


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_is_plain, [*value.keys(), *value.values()]))
    if isinstance(value, list | tuple | frozenset | set):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | bytes | int | float | re.Pattern)


def forget_results() -> None:
    """
    Empty the caches of the tests' own functions.

    A cached result hides which lines a test needs: only the first of several tests runs them.
    """
    for module in [each for name, each in sys.modules.items() if name.startswith("tests.")]:
        for value in vars(module).values():
            clear = getattr(value, "cache_clear", None)
            if clear is not None and getattr(value, "__module__", "").startswith("tests."):
                clear()


def _measure(job: dict[str, Any]) -> int:
    """Run all tests, and write which of them run which lines."""
    import coverage
    import pytest

    # Recording the lines of all modules would triple the time of the tests.
    measured = coverage.Coverage(data_file=None, config_file=False, include=job["files"])
    plugin = _Chosen(None, measured)
    measured.start()
    code = pytest.main(job["arguments"], plugins=[plugin])
    measured.stop()
    data = measured.get_data()
    lines, at_import = {}, {}
    for file in data.measured_files():
        contexts = data.contexts_by_lineno(file)
        name = str(Path(file).relative_to(ROOT))
        lines[name] = {str(line): [one for one in names if one] for line, names in contexts.items()}
        # Those that ran outside of tests.
        at_import[name] = [line for line, names in contexts.items() if "" in names]
    found = {"lines": lines, "at_import": at_import, "seconds": plugin.seconds}
    Path(job["map"]).write_text(json.dumps(found))
    return int(code)


def _child(job: dict[str, Any]) -> int:
    import pytest

    if "map" in job:
        return _measure(job)
    if job.get("source") is not None:
        sys.meta_path.insert(0, _Finder(job["module"], job["path"], job["source"]))
    chosen = dict(job["tests"]) if job.get("tests") is not None else None
    return int(pytest.main(job["arguments"], plugins=[_Chosen(chosen, None)]))


def run_fork(work: Callable[[], int], job: dict[str, Any], log: Path) -> dict[str, Any]:
    """Do work in a fork of this process."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.setsid()
            to = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            for stream in (1, 2):
                os.dup2(to, stream)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            code = work()
        except BaseException:  # noqa: BLE001 - the fork must not run the code of its parent
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    status = None
    while status is None and time.monotonic() - began < job["timeout"]:
        pid, waited = os.waitpid(child, os.WNOHANG)
        status = os.waitstatus_to_exitcode(waited) if pid else None
        if status is None:
            time.sleep(0.005)
    if status is None:
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return {
        "exit": "timeout" if status in {None, ENDLESS} else status,
        "seconds": round(time.monotonic() - began, 2),
        "output": log.read_text(errors="replace")[-3000:],
    }


class Collected:
    """A process that has imported the library and collected the tests."""

    def __init__(self, arguments: list[str], log: Path) -> None:
        self._arguments = arguments
        self._log = log
        self._pipes: tuple[Any, Any] | None = None

    def run(self, job: dict[str, Any]) -> dict[str, Any]:
        """Run a job."""
        if self._pipes is None:
            self._pipes = self._start()
        jobs, results = self._pipes
        jobs.write(json.dumps(job) + "\n")
        jobs.flush()
        answer = results.readline()
        if not answer:
            return {"exit": 70, "seconds": 0, "output": "the collected tests are gone"}
        result: dict[str, Any] = json.loads(answer)
        return result

    def _start(self) -> tuple[Any, Any]:
        jobs_out, jobs_in = os.pipe()
        results_out, results_in = os.pipe()
        if os.fork() == 0:
            try:
                os.close(jobs_in)
                os.close(results_out)
                import pytest

                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
                plugin = _Collected(jobs_out, results_in, self._log)
                pytest.main(self._arguments, plugins=[plugin, _Noticed(self._log)])
            finally:
                os._exit(0)
        os.close(jobs_out)
        os.close(results_in)
        return os.fdopen(jobs_in, "w"), os.fdopen(results_out)


def main() -> None:
    """Run the jobs."""
    number, with_cdk, *arguments = sys.argv[1:]
    sys.path.insert(0, str(ROOT))
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for module in PRELOADED + (PRELOADED_CDK if with_cdk == "cdk" else []):
        importlib.import_module(module)
    log = ROOT / "build" / "mutation" / f"worker-{number}.log"
    # What a test prints must not get between the results.
    results = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    collected = Collected(arguments, log)
    for line in sys.stdin:
        job = json.loads(line)
        result = collected.run(job) if job.get("collected") else {"exit": ELSEWHERE}
        if result["exit"] == ELSEWHERE:
            result = run_fork(lambda job=job: _child(job), job, log)  # type: ignore[misc]
        results.write(json.dumps(result) + "\n")
        results.flush()
        if result["exit"] == "timeout":
            # A test that was stopped may have left a half message to Node.js.
            break


if __name__ == "__main__":
    main()
