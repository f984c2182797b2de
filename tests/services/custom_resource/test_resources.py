"""
What is left of a failover slate after deployments that succeed, fail, roll back and clean up.

Each sequence runs twice: the handler alone, and behind the provider framework of the CDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cdk_ivs._services.custom_resource.cdk_ivs_handler import resources
from tests.services.custom_resource.slates import (
    CREATE,
    DELETE,
    FIRST,
    GET,
    MARK,
    REFUSED,
    SECOND,
    UNSURE,
    UPDATE,
    left_by,
    slate_of,
    without,
)
from tests.support.cloudformation import UUID, CustomResource, directly
from tests.support.service import CHANNEL, SLATE, Channel, Service, ServiceError

if TYPE_CHECKING:
    from tests.support.clock import Clock
    from tests.support.cloudformation import Engine


class TestUpdate:
    def test_changes_the_slate(self, slate: CustomResource, service: Service) -> None:
        """
        The slate is the same, and has what is given.
        """
        created = slate.create()
        updated = slate.update(ActivationThresholdSeconds="5", Name="new")
        slate.clean_up()
        assert (updated.physical_id, updated.data) == (created.physical_id, {"Arn": FIRST})
        assert left_by(service) == {FIRST: {"activationThresholdSeconds": 5, "name": "new"}}

    def test_waits_until_it_is_updated(
        self, slate: CustomResource, service: Service, clock: Clock
    ) -> None:
        """
        What comes after it finds a slate that the service has updated.
        """
        slate.create()
        service.calls.clear()
        service.new_slate = {"looks": 3}
        slate.update(ActivationThresholdSeconds="5")
        assert [call.action for call in service.calls] == [GET, UPDATE, GET, GET, GET]
        assert clock.pauses == [3, 3, 3]

    def test_of_nothing_that_differs_calls_nothing(
        self, slate: CustomResource, service: Service
    ) -> None:
        """
        What is there already, also as the default, is not set again.
        """
        slate.create()
        service.calls.clear()
        slate.update(MaxSlateDisplaySeconds="60")
        assert service.changes() == []

    def test_gives_back_the_defaults(self, engine: Engine, service: Service) -> None:
        """
        What is not given any more is what it is without; what never was given is not touched.
        """
        slate = slate_of(engine, Name="slate")
        slate.create()
        service.slates[FIRST].fields["maxSlateDisplaySeconds"] = 90
        old = slate.properties
        without(slate, "Name", "ActivationThresholdSeconds")
        new, slate.properties = slate.properties, old
        slate._ask("Update", new, physical_id=slate.physical_id, OldResourceProperties=old)
        assert service.changes()[-1] == (
            UPDATE,
            {"arn": FIRST, "name": "", "activationThresholdSeconds": 3},
        )
        assert service.slates[FIRST].fields["maxSlateDisplaySeconds"] == 90

    @pytest.mark.parametrize("failing", [GET, UPDATE])
    def test_that_fails_keeps_the_slate(
        self, slate: CustomResource, service: Service, failing: str
    ) -> None:
        """
        After the failure, the rollback and the clean-up the slate is what it was.
        """
        created = slate.create()
        service.fail(failing, REFUSED)
        response = slate.update(ActivationThresholdSeconds="5")
        assert (response.status, response.physical_id) == ("FAILED", created.physical_id)
        assert slate.responses[-1].status == "SUCCESS"
        assert left_by(service) == {FIRST: {"activationThresholdSeconds": 4}}
        assert slate.physical_id == created.physical_id

    def test_that_fails_at_the_tags_is_undone(
        self, slate: CustomResource, service: Service
    ) -> None:
        """
        The rollback sets back what the update had changed before it failed.
        """
        slate.create()
        service.fail("TagResource", REFUSED)
        response = slate.update(
            ActivationThresholdSeconds="5", Tags=[{"Key": "new", "Value": "tag"}]
        )
        assert response.status == "FAILED"
        assert left_by(service) == {FIRST: {"activationThresholdSeconds": 4}}
        assert service.slates[FIRST].tags == {"team": "live", **MARK}

    def test_that_is_rolled_back_restores_the_slate(
        self, slate: CustomResource, service: Service
    ) -> None:
        """
        Where something else fails after the update, the slate has what it had.
        """
        slate.create()
        old = slate.properties
        slate.update(MaxSlateDisplaySeconds="90", Tags=[])
        slate.roll_back(old)
        assert service.slates[FIRST].shown(FIRST) == {
            "arn": FIRST,
            "state": "CREATED",
            "activationThresholdSeconds": 4,
            "minSlateDisplaySeconds": 3,
            "maxSlateDisplaySeconds": 60,
            "tags": {"team": "live", **MARK},
        }

    def test_sets_and_removes_tags(self, slate: CustomResource, service: Service) -> None:
        """
        Tags follow the stack; those of others, and the one that the slate is known by, stay.
        """
        slate.create()
        service.slates[FIRST].tags["console"] = "yes"
        slate.update(Tags=[{"Key": "stage", "Value": "test"}])
        assert service.slates[FIRST].tags == {"stage": "test", "console": "yes", **MARK}
        assert [call.action for call in service.changes()] == [
            CREATE,
            "UntagResource",
            "TagResource",
        ]

    def test_tags_what_lost_its_tags(self, slate: CustomResource, service: Service) -> None:
        """
        A slate whose tags were removed, and that the API returns without tags, gets them again.
        """
        slate.create()
        service.slates[FIRST].tags.clear()
        slate.update(ActivationThresholdSeconds="5")
        assert service.slates[FIRST].tags == {"team": "live", **MARK}

    def test_has_room_for_all_tags(self, engine: Engine, service: Service) -> None:
        """
        49 other tags are set in place of 49, which together are too many.
        """
        many = [
            [{"Key": f"{name}{number}", "Value": "v"} for number in range(49)]
            for name in ("old", "new")
        ]
        slate = slate_of(engine, Tags=many[0])
        slate.create()
        assert slate.update(Tags=many[1]).status == "SUCCESS"
        assert len(service.slates[FIRST].tags) == 50

    def test_of_one_that_is_gone_creates_another(
        self, slate: CustomResource, service: Service
    ) -> None:
        """
        What somebody deleted is there again, under another id, and the clean-up removes nothing.
        """
        slate.create()
        tags = service.slates[FIRST].tags
        service.slates.clear()
        response = slate.update(ActivationThresholdSeconds="5")
        assert response.data == {"Arn": SECOND}
        assert service.slates[SECOND].tags == tags
        assert response.physical_id == f"{SECOND}#FailoverSlateConfiguration#Slate"
        slate.clean_up()
        assert [each.status for each in slate.responses] == ["SUCCESS"] * 3
        assert list(service.slates) == [SECOND]

    def test_of_one_that_is_gone_can_be_rolled_back(
        self, slate: CustomResource, service: Service
    ) -> None:
        """
        The new slate stays, with what the earlier one had.
        """
        slate.create()
        service.slates.clear()
        old = slate.properties
        slate.update(ActivationThresholdSeconds="5")
        slate.roll_back(old)
        assert left_by(service) == {SECOND: {"activationThresholdSeconds": 4}}
        assert slate.delete().status == "SUCCESS"
        assert service.slates == {}

    def test_of_one_that_the_service_gave_up_creates_another(
        self, slate: CustomResource, service: Service
    ) -> None:
        """
        A slate whose creation took longer than the deployment, and failed then, is replaced.
        """
        service.new_slate = {"looks": 1_000, "state": "CREATE_FAILED"}
        assert slate.create().status == "SUCCESS"
        service.slates[FIRST].looks = 0
        service.new_slate = {}
        response = slate.update(ActivationThresholdSeconds="5")
        slate.clean_up()
        assert response.data == {"Arn": SECOND}
        assert [each.status for each in slate.responses] == ["SUCCESS"] * 3
        assert left_by(service) == {SECOND: {"activationThresholdSeconds": 5}}


class TestDelete:
    def test_deletes_the_slate(self, slate: CustomResource, service: Service) -> None:
        """
        It is deleted by one call.
        """
        slate.create()
        service.calls.clear()
        assert slate.delete().status == "SUCCESS"
        assert service.calls == [(DELETE, {"arn": FIRST})]

    def test_of_one_that_is_gone_succeeds(self, slate: CustomResource, service: Service) -> None:
        """
        There is nothing to delete.
        """
        slate.create()
        service.slates.clear()
        assert slate.delete().status == "SUCCESS"

    def test_whose_answer_was_lost_succeeds(self, slate: CustomResource, service: Service) -> None:
        """
        The second try finds nothing, and that is what was wanted.
        """
        slate.create()
        service.lose(DELETE, UNSURE[0])
        assert slate.delete().status == "SUCCESS"

    def test_waits_until_it_is_detached(
        self, slate: CustomResource, service: Service, clock: Clock
    ) -> None:
        """
        A channel that has just been changed may still count.
        """
        slate.create()
        conflict = ServiceError("ConflictException", 409, "attached")
        service.fail(DELETE, *[conflict] * 5)
        assert slate.delete().status == "SUCCESS"
        assert len(clock.pauses) == 5

    def test_of_one_that_is_attached_fails_with_words(
        self, slate: CustomResource, service: Service, clock: Clock
    ) -> None:
        """
        CloudFormation hears which slate a channel still has, and what to do.
        """
        slate.create()
        service.channels[CHANNEL].attached[SLATE] = FIRST
        response = slate.delete()
        assert response.status == "FAILED"
        assert (
            f"DeleteFailoverSlateConfiguration failed for {FIRST}: a channel still has the "
            "failover slate, or is live with it; detach it from every channel, and deploy again "
            "(ConflictException, "
        ) in response.reason
        assert " [cdk-ivs:SlateInUse]" in response.reason
        assert 100 <= clock.now <= 120
        assert list(service.slates) == [FIRST]


class TestTogether:
    """A slate and its attachment to a channel, in the order of CloudFormation."""

    def attachment_of(self, engine: Engine, value: str) -> CustomResource:
        """The attachment of a slate."""
        properties = {
            "Operation": "AttachFailoverSlateConfiguration",
            "ResourceArn": CHANNEL,
            "Value": value,
        }
        return CustomResource(engine, properties)

    def test_are_created_and_deleted(
        self, slate: CustomResource, service: Service, engine: Engine
    ) -> None:
        """
        The slate is deleted when no channel has it any more.
        """
        attachment = self.attachment_of(engine, slate.create().data["Arn"])
        attachment.create()
        assert service.attached(CHANNEL, SLATE) == FIRST
        assert attachment.delete().status == "SUCCESS"
        assert slate.delete().status == "SUCCESS"
        assert (service.attached(CHANNEL, SLATE), service.slates) == ("", {})

    def test_are_replaced_without_a_gap(
        self, slate: CustomResource, service: Service, engine: Engine
    ) -> None:
        """
        Under another id, the other slate is attached before the earlier one is deleted.
        """
        attachment = self.attachment_of(engine, slate.create().data["Arn"])
        attachment.create()
        other = slate_of(engine, "Other")
        attachment.update(Value=other.create().data["Arn"])
        assert slate.delete().status == "SUCCESS"
        assert service.attachments[CHANNEL] == [FIRST, SECOND]
        assert list(service.slates) == [SECOND]

    def test_are_rolled_back_to_the_first(
        self, slate: CustomResource, service: Service, engine: Engine
    ) -> None:
        """
        The earlier slate is attached again, and the other one deleted.
        """
        attachment = self.attachment_of(engine, slate.create().data["Arn"])
        attachment.create()
        old = attachment.properties
        other = slate_of(engine, "Other")
        attachment.update(Value=other.create().data["Arn"])
        attachment.roll_back(old)
        assert other.delete().status == "SUCCESS"
        assert service.attachments[CHANNEL] == [FIRST, SECOND, FIRST]
        assert list(service.slates) == [FIRST]

    def test_leave_a_live_channel_its_slate(
        self, slate: CustomResource, service: Service, engine: Engine
    ) -> None:
        """
        A channel that is live refuses to be changed: the deployment fails, and both stay.
        """
        attachment = self.attachment_of(engine, slate.create().data["Arn"])
        attachment.create()
        service.channels[CHANNEL].stops = 1
        assert attachment.delete().status == "FAILED"
        assert service.attached(CHANNEL, SLATE) == FIRST
        assert list(service.slates) == [FIRST]


class TestMark:
    def test_is_short_enough_for_a_tag(self) -> None:
        """
        The longest name of a stack and the longest logical id make a value that the API takes.
        """
        prefix = "arn:aws:cloudformation:ap-northeast-1:123456789012:stack"
        stack_id = f"{prefix}/{'s' * 128}/{UUID}"
        event = {"StackId": stack_id, "LogicalResourceId": "L" * 255}
        assert len(resources.mark_of(event)) == 182

    def test_is_another_for_each_resource_and_stack(self) -> None:
        """
        Neither another logical id nor another creation of the stack has the same one.
        """
        marks = {
            resources.mark_of({"StackId": f"arn:stack/{stack}", "LogicalResourceId": logical_id})
            for stack in ("Stack/1", "Stack/2", "Other/1")
            for logical_id in ("Slate", "Slate2")
        }
        assert len(marks) == 6


def test_attaches_nothing_that_is_gone(service: Service) -> None:
    """
    The stub refuses a slate that does not exist, as IVS does.
    """
    service.channels = {CHANNEL: Channel()}
    properties = {
        "Operation": "AttachFailoverSlateConfiguration",
        "ResourceArn": CHANNEL,
        "Value": FIRST,
    }
    assert CustomResource(directly, properties).create().status == "FAILED"
