"""The diagrams of the examples are those of their templates."""

from __future__ import annotations

import re
import runpy

import pytest

from tests.examples.apps import EXAMPLES, NAMES, ROOT, golden

SCRIPT = runpy.run_path(str(ROOT / "scripts" / "diagrams.py"))
READMES = {name: (EXAMPLES / name / "README.md").read_text(encoding="utf-8") for name in NAMES}
DRAWN = [name for name in NAMES if "<!-- diagram of " in READMES[name]]
WITH_RESOURCES = [name for name in DRAWN if "<!-- diagram of the resources -->" in READMES[name]]


def test_some_are_drawn() -> None:
    """
    The four examples of patterns have diagrams: each mark has one, and no diagram is unmarked.
    """
    assert {name: READMES[name].count("<!-- diagram of ") for name in DRAWN} == {
        "idle_guard": 2,
        "recording_index": 2,
        "stage_broadcast": 1,
        "watch_recordings": 1,
    }
    for name in NAMES:
        marked = re.findall(r"<!-- diagram of [\w ]+ -->\n```mermaid", READMES[name])
        assert READMES[name].count("```mermaid") == len(marked), name


@pytest.mark.newest
@pytest.mark.parametrize("name", DRAWN)
def test_diagram_is_that_of_the_template(name: str) -> None:
    """
    The diagrams in a README are those that the script draws from the golden template.
    """
    assert SCRIPT["with_diagrams"](READMES[name], golden(name)) == READMES[name]


@pytest.mark.parametrize("name", WITH_RESOURCES)
def test_every_resource_is_in_the_diagram(name: str) -> None:
    """
    Each resource is a box, and each arrow goes from one box to another.
    """
    drawn = SCRIPT["resource_diagram"](golden(name))
    boxes = set(re.findall(r"^    (\w+)\[", drawn, re.MULTILINE))
    assert boxes == set(golden(name)["Resources"])
    arrows = re.findall(r"^  (\w+) --> (\w+)$", drawn, re.MULTILINE)
    assert {end for arrow in arrows for end in arrow} <= boxes
    assert len(arrows) == len(set(arrows)) > 0


def test_arrows_are_references_and_dependencies() -> None:
    """
    A resource needs what it refers to and depends on, each once, and not itself.
    """
    template = {
        "Resources": {
            "Bucket": {"Type": "AWS::S3::Bucket"},
            "Policy0A1B2C3D": {
                "Type": "AWS::S3::BucketPolicy",
                "Properties": {
                    "Bucket": {"Ref": "Bucket"},
                    "Statement": [
                        {"Fn::GetAtt": ["Bucket", "Arn"]},
                        {"Ref": "AWS::Region"},
                        {"Ref": "Policy0A1B2C3D"},
                    ],
                },
            },
            "Stage": {"Type": "AWS::IVS::Stage", "DependsOn": ["Policy0A1B2C3D", "Bucket"]},
            "Room": {"Type": "AWS::IVSChat::Room", "DependsOn": "Stage"},
        }
    }
    assert SCRIPT["resource_diagram"](template).splitlines() == [
        "flowchart LR",
        '  subgraph IVS["Amazon IVS"]',
        '    Stage["Stage<br/><i>Stage</i>"]',
        "  end",
        '  subgraph IVSChat["Amazon IVSChat"]',
        '    Room["Room<br/><i>Room</i>"]',
        "  end",
        '  subgraph S3["Amazon S3"]',
        '    Bucket["Bucket<br/><i>Bucket</i>"]',
        '    Policy0A1B2C3D["Policy<br/><i>BucketPolicy</i>"]',
        "  end",
        "  Policy0A1B2C3D --> Bucket",
        "  Room --> Stage",
        "  Stage --> Bucket",
        "  Stage --> Policy0A1B2C3D",
    ]


def test_diagram_shows_every_state() -> None:
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
    assert SCRIPT["state_diagram"](definition).splitlines() == [
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
