"""The record of each type of resource, from which names, quotas and versions are had."""

from __future__ import annotations

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

import cdk_ivs as ivs
from cdk_ivs import chat
from cdk_ivs._iam.resource_types import TYPES
from tests.support.attachments import with_ads

BY_KIND = {resource_type.kind: resource_type for resource_type in TYPES}
CONSTRUCTS = [
    pytest.param(kind, marks=with_ads) if kind == "ad_configuration" else kind
    for kind in BY_KIND
    if kind != "composition"
]
# The quotas in the guides of the service, and whether Service Quotas can raise them.
QUOTAS = {
    "ad_configuration": ("ad configurations", 20, False),
    "encoder_configuration": ("encoder configurations", 20, True),
    "ingest_configuration": ("ingest configurations", 100, True),
    "logging_configuration": ("logging configurations", 10, True),
    "playback_key_pair": ("playback key pairs", 3, False),
    "playback_restriction_policy": ("playback restriction policies", 3, False),
    "public_key": ("public keys", 3, False),
    "recording_configuration": ("recording configurations", 20, True),
    "storage_configuration": ("storage configurations", 5, True),
}


def test_there_is_one_of_each_kind() -> None:
    """
    No two records are of the same kind, so that a kind says which record is meant.
    """
    assert len(BY_KIND) == len(TYPES)


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


@pytest.mark.parametrize("kind", CONSTRUCTS)
def test_are_named_as_the_construct_is(kind: str) -> None:
    """
    The kind and the name of the class are those that the construct has in its public members.
    """
    package = chat if BY_KIND[kind].service == "ivschat" else ivs
    construct = getattr(package, BY_KIND[kind].class_name)
    grants = getattr(package, f"{BY_KIND[kind].class_name}Grants")
    assert {f"{kind}_arn", f"{kind}_ref", f"from_{kind}_arn"} <= set(dir(construct))
    assert grants._TYPE is BY_KIND[kind]


def test_have_the_published_quotas() -> None:
    """
    The quotas are those in the guides.
    """
    assert {kind: one.quota for kind, one in BY_KIND.items() if one.quota} == QUOTAS


@pytest.mark.newest
def test_are_older_than_every_supported_version_but_one() -> None:
    """
    Ad configurations alone came to aws-cdk-lib after the oldest version that is supported.
    """
    assert {kind: one.since for kind, one in BY_KIND.items() if one.since} == {
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
    assert BY_KIND[kind].resource_of(action) == resource
