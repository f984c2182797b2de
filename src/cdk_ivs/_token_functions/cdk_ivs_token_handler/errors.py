"""The errors that callers get instead of tokens."""

from __future__ import annotations

BAD, FORBIDDEN, METHOD, FAILED, BUSY = 400, 403, 405, 500, 503


class TokenRequestError(Exception):
    """
    A request that gets no token.

    Attributes:
        status: The HTTP status. A direct invocation gets it as the first word of the error.
        reason: The reason in one word, for the log.
        text: The message to the caller. It contains no identity and no token.
        detail: More about the function, only for the log. It contains nothing about the caller.
    """

    def __init__(self, status: int, reason: str, text: str, detail: str | None = None) -> None:
        super().__init__(f"{status}: {text}")
        self.status = status
        self.reason = reason
        self.text = text
        self.detail = detail


def bad_input(text: str) -> TokenRequestError:
    """Create the error for a wrong event."""
    return TokenRequestError(BAD, "input", text)


def failed(detail: str, reason: str = "failure") -> TokenRequestError:
    """Create the error for a function that cannot return tokens, whatever the event is."""
    text = "the function cannot create tokens; its log has the reason"
    return TokenRequestError(FAILED, reason, text, detail)
