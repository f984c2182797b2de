"""Functions as they are deployed, events as AWS sends them, and the API of IVS."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import botocore.session
import pytest

from cdk_ivs._token_functions.cdk_ivs_token_handler.handler import handle
from tests.ivs_tokens.parts import EVENTS_URL, NOW, PUBLIC_KEY, WHIP_URL
from tests.support.arns import arn
from tests.support.kms import KEY_ARN
from tests.support.service import ServiceError

__all__ = ["EVENTS_URL", "NOW", "PUBLIC_KEY", "WHIP_URL"]

CHANNEL, OTHER_CHANNEL = arn("channel/AbCdef1G2hij"), arn("channel/KlMnop3Q4rst")
STAGE, OTHER_STAGE = arn("stage/AbCdef1G2hij"), arn("stage/KlMnop3Q4rst")
ROOM, OTHER_ROOM = (
    arn(room, service="ivschat") for room in ("room/AbCdef1G2hij", "room/KlMnop3Q4rst")
)
ELSEWHERE = arn("channel/UvWxyz5A6bcd")
# The subject of a user of Amazon Cognito.
SUBJECT = "1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d"
USER_ID = "AIDACKCEVSQ6C2EXAMPLE"

BY_CLAIM = {"from": "claim", "name": "sub"}
BY_IAM = {"from": "iam", "name": "userId"}
BY_FIELD = {"from": "field", "name": "viewer_id"}
BY_NOBODY = {"from": "none"}

PLAYBACK: dict[str, Any] = {
    "kind": "playback",
    "key": KEY_ARN,
    "resources": [CHANNEL],
    "identity": BY_NOBODY,
    "roles": {"viewer": {"lifetime": 300}},
}
PARTICIPANT: dict[str, Any] = {
    "kind": "participant",
    "key": KEY_ARN,
    "public_key": PUBLIC_KEY,
    "resources": [STAGE],
    "identity": BY_FIELD,
    "roles": {"host": {"lifetime": 43_200, "publish": True, "subscribe": True}},
}
CHAT: dict[str, Any] = {
    "kind": "chat",
    "resources": [ROOM],
    "identity": BY_FIELD,
    "roles": {"reader": {"capabilities": [], "session": 60}},
}
VIEWERS = {"viewer": {"lifetime": 300, "viewer": True}}
Logs = Callable[[], list[dict[str, Any]]]

JANE = {"viewer_id": "jane"}
UNABLE = "the function cannot create tokens; its log has the reason"
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


class UnixClock:
    """
    A clock that stands still.

    Attributes:
        now: The Unix seconds.
    """

    def __init__(self, now: float) -> None:
        self.now = now

    def time(self) -> float:
        """The Unix seconds."""
        return self.now


class Function:
    """
    A function.

    Args:
        deployed: What deploys it with a configuration.
    """

    def __init__(self, deployed: Callable[[dict[str, Any] | str], None]) -> None:
        self._deployed = deployed

    def deploy(self, configuration: dict[str, Any] | str, **changes: Any) -> Function:
        """Give it a configuration, with some changes."""
        if isinstance(configuration, dict):
            configuration = {**configuration, **changes}
        self._deployed(configuration)
        return self

    def __call__(self, event: object) -> dict[str, Any]:
        """Invoke it."""
        return handle(event, SimpleNamespace(aws_request_id="c6af9ac6-7b61-11e6-9a41-93e8deadbeef"))


def by_url(
    body: object = None,
    *,
    authorizer: Mapping[str, object] | None = None,
    method: str = "POST",
    **changes: object,
) -> dict[str, Any]:
    """
    An event by a function URL or an HTTP API, as the guide of Lambda has it.

    Args:
        body: What the body says, or the body as a text.
        authorizer: What an authorizer passes on.
        method: The method.
        **changes: Members of the event that are others.
    """
    context: dict[str, Any] = {
        "accountId": "123456789012",
        "apiId": "a1b2c3d4e5",
        "domainName": "a1b2c3d4e5.execute-api.us-west-2.amazonaws.com",
        "domainPrefix": "a1b2c3d4e5",
        "http": {
            "method": method,
            "path": "/tokens",
            "protocol": "HTTP/1.1",
            "sourceIp": "192.0.2.1",
            "userAgent": "agent",
        },
        "requestId": "id",
        "routeKey": "POST /tokens",
        "stage": "$default",
        "time": "27/Nov/2026:12:00:00 +0000",
        "timeEpoch": 1_795_780_800_000,
    }
    if authorizer is not None:
        context["authorizer"] = authorizer
    event = {
        "version": "2.0",
        "routeKey": "POST /tokens",
        "rawPath": "/tokens",
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "authorization": "Bearer eyJhbGciOi"},
        "requestContext": context,
        "isBase64Encoded": False,
    }
    if body is not None:
        event["body"] = body if isinstance(body, str) else json.dumps(body)
    return {**event, **changes}


def by_jwt(body: object = None, claims: Mapping[str, object] | None = None) -> dict[str, Any]:
    """An event by an HTTP API with a JWT authorizer, for a user of Amazon Cognito."""
    found: Mapping[str, object] = {
        "auth_time": "1795780000",
        "client_id": "3n4b5urk1ft4fl3mg5e62d9ado",
        "cognito:groups": "[hosts admins]",
        "exp": "1795783600",
        "iat": "1795780000",
        "iss": "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_aBcDeFgHi",
        "scope": "tokens/create",
        "sub": SUBJECT,
        "token_use": "access",
        "username": "jane@example.com",
    }
    claims = found if claims is None else claims
    return by_url(body, authorizer={"jwt": {"claims": claims, "scopes": ["tokens/create"]}})


def by_iam(body: object = None, **changes: object) -> dict[str, Any]:
    """An event by a function URL with IAM authorization."""
    iam = {
        "accessKey": "AKIAIOSFODNN7EXAMPLE",
        "accountId": "123456789012",
        "callerId": USER_ID,
        "cognitoIdentity": None,
        "principalOrgId": "o-a1b2c3d4e5",
        "userArn": "arn:aws:iam::123456789012:user/Jane",
        "userId": USER_ID,
        **changes,
    }
    return by_url(body, authorizer={"iam": iam})


@dataclass
class Ivs:
    """
    The API of IVS that gives endpoints and chat tokens, as botocore's models have it.

    Attributes:
        calls: The action and the parameters of each call, in order.
        errors: The errors of the next calls.
        endpoints: The endpoints of every stage.
    """

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    errors: list[ServiceError] = field(default_factory=list)
    endpoints: dict[str, str] = field(
        default_factory=lambda: {"events": EVENTS_URL, "whip": WHIP_URL}
    )

    def answer(self, path: str, body: bytes, _headers: object) -> object:
        """Answer a request of the API."""
        action, parameters = path.strip("/"), json.loads(body)
        self.calls.append((action, parameters))
        service = {"GetStage": "ivs-realtime", "CreateChatToken": "ivschat"}[action]
        model = botocore.session.get_session().get_service_model(service)
        wrong = violation(model.operation_model(action).input_shape, parameters)
        if wrong:
            raise ServiceError("ValidationException", 400, wrong)
        if self.errors:
            raise self.errors.pop(0)
        if action == "GetStage":
            endpoints = {"endpoints": self.endpoints} if self.endpoints else {}
            return {"stage": {"arn": parameters["arn"], **endpoints}}
        end = NOW + 60 * parameters["sessionDurationInMinutes"]
        return {
            "token": "AQICAHexample-of-a-chat-token",
            "tokenExpirationTime": iso(NOW + 60),
            "sessionExpirationTime": iso(end),
        }


def iso(seconds: int) -> str:
    """A time as the API writes it."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()


def violation(shape: Any, value: Any) -> str:
    """
    What a value violates of a shape in botocore's model, or an empty text.

    Botocore itself checks neither the maximum, nor the pattern, nor the choices.
    """
    found: list[str] = []
    if shape.type_name == "structure":
        found = [f"missing: {name}" for name in shape.required_members if name not in value]
        found += [f"unknown: {name}" for name in value if name not in shape.members]
        known = [(shape.members[name], value[name]) for name in value if name in shape.members]
    elif shape.type_name == "list":
        known = [(shape.member, inner) for inner in value]
    elif shape.type_name == "map":
        known = [
            (of, text)
            for pair in value.items()
            for of, text in zip((shape.key, shape.value), pair, strict=True)
        ]
    else:
        known = []
        rules, kind = shape.metadata, {"string": str, "integer": int}[shape.type_name]
        size = value if type(value) is int else len(value)
        if (
            type(value) is not kind
            or not rules.get("min", size) <= size <= rules.get("max", size)
            or value not in rules.get("enum", [value])
            or not re.fullmatch(rules.get("pattern", r"[\s\S]*"), str(value))
        ):
            found = [f"{shape.name}: {value}"]
    return next(filter(None, [*found, *(violation(*each) for each in known)]), "")


def body_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What the body of an answer by HTTP says."""
    content = json.loads(answer["body"])
    assert isinstance(content, dict)
    return content


def refusal_of(answer: Mapping[str, Any]) -> tuple[int, str]:
    """The status and the words of a refusal by HTTP."""
    content = body_of(answer)
    assert content.keys() == {"message"}
    return answer["statusCode"], content["message"]
