"""The code of each refusal, and the letters that forms allow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from ivs_tokens import KmsSigner, PemSigner, TokenError
from ivs_tokens._checks import check_carried, check_name, check_uuid
from ivs_tokens._claims import PLAYBACK
from ivs_tokens._reading import ReadToken
from ivs_tokens._shown import may_be_secret, shown
from ivs_tokens._verify import is_verified
from tests.ivs_tokens.parts import claims_of, make
from tests.support.arns import ACCOUNT, arn

OTHER_STAGE = arn("stage/KlMnop3Q4rst").replace(ACCOUNT, "210987654321")
VIEWER = {"viewer_id": "viewer-1"}
REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("playback", {"viewer_id": 7}, "viewer_id", "ArgumentType"),
    ("playback", {"viewer_id": ""}, "viewer_id", "Length"),
    ("playback", {"viewer_id": "a" * 41}, "viewer_id", "Length"),
    ("playback", {"viewer_id": "\ud800"}, "viewer_id", "Encoding"),
    ("playback", {"ads_opt_out": 1}, "ads_opt_out", "ArgumentType"),
    ("playback", {"maximum_resolution": "hd"}, "maximum_resolution", "Choice"),
    (
        "playback",
        {**VIEWER, "viewer_session_version": 2**63},
        "viewer_session_version",
        "NumberRange",
    ),
    ("playback", {"viewer_session_version": 1}, "viewer_session_version", "SessionVersion"),
    ("playback", {"ads_playback_config_name": "a_b"}, "ads_playback_config_name", "Form"),
    ("playback", {"channel_arn": "a"}, "channel_arn", "Arn"),
    ("playback", {"ads_player_params": []}, "ads_player_params", "ArgumentType"),
    ("playback", {"ads_player_params": {"a": 1}}, "ads_player_params", "ArgumentType"),
    ("playback", {"ads_player_params": {"a": "\ud800"}}, "ads_player_params", "Encoding"),
    ("playback", {"ads_player_params": {"\ud800": "a"}}, "ads_player_params", "Encoding"),
    ("playback", {"ads_player_params": {"a": "b" * 1000}}, "ads_player_params", "MappingSize"),
    ("playback", {"allowed_origins": "*"}, "allowed_origins", "ArgumentType"),
    ("playback", {"allowed_origins": []}, "allowed_origins", "OriginCount"),
    ("playback", {"allowed_origins": ["a,b"]}, "allowed_origins", "ArgumentType"),
    ("playback", {"allowed_origins": ["a"]}, "allowed_origins", "Origin"),
    (
        "playback",
        {"strict_origin_enforcement": True},
        "strict_origin_enforcement",
        "StrictOrigins",
    ),
    (
        "playback",
        {"strict_origin_enforcement": True, "allowed_origins": ["*"] * 6},
        "allowed_origins",
        "OriginCount",
    ),
    (
        "playback",
        {"allowed_origins": [f"https://{'a' * 60}{index}.example.com" for index in range(100)]},
        "allowed_origins",
        "TokenLength",
    ),
    ("playback", {"expires_in": "300"}, "expires_in", "ArgumentType"),
    ("playback", {"expires_in": 0}, "expires_in", "Lifetime"),
    ("playback", {"now": "0"}, "now", "ArgumentType"),
    ("playback", {"now": dt.datetime(2026, 11, 28)}, "now", "TimeZone"),  # noqa: DTZ001 - refused
    ("playback", {"now": -1}, "now", "Time"),
    ("playback", {"signer": object()}, "signer", "ArgumentType"),
    ("participant", {"expires_in": 1_209_601}, "expires_in", "Lifetime"),
    ("participant", {"events_url": "https://example.com"}, "events_url", "Endpoint"),
    ("participant", {"whip_url": "wss://example.com"}, "whip_url", "Endpoint"),
    ("participant", {"participant_id": "a b"}, "participant_id", "Form"),
    ("participant", {"stage_arn": OTHER_STAGE}, "stage_arn", "OtherAccount"),
    ("participant", {"attributes": 1}, "attributes", "ArgumentType"),
    ("connection", {"region": "eu-west-1"}, "region", "OtherAccount"),
    ("connection", {"account_id": "210987654321"}, "account_id", "OtherAccount"),
    ("connection", {"token_id": 7}, "token_id", "Form"),
]


@pytest.mark.parametrize(
    ("kind", "wrong", "keyword", "code"), REFUSED, ids=[f"{row[2]}-{row[3]}" for row in REFUSED]
)
def test_a_refusal_has_a_code(kind: str, wrong: dict[str, Any], keyword: str, code: str) -> None:
    """
    A program can tell refusals apart by their codes, and the message begins with the argument.
    """
    with pytest.raises(TokenError) as raised:
        make(kind, **wrong)
    assert raised.value.code == code
    assert raised.value.message.startswith(f"'{keyword}' ")


class _Short:
    def sign(self, _message: bytes) -> bytes:
        return bytes(95)


class _NoDer:
    def sign(self, **_arguments: object) -> dict[str, bytes]:
        return {"Signature": b"0"}


NO_KEY = "'private_key_pem' must be the PEM of a private key on the curve P-384 (secp384r1), got "
SIGNERS: list[tuple[Callable[[], object], str, str]] = [
    (
        lambda: KmsSigner("a b"),
        (
            "'key_id' must be the ARN, the ID or the alias of a key in KMS, such as "
            "'arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab' or "
            "'alias/ivs-tokens', got 'a b'"
        ),
        "KeyId",
    ),
    (
        lambda: KmsSigner("alias/a", client="kms"),
        "'client' must be a boto3 client of KMS, got 'kms'; use boto3.client('kms')",
        "ArgumentType",
    ),
    (
        lambda: KmsSigner("alias/a", client=_NoDer()).sign(b""),
        (
            "'key_id' must be a key that signs on the curve P-384, got a signature that is not the "
            "DER of two numbers of at most 384 bits"
        ),
        "SigningKey",
    ),
    (
        lambda: PemSigner(7),
        "'private_key_pem' must be a PEM as str or bytes, got a value of the type 'int'",
        "ArgumentType",
    ),
    (
        lambda: PemSigner("a"),
        (
            f"{NO_KEY}text without the line '-----BEGIN PRIVATE KEY-----'; pass the content of the "
            "file, not its name"
        ),
        "PrivateKey",
    ),
    (
        lambda: make("playback", signer="a"),
        (
            "'signer' must be a PemSigner, a KmsSigner or an object with a method 'sign', got a "
            "value of the type 'str'"
        ),
        "ArgumentType",
    ),
    (
        lambda: make("playback", signer=_Short()),
        (
            "'signer' must return the 96 bytes of an ES384 signature, r and s side by side, got 95 "
            "bytes; convert a signature in DER"
        ),
        "Signature",
    ),
]


@pytest.mark.parametrize(
    ("sign", "message", "code"), SIGNERS, ids=[f"{row[2]}-{row[1].split()[0]}" for row in SIGNERS]
)
def test_refusals_of_signers(sign: Callable[[], object], message: str, code: str) -> None:
    """
    Each refusal of a signer has a code, and a message with the remedy.
    """
    with pytest.raises(TokenError) as raised:
        sign()
    assert (raised.value.message, raised.value.code) == (message, code)


def test_forms_allow_letters_of_both_cases() -> None:
    """
    A name and a UUID can have upper-case and lower-case letters, and a name the last of them.
    """
    check_name("name", "aAzZ09-")
    check_uuid("id", "ABCDEF01-abcd-ABCD-efEF-0123456789aF")
    for check, wrong in ((check_name, "a.b"), (check_uuid, "GBCDEF01-abcd-ABCD-efEF-0123456789aF")):
        with pytest.raises(TokenError, match=r"^'id' ") as raised:
            check("id", wrong)
        assert raised.value.code == "Form"


def test_the_place_of_a_lone_surrogate() -> None:
    """
    The message about a lone surrogate has its position, and no part of the text.
    """
    with pytest.raises(TokenError, match=r"at position 2;") as raised:
        check_carried("name", "ab\udc00")
    assert raised.value.code == "Encoding"


def test_origins_in_claims_are_a_text() -> None:
    """
    In claims, origins are one text; a list of them is refused with the name of the claim.
    """
    names = {"aws:access-control-allow-origin": "origins"}
    with pytest.raises(TokenError, match=r"^'origins' must be a string, got ") as raised:
        PLAYBACK.check({}, {"aws:access-control-allow-origin": ["*"]}, names)
    assert raised.value.code == "ArgumentType"


def test_a_mapping_counts_all_of_its_entries() -> None:
    """
    The size of a mapping is that of all keys and values, in bytes: 1000 are allowed, not 1001.
    """
    right = {"a": "b" * 499, "c": "é" * 249 + "d"}
    assert claims_of(make("playback", ads_player_params=right))["aws:ads-player-params"] == right
    with pytest.raises(TokenError, match=r"at most 1000 bytes together in UTF-8, got 1001 bytes"):
        make("playback", ads_player_params={**right, "c": "é" * 250})


def test_a_public_key_of_another_form_has_a_code() -> None:
    """
    A text that is no PEM of a public key is refused with a code, before a token is looked at.
    """
    with pytest.raises(TokenError, match=r"^the public key must be the PEM of ") as raised:
        is_verified(ReadToken(make("playback")), b"a")
    assert raised.value.code == "PublicKey"


def test_what_is_long_and_not_secret_is_shown() -> None:
    """
    A text of 130 characters is shown, and one of 131 is not; a UUID adds nothing to letters before.
    """
    assert shown("g " * 65) == repr("g " * 65)
    assert shown("g " * 65 + "b").startswith("a string of 131 characters ")
    assert not may_be_secret("g" * 39 + "f99cde61-c2b0-4df3-8941-ca7d38acca1a")
    assert may_be_secret("g" * 40)
    assert may_be_secret("f99cde61-c2b0-4df3-8941-ca7d38acca1aGGGG")


@pytest.mark.parametrize("byte", ["AB:", "ab:", "0xCd, ", r"\xcD"])
def test_bytes_as_separate_numbers_are_not_shown(byte: str) -> None:
    """
    Twelve bytes that are written as numbers, in either case, may be of a key; eleven are shown.
    """
    assert may_be_secret(byte * 12 + ".")
    assert not may_be_secret(byte * 11 + ".")
