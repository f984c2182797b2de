"""Scopes that must be in a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import ValidationError
from .scopes import scope_of

if TYPE_CHECKING:
    from constructs import IConstruct


def check_in_stack(scope: IConstruct) -> None:
    """Refuse a scope outside of a stack, where resources cannot stand."""
    if scope_of(scope).stack is None:
        raise ValidationError(
            "'scope' must be a stack or in one: resources cannot stand in an app", code="NoStack"
        )
