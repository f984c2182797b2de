"""Several grants as one."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aws_cdk.aws_iam import Grant

from cdk_ivs._core.identity import StandIn, reference_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class CombinedGrant(StandIn, Grant):
    """
    Several grants as one, which the CDK combines on first use.

    Combining takes a message for each grant, and most callers ignore the result.
    """

    _grants: Sequence[Grant]

    def _create(self) -> Grant:
        return _combine(self._grants)


def combined(grants: Sequence[Grant]) -> Grant:
    """Return one grant for all. If there are several, the CDK combines them on first use."""
    first, *others = grants
    if not others:
        return first
    # A stand-in needs the reference of an object, where jsii keeps one.
    if reference_of(first) is None:
        return _combine(grants)
    # Calling the class would register the object with jsii, which asks for the reference.
    whole = CombinedGrant.__new__(CombinedGrant)
    whole._grants = grants
    return whole


def _combine(grants: Sequence[Grant]) -> Grant:
    return functools.reduce(lambda first, other: first.combine(other), grants)
