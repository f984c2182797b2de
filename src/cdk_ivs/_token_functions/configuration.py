"""Write the allowed tokens of a function into one of its environment variables."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

from cdk_ivs._core.tree import scope_info
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr, safe_text
from cdk_ivs._validation.type_names import with_type

from .identity import CLAIM, NONE
from .texts import given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aws_cdk import Stack
    from constructs import Construct

    from .identity import TokenIdentity
    from .resources import ResourceArn
    from .roles import ChatRole, ParticipantRole, PlaybackRole

_Role = TypeVar("_Role")

VARIABLE = "CDK_IVS_TOKENS"
# The limit of Lambda for all variables of a function together, names and values.
_MOST_BYTES = 4096
_ROLE_NAME = re.compile("[A-Za-z0-9_-]{1,64}")
# Tokens of the CDK in texts and in lists, and the exponent of the numbers that are tokens.
_TOKEN = re.compile(r"[$#]\{Token\[|e\+2[0-9]{2}")


class Configuration:
    """
    The tokens that a function can return.

    Args:
        kind: The kind of tokens.
        key: The key in KMS that signs the tokens. None for chat.
        public_key: The public key in IVS that verifies participant tokens.
        resources: The channels, stages or rooms of the tokens.
        identity: The source of the identity of a caller.
        roles: The roles by their names, in the form that the function reads.
        origins: The origins that can play the channels.
        strict: Whether IVS checks the origin of every request.
    """

    def __init__(
        self,
        kind: str,
        *,
        resources: Sequence[ResourceArn],
        identity: TokenIdentity,
        roles: Mapping[str, Mapping[str, object]],
        key: ResourceArn | None = None,
        public_key: ResourceArn | None = None,
        origins: Sequence[str] | None = None,
        strict: bool = False,
    ) -> None:
        self._arns = [arn for arn in (key, public_key, *resources) if arn is not None]
        self._rest: dict[str, object] = {
            "identity": identity._render(),
            "roles": roles,
            **given(origins=list(origins or ()), strict=strict),
        }
        self._content = {
            "kind": kind,
            **given(key=key and key.text, public_key=public_key and public_key.text),
            "resources": [arn.text for arn in resources],
            **self._rest,
        }

    def check_size(self, keyword: str) -> None:
        """Refuse a configuration that is larger than the variables of a function can be."""
        estimate = f"{VARIABLE}{self._text()}"
        for arn in self._arns:
            estimate = estimate.replace(arn.text, "x" * arn.length)
        if len(estimate.encode()) > _MOST_BYTES:
            raise ValidationError(
                f"'{keyword}' and 'roles' must fit into the environment variables of a function, "
                f"which have {_MOST_BYTES:,} bytes, got about {len(estimate.encode()):,} bytes; "
                f"create several functions, each with some of the {keyword}",
                code="EnvironmentSize",
            )

    def render(self, scope: Construct) -> str:
        """Return the value of the variable for the template."""
        # ARNs need no escapes in JSON, even if they are tokens. Other tokens can need some.
        if _TOKEN.search(_json(self._rest)) is None:
            return self._text()
        stack: Any = scope_info(scope).stack
        cdk_stack: Stack = stack.construct
        return cdk_stack.to_json_string(self._content, _indent(_json(self._content)))

    def _text(self) -> str:
        return _json(self._content, _indent(_json(self._content)))


def _json(content: object, indent: int | None = None) -> str:
    return json.dumps(content, ensure_ascii=False, indent=indent, separators=(",", ":"))


def _indent(text: str) -> int | None:
    """
    The indentation of JSON with a dynamic reference, which ends in two braces as JSON can.

    The validation of the CDK takes the last two braces in a line for the end of the reference.
    """
    return 1 if "{{resolve:" in text else None


def check_roles(
    roles: Mapping[Any, Any],
    kind: type[ChatRole | ParticipantRole | PlaybackRole],
    identity: TokenIdentity,
) -> None:
    """Refuse empty roles, wrong names and types, and claims without an authorizer."""
    if not roles:
        raise ValidationError(
            f"'roles' must have at least one role, got none; give one, such as "
            f'{{"viewer": {kind.__name__}(...)}}',
            code="NoRoles",
        )
    for name, role in roles.items():
        if not isinstance(name, str) or _ROLE_NAME.fullmatch(name) is None:
            raise ValidationError(
                "'roles' must have names of 1 to 64 letters, digits, '-' and '_', "
                f"got {safe_repr(name)}",
                code="RoleName",
            )
        if not isinstance(role, kind):
            raise ArgumentTypeError(
                f"'roles' must be Mapping[str, {kind.__name__}], got {with_type(role)} "
                f"for {safe_repr(name)}; use {{{safe_repr(name)}: {kind.__name__}(...)}}"
            )
        if role.required_claims is not None and identity._source != CLAIM:
            raise ValidationError(
                f"'required_claims' must be left out of the role {safe_repr(name)}, got "
                f"{safe_repr(dict(role.required_claims))}: the function knows no claims of its "
                "callers; use TokenIdentity.authorizer_claim(...) as 'identity'",
                code="ClaimsWithoutAuthorizer",
            )


def rendered_roles(
    roles: Mapping[str, _Role], render: Callable[[_Role], dict[str, object]]
) -> dict[str, dict[str, object]]:
    """Write the roles in the form that the function reads. Errors name the role."""
    rendered = {}
    for name, role in roles.items():
        try:
            rendered[name] = render(role)
        except ValidationError as error:
            keyword, rule, rest = error.message.partition("' must ")
            raise ValidationError(
                f"{keyword}' of the role '{safe_text(name)}{rule}{rest}", code=error.code
            ) from None
    return rendered


def check_is_somebody(identity: TokenIdentity) -> None:
    """Refuse an anonymous identity for tokens that must name a user."""
    if identity._source == NONE:
        raise ValidationError(
            "'identity' must identify the caller, got TokenIdentity.anonymous(), which is for "
            "playback tokens only; use for example TokenIdentity.authorizer_claim('sub')",
            code="NoIdentity",
        )
