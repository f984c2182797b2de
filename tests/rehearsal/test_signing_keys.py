"""Keys that sign tokens, of which a deployment imports the public half."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jwt
import pytest
from aws_cdk import CfnOutput, Stack

import cdk_ivs as ivs
from ivs_tokens import KmsSigner, playback_token
from tests.rehearsal.apps import NAME, assembled, deploy, destroy
from tests.rehearsal.emulation import Cloud
from tests.support.arns import arn
from tests.support.kms import KmsKey
from tests.support.service import CHANNEL, serve

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

EXISTING = arn("key/1234abcd-12ab-34cd-56ef-1234567890ab", service="kms")
IMPORT, DELETE = "ImportPlaybackKeyPair", "DeletePlaybackKeyPair"


def _keys_of(*years: str) -> Callable[[Stack], ivs.PlaybackKeyPair]:
    """A key of each year, and a key pair of each."""

    def build(stack: Stack) -> ivs.PlaybackKeyPair:
        for year in years:
            key = ivs.SigningKey(stack, f"SigningKey{year}", alias=f"tokens-{year}")
            pair = ivs.PlaybackKeyPair(stack, f"KeyPair{year}", signing_key=key)
            CfnOutput(stack, f"KeyArn{year}", value=key.key_arn)
        return pair

    return build


def _token(cloud: Cloud, year: str = "") -> str:
    """A playback token that a key in the outputs signs, that of a year where there are several."""
    kms = cloud.provisioning.kms
    with serve(kms.answer) as kms.port:
        signer = KmsSigner(cloud.outputs(NAME)[f"KeyArn{year}"], client=kms.client())
        return playback_token(signer, channel_arn=CHANNEL, expires_in=300)


def _good(cloud: Cloud, token: str) -> bool:
    """Whether one of the key pairs verifies a token."""
    for pair in cloud.ivs.of_kind("PlaybackKeyPair"):
        try:
            jwt.decode(token, pair.details["publicKeyMaterial"], algorithms=["ES384"])
        except jwt.InvalidSignatureError:
            continue
        return True
    return False


def test_two_are_good_while_one_replaces_the_other(cloud: Cloud, tmp_path: Path) -> None:
    """
    A token of the old key is good until the deployment that removes its key pair, one of the new
    key from the deployment that imports it, and both keys are there in the end.
    """
    deploy(cloud, tmp_path / "first", _keys_of("2026"))
    old = _token(cloud, "2026")
    assert _good(cloud, old)

    deploy(cloud, tmp_path / "second", _keys_of("2026", "2027"))
    new = _token(cloud, "2027")
    assert _good(cloud, old)
    assert _good(cloud, new)

    deploy(cloud, tmp_path / "third", _keys_of("2027"))
    assert not _good(cloud, old)
    assert _good(cloud, new)

    destroy(cloud, tmp_path / "third")
    assert cloud.ivs.written() == [IMPORT, IMPORT, DELETE, DELETE]
    assert [key.state for key in cloud.provisioning.kms.keys.values()] == ["Enabled", "Enabled"]


def test_another_key_replaces_the_key_pair(cloud: Cloud, tmp_path: Path) -> None:
    """
    A key pair that is given another key is imported anew before the old one is deleted, and only
    tokens of the new key are good.
    """

    def signed_with(id: str) -> Callable[[Stack], ivs.PlaybackKeyPair]:
        def build(stack: Stack) -> ivs.PlaybackKeyPair:
            key = ivs.SigningKey(stack, id)
            CfnOutput(stack, "KeyArn", value=key.key_arn)
            return ivs.PlaybackKeyPair(stack, "KeyPair", signing_key=key)

        return build

    deploy(cloud, tmp_path / "first", signed_with("One"))
    old = _token(cloud)
    deploy(cloud, tmp_path / "second", signed_with("Two"))
    assert not _good(cloud, old)
    assert _good(cloud, _token(cloud))
    assert cloud.ivs.written() == [IMPORT, IMPORT, DELETE]
    destroy(cloud, tmp_path / "second")


def test_disabled_key_ends_the_deployment_with_words(cloud: Cloud, tmp_path: Path) -> None:
    """
    A key that is disabled is not imported, the CLI shows what to do, and nothing is left.
    """
    cloud.provisioning.kms.keys[EXISTING] = KmsKey(state="Disabled")

    def build(stack: Stack) -> None:
        key = ivs.SigningKey.from_signing_key_arn(stack, "SigningKey", EXISTING)
        ivs.PublicKey(stack, "PublicKey", signing_key=key)

    outcome = cloud.deploy(assembled(tmp_path / "app", build))
    assert not outcome.succeeded
    assert "the key is disabled; enable it, and deploy again" in " ".join(outcome.text.split())
    assert cloud.ivs.resources == {}
