"""Fixtures for the tests of ivs_tokens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ivs_tokens import PemSigner
from tests.support.keys import P384_PEM, PRIVATE_PEM, pem_of
from tests.support.kms import Kms, served_kms


@pytest.fixture
def kms(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kms]:
    """KMS on this machine, which every client of boto3 reaches."""
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with served_kms() as kms:
        monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", kms.url)
        yield kms


@pytest.fixture
def signer() -> PemSigner:
    """A signer with the private key of the tests."""
    return PemSigner(PRIVATE_PEM)


@pytest.fixture
def key_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with keys, in which commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "private.pem").write_text(PRIVATE_PEM)
    (tmp_path / "public.pem").write_text(P384_PEM)
    other = ec.generate_private_key(ec.SECP384R1()).public_key()
    (tmp_path / "other.pem").write_text(pem_of(other))
    small = ec.generate_private_key(ec.SECP256R1()).public_key()
    (tmp_path / "small.pem").write_text(pem_of(small))
