"""The tables of the docs are those that the data of the library and of the rehearsals make."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from cdk_ivs._iam.resource_types import TYPES
from cdk_ivs._monitoring.catalog.events import EVENT_TYPES
from cdk_ivs._monitoring.catalog.metrics import CHAT, LOW_LATENCY, REAL_TIME, USAGE
from tests.examples.apps import NAMES
from tests.rehearsal.cycle import Edit

ROOT = Path(__file__).parent.parent

# The script makes references to ad configurations.
pytestmark = pytest.mark.newest


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    """The script that writes the tables."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        yield importlib.import_module("tables")


def page(name: str) -> str:
    """The text of a page."""
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def cells(name: str, table: str) -> list[list[str]]:
    """The cells of the rows of a table in a page, without its head."""
    found = re.search(rf"<!-- {table} -->\n(.*?)<!-- /{table} -->", page(name), re.DOTALL)
    assert found is not None
    rows = found[1].strip().splitlines()[2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip("|"))] for row in rows]


TABLES = pytest.mark.parametrize(
    ("name", "table", "columns"),
    [
        ("permissions", "actions", 3),
        ("monitoring", "metrics", 4),
        ("monitoring", "events", 4),
        ("rehearsals", "rehearsals", 2),
        ("rehearsals", "workarounds", 1),
        ("rules", "rules", 3),
        ("scanners", "library-findings", 4),
        ("scanners", "example-findings", 4),
        ("scanners", "mended-findings", 3),
    ],
    ids=[
        *("actions", "metrics", "events", "rehearsals", "workarounds", "rules"),
        *("findings-library", "findings-examples", "findings-mended"),
    ],
)


@TABLES
def test_the_page_is_up_to_date(script: ModuleType, name: str, table: str, columns: int) -> None:
    """
    `make tables` would change nothing.
    """
    (generator,) = (one for one in script.TABLES if one.name == table)
    assert generator.page == name
    assert generator.written_into(page(name)) == page(name)


@TABLES
def test_no_cell_is_empty(name: str, table: str, columns: int) -> None:
    """
    Each row has all its cells, and each cell has something in it.
    """
    rows = cells(name, table)
    assert {len(row) for row in rows} == {columns}
    assert [row for row in rows if not all(re.search(r"\w|\*", cell) for cell in row)] == []


def test_there_is_a_row_for_each_action() -> None:
    """
    The actions are those of all types of resources, each once.
    """
    names = {f"{kind.service}:{action}" for kind in TYPES for action in kind.actions}
    shown = [row[0].strip("`") for row in cells("permissions", "actions")]
    assert shown == sorted(names)


def test_there_is_a_row_for_each_metric() -> None:
    """
    The metrics are those of the three namespaces, and of the quotas whose use is published.
    """
    assert [row[1] for row in cells("monitoring", "metrics")] == [
        *(
            f"`{namespace.name}` `{metric}`"
            for namespace in (LOW_LATENCY, REAL_TIME, CHAT)
            for metric in namespace.metrics
        ),
        *["`AWS/Usage` `ResourceCount`"] * sum(map(len, USAGE.values())),
    ]


def test_there_is_a_row_for_each_event() -> None:
    """
    All that the events can say is in a row: that of limits in two.
    """
    said: dict[str, set[str]] = {}
    for _, event, values, _ in cells("monitoring", "events"):
        (detail_type, *_), (_, *names) = re.findall("`(.*?)`", event), re.findall("`(.*?)`", values)
        said.setdefault(detail_type, set()).update(names)
    assert said == {kind.detail_type: {*map(str, kind.names)} for kind in EVENT_TYPES}
    assert len(cells("monitoring", "events")) == len(EVENT_TYPES) + 1


def test_filters_are_those_of_the_methods() -> None:
    """
    A row names all that the rules of its events can be narrowed by, but for those of the account.
    """
    rows = {
        row[1].split("`")[1]: re.findall("`(.*?)`", row[3])
        for row in cells("monitoring", "events")
        if row[3] != "no"
    }
    assert {name: [one for one in found if one != "id"] for name, found in rows.items()} == {
        kind.detail_type: sorted(kind.fields) for kind in EVENT_TYPES
    }
    assert [row[0] for row in cells("monitoring", "events") if row[3] == "no"] == [
        "`Channel.on_concurrent_limit_breach()`"
    ]


def test_there_is_a_row_for_each_example() -> None:
    """
    The examples are all that there are, in order, and a change is shown with its calls.
    """
    rows = cells("rehearsals", "rehearsals")
    assert [re.findall(r"`(\w+)`", row[0]) for row in rows] == [[name] for name in NAMES]
    (row,) = (row for row in rows if "`chat_audit`" in row[0])
    assert row[1].split("<br>") == [
        "created by: `CreateLoggingConfiguration` (3 times), `CreateRoom`",
        "refused at the first attempt: `CreateRoom`",
        "updated in place: with `maximum_message_length=200`: `UpdateRoom`",
        'replaced: `"Room"` to `"Lounge"`: `CreateRoom`, `DeleteRoom`',
        "destroyed by: `DeleteRoom`, `DeleteLoggingConfiguration` (3 times)",
    ]


def test_changes_are_shown_without_what_stays(script: ModuleType) -> None:
    """
    What is added is shown alone, and so is what is taken away.
    """
    changed = importlib.import_module("doc_tables.rehearsals").changed
    assert changed(Edit("f(a, b)", "f(a, b, c=1)", ["UpdateRoom"])) == ("with `c=1`: `UpdateRoom`")
    assert changed(Edit('"AT", ', "", [])) == 'without `"AT"`: no call'
    assert changed(Edit("seconds(30)", "seconds(45)", [])) == (
        "`seconds(30)` to `seconds(45)`: no call"
    )


def test_a_page_without_the_place_is_refused(script: ModuleType) -> None:
    """
    A table that is not in its page is not left out in silence.
    """
    with pytest.raises(SystemExit, match="permissions: 0 places for the table of actions"):
        script.TABLES[0].written_into("")
