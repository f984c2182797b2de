"""What a caller is told who gets no token."""

from __future__ import annotations

BAD, FORBIDDEN, METHOD, FAILED, BUSY = 400, 403, 405, 500, 503


class TokenRequestError(Exception):
    """
    A request that gets no token.

    Attributes:
        status: The status by HTTP. Who invokes the function directly finds it in front of the text.
        reason: Why, in a word, for the log.
        text: What the caller is told. It quotes neither an identity nor a token.
        detail: What the log says beside that. It is about the function, not about the caller.
    """

    def __init__(self, status: int, reason: str, text: str, detail: str | None = None) -> None:
        super().__init__(f"{status}: {text}")
        self.status = status
        self.reason = reason
        self.text = text
        self.detail = detail


def bad_input(text: str) -> TokenRequestError:
    """The error of an event that has something wrong in it."""
    return TokenRequestError(BAD, "input", text)


def failed(detail: str, reason: str = "failure") -> TokenRequestError:
    """The error of a function that cannot give out tokens, whatever the event is."""
    text = "the function cannot give out tokens; its log says why"
    return TokenRequestError(FAILED, reason, text, detail)
