"""
What is recorded of a stage after deployments that succeed, fail, roll back and clean up.

CloudFormation changes the stage as well, by calls without the fields that it does not know. What
IVS makes of these fields is UNCONFIRMED: each sequence runs with a service that sets them back, and
with one that keeps them; with the handler alone, and behind the provider framework of the CDK.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.support.arns import arn
from tests.support.cloudformation import CustomResource, Response
from tests.support.service import NOT_RECORDED, RECORDING, STAGE, STORAGE, Service, ServiceError

if TYPE_CHECKING:
    from tests.support.cloudformation import Engine

REFUSED = ServiceError("ValidationException", 400, "refused")
# What CloudFormation gives a stage in the first deployment, and in the second.
FIRST: dict[str, Any] = {"storageConfigurationArn": STORAGE, "recordingReconnectWindowSeconds": 60}
SECOND: dict[str, Any] = {**FIRST, "recordingReconnectWindowSeconds": 30}


class Field(NamedTuple):
    """
    A field that CloudFormation does not know, or a value of it.

    Attributes:
        operation: The operation that sets it.
        name: Its name in the API.
        value: The value that the stack has for it.
        text: The value in the template.
        default: What IVS has.
        other: What somebody sets without the stack.
    """

    operation: str
    name: str
    value: object
    text: str
    default: object
    other: object


REPLICAS = Field(
    "RecordParticipantReplicas", "recordParticipantReplicas", False, "false", True, False
)
MEDIA_TYPES = Field(
    "ParticipantMediaTypes", "mediaTypes", ["NONE"], '["NONE"]', ["AUDIO_VIDEO"], ["AUDIO_ONLY"]
)


@dataclass
class Deployed(CustomResource):
    """
    A stack with a stage, and with the custom resource for one field of it.

    Attributes:
        service: What it is deployed to.
        resets: Whether a call without a field sets that back.
    """

    service: Service = field(default_factory=Service)
    resets: bool = True

    @property
    def recording(self) -> dict[str, Any]:
        """What is recorded of the stage."""
        return self.service.recordings[STAGE]

    def give(self, recording: dict[str, Any]) -> None:
        """Have CloudFormation change the stage, before what refers to it."""
        kept = NOT_RECORDED if self.resets else self.recording
        self.service.recordings[STAGE] = {**kept, **recording}

    def deploy_second(self) -> Response:
        """Have CloudFormation change the stage, and then the custom resource."""
        self.give(SECOND)
        return self.update(Stage="second")

    def roll_back(self, old: dict[str, str]) -> None:
        """Have CloudFormation change the stage back, and then the custom resource."""
        self.give(FIRST)
        super().roll_back(old)


@pytest.fixture(params=[REPLICAS, MEDIA_TYPES], ids=["replicas", "media types"])
def known(request: pytest.FixtureRequest) -> Field:
    """The field."""
    found: Field = request.param
    return found


@pytest.fixture(params=[True, False], ids=["sets back", "keeps"])
def stack(
    request: pytest.FixtureRequest, engine: Engine, service: Service, known: Field
) -> Deployed:
    """The stack, of which the stage was created."""
    made = resource_of(engine, service, known, resets=request.param)
    made.give(FIRST)
    return made


def resource_of(engine: Engine, service: Service, known: Field, *, resets: bool) -> Deployed:
    """The custom resource for a field, which is not created yet."""
    properties = {
        "Operation": known.operation,
        "ResourceArn": STAGE,
        "Value": known.text,
        "Stage": "first",
    }
    return Deployed(engine, properties, known.operation, service=service, resets=resets)


class TestCreate:
    def test_sets_the_field_and_keeps_the_rest(self, stack: Deployed, known: Field) -> None:
        """
        One call has all that the stage was recorded with, and the field.
        """
        expected = {**NOT_RECORDED, **FIRST, known.name: known.value}
        assert stack.create().status == "SUCCESS"
        assert stack.recording == expected
        assert stack.service.changes() == [("UpdateStage", {"arn": STAGE, RECORDING: expected})]

    def test_leaves_what_is_right_alone(self, stack: Deployed, known: Field) -> None:
        """
        A field that has the value is not set, and stays when the resource goes.
        """
        stack.recording[known.name] = known.value
        stack.create()
        stack.delete()
        assert stack.recording[known.name] == known.value
        assert stack.service.changes() == []

    def test_that_is_rolled_back_restores_the_field(self, stack: Deployed, known: Field) -> None:
        """
        Where something else fails, the field has what it had.
        """
        stack.recording[known.name] = known.other
        stack.create()
        assert stack.recording[known.name] == known.value
        stack.delete()
        assert stack.recording[known.name] == known.other

    def test_takes_an_empty_list_for_the_default(self, stack: Deployed, known: Field) -> None:
        """
        A field that the API has without a value is put back as the default.
        """
        stack.recording[known.name] = None if known is REPLICAS else []
        stack.create()
        stack.delete()
        assert stack.recording[known.name] == known.default

    def test_that_fails_leaves_the_field(self, stack: Deployed, known: Field) -> None:
        """
        What IVS refuses changes nothing.
        """
        before = dict(stack.recording)
        stack.service.fail("UpdateStage", REFUSED)
        assert stack.create().status == "FAILED"
        assert stack.recording == before

    def test_records_nothing_where_somebody_turned_it_off(
        self, stack: Deployed, known: Field
    ) -> None:
        """
        A stage whose recording was turned off without the stack is not turned on.
        """
        stack.service.recordings[STAGE] = dict(NOT_RECORDED)
        assert stack.create().status == "SUCCESS"
        assert stack.recording == NOT_RECORDED

    def test_of_a_stage_without_a_recording_fails(self, stack: Deployed) -> None:
        """
        Where the API returns no recording there is nothing to send back.
        """
        stack.service.recordings[STAGE] = {}
        assert stack.create().status == "FAILED"
        assert stack.recording == {}


class TestUpdate:
    def test_sets_the_field_again(self, stack: Deployed, known: Field) -> None:
        """
        After CloudFormation changed the stage, the field has the value again, and the stage what
        CloudFormation gave it.
        """
        stack.create()
        assert stack.deploy_second().status == "SUCCESS"
        assert stack.recording == {**NOT_RECORDED, **SECOND, known.name: known.value}
        assert len(stack.service.changes()) == (2 if stack.resets else 1)

    def test_that_fails_leaves_the_value(self, stack: Deployed, known: Field) -> None:
        """
        After the failure and the rollback the stage is what it was.
        """
        stack.create()
        before = dict(stack.recording)
        stack.service.fail("GetStage", REFUSED)
        assert stack.deploy_second().status == "FAILED"
        assert stack.responses[-1].status == "SUCCESS"
        assert stack.recording == before == {**NOT_RECORDED, **FIRST, known.name: known.value}

    def test_that_is_rolled_back_leaves_the_value(self, stack: Deployed, known: Field) -> None:
        """
        Where something else fails after the update, the stage is what it was.
        """
        stack.create()
        before, old = dict(stack.recording), stack.properties
        stack.deploy_second()
        stack.roll_back(old)
        assert stack.recording == before
        assert stack.recording[known.name] == known.value

    def test_that_is_cut_off_is_made_good_by_the_next(self, stack: Deployed, known: Field) -> None:
        """
        Where something fails between the change of the stage and that of the custom resource,
        CloudFormation changes the stage only. The next change of the stage sets the field.
        """
        stack.create()
        stack.give(SECOND)
        stack.give(FIRST)
        assert stack.recording[known.name] == (known.default if stack.resets else known.value)
        stack.deploy_second()
        assert stack.recording == {**NOT_RECORDED, **SECOND, known.name: known.value}

    def test_of_a_stage_that_is_recorded_fails(self, stack: Deployed, known: Field) -> None:
        """
        While a participant is recorded IVS refuses the change, and CloudFormation hears why.
        """
        stack.recording[known.name] = known.value
        stack.create()
        stack.recording[known.name] = known.default
        stack.service.recorded.add(STAGE)
        response = stack.update(Stage="second")
        assert response.status == "FAILED"
        assert "deploy again (ConflictException" in response.reason

    def test_to_another_stage_puts_the_first_back(self, stack: Deployed, known: Field) -> None:
        """
        The first stage has its default again after the clean-up, if it is still there.
        """
        other = arn("stage/KlMnop3Q4rst")
        stack.service.stages[other] = {}
        stack.service.recordings[other] = {**NOT_RECORDED, **FIRST}
        stack.create()
        stack.update(ResourceArn=other)
        assert stack.recording[known.name] == known.value
        stack.clean_up()
        assert stack.recording[known.name] == known.default
        assert stack.service.recordings[other][known.name] == known.value


class TestDelete:
    def test_puts_the_default_back(self, stack: Deployed) -> None:
        """
        When the parameter is left out again, the stage has what CloudFormation gave it.
        """
        stack.create()
        assert stack.delete().status == "SUCCESS"
        assert stack.recording == {**NOT_RECORDED, **FIRST}

    @pytest.mark.parametrize(
        "recording",
        [{}, {**FIRST, "mediaTypes": ["AUDIO_ONLY"], "recordParticipantReplicas": True}],
        ids=["nothing", "another media type"],
    )
    def test_leaves_what_cloudformation_set(
        self, stack: Deployed, recording: dict[str, Any]
    ) -> None:
        """
        Recording that CloudFormation turned off, or a media type that it has, was set before.
        """
        stack.create()
        stack.service.recordings[STAGE] = {**NOT_RECORDED, **recording}
        stack.service.calls.clear()
        stack.delete()
        assert stack.recording == {**NOT_RECORDED, **recording}
        assert stack.service.changes() == []

    def test_of_a_stage_that_is_recorded_succeeds(self, stack: Deployed, known: Field) -> None:
        """
        IVS deletes a stage in which somebody is recorded, so that this must not end before.
        """
        stack.create()
        stack.service.recorded.add(STAGE)
        assert stack.delete().status == "SUCCESS"
        assert stack.recording[known.name] == known.value

    def test_of_a_stage_that_is_gone_succeeds(self, stack: Deployed) -> None:
        """
        There is nothing to put back.
        """
        stack.create()
        del stack.service.stages[STAGE]
        assert stack.delete().status == "SUCCESS"

    def test_that_is_refused_fails(self, stack: Deployed) -> None:
        """
        Another error is no success.
        """
        stack.create()
        stack.service.fail("UpdateStage", REFUSED)
        assert stack.delete().status == "FAILED"


class TestBoth:
    def test_are_set_one_by_one(self, engine: Engine, service: Service) -> None:
        """
        Each resource keeps what the other one set, and puts back its own field only.
        """
        both = [
            resource_of(engine, service, known, resets=True) for known in (REPLICAS, MEDIA_TYPES)
        ]
        both[0].give(FIRST)
        for each in both:
            each.create()
        assert service.recordings[STAGE] == {
            **NOT_RECORDED,
            **FIRST,
            "recordParticipantReplicas": False,
            "mediaTypes": ["NONE"],
        }
        both[1].delete()
        assert service.recordings[STAGE] == {
            **NOT_RECORDED,
            **FIRST,
            "recordParticipantReplicas": False,
        }
