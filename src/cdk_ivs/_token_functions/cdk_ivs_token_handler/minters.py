"""Create the tokens of each kind."""

from __future__ import annotations

import abc
import os
import time

from ivs_tokens import KmsSigner, TokenError, participant_token, playback_token
from ivs_tokens._checks import check_text
from ivs_tokens._claims import PARTICIPANT as PARTICIPANT_RULES
from ivs_tokens._claims import PLAYBACK as PLAYBACK_RULES
from ivs_tokens._claims import VIEWER
from ivs_tokens._lifetimes import PARTICIPANT_SECONDS

from .aws import called, client_of
from .choices import Choice
from .configuration import CHAT, PARTICIPANT, PLAYBACK
from .errors import BUSY, TokenRequestError, bad_input, failed
from .events import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .configuration import Configuration

CACHED_TOKENS = 1000
ENDPOINT_SECONDS = 60 * 60
# The guide allows keeping endpoints for as long as a participant token can be valid.
KEPT_SECONDS = PARTICIPANT_SECONDS
# While IVS does not answer, only one request in this time waits for it.
PAUSE_SECONDS = 60

_CHAT_USER_ID = 128


class Minter(abc.ABC):
    """
    Creates the tokens of one kind.

    Args:
        configuration: The configuration of the function.
    """

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self._clients: dict[tuple[str, str], Any] = {}

    def answer(self, event: object, line: dict[str, object]) -> dict[str, object]:
        """
        Answer an event.

        Args:
            event: The event.
            line: The line of the log. The method adds what it learns.

        Raises:
            TokenRequestError: If the event gets no token.
        """
        request = Request(event, self.configuration.fields)
        choice = Choice(request, self.configuration, line)
        try:
            return self._token(choice, int(time.time()), line)
        # The identity was checked before, so the error is about the configuration.
        except TokenError as error:
            raise failed(str(error), "configuration") from None

    @abc.abstractmethod
    def _token(self, choice: Choice, now: int, line: dict[str, object]) -> dict[str, object]:
        """Create a token, and return the fields of the response."""

    def _checked(self, choice: Choice, check: Callable[..., object], *options: object) -> str:
        """Check the identity against the rules of a claim, and return it."""
        try:
            check(self.configuration.identity.name, choice.identity, *options)
        except TokenError as error:
            raise bad_input(
                f"{error.message}; the function can be deployed with hashed=True"
            ) from None
        return choice.identity

    def _client(self, service: str, arn: str) -> Any:  # noqa: ANN401 - boto3 has no types
        place = service, arn.split(":")[3]
        if place not in self._clients:
            self._clients[place] = client_of(service, arn)
        return self._clients[place]

    def _signed(self, make: Callable[[KmsSigner], str]) -> str:
        """Sign a token with one call of KMS."""
        key = self.configuration.key
        token: str = called("kms:Sign", lambda: make(KmsSigner(key, self._client("kms", key))))
        return token


class PlaybackMinter(Minter):
    """Creates playback tokens. Tokens that name no viewer are cached."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__(configuration)
        # The values are the token, and when it was issued.
        self._cache: dict[tuple[str, str, int], tuple[str, int]] = {}

    def _token(self, choice: Choice, now: int, line: dict[str, object]) -> dict[str, object]:
        role, lifetime = choice.role, choice.lifetime
        place = choice.resource, role.name, lifetime
        token, issued = self._cache.get(place, ("", now))
        # If the clock was set back, the token seems to be from the future.
        is_cached = bool(token) and issued <= now < issued + lifetime / 2
        line["cached"] = is_cached
        if not is_cached:
            token, issued = self._new(choice, now), now
            if not role.viewer and not role.single_use:
                self._keep(place, (token, issued))
        return {"token": token, "expires_at": issued + lifetime}

    def _new(self, choice: Choice, now: int) -> str:
        role, configuration = choice.role, self.configuration
        check, *options = PLAYBACK_RULES.each[VIEWER]
        viewer_id = self._checked(choice, check, *options) if role.viewer else None
        return self._signed(
            lambda signer: playback_token(
                signer,
                channel_arn=choice.resource,
                expires_in=choice.lifetime,
                allowed_origins=configuration.origins,
                strict_origin_enforcement=configuration.strict,
                single_use=role.single_use,
                viewer_id=viewer_id,
                maximum_resolution=role.resolution,
                now=now,
            )
        )

    def _keep(self, place: tuple[str, str, int], entry: tuple[str, int]) -> None:
        self._cache.pop(place, None)
        # Callers choose the lifetime, and could fill the memory with a token for each.
        if len(self._cache) >= CACHED_TOKENS:
            del self._cache[next(iter(self._cache))]
        self._cache[place] = entry


class ParticipantMinter(Minter):
    """Creates participant tokens, with the endpoints of the stage from IVS."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__(configuration)
        # The values are the endpoints for events and WHIP, the time of the answer of IVS, and the
        # time of the next call.
        self._endpoints: dict[str, tuple[str, str, int, int]] = {}

    def _token(self, choice: Choice, now: int, line: dict[str, object]) -> dict[str, object]:
        check, *options = PARTICIPANT_RULES.each["user_id"]
        user_id = self._checked(choice, check, *options)
        role = choice.role
        events_url, whip_url = self._endpoints_of(choice.resource, now, line)
        participant_id = os.urandom(16).hex()
        token = self._signed(
            lambda signer: participant_token(
                signer,
                public_key_arn=self.configuration.public_key,
                stage_arn=choice.resource,
                events_url=events_url,
                whip_url=whip_url,
                participant_id=participant_id,
                expires_in=choice.lifetime,
                allow_publish=role.publish,
                allow_subscribe=role.subscribe,
                user_id=user_id,
                attributes=role.attributes,
                now=now,
            )
        )
        return {
            "token": token,
            "expires_at": now + choice.lifetime,
            "participant_id": participant_id,
            "stage_arn": choice.resource,
        }

    def _endpoints_of(self, stage: str, now: int, line: dict[str, object]) -> tuple[str, str]:
        events, whip, known, again = self._endpoints.get(stage, ("", "", now, now))
        line["endpoints"] = "kept"
        if known <= now < again:
            return events, whip
        try:
            answer = called(
                "ivs:GetStage",
                lambda: self._client("ivs-realtime", stage).get_stage(arn=stage),
            )
        except TokenRequestError as error:
            # The error is not about the stage, so the known endpoints are still valid.
            if error.status != BUSY or not events or not known <= now < known + KEPT_SECONDS:
                raise
            line["endpoints"] = "stale"
            self._endpoints[stage] = events, whip, known, now + PAUSE_SECONDS
            return events, whip
        line["endpoints"] = "asked"
        found = answer["stage"].get("endpoints", {})
        events, whip = found.get("events", ""), found.get("whip", "")
        if not events or not whip:
            raise failed(f"ivs:GetStage returned no endpoints of {stage}")
        self._endpoints[stage] = events, whip, now, now + ENDPOINT_SECONDS
        return events, whip


class ChatMinter(Minter):
    """Returns chat tokens, which IVS creates."""

    def _token(self, choice: Choice, _now: int, _line: dict[str, object]) -> dict[str, object]:
        role = choice.role
        parameters = {
            "roomIdentifier": choice.resource,
            "userId": self._checked(choice, check_text, 1, _CHAT_USER_ID),
            "capabilities": role.capabilities,
            "sessionDurationInMinutes": role.session,
        }
        if role.attributes:
            parameters["attributes"] = dict(role.attributes)
        answer = called(
            "ivschat:CreateChatToken",
            lambda: self._client("ivschat", choice.resource).create_chat_token(**parameters),
        )
        return {
            "token": answer["token"],
            "expires_at": int(answer["tokenExpirationTime"].timestamp()),
            "session_expires_at": int(answer["sessionExpirationTime"].timestamp()),
        }


MINTERS: dict[str, type[Minter]] = {
    PLAYBACK: PlaybackMinter,
    PARTICIPANT: ParticipantMinter,
    CHAT: ChatMinter,
}
