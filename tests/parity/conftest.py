"""What the rules find in the templates of the suite: nothing that is not on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

import pytest
from aws_cdk import aws_ivs_alpha

from cdk_ivs.rules._engine import Engine

from . import assemblies

# The apps have these on purpose: insecure ingest, private channels without a key pair, made-up
# keys, stream keys that are shown, more than the quotas, and the Region of another partition.
_ON_PURPOSE = {"IVS-005", "IVS-006", "IVS-012", "IVS-045", "IVS-046", "IVS-048", "IVS-064"}


@pytest.fixture(scope="session")
def rules_engine() -> Engine:
    """The engine with the rules, which takes half a second to create."""
    return Engine()


@pytest.fixture(autouse=True)
def check_rules(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    rules_engine: Engine,
    tmp_path: Path,
) -> Iterator[None]:
    """Fail if the rules find a mistake in a template of this library."""
    # Generated apps are checked with the rules' own tests.
    if request.module.__name__.endswith("test_generated"):
        yield
        return
    assemble = assemblies.assemble
    templates: list[str] = []

    def recording(
        build: assemblies.Build, ivs: ModuleType, context: Mapping[str, object] | None = None
    ) -> assemblies.Assembly:
        files = assemble(build, ivs, context)
        if ivs is not aws_ivs_alpha:
            templates.extend(
                text
                for name, text in files.items()
                if name.endswith(".template.json") and '"Resources"' in text
            )
        return files

    monkeypatch.setattr(assemblies, "assemble", recording)
    yield
    if templates:
        path = tmp_path / "rules.template.json"
        found = []
        for text in templates:
            path.write_text(text)
            found += [
                one for one in rules_engine.check(str(path)) if one.rule.id not in _ON_PURPOSE
            ]
        assert found == []
