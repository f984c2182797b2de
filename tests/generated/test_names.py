"""Nothing that users can create is left out of the generated apps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.support.reflection import CLASSES

from .parts import PARTS
from .plans import Call, Name, PartPlan, parts_of

pytestmark = [pytest.mark.once, pytest.mark.newest]

# Interfaces, errors, and what only types and property injectors see: props, options as keywords,
# and what methods and attributes answer.
_NOT_CREATED = {
    "AlphaChannel",
    "AlphaRecordingConfiguration",
    "ArgumentTypeError",
    "FailoverSlateConfigurationReference",
    "MetricOptions",
    "RuleOptions",
    "StageEndpoints",
    "ValidationError",
}


def _is_created(name: str, kind: type) -> bool:
    short = name.rpartition(".")[2]
    return not (
        short in _NOT_CREATED
        or short.endswith("Props")
        or (short[0] == "I" and short[1].isupper())
        or issubclass(kind, Exception)
    )


CREATED = {name for name, kind in CLASSES.items() if _is_created(name, kind)}


def _paths(value: object) -> Iterator[str]:
    for each in parts_of(value):
        if isinstance(each, Call) and isinstance(each.of, str):
            yield each.of
        elif isinstance(each, Name):
            yield each.path


@pytest.fixture(scope="module")
def paths() -> set[str]:
    """All public paths in some plans of each part, around which apps are built."""
    found: set[str] = set()

    def collect(plan: PartPlan) -> None:
        found.update(_paths(plan))

    for name, part in PARTS.items():
        options = settings(
            # Rules choose one of many enums.
            max_examples=200 if name.startswith("rule") else 30,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        seed(name)(options(given(plan=part)(collect)))()
    return found


def test_every_public_class_is_in_an_app(paths: set[str]) -> None:
    """
    Every construct, pattern, value class and enum is in an app: none is forgotten.
    """
    missing = {
        name
        for name in CREATED
        if not any(path == name or path.startswith(f"{name}.") for path in paths)
    }
    assert missing == set()


def test_other_constructs_would_be_missed() -> None:
    """
    What counts as created are constructs, patterns, values, permissions and enums.
    """
    assert {
        "cdk_ivs.Channel",
        "cdk_ivs.ChannelGrants",
        "cdk_ivs.chat.Room",
        "cdk_ivs.patterns.IdleGuard",
        "cdk_ivs.patterns.PipPosition",
        "cdk_ivs.TokenIdentity",
    } <= CREATED
    assert not {"cdk_ivs.ChannelProps", "cdk_ivs.IChannel", "cdk_ivs.ValidationError"} & CREATED
