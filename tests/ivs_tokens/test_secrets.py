"""No private key, token or passphrase is in what the library says."""

from __future__ import annotations

import base64
import io
import json
import logging
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from ivs_tokens import KmsSigner, PemSigner, TokenError
from ivs_tokens.__main__ import main
from tests.ivs_tokens.parts import KINDS, NOW, NullSigner, make
from tests.support.kms import KEY_ARN, Kms

# The digits of e: unlike the number of the tests' other key, it has no zeros in front.
SCALAR = bytes.fromhex(
    "b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef"
    "324e7738926cfbe5f4bf8d8d8c31d763"
)
PRIVATE_KEY = ec.derive_private_key(int.from_bytes(SCALAR), ec.SECP384R1())
PASSPHRASE = "correct horse battery staple"
PRIVATE_PEM = PRIVATE_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
DER = PRIVATE_KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
ENCRYPTED_PEM = PRIVATE_KEY.private_bytes(
    Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSPHRASE.encode())
).decode()
TOKEN = make("playback", PemSigner(PRIVATE_PEM))

SECRETS: dict[str, Any] = {
    "PEM": PRIVATE_PEM,
    "PEM in a line": PRIVATE_PEM.replace("\n", r"\n"),
    "PEM without its first line": PRIVATE_PEM.partition("\n")[2],
    "lines of a PEM": PRIVATE_PEM.splitlines()[1],
    "PEM as bytes": PRIVATE_PEM.encode(),
    "encrypted PEM": ENCRYPTED_PEM,
    "DER": DER,
    "DER as text": DER.decode("latin-1"),
    "base64 of the DER": base64.b64encode(DER).decode(),
    "number": int.from_bytes(SCALAR),
    "base64 of the number": base64.b64encode(SCALAR).decode(),
    "base64url of the number": base64.urlsafe_b64encode(SCALAR).decode(),
    "digits of the number": str(int.from_bytes(SCALAR)),
    "hexadecimal digits of the number": SCALAR.hex(),
    "bytes of the number": SCALAR.hex(":"),
    "words of the number": SCALAR.hex(" ", 2),
    "list of the bytes": ", ".join(map(str, SCALAR)),
    "array of the bytes": list(SCALAR),
    "JWK": {"kty": "EC", "crv": "P-384", "d": base64.urlsafe_b64encode(SCALAR).decode()},
    "token": TOKEN,
    "claims of a token": TOKEN.split(".")[1],
    "signature of a token": TOKEN.split(".")[2],
    "stream key": "sk_us-west-2_aBcD1234efgh_0123456789abcdef",
    "surrogate": PRIVATE_PEM + "\ud800",
}
every_secret = pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)


def pieces_of(secret: object) -> Iterator[str]:
    """Twelve characters in a row from all parts of a secret, as it may be written."""
    if isinstance(secret, dict):
        secret = secret["d"]
    if isinstance(secret, (bytes, list)):
        yield from pieces_of(repr(bytes(secret))[2:-1])
        yield from pieces_of(base64.b64encode(bytes(secret)).decode())
        secret = str(list(secret))
    for text in (str(secret), repr(str(secret))[1:-1]):
        yield from (text[start : start + 12] for start in range(0, len(text) - 11, 6))


def assert_hidden(secret: object, said: str) -> None:
    """Fail if a piece of a secret is in a text."""
    allowed = ("-----BEGIN", "PRIVATE KEY", "us-west-2")
    found = [
        piece
        for piece in pieces_of(secret)
        if piece in said and not any(part in piece or piece in part for part in allowed)
    ]
    assert [piece for piece in found if piece not in "-----BEGIN PRIVATE KEY-----"] == []


def said_by(function: Callable[..., object], *arguments: Any, **keywords: Any) -> str:
    """All that an error says, also in its traceback, its arguments and its causes."""
    with pytest.raises((TokenError, TypeError)) as caught:
        function(*arguments, **keywords)
    error = caught.value
    # The lines of source in a traceback are those of this test.
    text = "".join(traceback.TracebackException.from_exception(error).format_exception_only())
    before = None if error.__suppress_context__ else error.__context__
    return f"{text} {error.args!r} {error.__cause__!r} {before!r} {getattr(error, '__notes__', '')}"


def arguments_of(kind: str) -> list[str]:
    """The names of all arguments of a function."""
    function, right = KINDS[kind]
    return sorted({*function.__kwdefaults__, *right})


@pytest.mark.parametrize(
    ("kind", "argument"), [(kind, name) for kind in KINDS for name in arguments_of(kind)]
)
def test_no_error_of_a_function_shows_a_secret(kind: str, argument: str) -> None:
    """
    A secret that is given for an argument by mistake is not in the error, if there is one.
    """
    for secret in SECRETS.values():
        for value in (secret, [secret], {"key": secret}, {"key": [secret]}, str(secret) * 3):
            try:
                make(kind, **{argument: value})
            except TokenError:
                assert_hidden(secret, said_by(make, kind, **{argument: value}))


@every_secret
@pytest.mark.parametrize("kind", KINDS)
def test_no_error_about_a_signer_shows_a_secret(kind: str, secret: object) -> None:
    """
    A secret in the place of the signer is refused without being shown.
    """
    function, right = KINDS[kind]
    assert_hidden(secret, said_by(function, secret, **right))


@every_secret
def test_no_error_of_a_signer_shows_a_secret(secret: object) -> None:
    """
    Nor does a secret that a signer is made with, or that it returns.
    """
    if secret not in (PRIVATE_PEM, PRIVATE_PEM.encode(), PRIVATE_PEM + "\ud800"):
        assert_hidden(secret, said_by(PemSigner, secret))
    assert_hidden(secret, said_by(KmsSigner, secret))
    assert_hidden(secret, said_by(KmsSigner, KEY_ARN, client=secret))

    class Signer:
        def sign(self, message: bytes) -> object:
            return secret

    assert_hidden(secret, said_by(make, "playback", Signer()))


def test_a_passphrase_is_not_asked_for_and_not_shown() -> None:
    """
    The error about an encrypted key has nothing of it, and no cause that has.
    """
    said = said_by(PemSigner, ENCRYPTED_PEM)
    assert "decrypt it" in said
    assert_hidden(ENCRYPTED_PEM, said)
    assert_hidden(PASSPHRASE, said)


def test_no_representation_shows_a_secret(kms: Kms) -> None:
    """
    A signer with a PEM shows its type, and one of KMS the name of its key.
    """
    signer = PemSigner(PRIVATE_PEM)
    assert repr(signer).startswith("<ivs_tokens.PemSigner object at ")
    assert str(signer) == repr(signer)
    assert not hasattr(signer, "__dict__")
    assert repr(KmsSigner(KEY_ARN, client=kms.client())) == f"KmsSigner('{KEY_ARN}')"


def test_no_log_shows_a_token(kms: Kms, caplog: pytest.LogCaptureFixture) -> None:
    """
    Whatever the library, boto3 and botocore log, neither a token nor its claims are in it.
    """
    with caplog.at_level(logging.DEBUG):
        token = make("playback", KmsSigner(KEY_ARN, client=kms.client()), viewer_id="viewer-1")
    assert "kms" in caplog.text
    # At this level botocore logs what KMS answers, and so the signature, which opens nothing alone.
    assert_hidden(token.rpartition(".")[0], caplog.text)
    assert "viewer-1" not in caplog.text


@every_secret
def test_no_error_of_the_command_line_shows_a_secret(
    secret: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A secret is not in the output, wherever in a command it stands by mistake.
    """
    text = str(secret).replace("\0", "")
    right = ["--channel-arn", "arn:aws:ivs:us-west-2:123456789012:channel/a", "--expires-in", "9"]
    commands = [
        [text],
        [f"--{text}"],
        ["explain", text, text],
        ["explain", f"--token={text}"],
        ["explain", "--public-key", text, TOKEN],
        ["playback", "--private-key", text, *right],
        ["playback", "--kms-key", text, *right],
        ["playback", "--kms-key", text, "--private-key", text, *right],
        ["playback", *right, text],
        *(
            ["playback", "--private-key", "/dev/null", *right, option, text]
            for option in ("--viewer-id", "--ads-player-param", "--maximum-resolution")
        ),
    ]
    if not text.startswith("eyJ"):
        commands.append(["explain", text])
    for command in commands:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        code: object = None
        try:
            code = main(command)
        except SystemExit as ended:
            code = ended.code
        assert code == 2
        printed = capsys.readouterr()
        assert_hidden(text, printed.out + printed.err)


def test_a_private_key_in_a_claim_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """
    A token that somebody put a private key into is explained without the key.
    """
    signer = NullSigner()
    secrets = {"pem": PRIVATE_PEM, "der": base64.b64encode(DER).decode()}
    for name, secret in secrets.items():
        token = make("participant", signer, now=NOW, attributes={name: secret})
        assert main(["explain", token]) == 1
        printed = capsys.readouterr().out
        assert_hidden(secret, printed)
        assert '"attributes": the value is not shown' in printed


def test_the_search_finds_what_it_looks_for() -> None:
    """
    A secret that is written in any of its forms is found.
    """
    for name, secret in SECRETS.items():
        written = repr(secret) if not isinstance(secret, dict) else json.dumps(secret)
        with pytest.raises(AssertionError):
            assert_hidden(secret, f"{name}: {written}")
