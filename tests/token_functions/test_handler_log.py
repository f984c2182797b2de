"""Lines of the log: what is in them, and what is not."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from cdk_ivs._token_functions.cdk_ivs_token_handler import handler, minters
from cdk_ivs._token_functions.cdk_ivs_token_handler.errors import TokenRequestError
from tests.support.kms import Kms
from tests.support.service import ServiceError
from tests.token_functions.handler_parts import (
    BY_CLAIM,
    BY_FIELD,
    CHANNEL,
    CHAT,
    PARTICIPANT,
    PLAYBACK,
    ROOM,
    STAGE,
    SUBJECT,
    VIEWERS,
    Function,
    Ivs,
    Logs,
    by_iam,
    by_jwt,
    by_url,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

ID = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"
HOSTS = {"viewer": {"lifetime": 300, "claims": {"cognito:groups": "[nobody]"}}}


class TestLines:
    def test_say_what_was_issued(self, function: Function, kms: Kms, ivs: Ivs, logs: Logs) -> None:
        """
        Each token is one line, with the kind, the role and the resource.
        """
        function.deploy(PLAYBACK)({})
        function.deploy(PARTICIPANT)({"viewer_id": "jane"})
        function.deploy(CHAT)({"viewer_id": "jane"})
        issued = {"level": "INFO", "request_id": ID, "outcome": "issued", "status": 200}
        assert logs() == [
            {
                **issued,
                "kind": "playback",
                "role": "viewer",
                "resource": CHANNEL,
                "cached": False,
            },
            {
                **issued,
                "kind": "participant",
                "role": "host",
                "resource": STAGE,
                "endpoints": "asked",
            },
            {**issued, "kind": "chat", "role": "reader", "resource": ROOM},
        ]

    @pytest.mark.parametrize(
        ("changes", "event", "expected"),
        [
            ({}, by_url("no"), {"status": 400, "reason": "json"}),
            ({}, by_url({"other": 1}), {"status": 400, "reason": "input"}),
            ({}, by_url(method="GET"), {"status": 405, "reason": "method"}),
            ({}, by_url({"role": "other"}), {"status": 403, "reason": "role"}),
            (
                {},
                by_url({"channel_arn": "other"}),
                {"status": 403, "reason": "resource", "role": "viewer"},
            ),
            ({"identity": BY_CLAIM}, by_url({}), {"status": 403, "reason": "identity"}),
            (
                {"identity": BY_CLAIM, "roles": HOSTS},
                by_jwt({}),
                {"status": 403, "reason": "claims", "role": "viewer"},
            ),
            (
                {},
                by_url({"expires_in": 301}),
                {"status": 400, "reason": "input", "role": "viewer", "resource": CHANNEL},
            ),
        ],
    )
    def test_say_why_there_was_none(
        self,
        function: Function,
        *,
        logs: Logs,
        changes: dict[str, Any],
        event: dict[str, Any],
        expected: dict[str, Any],
    ) -> None:
        """
        A refusal is one warning with a word of why, and with what was chosen until then.
        """
        function.deploy(PLAYBACK, **changes)(event)
        line = {"level": "WARNING", "request_id": ID, "kind": "playback", "outcome": "refused"}
        assert logs() == [{**line, **expected}]

    def test_are_errors_where_the_function_is_to_blame(
        self, function: Function, kms: Kms, logs: Logs
    ) -> None:
        """
        What an operator has to see is an error.
        """
        function.deploy(PLAYBACK)
        kms.errors = [ServiceError("ThrottlingException", 400)] * 2
        function(by_url({}))
        (line,) = logs()
        assert line == {
            "level": "ERROR",
            "request_id": ID,
            "kind": "playback",
            "role": "viewer",
            "resource": CHANNEL,
            "cached": False,
            "outcome": "refused",
            "status": 503,
            "reason": "busy",
            "detail": "kms:Sign failed with ThrottlingException",
        }

    def test_need_no_context(self, function: Function, kms: Kms, logs: Logs) -> None:
        """
        A test of one's own may leave the context out.
        """
        function.deploy(PLAYBACK)
        handler.handle({})
        assert logs()[0]["request_id"] is None

    def test_are_one_line_each(self, function: Function, capsys: Any) -> None:
        """
        Nothing that a caller writes begins a line of its own.
        """
        function.deploy(PLAYBACK)(by_url({"role": 'x\n{"level": "INFO"}'}))
        out = capsys.readouterr().out
        assert out.endswith("}\n")
        assert out.count("\n") == 1


class TestFaults:
    """Errors of the code itself, which there should be none of."""

    @pytest.fixture(autouse=True)
    def fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Something fails with a text that is about the caller."""

        def fail(*_: object) -> None:
            raise RuntimeError("jane@example.com")

        monkeypatch.setattr(minters.PlaybackMinter, "_token", fail)

    def test_are_in_the_log_without_their_text(self, function: Function, logs: Logs) -> None:
        """
        The log has the type and the place, and a caller by HTTP nothing.
        """
        answer = function.deploy(PLAYBACK)(by_url({}))
        assert answer["statusCode"] == 500
        assert json.loads(answer["body"]) == {
            "message": "the function cannot create tokens; its log has the reason"
        }
        (line,) = logs()
        assert (line["level"], line["reason"]) == ("ERROR", "fault")
        assert re.fullmatch("RuntimeError in fail:[0-9]+", line["detail"])

    def test_are_of_the_same_type_for_direct_callers(self, function: Function) -> None:
        """
        A direct caller gets an error of the one type, with the status in front.
        """
        with pytest.raises(TokenRequestError, match=r"^500: the function cannot create") as caught:
            function.deploy(PLAYBACK)({})
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__


# What must be nowhere: of the caller, of the body, of the token.
SECRETS = {
    SUBJECT,
    "jane",
    "eyJ",
    "AQICAH",
    "hosts",
    "AKIAIOSFODNN7EXAMPLE",
    "Bearer",
    "192.0.2.1",
    "wrong",
}
REQUESTS: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    (PLAYBACK, {"identity": BY_CLAIM, "roles": VIEWERS}, by_jwt({})),
    (PLAYBACK, {"identity": BY_CLAIM, "roles": VIEWERS}, by_jwt({"role": "wrong"})),
    (PLAYBACK, {"identity": BY_CLAIM, "roles": VIEWERS}, by_jwt({"wrong": "wrong"})),
    (PLAYBACK, {"identity": BY_CLAIM, "roles": VIEWERS}, by_jwt("wrong")),
    (PLAYBACK, {"identity": BY_CLAIM, "roles": VIEWERS}, by_jwt({"expires_in": "wrong"})),
    (PLAYBACK, {"identity": BY_CLAIM, "roles": VIEWERS}, by_jwt({"channel_arn": "wrong"})),
    (PLAYBACK, {"identity": BY_CLAIM, "roles": VIEWERS}, by_jwt({}, {"sub": "jane" * 11})),
    (PLAYBACK, {"identity": BY_CLAIM, "roles": VIEWERS}, by_jwt({}, {"sub": "jane\ud800"})),
    (PLAYBACK, {"identity": BY_CLAIM, "roles": HOSTS}, by_jwt({})),
    (PLAYBACK, {"identity": BY_FIELD, "roles": VIEWERS}, by_iam({"viewer_id": "jane"})),
    (PLAYBACK, {"identity": BY_FIELD, "roles": VIEWERS}, {"viewer_id": "jane"}),
    (PLAYBACK, {"identity": BY_FIELD, "roles": VIEWERS}, {"viewer_id": "jane" * 11}),
    (PLAYBACK, {"identity": BY_FIELD}, {"viewer_id": "jane", "role": "wrong"}),
    (PLAYBACK, {"identity": BY_FIELD}, {"viewer_id": "jane", "channel_arn": "wrong"}),
    (PLAYBACK, {"identity": BY_FIELD}, {"viewer_id": "jane", "expires_in": "wrong"}),
    (PLAYBACK, {"identity": BY_FIELD}, {"viewer_id": ["jane"]}),
    (PARTICIPANT, {}, {"viewer_id": "jane"}),
    (CHAT, {"identity": BY_CLAIM}, by_jwt({})),
    (CHAT, {}, {"viewer_id": "jane" * 33}),
]


@pytest.mark.parametrize(("configuration", "changes", "event"), REQUESTS)
def test_nothing_of_the_caller_is_kept(
    function: Function,
    *,
    kms: Kms,
    ivs: Ivs,
    configuration: dict[str, Any],
    changes: dict[str, Any],
    event: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """
    Neither the log nor an error, which Lambda writes into it, has anything of the identity, of the
    body, of the headers or of the token.
    """
    function.deploy(configuration, **changes)
    raised = ""
    try:
        function(event)
    except TokenRequestError as error:
        raised = f"{error} {error!r} {error.detail}"
    captured = capsys.readouterr()
    assert captured.out.count("\n") == 1
    assert captured.err == ""
    found = captured.out + raised
    assert [secret for secret in SECRETS if secret in found] == []


@pytest.mark.parametrize("configuration", [PLAYBACK, PARTICIPANT, CHAT])
def test_errors_of_aws_are_not_quoted(
    function: Function, *, kms: Kms, ivs: Ivs, configuration: dict[str, Any], logs: Logs
) -> None:
    """
    What AWS says of an error, which may name the user, is in no line.
    """
    function.deploy(configuration, identity=BY_CLAIM)
    for service in (kms, ivs):
        service.errors[:] = [ServiceError("ValidationException", 400, "jane said wrong")]
    function(by_jwt({}))
    (line,) = logs()
    assert line["status"] == 500
    assert not any(secret in str(line) for secret in SECRETS)
