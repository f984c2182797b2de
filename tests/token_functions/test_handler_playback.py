"""Playback tokens: what is in them, and when the same one is given out again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from cdk_ivs._token_functions.cdk_ivs_token_handler import handler, minters
from tests.ivs_tokens.parts import claims_of, header_of
from tests.support.kms import KEY_ARN, Kms
from tests.token_functions.handler_parts import (
    BY_FIELD,
    CHANNEL,
    NOW,
    OTHER_CHANNEL,
    PLAYBACK,
    VIEWERS,
    Function,
    Logs,
    UnixClock,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once


class TestClaims:
    @pytest.mark.parametrize(
        ("changes", "role", "expected"),
        [
            ({}, {}, {}),
            (
                {"origins": ["https://example.com", "https://*.example.com"]},
                {},
                {
                    "aws:access-control-allow-origin": "https://example.com,https://*.example.com",
                },
            ),
            (
                {"origins": ["https://example.com"], "strict": True},
                {},
                {
                    "aws:access-control-allow-origin": "https://example.com",
                    "aws:strict-origin-enforcement": True,
                },
            ),
            ({"strict": False}, {}, {"aws:strict-origin-enforcement": False}),
            ({}, {"resolution": "SD"}, {"aws:maximum-resolution": "SD"}),
            ({"identity": BY_FIELD}, {"viewer": True}, {"aws:viewer-id": "jane"}),
            ({"identity": BY_FIELD}, {"viewer": False, "single_use": False}, {}),
        ],
    )
    def test_are_those_of_the_deployment(
        self,
        function: Function,
        *,
        kms: Kms,
        clock: UnixClock,
        changes: dict[str, Any],
        role: dict[str, Any],
        expected: dict[str, Any],
    ) -> None:
        """
        A token has what the configuration and the role say, and nothing else.
        """
        function.deploy(PLAYBACK, **changes, roles={"viewer": {"lifetime": 300, **role}})
        token = function({"viewer_id": "jane"} if "identity" in changes else {})["token"]
        assert header_of(token) == {"alg": "ES384", "typ": "JWT"}
        assert claims_of(token) == {"aws:channel-arn": CHANNEL, "exp": NOW + 300, **expected}

    def test_have_a_new_id_for_each_single_use(
        self, function: Function, kms: Kms, clock: UnixClock
    ) -> None:
        """
        A token that can be used once is never given out twice.
        """
        function.deploy(PLAYBACK, roles={"viewer": {"lifetime": 300, "single_use": True}})
        ids = [claims_of(function({})["token"])["aws:single-use-uuid"] for _ in range(3)]
        assert len(set(map(UUID, ids))) == 3
        assert len(kms.calls) == 3

    def test_are_signed_by_one_call(self, function: Function, kms: Kms) -> None:
        """
        A token is one call of kms:Sign, of the digest, with the key of the deployment.
        """
        function.deploy(PLAYBACK)({})
        ((action, parameters),) = kms.calls
        assert action == "Sign"
        assert parameters.pop("Message")
        assert parameters == {
            "KeyId": KEY_ARN,
            "MessageType": "DIGEST",
            "SigningAlgorithm": "ECDSA_SHA_384",
        }


class TestCache:
    def test_gives_a_token_out_until_half_of_its_life(
        self, function: Function, kms: Kms, clock: UnixClock, logs: Logs
    ) -> None:
        """
        A token of 300 seconds is given out for 150, with its own end, and then there is a new one.
        """
        function.deploy(PLAYBACK)
        first = function({})
        clock.now += 149.9
        assert function({}) == first
        assert first["expires_at"] == NOW + 300
        assert len(kms.calls) == 1
        clock.now = NOW + 150
        second = function({})
        assert second["expires_at"] == NOW + 450
        assert second["token"] != first["token"]
        clock.now += 10
        assert function({}) == second
        assert len(kms.calls) == 2
        assert [line["cached"] for line in logs()] == [False, True, False, True]

    def test_ends_where_the_clock_is_set_back(
        self, function: Function, kms: Kms, clock: UnixClock
    ) -> None:
        """
        A token that is from the future by the clock would be valid for too long.
        """
        function.deploy(PLAYBACK)({})
        clock.now -= 1
        assert function({})["expires_at"] == NOW + 299
        assert len(kms.calls) == 2

    def test_knows_channel_role_and_lifetime(
        self, function: Function, kms: Kms, clock: UnixClock
    ) -> None:
        """
        A token is given out again for the same channel, role and lifetime alone.
        """
        roles = {"viewer": {"lifetime": 300}, "small": {"lifetime": 300, "resolution": "SD"}}
        function.deploy(PLAYBACK, resources=[CHANNEL, OTHER_CHANNEL], roles=roles)
        events = [
            {"channel_arn": channel, "role": role, "expires_in": seconds}
            for channel in (CHANNEL, OTHER_CHANNEL)
            for role in roles
            for seconds in (300, 60)
        ]
        tokens = [function(event)["token"] for event in events]
        assert len(set(tokens)) == len(kms.calls) == 8
        assert [function(event)["token"] for event in events] == tokens
        for event, token in zip(events, tokens, strict=True):
            claims = claims_of(token)
            assert claims["aws:channel-arn"] == event["channel_arn"]
            assert claims.get("aws:maximum-resolution") == (
                "SD" if event["role"] == "small" else None
            )

    def test_has_no_token_of_a_viewer(
        self, function: Function, kms: Kms, clock: UnixClock, logs: Logs
    ) -> None:
        """
        Each viewer has tokens of its own, and each is signed.
        """
        function.deploy(PLAYBACK, identity=BY_FIELD, roles=VIEWERS)
        viewers = [
            claims_of(function({"viewer_id": viewer})["token"])["aws:viewer-id"]
            for viewer in ("jane", "john", "jane")
        ]
        assert viewers == ["jane", "john", "jane"]
        assert len(kms.calls) == 3
        assert [line["cached"] for line in logs()] == [False, False, False]

    def test_is_one_for_all_callers_of_a_role(
        self, function: Function, kms: Kms, clock: UnixClock
    ) -> None:
        """
        A token without an identity is the same for everybody who may have it.
        """
        function.deploy(PLAYBACK, identity=BY_FIELD)
        tokens = {function({"viewer_id": viewer})["token"] for viewer in ("jane", "john")}
        assert len(tokens) == len(kms.calls) == 1

    def test_is_bounded(
        self,
        function: Function,
        kms: Kms,
        clock: UnixClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        A caller who asks for each lifetime in turn fills no memory: the oldest token goes.
        """
        monkeypatch.setattr(minters, "CACHED_TOKENS", 3)
        function.deploy(PLAYBACK)
        for seconds in (100, 101, 102, 103):
            function({"expires_in": seconds})
        cache = cached()
        assert [lifetime for *_, lifetime in cache] == [101, 102, 103]
        clock.now += 60
        # A new one takes the place of its own old one, and is then the newest.
        function({"expires_in": 102})
        assert [lifetime for *_, lifetime in cache] == [101, 103, 102]
        assert len(kms.calls) == 5

    def test_has_a_thousand_tokens(
        self, function: Function, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Callers who choose other lifetimes do not fill the memory.
        """
        monkeypatch.setattr(minters.PlaybackMinter, "_new", lambda *_: "token")
        function.deploy(PLAYBACK, roles={"viewer": {"lifetime": 2_000}})
        for seconds in range(1, 1_002):
            function({"expires_in": seconds})
        assert [lifetime for *_, lifetime in cached()] == [*range(2, 1_002)]

    def test_keeps_nothing_that_failed(self, function: Function, kms: Kms) -> None:
        """
        After an error of KMS, the next request tries again.
        """
        function.deploy(PLAYBACK)
        kms.key.state = "Disabled"
        with pytest.raises(Exception, match=r"^500: the function cannot create tokens"):
            function({})
        kms.key.state = "Enabled"
        assert function({})["token"]


def cached() -> dict[Any, Any]:
    """The cache of the function that is deployed."""
    minter = handler._minter()
    assert isinstance(minter, minters.PlaybackMinter)
    return minter._cache
