"""Errors of AWS, and the clients with which the function calls it."""

from __future__ import annotations

import socket
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from cdk_ivs._token_functions.cdk_ivs_token_handler import aws, handler
from cdk_ivs._token_functions.cdk_ivs_token_handler.errors import TokenRequestError
from tests.support.arns import arn
from tests.support.kms import Kms
from tests.support.service import ServiceError
from tests.token_functions.handler_parts import (
    BY_CLAIM,
    CHAT,
    JANE,
    LASTING,
    PARTICIPANT,
    PLAYBACK,
    UNABLE,
    Function,
    Ivs,
    Logs,
    by_jwt,
    by_url,
    moments,
    refusal_of,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

BUSY = "AWS is busy or cannot be reached at the moment; try again"


class TestErrors:
    @moments
    def test_of_a_moment_ask_to_come_back(
        self, function: Function, kms: Kms, ivs: Ivs, error: ServiceError
    ) -> None:
        """
        Where AWS is busy, the status is 503, and the caller is told when to come back.
        """
        for configuration, service in ((PLAYBACK, kms), (CHAT, ivs), (PARTICIPANT, ivs)):
            identity = PLAYBACK["identity"] if configuration is PLAYBACK else BY_CLAIM
            function.deploy(configuration, identity=identity)
            service.errors[:] = [error] * 2
            answer = function(by_jwt({}))
            assert refusal_of(answer) == (503, BUSY)
            assert answer["headers"]["retry-after"] in {"1", "2", "3", "4", "5"}
            service.errors[:] = []
            assert function(by_jwt({}))["statusCode"] == 200

    @pytest.mark.parametrize(
        ("byte", "seconds"), [(0, "1"), (4, "5"), (5, "1"), (9, "5"), (255, "1")]
    )
    def test_of_a_moment_spread_the_callers(
        self,
        function: Function,
        *,
        kms: Kms,
        monkeypatch: pytest.MonkeyPatch,
        byte: int,
        seconds: str,
    ) -> None:
        """
        A caller comes back after 1 to 5 seconds, which a random byte chooses.
        """
        kms.errors = [ServiceError("ThrottlingException", 400)] * 2
        monkeypatch.setattr(handler.os, "urandom", lambda size: bytes([byte] * size))
        answer = function.deploy(PLAYBACK)(by_url({}))
        assert answer["headers"]["retry-after"] == seconds

    def test_of_a_moment_are_tried_once_more(self, function: Function, kms: Kms) -> None:
        """
        One error of KMS is not seen by the caller; two are, and a third is not waited for.
        """
        function.deploy(PLAYBACK)
        kms.errors = [ServiceError("ThrottlingException", 400)]
        assert function({})["token"]
        assert len(kms.calls) == 2
        kms.errors = [ServiceError("ThrottlingException", 400)] * 3
        with pytest.raises(TokenRequestError, match=f"^503: {BUSY}$"):
            function({"expires_in": 60})
        assert len(kms.calls) == 4

    @pytest.mark.parametrize("error", LASTING, ids=lambda error: error.code)
    def test_that_last_are_ours(
        self, function: Function, ivs: Ivs, logs: Logs, error: ServiceError
    ) -> None:
        """
        What AWS refuses is no fault of the caller, who learns nothing of it; the log has the code
        and not the text, which may be about the caller.
        """
        ivs.errors = [error]
        function.deploy(CHAT, identity=BY_CLAIM)
        answer = function(by_jwt({}))
        assert refusal_of(answer) == (500, UNABLE)
        assert "retry-after" not in answer["headers"]
        (line,) = logs()
        assert line["detail"] == f"ivschat:CreateChatToken was refused with {error.code}"
        assert line["reason"] == "refused"

    def test_have_all_their_notes(self) -> None:
        """
        Each hint that a signer adds to an error is in the log.
        """
        response: Any = {
            "Error": {"Code": "DisabledException", "Message": "jane"},
            "ResponseMetadata": {"HTTPStatusCode": 400},
        }

        def call() -> None:
            error = ClientError(response, "Sign")
            error.add_note("enable the key")
            error.add_note("see the guide")
            raise error

        with pytest.raises(TokenRequestError) as caught:
            aws.called("kms:Sign", call)
        assert caught.value.detail == (
            "kms:Sign was refused with DisabledException; enable the key; see the guide"
        )

    @pytest.mark.parametrize(
        ("state", "code", "hint"),
        [
            ("Disabled", "DisabledException", "enable the key, or give another 'key_id'"),
            ("PendingDeletion", "KMSInvalidStateException", "cancel its deletion"),
        ],
    )
    def test_of_the_key_say_what_to_do(
        self, function: Function, *, kms: Kms, logs: Logs, state: str, code: str, hint: str
    ) -> None:
        """
        What is wrong with the key is in the log, with what to do about it.
        """
        kms.key.state = state
        assert refusal_of(function.deploy(PLAYBACK)(by_url({}))) == (500, UNABLE)
        (line,) = logs()
        assert line["detail"].startswith(f"kms:Sign was refused with {code}; KmsSigner(")
        assert hint in line["detail"]

    def test_of_a_key_of_another_kind_say_so(
        self, function: Function, kms: Kms, logs: Logs
    ) -> None:
        """
        A signature that is not of the curve P-384 makes no token.
        """
        kms.signature = b"0"
        assert function.deploy(PLAYBACK)(by_url({}))["statusCode"] == 500
        assert "must be a key that signs on the curve P-384" in logs()[0]["detail"]

    def test_of_the_network_ask_to_come_back(
        self, function: Function, kms: Kms, logs: Logs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where nobody answers, the status is 503.
        """
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", f"http://127.0.0.1:{port}")
        assert refusal_of(function.deploy(PLAYBACK)(by_url({}))) == (503, BUSY)
        assert logs()[0]["detail"] == "kms:Sign failed with EndpointConnectionError"

    def test_of_no_answer_ask_to_come_back(
        self, function: Function, kms: Kms, logs: Logs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where the answer does not come, the function does not wait until Lambda ends it.
        """
        monkeypatch.setattr(aws, "_READ_SECONDS", 0.05)
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            port = silent.getsockname()[1]
            monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", f"http://127.0.0.1:{port}")
            assert refusal_of(function.deploy(PLAYBACK)(by_url({}))) == (503, BUSY)
        assert logs()[0]["detail"] == "kms:Sign failed with ReadTimeoutError"

    def test_before_the_call_are_ours(
        self, function: Function, kms: Kms, logs: Logs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A function without credentials says so in its log.
        """
        # The session of all clients keeps what it found.
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.delenv(name)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
        assert refusal_of(function.deploy(PLAYBACK)(by_url({}))) == (500, UNABLE)
        (line,) = logs()
        assert line["detail"] == "kms:Sign was not called because of NoCredentialsError"
        assert line["reason"] == "failure"


class TestClients:
    def test_are_of_the_region_of_the_resource(
        self, function: Function, kms: Kms, ivs: Ivs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Each service is called in the Region of the key, the stage or the room, and each client is
        made once.
        """
        made: list[tuple[str, str]] = []
        create = boto3.client

        def client(service: str, **options: Any) -> Any:
            made.append((service, options["region_name"]))
            return create(service, **options)

        monkeypatch.setattr(boto3, "client", client)
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        rooms = [
            arn(f"room/Ab{region[:2]}", service="ivschat", region=region)
            for region in ("us-west-2", "ap-south-1")
        ]
        function.deploy(CHAT, resources=rooms)
        for room in [*rooms, *rooms]:
            function({**JANE, "room_arn": room})
        function.deploy(PARTICIPANT)
        function(JANE)
        function(JANE)
        assert made == [
            ("ivschat", "us-west-2"),
            ("ivschat", "ap-south-1"),
            ("ivs-realtime", "us-west-2"),
            ("kms", "us-west-2"),
        ]

    def test_wait_for_less_than_lambda_does(self) -> None:
        """
        A call ends in about ten seconds.
        """
        config = aws.client_of("kms", PLAYBACK["key"]).meta.config
        assert (config.connect_timeout, config.read_timeout) == (2, 3)
        assert config.retries == {"mode": "standard", "total_max_attempts": 2}
