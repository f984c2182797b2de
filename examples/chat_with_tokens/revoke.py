"""Disconnect a user from the room, as a backend does for a moderator."""

import sys

import boto3


def disconnect_user(room_arn: str, user_id: str) -> None:
    """End all connections of a user, who can connect again with another token."""
    boto3.client("ivschat").disconnect_user(
        roomIdentifier=room_arn, userId=user_id, reason="removed by a moderator"
    )


if __name__ == "__main__":
    disconnect_user(*sys.argv[1:])
