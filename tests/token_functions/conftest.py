"""Fixtures for the code of the token functions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import botocore.endpoint
import pytest

from cdk_ivs._token_functions.cdk_ivs_token_handler import handler, minters
from tests.ivs_tokens.conftest import kms
from tests.support.service import serve
from tests.token_functions.handler_parts import NOW, Function, Ivs, Logs, UnixClock

__all__ = ["clock", "function", "ivs", "kms", "logs", "no_pauses"]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Botocore tries again at once."""
    monkeypatch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=lambda _seconds: None))


@pytest.fixture
def ivs(kms: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ivs]:
    """IVS and its chat on this machine, which every client of boto3 reaches."""
    ivs = Ivs()
    with serve(ivs.answer) as port:
        for name in ("IVSCHAT", "IVS_REALTIME"):
            monkeypatch.setenv(f"AWS_ENDPOINT_URL_{name}", f"http://127.0.0.1:{port}")
        yield ivs


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> UnixClock:
    """The clock of the function."""
    clock = UnixClock(NOW)
    monkeypatch.setattr(minters, "time", clock)
    return clock


@pytest.fixture
def function(monkeypatch: pytest.MonkeyPatch) -> Iterator[Function]:
    """A function, which is given its configuration with the first event."""

    def deployed(configuration: dict[str, Any] | str) -> None:
        text = configuration if isinstance(configuration, str) else json.dumps(configuration)
        monkeypatch.setenv("CDK_IVS_TOKENS", text)
        handler._minter.cache_clear()

    yield Function(deployed)
    handler._minter.cache_clear()


@pytest.fixture
def logs(capsys: pytest.CaptureFixture[str]) -> Logs:
    """The lines of the function's log since they were read last."""
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]
