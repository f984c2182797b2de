"""Values in messages."""

from __future__ import annotations

import base64
import secrets

import pytest
from aws_cdk import Aws, Stack, Token

from cdk_ivs import ValidationError
from cdk_ivs._validation.errors import number_text, safe_repr, safe_text
from cdk_ivs._validation.redaction import redacted

SECRETS = {
    "stream key": "sk_us-west-2_aBcD1234efgh_0123456789abcdef",
    "short stream key": "sk_us-west-2_a_b",
    "ingest key": "rt_123456789012_us-west-2_aBcD1234efgh_0123456789",
    "JSON web token": "eyJhbGciOiJFUzM4NCJ9.e30.AAAA",
    "number": str(10**40),
    "separated": ":".join(f"{number:02x}" for number in range(48)),
    "separated by spaces": " ".join(f"{number:02X}" for number in range(48)),
    "array": ", ".join(f"0x{number:02x}" for number in range(48)),
    "PEM": "-----BEGIN EC PRIVATE KEY-----",
    "DER as text": bytes(range(0x80, 0xB0)).decode("latin-1"),
}


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS)
def test_what_has_the_form_of_a_key_is_hidden(text: str) -> None:
    """
    A key, a token and the line before a key are not shown, alone or within something.
    """
    assert safe_repr(text) == f"a string of {len(text)} characters that may contain a key"
    assert safe_repr([f"name {text}"]) == "a value that may contain a key"
    assert safe_repr({text: 1}) == "a value that may contain a key"
    assert safe_text(text) == "<hidden, as it may be a key>"


@pytest.mark.parametrize("size", [48, 120, 185])
@pytest.mark.parametrize(
    "encode",
    [
        lambda key: base64.b64encode(key).decode(),
        lambda key: base64.urlsafe_b64encode(key).decode(),
        lambda key: base64.encodebytes(key).decode(),
        bytes.hex,
        lambda key: key.hex().upper(),
        lambda key: str(int.from_bytes(key)),
        lambda key: str(list(key)),
    ],
    ids=["base64", "base64url", "lines", "hex", "upper", "number", "numbers"],
)
def test_random_bytes_are_hidden(size: int, encode: object) -> None:
    """
    What is random is told from names in every encoding, but for one in some thousands.
    """
    assert callable(encode)
    texts = [encode(secrets.token_bytes(size)) for _ in range(500)]
    assert len([text for text in texts if "may contain a key" not in safe_repr(text)]) <= 3


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_of_bytes_the_length_is_shown(kind: type) -> None:
    """
    Bytes have no form by which a key in them could be told.
    """
    assert safe_repr(kind(b"secret")) == "6 bytes"


@pytest.mark.parametrize(
    "value", [[b"secret"], {"key": b"secret"}, (1, bytearray(b"secret"))], ids=str
)
def test_bytes_within_something_are_hidden(value: object) -> None:
    """
    A list with bytes in it is not shown.
    """
    assert safe_repr(value) == "a value that may contain a key"


@pytest.mark.parametrize(
    "text",
    [
        "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij",
        "arn:aws:ivs:us-west-2:123456789012:playback-restriction-policy/KlMnop3Q4rst",
        "arn:aws:kms:eu-west-1:123456789012:key/550e8400-e29b-41d4-a716-446655440000",
        "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/my-live-ads",
        "arn:aws:lambda:us-west-2:123456789012:function:MyStack-ReviewFunction:live",
        "https://a1b2c3d4e5f6.us-west-2.playback.live-video.net/api/video/v1/master.m3u8",
        "a1b2c3d4e5f6.global-contribute.live-video.net",
        "my-company-prod-live-recordings-123456789012-eu-west-1",
        "Production/IngestPipelineStack/LiveChannels/RecordingConfiguration",
        "MyVeryLongApplicationNameInProduction-RecordingConfiguration",
        "playback-restriction-policy/KlMnop3Q4rst",
        "x" * 100,
        "bytes b'like'",
        "",
    ],
)
def test_what_is_no_key_is_shown(text: str) -> None:
    """
    ARNs, URLs, names of buckets and paths of constructs stand in messages as they were given.
    """
    assert safe_repr(text) == repr(text)
    assert safe_text(text) == text


def test_tokens_are_shown() -> None:
    """
    A token is called one, with the name that the CDK gives it and without its number.
    """
    assert safe_repr(f"a-{Aws.REGION}") == "'a-<token AWS.Region>'"
    assert safe_repr(Token.as_string({"Ref": "Parameter"})) == "'<token>'"
    assert safe_text(f"{Aws.ACCOUNT_ID}/x") == "<token AWS.AccountId>/x"
    assert safe_repr(Token.as_list({"Ref": "Parameter"})) == "['<token>']"
    assert safe_repr(Token.as_number({"Ref": "Parameter"})) == "<number token>"
    assert number_text(Token.as_number({"Ref": "Parameter"})) == "<number token>"


@pytest.mark.parametrize("value", ["a b " * 100, ["word"] * 100, {"k": "v w " * 100}])
def test_long_values_are_cut(value: object) -> None:
    """
    Of a long value there are the beginning and the end, in no more than 130 characters.
    """
    text = safe_repr(value)
    assert len(text) <= 130
    assert text.startswith(repr(value)[:60])
    assert text.endswith(repr(value)[-60:])
    assert "..." in text


def test_what_cannot_be_represented_is_no_other_error() -> None:
    """
    A value whose own representation fails does not hide what is wrong.
    """

    class Broken:
        def __repr__(self) -> str:
            raise RuntimeError

    assert safe_repr(Broken()) == "a value that cannot be shown"


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS)
def test_messages_are_looked_at_as_a_last_resort(text: str) -> None:
    """
    A message into which a key was written by mistake is without it, and keeps the rest.
    """
    body = "A1b2C3d4" * 6
    error = ValidationError(f"'name' must not be {text} {body}, got one", code="Code")
    assert body not in str(error)
    assert text[-12:] not in str(error)
    assert error.args == (error.message,)
    assert error.message.startswith("'name' must not ")
    assert error.message.endswith(("got one", "<hidden, as it may be a key>"))


def test_messages_about_keys_are_whole() -> None:
    """
    A message that tells how a public key begins, without one, stays as it is.
    """
    message = "'public_key_material' must begin with '-----BEGIN PUBLIC KEY-----'; see the guide"
    assert redacted(message) == message


def test_paths_are_without_keys(stack: Stack) -> None:
    """
    An id that is a key does not come into the path of the error.
    """
    import cdk_ivs as ivs

    with pytest.raises(ValidationError) as error:
        ivs.Channel(stack, SECRETS["stream key"], channel_name="a b")
    assert error.value.path == "<hidden, as it may be a key>"
    assert "sk_us" not in str(error.value)
