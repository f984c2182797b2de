"""Find the problems of a token by the rules of Amazon IVS, and how long it is valid."""

from __future__ import annotations

from datetime import UTC, datetime

from ._claims import CHANNEL, CONNECTION, PARTICIPANT, PLAYBACK, SINGLE_USE, VIEWER
from ._errors import TokenError
from ._jws import SIGNATURE
from ._lifetimes import CONNECTION_SECONDS, LATEST, PARTICIPANT_SECONDS, VIEWER_SECONDS
from ._shown import shown
from ._tokens import PLAYBACK_LENGTH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeGuard

    from ._claims import TokenKind
    from ._reading import ReadToken

# Claims that only this kind of token has.
_MARKS = (
    (PLAYBACK, {CHANNEL}),
    (PARTICIPANT, {"resource", "topic", "capabilities", "whip_url"}),
    (CONNECTION, {"account_id", "region"}),
)
_LONGEST: dict[TokenKind | None, int] = {
    PARTICIPANT: PARTICIPANT_SECONDS,
    CONNECTION: CONNECTION_SECONDS,
}
_UNITS = (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))
_DER_SEQUENCE = b"\x30"


class _Names(dict[str, str]):
    """The names of claims in messages, which are those in the token."""

    def __missing__(self, claim: str) -> str:
        return claim


def kind_of(token: ReadToken) -> TokenKind | None:
    """Return the kind of a token, or None if the claims do not tell it."""
    return next((kind for kind, marks in _MARKS if marks & token.claims.keys()), None)


def problems_of(token: ReadToken, now: int) -> list[str]:
    """Return in words why IVS would refuse a token at a time."""
    return [*_problems_of_form(token), *_problems_of_claims(token), *_problems_of_time(token, now)]


def notes_of(token: ReadToken) -> list[str]:
    """Return in words what is unusual about a token, but not wrong."""
    notes = []
    if token.header.get("alg") == "KMS":
        notes.append("IVS signed this token; the report applies the rules for tokens that you sign")
    kind = kind_of(token)
    if kind is not None:
        unknown = token.claims.keys() - {*kind.required, *kind.optional}
        notes += [
            f"the guide of IVS does not describe the claim {shown(claim)}"
            for claim in sorted(unknown)
        ]
    return notes


def validity_of(token: ReadToken, now: int) -> str:
    """Return in words how long a token is valid."""
    end = token.claims.get("exp")
    if not is_time(end):
        return "not known"
    if end <= now:
        return f"no, it expired {_words(now - end)} ago, at {moment(end)}"
    return f"for {_words(end - now)}, until {moment(end)}"


def moment(seconds: int) -> str:
    """Write a time as text."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _problems_of_form(token: ReadToken) -> Iterator[str]:
    for name, value in (("alg", "ES384"), ("typ", "JWT")):
        if token.header.get(name) != value:
            yield f"'{name}' must be {value!r}, got {shown(token.header.get(name))}"
    if token.repeated:
        yield "the header or the claims have the same name twice"
    size = len(token.signature)
    if size != SIGNATURE:
        der = token.signature.startswith(_DER_SEQUENCE)
        yield (
            f"the signature must be r and s side by side in {SIGNATURE} bytes, got {size} bytes"
            f"{', which may be DER' if der else ''}"
        )


def _problems_of_claims(token: ReadToken) -> Iterator[str]:
    kind = kind_of(token)
    if kind is None:
        yield "no claim says whether the token is for a channel, a stage or a connection"
        return
    for claim in kind.required:
        if claim not in token.claims:
            yield f"'{claim}' is missing"
    for check, arguments in kind.checks(token.header, token.claims, _Names()):
        try:
            check(*arguments)
        except TokenError as error:
            yield error.message
    if kind is PLAYBACK and token.length > PLAYBACK_LENGTH:
        yield f"the token must have at most {PLAYBACK_LENGTH} bytes, got {token.length} bytes"


def _problems_of_time(token: ReadToken, now: int) -> Iterator[str]:
    kind, claims = kind_of(token), token.claims
    for claim in ("exp", "iat"):
        if claim in claims and not is_time(claims[claim]):
            yield (
                f"'{claim}' must be an integer of Unix seconds, got {shown(claims[claim])}; "
                "divide milliseconds by 1000"
            )
    end, issued = claims.get("exp"), claims.get("iat")
    if not is_time(end):
        return
    if end <= now:
        yield "the token has expired"
    for limited in (VIEWER, SINGLE_USE):
        if kind is PLAYBACK and limited in claims and end > now + VIEWER_SECONDS:
            yield (
                f"'exp' must be at most {VIEWER_SECONDS} seconds ahead with '{limited}', got "
                f"{end - now} seconds"
            )
    longest = _LONGEST.get(kind)
    if longest is not None and is_time(issued) and not 0 < end - issued <= longest:
        yield (f"'exp' must be 1 to {longest} seconds after 'iat', got {end - issued} seconds")


def is_time(value: object) -> TypeGuard[int]:
    """Return whether a value can be a time in Unix seconds."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LATEST


def _words(seconds: int) -> str:
    """Write a duration in its two largest units."""
    words = []
    for unit, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{count} {unit}{'s' if count > 1 else ''}")
    return " ".join(words[:2]) or "0 seconds"
