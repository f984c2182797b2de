"""Read the configuration, which is fixed at deployment."""

from __future__ import annotations

import json
import os

from ivs_tokens import TokenError
from ivs_tokens._checks import check_choice, check_flag, check_integer, check_text, check_texts

from .errors import failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

VARIABLE = "CDK_IVS_TOKENS"

PLAYBACK, PARTICIPANT, CHAT = "playback", "participant", "chat"
CLAIM, IAM, FIELD, NONE = "claim", "iam", "field", "none"

USER_ID = "userId"
# The element that identifies a caller from an identity pool of Amazon Cognito.
COGNITO_ID = "cognitoIdentity.identityId"
# The elements of a request with IAM authorization that identify the caller.
IAM_NAMES = (USER_ID, "userArn", COGNITO_ID)

_COMMON = frozenset({"identity", "kind", "resources", "roles"})
# For each kind: the field of an event that names the resource, the keys of the configuration that
# only this kind has, and the keys of a role.
_KINDS: Mapping[str, tuple[str, frozenset[str], frozenset[str]]] = {
    PLAYBACK: (
        "channel_arn",
        frozenset({"key", "origins", "strict"}),
        frozenset({"lifetime", "resolution", "single_use", "viewer"}),
    ),
    PARTICIPANT: (
        "stage_arn",
        frozenset({"key", "public_key"}),
        frozenset({"attributes", "lifetime", "publish", "subscribe"}),
    ),
    CHAT: ("room_arn", frozenset(), frozenset({"attributes", "capabilities", "session"})),
}
_LONGEST_TEXT = 1000
_LONGEST_LIFETIME = 10**9
_LONGEST_SESSION = 180


class Identity:
    """
    The source of the identity of a caller.

    Attributes:
        source: A claim of a JWT authorizer, IAM, a field of the event, or none.
        name: The name of the claim, of the element of IAM, or of the field.
        hashed: Whether the token contains a hash of the identity, and not the identity.
    """

    __slots__ = ("hashed", "name", "source")

    def __init__(self, content: Mapping[str, Any]) -> None:
        _check_keys("identity", content, frozenset({"from", "hashed", "name"}))
        self.source: str = content["from"]
        check_choice("from", self.source, (CLAIM, IAM, FIELD, NONE))
        self.hashed: bool = content.get("hashed", False)
        check_flag("hashed", self.hashed)
        self.name = ""
        if self.source != NONE:
            self.name = content.get("name", USER_ID) if self.source == IAM else content["name"]
            check_text("name", self.name, 1, _LONGEST_TEXT)
        if self.source == IAM:
            check_choice("name", self.name, IAM_NAMES)


class Role:
    """
    A role, which determines what tokens a caller can get.

    Attributes:
        name: The name, by which an event chooses it.
        lifetime: The largest number of seconds that a token is valid. 0 for chat.
        claims: The claims that a caller must have, and their values.
        viewer: Whether a playback token contains the identity.
        single_use: Whether a playback token can start playback only once.
        resolution: The highest resolution of a playback token.
        publish: Whether a participant can send audio and video.
        subscribe: Whether a participant can receive them.
        capabilities: The permissions of a user of a chat room, in addition to reading.
        session: The minutes of a chat session.
        attributes: Texts about the participant or the user, which everyone can see.
    """

    __slots__ = (
        "attributes",
        "capabilities",
        "claims",
        "lifetime",
        "name",
        "publish",
        "resolution",
        "session",
        "single_use",
        "subscribe",
        "viewer",
    )

    def __init__(self, kind: str, name: str, content: Mapping[str, Any]) -> None:
        _check_keys(f"roles.{name}", content, _KINDS[kind][2] | {"claims"})
        self.name = name
        self.claims: Mapping[str, str] = content.get("claims", {})
        check_texts("claims", self.claims, _LONGEST_TEXT)
        if not all(self.claims.values()):
            raise ValueError(f"roles.{name} requires a claim that is empty")
        self.viewer: bool = content.get("viewer", False)
        self.single_use: bool = content.get("single_use", False)
        self.resolution: Any = content.get("resolution")
        self.publish: bool = content.get("publish", False)
        self.subscribe: bool = content.get("subscribe", False)
        for flag in ("viewer", "single_use", "publish", "subscribe"):
            check_flag(flag, getattr(self, flag))
        self.attributes: Mapping[str, str] | None = content.get("attributes")
        self.capabilities: list[str] = content.get("capabilities", [])
        self.lifetime = self.session = 0
        if kind == CHAT:
            self.session = content["session"]
            check_integer("session", self.session, 1, _LONGEST_SESSION)
        else:
            self.lifetime = content["lifetime"]
            check_integer("lifetime", self.lifetime, 1, _LONGEST_LIFETIME)


class Configuration:
    """
    The configuration of a function.

    Attributes:
        kind: The kind of tokens that the function returns.
        key: The ARN of the key in KMS that signs tokens. Empty for chat.
        public_key: The ARN of the public key in IVS that verifies participant tokens.
        resources: The ARNs of the channels, stages or rooms.
        resource_field: The field of an event that names one of them.
        identity: The source of the identity of a caller.
        roles: The roles, by their names.
        origins: The origins that can play the channels.
        strict: Whether IVS checks the origin of every request.
        fields: The fields that an event can have.
    """

    __slots__ = (
        "fields",
        "identity",
        "key",
        "kind",
        "origins",
        "public_key",
        "resource_field",
        "resources",
        "roles",
        "strict",
    )

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.kind: str = content["kind"]
        check_choice("kind", self.kind, tuple(_KINDS))
        self.resource_field, own, _ = _KINDS[self.kind]
        _check_keys(VARIABLE, content, _COMMON | own)
        self.key: str = "" if self.kind == CHAT else content["key"]
        self.public_key: str = content["public_key"] if self.kind == PARTICIPANT else ""
        self.resources: tuple[str, ...] = tuple(content["resources"])
        self.identity = Identity(content["identity"])
        self.roles = {name: Role(self.kind, name, role) for name, role in content["roles"].items()}
        self.origins: list[str] | None = content.get("origins")
        self.strict: bool | None = content.get("strict")
        fixed = (self.resource_field, "role")
        self.fields = fixed if self.kind == CHAT else (*fixed, "expires_in")
        self._check()
        if self.identity.source == FIELD:
            self.fields = (*self.fields, self.identity.name)

    def _check(self) -> None:
        """Refuse a configuration that gives callers more than its author can expect."""
        if not self.resources or not self.roles:
            raise ValueError("there must be a resource and a role")
        if self.identity.source != CLAIM and any(role.claims for role in self.roles.values()):
            raise ValueError("roles can require claims only where the identity is a claim")
        if self.identity.source == NONE and (
            self.kind != PLAYBACK or any(role.viewer for role in self.roles.values())
        ):
            raise ValueError("there must be an identity, because tokens contain it")
        if self.identity.source == FIELD and self.identity.name in self.fields:
            raise ValueError("the field of the identity must have a name of its own")


def read_configuration() -> Configuration:
    """
    Read the configuration from the environment.

    Raises:
        TokenRequestError: If cdk-ivs cannot have written it.
    """
    try:
        return Configuration(json.loads(os.environ[VARIABLE]))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        shown = error if isinstance(error, (TokenError, ValueError)) else repr(error)
        raise failed(
            f"the environment variable {VARIABLE} must be as cdk-ivs wrote it, but it is invalid: "
            f"{shown}; deploy the stack again",
            "configuration",
        ) from None


def _check_keys(name: str, content: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse an unknown key: it could be a restriction, which must not be ignored."""
    unknown = sorted(content.keys() - known)
    if unknown:
        raise ValueError(f"{name} has the unknown keys {', '.join(unknown)}")
