"""Identify callers, only in the way that is declared at deployment."""

from __future__ import annotations

from ivs_tokens import TokenError
from ivs_tokens._checks import check_carried

from .configuration import CLAIM, COGNITO_ID, FIELD, IAM, NONE
from .errors import FORBIDDEN, TokenRequestError, bad_input
from .events import object_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .configuration import Identity
    from .events import Request

HASH_LENGTH = 40
# Identity pools of Amazon Cognito give this name to all their sessions.
_SHARED_SESSION = "CognitoIdentityCredentials"


def identity_of(request: Request, identity: Identity) -> str:
    """
    Return the identity of a caller, or an empty text if the function is anonymous.

    Raises:
        TokenRequestError: If the caller has none.
    """
    if identity.source == NONE:
        return ""
    found = _FINDERS[identity.source](request, identity.name)
    try:
        check_carried(identity.name, found)
    except TokenError as error:
        raise bad_input(error.message) from None
    return hashed(found) if identity.hashed else found


def hashed(identity: str) -> str:
    """
    Return the first 40 hexadecimal digits of the SHA-256 of an identity.

    There is no salt, so that a backend can compute the hash to revoke the sessions of an identity.
    The hash does not protect an identity that a person can guess, such as an email address.
    """
    from hashlib import sha256

    return sha256(identity.encode()).hexdigest()[:HASH_LENGTH]


def meets(request: Request, required: Mapping[str, str]) -> bool:
    """Return whether a caller has all required claims."""
    claims = _claims(request)
    return all(wanted in _values(claims.get(name)) for name, wanted in required.items())


def _values(claim: object) -> list[str]:
    """Return the values of a claim. An HTTP API passes on a list as text: `[hosts admins]`."""
    if not isinstance(claim, str):
        return []
    inner = claim.removeprefix("[").removesuffix("]")
    return [claim, *inner.split(" ")] if len(inner) == len(claim) - 2 else [claim]


def _claims(request: Request) -> Mapping[str, object]:
    """Return the claims that the JWT authorizer of an HTTP API verified."""
    return object_in(object_in(request.authorizer, "jwt"), "claims")


def _by_claim(request: Request, name: str) -> str:
    found = _claims(request).get(name)
    if isinstance(found, str) and found:
        return found
    raise _nobody(
        f"the caller must have the claim {name!r}, which the JWT authorizer of an HTTP API passes "
        "on; attach it to the route, and call the route"
    )


def _by_iam(request: Request, name: str) -> str:
    found: object = object_in(request.authorizer, "iam")
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    if not isinstance(found, str) or not found:
        # Function URLs do not pass on the identity of an identity pool.
        by = "an" if name == COGNITO_ID else "a function URL or an"
        raise _nobody(
            f"the caller must have the element {name!r} of IAM, which {by} HTTP API with IAM "
            "authorization passes on; sign the request"
        )
    if _is_shared(found):
        raise _nobody(
            f"the caller must have a session of its own, got {_SHARED_SESSION!r}, which all users "
            "of an identity pool of Amazon Cognito share"
        )
    return found


def _is_shared(user_id: object) -> bool:
    return isinstance(user_id, str) and user_id.endswith(_SHARED_SESSION)


def _by_field(request: Request, name: str) -> str:
    # Without IAM, every viewer could send a request with the identity of another person. So could a
    # user of an identity pool, who signs requests but is not a backend.
    iam = object_in(request.authorizer, "iam")
    is_viewer = bool(iam.get("cognitoIdentity")) or _is_shared(iam.get("userId"))
    if request.by_http and (not iam or is_viewer):
        raise _nobody(
            f"the field {name!r} identifies the caller, and only a trusted caller can set it; "
            "invoke the function directly, or by HTTP with IAM authorization"
        )
    found = request.text(name)
    if not found:
        raise bad_input(f"{name!r} must be given, and must not be empty")
    return found


def _nobody(text: str) -> TokenRequestError:
    return TokenRequestError(FORBIDDEN, "identity", text)


_FINDERS = {CLAIM: _by_claim, IAM: _by_iam, FIELD: _by_field}
