"""Fixtures for the whole suite."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

# Before aws_cdk is imported: jsii starts the first node on the path, which must be the one of
# the virtual environment also when its pytest is called by its path.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

from tests.support.arns import ACCOUNT, REGION
from tests.support.error_codes import compare_codes

# The fixtures import it: the process that distributes the tests needs none of it, and the oldest
# takes six seconds.
if TYPE_CHECKING:
    from collections.abc import Generator

    from aws_cdk import App, Stack

# Measuring makes a test a quarter slower. These go over lines again that tests of their own reach;
# a line that only they reach would be reported as not covered.
UNMEASURED = {"benchmarks", "examples", "generated", "parity"}

# How long an example takes is measured in benchmarks, and depends on what else the machine does.
settings.register_profile("cdk-ivs", deadline=None)
settings.load_profile("cdk-ivs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Leave the rehearsals out, which need the emulator, unless ``-m`` names them.

    What cfn-lint says depends on the text of a template. The texts are compared with golden ones,
    and with alpha's, with each aws-cdk-lib: one run of cfn-lint is enough.
    """
    for item in items:
        names = item.function.__code__.co_names if isinstance(item, pytest.Function) else ()
        if "cfn_lint_findings" in names:
            item.add_marker(pytest.mark.once)
            item.add_marker(pytest.mark.unmeasured)
        if item.path.parent.name in UNMEASURED:
            item.add_marker(pytest.mark.unmeasured)
    if re.search(r"\brehearsal\b", config.option.markexpr):
        return
    rehearsals = [item for item in items if item.get_closest_marker("rehearsal")]
    items[:] = [item for item in items if item not in rehearsals]
    config.hook.pytest_deselected(items=rehearsals)


# With the number of the token in the process, two processes would collect different tests.
_TOKEN = re.compile(r"\$\{Token\[(.*?)\.\d+\]\}|-1\.888154\d*(e\+289)")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name tokens among the parameters of tests without the number that the CDK gives them."""
    shown = str(val) if isinstance(val, str | float) else ""
    return _TOKEN.sub(r"<\1\2>", shown) if _TOKEN.search(shown) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure the coverage of tests without the mark ``unmeasured``, and of their processes."""
    tracer = sys.gettrace()
    if tracer is None or item.get_closest_marker("unmeasured") is None:
        return (yield)
    of_processes = {name: os.environ[name] for name in os.environ if name.startswith("COVERAGE_")}
    for name in of_processes:
        del os.environ[name]
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)
        os.environ.update(of_processes)


def pytest_runtest_setup() -> None:
    """Compare the codes of errors with their page, once the library is imported."""
    compare_codes()


def pytest_sessionfinish() -> None:
    """Save the measured coverage: a process that takes ten seconds to exit is killed by xdist."""
    coverage = sys.modules.get("coverage")
    measured = coverage and coverage.Coverage.current()
    if measured:
        measured.save()


@pytest.fixture
def app(tmp_path: Path, request: pytest.FixtureRequest) -> App:
    """An app that writes into a temporary folder."""
    from aws_cdk import App

    from tests.support.validation import UNVALIDATED

    # The report of the CDK's validation is written for the modules that read it.
    options = {} if hasattr(request.module, "cdk_findings") else UNVALIDATED
    return App(outdir=str(tmp_path / "cdk.out"), analytics_reporting=False, **options)


@pytest.fixture
def stack(app: App) -> Stack:
    """A stack whose account and Region are not known."""
    from aws_cdk import Stack

    return Stack(app, "Stack")


@pytest.fixture
def located_stack(app: App) -> Stack:
    """A stack whose account and Region are known."""
    from aws_cdk import Environment, Stack

    return Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))
