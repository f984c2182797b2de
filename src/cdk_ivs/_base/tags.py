"""The tags parameter."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import CfnTag

from .errors import ArgumentTypeError, ValidationError
from .tokens import is_token

_TAGS = 50
_KEY_LENGTH = 128
_VALUE_LENGTH = 256


def check_tag_mapping(tags: object) -> None:
    """Refuse tags in a form that other APIs have: key and value of each under these names."""
    right = """use a dictionary such as {"team": "video"}"""
    if not isinstance(tags, Mapping):
        raise ArgumentTypeError(
            f"'tags' must be Mapping[str, str], got '{type(tags).__name__}'; {right}"
        )
    if {str(key).lower() for key in tags} == {"key", "value"}:
        raise ValidationError(
            f"'tags' must have values by keys, got the two tags {' and '.join(map(repr, tags))}; "
            f"{right}",
            code="TagForm",
        )


def render_tags(
    tags: Mapping[str, str] | None, *, empty_values: bool = True
) -> list[CfnTag] | None:
    """
    The tags for an L1.

    Refused: more than 50 tags, keys that are empty, longer than 128 characters or reserved by
    AWS, values longer than 256 characters, and empty ones where the schema has none.
    """
    if tags is None:
        return None
    if len(tags) > _TAGS:
        raise ValidationError(
            f"'tags' must be at most {_TAGS} tags, got {len(tags)}", code="TagCount"
        )
    for key, value in tags.items():
        if not all(isinstance(text, str) for text in (key, value)):
            raise ArgumentTypeError(f"'tags' must be of str to str, got {key!r}: {value!r}")
        if not 1 <= len(key) <= _KEY_LENGTH and not is_token(key):
            raise ValidationError(
                f"'tags' must have keys of 1 to {_KEY_LENGTH} characters, got {key!r}",
                code="TagKey",
            )
        if key.lower().startswith("aws:"):
            raise ValidationError(
                f"'tags' must not have keys that begin with 'aws:', which is reserved, got {key!r}",
                code="TagKey",
            )
        if len(value) > _VALUE_LENGTH and not is_token(value):
            raise ValidationError(
                f"'tags' must have values of at most {_VALUE_LENGTH} characters, "
                f"got {len(value)} characters for {key!r}",
                code="TagValue",
            )
        if not value and not empty_values:
            raise ValidationError(
                f"'tags' must have values of at least 1 character here, got none for {key!r}; "
                "CloudFormation refuses it for this type",
                code="TagValue",
            )
    return [CfnTag(key=key, value=value) for key, value in tags.items()]
