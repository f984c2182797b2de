"""The API of IVS and the clock, for tests of the handler."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aws_cdk import App, Stack

import cdk_ivs as ivs
from cdk_ivs._services.custom_resource.cdk_ivs_handler import api, handler, resources, streams
from tests.services.custom_resource.slates import slate_of
from tests.support.clock import Clock
from tests.support.cloudformation import by_framework, directly
from tests.support.oracles import resources_of
from tests.support.service import (
    CHANNEL,
    CONSOLE,
    NEW,
    NOT_RECORDED,
    OLD,
    OTHER,
    ROOM,
    STAGE,
    STORAGE,
    Channel,
    Service,
    serve,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cloudformation import CustomResource, Engine


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The handler's clock."""
    clock = Clock()
    for module in (api, handler, resources, streams):
        monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def longest_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The bounds of the pauses that were drawn, each of which is as long as it can be."""
    bounds: list[float] = []

    class Random:
        @staticmethod
        def uniform(low: float, high: float) -> float:
            assert low == 0
            bounds.append(high)
            return high

    monkeypatch.setattr(api, "random", Random)
    return bounds


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The API of IVS, with two channels that are offline and a stage that is recorded."""
    service = Service(
        channels={CHANNEL: Channel(), OTHER: Channel()},
        attachable={OLD, NEW, CONSOLE},
        rooms={ROOM: 10},
        stages={
            STAGE: {"events": "wss://e", "rtmp": "rtmp://r", "rtmps": "rtmps://r", "whip": "w"}
        },
        recordings={STAGE: {**NOT_RECORDED, "storageConfigurationArn": STORAGE}},
    )
    with serve(service.answer) as port:
        for name in ("IVS", "IVSCHAT", "IVS_REALTIME"):
            monkeypatch.setenv(f"AWS_ENDPOINT_URL_{name}", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        yield service


@pytest.fixture(scope="session")
def framework(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The provider framework, as the library deploys it."""
    app = App(outdir=str(tmp_path_factory.mktemp("cdk.out")), analytics_reporting=False)
    stack = Stack(app, "Stack")
    _ = ivs.Channel(stack, "Channel").srt_endpoint
    (code,) = (
        function["Properties"]["Code"]
        for function in resources_of(stack, "AWS::Lambda::Function").values()
        if function["Properties"]["Handler"] == "framework.onEvent"
    )
    with by_framework(Path(app.outdir, f"asset.{code['S3Key'].removesuffix('.zip')}")) as engine:
        yield engine


# Directly, nothing of aws-cdk-lib takes part.
@pytest.fixture(params=[pytest.param("directly", marks=pytest.mark.once), "by the framework"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """What is between CloudFormation and the handler."""
    if request.param == "directly":
        return directly
    engine: Engine = request.getfixturevalue("framework")
    return engine


@pytest.fixture
def slate(engine: Engine, service: Service) -> CustomResource:
    """A failover slate, which is not created yet."""
    return slate_of(engine)
