"""What checkov finds in templates."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any, NamedTuple

from .arguments import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aws_cdk import App, Stack

# The command, which `make scan` names. It is in an environment of its own.
COMMAND = os.environ.get("CHECKOV")


class Scan(NamedTuple):
    """
    What checkov says about the template of an app.

    Attributes:
        found: The findings.
        skipped: The findings that the metadata of a resource suppresses.
    """

    found: list[Finding]
    skipped: list[Finding]


def scan(apps: Sequence[tuple[App, Stack]]) -> list[Scan]:
    """Synthesize apps, and run all rules for CloudFormation over their templates."""
    assert COMMAND, "CHECKOV names no command: run `make scan`"
    paths = {_template(app, stack): stack.node.path for app, stack in apps}
    # With --soft-fail, checkov would return 0 in any case. It asks no server without a key.
    process = subprocess.run(
        [
            COMMAND,
            "--framework=cloudformation",
            "--output=json",
            "--skip-download",
            "--compact",
            "--file",
            *map(str, paths),
        ],
        capture_output=True,
        check=False,
        text=True,
    )
    assert process.returncode in {0, 1}, process.stderr
    report = json.loads(process.stdout)
    assert report["summary"]["parsing_errors"] == 0, report
    assert (process.returncode == 1) is (report["summary"]["failed"] > 0)
    return [_scan_of(template, stack, report["results"]) for template, stack in paths.items()]


def _template(app: App, stack: Stack) -> Path:
    from pathlib import Path

    return Path(app.synth().directory, stack.template_file)


def _scan_of(template: Path, stack: str, results: dict[str, list[dict[str, Any]]]) -> Scan:
    metadata = json.loads(
        template.with_name(template.name.replace(".template.", ".metadata.")).read_text()
    )
    paths = {
        entry["data"]: path.strip("/").removeprefix(f"{stack}/")
        for path, entries in metadata.items()
        for entry in entries
        if entry["type"] == "aws:cdk:logicalId"
    }

    def findings(kind: str) -> list[Finding]:
        return sorted(
            Finding(each["check_id"], *_resource(each["resource"], paths))
            for each in results[kind]
            if each["file_abs_path"] == str(template)
        )

    return Scan(findings("failed_checks"), findings("skipped_checks"))


def _resource(address: str, paths: dict[str, str]) -> tuple[str, str]:
    """The type and the path of a resource, whose address is its type and its logical ID."""
    kind, _, logical_id = address.rpartition(".")
    return kind, paths[logical_id]
