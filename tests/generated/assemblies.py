"""Cloud assemblies of plans, as the bytes of all their files."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .building import Builder, app_of
from .plans import AppPlan
from .steps import Step

Assembly = Mapping[str, bytes]
"""The files of a cloud assembly by their path."""

REPORT = "validation-report.json"


def synthesized(plan: AppPlan, steps: Sequence[Step]) -> tuple[Assembly, list[str]]:
    """The cloud assembly of a plan, and the codes of what was refused in it on purpose."""
    with tempfile.TemporaryDirectory() as directory:
        app = app_of(plan, directory)
        builder = Builder(app)
        builder.build(plan, steps)
        app.synth()
        files = {
            str(path.relative_to(directory)): path.read_bytes()
            for path in sorted(Path(directory).rglob("*"))
            if path.is_file()
        }
    if REPORT in files:
        files[REPORT] = _lasting(files[REPORT], directory)
    return files, builder.refused


def _lasting(report: bytes, directory: str) -> bytes:
    """A report without the name of the folder."""
    return report.replace(directory.encode(), b"cdk.out")


def digests_of(assembly: Assembly) -> dict[str, str]:
    """A short text for each file, to compare those of other processes."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in assembly.items()}


def templates_of(assembly: Assembly) -> dict[str, dict[str, Any]]:
    """The templates, those of nested stacks too, by their path."""
    return {
        name: json.loads(content)
        for name, content in assembly.items()
        if name.endswith(".template.json")
    }
