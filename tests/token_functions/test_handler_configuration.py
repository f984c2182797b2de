"""Configurations: those that the construct writes, and others, which open nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_ivs._token_functions.cdk_ivs_token_handler.configuration import Configuration
from cdk_ivs._token_functions.cdk_ivs_token_handler.errors import TokenRequestError
from tests.support.kms import Kms
from tests.token_functions.handler_parts import (
    BY_CLAIM,
    BY_FIELD,
    BY_IAM,
    BY_NOBODY,
    CHAT,
    PARTICIPANT,
    PLAYBACK,
    VIEWERS,
    Function,
    Ivs,
    Logs,
    by_url,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

KINDS = {"playback": PLAYBACK, "participant": PARTICIPANT, "chat": CHAT}
WRONG: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (PLAYBACK, {"kind": "other"}, "'kind' must be 'playback' or 'participant' or 'chat', got"),
    (PLAYBACK, {"kind": None}, "'kind' must be 'playback' or 'participant' or 'chat', got None"),
    (PLAYBACK, {"countries": ["NL"]}, "CDK_IVS_TOKENS has the unknown keys countries"),
    (PLAYBACK, {"public_key": "arn"}, "CDK_IVS_TOKENS has the unknown keys public_key"),
    (CHAT, {"origins": [], "key": "arn"}, "CDK_IVS_TOKENS has the unknown keys key, origins"),
    (PARTICIPANT, {"strict": True}, "CDK_IVS_TOKENS has the unknown keys strict"),
    (PLAYBACK, {"resources": []}, "there must be a resource and a role"),
    (PLAYBACK, {"roles": {}}, "there must be a resource and a role"),
    (PLAYBACK, {"roles": []}, "AttributeError("),
    (PLAYBACK, {"roles": {"a": {}}}, "KeyError('lifetime')"),
    (PLAYBACK, {"roles": {"a": {"lifetime": "300"}}}, "'lifetime' must be an integer from 1"),
    (PLAYBACK, {"roles": {"a": {"lifetime": 0}}}, "'lifetime' must be an integer from 1 to"),
    (
        PLAYBACK,
        {"roles": {"a": {"lifetime": 300, "publish": True}}},
        "roles.a has the unknown keys publish",
    ),
    (
        PLAYBACK,
        {"roles": {"a": {"lifetime": 300, "single_use": "no"}}},
        "'single_use' must be True or False, got 'no'",
    ),
    (
        PLAYBACK,
        {"identity": BY_FIELD, "roles": {"a": {"lifetime": 300, "viewer": 1}}},
        "'viewer' must be True or False, got 1",
    ),
    (PLAYBACK, {"roles": VIEWERS}, "there must be an identity, because tokens contain it"),
    (PARTICIPANT, {"identity": BY_NOBODY}, "there must be an identity, because tokens contain it"),
    (CHAT, {"identity": BY_NOBODY}, "there must be an identity, because tokens contain it"),
    (CHAT, {"roles": {"a": {"session": 181}}}, "'session' must be an integer from 1 to 180"),
    (CHAT, {"roles": {"a": {"lifetime": 300}}}, "roles.a has the unknown keys lifetime"),
    (
        PARTICIPANT,
        {"roles": {"a": {"lifetime": 300, "publish": "true"}}},
        "'publish' must be True or False, got 'true'",
    ),
    (PLAYBACK, {"identity": {"from": "body"}}, "'from' must be 'claim' or 'iam' or 'field' or"),
    (PLAYBACK, {"identity": {"from": "claim"}}, "KeyError('name')"),
    (PLAYBACK, {"identity": {"from": "claim", "name": ""}}, "'name' must have 1 to 1000 char"),
    (PLAYBACK, {"identity": {**BY_IAM, "name": "accountId"}}, "'name' must be 'userId' or 'u"),
    (PLAYBACK, {"identity": {**BY_CLAIM, "hashed": 1}}, "'hashed' must be True or False, got 1"),
    (PLAYBACK, {"identity": {**BY_CLAIM, "salt": "x"}}, "identity has the unknown keys salt"),
    *(
        (PLAYBACK, {"identity": {"from": "field", "name": name}}, "must have a name of its own")
        for name in ("channel_arn", "role", "expires_in")
    ),
    *(
        (
            PLAYBACK,
            {
                "identity": identity,
                "roles": {"a": {"lifetime": 300, "claims": {"cognito:groups": "hosts"}}},
            },
            "roles can require claims only where the identity is a claim",
        )
        for identity in (BY_IAM, BY_FIELD, BY_NOBODY)
    ),
    *(
        (
            PLAYBACK,
            {"identity": BY_CLAIM, "roles": {"a": {"lifetime": 300, "claims": claims}}},
            words,
        )
        for claims, words in (
            ({"cognito:groups": ""}, "roles.a requires a claim that is empty"),
            ({"cognito:groups": ["hosts"]}, "'claims' must have strings as keys and values"),
            ("hosts", "'claims' must be a mapping of strings to strings"),
        )
    ),
]


@pytest.mark.parametrize(("configuration", "changes", "words"), WRONG)
def test_others_give_out_nothing(
    function: Function,
    *,
    kms: Kms,
    logs: Logs,
    configuration: dict[str, Any],
    changes: dict[str, Any],
    words: str,
) -> None:
    """
    A configuration that the construct does not write gets no token out, and is named in the log.
    """
    function.deploy(configuration, **changes)
    assert function(by_url({}))["statusCode"] == 500
    (line,) = logs()
    assert line["reason"] == "configuration"
    assert line["detail"].startswith(
        "the environment variable CDK_IVS_TOKENS must be as cdk-ivs wrote it, but it is invalid: "
    )
    assert words in line["detail"]
    assert line["detail"].endswith("; deploy the stack again")
    with pytest.raises(TokenRequestError, match=r"^500: the function cannot create tokens; its"):
        function({})
    assert kms.calls == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"resources": []}, "there must be a resource and a role"),
        (
            {"identity": {**BY_CLAIM, "hashed": 1}},
            "'hashed' must be True or False, got 1 [ivs-tokens:ArgumentType]",
        ),
        ({"identity": {"from": "claim"}}, "KeyError('name')"),
        ({"resources": None}, "TypeError(\"'NoneType' object is not iterable\")"),
    ],
)
def test_others_are_named_in_one_sentence(
    function: Function, logs: Logs, changes: dict[str, Any], words: str
) -> None:
    """
    The log has the message of our own errors, and the type of others.
    """
    function.deploy(PLAYBACK, **changes)(by_url({}))
    assert logs()[0]["detail"] == (
        "the environment variable CDK_IVS_TOKENS must be as cdk-ivs wrote it, but it is invalid: "
        f"{words}; deploy the stack again"
    )


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("playback", "key"),
        ("participant", "key"),
        ("participant", "public_key"),
        *((kind, key) for kind in KINDS for key in ("kind", "resources", "identity", "roles")),
    ],
)
def test_each_part_is_needed(function: Function, logs: Logs, kind: str, key: str) -> None:
    """
    A configuration without one of its parts is wrong.
    """
    function.deploy({name: value for name, value in KINDS[kind].items() if name != key})
    assert function(by_url({}))["statusCode"] == 500
    assert f"KeyError('{key}')" in logs()[0]["detail"]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "[[]]"])
def test_other_texts_are_wrong(function: Function, logs: Logs, text: str) -> None:
    """
    A variable that holds no object of JSON is wrong.
    """
    assert function.deploy(text)(by_url({}))["statusCode"] == 500
    assert logs()[0]["reason"] == "configuration"


def test_it_must_be_there(function: Function, logs: Logs, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A function without the variable says its name.
    """
    function.deploy(PLAYBACK)
    monkeypatch.delenv("CDK_IVS_TOKENS")
    assert function(by_url({}))["statusCode"] == 500
    assert "KeyError('CDK_IVS_TOKENS')" in logs()[0]["detail"]


def test_it_is_read_once(function: Function, kms: Kms, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What is in the environment after the first event changes nothing.
    """
    function.deploy(PLAYBACK)({})
    monkeypatch.setenv("CDK_IVS_TOKENS", "{}")
    assert function({})["token"]


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({"a": {"lifetime": 300, "resolution": "UHD"}}, "'maximum_resolution' must be 'SD' or"),
        ({"a": {"lifetime": 601, "single_use": True}}, "'expires_in' must be at most 600 seconds"),
    ],
)
def test_what_ivs_would_refuse_is_not_signed(
    function: Function, *, kms: Kms, logs: Logs, roles: dict[str, Any], words: str
) -> None:
    """
    A role that no token can have is refused by the library, and named in the log.
    """
    assert function.deploy(PLAYBACK, roles=roles)(by_url({}))["statusCode"] == 500
    (line,) = logs()
    assert line["reason"] == "configuration"
    assert line["detail"].startswith(words)
    assert kms.calls == []


def test_what_the_chat_refuses_is_ours(function: Function, ivs: Ivs, logs: Logs) -> None:
    """
    A capability that IVS does not know is an error of the deployment.
    """
    roles = {"a": {"capabilities": ["FLY"], "session": 60}}
    with pytest.raises(TokenRequestError, match=r"^500: "):
        function.deploy(CHAT, roles=roles)({"viewer_id": "jane"})
    assert "ValidationException" in logs()[0]["detail"]


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_the_construct_writes_is_read(kind: str) -> None:
    """
    Every key of every kind is known.
    """
    role: dict[str, dict[str, Any]] = {
        "playback": {"lifetime": 300, "resolution": "SD", "single_use": True, "viewer": True},
        "participant": {"lifetime": 300, "publish": True, "subscribe": True, "attributes": {}},
        "chat": {"capabilities": ["SEND_MESSAGE"], "session": 60, "attributes": {"a": "b"}},
    }
    content = {
        **KINDS[kind],
        "identity": {**BY_CLAIM, "hashed": True},
        "roles": {"a": {**role[kind], "claims": {"cognito:groups": "hosts"}}},
        **({"origins": ["https://example.com"], "strict": True} if kind == "playback" else {}),
    }
    configuration = Configuration(json.loads(json.dumps(content)))
    assert list(configuration.roles) == ["a"]
    assert configuration.roles["a"].claims == {"cognito:groups": "hosts"}
    assert configuration.identity.hashed
