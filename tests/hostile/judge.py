"""What became of a call, and whether that is allowed."""

from __future__ import annotations

import enum
import re
import traceback

from cdk_ivs import ValidationError
from ivs_tokens import TokenError
from tests.support.crossing import CrossedError

from .argued import argued, shows_option
from .recognition import shows_value
from .secrets import shows_secret
from .subjects import Subject

LONGEST = 2048


class Outcome(enum.StrEnum):
    """What became of a call. All from `RAW` on are faults."""

    ACCEPTED = "accepted, and valid"
    REFUSED = "refused"
    REFUSED_AT_SYNTHESIS = "refused at synthesis"
    BY_THE_CDK = "refused by the CDK, for id, scope or another app"
    RAW = "raw error"
    HALF_MADE = "half-made"
    WRONGLY_ACCEPTED = "wrongly accepted"
    NO_KEYWORD = "message without the keyword"
    NO_VALUE = "message without the value"
    TOO_LONG = "message too long"
    SHOWS_SECRET = "message with a secret"
    CROSSED = "reached the bridge"

    @property
    def is_fault(self) -> bool:
        """Whether it is a fault of the library."""
        return self not in _ALLOWED


_ALLOWED = {
    Outcome.ACCEPTED,
    Outcome.REFUSED,
    Outcome.REFUSED_AT_SYNTHESIS,
    Outcome.BY_THE_CDK,
}

# What the CDK raises itself, by the parameter.
_OF_THE_CDK = {
    "id": (
        # Another construct of the scope has the id.
        r"There is already a Construct with name '",
        # With this id, a construct has the logical id of its scope.
        r"SectionAlreadyContains: section 'Resources' already contains",
        # Of signs alone there is no logical id.
        r"Unable to render a unique resource name|Logical ID must adhere",
    ),
    "scope": (),
}
# What the CDK raises when a template refers to the construct of another app.
ACROSS_APPS = "CannotReferenceAcrossApps"


def is_of_the_cdk(subject: Subject, error: BaseException) -> bool:
    """Whether an error is one that the CDK raises for any construct, for its id or scope."""
    return any(re.search(pattern, str(error)) for pattern in _OF_THE_CDK.get(subject.name, ()))


def judge_error(subject: Subject, error: BaseException, value: object) -> tuple[Outcome, str]:
    """What an error means, with what to look at."""
    shown = "".join(traceback.format_exception(error))
    text = f"{type(error).__name__}: {str(error)[:600]}"
    if shows_secret(shown) or shows_secret(repr(error)) or shows_secret(repr(vars(error))):
        return Outcome.SHOWS_SECRET, f"{type(error).__name__} at {place_of(error)}"
    if isinstance(error, CrossedError):
        return Outcome.CROSSED, f"{text} at {place_of(error)}"
    if not isinstance(error, ValidationError | TokenError):
        if is_of_the_cdk(subject, error):
            return Outcome.BY_THE_CDK, text
        return Outcome.RAW, f"{text} at {place_of(error)}"
    return judge_message(subject, str(error), value)


def judge_message(subject: Subject, message: str, value: object) -> tuple[Outcome, str]:
    """Whether a message of the library has what a message must have."""
    if len(message.encode(errors="replace")) > LONGEST:
        return Outcome.TOO_LONG, message[:300]
    if shows_option(subject, message, value):
        return Outcome.REFUSED, message
    if not re.search(rf"\b{subject.name}\b", message):
        return Outcome.NO_KEYWORD, message
    if not (shows_value(message, value) or argued(subject, message, value)):
        return Outcome.NO_VALUE, message
    return Outcome.REFUSED, message


def place_of(error: BaseException) -> str:
    """The innermost lines of the library that an error passed."""
    frames = [
        f"{frame.filename.rpartition('/src/')[2]}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "/src/cdk_ivs" in frame.filename or "/src/ivs_tokens" in frame.filename
    ]
    return " < ".join(reversed(frames[-3:])) or "nowhere in the library"
