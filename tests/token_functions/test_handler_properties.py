"""Whatever an event is: a token that comes of it is one that the configuration allows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cdk_ivs._token_functions.cdk_ivs_token_handler import handler, minters
from cdk_ivs._token_functions.cdk_ivs_token_handler.errors import TokenRequestError
from ivs_tokens import PemSigner
from tests.ivs_tokens.parts import claims_of
from tests.support.keys import PRIVATE_PEM
from tests.support.kms import KEY_ARN
from tests.token_functions.handler_parts import (
    BY_CLAIM,
    BY_FIELD,
    BY_IAM,
    BY_NOBODY,
    CHANNEL,
    ELSEWHERE,
    EVENTS_URL,
    OTHER_CHANNEL,
    OTHER_STAGE,
    PUBLIC_KEY,
    STAGE,
    WHIP_URL,
    by_url,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

CHANNELS, STAGES = [CHANNEL, OTHER_CHANNEL], [STAGE, OTHER_STAGE]
SECONDS = {"viewer": 300, "host": 600}
TEXTS = st.one_of(
    st.sampled_from(
        ["viewer", "host", "admin", "hosts", "[hosts]", *CHANNELS, *STAGES, ELSEWHERE, "jane", ""]
    ),
    st.text(max_size=50),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-5, 700), st.floats(), TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=5,
)
NAMES = st.one_of(
    st.sampled_from(
        [
            "channel_arn",
            "stage_arn",
            "role",
            "expires_in",
            "viewer_id",
            "single_use",
            "attributes",
            "capabilities",
            "sub",
            "claims",
            "requestContext",
        ]
    ),
    st.text(max_size=12),
)
CLAIMS = st.fixed_dictionaries(
    {"sub": TEXTS},
    optional={
        "cognito:groups": st.sampled_from(
            ["hosts", "[hosts]", "[a hosts]", "[a]", "viewers", "nothosts", "[hosts", ""]
        ),
    },
)
JWT = st.builds(lambda claims: {"jwt": {"claims": claims}}, CLAIMS)
IAM = st.builds(lambda user: {"iam": {"userId": user}}, TEXTS)
AUTHORIZERS = st.one_of(
    JWT,
    IAM,
    st.dictionaries(st.sampled_from(["jwt", "iam", "lambda", "claims"]), VALUES),
    st.none(),
)


def any_of(*strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of some strategies, each as often: one_of counts what is in them, too."""
    return st.sampled_from(strategies).flatmap(lambda strategy: strategy)


def events(field: str, resources: list[str], source: str) -> st.SearchStrategy[Any]:
    """Events: many that are right, many that are nearly right, and any others."""
    needed = {"role": st.sampled_from(["viewer", "host"]), field: st.sampled_from(resources)}
    if source == "field":
        needed["viewer_id"] = TEXTS
    right = st.fixed_dictionaries(needed, optional={"expires_in": st.integers(1, 600)})
    others = st.dictionaries(NAMES, VALUES, max_size=3)
    nearly = st.builds(lambda one, other: {**one, **other}, right, others)
    fields = any_of(right, right, nearly, others)
    bodies = st.one_of(fields.map(json.dumps), VALUES.map(json.dumps), st.text(max_size=30))
    authorizers = any_of(JWT if source == "claim" else IAM, AUTHORIZERS)
    by_http = st.builds(by_url, fields.map(json.dumps), authorizer=authorizers)
    by_others = st.builds(
        lambda body, authorizer, version, encoded: by_url(
            body, authorizer=authorizer, version=version, isBase64Encoded=encoded
        ),
        bodies,
        AUTHORIZERS,
        st.sampled_from(["2.0", "1.0"]),
        st.booleans(),
    )
    return any_of(by_http, by_http, fields, by_others, VALUES)


SOURCES = [BY_CLAIM, BY_FIELD, BY_IAM, BY_NOBODY]
examples = settings(max_examples=400)


class Stages:
    """The client of a service that has every stage."""

    def get_stage(self, **_: object) -> dict[str, Any]:
        """The stage."""
        return {"stage": {"endpoints": {"events": EVENTS_URL, "whip": WHIP_URL}}}


class Now:
    """A clock that stands still."""

    @staticmethod
    def time() -> int:
        """The Unix seconds."""
        return 1_795_000_000


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tokens are signed here, and stages are known here."""
    monkeypatch.setattr(minters, "KmsSigner", lambda _key, _client: PemSigner(PRIVATE_PEM))
    monkeypatch.setattr(minters, "client_of", lambda _service, _arn: Stages())
    monkeypatch.setattr(minters, "time", Now)
    handler._minter.cache_clear()
    yield
    handler._minter.cache_clear()


def answer_of(event: object) -> dict[str, Any] | None:
    """What the function answers if it gives out a token, and None if it refuses in its way."""
    refused = None
    try:
        with redirect_stdout(StringIO()):
            answer = handler.handle(event)
    except TokenRequestError as error:
        refused = error
    if refused is not None:
        assert refused.status in {400, 403}
        return None
    if "statusCode" not in answer:
        return answer
    assert isinstance(event, dict)
    # No event is a fault of the function; that of another gateway is one of the deployment.
    allowed = {200, 400, 403, 405} if event.get("version") == "2.0" else {500}
    assert answer["statusCode"] in allowed
    content: dict[str, Any] = json.loads(str(answer["body"]))
    return content if answer["statusCode"] == 200 else None


def fields_of(event: dict[str, Any]) -> dict[str, Any]:
    """What the caller wrote."""
    if isinstance(event.get("requestContext"), dict):
        content: dict[str, Any] = json.loads(event["body"])
        return content
    return event


def trusted_identity_of(event: dict[str, Any], source: str) -> object:
    """Who the caller is, by the declared source."""
    context = event.get("requestContext")
    authorizer = context["authorizer"] if isinstance(context, dict) and source != "none" else {}
    if source == "claim":
        return authorizer["jwt"]["claims"]["sub"]
    if source == "iam":
        return authorizer["iam"]["userId"]
    if source == "none":
        return None
    assert not isinstance(context, dict) or isinstance(authorizer["iam"], dict)
    return fields_of(event)["viewer_id"]


def is_host(event: dict[str, Any]) -> bool:
    """Whether the authorizer says that the caller is one of the hosts."""
    groups = event["requestContext"]["authorizer"]["jwt"]["claims"]["cognito:groups"]
    return groups in {"hosts", "[hosts]", "[a hosts]"}


@pytest.mark.parametrize("identity", SOURCES, ids=lambda identity: identity["from"])
def test_playback_tokens_are_allowed(
    monkeypatch: pytest.MonkeyPatch, identity: dict[str, Any]
) -> None:
    """
    A playback token is of a listed channel, of a role that the caller may have, for no longer than
    that, with the origins of the deployment, and of the declared caller.
    """
    claims_needed = {"claims": {"cognito:groups": "hosts"}} if identity is BY_CLAIM else {}
    has_viewer = identity is not BY_NOBODY
    configuration = {
        "kind": "playback",
        "key": KEY_ARN,
        "resources": CHANNELS,
        "identity": identity,
        "roles": {
            "viewer": {"lifetime": 300, "resolution": "SD"},
            "host": {"lifetime": 600, "viewer": has_viewer, **claims_needed},
        },
        "origins": ["https://example.com"],
    }

    def check_token(event: Any, answer: dict[str, Any]) -> None:
        fields = fields_of(event)
        claims = claims_of(answer["token"])
        role = fields["role"]
        assert claims.pop("aws:channel-arn") == fields["channel_arn"]
        assert fields["channel_arn"] in CHANNELS
        asked = fields.get("expires_in", SECONDS[role])
        assert claims.pop("exp") == answer["expires_at"] == Now.time() + asked
        assert 1 <= asked <= SECONDS[role]
        assert claims.pop("aws:access-control-allow-origin") == "https://example.com"
        who = trusted_identity_of(event, identity["from"])
        if role == "viewer":
            assert claims == {"aws:maximum-resolution": "SD"}
        else:
            assert claims == ({"aws:viewer-id": who} if has_viewer else {})
            assert identity is not BY_CLAIM or is_host(event)

    monkeypatch.setenv("CDK_IVS_TOKENS", json.dumps(configuration))
    issued = []

    @examples
    @given(event=events("channel_arn", CHANNELS, identity["from"]))
    def check(event: Any) -> None:
        answer = answer_of(event)
        if answer is not None:
            issued.append(answer["token"])
            check_token(event, answer)

    check()
    # Enough of the events were right for the test to say something.
    assert len(issued) > 5


@pytest.mark.parametrize("identity", SOURCES[:3], ids=lambda identity: identity["from"])
def test_participant_tokens_are_allowed(
    monkeypatch: pytest.MonkeyPatch, identity: dict[str, Any]
) -> None:
    """
    A participant token is of a listed stage, with the capabilities and the attributes of a role
    that the caller may have, and of the declared caller.
    """
    claims_needed = {"claims": {"cognito:groups": "hosts"}} if identity is BY_CLAIM else {}
    configuration = {
        "kind": "participant",
        "key": KEY_ARN,
        "public_key": PUBLIC_KEY,
        "resources": STAGES,
        "identity": identity,
        "roles": {
            "viewer": {"lifetime": 300, "subscribe": True},
            "host": {
                "lifetime": 600,
                "publish": True,
                "subscribe": True,
                "attributes": {"badge": "host"},
                **claims_needed,
            },
        },
    }

    def check_token(event: Any, answer: dict[str, Any]) -> None:
        fields = fields_of(event)
        claims = claims_of(answer["token"])
        role = fields["role"]
        asked = fields.get("expires_in", SECONDS[role])
        assert 1 <= asked <= SECONDS[role]
        assert fields["stage_arn"] in STAGES
        assert claims == {
            "exp": Now.time() + asked,
            "iat": Now.time(),
            "jti": answer["participant_id"],
            "user_id": trusted_identity_of(event, identity["from"]),
            "resource": fields["stage_arn"],
            "topic": fields["stage_arn"].rpartition("/")[2],
            "events_url": EVENTS_URL,
            "whip_url": WHIP_URL,
            "capabilities": {"allow_publish": role == "host", "allow_subscribe": True},
            **({"attributes": {"badge": "host"}} if role == "host" else {}),
            "version": "1.0",
        }
        if role == "host" and identity is BY_CLAIM:
            assert is_host(event)

    monkeypatch.setenv("CDK_IVS_TOKENS", json.dumps(configuration))
    issued = []

    @examples
    @given(event=events("stage_arn", STAGES, identity["from"]))
    def check(event: Any) -> None:
        answer = answer_of(event)
        if answer is not None:
            issued.append(answer["token"])
            check_token(event, answer)

    check()
    # Enough of the events were right for the test to say something.
    assert len(issued) > 5
