"""
What is left of a channel after deployments that succeed, fail, roll back and clean up.

Each sequence runs twice: the handler alone, and behind the provider framework of the CDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.arns import arn
from tests.support.cloudformation import CREATE_FAILED, CustomResource, directly
from tests.support.service import (
    ADS,
    CHANNEL,
    CONSOLE,
    NEW,
    OLD,
    OTHER,
    PASSPHRASE,
    POLICY,
    ROOM,
    SLATE,
    STAGE,
    Channel,
    Service,
    ServiceError,
)

if TYPE_CHECKING:
    from tests.support.clock import Clock
    from tests.support.cloudformation import Engine

REFUSED = ServiceError("ValidationException", 400, "refused")
THROTTLED = ServiceError("ThrottlingException", 429, "slow down")


@pytest.fixture
def attachment(engine: Engine, service: Service) -> CustomResource:
    """The attachment of a policy, which is not created yet."""
    return attachment_of(engine)


def attachment_of(engine: Engine, logical_id: str = "Attachment", **more: str) -> CustomResource:
    """An attachment, of a policy unless the properties say otherwise."""
    properties = {
        "Operation": "AttachPlaybackRestrictionPolicy",
        "ResourceArn": CHANNEL,
        "Value": OLD,
        **more,
    }
    return CustomResource(engine, properties, logical_id)


class TestCreate:
    def test_attaches(self, attachment: CustomResource, service: Service) -> None:
        """
        A policy is attached by one change.
        """
        response = attachment.create()
        assert (response.status, service.attached(CHANNEL)) == ("SUCCESS", OLD)
        assert service.changes() == [("UpdateChannel", {POLICY: OLD})]

    def test_has_an_id_of_channel_operation_and_construct(self, attachment: CustomResource) -> None:
        """
        The physical id says what is done to which channel for which resource.
        """
        assert attachment.create().physical_id == (
            f"{CHANNEL}#AttachPlaybackRestrictionPolicy#Attachment"
        )

    def test_that_fails_leaves_the_policy_of_the_console(
        self, attachment: CustomResource, service: Service
    ) -> None:
        """
        A channel that had a policy before still has it.
        """
        service.channels[CHANNEL].attached[POLICY] = CONSOLE
        service.fail("UpdateChannel", REFUSED)
        response = attachment.create()
        assert (response.status, response.physical_id) == ("FAILED", CREATE_FAILED)
        assert service.attached(CHANNEL) == CONSOLE
        assert [call.action for call in service.calls] == ["GetChannel", "UpdateChannel"]

    def test_that_is_rolled_back_restores_the_policy_of_the_console(
        self, attachment: CustomResource, service: Service
    ) -> None:
        """
        Where something else fails after the attachment, the channel gets back what it had.
        """
        service.channels[CHANNEL].attached[POLICY] = CONSOLE
        attachment.create()
        attachment.delete()
        assert service.attached(CHANNEL) == CONSOLE
        assert [call.parameters[POLICY] for call in service.changes()] == [OLD, CONSOLE]

    @pytest.mark.parametrize(
        ("operation", "name", "kind"),
        [
            ("AttachAdConfiguration", ADS, "ad-configuration"),
            ("AttachFailoverSlateConfiguration", SLATE, "failover-slate-configuration"),
        ],
    )
    def test_that_is_rolled_back_restores_what_else_the_console_attached(
        self, engine: Engine, service: Service, operation: str, name: str, kind: str
    ) -> None:
        """
        A physical id has only the last part of the earlier ARN, which is restored as a whole.
        """
        ours, earlier = arn(f"{kind}/Ours"), arn(f"{kind}/Earlier")
        service.attachable.update({ours, earlier})
        service.channels[CHANNEL].attached[name] = earlier
        attachment = attachment_of(engine, Operation=operation, Value=ours)
        attachment.create()
        assert service.attached(CHANNEL, name) == ours
        attachment.delete()
        assert service.attached(CHANNEL, name) == earlier

    def test_finds_the_policy_attached(self, attachment: CustomResource, service: Service) -> None:
        """
        What is attached already is not attached again, and not detached at the end.
        """
        service.channels[CHANNEL].attached[POLICY] = OLD
        service.channels[CHANNEL].stops = 1
        attachment.create()
        attachment.delete()
        assert service.attached(CHANNEL) == OLD
        assert service.changes() == []


class TestUpdate:
    def test_attaches_another_policy(self, attachment: CustomResource, service: Service) -> None:
        """
        The channel has one policy or the other at every moment, and the physical id stays.
        """
        created = attachment.create()
        updated = attachment.update(Value=NEW)
        assert updated.physical_id == created.physical_id
        attachment.clean_up()
        assert [call.parameters[POLICY] for call in service.changes()] == [OLD, NEW]

    @pytest.mark.parametrize("failing", ["GetChannel", "UpdateChannel"])
    def test_that_fails_keeps_the_policy(
        self, attachment: CustomResource, service: Service, failing: str
    ) -> None:
        """
        After the failure, the roll-back and the clean-up the old policy is attached, and it was
        at every moment.
        """
        attachment.create()
        service.fail(failing, REFUSED)
        response = attachment.update(Value=NEW)
        assert response.status == "FAILED"
        assert response.physical_id == attachment.responses[0].physical_id
        assert service.attached(CHANNEL) == OLD
        assert {call.parameters[POLICY] for call in service.changes()[:1]} == {OLD}
        assert "" not in [call.parameters[POLICY] for call in service.changes()]

    def test_that_is_rolled_back_restores_the_policy(
        self, attachment: CustomResource, service: Service
    ) -> None:
        """
        Where something else fails after the update, the old policy is attached again.
        """
        attachment.create()
        old = attachment.properties
        attachment.update(Value=NEW)
        attachment.roll_back(old)
        assert [call.parameters[POLICY] for call in service.changes()] == [OLD, NEW, OLD]

    def test_of_a_live_channel_fails_and_rolls_back(
        self, attachment: CustomResource, service: Service
    ) -> None:
        """
        The roll-back needs no change, which the live channel would refuse as well.
        """
        attachment.create()
        service.channels[CHANNEL].stops = 1
        response = attachment.update(Value=NEW)
        assert response.status == "FAILED"
        assert "wait until its stream has ended, and deploy again" in response.reason
        assert attachment.responses[-1].status == "SUCCESS"
        assert service.attached(CHANNEL) == OLD

    def test_to_another_channel_detaches_from_the_first(
        self, attachment: CustomResource, service: Service
    ) -> None:
        """
        The first channel loses the policy in the clean-up, when the other one has it.
        """
        attachment.create()
        response = attachment.update(ResourceArn=OTHER)
        history = f"{CHANNEL.rpartition('/')[2]}="
        assert response.physical_id == (
            f"{OTHER}#AttachPlaybackRestrictionPolicy#Attachment##{history}"
        )
        assert (service.attached(CHANNEL), service.attached(OTHER)) == (OLD, OLD)
        attachment.clean_up()
        assert (service.attached(CHANNEL), service.attached(OTHER)) == ("", OLD)

    def test_to_another_channel_that_fails_changes_neither(
        self, attachment: CustomResource, service: Service
    ) -> None:
        """
        A channel that does not exist cannot be attached to, and the first keeps its policy.
        """
        attachment.create()
        response = attachment.update(ResourceArn=arn("channel/none"))
        assert response.status == "FAILED"
        assert (service.attached(CHANNEL), service.attached(OTHER)) == (OLD, "")

    @pytest.mark.parametrize("before", ["", CONSOLE])
    def test_to_another_channel_and_back_restores_both(
        self, attachment: CustomResource, service: Service, before: str
    ) -> None:
        """
        Rolled back, the attachment is at the first channel, and the other one has what it had.
        """
        service.channels[CHANNEL].attached[POLICY] = before
        service.channels[OTHER].attached[POLICY] = CONSOLE
        created = attachment.create()
        old = attachment.properties
        attachment.update(ResourceArn=OTHER)
        attachment.roll_back(old)
        assert (service.attached(CHANNEL), service.attached(OTHER)) == (OLD, CONSOLE)
        assert attachment.physical_id == created.physical_id
        attachment.delete()
        assert service.attached(CHANNEL) == before

    def test_to_another_channel_and_back_restores_a_channel_that_had_drifted(
        self, attachment: CustomResource, service: Service
    ) -> None:
        """
        A roll-back to a channel whose policy somebody had changed attaches that of the stack
        again, and the clean-up does not take it for what was replaced.
        """
        attachment.create()
        service.channels[CHANNEL].attached[POLICY] = CONSOLE
        old = attachment.properties
        response = attachment.update(ResourceArn=OTHER)
        left, drifted = CHANNEL.rpartition("/")[2], CONSOLE.rpartition("/")[2]
        assert (response.physical_id or "").endswith(f"#Attachment##{left}=={drifted}")
        attachment.roll_back(old)
        assert service.attached(CHANNEL) == old["Value"]
        assert service.attached(OTHER) == ""

    def test_to_another_channel_leaves_one_that_is_gone(
        self, attachment: CustomResource, service: Service
    ) -> None:
        """
        What was deleted with other tools does not keep the attachment from leaving it.
        """
        attachment.create()
        del service.channels[CHANNEL]
        assert attachment.update(ResourceArn=OTHER).status == "SUCCESS"
        assert service.attached(OTHER) == attachment.properties["Value"]

    def test_to_many_channels_can_still_be_rolled_back(self, service: Service) -> None:
        """
        An attachment whose channel changed 20 times returns to the last one.
        """
        channels = [arn(f"channel/AbCdef1G2h{number}") for number in range(10, 31)]
        service.channels |= {channel: Channel(attached={POLICY: CONSOLE}) for channel in channels}
        attachment = attachment_of(directly)
        attachment.create()
        for channel in channels[:-1]:
            attachment.update(ResourceArn=channel)
            attachment.clean_up()
        old, id = attachment.properties, attachment.physical_id
        attachment.update(ResourceArn=channels[-1])
        attachment.roll_back(old)
        assert attachment.physical_id == id
        assert [service.attached(channel) for channel in channels[-2:]] == [OLD, CONSOLE]

    def test_to_more_channels_keeps_the_id_short(self, service: Service) -> None:
        """
        However often the channel changes, CloudFormation takes the physical id.
        """
        channels = [arn(f"channel/AbCdef1G2h{number}") for number in range(10, 99)]
        service.channels |= {channel: Channel(attached={POLICY: CONSOLE}) for channel in channels}
        attachment = attachment_of(directly)
        attachment.create()
        for channel in channels:
            attachment.update(ResourceArn=channel)
            attachment.clean_up()
        assert 900 < len(attachment.physical_id or "") <= 1024
        assert attachment.delete().status == "SUCCESS"
        assert service.attached(channels[-1]) == CONSOLE


class TestDelete:
    def test_detaches(self, attachment: CustomResource, service: Service) -> None:
        """
        What it attached is detached.
        """
        attachment.create()
        assert attachment.delete().status == "SUCCESS"
        assert service.attached(CHANNEL) == ""

    def test_leaves_what_somebody_else_attached(
        self, attachment: CustomResource, service: Service
    ) -> None:
        """
        A policy that was attached in the meantime stays.
        """
        attachment.create()
        service.channels[CHANNEL].attached[POLICY] = CONSOLE
        attachment.delete()
        assert service.attached(CHANNEL) == CONSOLE

    def test_after_another_policy_was_attached_by_a_new_resource(
        self, attachment: CustomResource, service: Service, engine: Engine
    ) -> None:
        """
        Under another construct id, the new attachment wins over the deletion of the old one.
        """
        attachment.create()
        attachment_of(engine, "Moved", Value=NEW).create()
        attachment.delete()
        assert service.attached(CHANNEL) == NEW

    def test_of_a_new_resource_in_a_roll_back_restores_the_old_policy(
        self, attachment: CustomResource, service: Service, engine: Engine
    ) -> None:
        """
        The old attachment, which was not deleted, has its policy again.
        """
        attachment.create()
        moved = attachment_of(engine, "Moved", Value=NEW)
        moved.create()
        moved.delete()
        assert service.attached(CHANNEL) == OLD

    @pytest.mark.parametrize(
        "error", [ServiceError("ResourceNotFoundException", 404, "not there"), REFUSED], ids=str
    )
    def test_detaches_where_the_earlier_policy_is_gone(
        self, attachment: CustomResource, service: Service, error: ServiceError
    ) -> None:
        """
        What cannot be attached again leaves the channel bare, whichever error says so.
        """
        service.channels[CHANNEL].attached[POLICY] = CONSOLE
        attachment.create()
        service.fail("UpdateChannel", error)
        assert attachment.delete().status == "SUCCESS"
        assert service.attached(CHANNEL) == ""

    def test_of_a_channel_that_is_gone_succeeds(
        self, attachment: CustomResource, service: Service
    ) -> None:
        """
        There is nothing to detach from.
        """
        attachment.create()
        del service.channels[CHANNEL]
        assert attachment.delete().status == "SUCCESS"

    def test_of_a_live_channel_fails_with_words(
        self, attachment: CustomResource, service: Service
    ) -> None:
        """
        CloudFormation hears what to do, and the policy stays attached.
        """
        attachment.create()
        service.channels[CHANNEL].stops = 1
        response = attachment.delete()
        assert response.status == "FAILED"
        assert (
            response.reason.splitlines()[0]
            .removeprefix("Error: ")
            .startswith(
                f"UpdateChannel failed for {CHANNEL}: the resource is live or is being changed"
            )
        )
        assert service.attached(CHANNEL) == OLD


class TestBesides:
    def test_leaves_the_other_attachment_alone(
        self, attachment: CustomResource, service: Service, engine: Engine
    ) -> None:
        """
        A policy and ads are attached and detached one by one.
        """
        ads = arn("ad-configuration/Ads")
        service.attachable.add(ads)
        other = attachment_of(engine, "Ads", Operation="AttachAdConfiguration", Value=ads)
        attachment.create()
        other.create()
        attachment.delete()
        assert (service.attached(CHANNEL), service.attached(CHANNEL, ADS)) == ("", ads)

    def test_goes_on_after_it_was_throttled(
        self, attachment: CustomResource, service: Service, clock: Clock
    ) -> None:
        """
        The change is made after a while.
        """
        service.fail("GetChannel", *[THROTTLED] * 6)
        service.fail("UpdateChannel", *[THROTTLED] * 6)
        assert attachment.create().status == "SUCCESS"
        assert service.attached(CHANNEL) == OLD
        assert clock.now > 0

    def test_sets_the_rate_of_a_room_and_sets_it_back(
        self, engine: Engine, service: Service
    ) -> None:
        """
        A room has the rate as long as the resource is there, and then the one from before.
        """
        service.rooms[ROOM] = 7
        rate = attachment_of(engine, Operation="MessageRate", ResourceArn=ROOM, Value="50")
        rate.create()
        assert service.rooms[ROOM] == 50
        rate.update(Value="60")
        assert service.rooms[ROOM] == 60
        rate.delete()
        assert service.rooms[ROOM] == 7

    @pytest.mark.parametrize(("before", "end"), [(10, ""), (7, "#7")])
    def test_has_the_earlier_rate_in_its_id(
        self, engine: Engine, service: Service, before: int, end: str
    ) -> None:
        """
        The physical id contains the rate to go back to, unless it is the default of 10.
        """
        service.rooms[ROOM] = before
        rate = attachment_of(engine, Operation="MessageRate", ResourceArn=ROOM, Value="50")
        assert rate.create().physical_id == f"{ROOM}#MessageRate#Attachment{end}"

    def test_reads_the_srt_endpoint_and_not_the_passphrase(
        self, engine: Engine, service: Service
    ) -> None:
        """
        The passphrase is in no answer and in no log.
        """
        endpoint = attachment_of(engine, Operation="SrtEndpoint")
        response = endpoint.create()
        assert response.data == {"Endpoint": "srt://a.srt.live-video.net:9000"}
        assert PASSPHRASE not in repr(response)
        assert endpoint.update(Room="x").data == response.data
        assert endpoint.delete().status == "SUCCESS"
        assert service.changes() == []

    def test_reads_the_endpoints_of_a_stage(self, engine: Engine, service: Service) -> None:
        """
        All four are attributes of the resource.
        """
        endpoints = attachment_of(engine, Operation="StageEndpoints", ResourceArn=STAGE)
        assert endpoints.create().data == {
            "Events": "wss://e",
            "Rtmp": "rtmp://r",
            "Rtmps": "rtmps://r",
            "Whip": "w",
        }

    def test_reads_a_stage_without_endpoints(self, engine: Engine, service: Service) -> None:
        """
        A response without the endpoints gives no attribute, and no error.
        """
        service.stages[STAGE] = None  # type: ignore[assignment] - as the API's model allows it
        endpoints = attachment_of(engine, Operation="StageEndpoints", ResourceArn=STAGE)
        response = endpoints.create()
        assert response.status == "SUCCESS"
        assert not response.data

    def test_stops_a_stream_when_it_is_deleted(self, engine: Engine, service: Service) -> None:
        """
        Nothing is done before, and the deletion waits until the stream has ended.
        """
        service.channels[CHANNEL].stops = 3
        stop = attachment_of(engine, Operation="StopStream")
        stop.create()
        stop.update(ServiceTimeout="x")
        assert service.calls == []
        assert stop.delete().status == "SUCCESS"
        assert service.channels[CHANNEL].stops is None
