"""Where the identity of a caller of a token function comes from."""

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
    Where the identity of a caller of a token function comes from.

    Use one of the methods authorizer_claim(), iam(), cognito_identity(), event_field() and
    anonymous(). The function never guesses the source from the event.

    A caller that can call ``lambda:InvokeFunction`` writes the whole event. With every source, it
    can pretend to be anybody.
    """

    @staticmethod
    def authorizer_claim(name: str, *, hashed: bool = False) -> TokenIdentity:
        """
        The identity is a claim that the JWT authorizer of an HTTP API verifies.

        Give the route an authorization scope. Without one, the authorizer accepts both ID tokens
        and access tokens.

        Args:
            name: The name of the claim, for instance ``sub``.
            hashed: Whether tokens contain the first 40 hexadecimal digits of the SHA-256 of the
                claim, instead of the claim. Somebody who guesses the claim can compute the hash.
        """
        _check_claim(name)
        return _Identity(source=CLAIM, name=name, hashed=hashed)

    @staticmethod
    def iam(*, hashed: bool = True) -> TokenIdentity:
        """
        The identity is the id of the IAM user or of the role session that signs the request.

        Use it with a function URL, or with an HTTP API with IAM authorization. All callers with
        the same session have the same identity.

        Args:
            hashed: Whether tokens contain the first 40 hexadecimal digits of the SHA-256 of the id,
                instead of the id. Most ids are too long for playback tokens.
        """
        return _Identity(source=IAM, name=_USER_ID, hashed=hashed)

    @staticmethod
    def cognito_identity(*, hashed: bool = True) -> TokenIdentity:
        """
        The identity is the one that an identity pool of Amazon Cognito gives to the caller.

        Use it with an HTTP API with IAM authorization. Function URLs do not pass it on.

        Args:
            hashed: Whether tokens contain the first 40 hexadecimal digits of the SHA-256 of the id,
                instead of the id. The ids are too long for playback tokens.
        """
        return _Identity(source=IAM, name=_COGNITO, hashed=hashed)

    @staticmethod
    def event_field(name: str, *, hashed: bool = False) -> TokenIdentity:
        """
        The identity is a field of the event. You trust the caller to set it.

        Use it with a backend that knows its users. The backend invokes the function directly, or
        over HTTP with IAM authorization.

        Args:
            name: The name of the field, for instance ``viewer_id``.
            hashed: Whether tokens contain the first 40 hexadecimal digits of the SHA-256 of the
                field, instead of the field. Somebody who guesses it can compute the hash.
        """
        _check_field(name)
        return _Identity(source=FIELD, name=name, hashed=hashed)

    @staticmethod
    def anonymous() -> TokenIdentity:
        """There is no identity. Only for playback tokens, which then name no viewer."""
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
