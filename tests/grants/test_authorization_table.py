"""
The grants against the Service Authorization Reference.

Of that, policy_sentry has a copy. What the copy lacks is on the page that facts.md names in
section 8, https://docs.aws.amazon.com/service-authorization/latest/reference/
list_interactive-video-service.html.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import botocore.session
import pytest
from policy_sentry.shared.iam_data import get_service_prefix_data

from cdk_ivs._base import actions
from cdk_ivs._base.actions import ResourceType
from tests.grants.cases import given, ids

REQUEST_TAG, RESOURCE_TAG = "aws:RequestTag/${TagKey}", "aws:ResourceTag/${TagKey}"
TYPES = {value.name: value for value in vars(actions).values() if isinstance(value, ResourceType)}


class Row(NamedTuple):
    """
    An action of the Reference.

    Attributes:
        required: The types of resources, by their names in ARNs, that all must be permitted.
        optional: Those of which one may be.
        keys: The condition keys that are not about a resource.
    """

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    @property
    def types(self) -> frozenset[str]:
        """All types on which the action is authorized."""
        return self.required | self.optional


ON_ADS = Row(required=frozenset({"ad-configuration"}))
# Facts.md, section 8: InsertAdBreak is on a channel, and two have no resource. The others have
# the type that the section has in its list of ARNs; the page shows on which they are authorized.
NOT_IN_THE_COPY = {
    "CreateAdConfiguration": ON_ADS._replace(keys=frozenset({REQUEST_TAG, "aws:TagKeys"})),
    "DeleteAdConfiguration": ON_ADS,
    "GetAdConfiguration": ON_ADS,
    "InsertAdBreak": Row(required=frozenset({"channel"})),
    "ListAdConfigurations": Row(),
    "UpdateAdConfiguration": Row(),
}
TAGGING_NOT_IN_THE_COPY = ("ListTagsForResource", "TagResource", "UntagResource")
# Of October 2026, and not in the table of actions yet (facts.md, section 11).
NOT_IN_THE_REFERENCE = {
    "CreateFailoverSlateConfiguration",
    "DeleteFailoverSlateConfiguration",
    "GetFailoverSlateConfiguration",
    "ListFailoverSlateConfigurations",
    "RevokeConnectionToken",
    "UpdateFailoverSlateConfiguration",
}

# The actions that name no resource of the type, or one that is not there yet.
ABOUT_ALL = {
    "ad-configuration": {"CreateAdConfiguration"},
    "channel": {"CreateChannel", "ListChannels", "ListStreams"},
    "composition": set(),
    "encoder-configuration": {"CreateEncoderConfiguration"},
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
    "UpdateAdConfiguration": "ad-configuration",
}

# The grants on all resources of a type, because the ARN is not known before, or all are meant.
ON_ALL = {
    "ChannelGrants.list_all": {"channel"},
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
    "TaggedGrants.manage_channels": {"channel", "stream-key"},
    "TaggedGrants.manage_rooms": {"room"},
    "TaggedGrants.manage_stages": {"stage"},
    "TaggedGrants.manage_stream_keys": {"stream-key"},
}

KNOWN_TYPES = sorted(ABOUT_ALL)
GRANTS = ids()


@functools.cache
def arn_names(service: str) -> dict[str, str]:
    """The types of resources of a service, with their names in ARNs."""
    resources = get_service_prefix_data(service)["resources"]
    return {
        name: resource["arn"]
        .removeprefix(f"arn:${{Partition}}:{service}:${{Region}}:${{Account}}:")
        .removesuffix("/${ResourceId}")
        for name, resource in resources.items()
    }


@functools.cache
def reference(service: str) -> dict[str, Row]:
    """The actions of a service, as the Reference has them."""
    names = arn_names(service)
    rows = {}
    for action, privilege in get_service_prefix_data(service)["privileges"].items():
        types = privilege["resource_types"]
        rows[action] = Row(
            required=frozenset(names[key] for key in types if key and types[key]["required"]),
            optional=frozenset(names[key] for key in types if key and not types[key]["required"]),
            keys=frozenset(types[""]["condition_keys"] if "" in types else ()),
        )
    if service == "ivs":
        rows |= NOT_IN_THE_COPY
        for action in TAGGING_NOT_IN_THE_COPY:
            optional = rows[action].optional | {"ad-configuration"}
            rows[action] = rows[action]._replace(optional=optional)
    return rows


def row_of(action: str) -> Row:
    """The row of an action with its prefix."""
    service, _, name = action.partition(":")
    return reference(service)[name]


def type_of(arn: str, service: str) -> str:
    """The type of a resource of a service, of the account and Region of the cases."""
    prefix = f"arn:aws:{service}:us-west-2:123456789012:"
    assert arn.startswith(prefix)
    return arn.removeprefix(prefix).partition("/")[0]


class TestReference:
    @pytest.mark.parametrize("action", sorted(NOT_IN_THE_COPY))
    def test_of_policy_sentry_is_older(self, action: str) -> None:
        """
        What is added to the copy is not in it; if it is one day, it is no longer to be added.
        """
        assert action not in get_service_prefix_data("ivs")["privileges"]

    def test_of_policy_sentry_has_no_ad_configurations(self) -> None:
        """
        Nor has the copy the type that is added.
        """
        assert "ad-configuration" not in arn_names("ivs").values()

    @pytest.mark.parametrize(
        ("service", "apis", "missing"),
        [
            ("ivs", ("ivs", "ivs-realtime"), NOT_IN_THE_REFERENCE),
            ("ivschat", ("ivschat",), set()),
        ],
        ids=["ivs", "ivschat"],
    )
    def test_has_the_operations_of_the_api(
        self, service: str, apis: tuple[str, ...], missing: set[str]
    ) -> None:
        """
        With the additions, each operation that botocore knows is an action, but for six.
        """
        session = botocore.session.get_session()
        operations = {
            name for api in apis for name in session.get_service_model(api).operation_names
        }
        assert set(reference(service)) == operations - missing

    def test_has_the_tags_of_resources_as_a_condition(self) -> None:
        """
        Each type knows aws:ResourceTag, and no other condition key.
        """
        keys = [
            resource["condition_keys"]
            for service in ("ivs", "ivschat")
            for resource in get_service_prefix_data(service)["resources"].values()
        ]
        assert keys == [[RESOURCE_TAG]] * 13


class TestActions:
    def test_have_every_type(self) -> None:
        """
        Each type of the Reference is there, with its service.
        """
        assert {(kind.service, kind.name) for kind in TYPES.values()} == {
            ("ivs", "ad-configuration"),
            *(
                (service, name)
                for service in ("ivs", "ivschat")
                for name in arn_names(service).values()
            ),
        }

    @pytest.mark.parametrize("name", KNOWN_TYPES)
    def test_stand_under_their_types(self, name: str) -> None:
        """
        Under a type stand the actions that are authorized on it, and no others.
        """
        kind = TYPES[name]
        assert {*kind.own, *kind.every} == {
            action for action, row in reference(kind.service).items() if name in row.types
        }

    @pytest.mark.parametrize("name", KNOWN_TYPES)
    def test_are_about_one_resource_or_all(self, name: str) -> None:
        """
        The actions about all of a type are told from those about one.
        """
        assert set(TYPES[name].every) == ABOUT_ALL[name]

    def test_without_a_resource_stand_where_they_belong(self) -> None:
        """
        What is authorized on no resource is apart, under the type that it is about.
        """
        found = {action: kind.name for kind in TYPES.values() for action in kind.anywhere}
        assert found == WITHOUT_RESOURCE
        assert set(found) == {
            action
            for service in ("ivs", "ivschat")
            for action, row in reference(service).items()
            if not row.types
        }

    @pytest.mark.parametrize("name", sorted(ABOUT_ALL))
    def test_stand_there_once(self, name: str) -> None:
        """
        No action is there twice.
        """
        kind = TYPES[name]
        names = [*kind.own, *kind.every, *kind.anywhere]
        assert sorted(set(names)) == sorted(names)

    def test_that_need_another_resource_too_are_few(self) -> None:
        """
        These alone are not permitted by actions() on one resource: another type is needed too.
        """
        found = {
            (kind.name, action)
            for kind in TYPES.values()
            for action in kind.own
            if not reference(kind.service)[action].required <= {kind.name}
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


@pytest.mark.parametrize("id", GRANTS)
class TestAllOfAType:
    def test_are_meant_by_few(self, id: str) -> None:
        """
        A grant is on all resources of the types that are written out above, and of no others.
        """
        arns = [arn for statement in given(id).statements for arn in statement.resources]
        types = {arn.split(":")[5].removesuffix("/*") for arn in arns if arn.endswith("/*")}
        assert types == ON_ALL.get(id, set())
