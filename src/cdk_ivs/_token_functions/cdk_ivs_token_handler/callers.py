"""Who a caller is, by what was declared at deployment and nothing else."""

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
# The session of every role that an identity pool of Amazon Cognito gives somebody.
_SHARED_SESSION = "CognitoIdentityCredentials"


def identity_of(request: Request, identity: Identity) -> str:
    """
    The identity of a caller, or an empty text if none is declared.

    Raises:
        TokenRequestError: If the caller has none.
    """
    if identity.source == NONE:
        return ""
    found = _FINDERS[identity.source](request, identity.name)
    try:
        check_carried(identity.name, found)
    except TokenError as error:
        raise bad_input(str(error)) from None
    return hashed(found) if identity.hashed else found


def hashed(identity: str) -> str:
    """
    An identity as 40 hexadecimal digits of its SHA-256, without a salt.

    Whoever knows an identity can so revoke its sessions. Whoever sees a hash can try identities:
    it hides an e-mail address from nobody who guesses it.
    """
    from hashlib import sha256

    return sha256(identity.encode()).hexdigest()[:HASH_LENGTH]


def meets(request: Request, required: Mapping[str, str]) -> bool:
    """Whether a caller has all the claims that are required."""
    claims = _claims(request)
    return all(wanted in _values(claims.get(name)) for name, wanted in required.items())


def _values(claim: object) -> list[str]:
    """The values of a claim: an HTTP API writes a list as a text, `[hosts admins]`."""
    if not isinstance(claim, str):
        return []
    inner = claim.removeprefix("[").removesuffix("]")
    return [claim, *inner.split(" ")] if len(inner) == len(claim) - 2 else [claim]


def _claims(request: Request) -> Mapping[str, object]:
    """The claims that the JWT authorizer of an HTTP API checked."""
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
        # By a function URL, AWS passes on nothing of an identity pool.
        by = "an" if name == COGNITO_ID else "a function URL or an"
        raise _nobody(
            f"the caller must have the element {name!r} of IAM, which {by} HTTP API with IAM "
            "authorization passes on; sign the request"
        )
    if _is_shared(found):
        raise _nobody(
            f"the caller must have a session of its own, got {_SHARED_SESSION!r}, which all have "
            "that use an identity pool of Amazon Cognito"
        )
    return found


def _is_shared(user_id: object) -> bool:
    return isinstance(user_id, str) and user_id.endswith(_SHARED_SESSION)


def _by_field(request: Request, name: str) -> str:
    # By HTTP without IAM, any viewer could write the identity of another. So could one who signs
    # as a user of an identity pool, which is nobody's backend.
    iam = object_in(request.authorizer, "iam")
    is_viewer = bool(iam.get("cognitoIdentity")) or _is_shared(iam.get("userId"))
    if request.by_http and (not iam or is_viewer):
        raise _nobody(
            f"the field {name!r} says who the caller is, which only a trusted caller may write; "
            "invoke the function directly, or by HTTP with IAM authorization"
        )
    found = request.text(name)
    if not found:
        raise bad_input(f"{name!r} must be given, and must not be empty")
    return found


def _nobody(text: str) -> TokenRequestError:
    return TokenRequestError(FORBIDDEN, "identity", text)


_FINDERS = {CLAIM: _by_claim, IAM: _by_iam, FIELD: _by_field}
