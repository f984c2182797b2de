"""The diagrams of the examples are those of their templates."""

from __future__ import annotations

import re
import runpy

import pytest

from tests.examples.apps import EXAMPLES, NAMES, ROOT, golden

SCRIPT = runpy.run_path(str(ROOT / "scripts" / "diagrams.py"))
DRAWN = [
    name
    for name in NAMES
    if "<!-- diagram: " in (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
]


def test_some_are_drawn() -> None:
    """
    The mark in a README is found.
    """
    assert "watch_recordings" in DRAWN


@pytest.mark.parametrize("name", DRAWN)
def test_diagram_is_that_of_the_template(name: str) -> None:
    """
    What stands in a README is what the script draws from the template.
    """
    readme = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    assert SCRIPT["with_diagram"](readme, golden(name)) == readme


@pytest.mark.parametrize("name", DRAWN)
def test_every_resource_is_in_the_diagram(name: str) -> None:
    """
    Each resource is a box, and each arrow goes from one box to another.
    """
    drawn = SCRIPT["diagram"](golden(name))
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
    assert SCRIPT["diagram"](template).splitlines() == [
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
