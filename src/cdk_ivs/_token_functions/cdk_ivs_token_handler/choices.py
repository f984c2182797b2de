"""Read what an event chooses, and check that the configuration allows it."""

from __future__ import annotations

from ivs_tokens import TokenError
from ivs_tokens._checks import check_integer

from .callers import identity_of, meets
from .configuration import CHAT
from .errors import FORBIDDEN, TokenRequestError, bad_input
from .events import kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .configuration import Configuration, Role
    from .events import Request


class Choice:
    """
    The token that a caller gets.

    Attributes:
        identity: The identity of the caller, or an empty text if the function is anonymous.
        role: The role.
        resource: The ARN of the channel, stage or room.
        lifetime: How many seconds the token is valid. 0 for chat, where IVS decides it.
    """

    __slots__ = ("identity", "lifetime", "resource", "role")

    def __init__(
        self, request: Request, configuration: Configuration, line: dict[str, object]
    ) -> None:
        # The first check, so that a caller without an identity learns nothing about the function.
        self.identity = identity_of(request, configuration.identity)
        self.role = _role(request, configuration)
        line["role"] = self.role.name
        if not meets(request, self.role.claims):
            raise TokenRequestError(
                FORBIDDEN, "claims", f"the role {self.role.name!r} is not for this caller"
            )
        self.resource = _resource(request, configuration)
        line["resource"] = self.resource
        self.lifetime = 0 if configuration.kind == CHAT else _lifetime(request, self.role)


def _role(request: Request, configuration: Configuration) -> Role:
    roles = configuration.roles
    name = request.text("role")
    if name is None and len(roles) == 1:
        return next(iter(roles.values()))
    allowed = " or ".join(map(repr, roles))
    if name is None:
        raise bad_input(f"'role' must be given: {allowed}")
    if name not in roles:
        raise TokenRequestError(FORBIDDEN, "role", f"'role' must be {allowed}")
    return roles[name]


def _resource(request: Request, configuration: Configuration) -> str:
    field, resources = configuration.resource_field, configuration.resources
    arn = request.text(field)
    if arn is None and len(resources) == 1:
        return resources[0]
    if arn is None:
        raise bad_input(f"{field!r} must be given, as the function has several")
    if arn not in resources:
        raise TokenRequestError(
            FORBIDDEN, "resource", f"{field!r} must be one of those of this function"
        )
    return arn


def _lifetime(request: Request, role: Role) -> int:
    seconds = request.fields.get("expires_in", role.lifetime)
    # A text could be a secret, so the message does not quote it.
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise bad_input(
            f"'expires_in' must be an integer from 1 to {role.lifetime}, got {kind_of(seconds)}"
        )
    try:
        check_integer("expires_in", seconds, 1, role.lifetime)
    except TokenError as error:
        raise bad_input(error.message) from None
    return seconds
