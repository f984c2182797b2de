"""The API of IVS and the clock, for tests of the handler."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cdk_ivs._base.custom_resource import handler
from tests.support.clock import Clock
from tests.support.service import (
    CHANNEL,
    CONSOLE,
    NEW,
    OLD,
    OTHER,
    ROOM,
    STAGE,
    Channel,
    Service,
    serve,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The handler's clock."""
    clock = Clock()
    monkeypatch.setattr(handler, "time", clock)
    return clock


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The API of IVS, with two channels that are offline."""
    service = Service(
        channels={CHANNEL: Channel(), OTHER: Channel()},
        attachable={OLD, NEW, CONSOLE},
        rooms={ROOM: 10},
        stages={
            STAGE: {"events": "wss://e", "rtmp": "rtmp://r", "rtmps": "rtmps://r", "whip": "w"}
        },
    )
    with serve(service.answer) as port:
        for name in ("IVS", "IVSCHAT", "IVS_REALTIME"):
            monkeypatch.setenv(f"AWS_ENDPOINT_URL_{name}", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        yield service
