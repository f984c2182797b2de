"""``python -m cdk_ivs.rules TEMPLATE…``: the rules, for templates of any origin."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from ._catalog import BY_ID, Severity
from ._engine import Engine, EngineError
from ._output import as_json, as_sarif, as_text
from ._parallel import check_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._engine import Finding

_CLEAN = 0
_ERRORS = 1
_UNREAD = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Check templates, and print what is found.

    Args:
        arguments: Those of the command line.

    Returns:
        The exit code: 0 without errors, 1 with errors, 2 if a template could not be checked.
    """
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # Names of files and resources may have characters that the stream does not take.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        engine = Engine()
    except EngineError as error:
        print(f"cdk_ivs.rules: {error}", file=sys.stderr)
        return _UNREAD
    findings: list[Finding] = []
    unread: dict[str, str] = {}
    results = check_all(engine, options.templates)
    for template, found in zip(options.templates, results, strict=True):
        if isinstance(found, EngineError):
            unread[template] = str(found)
            print(f"{template}: {found}", file=sys.stderr)
        else:
            findings += found
    findings = [finding for finding in findings if finding.rule.id not in options.ignore]
    text = {
        "text": lambda: as_text(findings),
        "json": lambda: as_json(findings),
        "sarif": lambda: as_sarif(findings, unread),
    }[options.format]()
    if text:
        _print(text)
    if unread:
        return _UNREAD
    stops = any(options.strict or found.rule.severity is Severity.ERROR for found in findings)
    return _ERRORS if stops else _CLEAN


def _print(text: str) -> None:
    """Print, also to a program that has read enough, as `head` does."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Python would try again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m cdk_ivs.rules",
        description="Check CloudFormation templates against the rules for Amazon IVS.",
        epilog="The exit code is 0 if no error is found, 1 if an error is found, and 2 if a "
        "template cannot be checked.",
    )
    parser.add_argument(
        "templates",
        nargs="+",
        metavar="TEMPLATE",
        help="the file of a CloudFormation or SAM template, in YAML or JSON",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "sarif"),
        default="text",
        help="the format of the output (default: %(default)s)",
    )
    parser.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="ID",
        type=_rule_id,
        help="leave out the findings of this rule; can be used more than once",
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 if a warning is found, too"
    )
    return parser


def _rule_id(text: str) -> str:
    if text not in BY_ID:
        raise argparse.ArgumentTypeError(f"{text!r} is not a rule: use IVS-001 to {max(BY_ID)}")
    return text


def _run() -> NoReturn:
    """Run the command, and end the process without freeing the engine, which takes time."""
    # The process ends before there is much to collect.
    gc.disable()
    code = main()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _run()
