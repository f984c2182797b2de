"""End the sessions of a viewer, as a moderator does."""

import hashlib
import sys

import boto3

VIEWER_ID_LENGTH = 40


def viewer_id_of(user: str) -> str:
    """The viewer ID in the tokens of a user, which ``hashed=True`` computes from ``sub``."""
    return hashlib.sha256(user.encode()).hexdigest()[:VIEWER_ID_LENGTH]


def end_sessions(channel_arn: str, user: str, version: int = 0) -> None:
    """End the sessions of a user that have this version or an older one."""
    boto3.client("ivs").start_viewer_session_revocation(
        channelArn=channel_arn,
        viewerId=viewer_id_of(user),
        viewerSessionVersionsLessThanOrEqualTo=version,
    )


if __name__ == "__main__":
    channel, subject, *versions = sys.argv[1:]
    end_sessions(channel, subject, *map(int, versions))
