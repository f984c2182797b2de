"""An extension of Griffe, which reads the code for the site: what a stub imports is public."""

from __future__ import annotations

from typing import Any

import griffe


class StubNames(griffe.Extension):
    """Takes the names that a stub imports for public, as type checkers do."""

    def on_alias_instance(self, *, alias: griffe.Alias, **_: Any) -> None:  # noqa: ANN401 - what Griffe passes
        """Mark a name of a stub."""
        module = alias.parent
        if isinstance(module, griffe.Module) and str(module.filepath).endswith(".pyi"):
            alias.public = True
