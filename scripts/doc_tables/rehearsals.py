"""The rehearsals of the examples, and what is done about the emulator's faults."""

from __future__ import annotations

import ast
import importlib
import itertools
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .table import code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = "https://github.com/cdk-ivs/cdk-ivs/blob/main/examples"
# What stays whole where an edit of an example is shown.
TOKEN = re.compile(r'"[^"]*"|[\w./-]+(?:\(\d+\))?|\s|.')


def rehearsal_rows() -> Iterator[tuple[str, ...]]:
    """The examples, and what their rehearsals do and call."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    rehearsals: Any = importlib.import_module("tests.rehearsal.rehearsals")
    for rehearsal in rehearsals.REHEARSALS:
        yield (
            f"[`{rehearsal.name}`]({EXAMPLES}/{rehearsal.name})",
            "<br>".join(f"{step}: {what}" for step, what in steps(rehearsal)),
        )


def steps(rehearsal: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a rehearsal of the tests
    """What is done with an example in turn, and what comes of it."""
    refused = code(rehearsal.refused) if rehearsal.refused else "an additional last resource"
    yield "created by", calls(rehearsal.created)
    yield "refused at the first attempt", refused
    yield "updated in place", changed(rehearsal.in_place)
    yield "replaced", changed(rehearsal.replacing)
    yield "destroyed by", calls(rehearsal.destroyed)


def changed(edit: Any) -> str:  # noqa: ANN401 - an edit of the tests
    """What an edit replaces with what, and the calls that come of it."""
    old, new = TOKEN.findall(edit.old), TOKEN.findall(edit.new)
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    before, after = ("".join(tokens).strip(", \n") for tokens in (old, new))
    if before and after:
        what = f"{code(before)} to {code(after)}"
    else:
        what = f"with {code(after)}" if after else f"without {code(before)}"
    return f"{what}: {calls(edit.calls)}"


def workaround_rows() -> Iterator[tuple[str, ...]]:
    """What is done about the emulator's faults, from the module that the emulator runs."""
    # It imports the emulator, which this environment does not have.
    file = ROOT / "tests" / "rehearsal" / "emulator" / "workarounds.py"
    functions = {
        statement.name: statement
        for statement in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(statement, ast.FunctionDef)
    }
    for call in ast.walk(functions["apply"]):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            text = ast.get_docstring(functions[call.func.id]) or ""
            yield (" ".join(text.split()).replace("``", "`"),)


def calls(names: Iterable[str]) -> str:
    """Calls in order, those of the same name in a row as one."""
    counted = [(name, len(list(same))) for name, same in itertools.groupby(names)]
    texts = [
        code(name) if count == 1 else f"{code(name)} ({count} times)" for name, count in counted
    ]
    return ", ".join(texts) or "no call"
