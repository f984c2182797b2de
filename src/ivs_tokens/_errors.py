"""The error that the library raises."""


class TokenError(ValueError):
    """
    An argument is wrong: Amazon IVS would refuse the token, or the signer cannot sign it.

    You get no token. The text names the argument, the value that you gave, what is allowed, and
    what to do. It never contains a key or a token.
    """
