"""Names that the CDK generates from paths, generated in Python to save a message."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from .tree import scope_info

if TYPE_CHECKING:
    from constructs import IConstruct

_HASH_LENGTH = 8
_NOT_IN_PATHS = "Default"
_NOT_IN_NAMES = "Resource"


def unique_resource_name(
    construct: IConstruct, *, max_length: int, separator: str = "", special_characters: str = ""
) -> str:
    """
    Return the same as `Names.unique_resource_name()` of the CDK. A test compares the two.

    Args:
        construct: The construct, in a stack.
        max_length: The maximum length of the name.
        separator: The separator between the IDs.
        special_characters: The characters that the name can have in addition to letters and digits.
    """
    ids = [part for part in scope_info(construct).ids() if part != _NOT_IN_PATHS]
    try:
        path = "/".join(ids).encode()
    except UnicodeEncodeError:
        # A lone surrogate, which JavaScript encodes and Python refuses.
        path = b""
    if not path:
        from aws_cdk import Names

        return Names.unique_resource_name(
            construct,
            max_length=max_length,
            separator=separator,
            allowed_special_characters=special_characters,
        )
    dropped = re.compile(f"[^A-Za-z0-9{special_characters}]")
    if len(ids) == 1 and len(alone := dropped.sub("", ids[0])) <= max_length:
        return alone
    shown = (dropped.sub("", part) for part in _without_repetitions(ids) if part != _NOT_IN_NAMES)
    text = "".join(f"{part}{separator}" for part in shown if part) or separator
    longest = max_length - _HASH_LENGTH
    if len(text) > longest:
        half = longest // 2
        text = text[:half] + text[-half:]
    digest = hashlib.md5(path, usedforsecurity=False).hexdigest()
    return text + digest[:_HASH_LENGTH].upper()


def _without_repetitions(ids: list[str]) -> list[str]:
    """Return the IDs, without each ID with which the previous one ends."""
    kept: list[str] = []
    for part in ids:
        if not kept or not kept[-1].endswith(part):
            kept.append(part)
    return kept
