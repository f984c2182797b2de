"""What the composition_recorder example waits for, and what it then calls."""

from __future__ import annotations

import json
import re
from typing import Any

import botocore.session
import pytest
from botocore.validate import ParamValidator

from tests.examples.apps import golden
from tests.support.arns import arn

STAGE_ARN = arn("stage/AbCdef1G2hij")
ARNS = {
    "Encoder": arn("encoder-configuration/EfGhij5K6lmn"),
    "Stage": STAGE_ARN,
    "Storage": arn("storage-configuration/IjKlmn7O8pqr"),
}

# The sample of the guide, in the envelope that all events have.
EVENT: dict[str, Any] = {
    "version": "0",
    "id": "01234567-0123-0123-0123-012345678901",
    "detail-type": "IVS Stage Update",
    "source": "aws.ivs",
    "account": "123456789012",
    "time": "2025-11-18T16:40:32Z",
    "region": "us-west-2",
    "resources": [STAGE_ARN],
    "detail": {
        "session_id": "st-ZyXwvu1T2s",
        "event_name": "Participant Published",
        "event_time": "2025-11-18T16:40:32Z",
        "event_time_precise": "2025-11-18T16:40:32.123456Z",
        "user_id": "Your User Id",
        "participant_id": "xYz1c2d3e4f",
        "replica": True,
        "source_stage_arn": arn("stage/BcDefg2H3ijk"),
        "source_session_id": "st-AbCdef1G2h",
    },
}


def resolved(node: Any) -> Any:
    """A part of the template after deployment."""
    match node:
        case {"Fn::GetAtt": [str(logical_id), "Arn"]}:
            return ARNS[re.sub(r"[0-9A-F]{8}$", "", logical_id)]
        case {"Fn::Join": [str(separator), parts]}:
            return separator.join(resolved(part) for part in parts)
        case dict():
            return {key: resolved(value) for key, value in node.items()}
        case list():
            return [resolved(value) for value in node]
    return node


def properties_of(resource_type: str, prefix: str) -> dict[str, Any]:
    """The properties of the one resource of the type whose logical id begins with the prefix."""
    (properties,) = (
        resource["Properties"]
        for logical_id, resource in golden("composition_recorder")["Resources"].items()
        if resource["Type"] == resource_type and logical_id.startswith(prefix)
    )
    assert isinstance(properties, dict)
    return properties


@pytest.fixture
def state() -> dict[str, Any]:
    """The one state of the state machine."""
    machine = properties_of("AWS::StepFunctions::StateMachine", "Recorder")
    definition = json.loads(resolved(machine["DefinitionString"]))
    assert definition["StartAt"] == "StartComposition"
    assert list(definition["States"]) == ["StartComposition"]
    found: dict[str, Any] = definition["States"]["StartComposition"]
    return found


@pytest.fixture
def pattern() -> dict[str, Any]:
    """The pattern of the rule."""
    rule = properties_of("AWS::Events::Rule", "StagePublished")
    found: dict[str, Any] = resolved(rule["EventPattern"])
    return found


def matches(pattern: dict[str, Any], event: dict[str, Any]) -> bool:
    """Whether EventBridge takes the event, for a pattern that has plain values only."""
    for name, wanted in pattern.items():
        if name not in event:
            return False
        got = event[name]
        if isinstance(wanted, dict):
            if not matches(wanted, got):
                return False
        elif not set(wanted) & set(got if isinstance(got, list) else [got]):
            return False
    return True


def model_name(name: str) -> str:
    """The name in the API of a parameter in the States Language."""
    return name[0].lower() + name[1:]


def as_api(node: Any) -> Any:
    """The parameters of a state as the API gets them, with the values of the event."""
    match node:
        case dict():
            return {
                model_name(key.removesuffix(".$")): _at(value)
                if key.endswith(".$")
                else as_api(value)
                for key, value in node.items()
            }
        case list():
            return [as_api(value) for value in node]
    return node


def _at(path: str) -> Any:
    value: Any = EVENT
    for step in path.removeprefix("$.").split("."):
        value = value[step]
    return value


def test_the_call_is_one_that_the_api_takes(state: dict[str, Any]) -> None:
    """
    The parameters are those of StartComposition, in the names that Step Functions wants.
    """
    assert state["Resource"] == "arn:aws:states:::aws-sdk:ivsrealtime:startComposition"
    model = botocore.session.Session().get_service_model("ivs-realtime")
    parameters = as_api(state["Parameters"])
    shape = model.operation_model("StartComposition").input_shape
    report = ParamValidator().validate(parameters, shape)
    assert report.generate_report() == ""
    assert parameters == {
        "stageArn": ARNS["Stage"],
        "idempotencyToken": "st-ZyXwvu1T2s",
        "destinations": [
            {
                "s3": {
                    "storageConfigurationArn": ARNS["Storage"],
                    "encoderConfigurationArns": [ARNS["Encoder"]],
                }
            }
        ],
    }
    # Patterns are not among what ParamValidator looks at.
    token = shape.members["idempotencyToken"].metadata
    assert re.fullmatch(token["pattern"], parameters["idempotencyToken"])
    assert token["min"] <= len(parameters["idempotencyToken"]) <= token["max"]


def test_what_is_not_tried_again_are_errors_of_the_api(state: dict[str, Any]) -> None:
    """
    The errors are named as the API names them, after the prefix that Step Functions lists.
    """
    never, others = state["Retry"]
    assert never["MaxAttempts"] == 0
    assert others["ErrorEquals"] == ["States.ALL"]
    model = botocore.session.Session().get_service_model("ivs-realtime")
    errors = {error.name for error in model.operation_model("StartComposition").error_shapes}
    named = {error.removeprefix("IvsRealTime.") for error in never["ErrorEquals"]}
    # Step Functions adds the word where a name has it not.
    known = {error if error.endswith("Exception") else f"{error}Exception" for error in errors}
    assert known - named == {"ConflictException", "InternalServerException"}
    assert named <= known


def test_the_rule_takes_the_event_of_the_guide(pattern: dict[str, Any]) -> None:
    """
    The event of a participant who publishes starts the state machine.
    """
    assert pattern == {
        "source": ["aws.ivs"],
        "detail-type": ["IVS Stage Update"],
        "resources": [STAGE_ARN],
        "detail": {"event_name": ["Participant Published"]},
    }
    assert matches(pattern, EVENT)


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "aws.ivschat"},
        {"detail-type": "IVS Participant Recording State Change"},
        {"resources": [arn("stage/Another1Stage")]},
        {"resources": []},
        {"detail": EVENT["detail"] | {"event_name": "Participant Unpublished"}},
    ],
    ids=["source", "detail-type", "stage", "no stage", "event_name"],
)
def test_the_rule_takes_no_other_event(pattern: dict[str, Any], changes: dict[str, object]) -> None:
    """
    An event that differs in one of the fields starts nothing.
    """
    assert not matches(pattern, EVENT | changes)


def test_the_state_machine_may_start_this_composition_only() -> None:
    """
    Of IVS, the role may start compositions of the one stage, and watch and stop compositions.
    """
    policy = properties_of("AWS::IAM::Policy", "RecorderRole")
    statements = [
        statement
        for statement in policy["PolicyDocument"]["Statement"]
        if str(statement["Action"]).count("ivs:")
    ]
    start, rest = statements
    assert start["Action"] == "ivs:StartComposition"
    assert sorted(resolved(start["Resource"])) == sorted(ARNS.values())
    assert rest["Action"] == ["ivs:GetComposition", "ivs:StopComposition"]
    assert json.dumps(rest["Resource"]).count(":composition/*") == 1
