"""What the tests of patterns share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_ivs as ivs
from tests.patterns.broadcasting import ENCODER, STORAGE
from tests.patterns.real_time_service import RealTimeService
from tests.support.events import CHANNEL, STAGE

# The fixtures of an index import it: moto takes a second, which the other tests do without.
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.patterns.indexing import Index, Json

CERTIFICATE_ARN = "arn:aws:acm:us-east-1:123456789012:certificate/12345678"


@pytest.fixture
def certificate(located_stack: Stack) -> acm.ICertificate:
    """A certificate that CloudFront takes."""
    return acm.Certificate.from_certificate_arn(located_stack, "Certificate", CERTIFICATE_ARN)


@pytest.fixture
def stage(stack: Stack) -> ivs.IStage:
    """A stage that exists already."""
    return ivs.Stage.from_stage_arn(stack, "Stage", STAGE)


@pytest.fixture
def channel(stack: Stack) -> ivs.IChannel:
    """A channel that exists already."""
    return ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)


@pytest.fixture
def storage(stack: Stack) -> ivs.IStorageConfiguration:
    """A storage configuration that exists already."""
    return ivs.StorageConfiguration.from_storage_configuration_arn(stack, "Storage", STORAGE)


@pytest.fixture
def encoder(stack: Stack) -> ivs.IEncoderConfiguration:
    """An encoder configuration that exists already."""
    return ivs.EncoderConfiguration.from_encoder_configuration_arn(stack, "Encoder", ENCODER)


@pytest.fixture
def secret(stack: Stack) -> secretsmanager.Secret:
    """A secret of the stack."""
    return secretsmanager.Secret(stack, "Secret")


@pytest.fixture
def service() -> RealTimeService:
    """A stage on which Anna publishes, and a channel that is offline."""
    service = RealTimeService()
    service.publish("anna")
    return service


@pytest.fixture
def template(app: App) -> Json:
    """The template of an index of everything, with a base URL."""
    from tests.patterns.indexing import synthesized

    return synthesized(app, base_url="https://d111111abcdef8.cloudfront.net/")


@pytest.fixture
def definition(template: Json) -> Json:
    """The state machine of an index of everything."""
    from tests.patterns.indexing import definition_of

    return definition_of(template)


@pytest.fixture
def index(definition: Json) -> Iterator[Index]:
    """An index of everything, with the answers of the API."""
    from tests.patterns.indexing import index_of
    from tests.patterns.recording_events import ANSWERS

    with index_of(definition) as index:
        index.answers |= ANSWERS
        yield index
