"""The templates of nested stacks, which the CDK does not validate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TEMPLATE = ".template.json"
_NESTED = ".nested.template.json"
_ASSETS = ".assets.json"
_MANIFEST = "manifest.json"


def nested_templates(templates: Iterable[str]) -> Iterator[tuple[str, str]]:
    """
    The templates of nested stacks, each with the template of the stack that it is in.

    A cloud assembly may hold those of an earlier synthesis, so that only what the manifests
    name is taken.

    Args:
        templates: The templates of stacks.
    """
    has_nested: dict[Path, bool] = {}
    for template in templates:
        path = Path(template)
        folder = path.parent
        if folder not in has_nested:
            # A list: a search that stops early leaves the folder open.
            has_nested[folder] = bool(list(folder.glob(f"*{_NESTED}")))
        if has_nested[folder]:
            for name in _assets(path):
                if name.endswith(_NESTED):
                    yield str(folder / name), template


def _assets(template: Path) -> list[str]:
    """The files that a stack publishes, by their names in the assembly."""
    manifest = template.with_name(template.name.removesuffix(_TEMPLATE) + _ASSETS)
    if manifest.is_file():
        files = _read(manifest).get("files", {}).values()
        return [str(file.get("source", {}).get("path", "")) for file in files]
    # The legacy synthesizer writes them into the metadata of the stack.
    artifacts = _read(template.with_name(_MANIFEST)).get("artifacts", {}).values()
    return [
        str(entry["data"].get("path", ""))
        for artifact in artifacts
        if artifact.get("properties", {}).get("templateFile") == template.name
        for entries in _metadata(artifact, template.parent).values()
        for entry in entries
        if entry["type"] == "aws:cdk:asset"
    ]


def _metadata(artifact: dict[str, Any], folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The metadata of an artifact, which newer versions of the CDK write into a file of its own."""
    name = artifact.get("additionalMetadataFile")
    metadata: dict[str, list[dict[str, Any]]] = (
        _read(folder / name) if name is not None else artifact.get("metadata", {})
    )
    return metadata


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
