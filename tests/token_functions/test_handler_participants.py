"""Tokens of participants, with the endpoints of the stage, which the function asks IVS for."""

from __future__ import annotations

import pytest

from cdk_ivs._token_functions.cdk_ivs_token_handler.errors import TokenRequestError
from tests.ivs_tokens.parts import claims_of, header_of
from tests.support.kms import Kms
from tests.support.service import ServiceError
from tests.token_functions.handler_parts import (
    BY_CLAIM,
    EVENTS_URL,
    JANE,
    LASTING,
    NOW,
    OTHER_STAGE,
    PARTICIPANT,
    PUBLIC_KEY,
    STAGE,
    UNABLE,
    WHIP_URL,
    Function,
    Ivs,
    Logs,
    UnixClock,
    body_of,
    by_jwt,
    moments,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

HOUR, DAY = 3_600, 86_400


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


def test_an_answer_by_http_has_the_ids(function: Function, kms: Kms, ivs: Ivs) -> None:
    """
    A client gets the participant id and the stage with the token.
    """
    answer = function.deploy(PARTICIPANT, identity=BY_CLAIM)(by_jwt({}))
    assert body_of(answer).keys() == {"token", "expires_at", "participant_id", "stage_arn"}
