"""Ids of the handler, and how it stops streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cdk_ivs._services.custom_resource.cdk_ivs_handler import errors, handler
from tests.services.custom_resource.calls import ENOUGH, call, repeated
from tests.support.cloudformation import Context
from tests.support.service import CHANNEL, OLD, Service

if TYPE_CHECKING:
    from tests.support.clock import Clock

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once


class TestIds:
    @pytest.mark.parametrize("known", ["2026/11/27/[$LATEST]abc", "x", "#", CHANNEL])
    def test_of_others_are_deleted_without_a_call(self, service: Service, known: str) -> None:
        """
        An id that the handler did not give is of nothing that it did.
        """
        event = {
            "RequestType": "Delete",
            "LogicalResourceId": "Attachment",
            "PhysicalResourceId": known,
            "ResourceProperties": {"Value": OLD},
        }
        assert handler.handler(event, Context())["PhysicalResourceId"] == known
        assert service.calls == []

    @pytest.mark.parametrize("known", ["2026/11/27/[$LATEST]abc", "x", "#", CHANNEL])
    def test_of_others_are_replaced(self, service: Service, known: str) -> None:
        """
        An update of what another handler created is a creation, with an id of its own.
        """
        operation = "AttachPlaybackRestrictionPolicy"
        event = {
            "RequestType": "Update",
            "LogicalResourceId": "Attachment",
            "PhysicalResourceId": known,
            "ResourceProperties": {"Operation": operation, "ResourceArn": CHANNEL, "Value": OLD},
            "OldResourceProperties": {},
        }
        answer = handler.handler(event, Context())
        assert answer["PhysicalResourceId"] == f"{CHANNEL}#{operation}#Attachment"
        assert service.attached(CHANNEL) == OLD

    @pytest.mark.parametrize("typed", ["", "AbCdef1G2hij", "arn:aws:ivs::123456789012:channel/A"])
    def test_of_resources_are_arns(self, typed: str) -> None:
        """
        A parameter of a template that has something else is named.
        """
        event = {
            "RequestType": "Create",
            "LogicalResourceId": "Attachment",
            "ResourceProperties": {"Operation": "SrtEndpoint", "ResourceArn": typed},
        }
        with pytest.raises(
            ValueError,
            match=rf"requires the ARN of a resource, got '{typed}' \[cdk-ivs:ResourceArn\]$",
        ):
            handler.handler(event, Context())


class TestStopStream:
    def test_says_that_it_was_throttled(self, service: Service) -> None:
        """
        A stop that was throttled for ever does not say that the channel is live.
        """
        service.channels[CHANNEL].stops = 1
        service.fail("StopStream", *repeated("ThrottlingException"))
        with pytest.raises(errors.CallError, match="fewer deployments at a time"):
            call("StopStream", "Delete")

    def test_waits_for_its_permission(self, service: Service, clock: Clock) -> None:
        """
        A stop that is denied for a while succeeds when it is permitted.
        """
        service.channels[CHANNEL].stops = 1
        service.fail("StopStream", *repeated("AccessDeniedException", 4))
        call("StopStream", "Delete")
        assert service.channels[CHANNEL].stops is None
        assert len(clock.pauses) == 5

    def test_says_that_it_is_denied(self, service: Service, clock: Clock) -> None:
        """
        A stop that is denied for ever fails, and says what denies it.
        """
        service.fail("StopStream", *repeated("AccessDeniedException"))
        with pytest.raises(errors.CallError, match="a service control policy"):
            call("StopStream", "Delete")
        assert clock.now <= 90

    def test_says_that_the_channel_is_live(self, service: Service, clock: Clock) -> None:
        """
        An encoder that comes back for five minutes has to be stopped by the user.
        """
        service.channels[CHANNEL].stops = ENOUGH
        with pytest.raises(
            TimeoutError,
            match=f"{CHANNEL} is still live although its stream was stopped repeatedly; stop its "
            r"encoder, and delete the channel again \[cdk-ivs:StreamStillLive\]$",
        ):
            call("StopStream", "Delete")
        assert clock.now == 300
        assert set(clock.pauses) == {3}

    def test_is_not_tried_after_five_minutes(
        self, service: Service, clock: Clock, longest_pauses: list[float]
    ) -> None:
        """
        A stop that would come a second too late is not made.
        """
        service.channels[CHANNEL].stops = ENOUGH
        service.fail("StopStream", *repeated("StreamUnavailable", 1))
        with pytest.raises(TimeoutError, match="is still live"):
            call("StopStream", "Delete")
        assert longest_pauses == [1]
        assert clock.now == 298

    def test_ends_before_lambda_does(self, service: Service, clock: Clock) -> None:
        """
        With a minute left, a channel that stays live has 45 seconds.
        """
        service.channels[CHANNEL].stops = ENOUGH
        with pytest.raises(TimeoutError, match="is still live"):
            call("StopStream", "Delete", seconds=60)
        assert clock.now == 45

    def test_tries_a_stream_that_has_only_begun_again(self, service: Service) -> None:
        """
        What cannot be stopped yet is stopped later.
        """
        service.channels[CHANNEL].stops = 1
        service.fail("StopStream", *repeated("StreamUnavailable", 3))
        call("StopStream", "Delete")
        assert service.channels[CHANNEL].stops is None

    def test_of_a_channel_that_is_gone_is_done(self, service: Service, clock: Clock) -> None:
        """
        A channel that does not exist needs no stop.
        """
        del service.channels[CHANNEL]
        call("StopStream", "Delete")
        assert clock.pauses == []
