"""Checks of tags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from aws_cdk import CfnTag

from .carried import check_carried
from .errors import ArgumentTypeError, ValidationError, safe_repr
from .tokens import is_no_value, is_token, literal_text
from .type_names import with_type

_TAGS = 50
_KEY_LENGTH = 128
_VALUE_LENGTH = 256
_VARIABLE = re.compile(r"\$\{[^{}]*\}")
_SIGNS = frozenset("_.:/=+-@")
_ALLOWED = "letters, digits, spaces and '_', '.', ':', '/', '=', '+', '-', '@'"


def check_tag_mapping(tags: object) -> None:
    """Refuse tags in the form of other APIs, which have a key and a value under these names."""
    right = """use a dictionary such as {"team": "video"}"""
    if not isinstance(tags, Mapping):
        raise ArgumentTypeError(f"'tags' must be Mapping[str, str], got {with_type(tags)}; {right}")
    if {str(key).lower() for key in tags} == {"key", "value"}:
        raise ValidationError(
            "'tags' must map each key to its value, got the two tags "
            f"{' and '.join(safe_repr(key) for key in tags)}; {right}",
            code="TagForm",
        )


def check_tags(
    tags: Mapping[str, str] | None,
    *,
    empty_values: bool = True,
    variables: bool = False,
    own: str | None = None,
) -> None:
    """
    Refuse tags that AWS refuses.

    The checks refuse more than 50 tags, and keys that are empty, longer than 128 characters or
    reserved by AWS. They refuse values that are longer than 256 characters, and empty values if the
    schema does not allow them. Keys and values can contain only letters and digits of any script,
    spaces and a few signs. If the library adds a tag itself, the user can give one tag less, and
    cannot give its key.
    """
    if tags is None:
        return
    most = _TAGS if own is None else _TAGS - 1
    if len(tags) > most:
        beside = "" if own is None else f" in addition to '{own}', which cdk-ivs adds"
        raise ValidationError(
            f"'tags' must have at most {most} tags{beside}, got {len(tags)}", code="TagCount"
        )
    if own is not None and own in tags:
        raise ValidationError(
            f"'tags' must not have the key '{own}', which cdk-ivs adds; leave it out",
            code="TagKey",
        )
    for key, value in tags.items():
        if not all(isinstance(text, str) for text in (key, value)):
            raise ArgumentTypeError(
                f"'tags' must map str to str, got {safe_repr(key)}: {safe_repr(value)}"
            )
        check_carried("tags", {key: value})
        _check_key(key)
        plain = _VARIABLE.sub("", value) if variables else value
        _check_value(key, plain, empty_values=empty_values or plain != value)


def render_tags(tags: Mapping[str, str] | None) -> list[CfnTag] | None:
    """The tags for an L1."""
    return None if tags is None else [CfnTag(key=key, value=tags[key]) for key in tags]


def _check_key(key: str) -> None:
    literal = literal_text(key)
    if not 1 <= len(key) <= _KEY_LENGTH and not (len(literal) <= _KEY_LENGTH and is_token(key)):
        rule = f"of 1 to {_KEY_LENGTH} characters"
    elif not _has_allowed_characters(literal):
        rule = f"that contain only {_ALLOWED}"
    elif key.lower().startswith("aws:"):
        raise ValidationError(
            "'tags' must not have keys that begin with 'aws:', which is reserved, "
            f"got {safe_repr(key)}",
            code="TagKey",
        )
    elif is_no_value(key):
        raise ValidationError(
            f"'tags' must have keys, got {safe_repr(key)}, with which CloudFormation leaves out "
            "the key; leave out the tag",
            code="TagKey",
        )
    else:
        return
    raise ValidationError(f"'tags' must have keys {rule}, got {safe_repr(key)}", code="TagKey")


def _check_value(key: str, value: str, *, empty_values: bool) -> None:
    literal = literal_text(value)
    if len(literal) > _VALUE_LENGTH:
        rule = f"of at most {_VALUE_LENGTH} characters, got {len(literal)} characters"
    elif not _has_allowed_characters(literal):
        rule = f"that contain only {_ALLOWED}, got {safe_repr(value)}"
    elif not value and not empty_values:
        raise ValidationError(
            "'tags' must have values of at least 1 character here, got none for "
            f"{safe_repr(key)}; CloudFormation rejects it for this type",
            code="TagValue",
        )
    else:
        return
    raise ValidationError(f"'tags' must have values {rule} for {safe_repr(key)}", code="TagValue")


def _has_allowed_characters(text: str) -> bool:
    return all(
        character in _SIGNS or unicodedata.category(character)[0] in "LZN" for character in text
    )
