"""Facts that a source has and facts that are known, and how they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# By what the fact is about: its value, which is empty if the fact is only that there is one.
Facts = dict[str, str]


class Difference(NamedTuple):
    """
    A difference.

    Attributes:
        kind: `new`, `changed` or `gone`.
        fact: What the fact is about.
        known: The known value.
        found: The value in the source.
    """

    kind: str
    fact: str
    known: str
    found: str


class Section(NamedTuple):
    """
    The facts of a source.

    Attributes:
        title: The name of the source, with its version.
        found: The facts in the source.
        known: The known facts.
        is_complete: Whether a fact that the source lacks is a difference. Some sources are behind
            AWS's documentation.
    """

    title: str
    found: Mapping[str, str]
    known: Mapping[str, str]
    is_complete: bool = True

    def differences(self) -> Iterator[Difference]:
        """Yield the differences, in the order of the facts."""
        for fact in sorted(self.found.keys() | self.known.keys()):
            known, found = self.known.get(fact), self.found.get(fact)
            if known is None:
                yield Difference("new", fact, "", found or "")
            elif found is None:
                if self.is_complete:
                    yield Difference("gone", fact, known, "")
            elif known != found:
                yield Difference("changed", fact, known, found)
