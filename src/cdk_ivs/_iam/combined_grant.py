"""Several grants as one."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aws_cdk.aws_iam import Grant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jsii._kernel.types import ObjRef


class CombinedGrant(Grant):
    """
    Several grants as one, which the CDK combines when somebody uses it.

    To combine grants takes a message each, and most callers leave the result alone. jsii asks an
    object for its reference before it does anything with it.
    """

    _grants: Sequence[Grant]

    @functools.cached_property
    def __jsii_ref__(self) -> ObjRef:
        """The reference to the grant that the CDK makes of all."""
        whole: Grant = functools.reduce(lambda first, other: first.combine(other), self._grants)
        reference: ObjRef = vars(whole)["__jsii_ref__"]
        return reference


def combined(grants: Sequence[Grant]) -> Grant:
    """One grant for all: the only one, or one that combines them when it is used."""
    first, *others = grants
    if not others:
        return first
    # A call of the class would register the object with jsii, which asks for the reference.
    whole = CombinedGrant.__new__(CombinedGrant)
    whole._grants = grants
    return whole
