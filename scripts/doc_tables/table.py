"""A table in a page of the docs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Table(NamedTuple):
    """
    A table in a page.

    Attributes:
        page: The page.
        name: What stands in the comments around the table.
        columns: The heads of the columns.
        rows: Makes the rows.
    """

    page: str
    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterable[Sequence[str]]]

    def written_into(self, text: str) -> str:
        """The text of a page with this table in the place of the one that it has."""
        lines = [f"| {' | '.join(cells)} |\n" for cells in (self.columns, *self.rows())]
        table = "".join([lines[0], "|---" * len(self.columns), "|\n", *lines[1:]])
        return _put(self.page, self.name, table, text)


class Sections(NamedTuple):
    """
    Sections of a page.

    Attributes:
        page: The page.
        name: What stands in the comments around them.
        texts: Makes the sections.
    """

    page: str
    name: str
    texts: Callable[[], Iterable[str]]

    def written_into(self, text: str) -> str:
        """The text of a page with these sections in the place of those that it has."""
        return _put(self.page, self.name, "\n" + "\n".join(self.texts()) + "\n", text)


def _put(page: str, name: str, made: str, text: str) -> str:
    found = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.DOTALL)
    written, times = found.subn(lambda _: made, text)
    if times != 1:
        raise SystemExit(f"{page}: {times} places for the table of {name}")
    return written


def code(*names: str) -> str:
    """Names as code."""
    return ", ".join(f"`{name}`" for name in names)
