"""The codes of errors and the ids of warnings, each with a meaning, a remedy and an example."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOG = Path(__file__).with_name("errors.toml")
# The end of a message, by the kind of its code.
ENDS = {
    "error": "[cdk-ivs:{} at 'Stack/…']",
    "warning": "[ack: cdk-ivs:{}]",
    "deployment": "[cdk-ivs:{}]",
    "token": "[ivs-tokens:{}]",
}


class Code(NamedTuple):
    """
    A code of errors, or the id of a warning.

    Attributes:
        group: The title of the group that it is in.
        kind: ``error``, ``warning``, ``deployment`` or ``token``.
        name: The code without its prefix.
        means: The mistake.
        mend: The remedy.
        example: A message without its end.
    """

    group: str
    kind: str
    name: str
    means: str
    mend: str
    example: str

    @property
    def heading(self) -> str:
        """The heading, whose anchor is the code in lower case."""
        return f"ivs-tokens:{self.name}" if self.kind == "token" else self.name


def catalog() -> list[Code]:
    """All codes, in the order of the page."""
    groups = tomllib.loads(CATALOG.read_text(encoding="utf-8"))["group"]
    return [
        Code(group["title"], group["kind"], name, **texts)
        for group in groups
        for name, texts in group["codes"].items()
    ]


def error_sections() -> Iterator[str]:
    """A section for each group, with one for each code in it."""
    group = ""
    for code in catalog():
        if code.group != group:
            group = code.group
            yield f"## {group}\n"
        yield (
            f"### {code.heading}\n\n"
            f"{code.means}\n\n"
            f"> `{code.example} {ENDS[code.kind].format(code.name)}`\n\n"
            f"{code.mend}\n"
        )
