"""The resource types in CloudFormation, against CloudFormation's schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.rehearsal.service.ivs import AmazonIvs, Change
from tests.rehearsal.service.kinds import KINDS
from tests.rehearsal.service.limits import operations
from tests.rehearsal.service.neighbors import Neighbors
from tests.rehearsal.service.provisioning import (
    KEY as SIGNING_KEY,
)
from tests.rehearsal.service.provisioning import (
    PLAYBACK_CONFIGURATION,
    TYPES,
    Provisioning,
    create_only,
    deletes_first,
    schema,
)
from tests.support.arns import arn
from tests.support.keys import P384_PEM
from tests.support.service import ServiceError

CHANNEL, KEY = "AWS::IVS::Channel", "AWS::IVS::StreamKey"
# What the patterns of the schemas want, by the end of a property's name.
SAMPLES = {
    "AllowedCountries": "AT",
    "AllowedOrigins": "https://example.com",
    "BucketName": "any-bucket",
    "DeliveryStreamName": "any-stream",
    "Key": "team",
    "LogGroupName": "any-group",
    "Name": "any-name",
    "PlaybackConfigurationArn": arn("playbackConfiguration/a", service="mediatailor"),
    "PublicKeyMaterial": P384_PEM,
    "Uri": arn("function:any", service="lambda"),
    "UserId": "any-user",
    "Value": "live",
}
# What a property names, by the end of its name.
NAMED = {
    "ChannelArn": "Channel",
    "LoggingConfigurationIdentifiers": "LoggingConfiguration",
    "RecordingConfigurationArn": "RecordingConfiguration",
    "StageArn": "Stage",
    "StorageConfigurationArn": "StorageConfiguration",
}
# CloudFormation's own structures, around what the API takes.
AROUND = {"participantrecordinghlsconfiguration", "participantthumbnailconfiguration"}
# By the schemas of the registry, as they were on 2026-10-20.
CREATE_ONLY = {
    "AWS::IVS::EncoderConfiguration": {"Name", "Video"},
    "AWS::IVS::IngestConfiguration": {"IngestProtocol", "InsecureIngest", "Name", "UserId"},
    "AWS::IVS::PlaybackKeyPair": {"Name", "PublicKeyMaterial"},
    "AWS::IVS::PublicKey": {"Name", "PublicKeyMaterial"},
    "AWS::IVS::RecordingConfiguration": {
        "DestinationConfiguration",
        "Name",
        "RecordingReconnectWindowSeconds",
        "RenditionConfiguration",
        "ThumbnailConfiguration",
    },
    "AWS::IVS::StorageConfiguration": {"Name", "S3"},
    "AWS::IVS::StreamKey": {"ChannelArn"},
}


@pytest.fixture
def ivs() -> AmazonIvs:
    """The service, in which there is one of everything that can be named."""
    ivs = AmazonIvs(Neighbors())
    for kind in NAMED.values():
        ivs.add(kind, state="ACTIVE")
    return ivs


@pytest.fixture
def types(ivs: AmazonIvs) -> Provisioning:
    """The resource types."""
    return Provisioning(ivs)


def create(types: Provisioning, resource_type: str, **properties: Any) -> dict[str, Any]:
    """What CloudFormation learns of a new resource."""
    return types.answer({"request": "create", "type": resource_type, "properties": properties})


def update(
    types: Provisioning, resource_type: str, id: str, old: dict[str, Any], new: dict[str, Any]
) -> dict[str, Any]:
    """What CloudFormation learns of an updated resource."""
    request = {"request": "update", "type": resource_type, "physical_id": id}
    return types.answer({**request, "old": old, "properties": new})


def delete(types: Provisioning, resource_type: str, id: str) -> None:
    """Delete a resource."""
    request = {"request": "delete", "type": resource_type, "physical_id": id, "properties": {}}
    types.answer(request)


def sample(ivs: AmazonIvs, resource_type: str) -> dict[str, Any]:
    """A value for each property that a template can have."""
    root = schema(resource_type)
    read_only = {path.removeprefix("/properties/") for path in root["readOnlyProperties"]}
    names = root["properties"].keys() - read_only
    return {name: _sample(ivs, root, name, root["properties"][name]) for name in sorted(names)}


def _sample(ivs: AmazonIvs, root: dict[str, Any], name: str, its: dict[str, Any]) -> Any:
    if "$ref" in its:
        its = root["definitions"][its["$ref"].rpartition("/")[2]]
    if its["type"] == "array":
        return [_sample(ivs, root, name, its["items"])]
    if its["type"] == "object":
        return {key: _sample(ivs, root, key, each) for key, each in its["properties"].items()}
    if "enum" in its:
        return its["enum"][-1]
    if its["type"] != "string":
        return True if its["type"] == "boolean" else its["maximum"]
    value = ivs.only(NAMED[name]).arn if name in NAMED else SAMPLES[name]
    # Python does not have the classes of characters of this one.
    pattern = its.get("pattern", "").replace(r"\p{L}\p{Z}\p{N}", r"\w\s")
    assert re.search(pattern, value), name
    return value


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values in a structure, and where they are, whatever the case of the names."""
    if isinstance(value, dict):
        for name, item in value.items():
            around = name.lower() in AROUND
            yield from leaves(item, path if around else (*path, name.lower()))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, (*path, str(number)))
    else:
        yield path, value


class TestTypes:
    def test_are_all(self) -> None:
        """
        There are thirteen. CloudFormation has none for failover slates.
        """
        assert len(TYPES) == 13
        assert KINDS.keys() - set(TYPES.values()) == {"FailoverSlateConfiguration"}

    @pytest.mark.parametrize("resource_type", TYPES)
    def test_replace_by_create_only_properties(self, resource_type: str) -> None:
        """
        A resource is replaced where the schema says so, and else its API can update it.
        """
        properties = set(create_only(resource_type))
        assert properties == CREATE_ONLY.get(resource_type, set())
        others = schema(resource_type)["properties"].keys() - properties - {"Arn", "Tags"}
        read_only = {
            path.rpartition("/")[2] for path in schema(resource_type)["readOnlyProperties"]
        }
        assert bool(others - read_only) == (f"Update{TYPES[resource_type]}" in operations())

    def test_delete_first_what_can_exist_once(self) -> None:
        """
        Only a stream key is deleted before the one that replaces it.
        """
        assert [each for each in TYPES if deletes_first(each)] == [KEY]

    @pytest.mark.parametrize("resource_type", TYPES)
    def test_hand_every_property_to_the_api(
        self, resource_type: str, ivs: AmazonIvs, types: Provisioning
    ) -> None:
        """
        The service stores a value of each property of the schema, at its place.
        """
        properties = sample(ivs, resource_type)
        id = create(types, resource_type, **properties)["physical_id"]
        del properties["Tags"]
        stored = dict(leaves(ivs.resources[id].details))
        expected = dict(leaves(properties))
        assert expected
        assert {path: stored.get(path) for path in expected} == expected
        assert ivs.resources[id].details["tags"] == {"team": "live"}

    @pytest.mark.parametrize("resource_type", TYPES)
    def test_hand_every_changed_property_to_the_api(
        self, resource_type: str, ivs: AmazonIvs, types: Provisioning
    ) -> None:
        """
        An update to a value of each property that does not replace stores it.
        """
        full = sample(ivs, resource_type)
        required = {*schema(resource_type).get("required", ()), *create_only(resource_type)}
        few = {name: value for name, value in full.items() if name in required}
        id = create(types, resource_type, **few)["physical_id"]
        assert update(types, resource_type, id, few, full)["physical_id"] == id
        assert ivs.resources[id].details["tags"] == {"team": "live"}
        expected = dict(leaves({k: v for k, v in full.items() if k != "Tags"}))
        stored = dict(leaves(ivs.resources[id].details))
        assert {path: stored.get(path) for path in expected} == expected

    @pytest.mark.parametrize("resource_type", TYPES)
    def test_return_the_attributes_of_the_schema(
        self, resource_type: str, ivs: AmazonIvs, types: Provisioning
    ) -> None:
        """
        The attributes are the read-only properties. The physical id is the ARN.
        """
        answer = create(types, resource_type, **sample(ivs, resource_type))
        paths = schema(resource_type)["readOnlyProperties"]
        assert answer["attributes"].keys() == {path.rpartition("/")[2] for path in paths}
        assert answer["physical_id"] == answer["attributes"]["Arn"]
        assert schema(resource_type)["primaryIdentifier"] == ["/properties/Arn"]
        assert all(isinstance(value, str) for value in answer["attributes"].values())

    @pytest.mark.parametrize("resource_type", TYPES)
    def test_delete_what_they_created(
        self, resource_type: str, ivs: AmazonIvs, types: Provisioning
    ) -> None:
        """
        After a deletion nothing is left, and a second one does no harm.
        """
        before = ivs.state()
        id = create(types, resource_type, **sample(ivs, resource_type))["physical_id"]
        assert ivs.state().keys() - before.keys() == {id}
        delete(types, resource_type, id)
        assert ivs.state() == before
        delete(types, resource_type, id)
        assert ivs.calls[-1].error == "ResourceNotFoundException"

    def test_say_what_the_api_wants_to_be_told(self, ivs: AmazonIvs, types: Provisioning) -> None:
        """
        Where the API requires what the template may leave out, it is the default of the schema.
        """
        create(types, "AWS::IVS::IngestConfiguration")
        assert ivs.only("IngestConfiguration").details["ingestProtocol"] == "RTMPS"

    def test_fail_to_delete_what_is_in_use(self, ivs: AmazonIvs, types: Provisioning) -> None:
        """
        Another error than that the resource is gone fails the deletion.
        """
        recording = ivs.only("RecordingConfiguration").arn
        create(types, CHANNEL, RecordingConfigurationArn=recording)
        with pytest.raises(ServiceError, match="in use"):
            delete(types, "AWS::IVS::RecordingConfiguration", recording)


class TestUpdates:
    @pytest.mark.parametrize("resource_type", TYPES)
    def test_call_nothing_without_a_change(
        self, resource_type: str, ivs: AmazonIvs, types: Provisioning
    ) -> None:
        """
        Without a change nothing is called.
        """
        properties = sample(ivs, resource_type)
        id = create(types, resource_type, **properties)["physical_id"]
        calls = len(ivs.calls)
        update(types, resource_type, id, properties, dict(properties))
        assert ivs.written(calls) == []

    @pytest.mark.parametrize("resource_type", TYPES)
    def test_tag(self, resource_type: str, ivs: AmazonIvs, types: Provisioning) -> None:
        """
        Only tags are changed by a change of tags, but those that CloudFormation adds itself.
        """
        properties = sample(ivs, resource_type)
        id = create(types, resource_type, **properties)["physical_id"]
        calls = len(ivs.calls)
        tags = {"new": "", "aws:cloudformation:stack-name": "Stack"}
        listed = [{"Key": key, "Value": value} for key, value in tags.items()]
        update(types, resource_type, id, properties, {**properties, "Tags": listed})
        assert ivs.resources[id].details["tags"] == {"new": ""}
        assert ivs.written(calls) == ["TagResource", "UntagResource"]

    @pytest.mark.parametrize(
        ("resource_type", "old", "default"),
        [
            (CHANNEL, {"Authorized": True}, {"authorized": False}),
            (CHANNEL, {"LatencyMode": "NORMAL"}, {"latencyMode": "LOW"}),
            (CHANNEL, {"Type": "BASIC"}, {"type": "STANDARD"}),
            ("AWS::IVSChat::Room", {"MaximumMessageLength": 100}, {"maximumMessageLength": 500}),
            (
                "AWS::IVS::PlaybackRestrictionPolicy",
                {"AllowedCountries": ["AT"]},
                {"allowedCountries": []},
            ),
        ],
    )
    def test_return_to_the_default(
        self, resource_type: str, old: dict[str, Any], default: dict[str, Any], types: Provisioning
    ) -> None:
        """
        A property that leaves the template has the default of the schema again, and no other
        property is changed.
        """
        id = create(types, resource_type, **old)["physical_id"]
        update(types, resource_type, id, old, {})
        ((name, value),) = default.items()
        (was,) = old.values()
        assert types.ivs.changes == [Change(id, name, was, value)]


class TestKeys:
    def test_of_a_new_channel_are_deleted(self, ivs: AmazonIvs, types: Provisioning) -> None:
        """
        The key that the API creates with a channel is deleted, and then the template can have one.
        """
        channel = create(types, CHANNEL)["physical_id"]
        assert ivs.of_kind("StreamKey") == []
        assert ivs.written() == ["CreateChannel", "DeleteStreamKey"]
        key = create(types, KEY, ChannelArn=channel)["attributes"]
        assert key == {
            "Arn": ivs.only("StreamKey").arn,
            "Value": ivs.only("StreamKey").details["value"],
        }

    def test_are_deleted_before_they_are_replaced(
        self, ivs: AmazonIvs, types: Provisioning
    ) -> None:
        """
        A key for another channel is another key, and the old one is deleted before. Other changes
        leave it.
        """
        one, two = ({"ChannelArn": create(types, CHANNEL)["physical_id"]} for _ in range(2))
        old = create(types, KEY, **one)["physical_id"]
        tagged = {**one, "Tags": [{"Key": "a", "Value": "b"}]}
        assert update(types, KEY, old, one, tagged)["physical_id"] == old
        calls = len(ivs.calls)
        new = update(types, KEY, old, tagged, two)["physical_id"]
        assert ivs.written(calls) == ["DeleteStreamKey", "CreateStreamKey"]
        assert [key.arn for key in ivs.of_kind("StreamKey")] == [new]
        # CloudFormation deletes what was replaced, which is gone.
        delete(types, KEY, old)
        assert [key.arn for key in ivs.of_kind("StreamKey")] == [new]


class TestOthers:
    def test_are_refused_by_logical_id(self, types: Provisioning) -> None:
        """
        A resource of whatever type is refused if the rehearsal says so, and only once.
        """
        types.refused.add("Bad")
        assert types.answer({"request": "begin", "logical_id": "Good"}) == {}
        with pytest.raises(ServiceError, match="as the rehearsal asked"):
            types.answer({"request": "begin", "logical_id": "Bad"})
        assert types.refused == set()
        assert types.answer({"request": "begin", "logical_id": "Bad"}) == {}

    def test_have_playback_configurations(self, types: Provisioning) -> None:
        """
        A configuration of MediaTailor has attributes of its schema until it is deleted.
        """
        answer = create(types, PLAYBACK_CONFIGURATION, Name="ads")
        assert answer["physical_id"] == "ads"
        paths = schema(PLAYBACK_CONFIGURATION)["readOnlyProperties"]
        assert {f"/properties/{name}" for name in answer["attributes"]} <= set(paths)
        assert types.playback_configurations == {"ads": {"Name": "ads"}}
        request = {"request": "delete", "type": PLAYBACK_CONFIGURATION, "physical_id": "ads"}
        types.answer({**request, "properties": {"Name": "ads"}})
        assert types.playback_configurations == {}

    def test_have_keys_that_sign_tokens(self, types: Provisioning) -> None:
        """
        A key of KMS has attributes of its schema, is to be deleted with its resource, and is
        refused if it cannot sign tokens.
        """
        with pytest.raises(ServiceError, match="not ECC_NIST_P384 for SIGN_VERIFY"):
            create(types, SIGNING_KEY, KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
        properties = {"KeySpec": "ECC_NIST_P384", "KeyUsage": "SIGN_VERIFY"}
        answer = create(types, SIGNING_KEY, **properties)
        paths = schema(SIGNING_KEY)["readOnlyProperties"]
        assert {f"/properties/{name}" for name in answer["attributes"]} <= set(paths)
        ((key_arn, key),) = types.kms.keys.items()
        assert answer["attributes"]["Arn"] == key_arn
        request = {"type": SIGNING_KEY, "physical_id": answer["physical_id"]}
        types.answer({**request, "request": "update", "old": {}, "properties": properties})
        assert key.state == "Enabled"
        types.answer({**request, "request": "delete", "properties": properties})
        assert key.state == "PendingDeletion"
