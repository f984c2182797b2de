"""Whether the errors that tests raise have codes of the page of errors."""

from __future__ import annotations

import functools
import sys
import tomllib
from pathlib import Path
from typing import Any

_PAGE = Path(__file__).parents[2] / "scripts" / "doc_tables" / "errors.toml"
# The classes of errors with codes, by their modules, with the kind that the page gives their codes.
_ERRORS = {
    "cdk_ivs._validation.errors": ("ValidationError", "error"),
    "ivs_tokens._errors": ("TokenError", "token"),
}
# Between the line that raises and the constructor of the error.
_BETWEEN = {*_ERRORS, "cdk_ivs._core.public_calls"}


@functools.cache
def documented_codes(kind: str) -> frozenset[str]:
    """The codes of a kind of errors that the page has."""
    groups = tomllib.loads(_PAGE.read_text(encoding="utf-8"))["group"]
    return frozenset(code for group in groups if group["kind"] == kind for code in group["codes"])


def compare_codes() -> None:
    """
    Let each error that the library raises in a test compare its code with the page.

    Users compare codes, and most tests compare messages alone.
    """
    for module, (name, kind) in _ERRORS.items():
        if module in sys.modules:
            _compare_codes_of(getattr(sys.modules[module], name), kind)


def _compare_codes_of(error: Any, kind: str) -> None:
    create = error.__init__
    if hasattr(create, "compares_codes"):
        return

    @functools.wraps(create)
    def compared(self: Any, message: str, *, code: str) -> None:
        create(self, message, code=code)
        frame = sys._getframe(1)
        while frame.f_globals["__name__"] in _BETWEEN and frame.f_back is not None:
            frame = frame.f_back
        module = frame.f_globals["__name__"]
        of_library = module.startswith(("cdk_ivs", "ivs_tokens"))
        if of_library and code not in documented_codes(kind):
            raise AssertionError(f"the page of errors does not have the code {code!r} of {module}")

    vars(compared)["compares_codes"] = True
    error.__init__ = compared
