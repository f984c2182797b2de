"""The chat_with_tokens example: tokens that a backend asks for, and the end of a connection."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.examples.token_examples import Example, Moderation
from tests.token_functions.handler_parts import (
    OTHER_ROOM,
    ROOM,
    Ivs,
    body_of,
    by_iam,
    by_jwt,
    by_url,
    refusal_of,
)

if TYPE_CHECKING:
    from pathlib import Path

NAME = "chat_with_tokens"


@pytest.fixture
def example(ivs: Ivs, tmp_path: Path) -> Example:
    """The example."""
    assert ivs.calls == []
    return Example(NAME, {"AWS::IVSChat::Room": ROOM}, tmp_path)


def test_tokens_are_those_of_the_role(example: Example, ivs: Ivs) -> None:
    """
    IVS is asked for what the role has, for the user that the backend names.
    """
    answers = example.ask(
        by_iam({"user_id": "alice", "role": "member"}),
        by_iam({"user_id": "bob", "role": "moderator"}),
    )
    assert body_of(answers[0])["token"] == "AQICAHexample-of-a-chat-token"
    assert [answer["headers"]["cache-control"] for answer in answers] == ["no-store"] * 2
    rights = ["DELETE_MESSAGE", "DISCONNECT_USER", "SEND_MESSAGE"]
    assert ivs.calls == [
        (
            "CreateChatToken",
            {
                "roomIdentifier": ROOM,
                "userId": user,
                "capabilities": capabilities,
                "sessionDurationInMinutes": 60,
                "attributes": {"role": role},
            },
        )
        for user, role, capabilities in (
            ("alice", "member", ["SEND_MESSAGE"]),
            ("bob", "moderator", rights),
        )
    ]
    assert "AQICAH" not in example.deployment.log
    assert "alice" not in example.deployment.log


def test_only_the_backend_says_who_gets_a_token(example: Example, ivs: Ivs) -> None:
    """
    A name is taken from nobody that IAM did not authorize; another room, no role and no name are
    refused.
    """
    refused = example.ask(
        by_url({"user_id": "alice", "role": "member"}),
        by_jwt({"user_id": "alice", "role": "member"}),
        by_iam({"user_id": "alice", "role": "member", "room_arn": OTHER_ROOM}),
        by_iam({"user_id": "alice", "role": "owner"}),
        by_iam({"user_id": "alice"}),
        by_iam({"role": "member"}),
    )
    assert [refusal_of(answer)[0] for answer in refused] == [403, 403, 403, 403, 400, 400]
    assert ivs.calls == []


def test_url_takes_signed_requests_of_the_backend(example: Example) -> None:
    """
    The URL needs IAM authorization, and the backend may invoke the function by it only.
    """
    assert example.properties("AWS::Lambda::Url")["AuthType"] == "AWS_IAM"
    (_, *statements) = sorted(
        example.properties("AWS::IAM::Policy", "Backend")["PolicyDocument"]["Statement"],
        key=lambda statement: "Condition" in statement,
    )
    actions = {statement["Action"]: statement["Condition"] for statement in statements}
    assert actions == {
        "lambda:InvokeFunction": {"Bool": {"lambda:InvokedViaFunctionUrl": True}},
        "lambda:InvokeFunctionUrl": {"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}},
    }


class TestModerator:
    @pytest.fixture
    def moderation(self) -> Moderation:
        """What the script calls, with the permissions of the backend."""
        values = {"Room.Arn": ROOM, "TokensFunction.Arn": "*"}
        return Moderation(NAME, "Backend", values)

    def test_disconnects_a_user(self, moderation: Moderation) -> None:
        """
        All connections of a user end.
        """
        moderation.run(ROOM, "alice")
        expected = {
            "roomIdentifier": ROOM,
            "userId": "alice",
            "reason": "removed by a moderator",
        }
        assert moderation.calls == [("DisconnectUser", expected)]

    def test_disconnects_nobody_from_another_room(self, moderation: Moderation) -> None:
        """
        The role is denied the call for another room.
        """
        with pytest.raises(subprocess.CalledProcessError) as caught:
            moderation.run(OTHER_ROOM, "alice")
        assert "AccessDeniedException" in caught.value.stderr
        assert moderation.calls == []
