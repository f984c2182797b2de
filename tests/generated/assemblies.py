"""Cloud assemblies of plans, as the bytes of all their files."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .building import Builder, app_of
from .plans import AppPlan
from .steps import Step

Assembly = Mapping[str, bytes]
"""The files of a cloud assembly by their path."""

REPORT = "validation-report.json"
_VARYING = (b'"trace"', b'"stackTraces"', b"jsii-kernel")


def synthesized(plan: AppPlan, steps: Sequence[Step]) -> tuple[Assembly, list[str]]:
    """The cloud assembly of a plan, and the codes of what was refused in it on purpose."""
    with tempfile.TemporaryDirectory() as directory:
        app = app_of(plan, directory)
        builder = Builder(app)
        builder.build(plan, steps)
        refused = builder.refused
        app.synth()
        files = {
            str(path.relative_to(directory)): path.read_bytes()
            for path in sorted(Path(directory).rglob("*"))
            if path.is_file()
        }
    return {name: _lasting(name, content, directory) for name, content in files.items()}, refused


def _lasting(name: str, content: bytes, directory: str) -> bytes:
    """
    A file without what the CDK makes vary.

    That is the folder of the assembly in the report of the validation, and the traces of messages
    and of properties: they have the folders into which jsii unpacked itself and the CDK.
    """
    if "asset." in name or not any(each in content for each in (*_VARYING, directory.encode())):
        return content
    text = json.dumps(_without_traces(json.loads(content)), indent=1)
    return re.sub(r"/[\w/]*/jsii-kernel-\w+/", "", text).replace(directory, "cdk.out").encode()


def _without_traces(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_traces(item) for item in value]
    if isinstance(value, dict):
        return {
            key: _without_traces(item)
            for key, item in value.items()
            if key not in {"trace", "stackTraces"}
        }
    return value


def texts_of(assembly: Assembly) -> dict[str, str]:
    """The text of each file, and of the files of assets a digest, to compare other processes'."""
    return {
        name: hashlib.sha256(content).hexdigest() if "asset." in name else content.decode()
        for name, content in assembly.items()
    }


def templates_of(assembly: Assembly) -> dict[str, dict[str, Any]]:
    """The templates, those of nested stacks too, by their path."""
    return {
        name: json.loads(content)
        for name, content in assembly.items()
        if name.endswith(".template.json")
    }


def assert_same(what: str, one: Mapping[str, str], other: Mapping[str, str]) -> None:
    """Fail, with the lines that differ, unless both have the same texts."""
    __tracebackhide__ = True
    if one != other:
        lines = [
            line
            for name in sorted({*one, *other})
            for line in difflib.unified_diff(
                other.get(name, "").splitlines(), one.get(name, "").splitlines(), name, lineterm=""
            )
        ]
        raise AssertionError("\n".join([f"not the same: {what}", *lines]))


def assert_nothing(what: str, found: Iterable[object]) -> None:
    """Fail unless nothing was found."""
    __tracebackhide__ = True
    items = list(found)
    if items:
        raise AssertionError(f"{what}: {items}")
