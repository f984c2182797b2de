"""
Draw Mermaid diagrams, which GitHub renders, of the golden templates of the examples.

The README of an example marks each diagram with two comments, and the script replaces what is
between them. ``<!-- diagram of the resources -->`` stands for the resources of the template, and
``<!-- diagram of BroadcastStateMachine -->`` for the states of a state machine, whose logical id
begins with that name. Each ends with ``<!-- end -->``.

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
HASH = re.compile(r"[0-9A-F]{8}$")
_MARKED = re.compile(r"(?s)(<!-- diagram of (the resources|\w+) -->\n).*?(<!-- end -->)")
_SHAPES = {
    "Choice": ("{", "}"),
    "Fail": ("[[", "]]"),
    "Succeed": ("([", "])"),
    "Wait": ("[/", "/]"),
}


def resource_diagram(template: dict[str, Any]) -> str:
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
                lines.append(f'    {name}["{HASH.sub("", name)}<br/><i>{kind}</i>"]')
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


def state_diagram(definition: dict[str, Any]) -> str:
    """The states of a definition, and an arrow from each to those that can follow."""
    states = definition["States"]
    lines = ["flowchart TD", f"  start(( )) --> {definition['StartAt']}"]
    for name, state in states.items():
        before, after = _SHAPES.get(state["Type"], ("[", "]"))
        lines.append(f'  {name}{before}"{_label(name, state)}"{after}')
    for name, state in states.items():
        lines += [f"  {name} {arrow} {follower}" for arrow, follower in _followers(state)]
    return "\n".join(lines)


def _label(name: str, state: dict[str, Any]) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    if state["Type"] != "Task":
        return words
    return f"{words}<br/><i>{':'.join(state['Resource'].split(':')[-2:])}</i>"


def _followers(state: dict[str, Any]) -> Iterator[tuple[str, str]]:
    seen = set()
    for rule in state.get("Choices", ()):
        if rule["Next"] not in seen:
            yield "-->", rule["Next"]
        seen.add(rule["Next"])
    for key, arrow in (("Default", "-->|else|"), ("Next", "-->")):
        if key in state:
            yield arrow, state[key]
    for catcher in state.get("Catch", ()):
        error = catcher["ErrorEquals"][-1].rpartition(".")[2]
        yield f"-.->|{error}|", catcher["Next"]


def with_diagrams(readme: str, template: dict[str, Any]) -> str:
    """The README with its diagrams drawn from the template."""

    def drawn(marked: re.Match[str]) -> str:
        if marked[2] == "the resources":
            text = resource_diagram(template)
        else:
            (machine,) = (
                resource["Properties"]
                for name, resource in template["Resources"].items()
                if HASH.sub("", name) == marked[2]
            )
            text = state_diagram(json.loads(machine["DefinitionString"]))
        return f"{marked[1]}```mermaid\n{text}\n```\n{marked[3]}"

    return _MARKED.sub(drawn, readme)


def template_of(name: str) -> dict[str, Any]:
    """The golden template of an example."""
    template: dict[str, Any] = json.loads((TEMPLATES / f"test_template[{name}].json").read_text())
    return template


def main(names: list[str]) -> None:
    """Draw the diagrams in the READMEs of examples."""
    for name in names:
        readme = ROOT / "examples" / name / "README.md"
        text = readme.read_text(encoding="utf-8")
        readme.write_text(with_diagrams(text, template_of(name)), encoding="utf-8")
        print(f"{readme.relative_to(ROOT)} has its diagrams")


if __name__ == "__main__":
    main(sys.argv[1:])
