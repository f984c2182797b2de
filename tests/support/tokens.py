"""Values that are known only at deployment."""

from aws_cdk import Token


def token(name: str = "Parameter") -> str:
    """A string that stands for a reference to a parameter."""
    return Token.as_string({"Ref": name})
