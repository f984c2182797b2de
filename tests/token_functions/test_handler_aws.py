"""What the functions ask IVS for, and what they do when AWS does not answer."""

from __future__ import annotations

import socket
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from cdk_ivs._token_functions.cdk_ivs_token_handler import aws, handler
from cdk_ivs._token_functions.cdk_ivs_token_handler.errors import TokenRequestError
from tests.ivs_tokens.parts import claims_of, header_of
from tests.support.arns import arn
from tests.support.kms import Kms
from tests.support.service import ServiceError
from tests.token_functions.handler_parts import (
    BY_CLAIM,
    CHAT,
    EVENTS_URL,
    NOW,
    OTHER_ROOM,
    OTHER_STAGE,
    PARTICIPANT,
    PLAYBACK,
    PUBLIC_KEY,
    ROOM,
    STAGE,
    WHIP_URL,
    Function,
    Ivs,
    Logs,
    UnixClock,
    body_of,
    by_jwt,
    by_url,
    refusal_of,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

JANE = {"viewer_id": "jane"}
HOUR, DAY = 3_600, 86_400
UNABLE = "the function cannot create tokens; its log has the reason"
BUSY = "AWS is busy or cannot be reached at the moment; try again"
# Errors of a moment, of each service.
OF_A_MOMENT = [
    ServiceError("ThrottlingException", 400),
    ServiceError("ThrottlingException", 429),
    ServiceError("TooManyRequestsException", 400),
    ServiceError("TooManyRequestsException", 429),
    ServiceError("Throttling", 400),
    ServiceError("OddException", 429),
    ServiceError("KMSInternalException", 500),
    ServiceError("KeyUnavailableException", 500),
    ServiceError("DependencyTimeoutException", 503),
    ServiceError("InternalServerException", 500),
]
# Errors that last until somebody mends something.
LASTING = [
    ServiceError("AccessDeniedException", 403, "User: jane is not authorized"),
    ServiceError("ResourceNotFoundException", 404, "jane"),
    ServiceError("ValidationException", 400, "jane"),
]
moments = pytest.mark.parametrize(
    "error", OF_A_MOMENT, ids=[f"{error.code} {error.status}" for error in OF_A_MOMENT]
)


class TestParticipants:
    def test_get_what_the_role_says(
        self, function: Function, kms: Kms, ivs: Ivs, clock: UnixClock
    ) -> None:
        """
        A participant token has the endpoints of the stage, a new id, and what the role says.
        """
        roles = {
            "host": {
                "lifetime": 43_200,
                "publish": True,
                "subscribe": False,
                "attributes": {"badge": "host"},
            }
        }
        answer = function.deploy(PARTICIPANT, roles=roles)({**JANE, "expires_in": 600})
        participant_id = answer["participant_id"]
        assert answer == {
            "token": answer["token"],
            "expires_at": NOW + 600,
            "participant_id": participant_id,
            "stage_arn": STAGE,
        }
        assert header_of(answer["token"]) == {"alg": "ES384", "typ": "JWT", "kid": PUBLIC_KEY}
        assert claims_of(answer["token"]) == {
            "exp": NOW + 600,
            "iat": NOW,
            "jti": participant_id,
            "user_id": "jane",
            "resource": STAGE,
            "topic": "AbCdef1G2hij",
            "events_url": EVENTS_URL,
            "whip_url": WHIP_URL,
            "capabilities": {"allow_publish": True, "allow_subscribe": False},
            "attributes": {"badge": "host"},
            "version": "1.0",
        }

    def test_may_do_nothing_that_is_not_said(self, function: Function, kms: Kms, ivs: Ivs) -> None:
        """
        A role that says nothing of a capability does not have it.
        """
        function.deploy(PARTICIPANT, roles={"nobody": {"lifetime": 60}})
        claims = claims_of(function(JANE)["token"])
        assert claims["capabilities"] == {"allow_publish": False, "allow_subscribe": False}
        assert "attributes" not in claims

    def test_have_ids_of_their_own(self, function: Function, kms: Kms, ivs: Ivs) -> None:
        """
        The same user gets another participant id with each token, and each is one signature.
        """
        function.deploy(PARTICIPANT)
        ids = {function(JANE)["participant_id"] for _ in range(3)}
        assert len(ids) == len(kms.calls) == 3
        assert {len(each) for each in ids} == {32}


class TestEndpoints:
    def test_are_kept_for_an_hour(
        self, function: Function, kms: Kms, ivs: Ivs, clock: UnixClock, logs: Logs
    ) -> None:
        """
        IVS is asked for the endpoints of a stage once an hour, and its answer is used then.
        """
        function.deploy(PARTICIPANT)
        function(JANE)
        clock.now += HOUR - 1
        function(JANE)
        assert ivs.calls == [("GetStage", {"arn": STAGE})]
        ivs.endpoints = {"events": "wss://new.example.com", "whip": "https://new.example.com"}
        clock.now = NOW + HOUR
        claims = claims_of(function(JANE)["token"])
        assert claims["events_url"] == "wss://new.example.com"
        assert claims["whip_url"] == "https://new.example.com"
        assert len(ivs.calls) == 2
        assert [line["endpoints"] for line in logs()] == ["asked", "kept", "asked"]

    def test_are_those_of_the_stage(self, function: Function, kms: Kms, ivs: Ivs) -> None:
        """
        Each stage is asked about by itself.
        """
        function.deploy(PARTICIPANT, resources=[STAGE, OTHER_STAGE])
        for stage in (STAGE, OTHER_STAGE, STAGE):
            assert function({**JANE, "stage_arn": stage})["stage_arn"] == stage
        assert [parameters["arn"] for _, parameters in ivs.calls] == [STAGE, OTHER_STAGE]

    @moments
    def test_outlast_errors_of_a_moment(
        self,
        function: Function,
        *,
        kms: Kms,
        ivs: Ivs,
        clock: UnixClock,
        logs: Logs,
        error: ServiceError,
    ) -> None:
        """
        While IVS does not answer, the endpoints from before are used, and IVS is asked again after
        a minute, not with each request.
        """
        function.deploy(PARTICIPANT)(JANE)
        clock.now += HOUR
        ivs.errors = [error] * 2
        assert claims_of(function(JANE)["token"])["whip_url"] == WHIP_URL
        asked = len(ivs.calls)
        ivs.errors = []
        clock.now += 59
        function(JANE)
        assert len(ivs.calls) == asked
        clock.now += 1
        function(JANE)
        assert len(ivs.calls) == asked + 1
        assert [line["endpoints"] for line in logs()] == ["asked", "stale", "kept", "asked"]

    @pytest.mark.parametrize("error", LASTING, ids=lambda error: error.code)
    def test_do_not_outlast_the_stage(
        self,
        function: Function,
        *,
        kms: Kms,
        ivs: Ivs,
        clock: UnixClock,
        logs: Logs,
        error: ServiceError,
    ) -> None:
        """
        If IVS says that the stage is gone or is not for the function, there is no token.
        """
        function.deploy(PARTICIPANT)(JANE)
        clock.now += HOUR
        ivs.errors = [error]
        with pytest.raises(TokenRequestError, match=f"^500: {UNABLE}$"):
            function(JANE)
        assert len(kms.calls) == 1
        assert logs()[-1]["detail"] == f"ivs:GetStage was refused with {error.code}"

    def test_are_not_kept_for_longer_than_ivs_allows(
        self, function: Function, kms: Kms, ivs: Ivs, clock: UnixClock
    ) -> None:
        """
        After 14 days without an answer, the endpoints from before are of no use.
        """
        function.deploy(PARTICIPANT)(JANE)
        ivs.errors = [ServiceError("InternalServerException", 500)] * 9
        clock.now = NOW + 14 * DAY - 1
        assert function(JANE)["token"]
        clock.now = NOW + 14 * DAY + 60
        with pytest.raises(TokenRequestError, match=r"^503: "):
            function(JANE)

    def test_are_of_no_use_from_the_first_second_on(
        self, function: Function, kms: Kms, ivs: Ivs, clock: UnixClock
    ) -> None:
        """
        At the end of the 14 days, the endpoints from before are not used.
        """
        function.deploy(PARTICIPANT)(JANE)
        ivs.errors = [ServiceError("InternalServerException", 500)] * 2
        clock.now = NOW + 14 * DAY
        with pytest.raises(TokenRequestError, match=r"^503: "):
            function(JANE)

    def test_are_asked_for_again_where_the_clock_is_set_back(
        self, function: Function, kms: Kms, ivs: Ivs, clock: UnixClock
    ) -> None:
        """
        Endpoints that are from the future by the clock are of an age that nobody knows.
        """
        function.deploy(PARTICIPANT)(JANE)
        clock.now -= 1
        function(JANE)
        assert len(ivs.calls) == 2
        clock.now -= 1
        ivs.errors = [ServiceError("InternalServerException", 500)] * 2
        with pytest.raises(TokenRequestError, match=r"^503: "):
            function(JANE)

    @pytest.mark.parametrize("missing", [["events"], ["whip"], ["events", "whip"]], ids=str)
    def test_must_both_be_there(
        self, function: Function, kms: Kms, ivs: Ivs, logs: Logs, missing: list[str]
    ) -> None:
        """
        A stage without one of its endpoints gets no tokens, and is asked about again.
        """
        function.deploy(PARTICIPANT)
        for name in missing:
            del ivs.endpoints[name]
        for _ in range(2):
            with pytest.raises(TokenRequestError, match=r"^500: "):
                function(JANE)
        assert len(ivs.calls) == 2
        assert logs()[0]["detail"] == f"ivs:GetStage returned no endpoints of {STAGE}"

    def test_must_be_of_their_kind(
        self, function: Function, kms: Kms, ivs: Ivs, logs: Logs
    ) -> None:
        """
        Endpoints that IVS would refuse in a token are not signed.
        """
        ivs.endpoints["events"] = "https://global.events.live-video.net"
        with pytest.raises(TokenRequestError, match=r"^500: "):
            function.deploy(PARTICIPANT)(JANE)
        assert kms.calls == []
        assert logs()[0]["detail"].startswith("'events_url' must be a URL that begins with 'wss:")


class TestChat:
    def test_asks_for_what_the_role_says(self, function: Function, ivs: Ivs, logs: Logs) -> None:
        """
        IVS is asked for a token of the room, with the capabilities, the session and the attributes
        of the role, and says when both end.
        """
        roles = {
            "moderator": {
                "capabilities": ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"],
                "session": 180,
                "attributes": {"badge": "moderator"},
            },
            "reader": {"capabilities": [], "session": 1},
        }
        function.deploy(CHAT, roles=roles)
        assert function({**JANE, "role": "moderator"}) == {
            "token": "AQICAHexample-of-a-chat-token",
            "expires_at": NOW + 60,
            "session_expires_at": NOW + 180 * 60,
        }
        assert function({**JANE, "role": "reader"})["session_expires_at"] == NOW + 60
        assert ivs.calls == [
            (
                "CreateChatToken",
                {
                    "roomIdentifier": ROOM,
                    "userId": "jane",
                    "capabilities": ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"],
                    "sessionDurationInMinutes": 180,
                    "attributes": {"badge": "moderator"},
                },
            ),
            (
                "CreateChatToken",
                {
                    "roomIdentifier": ROOM,
                    "userId": "jane",
                    "capabilities": [],
                    "sessionDurationInMinutes": 1,
                },
            ),
        ]

    def test_is_for_the_room_that_is_chosen(self, function: Function, ivs: Ivs) -> None:
        """
        With several rooms, the event chooses one of them.
        """
        function.deploy(CHAT, resources=[ROOM, OTHER_ROOM])
        function({**JANE, "room_arn": OTHER_ROOM})
        assert ivs.calls[0][1]["roomIdentifier"] == OTHER_ROOM
        with pytest.raises(
            TokenRequestError, match=r"^403: 'room_arn' must be one of those of this"
        ):
            function({**JANE, "room_arn": arn("room/UvWxyz5A6bcd", service="ivschat")})


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


def test_an_answer_by_http_has_the_ids(function: Function, kms: Kms, ivs: Ivs) -> None:
    """
    A client gets the participant id and the stage with the token.
    """
    answer = function.deploy(PARTICIPANT, identity=BY_CLAIM)(by_jwt({}))
    assert body_of(answer).keys() == {"token", "expires_at", "participant_id", "stage_arn"}
