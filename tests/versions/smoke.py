"""
A quick look at an installed wheel: names, the README, the examples, and a sample of apps.

Pytest does not collect this file, because the other tests show more. `scripts/versions.py` runs it
with each combination of versions, in environments that have little more than the wheel.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template
from hypothesis import Phase, given, settings

import cdk_ivs as ivs
from tests.examples.apps import EXAMPLES, NAMES, NEWEST, ROOT, golden, synthesize
from tests.parity.assemblies import assert_same
from tests.parity.building import Builder
from tests.parity.plans import AppPlan
from tests.parity.strategies import APPS

PACKAGES = ("cdk_ivs", "cdk_ivs.chat", "cdk_ivs.patterns", "cdk_ivs.rules", "ivs_tokens")
BLOCKS = re.findall(
    r"^```python\n(.*?)^```$",
    (ROOT / "README.md").read_text(encoding="utf-8"),
    re.DOTALL | re.MULTILINE,
)
# The rules need the validation of newer versions, and the examples in NEWEST need a newer one too.
IS_NEWEST = hasattr(cdk, "Validations")


@pytest.mark.parametrize("package", PACKAGES)
def test_the_wheel_has_every_public_name(package: str) -> None:
    """
    The installed packages have all names of their public lists.
    """
    module = importlib.import_module(package)
    assert Path(str(module.__file__)).is_relative_to(sys.prefix)
    assert module.__all__
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[-1])
def test_the_readme_runs(
    block: str, stack: cdk.Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Each Python block of the README runs, and creates or imports something.
    """
    if "IvsValidation" in block and not IS_NEWEST:
        pytest.skip("the rules need aws-cdk-lib 2.271")
    monkeypatch.chdir(tmp_path)
    given = {"cdk": cdk, "ivs": ivs, "stack": stack}
    names: dict[str, Any] = dict(given)
    exec(block, names)  # noqa: S102 - the page is ours
    assert stack.node.children or names.keys() - given.keys() - {"__builtins__"}


@pytest.mark.parametrize("name", NAMES)
def test_an_example_has_its_golden_template(name: str, tmp_path: Path) -> None:
    """
    Each example that the version of aws-cdk-lib can run renders its golden template.
    """
    if name in NEWEST and not IS_NEWEST:
        pytest.skip("the example needs a newer aws-cdk-lib")
    assert synthesize(EXAMPLES / name, tmp_path).template == golden(name)


def test_values_are_computed_at_synthesis(stack: cdk.Stack) -> None:
    """
    A custom resource, whose deletion policy is known at synthesis only, is in the template.
    """
    policy = ivs.PlaybackRestrictionPolicy(stack, "Policy", allowed_countries=["US"])
    ivs.Channel(stack, "Channel", playback_restriction_policy=policy)
    custom = Template.from_stack(stack).find_resources("Custom::IVSChannelAttachment")
    assert custom


@settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
)
@given(plan=APPS)
def test_apps_render_as_with_alpha(plan: AppPlan) -> None:
    """
    Ten generated apps render the same as with alpha.
    """
    assert_same(lambda app, module: Builder(module).build(app, plan))
