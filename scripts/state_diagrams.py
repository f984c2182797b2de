"""
Draw the state machines of examples as diagrams in Mermaid, from their golden templates.

In the README of an example, what is between the comments ``states`` and ``end`` is replaced:

    python scripts/state_diagrams.py stage_broadcast
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
_PLACE = re.compile(r"(?s)(<!-- states of (\w+)[^>]*-->\n).*?(<!-- end -->)")
_SHAPES = {
    "Choice": ("{", "}"),
    "Fail": ("[[", "]]"),
    "Succeed": ("([", "])"),
    "Wait": ("[/", "/]"),
}


def diagram(definition: dict[str, Any]) -> str:
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
    """A README with the diagrams of a template in their places."""

    def drawn(place: re.Match[str]) -> str:
        (machine,) = (
            resource["Properties"]
            for name, resource in template["Resources"].items()
            if re.fullmatch(rf"{place[2]}[0-9A-F]{{8}}", name)
        )
        text = diagram(json.loads(machine["DefinitionString"]))
        return f"{place[1]}```mermaid\n{text}\n```\n{place[3]}"

    return _PLACE.sub(drawn, readme)


def template_of(name: str) -> dict[str, Any]:
    """The golden template of an example."""
    template: dict[str, Any] = json.loads((TEMPLATES / f"test_template[{name}].json").read_text())
    return template


def main(names: list[str]) -> None:
    """Draw examples into their READMEs."""
    for name in names:
        readme = ROOT / "examples" / name / "README.md"
        text = readme.read_text(encoding="utf-8")
        readme.write_text(with_diagrams(text, template_of(name)), encoding="utf-8")
        print(f"{readme.relative_to(ROOT)} is drawn")


if __name__ == "__main__":
    main(sys.argv[1:])
