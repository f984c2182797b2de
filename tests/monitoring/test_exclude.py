"""Alarms that are left out."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Stack, Token

from cdk_ivs import ValidationError
from tests.monitoring.calls import call_of
from tests.support.tokens import token

every_set = pytest.mark.parametrize("name", ["ChannelAlarms", "StageAlarms", "QuotaAlarms"])


@every_set
@pytest.mark.parametrize(
    "make",
    [
        lambda known: [token()],
        lambda known: [known, token()],
        lambda known: Token.as_list({"Ref": "Parameter"}),
    ],
    ids=["token", "name and token", "list"],
)
def test_must_be_known_at_synthesis(stack: Stack, name: str, make: Any) -> None:
    """
    A token would leave nothing out, so it is refused.
    """
    called, needed = call_of(stack, name)
    known = str(next(iter(called(**{**needed, "id": "Other"}).alarms)))
    with pytest.raises(ValidationError) as error:
        called(**needed, exclude=make(known))
    assert error.value.code == "ExcludeToken"
    assert error.value.message == (
        "'exclude' must be known at synthesis, got a token; name the alarms to leave out"
    )
    assert stack.node.try_find_child("Thing") is None


@every_set
def test_may_be_a_name(stack: Stack, name: str) -> None:
    """
    A name that is known leaves its alarm out.
    """
    called, needed = call_of(stack, name)
    first, *others = map(str, called(**{**needed, "id": "Other"}).alarms)
    assert list(called(**needed, exclude=[first]).alarms) == others
