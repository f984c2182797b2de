"""How fast tokens are signed, against PyJWT with the same key, and given out by a function."""

from __future__ import annotations

import contextlib
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import ivs_tokens
from cdk_ivs._token_functions.cdk_ivs_token_handler import handler, minters

if TYPE_CHECKING:
    from collections.abc import Callable

OURS = "`playback_token()` with a `PemSigner`"
LOADED = "PyJWT with a key object, loaded once"
GIVEN = "PyJWT with the PEM, given each time"
CHECKS = "`playback_token()` that signs nothing: the checks alone"
ROWS = (OURS, LOADED, GIVEN, CHECKS)

# A round is so many turns of each, of so many tokens: what slows the machine down slows all.
TURNS = 15
TOKENS = 20

CHANNEL_ARN = "arn:aws:ivs:us-west-2:123456789012:channel/a1B2c3D4e5F6"


class _NullSigner:
    def sign(self, message: bytes) -> bytes:  # noqa: ARG002 - the signature of a signer
        return bytes(96)


def measure_tokens(pairs: int) -> dict[str, list[float]]:
    """The seconds for a token, of each row, once for each round in which all have their turn."""
    key = ec.generate_private_key(ec.SECP384R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signer, null_signer = ivs_tokens.PemSigner(pem), _NullSigner()

    def claims() -> dict[str, object]:
        return {"aws:channel-arn": CHANNEL_ARN, "exp": int(time.time()) + 300}

    makers: dict[str, Callable[[], str]] = {
        OURS: lambda: ivs_tokens.playback_token(signer, channel_arn=CHANNEL_ARN, expires_in=300),
        LOADED: lambda: jwt.encode(claims(), key, algorithm="ES384"),
        GIVEN: lambda: jwt.encode(claims(), pem, algorithm="ES384"),
        CHECKS: lambda: ivs_tokens.playback_token(
            null_signer, channel_arn=CHANNEL_ARN, expires_in=300
        ),
    }
    for make in makers.values():
        _seconds_of(make)
    times: dict[str, list[float]] = {row: [] for row in ROWS}
    for pair in range(pairs):
        # Each round begins with another one, as what comes first may be faster.
        first = pair % len(ROWS)
        order = ROWS[first:] + ROWS[:first]
        turns = [{row: _seconds_of(makers[row]) for row in order} for _ in range(TURNS)]
        for row in ROWS:
            times[row].append(sum(turn[row] for turn in turns) / TURNS)
    return times


def measure_requests(rounds: int) -> list[float]:
    """The seconds for a request of a token that the function has given out before, each round."""
    key = ec.generate_private_key(ec.SECP384R1())

    class Kms:
        def sign(self, *, Message: bytes, **_: str) -> dict[str, bytes]:  # noqa: N803 - the API's
            return {"Signature": key.sign(Message, ec.ECDSA(utils.Prehashed(hashes.SHA384())))}

    configuration = {
        "kind": "playback",
        "key": "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "resources": [CHANNEL_ARN],
        "identity": {"from": "none"},
        "roles": {"viewer": {"lifetime": 300}},
    }
    event = {
        "version": "2.0",
        "requestContext": {"http": {"method": "POST"}},
        "body": json.dumps({"channel_arn": CHANNEL_ARN}),
    }
    with (
        patch.dict(os.environ, {"CDK_IVS_TOKENS": json.dumps(configuration)}),
        patch.object(minters, "client_of", lambda _service, _arn: Kms()),
        Path(os.devnull).open("w", encoding="utf-8") as log,
        contextlib.redirect_stdout(log),
    ):
        handler.handle(event)
        return [_seconds_of(lambda: handler.handle(event)) for _ in range(rounds)]


def _seconds_of(make: Callable[[], object]) -> float:
    # Of the processor: signing waits for nothing, and other processes do not count.
    start = time.process_time()
    for _ in range(TOKENS):
        make()
    return (time.process_time() - start) / TOKENS
