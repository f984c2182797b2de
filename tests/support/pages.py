"""Tables in the pages of the docs."""

from __future__ import annotations

from tests.examples.apps import ROOT


def rows_of(page: str, name: str) -> list[list[str]]:
    """The cells of the rows of a table between two comments, without its head."""
    text = ROOT.joinpath("docs", f"{page}.md").read_text(encoding="utf-8")
    _, _, rest = text.partition(f"<!-- {name} -->\n")
    table, _, _ = rest.partition(f"<!-- /{name} -->")
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]
