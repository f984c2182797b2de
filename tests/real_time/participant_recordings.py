"""Recordings of participants in templates, numbers that are tokens, and the error of one."""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnParameter, Stack
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from tests.support.arns import arn

STORAGE_ARN = arn("storage-configuration/a")
DURATION_TOKEN = "must be Duration.seconds() when its value is a token, got a token in another unit"


def number(stack: Stack, id: str = "Number") -> float:
    """A number that is known at deployment."""
    return CfnParameter(stack, id, type="Number").value_as_number


def rendered(stack: Stack, **arguments: Any) -> dict[str, Any]:
    """What a recording with the arguments is in the template."""
    ivs.Stage(stack, "Stage", participant_recording=ivs.ParticipantRecording(**arguments))
    (stage,) = Template.from_stack(stack).find_resources("AWS::IVS::Stage").values()
    (name,) = stage["Properties"]
    assert name == "AutoParticipantRecordingConfiguration"
    recording: dict[str, Any] = stage["Properties"][name]
    return recording
