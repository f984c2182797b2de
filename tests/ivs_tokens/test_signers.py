"""What signs tokens: a private key in a PEM, and a key in KMS."""

from __future__ import annotations

import base64
import builtins
import hashlib
import sys
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, NoRegionError
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from ivs_tokens import KmsSigner, PemSigner, TokenError
from tests.ivs_tokens.parts import KINDS, make
from tests.support.arns import arn
from tests.support.keys import P384_PEM, PRIVATE_KEY, PRIVATE_PEM
from tests.support.kms import ALIAS, ALIAS_ARN, KEY_ARN, KEY_ID, Kms, KmsKey
from tests.support.service import ServiceError

MESSAGE = b"header.payload"


def pem_of(key: Any, format: PrivateFormat = PrivateFormat.PKCS8, password: str = "") -> str:
    """The PEM of a private key."""
    how = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, format, how).decode()


def verify(key: ec.EllipticCurvePublicKey, signature: bytes) -> None:
    """Fail if the key does not verify the signature of the message."""
    assert len(signature) == 96
    r, s = int.from_bytes(signature[:48]), int.from_bytes(signature[48:])
    key.verify(encode_dss_signature(r, s), MESSAGE, ec.ECDSA(hashes.SHA384()))


class TestPemSigner:
    @pytest.mark.parametrize("format", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
    @pytest.mark.parametrize("kind", [str, str.encode])
    def test_signs_with_a_pem(self, format: PrivateFormat, kind: Any) -> None:
        """
        Both forms of a PEM sign, as text and as bytes.
        """
        verify(PRIVATE_KEY.public_key(), PemSigner(kind(pem_of(PRIVATE_KEY, format))).sign(MESSAGE))

    def test_takes_text_around_a_pem(self) -> None:
        """
        What tools write before and after a key does not matter.
        """
        parameters = "-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n"
        verify(PRIVATE_KEY.public_key(), PemSigner(parameters + PRIVATE_PEM + "\n").sign(MESSAGE))

    @pytest.mark.parametrize(
        ("pem", "got"),
        [
            ("private.pem", "text without the line '-----BEGIN PRIVATE KEY-----'; pass the co"),
            ("\ud800", "text without the line '-----BEGIN PRIVATE KEY-----'; pass the co"),
            (b"", "text without the line '-----BEGIN PRIVATE KEY-----'; pass the co"),
            (
                P384_PEM,
                "a PEM without a private key, such as a public key; sign with the private key",
            ),
            (PRIVATE_PEM.replace("\n", r"\n"), r"a PEM that has a written '\\n' at the end"),
            (PRIVATE_PEM[:200], "a private key that is damaged or of another kind; create one"),
            (
                pem_of(PRIVATE_KEY, password="passphrase"),
                "a key with a passphrase; decrypt it with 'openssl ec -in private.pem -out p",
            ),
            (
                pem_of(PRIVATE_KEY, PrivateFormat.TraditionalOpenSSL, "passphrase"),
                "a key with a passphrase; decrypt it with 'openssl ec -in private.pem -out p",
            ),
            (pem_of(ec.generate_private_key(ec.SECP256R1())), "a key on the curve secp256r1"),
            (pem_of(ec.generate_private_key(ec.SECP521R1())), "a key on the curve secp521r1"),
            (pem_of(rsa.generate_private_key(65537, 2048)), "a private key of another kind"),
            (pem_of(ed25519.Ed25519PrivateKey.generate()), "a private key of another kind"),
        ],
        ids=[
            "name",
            "surrogate",
            "nothing",
            "public",
            "one line",
            "damaged",
            "passphrase",
            "passphrase, old form",
            "P-256",
            "P-521",
            "RSA",
            "Ed25519",
        ],
    )
    def test_refuses_what_is_no_private_key_on_p384(self, pem: str | bytes, got: str) -> None:
        """
        The message says what was given, and nothing of what is in it.
        """
        message = (
            r"'private_key_pem' must be the PEM of a private key on the curve P-384 \(secp384r1\), "
            f"got {got}"
        )
        with pytest.raises(TokenError, match=message) as caught:
            PemSigner(pem)
        # What the package said about the text is not in a traceback either.
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None

    def test_refuses_another_type(self) -> None:
        """
        A key that was loaded already is no PEM.
        """
        with pytest.raises(TokenError, match="must be a PEM as str or bytes, got a value"):
            PemSigner(PRIVATE_KEY)  # type: ignore[arg-type] - what is tried

    def test_says_which_package_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Without cryptography, the error names the extra that installs it.
        """
        monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
        with pytest.raises(
            ImportError, match=r"requires .* cryptography; install cdk-ivs\[tokens\]"
        ):
            PemSigner(PRIVATE_PEM)


class TestKmsSigner:
    @pytest.mark.parametrize("key_id", [KEY_ARN, KEY_ID, ALIAS, ALIAS_ARN])
    def test_signs_with_a_client(self, kms: Kms, key_id: str) -> None:
        """
        The ARN, the id and the alias of a key sign, and the key in KMS verifies.
        """
        verify(
            kms.key.private_key.public_key(), KmsSigner(key_id, client=kms.client()).sign(MESSAGE)
        )

    def test_a_token_is_one_call_with_its_digest(self, kms: Kms) -> None:
        """
        KMS is called once a token, and gets the digest of what is signed.
        """
        token = make("playback", KmsSigner(KEY_ARN, client=kms.client()))
        digest = hashlib.sha384(token.rpartition(".")[0].encode()).digest()
        assert kms.calls == [
            (
                "Sign",
                {
                    "KeyId": KEY_ARN,
                    "Message": base64.b64encode(digest).decode(),
                    "MessageType": "DIGEST",
                    "SigningAlgorithm": "ECDSA_SHA_384",
                },
            )
        ]

    def test_making_a_signer_calls_nothing(self, kms: Kms) -> None:
        """
        Without a token there is no call.
        """
        KmsSigner(KEY_ARN)
        assert kms.calls == []

    def test_creates_a_client_for_the_region_of_the_key(self, kms: Kms) -> None:
        """
        Without a client, that of the Region in the ARN is used, whatever the environment says.
        """
        other = KEY_ARN.replace("us-west-2", "eu-central-1")
        kms.keys[other] = KmsKey()
        signer = KmsSigner(other)
        verify(kms.keys[other].private_key.public_key(), signer.sign(MESSAGE))
        assert signer._client.meta.region_name == "eu-central-1"

    def test_creates_a_client_for_the_region_of_an_alias(self, kms: Kms) -> None:
        """
        The ARN of an alias has a Region too.
        """
        signer = KmsSigner(ALIAS_ARN)
        assert signer._client.meta.region_name == "us-west-2"

    def test_creates_a_client_for_the_default_region(
        self, kms: Kms, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An id has no Region: the default one of boto3 is used.
        """
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
        verify(kms.key.private_key.public_key(), KmsSigner(ALIAS).sign(MESSAGE))

    def test_without_any_region(self, kms: Kms) -> None:
        """
        If nothing names a Region, boto3 says so when the signer is made.
        """
        with pytest.raises(NoRegionError, match="You must specify a region"):
            KmsSigner(ALIAS)

    @pytest.mark.parametrize(
        ("key_id", "got"),
        [
            ("", "''"),
            ("alias/", "'alias/'"),
            ("my key", "'my key'"),
            (arn("public-key/AbCdef1G2hij"), f"'{arn('public-key/AbCdef1G2hij')}'"),
            (PRIVATE_PEM, f"a string of {len(PRIVATE_PEM)} characters"),
            ("alias/" + "a" * 2043, "a string of 2049 characters"),
            ("b7" * 48, "a string of 96 characters"),
            (KEY_ARN.encode(), f"{len(KEY_ARN)} bytes"),
            (None, "None"),
        ],
        ids=["nothing", "prefix", "space", "IVS", "PEM", "long", "number", "bytes", "None"],
    )
    def test_refuses_what_is_no_key_of_kms(self, kms: Kms, key_id: Any, got: str) -> None:
        """
        What cannot be a key of KMS is refused before a client is made.
        """
        with pytest.raises(TokenError, match=f"'key_id' must be the ARN, .*, got {got}"):
            KmsSigner(key_id)

    @pytest.mark.parametrize(
        "key_id", [f"mrk-{'0' * 32}", arn(f"key/mrk-{'f' * 32}", service="kms")]
    )
    def test_signs_with_a_key_of_several_regions(self, kms: Kms, key_id: str) -> None:
        """
        The id of a multi-Region key has another form.
        """
        kms.keys[arn(f"key/mrk-{key_id[-32:]}", service="kms")] = kms.key
        verify(
            kms.key.private_key.public_key(), KmsSigner(key_id, client=kms.client()).sign(MESSAGE)
        )

    def test_takes_the_longest_key_id(self, kms: Kms) -> None:
        """
        KMS allows 2,048 characters.
        """
        assert KmsSigner("alias/" + "a" * 2042, client=kms.client())

    def test_takes_every_character_of_an_alias(self, kms: Kms) -> None:
        """
        KMS allows letters, digits, slashes, underscores and hyphens.
        """
        assert KmsSigner("alias/Live_2/Tokens-B", client=kms.client())

    @pytest.mark.parametrize("client", ["kms", boto3])
    def test_refuses_what_is_no_client_of_kms(self, client: object) -> None:
        """
        A client that cannot sign is refused when the signer is made.
        """
        with pytest.raises(TokenError, match="'client' must be a boto3 client of KMS, got "):
            KmsSigner(KEY_ARN, client=client)

    @pytest.mark.parametrize(
        ("change", "code", "note"),
        [
            (
                {"state": "Disabled"},
                "DisabledException",
                "enable the key, or give another 'key_id'",
            ),
            (
                {"state": "PendingDeletion"},
                "KMSInvalidStateException",
                "the key is not ready to sign: cancel its deletion, or give another 'key_id'",
            ),
            (
                {"usage": "KEY_AGREEMENT"},
                "InvalidKeyUsageException",
                "'key_id' must be a key with the spec ECC_NIST_P384 and the usage SIGN_VERIFY",
            ),
            (
                {"private_key": ec.generate_private_key(ec.SECP256R1())},
                "InvalidKeyUsageException",
                "'key_id' must be a key with the spec ECC_NIST_P384 and the usage SIGN_VERIFY",
            ),
        ],
    )
    def test_errors_of_kms_say_what_to_do(
        self, kms: Kms, change: dict[str, Any], code: str, note: str
    ) -> None:
        """
        An error of KMS stays the one that boto3 raises, with a note for who reads it.
        """
        kms.keys[KEY_ARN] = KmsKey(**change)
        with pytest.raises(ClientError, match=f"{code}.*{KEY_ARN}") as caught:
            KmsSigner(KEY_ARN, client=kms.client()).sign(MESSAGE)
        assert caught.value.response["Error"]["Code"] == code
        (found,) = caught.value.__notes__
        assert found == f"KmsSigner('{KEY_ARN}'): {note}"

    @pytest.mark.parametrize(
        ("code", "note"),
        [
            (
                "AccessDeniedException",
                (
                    "allow 'kms:Sign' on the key, for the algorithm ECDSA_SHA_384 and the message "
                    "type DIGEST"
                ),
            ),
            (
                "NotFoundException",
                (
                    "'key_id' must be the ARN, the ID or the alias of a key in the Region of the "
                    "client"
                ),
            ),
            (
                "ThrottlingException",
                "give several viewers the same token, or request a higher quota of KMS",
            ),
        ],
    )
    def test_other_errors_of_kms_say_what_to_do(
        self, kms: Kms, monkeypatch: pytest.MonkeyPatch, code: str, note: str
    ) -> None:
        """
        So do those about permission, place and rate.
        """
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        kms.errors.append(ServiceError(code, 400))
        with pytest.raises(ClientError, match=code) as caught:
            KmsSigner(KEY_ARN, client=kms.client()).sign(MESSAGE)
        assert caught.value.__notes__ == [f"KmsSigner('{KEY_ARN}'): {note}"]

    @pytest.mark.parametrize(
        "error",
        [
            ValueError("unknown"),
            ClientError({"Error": {"Code": "Unknown"}}, "Sign"),
            type("Odd", (Exception,), {"response": "none"})(),
            type("Odd", (Exception,), {"response": {"Error": "none"}})(),
        ],
    )
    def test_errors_that_are_not_known_pass_as_they_are(self, error: Exception) -> None:
        """
        What nothing is known about gets no note.
        """

        class Client:
            def sign(self, **_parameters: object) -> None:
                raise error

        with pytest.raises(type(error)) as caught:
            KmsSigner(KEY_ARN, client=Client()).sign(MESSAGE)
        assert caught.value is error
        assert not hasattr(error, "__notes__")

    def test_refuses_an_answer_that_is_no_signature(self, kms: Kms) -> None:
        """
        A signature of another curve is not put into a token.
        """
        kms.signature = encode_dss_signature(2**384, 1)
        with pytest.raises(TokenError, match="'key_id' must be a key that signs on the curve P-38"):
            KmsSigner(KEY_ARN, client=kms.client()).sign(MESSAGE)

    def test_reads_short_numbers(self, kms: Kms) -> None:
        """
        One signature in 128 has a number of fewer than 48 bytes, which gets zeros before it.
        """
        kms.signature = encode_dss_signature(5, 2**383)
        signature = KmsSigner(KEY_ARN, client=kms.client()).sign(MESSAGE)
        assert signature == bytes(47) + b"\x05" + b"\x80" + bytes(47)

    def test_says_which_package_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Without boto3 and without a client, the error says what to do.
        """
        monkeypatch.setitem(sys.modules, "boto3", None)
        with pytest.raises(
            ImportError, match="KmsSigner requires the package boto3, or a 'client'"
        ):
            KmsSigner(KEY_ARN)

    def test_a_client_needs_no_boto3(self, kms: Kms, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        With a client of yours, nothing is imported but hashlib.
        """
        client = kms.client()
        real = builtins.__import__

        def imported(name: str, *arguments: Any, **keywords: Any) -> Any:
            # What the client imports itself is its own business.
            caller = (arguments[0] or {}).get("__name__", "")
            assert not caller.startswith("ivs_tokens") or name == "hashlib"
            return real(name, *arguments, **keywords)

        monkeypatch.setattr(builtins, "__import__", imported)
        verify(kms.key.private_key.public_key(), KmsSigner(KEY_ARN, client=client).sign(MESSAGE))


class TestOtherSigners:
    @pytest.mark.parametrize("signer", [PRIVATE_PEM, None, PemSigner], ids=["PEM", "None", "class"])
    @pytest.mark.parametrize("kind", ["playback", "participant", "connection"])
    def test_what_cannot_sign_is_refused(self, kind: str, signer: object) -> None:
        """
        A private key itself is no signer.
        """
        function, right = KINDS[kind]
        with pytest.raises(TokenError, match="'signer' must be a PemSigner, a KmsSigner or an obj"):
            function(signer, **right)

    @pytest.mark.parametrize(
        ("signature", "got"),
        [
            (PRIVATE_KEY.sign(MESSAGE, ec.ECDSA(hashes.SHA384())), r"10\d bytes; convert"),
            (bytes(95), "95 bytes"),
            ("a" * 96, "another type"),
        ],
        ids=["DER", "short", "text"],
    )
    def test_what_is_no_signature_is_refused(self, signature: object, got: str) -> None:
        """
        An object of yours has to return 96 bytes, and not DER.
        """

        class Signer:
            def sign(self, message: bytes) -> object:
                return signature

        with pytest.raises(TokenError, match=f"'signer' must return the 96 bytes .*, got {got}"):
            make("playback", Signer())
