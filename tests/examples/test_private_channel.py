"""The key pair and the tokens of the private_channel example."""

from __future__ import annotations

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

EXAMPLE = EXAMPLES / "private_channel"
CHANNEL_ARN = arn("channel/AbCdef1G2hij")


def _sign(folder: Path, key_file: Path) -> str:
    return subprocess.run(
        [sys.executable, "sign_token.py", str(key_file), CHANNEL_ARN],
        cwd=folder,
        env=clean_environment(),
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def test_token_is_verified_by_the_public_key(tmp_path: Path) -> None:
    """
    A token names the channel, expires in ten minutes, and the public key verifies it.
    """
    key_file = tmp_path / "private-key.pem"
    key_file.write_text(PRIVATE_PEM)
    before = int(time.time())
    header, claims = verified(_sign(EXAMPLE, key_file), P384_PEM)
    assert header == {"alg": "ES384", "typ": "JWT"}
    assert claims.keys() == {"aws:channel-arn", "exp"}
    assert claims["aws:channel-arn"] == CHANNEL_ARN
    assert claims["exp"] in range(before + 600, int(time.time()) + 601)


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
    (commands,) = (
        block for block in readme_blocks("private_channel", "sh") if block.startswith("openssl")
    )
    environment = clean_environment(HOME=str(tmp_path))
    subprocess.run(["sh", "-ec", commands], cwd=folder, env=environment, check=True)
    public_key = (folder / "public-key.pem").read_text()
    template = synthesize(folder, tmp_path / "cdk.out").template
    assert template["Resources"]["KeyPair1622897B"]["Properties"] == {
        "PublicKeyMaterial": public_key
    }
    assert public_key != (EXAMPLE / "public-key.pem").read_text()
    _, claims = verified(_sign(folder, tmp_path / "ivs-private-key.pem"), public_key)
    assert claims["aws:channel-arn"] == CHANNEL_ARN
