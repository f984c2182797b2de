"""Tokens, verified by two libraries that know nothing of this one."""

from __future__ import annotations

import base64
import time

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from ivs_tokens import KmsSigner, PemSigner
from tests.ivs_tokens.parts import CHANNEL, make
from tests.ivs_tokens.verified import LIBRARIES, REFUSALS, Verify, both_libraries, plays
from tests.support.arns import arn
from tests.support.keys import P384_PEM, PRIVATE_PEM, pem_of
from tests.support.kms import KEY_ARN, Kms


@pytest.fixture(params=["PEM", "KMS"])
def signed_by(request: pytest.FixtureRequest, kms: Kms) -> tuple[PemSigner | KmsSigner, str]:
    """A signer, and the public key that the template would import."""
    if request.param == "PEM":
        return PemSigner(PRIVATE_PEM), P384_PEM
    return KmsSigner(KEY_ARN, client=kms.client()), kms.key.public_pem


@both_libraries
class TestPlayback:
    def test_a_token_is_verified(
        self, verify: Verify, signed_by: tuple[PemSigner | KmsSigner, str]
    ) -> None:
        """
        The public key of what signed a token verifies it.
        """
        signer, public_key = signed_by
        token = make("playback", signer, now=None, viewer_id="Zoë \N{GRINNING FACE}")
        assert verify(token, public_key)["aws:viewer-id"] == "Zoë \N{GRINNING FACE}"
        assert plays(verify, token, public_key, CHANNEL)

    def test_an_expired_token_fails(
        self, verify: Verify, signed_by: tuple[PemSigner | KmsSigner, str]
    ) -> None:
        """
        A token plays in its last seconds, and not after its end.
        """
        signer, public_key = signed_by
        now = int(time.time())
        assert plays(verify, make("playback", signer, now=now - 240), public_key, CHANNEL)
        assert not plays(verify, make("playback", signer, now=now - 301), public_key, CHANNEL)

    def test_another_key_fails(
        self, verify: Verify, signed_by: tuple[PemSigner | KmsSigner, str]
    ) -> None:
        """
        No other public key verifies a token.
        """
        signer, _ = signed_by
        other = pem_of(ec.generate_private_key(ec.SECP384R1()).public_key())
        assert not plays(verify, make("playback", signer, now=None), other, CHANNEL)

    def test_another_channel_fails(
        self, verify: Verify, signed_by: tuple[PemSigner | KmsSigner, str]
    ) -> None:
        """
        A token is for the channel that it names.
        """
        signer, public_key = signed_by
        token = make("playback", signer, now=None)
        assert not plays(verify, token, public_key, arn("channel/KlMnop3Q4rst"))

    def test_a_token_with_other_claims_fails(
        self, verify: Verify, signed_by: tuple[PemSigner | KmsSigner, str]
    ) -> None:
        """
        The signature of a token is of its own claims and of no others.
        """
        signer, public_key = signed_by
        token, other = (
            make("playback", signer, now=None, expires_in=seconds).split(".")
            for seconds in (300, 301)
        )
        assert plays(verify, ".".join(token), public_key, CHANNEL)
        assert not plays(verify, ".".join([token[0], other[1], token[2]]), public_key, CHANNEL)


@both_libraries
@pytest.mark.parametrize("kind", ["participant", "connection"])
def test_tokens_of_stages_are_verified(
    verify: Verify, kind: str, signed_by: tuple[PemSigner | KmsSigner, str]
) -> None:
    """
    So are the tokens of participants and of connections.
    """
    signer, public_key = signed_by
    assert verify(make(kind, signer, now=None), public_key)["version"] == "1.0"


@both_libraries
def test_the_longest_message_is_verified(
    verify: Verify, signed_by: tuple[PemSigner | KmsSigner, str]
) -> None:
    """
    Attributes that are 1 KB of control characters make a message that KMS takes as a digest only.
    """
    signer, public_key = signed_by
    attributes = {"k": "\x01" * 1023}
    token = make("participant", signer, now=None, attributes=attributes)
    assert verify(token, public_key)["attributes"] == attributes


@settings(max_examples=50)
@given(st.integers(0), st.integers(0, 7))
def test_a_token_with_one_other_bit_fails(place: int, bit: int) -> None:
    """
    Whichever bit of header, claims or signature is another, neither library verifies the token.
    """
    token = make("playback", PemSigner(PRIVATE_PEM), now=None)
    parts = [
        bytearray(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        for part in token.split(".")
    ]
    part, index = [(part, index) for part in parts for index in range(len(part))][
        place % sum(map(len, parts))
    ]
    part[index] ^= 1 << bit
    changed = ".".join(
        base64.urlsafe_b64encode(part).rstrip(b"=").decode("ascii") for part in parts
    )
    for verify in LIBRARIES:
        assert plays(verify, token, P384_PEM, CHANNEL)
        # A header or claims that are no longer JSON are refused in another way.
        with pytest.raises((*REFUSALS, ValueError)):
            verify(changed, P384_PEM)
