"""Where a function that gives out tokens learns who its caller is."""

from __future__ import annotations

import abc
import re
from dataclasses import dataclass

from cdk_ivs._core.props import Options
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import ValidationError, safe_repr

CLAIM, IAM, FIELD, NONE = "claim", "iam", "field", "none"

# The elements of IAM's part of a request that tell callers apart.
_USER_ID = "userId"
_COGNITO = "cognitoIdentity.identityId"

_FIELD_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]{0,63}")
_OTHER_FIELDS = ("channel_arn", "expires_in", "role", "room_arn", "stage_arn")
_CLAIM_LENGTH = 256


class TokenIdentity(abc.ABC):
    """
    Where a function learns who its caller is.

    authorizer_claim(...), iam(...), cognito_identity(...), event_field(...) or anonymous().

    It is fixed at deployment. Whoever may call ``lambda:InvokeFunction`` writes the whole event,
    and so can be anybody, whichever of these you choose.
    """

    @staticmethod
    def authorizer_claim(name: str, *, hashed: bool = False) -> TokenIdentity:
        """
        A claim that the JWT authorizer of an HTTP API checked.

        Give the route an authorization scope: without one, the authorizer takes ID tokens and
        access tokens alike.

        Args:
            name: The name of the claim, for instance ``sub``.
            hashed: Whether the token has the first 40 hexadecimal digits of the SHA-256 of the
                claim, and not the claim. Somebody who guesses the claim can compute the hash.
        """
        _check_claim(name)
        return _Identity(source=CLAIM, name=name, hashed=hashed)

    @staticmethod
    def iam(*, hashed: bool = True) -> TokenIdentity:
        """
        The id of the IAM user or of the session of a role that signed the request.

        For a function URL, or an HTTP API with IAM authorization. All callers with the same
        session are one identity.

        Args:
            hashed: Whether the token has the first 40 hexadecimal digits of the SHA-256 of the id,
                and not the id, which is too long for playback tokens in most cases.
        """
        return _Identity(source=IAM, name=_USER_ID, hashed=hashed)

    @staticmethod
    def cognito_identity(*, hashed: bool = True) -> TokenIdentity:
        """
        The identity that an identity pool of Amazon Cognito gave to whoever signed the request.

        For an HTTP API with IAM authorization. A function URL does not pass it on.

        Args:
            hashed: Whether the token has the first 40 hexadecimal digits of the SHA-256 of the id,
                and not the id, which is too long for playback tokens.
        """
        return _Identity(source=IAM, name=_COGNITO, hashed=hashed)

    @staticmethod
    def event_field(name: str, *, hashed: bool = False) -> TokenIdentity:
        """
        A field of the event, which you trust the caller to fill in.

        For a backend that invokes the function directly, or by HTTP with IAM authorization, and
        that knows its users.

        Args:
            name: The name of the field, for instance ``viewer_id``.
            hashed: Whether the token has the first 40 hexadecimal digits of the SHA-256 of the
                field, and not the field. Somebody who guesses it can compute the hash.
        """
        _check_field(name)
        return _Identity(source=FIELD, name=name, hashed=hashed)

    @staticmethod
    def anonymous() -> TokenIdentity:
        """Nobody in particular. For playback tokens only, which then name no viewer."""
        return _Identity(source=NONE)

    @property
    @abc.abstractmethod
    def _source(self) -> str:
        """What it is: one of the words that the function knows."""

    @property
    @abc.abstractmethod
    def _by_url(self) -> bool:
        """Whether a function URL passes it on."""

    @abc.abstractmethod
    def _render(self) -> dict[str, object]:
        """The identity, as the function reads it."""


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
    """Refuse what cannot be the name of a claim."""
    check_type("name", name, str)
    if not 1 <= len(name) <= _CLAIM_LENGTH or not name.isprintable():
        raise ValidationError(
            f"'name' must be the name of a claim, such as 'sub', of 1 to {_CLAIM_LENGTH} printable "
            f"characters, got {safe_repr(name)}",
            code="IdentityName",
        )


def _check_field(name: str) -> None:
    """Refuse what cannot be the name of a field of the event that has the identity."""
    check_type("name", name, str)
    if name in _OTHER_FIELDS:
        raise ValidationError(
            f"'name' must not be the name of another field of the event, got {safe_repr(name)}; "
            "use for instance 'viewer_id'",
            code="IdentityName",
        )
    if _FIELD_NAME.fullmatch(name) is None:
        raise ValidationError(
            "'name' must be 1 to 64 letters, digits and underscores that do not begin with a "
            f"digit, such as 'viewer_id', got {safe_repr(name)}",
            code="IdentityName",
        )
