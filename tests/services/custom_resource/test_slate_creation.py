"""
What is left of a new failover slate after deployments that succeed, fail, roll back and clean up.

Each sequence runs twice: the handler alone, and behind the provider framework of the CDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.services.custom_resource.slates import (
    CREATE,
    DELETE,
    FIRST,
    GET,
    LIST,
    MARK,
    REFUSED,
    SECOND,
    THROTTLED,
    UNSURE,
    UPDATE,
    left_by,
    slate_of,
    without,
)
from tests.support.arns import arn
from tests.support.cloudformation import CREATE_FAILED, UUID, CustomResource
from tests.support.service import Service, ServiceError, Slate

if TYPE_CHECKING:
    from tests.support.clock import Clock
    from tests.support.cloudformation import Engine


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

    def test_is_not_looked_at_after_five_minutes(
        self,
        slate: CustomResource,
        service: Service,
        clock: Clock,
        longest_pauses: list[float],
    ) -> None:
        """
        A look that would come a second too late is not made.
        """
        service.new_slate = {"looks": 1_000}
        service.fail(GET, THROTTLED)
        assert slate.create().status == "SUCCESS"
        assert longest_pauses == [1]
        assert clock.now == 298

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
        assert f"could not create {FIRST} and gives no reason" in response.reason
        assert "[cdk-ivs:CreationFailed]" in response.reason
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
        assert "gives no reason" in slate.create().reason
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
