"""Tables and headings in the pages of the docs."""

from __future__ import annotations

import re

from tests.examples.apps import ROOT


def rows_of(page: str, name: str) -> list[list[str]]:
    """The cells of the rows of a table between two comments, without its head."""
    text = ROOT.joinpath("docs", f"{page}.md").read_text(encoding="utf-8")
    _, _, rest = text.partition(f"<!-- {name} -->\n")
    table, _, _ = rest.partition(f"<!-- /{name} -->")
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]


def anchors(text: str) -> set[str]:
    """The anchors that MkDocs gives to the headings of a page."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading).strip().lower() for heading in headings)
    return {re.sub(r"[-\s]+", "-", heading) for heading in plain}
