"""What the recording_index example tells of a recording."""

from __future__ import annotations

import json
from typing import Any

from tests.examples.apps import golden, readme_blocks

NAME = "recording_index"


def resources(resource_type: str) -> dict[str, Any]:
    """The resources of a type, by logical id."""
    found = golden(NAME)["Resources"].items()
    return {name: resource for name, resource in found if resource["Type"] == resource_type}


def test_queue_gets_what_is_ready() -> None:
    """
    The queue gets the detail of the event that a recording is ready, and what fails is kept.
    """
    (rule,) = (
        resource["Properties"]
        for resource in resources("AWS::Events::Rule").values()
        if resource["Properties"]["EventPattern"]["source"] == ["cdk-ivs.recording-index"]
    )
    (target,) = rule["Targets"]
    queues = resources("AWS::SQS::Queue")
    (ready,) = (name for name in queues if name.startswith("Ready"))
    (kept,) = (name for name in queues if name.startswith("IndexDeadLetterQueue"))
    assert target["Arn"] == {"Fn::GetAtt": [ready, "Arn"]}
    assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": [kept, "Arn"]}}
    assert target["InputPath"] == "$.detail"


def test_item_in_the_readme_has_the_attributes_of_one() -> None:
    """
    What the README shows is what the state machine writes of a channel's recording.
    """
    (block,) = readme_blocks(NAME, "json")
    (machine,) = resources("AWS::StepFunctions::StateMachine").values()
    states = json.loads(machine["Properties"]["DefinitionString"])["States"]
    written = " ".join(
        [
            states["ChannelRecording"]["Parameters"]["recording"]["set"],
            states["ChannelRecording"]["Parameters"]["recording"]["ended"]["set"],
            states["Place"]["Parameters"]["set"],
            states["Ended"]["Parameters"]["set.$"],
            states["Write"]["Parameters"]["UpdateExpression.$"],
        ]
    )
    shown = set(json.loads(block)) - {"recording_id", "stream_ids"}
    assert [name for name in shown if f"{name} = " not in written] == []
    assert states["Write"]["Parameters"]["Key"].keys() == {"recording_id"}
