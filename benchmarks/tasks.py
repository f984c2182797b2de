"""What a child process measures: each task prints its report as one line of JSON."""

from __future__ import annotations

import atexit
import importlib
import json
import resource
import sys
import time
from importlib.metadata import version
from typing import Any

from .libraries import MODULES, OURS, add_channels

HEAVY_MODULES = (
    "aws_cdk.aws_cloudwatch",
    "aws_cdk.aws_events",
    "aws_cdk.aws_kms",
    "aws_cdk.aws_lambda",
    "aws_cdk.aws_s3",
    "aws_cdk.custom_resources",
)
"""Modules of the CDK that each take longer to load than this library."""

# ru_maxrss is in kilobytes, but in bytes on macOS.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def main(task: str, *arguments: str) -> None:
    """Run a task, and report when jsii has ended node, so that node's memory is known too."""
    report: dict[str, Any] = {}
    atexit.register(_print_report, report)
    match task, arguments:
        case "app", (library, channels, directory):
            _build_app(library, int(channels), directory)
        case "counts", libraries:
            _count(report, libraries)
        case "import", (library,):
            _import(report, library)
        case "memory", (library, channels):
            _retain(report, library, int(channels))
        case "recordings", (way, directory):
            _build_recordings(way, directory)
        case "rules", (stacks, rules, directory):
            _build_with_rules(int(stacks), rules, directory)
        case "scale", (library, channels, directory):
            _scale(report, library, int(channels), directory)
        case "tokens", (pairs,):
            _measure_tokens(report, int(pairs))
        case _:
            raise ValueError(task, arguments)


def _print_report(report: dict[str, Any]) -> None:
    """
    Print the report with the peak memory, both processes' as the kernel saw them.

    RUSAGE_CHILDREN is the largest of the processes that have ended: jsii starts one of Node, and
    that another, in which the CDK runs.
    """
    for process, who in (
        ("python", resource.RUSAGE_SELF),
        ("node", resource.RUSAGE_CHILDREN),
    ):
        report[process] = resource.getrusage(who).ru_maxrss * _RSS_UNIT
    print(json.dumps(report))


def _build_app(library: str, channels: int, directory: str) -> None:
    from aws_cdk import App, Stack

    app = App(outdir=directory, analytics_reporting=False)
    add_channels(library, Stack(app, "Stack"), range(channels), keys=True)
    app.synth()


def _build_recordings(way: str, directory: str) -> None:
    from aws_cdk import App, Stack

    from .recordings import add_by_hand, add_by_pattern

    app = App(outdir=directory, analytics_reporting=False)
    (add_by_pattern if way == OURS else add_by_hand)(Stack(app, "Stack"))
    app.synth()


def _build_with_rules(stacks: int, rules: str, directory: str) -> None:
    from .rules import build_app

    build_app(directory, stacks, rules=rules == "True")


def _count(report: dict[str, Any], libraries: tuple[str, ...]) -> None:
    from .counts import count_messages

    report["versions"] = {
        "aws-cdk-lib": version("aws-cdk-lib"),
        "aws-ivs-alpha": version("aws-cdk.aws-ivs-alpha"),
    }
    report["counts"] = {
        library: count_messages(library, importlib.import_module(MODULES[library]))
        for library in libraries
    }


def _import(report: dict[str, Any], library: str) -> None:
    import aws_cdk  # noqa: F401 - loaded before the time is taken

    from .messages import sent_messages

    loaded = set(sys.modules)
    with sent_messages() as messages:
        start = time.perf_counter()
        importlib.import_module(MODULES[library])
        report["seconds"] = time.perf_counter() - start
    report["messages"] = len(messages)
    report["heavy"] = sorted(set(sys.modules).intersection(HEAVY_MODULES) - loaded)


def _retain(report: dict[str, Any], library: str, channels: int) -> None:
    from .memory import retained_bytes

    report["retained"] = retained_bytes(library, channels)


def _scale(report: dict[str, Any], library: str, channels: int, directory: str) -> None:
    from .scale import build_app

    report["messages"] = build_app(library, channels, directory).total()


def _measure_tokens(report: dict[str, Any], pairs: int) -> None:
    from .tokens import measure_requests, measure_tokens

    report["times"] = measure_tokens(pairs)
    report["requests"] = measure_requests(pairs)


if __name__ == "__main__":
    main(*sys.argv[1:])
