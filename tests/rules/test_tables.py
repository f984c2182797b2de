"""
Samples of the tables that the rules look things up in.

The tests of the catalogs compare the values with IAM's data, with the API models and with the pages
of AWS. These tests compare the form in which the rules read them.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from cdk_ivs.rules._catalog import RULES
from cdk_ivs.rules._tables import tables

EXPECTED: list[tuple[str, str | None, Any]] = [
    (
        "rules",
        "IVS-001",
        {
            "severity": "ERROR",
            "message": "the channel of this stream key has another one, %v, and a channel can have "
            "only one: leave all but one out",
        },
    ),
    ("types", "AWS::IVS::Channel", "channel"),
    ("types", "AWS::IVS::PlaybackKeyPair", "playback-key"),
    ("types", "AWS::IVSChat::Room", "room"),
    ("actions", "ivs:getchannel", ["channel"]),
    ("actions", "ivs:createchannel", ["channel", "stream-key"]),
    ("actions", "ivs:listpublickeys", []),
    ("actions", "ivschat:tagresource", ["logging-configuration", "room"]),
    ("actions", "ivschat:createchattoken", ["room"]),
    ("prefixes", None, ["ivs", "ivschat"]),
    (
        "quotas",
        "AWS::IVS::PlaybackKeyPair",
        {"plural": "playback key pairs", "value": 3, "adjustable": False},
    ),
    (
        "quotas",
        "AWS::IVSChat::LoggingConfiguration",
        {"plural": "logging configurations", "value": 10, "adjustable": True},
    ),
    (
        "everySecond",
        None,
        {
            "AWS/IVS": [
                "IngestAudioBitrate",
                "IngestBitrate",
                "IngestFramerate",
                "IngestVideoBitrate",
                "KeyframeInterval",
            ],
            "AWS/IVSRealTime": [],
            "AWS/IVSChat": [],
        },
    ),
    (
        "dimensionValues",
        None,
        {"MediaType": ["video", "audio"], "SimulcastLayer": ["hi", "mid", "low", "none"]},
    ),
    ("source", None, "aws.ivs"),
    (
        "events",
        "IVS Composition State Change",
        {
            "field": "event_name",
            "values": [
                "Session Start",
                "Session End",
                "Session Failure",
                "Destination Start",
                "Destination End",
                "Destination Failure",
                "Destination Reconnecting",
            ],
            "kind": "stage",
            "resource": "stage_arn",
            "fields": {
                "id": [
                    "Destination Start",
                    "Destination End",
                    "Destination Failure",
                    "Destination Reconnecting",
                ],
                "error_code": ["Session Failure", "Destination Failure"],
            },
            "filters": {"id": {"form": "[^*]*"}, "error_code": {"form": "[^*]*"}},
        },
    ),
    ("forms", "boolean", {"described": "true or false"}),
    ("forms", "text", {"described": "text"}),
    (
        "forms",
        "st-[A-Za-z0-9]+",
        {"described": "'st-' and letters and digits", "pattern": "st-[A-Za-z0-9]+"},
    ),
    (
        "otherEvents",
        None,
        ["IVS Publisher Recording State Change", "AWS API Call via CloudTrail"],
    ),
    (
        "regions",
        None,
        [
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-south-1",
            "eu-central-1",
            "eu-west-1",
            "us-east-1",
            "us-west-2",
        ],
    ),
    (
        "regionsOfTypes",
        None,
        {"ad-configuration": ["ap-south-1", "eu-central-1", "us-east-1", "us-west-2"]},
    ),
    # The DER of a key on P-384 has 120 bytes, or 72 with a compressed point (RFC 5480, SEC 1).
    (
        "publicKeys",
        None,
        [
            {"prefix": "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE", "length": 160},
            {"prefix": "MEYwEAYHKoZIzj0CAQYFK4EEACIDMgAC", "length": 96},
            {"prefix": "MEYwEAYHKoZIzj0CAQYFK4EEACIDMgAD", "length": 96},
        ],
    ),
]


@pytest.mark.parametrize(("name", "key", "expected"), EXPECTED)
def test_say_what_the_pages_say(name: str, key: str | None, expected: object) -> None:
    """
    A table has an entry as the page of AWS has it, under the names that the rules use.
    """
    table = tables()[name]
    assert (table if key is None else table[key]) == expected


def test_have_all_rules() -> None:
    """
    Each rule has its severity and its message.
    """
    assert list(tables()["rules"]) == [rule.id for rule in RULES]


def test_have_the_actions_that_create() -> None:
    """
    The actions that create a resource are listed, in lower case.
    """
    assert tables()["creating"] == [
        "ivs:createadconfiguration",
        "ivs:createchannel",
        "ivs:createencoderconfiguration",
        "ivs:createfailoverslateconfiguration",
        "ivs:createingestconfiguration",
        "ivs:createplaybackrestrictionpolicy",
        "ivs:createrecordingconfiguration",
        "ivs:createstage",
        "ivs:createstorageconfiguration",
        "ivs:createstreamkey",
        "ivschat:createloggingconfiguration",
        "ivschat:createroom",
    ]


def test_have_the_quotas_that_the_pages_name() -> None:
    """
    A type without a quota, or with a large one, has none here.
    """
    assert {
        name.rpartition("::")[2]: quota["value"] for name, quota in tables()["quotas"].items()
    } == {
        "AdConfiguration": 20,
        "EncoderConfiguration": 20,
        "IngestConfiguration": 100,
        "LoggingConfiguration": 10,
        "PlaybackKeyPair": 3,
        "PlaybackRestrictionPolicy": 3,
        "PublicKey": 3,
        "RecordingConfiguration": 20,
        "StorageConfiguration": 5,
    }


def test_have_the_dimensions_of_metrics() -> None:
    """
    Each metric has the sets of dimensions with which it is published.
    """
    metrics = tables()["metrics"]
    assert list(metrics) == ["AWS/IVS", "AWS/IVSRealTime", "AWS/IVSChat"]
    assert metrics["AWS/IVS"]["LiveDeliveredTime"] == [
        [],
        ["Channel"],
        ["Channel", "ViewerCountryCode"],
    ]
    assert metrics["AWS/IVSChat"]["Deliveries"] == [["Action"]]
    assert metrics["AWS/IVSRealTime"]["ConcurrentPublishers"] == [[]]


def test_have_the_values_of_filters() -> None:
    """
    A filter names its form, and its values if there is a list of them.
    """
    filters = tables()["events"]["IVS Stage Update"]["filters"]
    assert filters["session_id"] == {"form": "st-[A-Za-z0-9]+"}
    assert filters["replica"] == {"form": "boolean"}
    assert filters["error_code"]["form"] == "text"
    assert filters["error_code"]["values"][:2] == ["INSUFFICIENT_CAPABILITIES", "QUOTA_EXCEEDED"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("streamKey", "sk_us-west-2_AbCdEf123456_secret", True),
        ("streamKey", "rt_123456789012_us-west-2_AbCdEf123456_secret", True),
        ("streamKey", "sk_us-west_AbCdEf123456_secret", False),
        ("streamKey", "rt_1234_us-west-2_AbCdEf123456_secret", False),
        ("streamKey", "xx_us-west-2_AbCdEf123456_secret", False),
        ("streamKey", "a sk_us-west-2_AbCdEf123456_secret", False),
        ("origin", "https://example.com", True),
        ("origin", "https://*.example.com:8443", True),
        ("origin", "https://example.com/", False),
        ("origin", "a https://example.com", False),
    ],
)
def test_have_forms_of_values(name: str, text: str, expected: bool) -> None:
    """
    The expressions match whole values.
    """
    assert (re.search(tables()[name], text) is not None) == expected


def test_have_all_countries() -> None:
    """
    The 249 countries of ISO 3166-1 are in alphabetical order.
    """
    countries = tables()["countries"]
    assert (len(countries), countries[0], countries[-1]) == (249, "AD", "ZW")
    assert countries == sorted(set(countries))
