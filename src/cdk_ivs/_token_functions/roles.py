"""What a token may have, in named sets among which callers choose."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration

from cdk_ivs._core.props import Options
from cdk_ivs._validation.errors import ValidationError, safe_repr
from cdk_ivs._validation.resolutions import MaximumResolution
from cdk_ivs._validation.values import check_unique, whole_minutes, whole_seconds

from .texts import check_texts, given

_MINUTE = 60
# That of tokens which name a viewer, or can be used once.
_VIEWER_SECONDS = 10 * _MINUTE
# IVS has no limit for other playback tokens; ivs_tokens takes more for a time.
_PLAYBACK_SECONDS = 10**9 - 1
_DEFAULT_PLAYBACK_SECONDS = 5 * _MINUTE
_PARTICIPANT_SECONDS = 14 * 24 * 60 * _MINUTE
_DEFAULT_PARTICIPANT_SECONDS = 12 * 60 * _MINUTE
_SESSION_MINUTES = 180
_DEFAULT_SESSION_MINUTES = 60
_ATTRIBUTES = 1024
# What the function takes.
_CLAIMS = 1000


class ChatCapability(enum.StrEnum):
    """What a user of a chat room can do, beside reading."""

    DELETE_MESSAGE = "DELETE_MESSAGE"
    """Delete messages, of anybody."""

    DISCONNECT_USER = "DISCONNECT_USER"
    """Disconnect other users."""

    SEND_MESSAGE = "SEND_MESSAGE"
    """Send messages."""


@dataclass(frozen=True, kw_only=True)
class PlaybackRole(Options):
    """
    What the playback tokens of a role have.

    Args:
        maximum_lifetime: The longest time in which playback can be started with a token, which
            callers can shorten: at least 1 second, and at most 10 minutes with a viewer id or
            ``single_use``. Default: that of the function.

        maximum_resolution: The highest resolution. Default: no limit.

        required_claims: The claims that a caller must have, each with its value or, of a list, one
            of its values. For TokenIdentity.authorizer_claim() only. Default: none, so that every
            caller can choose the role.

        single_use: Whether a token can start playback only once. Default: False.

        with_viewer_id: Whether the token has the identity of the caller, at most 40 characters
            that the viewer can read. You need it to revoke the sessions of a viewer. Tokens
            without it and without ``single_use`` are the same for all callers of the role: the
            function keeps them until half of their life. Default: True, or False if the function
            does not know who calls.

    Raises:
        ValidationError: If an argument is one that IVS refuses.
    """

    maximum_lifetime: Duration | None = None
    maximum_resolution: MaximumResolution | None = None
    required_claims: Mapping[str, str] | None = None
    single_use: bool = False
    with_viewer_id: bool | None = None

    def __post_init__(self) -> None:
        """Check the arguments."""
        super().__post_init__()
        self._lifetime(self.maximum_lifetime, viewer=self.with_viewer_id is True)
        check_texts("required_claims", self.required_claims, _CLAIMS, empty_values=False)

    def _lifetime(self, lifetime: Duration | None, *, viewer: bool) -> int:
        seconds = whole_seconds("maximum_lifetime", lifetime, 1, _PLAYBACK_SECONDS)
        if (viewer or self.single_use) and seconds is not None and seconds > _VIEWER_SECONDS:
            raise ValidationError(
                f"'maximum_lifetime' must be at most {_VIEWER_SECONDS} seconds with a viewer id or "
                f"'single_use', got {safe_repr(seconds)} seconds; shorten it, or set "
                "'with_viewer_id' and 'single_use' to False",
                code="DurationRange",
            )
        return _DEFAULT_PLAYBACK_SECONDS if seconds is None else seconds

    def _render(
        self, function_lifetime: Duration | None, *, has_identity: bool
    ) -> dict[str, object]:
        """The role, as the function reads it, with what is that of the function."""
        viewer = has_identity if self.with_viewer_id is None else self.with_viewer_id
        if viewer and not has_identity:
            raise ValidationError(
                "'with_viewer_id' must be False without an identity, got True; give the function "
                "an 'identity', for instance TokenIdentity.authorizer_claim('sub')",
                code="NoIdentity",
            )
        lifetime = self.maximum_lifetime or function_lifetime
        return given(
            lifetime=self._lifetime(lifetime, viewer=viewer),
            resolution=self.maximum_resolution,
            single_use=self.single_use,
            viewer=viewer,
            claims=self.required_claims,
        )


@dataclass(frozen=True, kw_only=True)
class ParticipantRole(Options):
    """
    What the participant tokens of a role have.

    Args:
        allow_publish: Whether the participant can send audio and video.

        allow_subscribe: Whether the participant can receive those of others.

        attributes: Texts of at most 1 KB in all, which all participants see. Default: none.

        maximum_lifetime: The longest time in which the participant can join with a token, which
            callers can shorten: 1 second to 14 days. Default: 12 hours.

        required_claims: The claims that a caller must have, each with its value or, of a list, one
            of its values. For TokenIdentity.authorizer_claim() only. Default: none, so that every
            caller can choose the role.

    Raises:
        ValidationError: If an argument is one that IVS refuses.
    """

    allow_publish: bool
    allow_subscribe: bool
    attributes: Mapping[str, str] | None = None
    maximum_lifetime: Duration | None = None
    required_claims: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        """Check the arguments."""
        super().__post_init__()
        self._lifetime()
        check_texts("attributes", self.attributes, _ATTRIBUTES)
        check_texts("required_claims", self.required_claims, _CLAIMS, empty_values=False)

    def _lifetime(self) -> int:
        seconds = whole_seconds("maximum_lifetime", self.maximum_lifetime, 1, _PARTICIPANT_SECONDS)
        return _DEFAULT_PARTICIPANT_SECONDS if seconds is None else seconds

    def _render(self) -> dict[str, object]:
        """The role, as the function reads it."""
        return given(
            lifetime=self._lifetime(),
            publish=self.allow_publish,
            subscribe=self.allow_subscribe,
            attributes=self.attributes,
            claims=self.required_claims,
        )


@dataclass(frozen=True, kw_only=True)
class ChatRole(Options):
    """
    What the chat tokens of a role have.

    Args:
        attributes: Texts of at most 1 KB in all, which everybody in the room sees with the
            messages of the user. Default: none.

        capabilities: What the user can do, beside reading. Default: nothing.

        required_claims: The claims that a caller must have, each with its value or, of a list, one
            of its values. For TokenIdentity.authorizer_claim() only. Default: none, so that every
            caller can choose the role.

        session_duration: How long the user stays connected with a token: 1 to 180 whole minutes.
            Default: 60 minutes.

    Raises:
        ValidationError: If an argument is one that IVS refuses.
    """

    attributes: Mapping[str, str] | None = None
    capabilities: Sequence[ChatCapability] | None = None
    required_claims: Mapping[str, str] | None = None
    session_duration: Duration | None = None

    def __post_init__(self) -> None:
        """Check the arguments."""
        super().__post_init__()
        check_texts("attributes", self.attributes, _ATTRIBUTES)
        check_texts("required_claims", self.required_claims, _CLAIMS, empty_values=False)
        check_unique("capabilities", self.capabilities or ())
        self._session_minutes()

    def _session_minutes(self) -> int:
        minutes = whole_minutes("session_duration", self.session_duration, 1, _SESSION_MINUTES)
        return _DEFAULT_SESSION_MINUTES if minutes is None else minutes

    def _render(self) -> dict[str, object]:
        """The role, as the function reads it."""
        return given(
            capabilities=list(self.capabilities or ()),
            session=self._session_minutes(),
            attributes=self.attributes,
            claims=self.required_claims,
        )
