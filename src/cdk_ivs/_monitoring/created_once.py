"""Objects of the CDK that are created once for a stack or an app, as each takes a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from cdk_ivs._core.identity import jsii_reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from cdk_ivs._core.tree import ScopeInfo

_T = TypeVar("_T")


def created_once(
    info: ScopeInfo, what: str, create: Callable[[], _T], construct: object = None
) -> _T:
    """
    What was created before for a construct, or at the first time is created now.

    Args:
        info: The stack or the app, which keeps it.
        what: What it is.
        create: Creates it.
        construct: What it is created for. None if there is one in all.
    """
    key = (what, "" if construct is None else jsii_reference(construct))
    if key not in info.claims:
        info.claims[key] = create()
    created: _T = info.claims[key]
    return created
