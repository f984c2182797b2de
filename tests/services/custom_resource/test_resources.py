"""
What is left of a failover slate after deployments that succeed, fail, roll back and clean up.

Each sequence runs twice: the handler alone, and behind the provider framework of the CDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cdk_ivs._services.custom_resource.cdk_ivs_handler import resources
from tests.support.arns import arn
from tests.support.cloudformation import CREATE_FAILED, UUID, CustomResource, directly
from tests.support.service import CHANNEL, SLATE, Channel, Service, ServiceError, Slate

if TYPE_CHECKING:
    from tests.support.clock import Clock
    from tests.support.cloudformation import Engine

CREATE, UPDATE = "CreateFailoverSlateConfiguration", "UpdateFailoverSlateConfiguration"
GET, DELETE = "GetFailoverSlateConfiguration", "DeleteFailoverSlateConfiguration"
LIST = "ListFailoverSlateConfigurations"
FIRST, SECOND = (arn(f"failover-slate-configuration/AbCdef1G2h0{number}") for number in (1, 2))
REFUSED = ServiceError("ValidationException", 400, "refused")
THROTTLED = ServiceError("ThrottlingException", 429, "slow down")
# What leaves open whether the action was done.
UNSURE = [
    ServiceError("InternalServerException", 500, "internal"),
    ServiceError("InternalFailure", 500, "of another"),
    ServiceError("", 502, "bad gateway"),
]
# The first 16 digits of SHA-256 of the logical id: printf Slate | sha256sum.
MARK = {"cdk-ivs:created-for": f"Stack/{UUID}/10ad4c3873636fa8"}


@pytest.fixture
def slate(engine: Engine, service: Service) -> CustomResource:
    """A failover slate, which is not created yet."""
    return slate_of(engine)


def slate_of(engine: Engine, logical_id: str = "Slate", **more: Any) -> CustomResource:
    """A failover slate with a threshold and a tag."""
    properties = {
        "Operation": "FailoverSlateConfiguration",
        "ResourceArn": arn("failover-slate-configuration/*"),
        "ActivationThresholdSeconds": "4",
        "Tags": [{"Key": "team", "Value": "live"}],
        **more,
    }
    return CustomResource(engine, properties, logical_id)


def without(slate: CustomResource, *names: str) -> None:
    """Leave out properties from now on."""
    slate.properties = {key: slate.properties[key] for key in slate.properties if key not in names}


def left_by(service: Service) -> dict[str, dict[str, Any]]:
    """The fields of the slates that there are."""
    return {arn: slate.fields for arn, slate in service.slates.items()}


class TestCreate:
    def test_creates_one_with_its_mark(self, slate: CustomResource, service: Service) -> None:
        """
        It is created with what was given, as numbers, and with the tag that it is known by.
        """
        response = slate.create()
        assert (response.status, response.data) == ("SUCCESS", {"Arn": FIRST})
        assert [call for call in service.calls if call.action != LIST] == [
            (CREATE, {"activationThresholdSeconds": 4, "tags": {"team": "live", **MARK}})
        ]

    def test_sends_every_property(self, engine: Engine, service: Service) -> None:
        """
        Each property reaches the API under its name.
        """
        slate_of(
            engine, Name="slate", MinSlateDisplaySeconds="5", MaxSlateDisplaySeconds="180"
        ).create()
        assert service.slates[FIRST].fields == {
            "name": "slate",
            "activationThresholdSeconds": 4,
            "minSlateDisplaySeconds": 5,
            "maxSlateDisplaySeconds": 180,
        }

    def test_is_known_by_no_other_mark(self, engine: Engine, service: Service) -> None:
        """
        A tag of the stack with the key of the mark does not take its place, so that the slate is
        found again.
        """
        tags = [{"Key": "cdk-ivs:created-for", "Value": "me"}, {"Key": "team", "Value": "live"}]
        slate = slate_of(engine, Tags=tags)
        slate.create()
        assert service.slates[FIRST].tags == {"team": "live", **MARK}
        slate.update(Tags=tags[:1])
        assert service.slates[FIRST].tags == MARK

    def test_needs_no_property(self, engine: Engine, service: Service) -> None:
        """
        Without properties, the service has its own, and the mark is the only tag.
        """
        slate = slate_of(engine)
        without(slate, "ActivationThresholdSeconds", "Tags")
        slate.create()
        assert (service.slates[FIRST].fields, service.slates[FIRST].tags) == ({}, MARK)

    def test_has_an_id_of_slate_operation_and_construct(self, slate: CustomResource) -> None:
        """
        The physical id says which slate is that of which resource.
        """
        assert slate.create().physical_id == f"{FIRST}#FailoverSlateConfiguration#Slate"

    def test_waits_until_it_is_created(
        self, slate: CustomResource, service: Service, clock: Clock
    ) -> None:
        """
        What comes after it finds a slate that the service has created.
        """
        service.new_slate = {"looks": 4}
        assert slate.create().status == "SUCCESS"
        assert [call.action for call in service.calls] == [LIST, CREATE, GET, GET, GET, GET]
        assert clock.pauses == [3, 3, 3, 3]

    def test_waits_for_five_minutes(
        self, slate: CustomResource, service: Service, clock: Clock
    ) -> None:
        """
        A slate that takes longer is there all the same: what it waits for is not known.
        """
        service.new_slate = {"looks": 1_000}
        assert slate.create().status == "SUCCESS"
        assert clock.now == 300
        assert list(service.slates) == [FIRST]

    @pytest.mark.parametrize("looks", [0, 3])
    def test_that_the_service_fails_leaves_nothing(
        self, slate: CustomResource, service: Service, looks: int
    ) -> None:
        """
        CloudFormation does not know of it, so the handler deletes it, and says what happened.
        """
        service.new_slate = {"looks": looks, "state": "CREATE_FAILED"}
        response = slate.create()
        assert (response.status, response.physical_id) == ("FAILED", CREATE_FAILED)
        assert f"could not create {FIRST}, and says no more than CREATE_FAILED" in response.reason
        assert service.slates == {}

    def test_that_fails_after_it_was_created_leaves_nothing(
        self, slate: CustomResource, service: Service
    ) -> None:
        """
        A slate that cannot be looked at is deleted as well.
        """
        service.new_slate = {"looks": 3}
        service.fail(GET, REFUSED)
        assert slate.create().status == "FAILED"
        assert service.slates == {}

    def test_that_cannot_be_undone_says_why_it_failed(
        self, slate: CustomResource, service: Service
    ) -> None:
        """
        The error is that of the creation, and the next one finds what was left, and deletes it.
        """
        service.new_slate = {"state": "CREATE_FAILED"}
        service.fail(DELETE, REFUSED)
        assert "says no more than CREATE_FAILED" in slate.create().reason
        assert list(service.slates) == [FIRST]
        service.new_slate = {}
        assert slate.create().data == {"Arn": SECOND}
        assert list(service.slates) == [SECOND]

    @pytest.mark.parametrize(
        "error",
        [REFUSED, ServiceError("ServiceQuotaExceededException", 402, "too many")],
        ids=str,
    )
    def test_that_is_refused_creates_nothing(
        self, slate: CustomResource, service: Service, error: ServiceError
    ) -> None:
        """
        What the service refuses is not tried again, and nothing is deleted.
        """
        service.fail(CREATE, error)
        response = slate.create()
        assert (response.status, response.physical_id) == ("FAILED", CREATE_FAILED)
        assert f"correct what the error names, and deploy again ({error.code}" in response.reason
        assert [call.action for call in service.calls] == [LIST, CREATE]

    def test_that_is_rolled_back_deletes_it(self, slate: CustomResource, service: Service) -> None:
        """
        Where something else fails after the creation, the slate goes again.
        """
        slate.create()
        assert slate.delete().status == "SUCCESS"
        assert service.slates == {}

    def test_goes_on_after_it_was_throttled(
        self, slate: CustomResource, service: Service, clock: Clock
    ) -> None:
        """
        The slate is created after a while, once, and without more lists.
        """
        service.fail(LIST, *[THROTTLED] * 6)
        service.fail(CREATE, *[THROTTLED] * 6)
        assert slate.create().status == "SUCCESS"
        assert list(service.slates) == [arn("failover-slate-configuration/AbCdef1G2h07")]
        assert [call.action for call in service.calls] == [LIST] * 7 + [CREATE] * 7
        assert clock.now > 0


class TestLostAnswer:
    @pytest.mark.parametrize("error", UNSURE, ids=str)
    def test_is_found_again(
        self, slate: CustomResource, service: Service, error: ServiceError
    ) -> None:
        """
        A slate that was created in spite of an error is the slate, and there is no second one.
        """
        service.lose(CREATE, error)
        response = slate.create()
        assert (response.status, response.data) == ("SUCCESS", {"Arn": FIRST})
        assert list(service.slates) == [FIRST]
        assert sum(call.action == CREATE for call in service.calls) == 1

    @pytest.mark.parametrize("error", UNSURE, ids=str)
    def test_is_no_answer_where_nothing_was_done(
        self, slate: CustomResource, service: Service, error: ServiceError
    ) -> None:
        """
        An error after which there is no slate is tried again.
        """
        service.fail(CREATE, error, error)
        assert slate.create().status == "SUCCESS"
        assert len(service.slates) == 1
        assert sum(call.action == CREATE for call in service.calls) == 3

    def test_is_found_on_the_second_page(self, slate: CustomResource, service: Service) -> None:
        """
        All slates of the account are looked at, and those of others are left alone.
        """
        others = {
            arn(f"failover-slate-configuration/Other{number}"): Slate(fields={}, tags={})
            for number in range(4)
        }
        service.slates |= others
        service.lose(CREATE, UNSURE[0])
        slate.create()
        assert list(service.slates) == [*others, FIRST]
        slate.delete()
        assert list(service.slates) == list(others)

    def test_is_found_after_a_late_list(self, slate: CustomResource, service: Service) -> None:
        """
        Where the list did not have the first one yet, the second one stays and the first goes.
        """
        service.lose(CREATE, UNSURE[0])
        service.new_slate = {"hidden": 1}
        response = slate.create()
        assert response.data == {"Arn": SECOND}
        assert list(service.slates) == [SECOND]

    def test_is_looked_for_after_the_last_try(
        self, engine: Engine, service: Service, clock: Clock
    ) -> None:
        """
        The last of the tries may have been the one that succeeded.
        """
        slate = slate_of(engine)
        service.fail(CREATE, *[UNSURE[0]] * 3)
        service.lose(CREATE, UNSURE[0])
        original = clock.sleep

        def sleep(seconds: float) -> None:
            # After the third, no time is left for another.
            tries = sum(call.action == CREATE for call in service.calls)
            original(seconds if tries < 3 else 119)

        clock.sleep = sleep  # type: ignore[method-assign] - to jump
        assert slate.create().data == {"Arn": arn("failover-slate-configuration/AbCdef1G2h04")}
        assert len(service.slates) == 1

    def test_for_good_fails(self, slate: CustomResource, service: Service, clock: Clock) -> None:
        """
        Errors without end are reported after two minutes.
        """
        service.fail(CREATE, *[UNSURE[0]] * 1_000)
        response = slate.create()
        assert "Amazon IVS had an internal error; deploy again later" in response.reason
        assert 100 <= clock.now <= 120
        assert service.slates == {}

    def test_of_an_earlier_deployment_is_taken_over(
        self, slate: CustomResource, service: Service
    ) -> None:
        """
        A slate that a broken-off creation left becomes what a new one would be.
        """
        tags = {"old": "tag", "aws:of": "AWS", **MARK}
        fields = {"name": "old", "maxSlateDisplaySeconds": 99}
        service.slates[FIRST] = Slate(fields=fields, tags=tags)
        response = slate.create()
        assert response.data == {"Arn": FIRST}
        assert [call.action for call in service.calls if call.action != GET] == [
            LIST,
            UPDATE,
            "UntagResource",
            "TagResource",
        ]
        assert left_by(service) == {
            FIRST: {
                "name": "",
                "activationThresholdSeconds": 4,
                "minSlateDisplaySeconds": 3,
                "maxSlateDisplaySeconds": 60,
            }
        }
        assert service.slates[FIRST].tags == {"team": "live", "aws:of": "AWS", **MARK}

    def test_of_an_earlier_deployment_that_is_right_is_left_as_it_is(
        self, slate: CustomResource, service: Service
    ) -> None:
        """
        Nothing is changed where nothing differs.
        """
        fields = {"activationThresholdSeconds": 4}
        service.slates[FIRST] = Slate(fields=fields, tags={"team": "live", **MARK})
        assert slate.create().data == {"Arn": FIRST}
        assert service.changes() == []

    def test_of_earlier_deployments_leaves_one(
        self, slate: CustomResource, service: Service
    ) -> None:
        """
        Of several slates with the mark the first that can be used stays.
        """
        ids = ["A", "B", "C", "D"]
        slates = [arn(f"failover-slate-configuration/{id}") for id in ids]
        service.slates = {each: Slate(fields={}, tags=dict(MARK)) for each in slates}
        service.slates[slates[0]].state = "CREATE_FAILED"
        assert slate.create().data == {"Arn": slates[1]}
        assert list(service.slates) == [slates[1]]

    @pytest.mark.parametrize(
        "tags",
        [
            {},
            {"cdk-ivs:created-for": f"Stack/{UUID}/of-another"},
            {"cdk-ivs:created-for": f"Other/{UUID}/10ad4c3873636fa8"},
        ],
        ids=["none", "logical id", "stack"],
    )
    def test_is_not_that_of_another(
        self, slate: CustomResource, service: Service, tags: dict[str, str]
    ) -> None:
        """
        A slate of another resource, of another stack or of nobody is not taken.
        """
        other = arn("failover-slate-configuration/Other")
        service.slates[other] = Slate(fields={}, tags=tags)
        assert slate.create().data == {"Arn": FIRST}
        assert list(service.slates) == [other, FIRST]

    def test_is_not_what_is_gone(self, slate: CustomResource, service: Service) -> None:
        """
        A slate that the list still has, and that does not exist any more, is not taken.
        """
        service.slates[SECOND] = Slate(fields={}, tags=dict(MARK))
        service.fail(GET, ServiceError("ResourceNotFoundException", 404, "gone"))
        assert slate.create().data == {"Arn": FIRST}

    def test_fails_where_the_list_is_refused(self, slate: CustomResource, service: Service) -> None:
        """
        Nothing is created that could be a second one.
        """
        service.fail(LIST, REFUSED)
        assert "ListFailoverSlateConfigurations failed for" in slate.create().reason
        assert service.slates == {}


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
        service.slates.clear()
        response = slate.update(ActivationThresholdSeconds="5")
        assert response.data == {"Arn": SECOND}
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
