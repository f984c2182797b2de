"""The source of the identity of a caller of a token function."""

from __future__ import annotations

import abc
import re
from dataclasses import dataclass

from cdk_ivs._core.props import Options
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import ValidationError, safe_repr

CLAIM, IAM, FIELD, NONE = "claim", "iam", "field", "none"

# The elements of a request with IAM authorization that identify the caller.
_USER_ID = "userId"
_COGNITO = "cognitoIdentity.identityId"

_FIELD_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]{0,63}")
_OTHER_FIELDS = ("channel_arn", "expires_in", "role", "room_arn", "stage_arn")
_CLAIM_LENGTH = 256


class TokenIdentity(abc.ABC):
    """
    The source of the identity of a caller of a token function.

    Use one of the methods `authorizer_claim()`, `iam()`, `cognito_identity()`, `event_field()` and
    `anonymous()`. The function never guesses the source from the event.

    A caller that can call `lambda:InvokeFunction` writes the whole event. With every source, such a
    caller can pretend to be anyone.
    """

    @staticmethod
    def authorizer_claim(name: str, *, hashed: bool = False) -> TokenIdentity:
        """
        Use a claim that the JWT authorizer of an HTTP API verifies as the identity.

        Give the route an authorization scope. Without one, the authorizer accepts both ID tokens
        and access tokens.

        Args:
            name: The name of the claim, for instance `sub`: 1 to 256 printable characters, a
                limit of this library.
            hashed: Whether tokens contain the first 40 hexadecimal digits of the SHA-256 of the
                claim, instead of the claim. A person who guesses the claim can compute the hash.
                Default: False.

        Returns:
            The source of the identity.

        Raises:
            ArgumentTypeError: `ArgumentType` if the name is not a string.
            ValidationError: `IdentityName` if the name cannot be that of a claim.
        """
        _check_claim(name)
        return _Identity(source=CLAIM, name=name, hashed=hashed)

    @staticmethod
    def iam(*, hashed: bool = True) -> TokenIdentity:
        """
        Use the ID of the IAM user or of the role session that signs the request as the identity.

        Use it with a function URL, or with an HTTP API with IAM authorization. All callers with the
        same session have the same identity.

        Args:
            hashed: Whether tokens contain the first 40 hexadecimal digits of the SHA-256 of the ID,
                instead of the ID. Most IDs are too long for playback tokens. Default: True.

        Returns:
            The source of the identity.

        Raises:
            ArgumentTypeError: `ArgumentType` if `hashed` is not a bool.
        """
        return _Identity(source=IAM, name=_USER_ID, hashed=hashed)

    @staticmethod
    def cognito_identity(*, hashed: bool = True) -> TokenIdentity:
        """
        Use the ID that an identity pool of Amazon Cognito gives to the caller as the identity.

        Use it with an HTTP API with IAM authorization. Function URLs do not pass it on.

        Args:
            hashed: Whether tokens contain the first 40 hexadecimal digits of the SHA-256 of the ID,
                instead of the ID. The IDs are too long for playback tokens. Default: True.

        Returns:
            The source of the identity.

        Raises:
            ArgumentTypeError: `ArgumentType` if `hashed` is not a bool.
        """
        return _Identity(source=IAM, name=_COGNITO, hashed=hashed)

    @staticmethod
    def event_field(name: str, *, hashed: bool = False) -> TokenIdentity:
        """
        Use a field of the event as the identity. You trust the caller to set it.

        Use it with a backend that knows its users. The backend invokes the function directly, or
        over HTTP with IAM authorization.

        Args:
            name: The name of the field, for instance `viewer_id`: 1 to 64 letters, digits and
                underscores that do not begin with a digit, a limit of this library.
            hashed: Whether tokens contain the first 40 hexadecimal digits of the SHA-256 of the
                field, instead of the field. A person who guesses the field can compute the hash.
                Default: False.

        Returns:
            The source of the identity.

        Raises:
            ArgumentTypeError: `ArgumentType` if the name is not a string.
            ValidationError: `IdentityName` if the name is invalid, or that of another field of the
                event.
        """
        _check_field(name)
        return _Identity(source=FIELD, name=name, hashed=hashed)

    @staticmethod
    def anonymous() -> TokenIdentity:
        """
        Use no identity. This is possible for playback tokens only, which then name no viewer.

        Returns:
            The source of the identity.
        """
        return _Identity(source=NONE)

    @property
    @abc.abstractmethod
    def _source(self) -> str:
        """The source, as one of the words that the function knows."""

    @property
    @abc.abstractmethod
    def _by_url(self) -> bool:
        """Whether function URLs pass the identity on."""

    @abc.abstractmethod
    def _render(self) -> dict[str, object]:
        """Write the identity in the form that the function reads."""


@dataclass(frozen=True, kw_only=True)
class _Identity(TokenIdentity, Options):
    source: str
    name: str | None = None
    hashed: bool = False

    @property
    def _source(self) -> str:
        return self.source

    @property
    def _by_url(self) -> bool:
        return self.source != CLAIM and self.name != _COGNITO

    def _render(self) -> dict[str, object]:
        rendered: dict[str, object] = {"from": self.source}
        if self.name is not None:
            rendered["name"] = self.name
        if self.hashed:
            rendered["hashed"] = True
        return rendered


def _check_claim(name: str) -> None:
    """Refuse a text that cannot be the name of a claim."""
    check_type("name", name, str)
    if not 1 <= len(name) <= _CLAIM_LENGTH or not name.isprintable():
        raise ValidationError(
            f"'name' must be the name of a claim, such as 'sub', of 1 to {_CLAIM_LENGTH} printable "
            f"characters, got {safe_repr(name)}",
            code="IdentityName",
        )


def _check_field(name: str) -> None:
    """Refuse a text that cannot be the name of the field with the identity."""
    check_type("name", name, str)
    if name in _OTHER_FIELDS:
        raise ValidationError(
            f"'name' must not be the name of another field of the event, got {safe_repr(name)}; "
            "use for example 'viewer_id'",
            code="IdentityName",
        )
    if _FIELD_NAME.fullmatch(name) is None:
        raise ValidationError(
            "'name' must be 1 to 64 letters, digits and underscores that do not begin with a "
            f"digit, such as 'viewer_id', got {safe_repr(name)}",
            code="IdentityName",
        )
