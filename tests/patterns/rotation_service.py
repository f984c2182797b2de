"""A channel with its keys and a secret with its versions, for the function that rotates them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from cdk_ivs.patterns._idle_guard import rotation_handler
from tests.support.events import CHANNEL

PLACEHOLDER = "what Secrets Manager generated"


class Ivs:
    """A channel and its keys, as IVS has them."""

    def __init__(self, quota: int = 1) -> None:
        self.keys: dict[str, dict[str, Any]] = {}
        self.live = False
        self.quota = quota
        self.created = 0
        self.calls: list[str] = []
        self.errors: dict[str, list[str]] = {}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """A call, which fails if it was told so."""
        method = object.__getattribute__(self, f"do_{name}")

        def call(**given: Any) -> Any:
            self.calls.append(name)
            code = self.errors[name].pop(0) if self.errors.get(name) else None
            if code:
                raise error_of(code)
            return method(**given)

        return call

    def do_list_stream_keys(self, channelArn: str) -> Any:  # noqa: N803 - the API's
        """The keys without their values."""
        assert channelArn == CHANNEL
        keys = [
            {"arn": arn, **{name: key[name] for name in key if name == "tags"}}
            for arn, key in self.keys.items()
        ]
        return {"streamKeys": keys}

    def do_get_stream_key(self, arn: str) -> Any:
        """A key with its value."""
        return {"streamKey": {"arn": arn, **self.keys[arn]}}

    def do_create_stream_key(self, channelArn: str, tags: dict[str, str]) -> Any:  # noqa: N803 - the API's
        """A new key, if there is room."""
        assert channelArn == CHANNEL
        if len(self.keys) >= self.quota:
            raise error_of("ServiceQuotaExceededException")
        self.created += 1
        key = {"value": f"sk_{self.created}", "tags": tags}
        self.keys[f"arn:{self.created}"] = key
        return {"streamKey": {"arn": f"arn:{self.created}", **key}}

    def do_delete_stream_key(self, arn: str) -> None:
        """A key is gone."""
        del self.keys[arn]

    def do_get_stream(self, channelArn: str) -> Any:  # noqa: N803 - the API's
        """The stream, if there is one."""
        assert channelArn == CHANNEL
        if not self.live:
            raise error_of("ChannelNotBroadcasting")
        return {"stream": {}}

    def values(self) -> list[str]:
        """The values of the keys."""
        return [key["value"] for key in self.keys.values()]


class Secrets:
    """A secret and its versions, as Secrets Manager has them."""

    def __init__(self) -> None:
        self.values = {"first": PLACEHOLDER}
        self.stages = {"AWSCURRENT": "first"}
        self.get_errors: list[str] = []
        self.put_errors: list[str] = []

    def get_secret_value(
        self,
        SecretId: str,  # noqa: N803 - the API's
        VersionStage: str,  # noqa: N803 - the API's
        VersionId: str | None = None,  # noqa: N803 - the API's
    ) -> Any:
        """A version."""
        assert SecretId == "secret"
        if self.get_errors:
            raise error_of(self.get_errors.pop())
        version = self.stages.get(VersionStage)
        if version is None or VersionId not in {None, version}:
            raise error_of("ResourceNotFoundException")
        return {"SecretString": self.values[version]}

    def put_secret_value(
        self,
        SecretId: str,  # noqa: N803 - the API's
        ClientRequestToken: str,  # noqa: N803 - the API's
        SecretString: str,  # noqa: N803 - the API's
        VersionStages: list[str],  # noqa: N803 - the API's
    ) -> None:
        """A new version."""
        assert SecretId == "secret"
        if self.put_errors:
            raise error_of(self.put_errors.pop())
        (stage,) = VersionStages
        self.values[ClientRequestToken] = SecretString
        self.stages[stage] = ClientRequestToken

    def describe_secret(self, SecretId: str) -> Any:  # noqa: N803 - the API's
        """The versions."""
        assert SecretId == "secret"
        versions: dict[str, list[str]] = {}
        for stage, version in self.stages.items():
            versions.setdefault(version, []).append(stage)
        return {"VersionIdsToStages": versions}

    def update_secret_version_stage(
        self,
        SecretId: str,  # noqa: N803 - the API's
        VersionStage: str,  # noqa: N803 - the API's
        MoveToVersionId: str,  # noqa: N803 - the API's
        RemoveFromVersionId: str,  # noqa: N803 - the API's
    ) -> None:
        """Another version is current."""
        assert SecretId == "secret"
        assert self.stages[VersionStage] == RemoveFromVersionId
        self.stages[VersionStage] = MoveToVersionId

    @property
    def current(self) -> str:
        """What readers of the secret get."""
        return self.values[self.stages["AWSCURRENT"]]


def error_of(code: str) -> ClientError:
    """An error of an API."""
    return ClientError({"Error": {"Code": code, "Message": "as the test says"}}, "Call")


def rotate(version: str) -> None:
    """All steps of a rotation, as Secrets Manager calls them."""
    for step in ("createSecret", "setSecret", "testSecret", "finishSecret"):
        event = {"Step": step, "SecretId": "secret", "ClientRequestToken": version}
        rotation_handler.handler(event, None)
