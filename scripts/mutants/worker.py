"""
Run the tests of one mutant after the other, each in a fork of this process.

A fork has the packages of others in memory, and imports the library anew, with one module changed.
The forks use the Node.js process of jsii one after the other. Reads jobs from standard input, and
writes a result for each, as lines of JSON.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent
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
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
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


class _Chosen:
    """Runs the chosen tests, the fastest first, and measures what each of them runs."""

    def __init__(self, chosen: dict[str, float] | None, coverage: Any) -> None:  # noqa: ANN401 - has no types
        self._chosen = chosen
        self._coverage = coverage
        self.seconds: dict[str, float] = {}

    def pytest_collection_modifyitems(self, config: Any, items: list[Any]) -> None:  # noqa: ANN401, ARG002 - of pytest
        if self._chosen is not None:
            chosen = self._chosen
            items[:] = sorted(
                (item for item in items if item.nodeid in chosen),
                key=lambda item: chosen[item.nodeid],
            )

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        if self._coverage:
            self._coverage.switch_context(nodeid)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        if self._coverage:
            self._coverage.switch_context("")

    def pytest_runtest_logreport(self, report: Any) -> None:  # noqa: ANN401 - of pytest
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration


def _measure(job: dict[str, Any]) -> int:
    """Run all tests, and write which of them run which lines."""
    import coverage
    import pytest

    measured = coverage.Coverage(data_file=None, config_file=False, source=[str(ROOT / "src")])
    plugin = _Chosen(None, measured)
    measured.start()
    code = pytest.main(job["arguments"], plugins=[plugin])
    measured.stop()
    data = measured.get_data()
    lines = {}
    for file in data.measured_files():
        contexts = data.contexts_by_lineno(file)
        lines[str(Path(file).relative_to(ROOT))] = {
            str(line): [one for one in names if one] for line, names in contexts.items()
        }
    Path(job["map"]).write_text(json.dumps({"lines": lines, "seconds": plugin.seconds}))
    return int(code)


def _child(job: dict[str, Any]) -> int:
    import pytest

    if "map" in job:
        return _measure(job)
    if job.get("source") is not None:
        sys.meta_path.insert(0, _Finder(job["module"], job["path"], job["source"]))
    chosen = dict(job["tests"]) if job.get("tests") is not None else None
    return int(pytest.main(job["arguments"], plugins=[_Chosen(chosen, None)]))


def _run(job: dict[str, Any], log: Path) -> dict[str, Any]:
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.setsid()
            to = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            for stream in (1, 2):
                os.dup2(to, stream)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            code = _child(job)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    status = None
    while status is None and time.monotonic() - began < job["timeout"]:
        pid, waited = os.waitpid(child, os.WNOHANG)
        status = os.waitstatus_to_exitcode(waited) if pid else None
        time.sleep(0 if pid else 0.01)
    if status is None:
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return {
        "exit": "timeout" if status is None else status,
        "seconds": round(time.monotonic() - began, 2),
        "output": log.read_text(errors="replace")[-3000:],
    }


def main() -> None:
    """Run the jobs."""
    number, with_cdk = int(sys.argv[1]), sys.argv[2] == "cdk"
    sys.path.insert(0, str(ROOT))
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    os.environ["AWS_CDK_DISABLE_VERSION_CHECK"] = "1"
    for module in PRELOADED + (PRELOADED_CDK if with_cdk else []):
        importlib.import_module(module)
    log = ROOT / "build" / "mutation" / f"worker-{number}.log"
    # What a test prints must not get between the results.
    results = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        result = _run(json.loads(line), log)
        results.write(json.dumps(result) + "\n")
        results.flush()
        if result["exit"] == "timeout":
            # A test that was stopped may have left a half message to Node.js.
            break


if __name__ == "__main__":
    main()
