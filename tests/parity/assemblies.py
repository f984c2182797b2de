"""One app, built with either library, as texts that can be compared."""

from __future__ import annotations

import difflib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from aws_cdk import App, Stack, aws_ivs_alpha

import cdk_ivs
from tests.support.validation import UNVALIDATED

Build = Callable[[App, ModuleType], object]
"""Makes an app with the constructs of the module: alpha's or ours."""

Assembly = Mapping[str, str]
"""The files of a cloud assembly by their path, without what is about the library itself."""

# As the CLI has it: each resource names its construct, so that paths are compared in templates.
_CONTEXT = {"aws:cdk:enable-path-metadata": True}


def assert_same(
    build: Build,
    *,
    context: Mapping[str, object] | None = None,
    alpha: ModuleType = aws_ivs_alpha,
    ours: ModuleType = cdk_ivs,
) -> None:
    """Fail, with the lines that differ, unless both modules give the same cloud assembly."""
    __tracebackhide__ = True
    expected = assemble(build, alpha, context)
    if "ivs" not in "".join(expected.values()).lower():
        raise AssertionError("the app has nothing of IVS in it")
    got = assemble(build, ours, context)
    if got != expected:
        lines = "\n".join(_compare(expected, got))
        raise AssertionError(f"not the same as with alpha:\n{lines}")


def assert_same_in_stack(build: Callable[[Stack, ModuleType], object]) -> None:
    """Fail unless both modules give the same cloud assembly for an app of one stack."""
    __tracebackhide__ = True
    assert_same(lambda app, ivs: build(Stack(app, "Stack"), ivs))


def assemble(
    build: Build, ivs: ModuleType, context: Mapping[str, object] | None = None
) -> Assembly:
    """Synthesize the app that is built with the module."""
    with tempfile.TemporaryDirectory() as directory:
        app = app_in(directory, context=context)
        build(app, ivs)
        app.synth()
        return dict(_read(Path(directory)))


def app_in(
    directory: str, *, analytics: bool = False, context: Mapping[str, object] | None = None
) -> App:
    """An app that is synthesized into the directory."""
    return App(
        outdir=directory,
        analytics_reporting=analytics,
        context={**_CONTEXT, **(context or {})},
        # Templates are validated elsewhere.
        **UNVALIDATED,
    )


def _read(directory: Path) -> Iterator[tuple[str, str]]:
    """
    The files that a deployment depends on, in full, and what the others say of the constructs.

    Left out are the class names of the tree, and metadata other than logical ids: where a
    construct was made, warnings, usage analytics.
    """
    for path in sorted(directory.rglob("*.json")):
        name = str(path.relative_to(directory))
        if "asset." in name:
            continue
        if name.endswith((".template.json", ".assets.json")):
            yield name, path.read_text()
        elif name.endswith("manifest.json"):
            artifacts = json.loads(path.read_text()).get("artifacts", {})
            for key, artifact in artifacts.items():
                yield f"{name} {key} ids", _logical_ids(artifact.pop("metadata", {}))
            yield name, json.dumps(artifacts, indent=1)
        elif name.endswith(".metadata.json"):
            yield name, _logical_ids(json.loads(path.read_text()))
        elif name.endswith("tree.json"):
            yield name, "\n".join(_paths(json.loads(path.read_text())["tree"]))


def _logical_ids(metadata: Mapping[str, Any]) -> str:
    return "\n".join(
        f"{path} {entry['data']}"
        for path, entries in metadata.items()
        for entry in entries
        if entry["type"] == "aws:cdk:logicalId"
    )


def _paths(node: Mapping[str, Any]) -> Iterator[str]:
    yield node["path"]
    for child in node.get("children", {}).values():
        yield from _paths(child)


def _compare(expected: Assembly, got: Assembly) -> Iterator[str]:
    """The lines that differ: those of templates if there are any, as the others follow from it."""
    different = [name for name in sorted({*expected, *got}) if expected.get(name) != got.get(name)]
    templates = [name for name in different if name.endswith(".template.json")]
    for name in templates or different:
        yield from difflib.unified_diff(
            expected.get(name, "").splitlines(),
            got.get(name, "").splitlines(),
            f"alpha/{name}",
            f"ours/{name}",
            lineterm="",
        )
