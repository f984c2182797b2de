"""Checks of the scope and the ID of a construct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdk_ivs._validation.carried import check_carried
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr
from cdk_ivs._validation.type_names import type_name, with_type

from .tree import scope_info

if TYPE_CHECKING:
    from .tree import ScopeInfo


def check_construct(scope: object, keyword: str = "scope") -> ScopeInfo:
    """Refuse a scope that is not a construct."""
    # A class has the same attributes as its instances.
    construct: Any = None if isinstance(scope, type) else scope
    try:
        return scope_info(construct)
    except ArgumentTypeError:
        raise ArgumentTypeError(
            f"'{keyword}' must be a construct, got {with_type(scope)}"
        ) from None


def check_in_stack(scope: object, keyword: str = "scope") -> ScopeInfo:
    """
    Refuse a scope that is not a construct, or that is not in a stack.

    The CDK would leave half a construct.
    """
    outer = check_construct(scope, keyword)
    if outer.stack is None:
        raise ValidationError(
            f"'{keyword}' must be a stack or a construct in one, got an object of type "
            f"'{type_name(scope)}' outside of stacks; create a Stack in the app and use that",
            code="NoStack",
        )
    return outer


def check_scope_and_id(scope: object, id: object) -> None:
    """Refuse a scope or an ID with which the CDK cannot create a construct."""
    check_in_stack(scope)
    check_id(id)


def check_id(id: object) -> None:
    """Refuse a value that cannot be the ID of a construct."""
    if not isinstance(id, str):
        raise ArgumentTypeError(f"'id' must be str, got {with_type(id)}")
    check_carried("id", id)
    if not id or "${Token[" in id or "{{resolve:" in id:
        raise ValidationError(
            f"'id' must be a string that is known at synthesis, got {safe_repr(id)}",
            code="ConstructId",
        )
