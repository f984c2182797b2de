"""Tokens of chat rooms, which the function asks IVS for."""

from __future__ import annotations

import pytest

from cdk_ivs._token_functions.cdk_ivs_token_handler.errors import TokenRequestError
from tests.support.arns import arn
from tests.token_functions.handler_parts import (
    CHAT,
    JANE,
    NOW,
    OTHER_ROOM,
    ROOM,
    Function,
    Ivs,
    Logs,
)

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once


class TestChat:
    def test_asks_for_what_the_role_says(self, function: Function, ivs: Ivs, logs: Logs) -> None:
        """
        IVS is asked for a token of the room, with the capabilities, the session and the attributes
        of the role, and says when both end.
        """
        roles = {
            "moderator": {
                "capabilities": ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"],
                "session": 180,
                "attributes": {"badge": "moderator"},
            },
            "reader": {"capabilities": [], "session": 1},
        }
        function.deploy(CHAT, roles=roles)
        assert function({**JANE, "role": "moderator"}) == {
            "token": "AQICAHexample-of-a-chat-token",
            "expires_at": NOW + 60,
            "session_expires_at": NOW + 180 * 60,
        }
        assert function({**JANE, "role": "reader"})["session_expires_at"] == NOW + 60
        assert ivs.calls == [
            (
                "CreateChatToken",
                {
                    "roomIdentifier": ROOM,
                    "userId": "jane",
                    "capabilities": ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"],
                    "sessionDurationInMinutes": 180,
                    "attributes": {"badge": "moderator"},
                },
            ),
            (
                "CreateChatToken",
                {
                    "roomIdentifier": ROOM,
                    "userId": "jane",
                    "capabilities": [],
                    "sessionDurationInMinutes": 1,
                },
            ),
        ]

    def test_is_for_the_room_that_is_chosen(self, function: Function, ivs: Ivs) -> None:
        """
        With several rooms, the event chooses one of them.
        """
        function.deploy(CHAT, resources=[ROOM, OTHER_ROOM])
        function({**JANE, "room_arn": OTHER_ROOM})
        assert ivs.calls[0][1]["roomIdentifier"] == OTHER_ROOM
        with pytest.raises(
            TokenRequestError, match=r"^403: 'room_arn' must be one of those of this"
        ):
            function({**JANE, "room_arn": arn("room/UvWxyz5A6bcd", service="ivschat")})
