"""The key pair and the tokens of the stage example."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.examples.apps import EXAMPLES, clean_environment, readme_blocks, synthesize
from tests.examples.tokens import verified
from tests.support.arns import arn
from tests.support.keys import P384_PEM, PRIVATE_PEM

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = EXAMPLES / "stage"
STAGE_ARN = arn("stage/AbCdef1G2hij")
KEY_ARN = arn("public-key/f99cde61-c2b0-4df3-8941-ca7d38acca1a")
EVENTS_URL = "wss://global.events.live-video.net"
WHIP_URL = "https://1a2b3c4d5e6f.global-bm.whip.live-video.net"


def _sign(folder: Path, key_file: Path) -> str:
    arguments = [str(key_file), KEY_ARN, STAGE_ARN, EVENTS_URL, WHIP_URL, "alice"]
    return subprocess.run(
        [sys.executable, "sign_token.py", *arguments],
        cwd=folder,
        env=clean_environment(),
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def test_token_is_the_one_of_the_guide(tmp_path: Path) -> None:
    """
    A token has every claim that the guide asks for, and the public key verifies it.
    """
    key_file = tmp_path / "private-key.pem"
    key_file.write_text(PRIVATE_PEM)
    before = int(time.time())
    header, claims = verified(_sign(EXAMPLE, key_file), P384_PEM)
    assert header == {"alg": "ES384", "typ": "JWT", "kid": KEY_ARN}
    assert claims.pop("iat") in range(before, int(time.time()) + 1)
    assert claims.pop("exp") in range(before + 43_200, int(time.time()) + 43_201)
    assert re.fullmatch("[A-Za-z0-9_-]{1,64}", claims.pop("jti"))
    assert claims == {
        "resource": STAGE_ARN,
        "topic": "AbCdef1G2hij",
        "events_url": EVENTS_URL,
        "whip_url": WHIP_URL,
        "user_id": "alice",
        "capabilities": {"allow_publish": True, "allow_subscribe": True},
        "version": "1.0",
    }


def test_participants_are_different(tmp_path: Path) -> None:
    """
    Two tokens have different participant ids.
    """
    key_file = tmp_path / "private-key.pem"
    key_file.write_text(PRIVATE_PEM)
    ids = {verified(_sign(EXAMPLE, key_file), P384_PEM)[1]["jti"] for _ in range(2)}
    assert len(ids) == 2


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP256R1()),
        rsa.generate_private_key(public_exponent=65537, key_size=2048),
    ],
    ids=["P-256", "RSA"],
)
def test_other_keys_sign_nothing(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, tmp_path: Path
) -> None:
    """
    A key of which IVS verifies no token is refused.
    """
    key_file = tmp_path / "private-key.pem"
    key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(subprocess.CalledProcessError) as caught:
        _sign(EXAMPLE, key_file)
    assert "must be the PEM of a private key on the curve P-384" in caught.value.stderr
    assert caught.value.stdout == ""


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_key_pair_of_the_readme_signs_and_verifies(tmp_path: Path) -> None:
    """
    With a key pair made as the README says, the app synthesizes and tokens are verified.
    """
    folder = shutil.copytree(EXAMPLE, tmp_path / "app", ignore=shutil.ignore_patterns("cdk.out"))
    (commands,) = (block for block in readme_blocks("stage", "sh") if block.startswith("openssl"))
    environment = clean_environment(HOME=str(tmp_path))
    subprocess.run(["sh", "-ec", commands], cwd=folder, env=environment, check=True)
    public_key = (folder / "public-key.pem").read_text()
    template = synthesize(folder, tmp_path / "cdk.out").template
    assert template["Resources"]["PublicKeyCCC1C639"]["Properties"] == {
        "PublicKeyMaterial": public_key
    }
    assert public_key != (EXAMPLE / "public-key.pem").read_text()
    _, claims = verified(_sign(folder, tmp_path / "ivs-private-key.pem"), public_key)
    assert claims["resource"] == STAGE_ARN
