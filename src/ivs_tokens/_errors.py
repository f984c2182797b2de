"""The error that the library raises."""


class TokenError(ValueError):
    """
    An argument is invalid: Amazon IVS would refuse the token, or the signer cannot sign it.

    You get no token. The message names the argument, the value that you gave, the allowed values,
    and what to do. It never contains a key or a token.
    """
