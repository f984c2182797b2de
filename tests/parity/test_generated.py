"""Apps that nobody thought of render the same as with alpha."""

from __future__ import annotations

import os
from types import ModuleType

from aws_cdk import App
from hypothesis import Phase, event, given, settings

from .assemblies import assert_same
from .building import Builder
from .plans import AppPlan
from .strategies import APPS

# A few and always the same ones for CI, any number of new ones by PARITY_EXAMPLES.
_EXAMPLES = os.environ.get("PARITY_EXAMPLES")
_FLAGS = {
    "@aws-cdk/core:enablePartitionLiterals": True,
    "@aws-cdk/core:explicitStackTags": True,
    "@aws-cdk/core:enableAdditionalMetadataCollection": True,
}


@settings(
    max_examples=int(_EXAMPLES or 30),
    derandomize=_EXAMPLES is None,
    deadline=None,
    database=None,
    print_blob=True,
    # Without the phase that explains: minutes for what the difference shows anyway.
    phases=(Phase.generate, Phase.shrink),
)
@given(plan=APPS)
def test_renders_the_same(plan: AppPlan) -> None:
    """
    Any app that alpha renders and IVS accepts is the same, byte for byte.
    """

    def build(app: App, ivs: ModuleType) -> None:
        builder = Builder(ivs)
        builder.build(app, plan)
        for feature in builder.used:
            event(feature)

    assert_same(build, context=_FLAGS if plan.flags else None)
