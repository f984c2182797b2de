"""The harness notices each kind of fault, which is planted here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import Annotations, CfnResource
from aws_cdk import aws_ivs as l1
from constructs import Construct

from cdk_ivs import ValidationError
from tests.support.crossing import UNCARRIED, CrossedError, check_crossing

from .judge import Outcome
from .planted import PlantedSubject
from .run import Case, run_batch
from .secrets import SECRETS, STREAM_KEY, shows_secret
from .site import Site
from .values import Value

# The same files as with the wheel.
pytestmark = [pytest.mark.once, pytest.mark.unmeasured]


class Planted(PlantedSubject):
    """A call that has a fault."""

    def callable(self, site: Site) -> Callable[..., Any]:
        """The planted function."""
        return lambda **given: PLANTED[self.function](site.stack, given["name"])


def raw(scope: Construct, name: Any) -> object:
    """An error of Python."""
    return name.missing


def half_made(scope: Construct, name: object) -> object:
    """A construct is left."""
    CfnResource(scope, "Half", type="AWS::IVS::Stage")
    raise ValidationError(f"'name' must be right, got {name!r}", code="Planted")


def with_metadata(scope: Construct, name: object) -> object:
    """A warning is left."""
    Annotations.of(scope).add_warning_v2("planted", "left")
    raise ValidationError(f"'name' must be right, got {name!r}", code="Planted")


def wrong_acceptance(scope: Construct, name: object) -> object:
    """CloudFormation refuses the name."""
    return l1.CfnChannel(scope, "Wrong", name="not allowed: §§")


def no_synthesis(scope: Construct, name: object) -> object:
    """The CDK refuses the reference at synthesis."""
    return l1.CfnChannel(scope, "Wrong", name=l1.CfnChannel(Site().root, "Other").attr_arn)


def secret(scope: Construct, name: object) -> object:
    """The message has the key in it, which only the harness can notice."""
    error = ValidationError("'name' must be right, got a key", code="Planted")
    error.args = (STREAM_KEY,)
    raise error


def no_keyword(scope: Construct, name: object) -> object:
    """The message does not say what is wrong."""
    raise ValidationError("wrong, got something", code="Planted")


def no_value(scope: Construct, name: object) -> object:
    """The message does not say what was given."""
    raise ValidationError("'name' is wrong, got another", code="Planted")


def too_long(scope: Construct, name: object) -> object:
    """The message is a page."""
    raise ValidationError(f"'name' is wrong, got {'word ' * 500}", code="Planted")


def crossed(scope: Construct, name: object) -> object:
    """The number is sent without a check."""
    return CfnResource(scope, "It", type="AWS::IVS::Stage", properties={"n": UNCARRIED})


def refused(scope: Construct, name: object) -> object:
    """As it should be."""
    raise ValidationError(f"'name' must be right, got {name!r}", code="Planted")


def accepted(scope: Construct, name: object) -> object:
    """As it should be."""
    return l1.CfnChannel(scope, "Right", name="right")


PLANTED: dict[str, Callable[[Construct, Any], object]] = {
    "raw": raw,
    "half_made": half_made,
    "with_metadata": with_metadata,
    "wrong_acceptance": wrong_acceptance,
    "no_synthesis": no_synthesis,
    "secret": secret,
    "no_keyword": no_keyword,
    "no_value": no_value,
    "too_long": too_long,
    "crossed": crossed,
    "refused": refused,
    "accepted": accepted,
}
EXPECTED = {
    "raw": Outcome.RAW,
    "half_made": Outcome.HALF_MADE,
    "with_metadata": Outcome.HALF_MADE,
    "wrong_acceptance": Outcome.WRONGLY_ACCEPTED,
    "no_synthesis": Outcome.WRONGLY_ACCEPTED,
    "secret": Outcome.SHOWS_SECRET,
    "no_keyword": Outcome.NO_KEYWORD,
    "no_value": Outcome.NO_VALUE,
    "too_long": Outcome.TOO_LONG,
    "crossed": Outcome.CROSSED,
    "refused": Outcome.REFUSED,
    "accepted": Outcome.ACCEPTED,
}


def cases(*functions: str) -> list[Case]:
    """Calls of planted functions."""
    value = Value("text", "word", lambda *_: "word")
    return [
        Case(number, Planted("planted", function, "name", "str", ()), value)
        for number, function in enumerate(functions)
    ]


@pytest.mark.parametrize("function", EXPECTED)
def test_each_fault_is_noticed(function: str) -> None:
    """
    A planted fault has its own outcome, also among calls without a fault.
    """
    results = run_batch(cases("accepted", function, "refused"))
    outcomes = {result.case.number: result.outcome for result in results}
    assert outcomes == {0: Outcome.ACCEPTED, 1: EXPECTED[function], 2: Outcome.REFUSED}


def test_all_outcomes_are_planted() -> None:
    """
    Each outcome that is a fault is planted.
    """
    assert {each for each in Outcome if each.is_fault} <= set(EXPECTED.values())


@pytest.mark.parametrize(
    "value",
    [UNCARRIED, 10**309, "\ud800", ["\udc00"]],
    ids=["stand-in", "above all floats", "half a pair", "in a list"],
)
def test_the_guard_refuses_what_json_cannot_carry(value: object) -> None:
    """
    A value that JSON cannot carry does not cross, wherever it is in a message.
    """
    with pytest.raises(CrossedError):
        check_crossing({"args": [{"name": value}]})
    check_crossing({"args": [1.5, "😀", 2**53, None]})


def test_secrets_are_recognized() -> None:
    """
    Every secret among the values is recognized in a text, and a message without one is not.
    """
    assert [name for name, value in SECRETS.items() if not shows_secret(str(value))] == []
    assert not shows_secret("'channel_name' must be str, got a value that may contain a key")
