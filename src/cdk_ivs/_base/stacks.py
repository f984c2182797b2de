"""Where a construct can be created: in a stack, under an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import ArgumentTypeError, ValidationError, shown
from .scopes import scope_of

if TYPE_CHECKING:
    from .scopes import Scope


def check_in_stack(scope: object, keyword: str = "scope") -> Scope:
    """
    Refuse a scope that is no construct, or that is not in a stack.

    The CDK notices that only when half of the construct is there.
    """
    # A class of constructs has the attributes of one.
    construct: Any = None if isinstance(scope, type) else scope
    try:
        outer = scope_of(construct)
    except ArgumentTypeError:
        raise ArgumentTypeError(
            f"'{keyword}' must be a construct, got {shown(scope)} of type '{type(scope).__name__}'"
        ) from None
    if outer.stack is None:
        raise ValidationError(
            f"'{keyword}' must be a stack or a construct in one, got one outside of stacks; "
            "create a Stack in the app and use that",
            code="NoStack",
        )
    return outer


def check_place(scope: object, id: object) -> None:
    """Refuse a scope or an id with which the CDK cannot create a construct."""
    check_in_stack(scope)
    check_id(id)


def check_id(id: object) -> None:
    """Refuse what cannot be the id of a construct."""
    if not isinstance(id, str):
        raise ArgumentTypeError(f"'id' must be str, got {shown(id)} of type '{type(id).__name__}'")
    if not id or "${Token[" in id:
        got = "a token" if id else "''"
        raise ValidationError(
            f"'id' must be text that is known at synthesis, got {got}", code="ConstructId"
        )
