"""The tags parameter."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from aws_cdk import CfnTag

from .errors import ArgumentTypeError, ValidationError, shown
from .tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Mapping

_TAGS = 50
_KEY_LENGTH = 128
_VALUE_LENGTH = 256
_USUAL = re.compile(r"[A-Za-z0-9 _.:/=+@-]*")
_SIGNS = frozenset("_.:/=+-@")
_ALLOWED = "letters, digits, spaces and '_', '.', ':', '/', '=', '+', '-', '@'"


def render_tags(
    tags: Mapping[str, str] | None, *, empty_values: bool = True
) -> list[CfnTag] | None:
    """
    The tags for an L1.

    Refused: more than 50 tags, keys that are empty, longer than 128 characters or reserved by
    AWS, values longer than 256 characters, and empty ones where the schema has none; and what is
    made of other characters than letters, digits, spaces and a few signs, in any script.
    """
    if tags is None:
        return None
    if len(tags) > _TAGS:
        raise ValidationError(
            f"'tags' must be at most {_TAGS} tags, got {len(tags)}", code="TagCount"
        )
    for key, value in tags.items():
        if not all(isinstance(text, str) for text in (key, value)):
            raise ArgumentTypeError(f"'tags' must be of str to str, got {shown(key)}: {shown(value)}")
        if not 1 <= len(key) <= _KEY_LENGTH and not is_token(key):
            raise ValidationError(
                f"'tags' must have keys of 1 to {_KEY_LENGTH} characters, got {shown(key)}",
                code="TagKey",
            )
        if key.lower().startswith("aws:"):
            raise ValidationError(
                f"'tags' must not have keys that begin with 'aws:', which is reserved, got {shown(key)}",
                code="TagKey",
            )
        if not _has_allowed_characters(key) and not is_token(key):
            raise ValidationError(
                f"'tags' must have keys made of {_ALLOWED} only, got {shown(key)}", code="TagKey"
            )
        if not _has_allowed_characters(value) and not is_token(value):
            raise ValidationError(
                f"'tags' must have values made of {_ALLOWED} only, got {shown(value)} for "
                f"{shown(key)}",
                code="TagValue",
            )
        if len(value) > _VALUE_LENGTH and not is_token(value):
            raise ValidationError(
                f"'tags' must have values of at most {_VALUE_LENGTH} characters, "
                f"got {len(value)} characters for {shown(key)}",
                code="TagValue",
            )
        if not value and not empty_values:
            raise ValidationError(
                f"'tags' must have values of at least 1 character here, got none for {shown(key)}; "
                "CloudFormation refuses it for this type",
                code="TagValue",
            )
    return [CfnTag(key=key, value=value) for key, value in tags.items()]


def _has_allowed_characters(text: str) -> bool:
    return _USUAL.fullmatch(text) is not None or all(
        character in _SIGNS or unicodedata.category(character)[0] in "LZN" for character in text
    )
