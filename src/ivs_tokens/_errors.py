"""The error that the library raises."""


class TokenError(ValueError):
    """
    An argument that Amazon IVS would refuse in a token, or that cannot sign one.

    Raised before anything is signed. The text names the argument, the value got, what is allowed,
    and what to do. It never holds a key or a token.
    """
