"""What the state machines of examples call."""

from __future__ import annotations

from typing import Any

import pytest

from tests.examples.apps import golden
from tests.patterns.api_models import wrong_calls
from tests.patterns.state_machines import definitions_of, validate

NAMES = ["idle_guard", "stage_broadcast"]


def definitions_in(name: str) -> list[dict[str, Any]]:
    """The definitions of an example, with ids in place of ARNs."""
    values = {
        key: value if isinstance(value, str) else value["Fn::GetAtt"][0]
        for resource in golden(name)["Resources"].values()
        if resource["Type"] == "AWS::StepFunctions::StateMachine"
        for key, value in resource["Properties"]["DefinitionSubstitutions"].items()
    }
    return [*definitions_of(golden(name), values).values()]


@pytest.mark.parametrize("name", NAMES)
def test_definitions_are_what_the_api_takes(name: str) -> None:
    """
    asl-validator and botocore's models have nothing against the definitions.
    """
    for definition in definitions_in(name):
        assert validate(definition) == ""
        assert wrong_calls(definition) == []


def test_composition_goes_to_the_channel_and_to_the_bucket() -> None:
    """
    The stage is composed to the channel and to S3 with the example's encoder and layout.
    """
    (definition,) = definitions_in("stage_broadcast")
    start = definition["States"]["StartComposition"]["Parameters"]
    assert start["Layout"] == {
        "Grid": {"FeaturedParticipantAttribute": "host", "VideoFillMode": "COVER"}
    }
    encoder = "EncoderE3A800B5"
    assert start["Destinations"] == [
        {"Channel": {"ChannelArn": "Channel4048F119", "EncoderConfigurationArn": encoder}},
        {
            "S3": {
                "StorageConfigurationArn": "Storage07F31EBC",
                "EncoderConfigurationArns": [encoder],
            }
        },
    ]


def test_guard_looks_as_often_as_the_readme_says() -> None:
    """
    Streams are looked at every 5 minutes and stages after a week; the key is not CloudFormation's.
    """
    waits = [
        state["Seconds"]
        for definition in definitions_in("idle_guard")
        for state in definition["States"].values()
        if state["Type"] == "Wait"
    ]
    assert sorted(waits) == [300, 604_800]
    types = {each["Type"] for each in golden("idle_guard")["Resources"].values()}
    assert "AWS::IVS::StreamKey" not in types
    assert "AWS::SecretsManager::RotationSchedule" in types
