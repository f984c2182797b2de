"""Mappings from texts to texts: attributes of tokens, and required claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._validation.carried import check_carried
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr
from cdk_ivs._validation.tokens import literal_text
from cdk_ivs._validation.type_names import with_type

if TYPE_CHECKING:
    from collections.abc import Mapping


def check_texts(keyword: str, texts: Mapping[str, str], most: int, *, empty: bool = True) -> None:
    """Refuse other types, texts that UTF-8 cannot carry, and too many bytes."""
    parts: list[object] = [part for item in texts.items() for part in item]
    carried = [_carried(keyword, part) for part in parts]
    check_carried(keyword, texts)
    size = len(b"".join(carried))
    if size > most:
        # The length of a token is not known.
        size = len("".join(literal_text(part.decode()) for part in carried).encode())
    if size > most:
        raise ValidationError(
            f"'{keyword}' must have keys and values of at most {most:,} bytes together, "
            f"got {size:,} bytes",
            code="TextsSize",
        )
    if not empty and not (texts and all(parts)):
        raise ValidationError(
            f"'{keyword}' must name at least one claim, each with a name and a value that are not "
            f"empty, got {safe_repr(dict(texts))}; leave it out to require nothing",
            code="EmptyClaims",
        )


def _carried(keyword: str, text: object) -> bytes:
    if not isinstance(text, str):
        raise ArgumentTypeError(
            f"'{keyword}' must have strings as keys and values, got {with_type(text)}"
        )
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ValidationError(
            f"'{keyword}' must have strings that UTF-8 can encode, got one with a lone "
            "surrogate; decode it with the right encoding",
            code="Encoding",
        ) from None


def given(**parts: object) -> dict[str, object]:
    """Leave out empty values: the function reads a missing value as False, empty or None."""
    return {name: part for name, part in parts.items() if part}
