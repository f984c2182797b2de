"""Where an identity comes from, and who may have which role."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_ivs._token_functions.cdk_ivs_token_handler.callers import hashed
from cdk_ivs._token_functions.cdk_ivs_token_handler.errors import TokenRequestError
from tests.ivs_tokens.parts import claims_of
from tests.support.kms import Kms
from tests.token_functions.handler_parts import (
    BY_CLAIM,
    BY_FIELD,
    BY_IAM,
    BY_NOBODY,
    CHAT,
    PARTICIPANT,
    PLAYBACK,
    SUBJECT,
    USER_ID,
    VIEWERS,
    Function,
    Ivs,
    body_of,
    by_iam,
    by_jwt,
    by_url,
    refusal_of,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

NO_CLAIM = (
    "the caller must have the claim 'sub', which the JWT authorizer of an HTTP API passes on; "
    "attach it to the route, and call the route"
)
NO_IAM = (
    "the caller must have the element 'userId' of IAM, which a function URL or an HTTP API with "
    "IAM authorization passes on; sign the request"
)
NOT_TRUSTED = (
    "the field 'viewer_id' identifies the caller, and only a trusted caller can set it; invoke "
    "the function directly, or by HTTP with IAM authorization"
)
SHARED = (
    "the caller must have a session of its own, got 'CognitoIdentityCredentials', which all users "
    "of an identity pool of Amazon Cognito share"
)
POOL = {"amr": ["authenticated"], "identityId": "us-west-2:1a2b", "identityPoolId": "us-west-2:3"}
POOL_SESSION = "AROAEXAMPLE:CognitoIdentityCredentials"


def viewer_of(answer: dict[str, Any]) -> object:
    """The viewer of the token in an answer, in either form."""
    content = body_of(answer) if "statusCode" in answer else answer
    return claims_of(content["token"])["aws:viewer-id"]


# Each source: the declaration, an event that has it, and the viewer id of the token.
SOURCES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "claim": (BY_CLAIM, by_jwt({}), SUBJECT),
    "another claim": ({**BY_CLAIM, "name": "username"}, by_jwt({}), "jane@example.com"),
    "IAM": (BY_IAM, by_iam({}), USER_ID),
    "IAM by default": ({"from": "iam"}, by_iam({}), USER_ID),
    "ARN of IAM": (
        {**BY_IAM, "name": "userArn"},
        by_iam({}),
        "arn:aws:iam::123456789012:user/Jane",
    ),
    "identity pool": (
        {**BY_IAM, "name": "cognitoIdentity.identityId"},
        by_iam({}, userId=POOL_SESSION, cognitoIdentity=POOL),
        "us-west-2:1a2b",
    ),
    "field": (BY_FIELD, {"viewer_id": "jane"}, "jane"),
    "field by IAM": (BY_FIELD, by_iam({"viewer_id": "jane"}), "jane"),
    "hashed claim": (
        {**BY_CLAIM, "hashed": True},
        by_jwt({}),
        "634098a05d797cb150e8b99607bf533980faf751",
    ),
}


class TestSources:
    @pytest.mark.parametrize("source", SOURCES)
    def test_are_the_declared_ones(self, function: Function, kms: Kms, source: str) -> None:
        """
        The token has the identity from where the deployment says.
        """
        identity, event, viewer = SOURCES[source]
        function.deploy(PLAYBACK, identity=identity, roles=VIEWERS)
        assert viewer_of(function(event)) == viewer

    @pytest.mark.parametrize(
        ("identity", "event", "words"),
        [
            (BY_CLAIM, {"sub": SUBJECT}, "must be 'channel_arn', 'role', 'expires_in', got 'sub'"),
            (BY_CLAIM, {}, NO_CLAIM),
            (BY_CLAIM, by_url({}), NO_CLAIM),
            (BY_CLAIM, by_iam({}), NO_CLAIM),
            (BY_CLAIM, by_jwt({}, {"username": "jane"}), NO_CLAIM),
            (BY_CLAIM, by_jwt({}, {"sub": ""}), NO_CLAIM),
            (BY_CLAIM, by_jwt({}, {"sub": ["a"]}), NO_CLAIM),
            (BY_CLAIM, by_url({}, authorizer={"claims": {"sub": "a"}}), NO_CLAIM),
            (BY_CLAIM, by_url({}, authorizer={"lambda": {"sub": "a"}}), NO_CLAIM),
            (BY_CLAIM, by_url({}, authorizer={"jwt": "sub"}), NO_CLAIM),
            (BY_CLAIM, by_url({}, headers={"sub": "a"}), NO_CLAIM),
            (BY_IAM, {}, NO_IAM),
            (BY_IAM, by_url({}), NO_IAM),
            (BY_IAM, by_jwt({}), NO_IAM),
            (BY_IAM, by_iam({}, userId=None), NO_IAM),
            (BY_IAM, by_iam({}, userId=""), NO_IAM),
            (BY_IAM, by_iam({}, userId=POOL_SESSION), SHARED),
            (
                {**BY_IAM, "name": "userArn"},
                by_iam({}, userArn="arn:aws:sts::1:assumed-role/R/CognitoIdentityCredentials"),
                SHARED,
            ),
            (
                {**BY_IAM, "name": "cognitoIdentity.identityId"},
                by_iam({}),
                (
                    "the caller must have the element 'cognitoIdentity.identityId' of IAM, which "
                    "an HTTP API with IAM authorization passes on; sign the request"
                ),
            ),
            (BY_FIELD, by_url({"viewer_id": "jane"}), NOT_TRUSTED),
            (BY_FIELD, by_jwt({"viewer_id": "jane"}), NOT_TRUSTED),
            (
                BY_FIELD,
                by_url({"viewer_id": "jane"}, authorizer={"lambda": {"isAuthorized": True}}),
                NOT_TRUSTED,
            ),
            # Viewers of an identity pool of Amazon Cognito sign with IAM, too.
            (BY_FIELD, by_iam({"viewer_id": "jane"}, userId=POOL_SESSION), NOT_TRUSTED),
            (
                BY_FIELD,
                by_iam({"viewer_id": "jane"}, cognitoIdentity={"identityId": "us-west-2:1"}),
                NOT_TRUSTED,
            ),
        ],
    )
    def test_are_never_others(
        self,
        function: Function,
        kms: Kms,
        identity: dict[str, Any],
        event: dict[str, Any],
        words: str,
    ) -> None:
        """
        An event that says who its caller is anywhere else gets no token, in words that say where.
        """
        function.deploy(PLAYBACK, identity=identity, roles=VIEWERS)
        if "requestContext" in event:
            assert refusal_of(function(event)) == (403, words)
        else:
            with pytest.raises(TokenRequestError) as caught:
                function(event)
            assert str(caught.value).endswith(words)
        assert kms.calls == []

    def test_are_needed_for_tokens_without_them(self, function: Function, kms: Kms) -> None:
        """
        A caller without the declared identity gets no channel-wide token either.
        """
        function.deploy(PLAYBACK, identity=BY_CLAIM)
        assert function(by_jwt({}))["statusCode"] == 200
        assert function(by_url({}))["statusCode"] == 403

    def test_may_be_none(self, function: Function, kms: Kms) -> None:
        """
        An anonymous function takes both forms, whoever calls, and reads nothing of the caller.
        """
        function.deploy(PLAYBACK, identity=BY_NOBODY)
        for event in (by_url({}), by_iam({}), by_jwt({})):
            assert "aws:viewer-id" not in claims_of(body_of(function(event))["token"])
        assert "aws:viewer-id" not in claims_of(function({})["token"])

    def test_reach_participants_and_chatters(self, function: Function, kms: Kms, ivs: Ivs) -> None:
        """
        The identity is the user of a participant token and of a chat token.
        """
        answer = function.deploy(PARTICIPANT, identity=BY_CLAIM)(by_jwt({}))
        assert claims_of(body_of(answer)["token"])["user_id"] == SUBJECT
        function.deploy(CHAT, identity=BY_CLAIM)(by_jwt({}))
        assert ivs.calls[-1][1]["userId"] == SUBJECT

    @pytest.mark.parametrize("configuration", [PARTICIPANT, CHAT])
    def test_have_lengths(
        self, function: Function, kms: Kms, ivs: Ivs, configuration: dict[str, Any]
    ) -> None:
        """
        A user of a stage or a room has at most 128 characters, and a viewer 40.
        """
        function.deploy(configuration, identity=BY_CLAIM)
        assert function(by_jwt({}, {"sub": "x" * 128}))["statusCode"] == 200
        assert refusal_of(function(by_jwt({}, {"sub": "x" * 129}))) == (
            400,
            (
                f"'sub' must have {'1' if configuration is CHAT else 'at most'}"
                f"{' to' if configuration is CHAT else ''} 128 characters, got 129 characters; the "
                "function can be deployed with hashed=True"
            ),
        )


class TestHashes:
    @pytest.mark.parametrize(
        ("identity", "expected"),
        [
            # The examples of FIPS 180, and one that is not of ASCII; sha256sum agrees.
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a3"),
            ("jane@example.com", "8c87b489ce35cf2e2f39f80e282cb2e804932a56"),
            ("Zoë", "c6a12698582fc1104ea24107a2d7268145ff06ef"),
        ],
    )
    def test_are_forty_digits_of_sha256(self, identity: str, expected: str) -> None:
        """
        Whoever knows an identity can compute its hash by any tool, to revoke its sessions.
        """
        assert hashed(identity) == expected

    def test_make_long_identities_fit(self, function: Function, kms: Kms) -> None:
        """
        An identity of any length fits a viewer id when it is hashed.
        """
        function.deploy(PLAYBACK, identity={**BY_FIELD, "hashed": True}, roles=VIEWERS)
        viewer = viewer_of(function({"viewer_id": "x" * 5_000}))
        assert isinstance(viewer, str)
        assert len(viewer) == 40
        assert viewer != viewer_of(function({"viewer_id": "x" * 5_001}))


class TestClaims:
    @pytest.mark.parametrize(
        ("claim", "is_met"),
        [
            ("hosts", True),
            ("[hosts]", True),
            ("[hosts admins]", True),
            ("[admins hosts]", True),
            ("[a hosts b]", True),
            ("", False),
            ("[]", False),
            ("[", False),
            ("]", False),
            ("admins", False),
            ("Hosts", False),
            ("[hostsadmins]", False),
            ("[not-hosts]", False),
            ("[hosts", False),
            ("hosts]", False),
            ("hosts admins", False),
            ("hosts,admins", False),
            ("[hosts, admins]", False),
            ("[admins\thosts]", False),
            ("[a  hosts]", True),
            (" hosts", False),
            (["hosts"], False),
            (True, False),
            (None, False),
        ],
    )
    def test_are_texts_or_lists(
        self, function: Function, kms: Kms, claim: object, is_met: bool
    ) -> None:
        """
        A claim is the whole text, or one of a list as an HTTP API writes it.
        """
        roles = {"host": {"lifetime": 300, "claims": {"cognito:groups": "hosts"}}}
        function.deploy(PLAYBACK, identity=BY_CLAIM, roles=roles)
        answer = function(by_jwt({}, {"sub": SUBJECT, "cognito:groups": claim}))
        if is_met:
            assert answer["statusCode"] == 200
        else:
            assert refusal_of(answer) == (403, "the role 'host' is not for this caller")
            assert kms.calls == []

    def test_are_all_needed(self, function: Function, kms: Kms) -> None:
        """
        A role with several claims is for those who have all of them.
        """
        roles = {"host": {"lifetime": 300, "claims": {"a": "1", "b": "2"}}}
        function.deploy(PLAYBACK, identity=BY_CLAIM, roles=roles)
        assert function(by_jwt({}, {"sub": "x", "a": "1", "b": "2"}))["statusCode"] == 200
        for claims in ({"a": "1"}, {"b": "2"}, {"a": "1", "b": "3"}, {"A": "1", "b": "2"}, {}):
            assert function(by_jwt({}, {"sub": "x", **claims}))["statusCode"] == 403

    def test_are_of_the_role_that_is_chosen(self, function: Function, kms: Kms) -> None:
        """
        Who may not have one role may have another, and is given none that was not asked for.
        """
        roles = {
            "host": {"lifetime": 600, "claims": {"cognito:groups": "hosts"}},
            "viewer": {"lifetime": 300},
        }
        function.deploy(PLAYBACK, identity=BY_CLAIM, roles=roles)
        viewer = {"sub": SUBJECT, "cognito:groups": "[viewers]"}
        assert function(by_jwt({"role": "viewer"}, viewer))["statusCode"] == 200
        assert function(by_jwt({"role": "host"}, viewer))["statusCode"] == 403
        assert function(by_jwt({"role": "host"}))["statusCode"] == 200
        assert refusal_of(function(by_jwt({}))) == (
            400,
            "'role' must be given: 'host' or 'viewer'",
        )

    def test_are_those_of_the_authorizer(self, function: Function, kms: Kms) -> None:
        """
        Claims in the body, or of a direct caller, are nobody's.
        """
        roles = {"host": {"lifetime": 300, "claims": {"cognito:groups": "hosts"}}}
        function.deploy(PLAYBACK, identity=BY_CLAIM, roles=roles)
        claims = {"sub": SUBJECT, "cognito:groups": "hosts"}
        assert function(by_jwt({"claims": claims}, {"sub": SUBJECT}))["statusCode"] == 400
        assert function(by_jwt({"cognito:groups": "hosts"}, {"sub": SUBJECT}))["statusCode"] == 400
        with pytest.raises(TokenRequestError, match=r"^400: .*, got 'claims'"):
            function({"claims": claims})
