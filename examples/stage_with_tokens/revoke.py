"""Remove a participant from the stage, or revoke a connection token, as a moderator does."""

import sys
from collections.abc import Callable

import boto3


def disconnect_participant(stage_arn: str, participant_id: str) -> None:
    """Disconnect a participant, by the ID that came with the token."""
    boto3.client("ivs-realtime").disconnect_participant(
        stageArn=stage_arn, participantId=participant_id, reason="removed by a moderator"
    )


def revoke_connection_token(token_id: str) -> None:
    """Revoke a connection token, which disconnects the client that uses it."""
    boto3.client("ivs-realtime").revoke_connection_token(tokenId=token_id)


COMMANDS: dict[str, Callable[..., None]] = {
    "connection": revoke_connection_token,
    "participant": disconnect_participant,
}

if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    COMMANDS[command](*arguments)
