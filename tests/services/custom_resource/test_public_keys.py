"""The public half of a key in KMS, as the handler reads it for the deployment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from botocore.validate import ParamValidator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from cdk_ivs._services.custom_resource.cdk_ivs_handler import errors
from cdk_ivs._services.custom_resource.operations import Operation
from ivs_tokens import KmsSigner, connection_token, participant_token, playback_token
from tests.services.custom_resource.calls import model
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.cloudformation import CREATE_FAILED, CustomResource, directly
from tests.support.kms import KEY_ARN, Kms, KmsKey, served_kms
from tests.support.service import CHANNEL, STAGE, ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clock import Clock
    from tests.support.cloudformation import Engine

OTHER_ARN = arn("key/99999999-12ab-34cd-56ef-1234567890ab", service="kms")
PUBLIC_KEY_ARN = arn("public-key/AbCdef1G2hij")
# Of AWS::IVS::PublicKey in CloudFormation, for the whole text.
PATTERN = (
    r"-----BEGIN PUBLIC KEY-----\r?\n([a-zA-Z0-9+/=\r\n]+)\r?\n-----END PUBLIC KEY-----(\r?\n)?"
)
MODEL = model("kms")
# How long each error is retried, in seconds, and what the last one says to do.
ERRORS = {
    "AccessDeniedException": (
        90,
        "CallDenied",
        "the policy of the key, a service control policy or",
    ),
    "DisabledException": (0, "KeyDisabled", "the key is disabled; enable it, and deploy again"),
    "InvalidArnException": (0, "CallRefused", "correct what the error names, and deploy again"),
    "KMSInvalidStateException": (0, "KeyState", "cancel the deletion and enable the key"),
    "NotFoundException": (0, "KeyNotFound", "there is no such key in the account and Region"),
    "ThrottlingException": (600, "CallThrottled", "more calls to AWS KMS than the service allows"),
    "UnsupportedOperationException": (0, "KeyKind", "the key is not asymmetric"),
}


@pytest.fixture
def kms(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kms]:
    """KMS with two keys."""
    with served_kms() as kms:
        kms.keys[OTHER_ARN] = KmsKey()
        monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", kms.url)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        yield kms


@pytest.fixture
def key(engine: Engine, kms: Kms) -> CustomResource:
    """The custom resource of a key, which is not created yet."""
    assert KEY_ARN in kms.keys
    properties = {"Operation": "PublicKeyPem", "ResourceArn": KEY_ARN}
    return CustomResource(engine, properties, "SigningKey")


class TestCreation:
    def test_answers_the_public_key(self, key: CustomResource, kms: Kms) -> None:
        """
        The answer is the PEM of the key as the cryptography package writes it, by one call.
        """
        response = key.create()
        assert response.data == {"PublicKeyPem": kms.key.public_pem}
        assert kms.calls == [("GetPublicKey", {"KeyId": KEY_ARN})]

    def test_answers_what_cloudformation_takes(self, key: CustomResource) -> None:
        """
        The PEM has the pattern of a public key's material, and 215 characters.
        """
        pem = key.create().data["PublicKeyPem"]
        assert re.fullmatch(PATTERN, pem)
        assert len(pem) == 215

    def test_has_the_arn_of_the_key_for_an_id(self, key: CustomResource) -> None:
        """
        The physical id is the ARN of the key.
        """
        assert key.create().physical_id == KEY_ARN

    def test_that_fails_is_cleaned_up_without_a_call(self, key: CustomResource, kms: Kms) -> None:
        """
        After a creation that failed, the deletion succeeds and asks KMS for nothing.
        """
        kms.key.state = "Disabled"
        response = key.create()
        assert (response.status, response.physical_id) == ("FAILED", CREATE_FAILED)
        assert key.responses[-1].status == "SUCCESS"
        assert len(kms.calls) == 1


class TestUpdate:
    def test_of_the_same_key_answers_it_again(self, key: CustomResource, kms: Kms) -> None:
        """
        Where another property changed, the attribute and the id are as before.
        """
        key.create()
        response = key.update(Anything="else")
        assert response.physical_id == KEY_ARN
        assert response.data == {"PublicKeyPem": kms.key.public_pem}

    def test_to_another_key_answers_that(self, key: CustomResource, kms: Kms) -> None:
        """
        Another key has another id, and the clean-up of the old id does nothing.
        """
        key.create()
        response = key.update(ResourceArn=OTHER_ARN)
        assert response.physical_id == OTHER_ARN
        assert response.data == {"PublicKeyPem": kms.keys[OTHER_ARN].public_pem}
        calls = len(kms.calls)
        key.clean_up()
        assert key.responses[-1].status == "SUCCESS"
        assert len(kms.calls) == calls

    def test_that_fails_keeps_the_key(self, key: CustomResource, kms: Kms) -> None:
        """
        After a key that cannot be used and the roll-back, the first key is answered.
        """
        key.create()
        kms.keys[OTHER_ARN].state = "Disabled"
        assert key.update(ResourceArn=OTHER_ARN).status == "FAILED"
        assert key.physical_id == KEY_ARN
        assert key.responses[-1].data == {"PublicKeyPem": kms.key.public_pem}

    def test_that_is_rolled_back_returns_to_the_key(self, key: CustomResource, kms: Kms) -> None:
        """
        Where something else failed after it, the id is the one from before, and nothing is lost.
        """
        key.create()
        old = key.properties
        key.update(ResourceArn=OTHER_ARN)
        key.roll_back(old)
        assert key.physical_id == KEY_ARN
        assert {response.status for response in key.responses} == {"SUCCESS"}
        assert [parameters["KeyId"] for _, parameters in kms.calls] == [
            KEY_ARN,
            OTHER_ARN,
            KEY_ARN,
        ]


class TestDeletion:
    def test_does_nothing(self, key: CustomResource, kms: Kms) -> None:
        """
        A key that was retained is not touched, and one that is gone is not asked for.
        """
        key.create()
        kms.calls.clear()
        kms.keys.clear()
        assert key.delete().status == "SUCCESS"
        assert kms.calls == []


class TestKeys:
    @pytest.mark.parametrize(
        ("curve", "usage", "got"),
        [
            (ec.SECP256R1(), "SIGN_VERIFY", "ECC_NIST_P256 and SIGN_VERIFY"),
            (ec.SECP521R1(), "SIGN_VERIFY", "ECC_NIST_P521 and SIGN_VERIFY"),
            (ec.SECP384R1(), "KEY_AGREEMENT", "ECC_NIST_P384 and KEY_AGREEMENT"),
        ],
        ids=["p256", "p521", "agreement"],
    )
    def test_that_cannot_sign_tokens_are_refused(
        self, key: CustomResource, kms: Kms, curve: ec.EllipticCurve, usage: str, got: str
    ) -> None:
        """
        The failure says what the key must be, what it is, and what to do.
        """
        kms.keys[KEY_ARN] = KmsKey(ec.generate_private_key(curve), usage=usage)
        response = key.create()
        assert response.status == "FAILED"
        assert (
            f"{KEY_ARN} must be a key with the spec ECC_NIST_P384 and the usage SIGN_VERIFY, got "
            f"{got}; create a SigningKey, or name another key [cdk-ivs:KeyKind]"
        ) in response.reason.splitlines()[0]

    @pytest.mark.parametrize(
        "der",
        [
            pytest.param(lambda der: der[:-1], id="short"),
            pytest.param(lambda der: der + b"\0", id="long"),
            pytest.param(lambda der: der[:23] + b"\2" + der[24:], id="compressed"),
        ],
    )
    def test_in_another_form_are_refused(
        self, key: CustomResource, monkeypatch: pytest.MonkeyPatch, der: Any
    ) -> None:
        """
        What has not the 120 bytes of a point on P-384 is refused, whatever its spec says.
        """
        right = KmsKey.public_der.fget  # type: ignore[attr-defined] - a property
        monkeypatch.setattr(KmsKey, "public_der", property(lambda self: der(right(self))))
        response = key.create()
        assert response.status == "FAILED"
        assert "must be a key with the spec ECC_NIST_P384" in response.reason


@pytest.mark.once
class TestErrors:
    @pytest.fixture
    def engine(self) -> Engine:
        """Without the framework, which has no part in these."""
        return directly

    @pytest.mark.parametrize("code", ERRORS)
    def test_say_what_to_do(self, key: CustomResource, kms: Kms, clock: Clock, code: str) -> None:
        """
        An error that may pass is retried, and the last one says what failed and what to do.
        """
        seconds, listed, remedy = ERRORS[code]
        assert errors.response_to("GetPublicKey", code).seconds == seconds
        kms.errors = [ServiceError(code, 400, "said by KMS") for _ in range(2_000)]
        reason = key.create().reason
        assert reason.startswith(f"GetPublicKey failed for {KEY_ARN}: ")
        assert remedy in reason
        assert f"({code}, " in reason
        assert reason.endswith(f": said by KMS) [cdk-ivs:{listed}]")
        assert seconds * 0.7 <= clock.now <= seconds

    def test_of_the_service_are_retried(self, key: CustomResource, kms: Kms, clock: Clock) -> None:
        """
        An internal error that goes on for two minutes is one of KMS, and not of IVS.
        """
        kms.errors = [ServiceError("KMSInternalException", 500, "") for _ in range(2_000)]
        reason = key.create().reason
        assert "AWS KMS did not answer; deploy again later (KMSInternal" in reason
        assert reason.endswith(" [cdk-ivs:ServiceUnreachable]")
        assert errors.response_to("GetPublicKey", "Unreachable").seconds == 120
        assert 100 <= clock.now <= 120

    def test_that_pass_do_not_matter(self, key: CustomResource, kms: Kms) -> None:
        """
        A permission that is not known everywhere yet is waited for.
        """
        kms.errors = [ServiceError("AccessDeniedException", 400, "")] * 4
        assert key.create().data == {"PublicKeyPem": kms.key.public_pem}
        assert len(kms.calls) == 5

    @pytest.mark.parametrize(
        ("state", "remedy"),
        [
            ("Disabled", "the key is disabled; enable it"),
            (
                "PendingDeletion",
                "for example because its deletion is scheduled; cancel the deletion",
            ),
        ],
    )
    def test_of_states_say_how_to_change_them(
        self, key: CustomResource, kms: Kms, state: str, remedy: str
    ) -> None:
        """
        A disabled key and one that is to be deleted are told apart.
        """
        kms.key.state = state
        assert remedy in key.create().reason
        assert len(kms.calls) == 1

    def test_are_there_for_what_kms_declares(self) -> None:
        """
        Each error of the action in botocore's model has a remedy, is one of the service, or is
        about a request that the library never sends.
        """
        declared = {shape.name for shape in MODEL.operation_model("GetPublicKey").error_shapes}
        remedies = {
            code for action, code in errors.RESPONSES_OF_ACTIONS if action == "GetPublicKey"
        }
        assert declared - remedies == {
            # With a status of 500 and over.
            "DependencyTimeoutException",
            "KMSInternalException",
            "KeyUnavailableException",
            # About parameters.
            "InvalidArnException",
            "InvalidGrantTokenException",
            "InvalidKeyUsageException",
        }


@pytest.mark.once
class TestRequest:
    def test_is_one_of_the_api(self, kms: Kms) -> None:
        """
        Botocore's model has nothing against the parameters, and the permission has the action.
        """
        properties = {"Operation": "PublicKeyPem", "ResourceArn": KEY_ARN}
        assert CustomResource(directly, properties).create().status == "SUCCESS"
        ((action, parameters),) = kms.calls
        shape = MODEL.operation_model(action).input_shape
        assert ParamValidator().validate(parameters, shape).generate_report() == ""
        assert Operation.PUBLIC_KEY_PEM.actions == (f"kms:{action}",)


@pytest.mark.once
class TestTokens:
    """From the key to the token: what IVS would verify, with the key that the handler answers."""

    @pytest.fixture
    def pem(self, kms: Kms) -> str:
        """What the handler answers, and what a key pair in the template imports."""
        assert KEY_ARN in kms.keys
        properties = {"Operation": "PublicKeyPem", "ResourceArn": KEY_ARN}
        return CustomResource(directly, properties).create().data["PublicKeyPem"]

    def test_for_playback_verify(self, kms: Kms, pem: str) -> None:
        """
        A playback token that KMS signed verifies with PyJWT against the answer.
        """
        signer = KmsSigner(KEY_ARN, client=kms.client())
        token = playback_token(signer, channel_arn=CHANNEL, expires_in=300)
        assert jwt.decode(token, pem, algorithms=["ES384"])["aws:channel-arn"] == CHANNEL

    def test_for_participants_verify(self, kms: Kms, pem: str) -> None:
        """
        So does a participant token.
        """
        token = participant_token(
            KmsSigner(KEY_ARN, client=kms.client()),
            public_key_arn=PUBLIC_KEY_ARN,
            stage_arn=STAGE,
            events_url="wss://global.events.live-video.net",
            whip_url="https://a.global-bm.whip.live-video.net",
            participant_id="one",
            expires_in=60,
            allow_publish=True,
            allow_subscribe=True,
        )
        assert jwt.decode(token, pem, algorithms=["ES384"])["resource"] == STAGE
        assert jwt.get_unverified_header(token)["kid"] == PUBLIC_KEY_ARN

    def test_for_connections_verify(self, kms: Kms, pem: str) -> None:
        """
        So does a connection token.
        """
        token = connection_token(
            KmsSigner(KEY_ARN, client=kms.client()),
            public_key_arn=PUBLIC_KEY_ARN,
            token_id="one",
            account_id=ACCOUNT,
            region=REGION,
            events_url="wss://global.events.live-video.net",
            expires_in=60,
        )
        assert jwt.decode(token, pem, algorithms=["ES384"])["jti"] == "one"

    def test_of_another_key_do_not_verify(self, kms: Kms, pem: str) -> None:
        """
        A token of another key is refused.
        """
        signer = KmsSigner(OTHER_ARN, client=kms.client())
        token = playback_token(signer, channel_arn=CHANNEL, expires_in=300)
        with pytest.raises(jwt.InvalidSignatureError):
            jwt.decode(token, pem, algorithms=["ES384"])

    def test_leave_the_private_key_where_it_is(
        self, kms: Kms, pem: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Neither the answer nor an error nor what is printed has the private key in it, in any form.
        """
        kms.key.state = "Disabled"
        properties = {"Operation": "PublicKeyPem", "ResourceArn": KEY_ARN}
        reason = CustomResource(directly, properties).create().reason
        printed = capsys.readouterr()
        said = f"{pem}{reason}{printed.out}{printed.err}"
        private = kms.key.private_key
        scalar = private.private_numbers().private_value
        body = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        for secret in (f"{scalar:x}", str(scalar), *body.splitlines()[1:-2]):
            assert secret not in said
        assert "PRIVATE" not in said
