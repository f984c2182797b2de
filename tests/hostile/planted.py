"""Calls of functions that a test plants, in place of those of the library."""

from __future__ import annotations

from typing import Any

from .site import Site
from .subjects import Subject


class PlantedSubject(Subject):
    """A call that needs nothing but its parameter. Tests say which function is called."""

    def arguments(self, site: Site) -> dict[str, Any]:
        """No other arguments."""
        del site
        return {}

    @property
    def kind(self) -> str:
        """A kind of its own."""
        return "planted"
