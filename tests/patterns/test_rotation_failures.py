"""What is left of a stream key when calls of a rotation fail, one after another."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cdk_ivs.patterns._idle_guard import rotation_handler
from tests.patterns.rotation_service import Ivs, Secrets, error_of, rotate
from tests.support.events import CHANNEL

LAST_CALL = 14


class Failing:
    """
    A client whose calls are counted with those of others, and fail from one on.

    Attributes:
        log: The names of the calls of all clients.
    """

    def __init__(
        self, client: Any, log: list[str], first: int, last: int, *, takes_effect: bool
    ) -> None:
        self._client, self.log = client, log
        self._failing = range(first, last)
        self._takes_effect = takes_effect

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """A call, which may fail before or after it takes effect."""

        def call(**given: Any) -> Any:
            self.log.append(name)
            fails = len(self.log) - 1 in self._failing
            if fails and not self._takes_effect:
                raise error_of("InternalServerException")
            answer = getattr(self._client, name)(**given)
            if fails:
                raise error_of("InternalServerException")
            return answer

        return call


@pytest.mark.parametrize("quota", [1, 2])
@pytest.mark.parametrize("takes_effect", [True, False], ids=["done", "not done"])
@pytest.mark.parametrize("length", [1, 6, 100], ids=["once", "for a minute", "from there on"])
@pytest.mark.parametrize("first", range(LAST_CALL))
def test_next_attempt_mends_whatever_failed(
    monkeypatch: pytest.MonkeyPatch, first: int, length: int, takes_effect: bool, quota: int
) -> None:
    """
    Wherever a rotation fails, the next one ends with one key, which is the one in the secret.
    """
    service, secrets, log = Ivs(quota), Secrets(), []  # type: ignore[var-annotated] # names
    monkeypatch.setenv("CHANNEL_ARN", CHANNEL)
    monkeypatch.setenv("TAG_VALUE", "tag")
    monkeypatch.setattr(rotation_handler, "time", SimpleNamespace(sleep=lambda _: None))
    clients: dict[str, Any] = {"ivs": service, "secretsmanager": secrets}
    client_of = SimpleNamespace(client=lambda name: clients[name])
    monkeypatch.setattr(rotation_handler, "boto3", client_of)
    rotate("one")
    clients |= {
        name: Failing(client, log, first, first + length, takes_effect=takes_effect)
        for name, client in clients.items()
    }
    before = secrets.current
    try:
        rotate("two")
    except (ClientError, rotation_handler.RotationError):
        # Without a key there was an attempt to create one after the old one was deleted.
        assert service.values() or log[-1] in {"create_stream_key", "delete_stream_key"}
        assert before in service.values() or "delete_stream_key" in log
    clients |= {"ivs": service, "secretsmanager": secrets}
    for version in ("two", "three"):
        try:
            rotate(version)
        except rotation_handler.RotationError:
            continue
        break
    assert service.values() == [secrets.current]


def test_key_that_is_streamed_with_is_kept_while_live(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A key of a failed attempt takes the place of the current one when the stream is over.
    """
    service, secrets = Ivs(2), Secrets()
    clients: dict[str, Any] = {"ivs": service, "secretsmanager": secrets}
    monkeypatch.setenv("CHANNEL_ARN", CHANNEL)
    monkeypatch.setenv("TAG_VALUE", "tag")
    client_of = SimpleNamespace(client=lambda name: clients[name])
    monkeypatch.setattr(rotation_handler, "boto3", client_of)
    rotate("one")
    service.do_create_stream_key(CHANNEL, {rotation_handler.TAG: "tag"})
    service.live = True
    with pytest.raises(rotation_handler.RotationError, match="the channel is live"):
        rotate("two")
    assert (service.values(), secrets.current) == (["sk_1", "sk_2"], "sk_1")
    service.live = False
    rotate("two")
    assert service.values() == [secrets.current] == ["sk_2"]
