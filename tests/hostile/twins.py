"""Whether a refused call left something behind: two apps, one of them without the call."""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .bridge import watched_bridge
from .site import Site


def left_behind(case: Any, prepared: Callable[..., Any]) -> str | None:
    """What differs after the refused call, and after a right call that follows. None if nothing."""
    for right_call_follows in (False, True):
        without, with_it = (
            assembly_of(case, prepared, hostile=hostile, right=right_call_follows)
            for hostile in (False, True)
        )
        if without != with_it:
            return difference(without, with_it)
        if not case.subject.is_required and right_call_follows:
            break
    return None


def assembly_of(
    case: Any, prepared: Callable[..., Any], *, hostile: bool, right: bool
) -> dict[str, Any]:
    """All files of an app in which the arguments are made, and the calls."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(f"{folder}/cdk.out")
        function, arguments, value = prepared(site, case)
        if hostile:
            with watched_bridge(), contextlib.suppress(Exception):
                case.subject.call(function, arguments, value)
        if right:
            with contextlib.suppress(LookupError):
                given = dict(arguments)
                if "id" in given and case.subject.name != "id":
                    given["id"] = f"{given['id']}Right"
                fitting = case.subject.right_value(site)
                try:
                    case.subject.call(function, given, fitting)
                except Exception as error:  # noqa: BLE001 - of any kind
                    return {"error": f"{type(error).__name__} {error}"}
        try:
            directory = Path(site.app.synth().directory)
        except Exception as error:  # noqa: BLE001 - of any kind
            return {"error": re.sub(r"\d+", "", str(error))}
        return {
            path.name: json.loads(path.read_text()) for path in sorted(directory.glob("*.json"))
        }


def difference(left: Any, right: Any, path: str = "") -> str | None:
    """The first difference of two values: its path and both values."""
    if isinstance(left, dict) and isinstance(right, dict):
        for name in sorted({*left, *right}):
            found = difference(left.get(name), right.get(name), f"{path}/{name}")
            if found:
                return found
        return None
    if left != right:
        return f"{path}: {str(left)[:150]} -> {str(right)[:150]}"
    return None
