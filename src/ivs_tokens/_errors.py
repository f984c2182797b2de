"""The error that the library raises."""

from __future__ import annotations


class TokenError(ValueError):
    """
    An argument is invalid: Amazon IVS would refuse the token, or the signer cannot sign it.

    You get no token. The text names the argument, the value that you gave, the allowed values, and
    what to do, and ends with the code. It never contains a key or a token.

    The command line raises these codes too: `File` if it cannot read a file, `Option` if an option
    has another form, `NoToken` if a text is not a token, `OtherStage` if a claim names another
    stage, and `PublicKey` if the PEM is not a public key on the curve P-384.

    Attributes:
        message: The mistake and the remedy, without the code.
        code: A stable identifier of the rule, such as `Lifetime`.
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the error, because test runners send errors to other processes."""
        return _restore, (type(self), self.message, self.code)

    def __str__(self) -> str:
        """The message and the code."""
        return f"{self.message} [ivs-tokens:{self.code}]"


def _restore(kind: type[TokenError], message: str, code: str) -> TokenError:
    return kind(message, code=code)
