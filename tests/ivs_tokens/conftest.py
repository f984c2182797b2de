"""Fixtures for the tests of ivs_tokens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ivs_tokens import PemSigner
from tests.support.keys import PRIVATE_PEM
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
