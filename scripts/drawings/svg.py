"""
A picture of boxes and arrows from the top down, as SVG.

The picture is as wide as a phone shows it, so that its text is never made smaller. It follows the
color scheme of the page that shows it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WIDTH = 344
# On both sides are lanes, for the arrows that go past other boxes.
_LANE = 13
# How many boxes a row has at most, and how many lanes there are then: the first that is enough.
_LAYOUTS = ((2, 2), (2, 3), (1, 6))
_GUTTER = 16
# A box that is alone in its row is wider.
_ALONE = 186
_BOX, _GAP, _TOP = 42, 38, 10
# About how wide a letter is, for its size.
_LETTER = 0.54
_TITLE, _NOTE, _LABEL = 12.5, 11, 11
_STYLE = (
    "text{font:11px -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;"
    "text-anchor:middle;fill:#545b64}"
    ".title{font-size:12.5px;fill:#16191f}"
    ".label{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}"
    ".page{fill:#fff}"
    ".box{fill:#f2f8fd;stroke:#0972d3}"
    ".person{fill:#f4f4f4;stroke:#7d8998}"
    ".arrow{fill:none;stroke:#687078}"
    "polygon{fill:#687078}"
    "@media (prefers-color-scheme:dark){"
    "text{fill:#b6bec9}"
    ".title{fill:#f2f3f3}"
    ".label{stroke:#10161f}"
    ".page{fill:#10161f}"
    ".box{fill:#0b2742;stroke:#539fe5}"
    ".person{fill:#232b37;stroke:#8d99a8}"
    ".arrow{stroke:#95a5b8}"
    "polygon{fill:#95a5b8}"
    "}"
)
_HEAD = (
    '<defs><marker id="head" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">'
    '<polygon points="0 0, 9 4, 0 8"/></marker></defs>'
)


class Box(NamedTuple):
    """
    A box.

    Attributes:
        title: The text in it.
        note: A second line, or nothing.
        person: Whether it stands for people or software outside of the template.
    """

    title: str
    note: str = ""
    person: bool = False


class Arrow(NamedTuple):
    """
    An arrow.

    Attributes:
        start: The name of the box that it leaves.
        end: The name of the box that it leads to.
        label: The text on it, or nothing.
    """

    start: str
    end: str
    label: str = ""


class _Place(NamedTuple):
    """Where a box is: its corner, its width and its row."""

    left: float
    top: float
    width: float
    row: int


def draw(boxes: Mapping[str, Box], arrows: Iterable[Arrow], title: str) -> str:
    """The picture, with a title for those who do not see it."""
    known = [arrow for arrow in dict.fromkeys(arrows) if arrow.start != arrow.end]
    layouts = ((list(_rows(list(boxes), known, in_a_row)), lanes) for in_a_row, lanes in _LAYOUTS)
    drawn = (_Picture(boxes, known, rows, lanes) for rows, lanes in layouts)
    picture = next((picture for picture in drawn if picture.fits), None)
    if picture is None:
        raise SystemExit(f"{title}: there are too many arrows")
    height = picture.height
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" role="img">'
        ),
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        _HEAD,
        f'<rect class="page" width="{WIDTH}" height="{height}" rx="8"/>',
        *picture.lines,
    ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _rows(names: Sequence[str], arrows: Sequence[Arrow], in_a_row: int) -> Iterator[list[str]]:
    """The boxes of each row: below those with arrows to them, and near to what they lead to."""
    forward = [arrow for arrow in arrows if arrow not in _backward(names, arrows)]
    level = dict.fromkeys(names, 0)
    for _ in names:
        for arrow in forward:
            level[arrow.end] = max(level[arrow.end], level[arrow.start] + 1)
    for name in sorted(names, key=lambda name: -level[name]):
        after = [level[arrow.end] for arrow in forward if arrow.start == name]
        if after:
            level[name] = min(after) - 1
    order: dict[str, float] = {}
    for number in range(max(level.values(), default=0) + 1):
        row = [name for name in names if level[name] == number]
        for index, name in enumerate(row):
            before = [order[arrow.start] for arrow in forward if arrow.end == name]
            order[name] = sum(before) / len(before) if before else index / max(1, len(row) - 1)
        row.sort(key=lambda name: order[name])
        for index, name in enumerate(row):
            order[name] = index / max(1, len(row) - 1) if len(row) > 1 else 0.5
        for start in range(0, len(row), in_a_row):
            yield row[start : start + in_a_row]


def _backward(names: Sequence[str], arrows: Sequence[Arrow]) -> set[Arrow]:
    """The arrows that close a circle."""
    found: set[Arrow] = set()
    done: set[str] = set()

    def follow(name: str, way: tuple[str, ...]) -> None:
        for arrow in arrows:
            if arrow.start == name:
                if arrow.end in way:
                    found.add(arrow)
                elif arrow.end not in done:
                    follow(arrow.end, (*way, arrow.end))
        done.add(name)

    ends = {arrow.end for arrow in arrows}
    for name in sorted(names, key=lambda name: name in ends):
        if name not in done:
            follow(name, (name,))
    return found


class _Picture:
    """The boxes and arrows of a picture with so many lanes."""

    def __init__(
        self,
        boxes: Mapping[str, Box],
        arrows: Sequence[Arrow],
        rows: Sequence[Sequence[str]],
        lanes: int,
    ) -> None:
        self.fits = True
        self.height = 2 * _TOP + len(rows) * (_BOX + _GAP) - _GAP
        self._lanes = lanes
        self._arrows = arrows
        column = (WIDTH - 2 * _LANE * lanes - _GUTTER) // 2
        self._places = {
            name: _Place(
                (WIDTH - _ALONE) // 2
                if len(row) == 1
                else _LANE * lanes + index * (column + _GUTTER),
                _TOP + number * (_BOX + _GAP),
                _ALONE if len(row) == 1 else column,
                number,
            )
            for number, row in enumerate(rows)
            for index, name in enumerate(row)
        }
        # The rows that arrows pass in a lane, by the lane.
        self._taken: dict[tuple[str, int], set[int]] = {}
        self._labels: list[str] = []
        paths = list(self._paths())
        drawn = [line for name, box in boxes.items() for line in self._box(box, name)]
        self.lines = [*paths, *self._labels, *drawn]

    def _box(self, box: Box, name: str) -> Iterator[str]:
        left, top, width, _ = self._places[name]
        middle = left + width // 2
        kind, radius = ("person", _BOX // 2) if box.person else ("box", 4)
        yield (
            f'<rect class="{kind}" x="{left}" y="{top}" width="{width}" height="{_BOX}" '
            f'rx="{radius}"/>'
        )
        title = escape(_short(box.title, _TITLE, width))
        y = top + (18 if box.note else 26)
        yield f'<text class="title" x="{middle}" y="{y}">{title}</text>'
        if box.note:
            note = escape(_short(box.note, _NOTE, width))
            yield f'<text x="{middle}" y="{top + 34}">{note}</text>'

    def _paths(self) -> Iterator[str]:
        leaving, arriving = self._ports("start"), self._ports("end")
        # Short ways first: they take the lanes that are next to the boxes.
        for arrow in sorted(self._arrows, key=self._length):
            if arrow in leaving:
                yield self._straight(arrow, leaving[arrow], arriving[arrow])
            else:
                yield self._around(arrow)

    def _length(self, arrow: Arrow) -> int:
        return abs(self._places[arrow.end].row - self._places[arrow.start].row)

    def _straight(self, arrow: Arrow, start: float, end: float) -> str:
        """An arrow to the next row."""
        top, bottom = self._places[arrow.start].top + _BOX, self._places[arrow.end].top
        middle = (top + bottom) / 2
        self._label(arrow.label, (start + end) / 2, middle + 4)
        return _path(
            f"M{start:g} {top} C{start:g} {middle + 6:g} {end:g} {middle - 6:g} {end:g} {bottom}"
        )

    def _around(self, arrow: Arrow) -> str:
        """An arrow past other rows, in a lane."""
        start, end = self._places[arrow.start], self._places[arrow.end]
        side, lane = self._lane(start, end)
        right = side == "right"
        x = _LANE * (self._lanes - lane) - 8
        x = WIDTH - x if right else x
        down = 1 if end.row > start.row else -1
        # Arrows that leave or reach a box on the same side do so at heights of their own.
        shift = down * (4 + 4 * lane)
        y = start.top + _BOX // 2 + shift
        way = f"M{start.left + start.width if right else start.left} {y} H{x}"
        if _is_at(end, side):
            other_y = end.top + _BOX // 2 - shift
            way += f" V{other_y} H{end.left + end.width if right else end.left}"
        else:
            # Between the rows, and not through the box that is beside.
            other_y = end.top - 10 - 3 * lane
            way += f" V{other_y} H{end.left + end.width * (0.85 if right else 0.15):g} V{end.top}"
        self._label(arrow.label, x, (y + other_y) / 2, 90 if right else -90)
        return _path(way)

    def _lane(self, start: _Place, end: _Place) -> tuple[str, int]:
        """The side and the lane of an arrow that goes past other rows."""
        passed = set(range(min(start.row, end.row), max(start.row, end.row) + 1))
        sides = [side for side in ("left", "right") if _is_at(start, side)]
        # From the middle, to the side of the other box.
        sides.sort(key=lambda side: not _is_at(end, side))
        lanes = [(side, lane) for side in sides for lane in range(self._lanes)]
        free = [lane for lane in lanes if not self._taken.get(lane, set()) & passed]
        self.fits = self.fits and bool(free)
        chosen = (free or lanes)[0]
        self._taken.setdefault(chosen, set()).update(passed)
        return chosen

    def _ports(self, kind: str) -> dict[Arrow, float]:
        """Where arrows to the next row leave or reach their boxes, from the left to the right."""
        found: dict[Arrow, float] = {}
        places = self._places
        for name, place in places.items():
            here = [
                arrow
                for arrow in self._arrows
                if getattr(arrow, kind) == name
                and places[arrow.end].row == places[arrow.start].row + 1
            ]
            other = "end" if kind == "start" else "start"
            here.sort(key=lambda arrow: places[getattr(arrow, other)].left)
            for index, arrow in enumerate(here):
                found[arrow] = round(place.left + place.width * (index + 1) / (len(here) + 1), 1)
        return found

    def _label(self, text: str, x: float, y: float, turn: int = 0) -> None:
        if not text:
            return
        # A label does not leave the picture.
        half = len(text) * _LABEL * _LETTER / 2 + 4
        # The letters of a label stand in the middle of its lane.
        x = x + (2 if turn < 0 else -2) if turn else min(max(x, half), WIDTH - half)
        turned = f' transform="rotate({turn} {x:g} {y:g})"' if turn else ""
        self._labels.append(
            f'<text class="label" x="{x:g}" y="{y:g}"{turned}>{escape(text)}</text>'
        )


def _is_at(place: _Place, side: str) -> bool:
    """Whether there is no box between a box and a side of the picture."""
    middle = place.left + place.width / 2
    return middle <= WIDTH / 2 if side == "left" else middle >= WIDTH / 2


def _short(text: str, size: float, width: float) -> str:
    most = int((width - 8) / (size * _LETTER))
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _path(way: str) -> str:
    return f'<path class="arrow" marker-end="url(#head)" d="{way}"/>'
