"""What a configuration means: each part that it has, and what it is without."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_ivs._token_functions.cdk_ivs_token_handler.configuration import Configuration
from tests.support.kms import KEY_ARN
from tests.token_functions.handler_parts import (
    BY_CLAIM,
    BY_FIELD,
    BY_IAM,
    BY_NOBODY,
    CHANNEL,
    CHAT,
    OTHER_CHANNEL,
    PARTICIPANT,
    PLAYBACK,
    PUBLIC_KEY,
    ROOM,
    STAGE,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

NOTHING: dict[str, Any] = {
    "attributes": None,
    "capabilities": [],
    "claims": {},
    "lifetime": 0,
    "publish": False,
    "resolution": None,
    "session": 0,
    "single_use": False,
    "subscribe": False,
    "viewer": False,
}


def members(value: object) -> dict[str, Any]:
    """The attributes of a part of a configuration."""
    return {name: getattr(value, name) for name in type(value).__slots__}  # type: ignore[attr-defined] # the parts have them


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            PLAYBACK,
            {
                "kind": "playback",
                "key": KEY_ARN,
                "public_key": "",
                "resources": (CHANNEL,),
                "resource_field": "channel_arn",
                "origins": None,
                "strict": None,
                "fields": ("channel_arn", "role", "expires_in"),
            },
        ),
        (
            {**PLAYBACK, "resources": [CHANNEL, OTHER_CHANNEL], "origins": [], "strict": False},
            {
                "kind": "playback",
                "key": KEY_ARN,
                "public_key": "",
                "resources": (CHANNEL, OTHER_CHANNEL),
                "resource_field": "channel_arn",
                "origins": [],
                "strict": False,
                "fields": ("channel_arn", "role", "expires_in"),
            },
        ),
        (
            PARTICIPANT,
            {
                "kind": "participant",
                "key": KEY_ARN,
                "public_key": PUBLIC_KEY,
                "resources": (STAGE,),
                "resource_field": "stage_arn",
                "origins": None,
                "strict": None,
                "fields": ("stage_arn", "role", "expires_in", "viewer_id"),
            },
        ),
        (
            CHAT,
            {
                "kind": "chat",
                "key": "",
                "public_key": "",
                "resources": (ROOM,),
                "resource_field": "room_arn",
                "origins": None,
                "strict": None,
                "fields": ("room_arn", "role", "viewer_id"),
            },
        ),
    ],
    ids=["playback", "all of playback", "participant", "chat"],
)
def test_configurations(content: dict[str, Any], expected: dict[str, Any]) -> None:
    """
    A configuration has what is written, and nothing of what is left out.
    """
    found = members(Configuration(content))
    assert found.pop("identity")
    assert [*found.pop("roles")] == [*content["roles"]]
    assert found == expected


@pytest.mark.parametrize(
    ("content", "role", "expected"),
    [
        (PLAYBACK, {"lifetime": 1}, {"lifetime": 1}),
        (
            {**PLAYBACK, "identity": BY_CLAIM},
            {
                "lifetime": 1_000_000_000,
                "resolution": "SD",
                "single_use": True,
                "viewer": True,
                "claims": {"a": "x" * 999},
            },
            {
                "lifetime": 1_000_000_000,
                "resolution": "SD",
                "single_use": True,
                "viewer": True,
                "claims": {"a": "x" * 999},
            },
        ),
        (PARTICIPANT, {"lifetime": 60}, {"lifetime": 60}),
        (
            PARTICIPANT,
            {"lifetime": 60, "publish": True, "subscribe": True, "attributes": {"a": "b"}},
            {"lifetime": 60, "publish": True, "subscribe": True, "attributes": {"a": "b"}},
        ),
        (CHAT, {"session": 1}, {"session": 1}),
        (
            CHAT,
            {"session": 180, "capabilities": ["SEND_MESSAGE"], "attributes": {"a": "b"}},
            {"session": 180, "capabilities": ["SEND_MESSAGE"], "attributes": {"a": "b"}},
        ),
    ],
)
def test_roles(content: dict[str, Any], role: dict[str, Any], expected: dict[str, Any]) -> None:
    """
    A role has what is written, at its bounds too, and gives nothing that is left out.
    """
    roles = Configuration({**content, "roles": {"a": role}}).roles
    assert {name: members(one) for name, one in roles.items()} == {
        "a": {"name": "a", **NOTHING, **expected}
    }


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (BY_NOBODY, ("none", "", False)),
        (BY_CLAIM, ("claim", "sub", False)),
        ({**BY_CLAIM, "name": "x" * 1_000, "hashed": True}, ("claim", "x" * 1_000, True)),
        (BY_IAM, ("iam", "userId", False)),
        ({"from": "iam"}, ("iam", "userId", False)),
        ({**BY_IAM, "name": "userArn"}, ("iam", "userArn", False)),
        ({**BY_FIELD, "name": "x"}, ("field", "x", False)),
    ],
)
def test_identities(identity: dict[str, Any], expected: tuple[str, str, bool]) -> None:
    """
    An identity has a source, a name, and no hash that is not asked for.
    """
    found = Configuration({**PLAYBACK, "identity": identity}).identity
    assert (found.source, found.name, found.hashed) == expected


@pytest.mark.parametrize(
    ("content", "changes", "words"),
    [
        (
            PLAYBACK,
            {"roles": {"a": {"lifetime": 1_000_000_001}}},
            "'lifetime' must be an integer from 1 to 1000000000",
        ),
        (CHAT, {"roles": {"a": {"session": 0}}}, "'session' must be an integer from 1 to 180"),
        (
            PLAYBACK,
            {"identity": {**BY_CLAIM, "name": "x" * 1_001}},
            "'name' must have 1 to 1000 characters, got 1001",
        ),
        (
            PLAYBACK,
            {
                "identity": BY_CLAIM,
                "roles": {"a": {"lifetime": 1, "claims": {"a": "x" * 1_000}}},
            },
            "'claims' must have keys and values of at most 1000 bytes together in UTF-8, got 1001",
        ),
        (PLAYBACK, {"kind": "x"}, "'kind' must be 'playback' or"),
        (PLAYBACK, {"x": 1}, "CDK_IVS_TOKENS has the unknown keys x"),
        (PLAYBACK, {"identity": {"from": "none", "x": 1}}, "identity has the unknown keys x"),
        (PLAYBACK, {"roles": {"a": {"lifetime": 1, "x": 1}}}, "roles.a has the unknown keys x"),
        (PLAYBACK, {"resources": []}, "there must be a resource and a role"),
        (PLAYBACK, {"roles": {}}, "there must be a resource and a role"),
        (
            {**PLAYBACK, "identity": BY_CLAIM},
            {"roles": {"a": {"lifetime": 1}, "b": {"lifetime": 1, "claims": {"a": ""}}}},
            "roles.b requires a claim that is empty",
        ),
    ],
)
def test_wrong_ones(content: dict[str, Any], changes: dict[str, Any], words: str) -> None:
    """
    What is beyond a bound by one, or is not known, is refused by its name.
    """
    with pytest.raises(ValueError, match=words):
        Configuration({**content, **changes})
