"""What the stage_broadcast example calls, and how it is drawn."""

from __future__ import annotations

import importlib
import json
from types import ModuleType
from typing import Any

import pytest

from tests.examples.apps import EXAMPLES, ROOT, golden
from tests.patterns.api_models import wrong_calls
from tests.patterns.state_machines import definitions_of, validate

NAMES = ["stage_broadcast"]


@pytest.fixture
def state_diagrams(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script that draws."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    return importlib.import_module("state_diagrams")


def definition_of(name: str) -> dict[str, Any]:
    """The definition of the only state machine of an example, with ids in place of ARNs."""
    (resource,) = (
        each["Properties"]
        for each in golden(name)["Resources"].values()
        if each["Type"] == "AWS::StepFunctions::StateMachine"
    )
    values = {
        key: value["Fn::GetAtt"][0] for key, value in resource["DefinitionSubstitutions"].items()
    }
    (definition,) = definitions_of(golden(name), values).values()
    return definition


@pytest.mark.parametrize("name", NAMES)
def test_definition_is_one_that_the_api_takes(name: str) -> None:
    """
    asl-validator and botocore's models have nothing against the definition.
    """
    assert validate(definition_of(name)) == ""
    assert wrong_calls(definition_of(name)) == []


def test_composition_goes_to_the_channel_and_to_the_bucket() -> None:
    """
    The stage is composed to the channel and to S3 with the example's encoder and layout.
    """
    start = definition_of("stage_broadcast")["States"]["StartComposition"]["Parameters"]
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


@pytest.mark.newest
@pytest.mark.parametrize("name", NAMES)
def test_diagram_is_of_today(name: str, state_diagrams: ModuleType) -> None:
    """
    The diagram in the README is the one that the script draws of the golden template.
    """
    readme = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    assert "```mermaid" in readme
    assert state_diagrams.with_diagrams(readme, golden(name)) == readme


def test_diagram_shows_every_state(state_diagrams: ModuleType) -> None:
    """
    Every state of a definition is drawn, with what it calls and what follows.
    """
    definition = {
        "StartAt": "GetIt",
        "States": {
            "GetIt": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:ivs:getStream",
                "Next": "IsIt",
                "Catch": [{"ErrorEquals": ["Ivs.Gone"], "Next": "Done"}],
            },
            "IsIt": {
                "Type": "Choice",
                "Choices": [{"Next": "Done"}, {"Next": "Done"}],
                "Default": "Later",
            },
            "Later": {"Type": "Wait", "Next": "GetIt"},
            "Done": {"Type": "Succeed"},
        },
    }
    assert state_diagrams.diagram(json.loads(json.dumps(definition))).splitlines() == [
        "flowchart TD",
        "  start(( )) --> GetIt",
        '  GetIt["Get It<br/><i>ivs:getStream</i>"]',
        '  IsIt{"Is It"}',
        '  Later[/"Later"/]',
        '  Done(["Done"])',
        "  GetIt --> IsIt",
        "  GetIt -.->|Gone| Done",
        "  IsIt --> Done",
        "  IsIt -->|else| Later",
        "  Later --> GetIt",
    ]
