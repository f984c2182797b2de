"""Whether the errors that tests raise have codes of the page of errors."""

from __future__ import annotations

import functools
import sys
import tomllib
from pathlib import Path
from typing import Any

_PAGE = Path(__file__).parents[2] / "scripts" / "doc_tables" / "errors.toml"
_ERRORS = "cdk_ivs._validation.errors"
# Between the line that raises and the constructor of the error.
_BETWEEN = {_ERRORS, "cdk_ivs._core.public_calls"}


@functools.cache
def documented_codes() -> frozenset[str]:
    """The codes of errors that the page has."""
    groups = tomllib.loads(_PAGE.read_text(encoding="utf-8"))["group"]
    return frozenset(
        code for group in groups if group["kind"] == "error" for code in group["codes"]
    )


def compare_codes() -> None:
    """
    Let each error that the library raises in a test compare its code with the page.

    Users compare codes, and most tests compare messages alone.
    """
    errors = sys.modules.get(_ERRORS)
    if errors is None or hasattr(errors.ValidationError.__init__, "compares_codes"):
        return
    create = errors.ValidationError.__init__

    @functools.wraps(create)
    def compared(self: Any, message: str, *, code: str) -> None:
        create(self, message, code=code)
        frame = sys._getframe(1)
        while frame.f_globals["__name__"] in _BETWEEN and frame.f_back is not None:
            frame = frame.f_back
        module = frame.f_globals["__name__"]
        if module.startswith("cdk_ivs") and code not in documented_codes():
            raise AssertionError(f"the page of errors does not have the code {code!r} of {module}")

    vars(compared)["compares_codes"] = True
    errors.ValidationError.__init__ = compared
