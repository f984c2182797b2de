"""Tokens of the functions, verified by two libraries against the public key of KMS."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.ivs_tokens.verified import REFUSALS, Verify, both_libraries
from tests.support.keys import pem_of
from tests.support.kms import Kms
from tests.token_functions.handler_parts import (
    BY_FIELD,
    CHANNEL,
    PARTICIPANT,
    PLAYBACK,
    STAGE,
    VIEWERS,
    Function,
    Ivs,
    body_of,
    by_url,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

VIEWER_BY_FIELD = {**PLAYBACK, "identity": BY_FIELD, "roles": VIEWERS}


@both_libraries
class TestTokens:
    @pytest.mark.parametrize(
        ("configuration", "event", "resource"),
        [
            (PLAYBACK, {}, CHANNEL),
            (VIEWER_BY_FIELD, {"viewer_id": "jane"}, CHANNEL),
            (PARTICIPANT, {"viewer_id": "jane"}, STAGE),
        ],
    )
    def test_verify(
        self,
        function: Function,
        *,
        kms: Kms,
        ivs: Ivs,
        verify: Verify,
        configuration: dict[str, Any],
        event: dict[str, Any],
        resource: str,
    ) -> None:
        """
        A token verifies against the public key in KMS, and says when it ends.
        """
        answer = function.deploy(configuration)(event)
        claims = verify(answer["token"], kms.key.public_pem)
        assert claims["exp"] == answer["expires_at"]
        assert resource in {claims.get("aws:channel-arn"), claims.get("resource")}

    def test_by_http_verify(self, function: Function, kms: Kms, verify: Verify) -> None:
        """
        A token in a body verifies too.
        """
        token = body_of(function.deploy(PLAYBACK)(by_url({})))["token"]
        assert verify(token, kms.key.public_pem)["aws:channel-arn"] == CHANNEL

    def test_fail_for_other_keys_and_claims(
        self, function: Function, kms: Kms, verify: Verify
    ) -> None:
        """
        A token verifies against no other key, and not with other claims.
        """
        function.deploy(PLAYBACK)
        token, other = (function({"expires_in": seconds})["token"] for seconds in (300, 60))
        other_key = pem_of(ec.generate_private_key(ec.SECP384R1()).public_key())
        with pytest.raises(REFUSALS):
            verify(token, other_key)
        header, _, signature = token.split(".")
        with pytest.raises(REFUSALS):
            verify(".".join([header, other.split(".")[1], signature]), kms.key.public_pem)
