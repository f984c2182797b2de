"""
Write the tables of actions, metrics, events, rehearsals, errors and findings into the docs.

What the service has is data of the library. Which method gives what is found by calling all of
them on a stack, so that a table cannot say what the code does not do. What is rehearsed is data of
the tests, which fail if a deployment makes other calls. Findings are data that the tests compare
with what the scanners find.
"""

from __future__ import annotations

from pathlib import Path

from doc_tables.actions import action_rows
from doc_tables.errors import error_sections
from doc_tables.monitoring import event_rows, metric_rows
from doc_tables.rehearsals import rehearsal_rows, workaround_rows
from doc_tables.rules import rule_rows, rule_sections
from doc_tables.scanners import example_rows, library_rows, mended_rows, suppressions
from doc_tables.table import Sections, Table

DOCS = Path(__file__).resolve().parent.parent / "docs"

TABLES: tuple[Table | Sections, ...] = (
    Table("permissions", "actions", ("action", "authorized on", "granted by"), action_rows),
    Table(
        "monitoring",
        "metrics",
        ("methods", "metric", "unit and statistic", "sets of dimensions"),
        metric_rows,
    ),
    Table(
        "monitoring",
        "events",
        ("methods", "event", "values of its field", "filters"),
        event_rows,
    ),
    Table(
        "rehearsals",
        "rehearsals",
        ("example", "steps"),
        rehearsal_rows,
    ),
    Table("rehearsals", "workarounds", ("workaround",), workaround_rows),
    Table("rules", "rules", ("ID", "severity", "requirement"), rule_rows),
    Sections("rules", "examples", rule_sections),
    Sections("errors", "errors", error_sections),
    Table("scanners", "library-findings", ("rule", "resources", "number", "reason"), library_rows),
    Table("scanners", "example-findings", ("rule", "resources", "number", "reason"), example_rows),
    Table("scanners", "mended-findings", ("rule", "resources", "change"), mended_rows),
    Sections("scanners", "suppressions", suppressions),
)


def main() -> None:
    """Write the tables."""
    for table in TABLES:
        page = DOCS / f"{table.page}.md"
        text = page.read_text(encoding="utf-8")
        written = table.written_into(text)
        page.write_text(written, encoding="utf-8")
        print(f"{page.name}: {table.name} {'as before' if written == text else 'written'}")


if __name__ == "__main__":
    main()
