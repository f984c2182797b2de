"""The findings of scanners for security: those that stay, with the reason, and the mended ones."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .table import code

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOG = Path(__file__).with_name("scanners.toml")
# The text of the links to the sources.
_SOURCE = "source"


class Argument(NamedTuple):
    """
    Why findings of a rule stay.

    Attributes:
        scanner: ``cdk-nag`` or ``checkov``.
        rule: The ID of the rule; in cdk-nag, with the detail in brackets.
        type: The type of the resources.
        library: Whether the library creates the resources, and not an example.
        resources: The resources, in words.
        why: The reason.
        source: The address of a page that the reason is from.
        found: The apps with the finding, by the path of the resource.
    """

    scanner: str
    rule: str
    type: str
    library: bool
    resources: str
    why: str
    source: str
    found: dict[str, list[str]]

    @property
    def number(self) -> int:
        """How many resources have the finding."""
        return sum(map(len, self.found.values()))


class Mended(NamedTuple):
    """
    A finding that was mended.

    Attributes:
        scanner: The scanner.
        rule: The ID of the rule.
        type: The type of the resource.
        resources: The resources, in words.
        mend: The change.
    """

    scanner: str
    rule: str
    type: str
    resources: str
    mend: str


def _content() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(CATALOG.read_text(encoding="utf-8"))


def arguments() -> list[Argument]:
    """All arguments, in the order of the page."""
    return [Argument(**values) for values in _content()["argument"]]


def mended() -> list[Mended]:
    """All findings that were mended."""
    return [Mended(**values) for values in _content()["mended"]]


def library_rows() -> Iterator[tuple[str, ...]]:
    """The findings on resources that the library creates."""
    return _rows(library=True)


def example_rows() -> Iterator[tuple[str, ...]]:
    """The findings on resources that the examples create."""
    return _rows(library=False)


def _rows(*, library: bool) -> Iterator[tuple[str, ...]]:
    for each in arguments():
        if each.library is library:
            yield (
                code(each.rule),
                f"`{each.type}`: {each.resources}",
                str(each.number),
                f"{each.why} ([{_SOURCE}]({each.source}))",
            )


def mended_rows() -> Iterator[tuple[str, ...]]:
    """The findings that were mended."""
    for each in mended():
        yield code(each.rule), f"`{each.type}`: {each.resources}", each.mend


def suppressions() -> Iterator[str]:
    """The rules of both scanners that users see, as Python."""
    found = [each for each in arguments() if each.library]
    checkov: dict[str, set[str]] = {}
    for each in found:
        if each.scanner == "checkov":
            checkov.setdefault(each.type, set()).add(each.rule)
    yield "```python"
    yield "CHECKOV = {"
    for kind, rules in sorted(checkov.items()):
        yield f'    "{kind}": ['
        yield from (f'        "{rule}",' for rule in sorted(rules, key=_by_number))
        yield "    ],"
    yield "}"
    nag = {each.rule for each in found if each.scanner == "cdk-nag"}
    yield "CDK_NAG = ["
    yield from (f'    "{rule}",' for rule in sorted(nag))
    yield "]"
    yield "```"


def _by_number(rule: str) -> int:
    return int(rule.rpartition("_")[2])
