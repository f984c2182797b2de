"""Apps that nobody thought of have no finding but those about what is in them."""

from __future__ import annotations

import os

import pytest
from hypothesis import Phase, given, settings

import cdk_ivs
from cdk_ivs.rules._engine import Engine
from tests.parity.assemblies import assemble
from tests.parity.building import Builder
from tests.parity.plans import AppPlan
from tests.parity.strategies import APPS

# A few and always the same ones for CI, any number of new ones by PARITY_EXAMPLES.
_EXAMPLES = os.environ.get("PARITY_EXAMPLES")

# What the apps have on purpose, and what is as insecure in them as the rules say: insecure ingest,
# private channels without a key pair, stream keys that are shown, and more than the quotas. Their
# public keys are made-up text where a condition decides about them.
_RIGHT = {"IVS-005", "IVS-006", "IVS-012", "IVS-045", "IVS-046", "IVS-048"}


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The engine, which takes half a second to create."""
    return Engine()


# The parity suite compares these templates with each aws-cdk-lib, and other tests run each line of
# the engine.
@pytest.mark.once
@pytest.mark.unmeasured
@settings(
    max_examples=int(_EXAMPLES or 60),
    derandomize=_EXAMPLES is None,
    deadline=None,
    database=None,
    print_blob=True,
    phases=(Phase.generate, Phase.shrink),
)
@given(plan=APPS)
def test_have_no_other_findings(engine: Engine, plan: AppPlan) -> None:
    """
    No app that alpha renders and IVS accepts has a finding that is not about what it shows.
    """
    files = assemble(lambda app, ivs: Builder(ivs).build(app, plan), cdk_ivs)
    found = {
        finding.rule.id
        for name, text in files.items()
        if name.endswith(".template.json") and '"Resources"' in text
        for finding in engine.check_content(text.encode(), name)
    }
    assert found <= _RIGHT
