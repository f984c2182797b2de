"""Roles, which determine what tokens can contain."""

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
# The limit of IVS for tokens with a viewer ID or for a single use.
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
    """A permission of a user in a chat room, in addition to reading."""

    DELETE_MESSAGE = "DELETE_MESSAGE"
    """The permission to delete messages of all users."""

    DISCONNECT_USER = "DISCONNECT_USER"
    """The permission to disconnect other users."""

    SEND_MESSAGE = "SEND_MESSAGE"
    """The permission to send messages."""


class _Role(Options):
    """
    The common part of all roles.

    A function checks a role again when it takes it, because the content can change until then. A
    missing restriction would let everyone in.
    """

    def _hold_texts(self, keyword: str, most: int, *, empty: bool = True) -> None:
        """Check a mapping from texts to texts, and keep a copy of it."""
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
        maximum_lifetime: The longest time in which a token can start playback: 1 second to 10
            minutes with a viewer ID or `single_use`
            ([guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html)),
            and up to 999,999,999 seconds without, a limit of this library. Callers can ask for
            less. Default: the `maximum_lifetime` of the function.

        maximum_resolution: The highest resolution. Default: no limit.

        required_claims: The claims that a caller must have, with their values: up to 1,000 bytes in
            all, a limit of this library. If a claim is a list, one of its values must be equal. You
            can use it only with `TokenIdentity.authorizer_claim()`. Default: no claims, so every
            caller can choose the role.

        single_use: Whether a token can start playback only once. Default: False.

        with_viewer_id: Whether tokens contain the identity of the caller, of up to 40 characters
            ([guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html)).
            The viewer can read it. You need it to revoke the sessions of a viewer. Without it and
            without `single_use`, all callers of the role get the same token, which the function
            caches for half of its lifetime. Default: True, or False if the function is anonymous.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `DurationRange` if the lifetime is out of its range. `DurationUnit` if it
            is a token in another unit than seconds. `TextsSize` if texts have too many bytes.
            `EmptyClaims` if there is no required claim, or one is empty. `Encoding` if UTF-8 cannot
            encode a text.
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

        allow_subscribe: Whether the participant can receive the audio and video of others. A
            participant who can neither send nor receive only joins the stage: the API accepts a
            token without capabilities
            ([CreateParticipantToken](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateParticipantToken.html)).

        attributes: Texts that all participants can see: up to 1 KB in all
            ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html)).
            Default: no attributes.

        maximum_lifetime: The longest time in which the participant can join with a token: from 1
            second to 14 days
            ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html)).
            Callers can ask for less. Default: 12 hours.

        required_claims: The claims that a caller must have, with their values: up to 1,000 bytes in
            all, a limit of this library. If a claim is a list, one of its values must be equal. You
            can use it only with `TokenIdentity.authorizer_claim()`. Default: no claims, so every
            caller can choose the role.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `DurationRange` if the lifetime is out of its range. `DurationUnit` if it
            is a token in another unit than seconds. `TextsSize` if texts have too many bytes.
            `EmptyClaims` if there is no required claim, or one is empty. `Encoding` if UTF-8 cannot
            encode a text.
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
        attributes: Texts that everyone in the room can see with the messages of the user: up to 1
            KB in all
            ([CreateChatToken](https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/API_CreateChatToken.html)).
            Default: no attributes.

        capabilities: The permissions of the user, in addition to reading. Default: no permissions.

        required_claims: The claims that a caller must have, with their values: up to 1,000 bytes in
            all, a limit of this library. If a claim is a list, one of its values must be equal. You
            can use it only with `TokenIdentity.authorizer_claim()`. Default: no claims, so every
            caller can choose the role.

        session_duration: How long the user stays connected with a token: 1 to 180 whole minutes
            ([CreateChatToken](https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/API_CreateChatToken.html)).
            Default: 60 minutes.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `Duplicate` if a capability is given twice. `DurationRange` if the session
            is out of its range. `DurationUnit` if it is a token in another unit than minutes.
            `TextsSize` if texts have too many bytes. `EmptyClaims` if there is no required claim,
            or one is empty. `Encoding` if UTF-8 cannot encode a text.
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
