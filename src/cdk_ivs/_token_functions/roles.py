"""Roles: what tokens can contain, for callers to choose among."""

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
# The limit of IVS for tokens with a viewer id or for a single use.
_VIEWER_SECONDS = 10 * _MINUTE
# IVS has no limit for other playback tokens. ivs_tokens refuses longer lifetimes.
_PLAYBACK_SECONDS = 10**9 - 1
_DEFAULT_PLAYBACK_SECONDS = 5 * _MINUTE
_PARTICIPANT_SECONDS = 14 * 24 * 60 * _MINUTE
_DEFAULT_PARTICIPANT_SECONDS = 12 * 60 * _MINUTE
_SESSION_MINUTES = 180
_DEFAULT_SESSION_MINUTES = 60
_ATTRIBUTES = 1024
# The limit of the function.
_CLAIMS = 1000


class ChatCapability(enum.StrEnum):
    """What a user of a chat room can do, beside reading."""

    DELETE_MESSAGE = "DELETE_MESSAGE"
    """Delete messages of all users."""

    DISCONNECT_USER = "DISCONNECT_USER"
    """Disconnect other users."""

    SEND_MESSAGE = "SEND_MESSAGE"
    """Send messages."""


class _Role(Options):
    """
    What the roles of all kinds have in common.

    Each is checked again when a function takes it. What it holds can be changed until then, and a
    restriction that is gone would let everybody in.
    """

    def _hold_texts(self, keyword: str, most: int, *, empty: bool = True) -> None:
        """Check texts by text, and hold a copy of them."""
        texts: Mapping[str, str] | None = getattr(self, keyword)
        if texts is not None:
            texts = dict(texts)
            check_texts(keyword, texts, most, empty=empty)
            object.__setattr__(self, keyword, texts)


@dataclass(frozen=True, kw_only=True)
class PlaybackRole(_Role):
    """
    A role for playback tokens.

    Args:
        maximum_lifetime: The longest time in which a token can start playback: at least 1 second,
            and at most 10 minutes with a viewer id or ``single_use``. Callers can ask for less.
            Default: the ``maximum_lifetime`` of the function.

        maximum_resolution: The highest resolution. Default: no limit.

        required_claims: The claims that a caller must have, with their values. If a claim is a
            list, one of its values must be the same. Only for TokenIdentity.authorizer_claim().
            Default: none, so that every caller can choose the role.

        single_use: Whether a token can start playback only once. Default: False.

        with_viewer_id: Whether tokens contain the identity of the caller, of at most 40 characters.
            The viewer can read it. You need it to revoke the sessions of a viewer. Without it and
            without ``single_use``, all callers of the role get the same token, which the function
            caches for half of its lifetime. Default: True, or False if the function is anonymous.

    Raises:
        ValidationError: If IVS would refuse an argument.
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
        self._hold_texts("required_claims", _CLAIMS, empty=False)

    def _lifetime(self, lifetime: Duration | None, *, viewer: bool) -> int:
        seconds = whole_seconds("maximum_lifetime", lifetime, 1, _PLAYBACK_SECONDS)
        if (viewer or self.single_use) and seconds is not None and seconds > _VIEWER_SECONDS:
            raise ValidationError(
                f"'maximum_lifetime' must be at most {_VIEWER_SECONDS} seconds with a viewer ID "
                f"or 'single_use', got {safe_repr(seconds)} seconds; shorten it, or set "
                "'with_viewer_id' and 'single_use' to False",
                code="DurationRange",
            )
        return _DEFAULT_PLAYBACK_SECONDS if seconds is None else seconds

    def _render(
        self, function_lifetime: Duration | None, *, has_identity: bool
    ) -> dict[str, object]:
        """Write the role in the form that the function reads, with the defaults of the function."""
        self.__post_init__()
        viewer = has_identity if self.with_viewer_id is None else self.with_viewer_id
        if viewer and not has_identity:
            raise ValidationError(
                "'with_viewer_id' must be False without an identity, got True; give the "
                "function an 'identity', for example TokenIdentity.authorizer_claim('sub')",
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
class ParticipantRole(_Role):
    """
    A role for participant tokens.

    Args:
        allow_publish: Whether the participant can send audio and video.

        allow_subscribe: Whether the participant can receive the audio and video of others.

        attributes: Texts of at most 1 KB in all, which all participants see. Default: none.

        maximum_lifetime: The longest time in which the participant can join with a token: 1 second
            to 14 days. Callers can ask for less. Default: 12 hours.

        required_claims: The claims that a caller must have, with their values. If a claim is a
            list, one of its values must be the same. Only for TokenIdentity.authorizer_claim().
            Default: none, so that every caller can choose the role.

    Raises:
        ValidationError: If IVS would refuse an argument.
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
        self._hold_texts("attributes", _ATTRIBUTES)
        self._hold_texts("required_claims", _CLAIMS, empty=False)

    def _lifetime(self) -> int:
        seconds = whole_seconds("maximum_lifetime", self.maximum_lifetime, 1, _PARTICIPANT_SECONDS)
        return _DEFAULT_PARTICIPANT_SECONDS if seconds is None else seconds

    def _render(self) -> dict[str, object]:
        """Write the role in the form that the function reads."""
        self.__post_init__()
        return given(
            lifetime=self._lifetime(),
            publish=self.allow_publish,
            subscribe=self.allow_subscribe,
            attributes=self.attributes,
            claims=self.required_claims,
        )


@dataclass(frozen=True, kw_only=True)
class ChatRole(_Role):
    """
    A role for chat tokens.

    Args:
        attributes: Texts of at most 1 KB in all, which everybody in the room sees with the
            messages of the user. Default: none.

        capabilities: What the user can do, beside reading. Default: nothing.

        required_claims: The claims that a caller must have, with their values. If a claim is a
            list, one of its values must be the same. Only for TokenIdentity.authorizer_claim().
            Default: none, so that every caller can choose the role.

        session_duration: How long the user stays connected with a token: 1 to 180 whole minutes.
            Default: 60 minutes.

    Raises:
        ValidationError: If IVS would refuse an argument.
    """

    attributes: Mapping[str, str] | None = None
    capabilities: Sequence[ChatCapability] | None = None
    required_claims: Mapping[str, str] | None = None
    session_duration: Duration | None = None

    def __post_init__(self) -> None:
        """Check the arguments."""
        super().__post_init__()
        self._hold_texts("attributes", _ATTRIBUTES)
        self._hold_texts("required_claims", _CLAIMS, empty=False)
        check_unique("capabilities", self.capabilities or ())
        self._session_minutes()

    def _session_minutes(self) -> int:
        minutes = whole_minutes("session_duration", self.session_duration, 1, _SESSION_MINUTES)
        return _DEFAULT_SESSION_MINUTES if minutes is None else minutes

    def _render(self) -> dict[str, object]:
        """Write the role in the form that the function reads."""
        self.__post_init__()
        return given(
            capabilities=list(self.capabilities or ()),
            session=self._session_minutes(),
            attributes=self.attributes,
            claims=self.required_claims,
        )
