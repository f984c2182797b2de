"""An extension of Markdown: long names in tables can be broken between their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from markdown import Markdown

# After what separates words, and before a word that begins with a capital letter.
_BETWEEN_WORDS = re.compile(r"(?<=[._:/(,=-])(?=\w)|(?<=[a-z])(?=[A-Z])")
# What is shorter fits where it is.
_LONG = 12


class _Breaks(Treeprocessor):  # type: ignore[misc] # it has no types
    """Marks where the names in the cells of tables can be broken."""

    def run(self, root: Element) -> None:
        """Put the marks into the page."""
        for cell in root.iter():
            if cell.tag in {"td", "th"}:
                for code in list(cell.iter("code")):
                    _mark(code)


def _mark(code: Element) -> None:
    first, *others = _BETWEEN_WORDS.split(code.text or "")
    if len(code.text or "") <= _LONG or len(code):
        return
    code.text = AtomicString(first)
    for word in others:
        SubElement(code, "wbr").tail = AtomicString(word)


class BreaksExtension(Extension):  # type: ignore[misc] # as above
    """Adds the marks once the names are read."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Markdown calls
        """Register what adds them."""
        # The text of a page is read with priority 20.
        md.treeprocessors.register(_Breaks(md), "breaks", 15)


def makeExtension(**options: Any) -> BreaksExtension:  # noqa: ANN401, N802 - as Markdown calls it
    """The extension, for the configuration of the site."""
    return BreaksExtension(**options)
