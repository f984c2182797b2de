"""Two libraries that verify tokens, and know nothing of this one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import joserfc.errors
import joserfc.jwk
import joserfc.jwt
import jwt
import pytest

Verify = Callable[[str, str], dict[str, Any]]


def with_pyjwt(token: str, public_key: str) -> dict[str, Any]:
    """The claims of a token that PyJWT verifies."""
    claims = jwt.decode(token, public_key, algorithms=["ES384"], options={"require": ["exp"]})
    assert isinstance(claims, dict)
    return claims


def with_joserfc(token: str, public_key: str) -> dict[str, Any]:
    """The claims of a token that joserfc verifies."""
    key = joserfc.jwk.ECKey.import_key(public_key)
    claims = joserfc.jwt.decode(token, key, algorithms=["ES384"]).claims
    joserfc.jwt.JWTClaimsRegistry(now=int(time.time()), exp={"essential": True}).validate(claims)
    return claims


LIBRARIES = [with_pyjwt, with_joserfc]
both_libraries = pytest.mark.parametrize("verify", LIBRARIES, ids=["PyJWT", "joserfc"])
REFUSALS = (jwt.InvalidTokenError, joserfc.errors.JoseError)


def plays(verify: Verify, token: str, public_key: str, channel_arn: str) -> bool:
    """Whether a viewer may play a channel with a token, as IVS would tell."""
    try:
        claims = verify(token, public_key)
    except REFUSALS:
        return False
    return bool(claims["aws:channel-arn"] == channel_arn)
