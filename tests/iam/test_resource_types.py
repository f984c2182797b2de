"""The record of each type of resource, from which names, quotas and versions are had."""

from __future__ import annotations

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from cdk_ivs._core.resource_type import ResourceType
from cdk_ivs._iam.resource_types import SIGNING_KEY, TYPES
from tests.iam.reference import REFERENCE


def by_kind() -> dict[str, ResourceType]:
    """The records of the table, by their kinds."""
    return {resource_type.kind: resource_type for resource_type in TYPES}


def test_there_is_one_of_each_kind() -> None:
    """
    No two records are of the same kind, so that a kind says which record is meant.
    """
    assert len(by_kind()) == len(TYPES)


@pytest.mark.newest
def test_have_the_types_of_cloudformation() -> None:
    """
    The types are those in CloudFormation's registry, and two that only the API creates.
    """
    registry = {
        name
        for name in PROVIDER_SCHEMA_MANAGER.get_resource_types("us-east-1")
        if name.startswith("AWS::IVS")
    }
    assert {resource_type.cfn_type for resource_type in TYPES} == registry | {
        "AWS::IVS::Composition",
        "AWS::IVS::FailoverSlateConfiguration",
    }


@pytest.mark.newest
def test_are_older_than_every_supported_version_but_one() -> None:
    """
    Ad configurations alone came to aws-cdk-lib after the oldest version that is supported.
    """
    assert {kind: one.since for kind, one in by_kind().items() if one.since} == {
        "ad_configuration": "2.274.0"
    }


@pytest.mark.parametrize(
    ("kind", "action", "resource"),
    [
        ("playback_key_pair", "GetPlaybackKeyPair", "playback-key/<id>"),
        ("playback_key_pair", "ImportPlaybackKeyPair", "playback-key/*"),
        ("public_key", "GetPublicKey", "public-key/<id>"),
        ("public_key", "ListPublicKeys", "*"),
    ],
)
def test_say_on_what_an_action_is_authorized(kind: str, action: str, resource: str) -> None:
    """
    The resource is one of the type, all of it, or none, under the name in ARNs.
    """
    assert by_kind()[kind].resource_of(action) == resource


def test_signing_keys_are_keys_of_kms() -> None:
    """
    A signing key has the name of a key in ARNs, and actions that IAM authorizes on one key.
    """
    assert SIGNING_KEY.class_name == "SigningKey"
    details = REFERENCE.resources.get_resource_type_details(SIGNING_KEY.service, "key")
    assert details["arn"].split(":")[2::3] == ["kms", f"{SIGNING_KEY.arn_name}/${{KeyId}}"]
    assert SIGNING_KEY.actions == ("GetPublicKey", "Sign")
    for action in SIGNING_KEY.resource_actions:
        (kind,) = REFERENCE.actions.get_action_details("kms", action)["resourceTypes"]
        assert (kind["name"], kind["required"]) == ("key", True)
