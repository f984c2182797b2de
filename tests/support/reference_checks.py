"""
What is missing in the reference.

``python -m tests.support.reference_checks [room]`` prints it.
"""

from __future__ import annotations

import functools
import importlib
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from .impossible_codes import impossible_codes
from .raised_codes import all_codes, raised_by
from .reference import Entry, Parameter, entries
from .reflection import PUBLIC

HOSTS = {
    # Each with the form of its pages.
    "aws.amazon.com": r"/[a-z0-9/-]+/",
    "datatracker.ietf.org": r"/doc/html/rfc\d+(#[a-z0-9.-]+)?",
    "docs.aws.amazon.com": r"/[A-Za-z0-9/_-]+/[A-Za-z0-9_.-]+\.html(#[A-Za-z0-9_.-]+)?",
    "www.iso.org": r"/[a-z0-9/-]+\.html",
}
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
BARE_URL = re.compile(r"(?<!\()(?<!`)https?://(?:docs\.)?aws\.")
NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
LIMIT = re.compile(
    rf"\b(?:(?:at (?:most|least)|(?:more|fewer|less|longer|higher|lower) than|up to"
    rf"|(?:maximum|minimum) of|between|within|can have)\s+{NUMBER}\b"
    rf"|{NUMBER}\s+(?:to|or)\s+{NUMBER}\b)",
    re.IGNORECASE,
)
# For a limit that no service has.
OWN_LIMIT = re.compile(r"\b(?:limit of (?:this|the) (?:construct|library|method))\b")
UNIT = re.compile(
    r"\b(?:milliseconds?|seconds?|minutes?|hours?|days?|bytes?|[KMGkmg]i?B|[KMkm]bps|bits?|pixels?"
    r"|frames?|percent|messages?|views?|viewers?|streams?|participants?|characters?|times?|starts?"
    r"|failures?|events?|integer|number|width|height|priority|version|count|files?|requests?|errors?"
    r"|threshold|concurrency|publishers?|stages?|rooms?|channels?|compositions?|playlists?)\b"
)
RANGE = re.compile(
    rf"\b(?:at (?:most|least)|up to|no limit|any|from|between|or (?:more|newer|greater)|one of"
    rf"|greater than|{NUMBER}\s+(?:to|or)\s+{NUMBER}|multiple of|positive)\b",
    re.IGNORECASE,
)
MEASURED = re.compile(r"\b(?:Duration|Size|int|float|timedelta)\b")
WORD = re.compile(r"``?([A-Z][A-Za-z]+)``?")
# A construct has the texts of its props.
SEE_CONSTRUCT = re.compile(
    r"The (?:parameters|props) of an? `*(?:chat\.)?(\w+?)`*, which describes "
)
# Every call can raise these, and the class of the errors says so.
GENERAL = frozenset({"ConstructId", "NoStack"})


class Problem(NamedTuple):
    """
    Something that is missing.

    Attributes:
        room: The folder of the code.
        name: The name that users write.
        what: What is missing.
    """

    room: str
    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.room}: {self.name}: {self.what}"


@functools.cache
def problems() -> tuple[Problem, ...]:
    """All that is missing in the reference."""
    return tuple(
        Problem(entry.room, entry.name, what)
        for entry in entries()
        for check in CHECKS
        for what in check(entry)
    )


def no_description(entry: Entry) -> Iterator[str]:
    """What has no text."""
    if not entry.text:
        yield "no description"


def parameters(entry: Entry) -> Iterator[str]:
    """Parameters without a text, and texts without a parameter."""
    for name in entry.unknown:
        yield f"'{name}' is no parameter"
    if has_texts_elsewhere(entry):
        return
    for parameter in entry.parameters:
        if parameter.text is None:
            yield f"'{parameter.name}' is not described"


def defaults(entry: Entry) -> Iterator[str]:
    """Optional parameters without a default, and required ones with one."""
    for parameter in described(entry):
        if parameter.optional and not re.search(r"\bDefault:\s\S", parameter.text or ""):
            yield f"'{parameter.name}' has no 'Default: …'"
        if not parameter.optional and "Default:" in (parameter.text or ""):
            yield f"'{parameter.name}' is required and has a default"


def units(entry: Entry) -> Iterator[str]:
    """Numbers, durations and sizes without a unit or a range."""
    for parameter in described(entry):
        if MEASURED.search(parameter.annotation):
            text = parameter.text or ""
            if not UNIT.search(text):
                yield f"'{parameter.name}' has no unit"
            if not RANGE.search(text):
                yield f"'{parameter.name}' has no range (say 'no limit' if there is none)"


def returned(entry: Entry) -> Iterator[str]:
    """Functions that do not say what they return."""
    if entry.result != "None" and entry.returns is None:
        yield "no 'Returns:'"
    if entry.result == "None" and entry.returns is not None:
        yield "returns nothing and has 'Returns:'"


def errors(entry: Entry) -> Iterator[str]:
    """Codes of errors that are not named, that are not known, and errors without a code."""
    named = codes_of(entry)
    known = all_codes()
    for code in sorted(expected_codes(entry) - named - GENERAL):
        yield f"'Raises:' does not name `{code}`"
    for error, text in entry.raises:
        words = set(WORD.findall(text))
        if error in ERRORS and not words & known:
            yield f"'Raises: {error}' names no code"
        for word in sorted(words - known - PUBLIC_NAMES):
            yield f"`{word}` in 'Raises:' is no code"
        if error not in ERRORS:
            yield f"'{error}' is no error of the library"


def sources(entry: Entry) -> Iterator[str]:
    """Limits without a link to where they come from."""
    texts = {"the description": entry.text}
    texts |= {f"'{each.name}'": each.text or "" for each in entry.parameters}
    for place, text in texts.items():
        # A default is no limit.
        limit = LIMIT.search(" ".join(text.split()).partition("Default:")[0])
        own = LINK.search(text) or OWN_LIMIT.search(text)
        # A class has the link for all of its values.
        of_owner = entry.kind == "attribute" and LINK.search(entry.owner_text)
        if limit and not own and not of_owner:
            yield f"{place} has a limit without a link to its source: '{limit[0]}'"


def links(entry: Entry) -> Iterator[str]:
    """Links to hosts that are not listed, or of another form than those have."""
    for url in LINK.findall(entry.whole_text):
        match = re.fullmatch(r"https://([^/]+)(/.*)", url)
        if match is None or match[1] not in HOSTS or not re.fullmatch(HOSTS[match[1]], match[2]):
            yield f"link to {url}"
    if BARE_URL.search(entry.whole_text):
        yield "a URL that is no link"


ERRORS = {"ArgumentTypeError", "TokenError", "ValidationError"}
CHECKS = (no_description, parameters, defaults, units, returned, errors, sources, links)
PUBLIC_NAMES = {name.rpartition(".")[2] for name in PUBLIC}


def has_texts_elsewhere(entry: Entry) -> bool:
    """Whether another name has the texts: the construct that the props are of."""
    match = SEE_CONSTRUCT.match(entry.text)
    return match is not None and entry.name.rpartition(".")[2] == f"{match[1]}Props"


def described(entry: Entry) -> Iterator[Parameter]:
    """The parameters that have a text."""
    return (parameter for parameter in entry.parameters if parameter.text is not None)


def codes_of(entry: Entry) -> set[str]:
    """The codes that a name says it raises."""
    return {word for _, text in entry.raises for word in WORD.findall(text)}


def expected_codes(entry: Entry) -> frozenset[str]:
    """The codes that a name can raise, by its code."""
    # Without arguments nothing can be wrong but what a property needs.
    if has_texts_elsewhere(entry) or (entry.kind != "attribute" and not entry.parameters):
        return frozenset()
    try:
        found = entry.run_time_object()
    except AttributeError:  # An attribute that only objects have.
        return frozenset()
    codes = raised_by(found, None if entry.kind == "class" else owner_of(entry))
    if entry.kind == "class" and any(parameter.name == "tags" for parameter in entry.parameters):
        # All constructs check them in the same way, by the name of the keyword.
        codes |= {"TagForm"}
    if entry.kind == "attribute":
        # It takes nothing that could have a wrong type.
        codes -= {"ArgumentType"}
    return codes - impossible_codes(entry)


def owner_of(entry: Entry) -> type | None:
    """The public class that a member is used on, or that which defines it for an interface."""
    home = entry.class_of_code()
    package, _, name = entry.name.rpartition(".")[0].rpartition(".")
    owner: Any = getattr(importlib.import_module(package), name, None) if package else None
    return owner if isinstance(owner, type) and home in owner.__mro__ else home


if __name__ == "__main__":
    for problem in problems():
        if problem.room in sys.argv[1:] or not sys.argv[1:]:
            print(problem)  # noqa: T201 - it is asked for
