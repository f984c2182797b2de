"""
Draw the examples as diagrams in Mermaid, which GitHub shows, from their golden templates.

In the README of an example, what is between the comments ``diagram`` and ``end`` is replaced:

    python scripts/diagrams.py watch_recordings
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "tests" / "examples" / "__snapshots__" / "test_templates"
# The hash with which the CDK ends a logical id.
_HASH = re.compile(r"[0-9A-F]{8}$")
_PLACE = re.compile(r"(?s)(<!-- diagram: [^>]*-->\n).*?(<!-- end -->)")


def diagram(template: dict[str, Any]) -> str:
    """The resources of a template, and an arrow from each to those that it needs."""
    resources = template["Resources"]
    lines = ["flowchart LR"]
    # By service, which GitHub draws as boxes.
    services = sorted({resource["Type"].split("::")[1] for resource in resources.values()})
    for service in services:
        lines.append(f'  subgraph {service}["Amazon {service}"]')
        for name, resource in sorted(resources.items()):
            _, owner, kind = resource["Type"].split("::")
            if owner == service:
                lines.append(f'    {name}["{_HASH.sub("", name)}<br/><i>{kind}</i>"]')
        lines.append("  end")
    lines += [
        f"  {name} --> {needed}"
        for name, resource in sorted(resources.items())
        for needed in sorted(set(needs(resource)) & set(resources) - {name})
    ]
    return "\n".join(lines)


def needs(node: Any) -> Iterator[str]:  # noqa: ANN401 - of a template
    """The logical ids that a part of a template refers to."""
    match node:
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), *_]}:
            yield name
        case dict():
            for key, value in node.items():
                if key == "DependsOn":
                    yield from [value] if isinstance(value, str) else value
                yield from needs(value)
        case list():
            for value in node:
                yield from needs(value)


def with_diagram(readme: str, template: dict[str, Any]) -> str:
    """A README with the diagram of a template in its place."""
    drawn = f"```mermaid\n{diagram(template)}\n```\n"
    return _PLACE.sub(lambda place: place[1] + drawn + place[2], readme)


def template_of(name: str) -> dict[str, Any]:
    """The golden template of an example."""
    template: dict[str, Any] = json.loads((TEMPLATES / f"test_template[{name}].json").read_text())
    return template


def main(names: list[str]) -> None:
    """Draw examples into their READMEs."""
    for name in names:
        readme = ROOT / "examples" / name / "README.md"
        text = readme.read_text(encoding="utf-8")
        readme.write_text(with_diagram(text, template_of(name)), encoding="utf-8")
        print(f"{readme.relative_to(ROOT)} is drawn")


if __name__ == "__main__":
    main(sys.argv[1:])
