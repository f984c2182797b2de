"""
The function that rotates a stream key, as it runs in AWS Lambda.

It is copied into the asset of the function. It imports only Python, boto3 and botocore.

A channel has one stream key, and IVS chooses its value, so the old key is deleted before the new
one exists. Therefore, the function first tries everything that can fail. It asks IVS for a second
key while the channel has one. If the permission, the channel and the account are in order, IVS
refuses that only because of the quota. Only then does the function delete the old key. After a
failed attempt, the next one first stores the key of the channel in the secret.
"""

from __future__ import annotations

import os
import time
from typing import Any

import boto3
from botocore.exceptions import ClientError

TAG = "CdkIvsStreamKeyRotation"
TRIES = 6
_FULL = "ServiceQuotaExceededException"


class RotationError(Exception):
    """A rotation that was refused, without a change to the channel and the secret."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{message} [cdk-ivs:{code}]")


def handler(event: dict[str, str], _context: object) -> None:
    """Run one of the four steps of a rotation of Secrets Manager."""
    rotation = Rotation(boto3.client("ivs"), boto3.client("secretsmanager"), event)
    steps = {
        "createSecret": rotation.create,
        # IVS has the key since its creation.
        "setSecret": lambda: None,
        "testSecret": rotation.test,
        "finishSecret": rotation.finish,
    }
    steps[event["Step"]]()


class Rotation:
    """One rotation of the stream key of the channel."""

    def __init__(self, ivs: Any, secrets: Any, event: dict[str, str]) -> None:  # noqa: ANN401 - clients of boto3
        self._ivs, self._secrets = ivs, secrets
        self._secret, self._version = event["SecretId"], event["ClientRequestToken"]
        self._channel, self._tag = os.environ["CHANNEL_ARN"], os.environ["TAG_VALUE"]

    def create(self) -> None:
        """Store a new key in the pending version of the secret."""
        keys = self._keys()
        if not keys:
            self._put(self._create_key()["value"])
            return
        pending = self._value(VersionId=self._version, VersionStage="AWSPENDING")
        current = self._value(VersionStage="AWSCURRENT")
        if pending in keys or any(value != current for value in keys):
            self._keep(keys, pending, current)
            return
        self._refuse_while_live()
        (arn,) = keys.values()
        try:
            new = self._create_key()
        except ClientError as error:
            if error.response["Error"]["Code"] != _FULL:
                raise
        else:
            # If the quota allows several keys, the channel has one more for a moment.
            self._put(new["value"])
            self._ivs.delete_stream_key(arn=arn)
            return
        self._ivs.delete_stream_key(arn=arn)
        self._put(self._tried(self._create_key)["value"])

    def _keep(self, keys: dict[str, str], pending: str | None, current: str | None) -> None:
        """Continue with a key that an earlier attempt created, and delete all others."""
        kept = pending if pending in keys else next(value for value in keys if value != current)
        if current in keys and current != kept:
            self._refuse_while_live()
        if kept != pending:
            # The attempt failed before it stored the key.
            self._put(str(kept))
        for value, arn in keys.items():
            if value != kept:
                self._ivs.delete_stream_key(arn=arn)

    def test(self) -> None:
        """Compare the pending version with the key of the channel."""
        pending = self._value(VersionId=self._version, VersionStage="AWSPENDING")
        if [*self._keys()] != [pending]:
            raise RotationError(
                "RotationMismatch", "the channel and the secret have different keys; rotate again"
            )

    def finish(self) -> None:
        """Make the pending version the current one."""
        stages = self._secrets.describe_secret(SecretId=self._secret)["VersionIdsToStages"]
        (current,) = (version for version, names in stages.items() if "AWSCURRENT" in names)
        if current != self._version:
            self._secrets.update_secret_version_stage(
                SecretId=self._secret,
                VersionStage="AWSCURRENT",
                MoveToVersionId=self._version,
                RemoveFromVersionId=current,
            )

    def _keys(self) -> dict[str, str]:
        """Return the ARNs of the keys of the channel by value: one, or none after a failure."""
        keys = self._ivs.list_stream_keys(channelArn=self._channel)["streamKeys"]
        for key in keys:
            if key.get("tags", {}).get(TAG) != self._tag:
                raise RotationError(
                    "ForeignStreamKey",
                    f"the stream key {key['arn']} was not created by this rotation; delete it, "
                    f"or give it the tag {TAG} with the value {self._tag}",
                )
        arns: list[str] = [key["arn"] for key in keys]
        return {self._ivs.get_stream_key(arn=arn)["streamKey"]["value"]: arn for arn in arns}

    def _create_key(self) -> dict[str, str]:
        tags = {TAG: self._tag}
        created: dict[str, str] = self._ivs.create_stream_key(channelArn=self._channel, tags=tags)[
            "streamKey"
        ]
        return created

    def _refuse_while_live(self) -> None:
        try:
            self._ivs.get_stream(channelArn=self._channel)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ChannelNotBroadcasting":
                raise
            return
        raise RotationError(
            "RotationWhileLive",
            "the channel is live, and its encoder could not reconnect with the old key; the key "
            "is rotated after the stream ends",
        )

    def _put(self, value: str) -> None:
        self._tried(
            lambda: self._secrets.put_secret_value(
                SecretId=self._secret,
                ClientRequestToken=self._version,
                SecretString=value,
                VersionStages=["AWSPENDING"],
            )
        )

    def _tried(self, call: Any) -> Any:  # noqa: ANN401 - any answer
        """Retry a call for half a minute, because it must succeed after the old key is deleted."""
        for attempt in range(TRIES - 1):
            try:
                return call()
            except ClientError:
                time.sleep(2**attempt)
        return call()

    def _value(self, **version: str) -> str | None:
        try:
            found = self._secrets.get_secret_value(SecretId=self._secret, **version)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            return None
        value: str = found["SecretString"]
        return value
