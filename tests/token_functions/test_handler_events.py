"""Events: the forms that are taken, and each thing in one that is refused."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from cdk_ivs._token_functions.cdk_ivs_token_handler.errors import TokenRequestError
from tests.ivs_tokens.parts import claims_of
from tests.support.kms import Kms
from tests.token_functions.handler_parts import (
    BY_FIELD,
    CHANNEL,
    CHAT,
    ELSEWHERE,
    NOW,
    OTHER_CHANNEL,
    PARTICIPANT,
    PLAYBACK,
    STAGE,
    VIEWERS,
    Function,
    Ivs,
    Logs,
    UnixClock,
    body_of,
    by_url,
    refusal_of,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

SEVERAL: dict[str, Any] = {
    **PLAYBACK,
    "resources": [CHANNEL, OTHER_CHANNEL],
    "identity": BY_FIELD,
    "roles": {"viewer": {"lifetime": 300}, "member": {"lifetime": 600, "viewer": True}},
}
RIGHT = {"channel_arn": CHANNEL, "role": "viewer", "viewer_id": "jane", "expires_in": 120}
FIELDS = "the fields must be 'channel_arn', 'role', 'expires_in', 'viewer_id'"
# What is wrong with the right event, and what is said. None stands for a field that is left out.
WRONG: list[tuple[dict[str, Any], int, str]] = [
    ({"chanel_arn": CHANNEL}, 400, f"{FIELDS}, got 'chanel_arn'"),
    ({"lifetime": 60}, 400, f"{FIELDS}, got 'lifetime'"),
    ({"jane@example.com": "host"}, 400, f"{FIELDS}, got another of 16 characters"),
    ({"Jane Doe": "host"}, 400, f"{FIELDS}, got another of 8 characters"),
    (
        {"eyJhbGciOiJFUzM4NCJ9": 1},
        400,
        f"{FIELDS}, got a string of 20 characters that is not shown because it may be secret",
    ),
    ({"channel_arn": 1}, 400, "'channel_arn' must be a string, got a number"),
    ({"channel_arn": [CHANNEL]}, 400, "'channel_arn' must be a string, got a list"),
    ({"channel_arn": "null"}, 403, "'channel_arn' must be one of those of this function"),
    (
        {"channel_arn": ELSEWHERE},
        403,
        "'channel_arn' must be one of those of this function",
    ),
    (
        {"channel_arn": f"{CHANNEL} "},
        403,
        "'channel_arn' must be one of those of this function",
    ),
    ({"channel_arn": ...}, 400, "'channel_arn' must be given, as the function has several"),
    ({"role": None}, 400, "'role' must be a string, got null"),
    ({"role": {"viewer": {}}}, 400, "'role' must be a string, got an object"),
    ({"role": "Viewer"}, 403, "'role' must be 'viewer' or 'member'"),
    ({"role": ""}, 403, "'role' must be 'viewer' or 'member'"),
    ({"role": ...}, 400, "'role' must be given: 'viewer' or 'member'"),
    ({"expires_in": 0}, 400, "'expires_in' must be an integer from 1 to 300, got 0"),
    ({"expires_in": 301}, 400, "'expires_in' must be an integer from 1 to 300, got 301"),
    ({"expires_in": -1}, 400, "'expires_in' must be an integer from 1 to 300, got -1"),
    (
        {"expires_in": 60.0},
        400,
        "'expires_in' must be an integer from 1 to 300, got a number that is not an integer",
    ),
    ({"expires_in": "60"}, 400, "'expires_in' must be an integer from 1 to 300, got a text"),
    ({"expires_in": True}, 400, "'expires_in' must be an integer from 1 to 300, got a boolean"),
    ({"expires_in": None}, 400, "'expires_in' must be an integer from 1 to 300, got null"),
    (
        {"expires_in": 2**70},
        400,
        "'expires_in' must be an integer from 1 to 300, got an integer of 71 bits",
    ),
    ({"viewer_id": True}, 400, "'viewer_id' must be a string, got a boolean"),
    ({"viewer_id": ...}, 400, "'viewer_id' must be given, and must not be empty"),
    ({"viewer_id": ""}, 400, "'viewer_id' must be given, and must not be empty"),
    (
        {"viewer_id": "a\ud800"},
        400,
        (
            "'viewer_id' must be a string that UTF-8 can encode, got a lone surrogate at "
            "position 1; decode it with the right encoding"
        ),
    ),
    (
        {"role": "member", "viewer_id": "x" * 41},
        400,
        (
            "'viewer_id' must have 1 to 40 characters, got 41 characters; the function can be "
            "deployed with hashed=True"
        ),
    ),
]
ids = [f"{number} {next(iter(changes))}"[:24] for number, (changes, *_) in enumerate(WRONG)]


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    """The right fields with some changes."""
    return {name: value for name, value in {**RIGHT, **changes}.items() if value is not ...}


class TestFields:
    @pytest.mark.parametrize(("changes", "status", "words"), WRONG, ids=ids)
    def test_are_refused_in_direct_events(
        self, function: Function, kms: Kms, changes: dict[str, Any], status: int, words: str
    ) -> None:
        """
        A field that is wrong is an error with the status in front, and nothing is signed.
        """
        function.deploy(SEVERAL)
        with pytest.raises(TokenRequestError) as caught:
            function(changed(changes))
        assert str(caught.value) == f"{status}: {words}"
        assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)
        assert kms.calls == []

    @pytest.mark.parametrize(("changes", "status", "words"), WRONG, ids=ids)
    def test_are_refused_by_http(
        self, function: Function, kms: Kms, changes: dict[str, Any], status: int, words: str
    ) -> None:
        """
        The same field in a body is an answer with the status and the same words.
        """
        function.deploy(SEVERAL)
        event = by_url(changed(changes), authorizer={"iam": {"userId": "AROA"}})
        answer = function(event)
        assert refusal_of(answer) == (status, words)
        assert answer["headers"] == {
            "content-type": "application/json",
            "cache-control": "no-store",
        }
        assert kms.calls == []

    @pytest.mark.parametrize(
        ("changes", "seconds"),
        [
            ({}, 120),
            ({"expires_in": 1}, 1),
            ({"expires_in": 300}, 300),
            ({"expires_in": ...}, 300),
            ({"role": "member", "expires_in": 301}, 301),
            ({"role": "member", "viewer_id": "x" * 40, "expires_in": 600}, 600),
            ({"viewer_id": "x" * 41}, 120),
            ({"channel_arn": OTHER_CHANNEL}, 120),
        ],
    )
    def test_are_taken(
        self,
        function: Function,
        kms: Kms,
        clock: UnixClock,
        changes: dict[str, Any],
        seconds: int,
    ) -> None:
        """
        The nearest values that are right get a token for as long as they say.
        """
        function.deploy(SEVERAL)
        fields = changed(changes)
        answer = function(fields)
        assert answer.keys() == {"token", "expires_at"}
        assert answer["expires_at"] == NOW + seconds
        assert claims_of(answer["token"])["exp"] == NOW + seconds
        assert claims_of(answer["token"])["aws:channel-arn"] == fields["channel_arn"]

    def test_may_be_left_out_where_there_is_one(
        self, function: Function, kms: Kms, clock: UnixClock
    ) -> None:
        """
        With one channel and one role, an empty event is a right one.
        """
        assert claims_of(function.deploy(PLAYBACK)({})["token"]) == {
            "aws:channel-arn": CHANNEL,
            "exp": NOW + 300,
        }

    def test_of_other_kinds_are_unknown(self, function: Function, ivs: Ivs) -> None:
        """
        A stage is no field of a channel's event, and the lifetime of a chat token is none at all.
        """
        with pytest.raises(
            TokenRequestError,
            match=r"^400: .* 'role', 'expires_in', got 'stage_arn'$",
        ):
            function.deploy(PLAYBACK)({"stage_arn": STAGE})
        with pytest.raises(TokenRequestError, match="must be 'room_arn', 'role', 'viewer_id', got"):
            function.deploy(CHAT)({"viewer_id": "jane", "expires_in": 60})
        with pytest.raises(TokenRequestError, match="'expires_in', 'viewer_id', got 'user_id'"):
            function.deploy(PARTICIPANT)({"viewer_id": "jane", "user_id": "jane"})
        assert ivs.calls == []

    def test_cannot_bring_claims_of_the_token(self, function: Function, kms: Kms) -> None:
        """
        No argument of the library is a field of an event, whatever its value.
        """
        function.deploy(PLAYBACK, identity=BY_FIELD, roles=VIEWERS)
        for name in (
            "viewer_session_version",
            "single_use",
            "maximum_resolution",
            "allowed_origins",
            "strict_origin_enforcement",
            "ads_opt_out",
            "capabilities",
            "attributes",
            "exp",
            "aws:viewer-id",
            "now",
        ):
            with pytest.raises(TokenRequestError, match=f"^400: .*, got '{name}'$"):
                function({"viewer_id": "jane", name: True})


class TestDirectEvents:
    @pytest.mark.parametrize(
        ("event", "got"),
        [
            (None, "null"),
            (True, "a boolean"),
            (7, "a number"),
            (0.5, "a number that is not an integer"),
            ("{}", "a text"),
            ([{}], "a list"),
        ],
    )
    def test_must_be_objects(self, function: Function, event: object, got: str) -> None:
        """
        Another value of JSON is named by its type.
        """
        with pytest.raises(TokenRequestError) as caught:
            function.deploy(PLAYBACK)(event)
        assert str(caught.value) == f"400: the event must be an object, got {got}"

    def test_with_a_context_that_is_no_object_are_direct(self, function: Function) -> None:
        """
        An event is by HTTP if it has what AWS writes, and else has a field that is not known.
        """
        with pytest.raises(TokenRequestError, match=r"^400: .*, got 'requestContext'$"):
            function.deploy(PLAYBACK)({"requestContext": "POST"})


class TestBodies:
    @pytest.mark.parametrize("body", [None, "", "{}", ' {"role": "viewer"}\n'])
    def test_may_be_empty(self, function: Function, kms: Kms, body: str | None) -> None:
        """
        With one channel and one role, no body is a right one.
        """
        answer = function.deploy(PLAYBACK)(by_url(body))
        assert answer["statusCode"] == 200
        assert answer["headers"] == {
            "content-type": "application/json",
            "cache-control": "no-store",
        }
        assert body_of(answer).keys() == {"token", "expires_at"}

    def test_may_be_in_base64(self, function: Function, kms: Kms, clock: UnixClock) -> None:
        """
        What AWS encoded is decoded; what only looks encoded is not.
        """
        text = base64.b64encode(b'{"expires_in": 60}').decode()
        function.deploy(PLAYBACK)
        assert body_of(function(by_url(text, isBase64Encoded=True)))["expires_at"] == NOW + 60
        assert function(by_url(text))["statusCode"] == 400
        assert function(by_url(text, isBase64Encoded="true"))["statusCode"] == 400

    @pytest.mark.parametrize(
        "body",
        [
            "role=viewer",
            "{'role': 'viewer'}",
            '{"role": "viewer"',
            '{"role": "viewer", "role": "viewer"}',
            '{"expires_in": NaN}',
            '{"expires_in": Infinity}',
            '{"expires_in": 1' + "0" * 5000 + "}",
            "[" * 9_000,
            "\ufeff{}",
        ],
    )
    def test_must_be_json(self, function: Function, body: str) -> None:
        """
        A form, JSON that is cut off, names a field twice, has a constant that JSON lacks, or a
        number or a depth that nobody needs, is refused in the same words.
        """
        assert refusal_of(function.deploy(PLAYBACK)(by_url(body))) == (
            400,
            "the body must be JSON in UTF-8, with each field once",
        )

    @pytest.mark.parametrize("body", ["e30", "e30=\n!", "é", base64.b64encode(b"\xff").decode()])
    def test_must_be_base64_where_they_say_so(self, function: Function, body: str) -> None:
        """
        Base64 that is damaged, or holds no UTF-8, is refused.
        """
        answer = function.deploy(PLAYBACK)(by_url(body, isBase64Encoded=True))
        assert refusal_of(answer)[0] == 400

    @pytest.mark.parametrize(
        ("body", "got"), [("[]", "a list"), ("null", "null"), ('"{}"', "a text"), ("1", "a number")]
    )
    def test_must_be_objects(self, function: Function, body: str, got: str) -> None:
        """
        Another value of JSON is named by its type.
        """
        assert refusal_of(function.deploy(PLAYBACK)(by_url(body))) == (
            400,
            f"the body must be an object, got {got}",
        )

    def test_are_not_read_when_they_are_long(self, function: Function, kms: Kms) -> None:
        """
        The longest body has 10,000 characters.
        """
        function.deploy(PLAYBACK)
        assert function(by_url("{}".ljust(10_000)))["statusCode"] == 200
        assert refusal_of(function(by_url("{}".ljust(10_001)))) == (
            400,
            "the body must be a string of at most 10000 characters",
        )

    def test_of_another_type_are_refused(self, function: Function) -> None:
        """
        AWS sends a body as a text.
        """
        assert function.deploy(PLAYBACK)({**by_url(), "body": {}})["statusCode"] == 400

    def test_hold_the_fields_alone(self, function: Function) -> None:
        """
        A field in the query string, which servers and browsers keep, is refused, not ignored.
        """
        event = by_url(rawQueryString="role=viewer", queryStringParameters={"role": "viewer"})
        assert refusal_of(function.deploy(PLAYBACK)(event)) == (
            400,
            "the fields must be in the body, got some in the query string",
        )


class TestMethods:
    @pytest.mark.parametrize("method", ["GET", "PUT", "HEAD", "OPTIONS", "DELETE", "post"])
    def test_other_than_post_are_refused(self, function: Function, method: str) -> None:
        """
        A token is created by POST, which nothing in between caches.
        """
        answer = function.deploy(PLAYBACK)(by_url({}, method=method))
        assert refusal_of(answer) == (405, "the method must be POST")
        assert answer["headers"]["allow"] == "POST"

    def test_must_be_there(self, function: Function) -> None:
        """
        An event without a method is none of an HTTP API.
        """
        event = by_url({})
        event["requestContext"]["http"] = "POST"
        assert function.deploy(PLAYBACK)(event)["statusCode"] == 405


class TestFormats:
    @pytest.mark.parametrize("version", ["1.0", None, 2])
    def test_of_other_gateways_are_refused(
        self, function: Function, logs: Logs, version: object
    ) -> None:
        """
        A REST API, or an HTTP API with the old format, is told what to use: its claims are
        elsewhere.
        """
        event = {**by_url({}), "version": version, "httpMethod": "POST"}
        assert refusal_of(function.deploy(PLAYBACK)(event)) == (
            500,
            (
                "the function only accepts the payload format 2.0; call it by an HTTP "
                "API with that format, or by a function URL"
            ),
        )
        (line,) = logs()
        assert (line["level"], line["reason"]) == ("ERROR", "format")

    def test_answers_are_json(self, function: Function, kms: Kms) -> None:
        """
        What Lambda gets from the function can be written as JSON, in both forms.
        """
        function.deploy(PLAYBACK)
        for event in ({}, by_url({})):
            answer = function(event)
            assert json.loads(json.dumps(answer)) == answer
