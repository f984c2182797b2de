"""Errors, retries and parameters of the handler, apart from what is left of a channel."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import boto3
import botocore.session
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from botocore.httpsession import URLLib3Session
from botocore.loaders import Loader
from botocore.validate import ParamValidator

from cdk_ivs._base.custom_resource.cdk_ivs_handler import api, errors, handler
from cdk_ivs._base.custom_resource.operations import Operation
from tests.support.arns import arn
from tests.support.cloudformation import Context, CustomResource, directly
from tests.support.service import (
    ADS,
    CHANNEL,
    OLD,
    PASSPHRASE,
    POLICY,
    RATE,
    ROOM,
    SLATE,
    STAGE,
    Service,
    ServiceError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clock import Clock

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

ENOUGH = 2_000
# How long each error is retried, in seconds, and what the last error says to do.
RETRIED = {
    "AccessDenied": (90, "allow the call and deploy again"),
    "AccessDeniedException": (90, "allow the call and deploy again"),
    "ConflictException": (120, "wait until its stream has ended, and deploy again"),
    "InternalServerException": (120, "deploy again later"),
    "PendingVerification": (120, "ask AWS Support, and deploy again"),
    "StreamUnavailable": (120, "deploy again later"),
    "ThrottlingException": (600, "with fewer deployments at a time"),
    "TooManyRequestsException": (600, "with fewer deployments at a time"),
}
AT_ONCE = {
    "ChannelNotBroadcasting": "correct what the error names, and deploy again",
    "ResourceNotFoundException": "does not exist in the account and Region",
    "ServiceQuotaExceededException": "correct what the error names, and deploy again",
    "SomethingNew": "correct what the error names, and deploy again",
    "ValidationException": "correct what the error names, and deploy again",
}
# Each operation's resource and value, and the actions that it calls.
OPERATIONS: dict[str, tuple[str, str, set[str]]] = {
    "AttachAdConfiguration": (
        CHANNEL,
        arn("ad-configuration/Ads"),
        {"GetChannel", "UpdateChannel"},
    ),
    "AttachFailoverSlateConfiguration": (
        CHANNEL,
        arn("failover-slate-configuration/Slate"),
        {"GetChannel", "UpdateChannel"},
    ),
    "AttachPlaybackRestrictionPolicy": (CHANNEL, OLD, {"GetChannel", "UpdateChannel"}),
    "MessageRate": (ROOM, "50", {"GetRoom", "UpdateRoom"}),
    "ParticipantMediaTypes": (STAGE, '["NONE"]', {"GetStage", "UpdateStage"}),
    "RecordParticipantReplicas": (STAGE, "false", {"GetStage", "UpdateStage"}),
    "SrtEndpoint": (CHANNEL, "", {"GetChannel"}),
    "StageEndpoints": (STAGE, "", {"GetStage"}),
    "StopStream": (CHANNEL, "", {"StopStream"}),
}
# What the operation calls that creates failover slates.
OF_SLATES = {
    "CreateFailoverSlateConfiguration",
    "DeleteFailoverSlateConfiguration",
    "GetFailoverSlateConfiguration",
    "ListFailoverSlateConfigurations",
    "TagResource",
    "UntagResource",
    "UpdateFailoverSlateConfiguration",
}
SERVICE_OF = {
    **dict.fromkeys(OF_SLATES, "ivs"),
    "GetChannel": "ivs",
    "GetRoom": "ivschat",
    "GetStage": "ivs-realtime",
    "StopStream": "ivs",
    "UpdateChannel": "ivs",
    "UpdateRoom": "ivschat",
    "UpdateStage": "ivs-realtime",
}


def repeated(code: str, count: int = ENOUGH) -> list[ServiceError]:
    """An error as often as may be."""
    return [ServiceError(code, 400, f"said by the service: {code}")] * count


def call(
    operation: str = "AttachPlaybackRestrictionPolicy",
    request: str = "Create",
    *,
    seconds: float = 840,
) -> Any:
    """Call the handler for an operation."""
    resource, value, _ = OPERATIONS[operation]
    event = {
        "RequestType": request,
        "LogicalResourceId": "Id",
        "ResourceProperties": {"Operation": operation, "ResourceArn": resource, "Value": value},
    }
    if request != "Create":
        event["PhysicalResourceId"] = f"{resource}#{operation}#Id"
    return handler.handler(event, Context(seconds))


@pytest.fixture
def longest_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The bounds of the pauses that were drawn, each of which is as long as it can be."""
    bounds: list[float] = []

    class Random:
        @staticmethod
        def uniform(low: float, high: float) -> float:
            assert low == 0
            bounds.append(high)
            return high

    monkeypatch.setattr(api, "random", Random)
    return bounds


class TestRetries:
    @pytest.mark.parametrize("code", RETRIED)
    @pytest.mark.parametrize("action", ["GetChannel", "UpdateChannel"])
    def test_end_at_their_bound(
        self, service: Service, clock: Clock, code: str, action: str
    ) -> None:
        """
        An error that passes is retried, but no longer than it may last.
        """
        seconds, remedy = RETRIED[code]
        service.fail(action, *repeated(code))
        with pytest.raises(errors.CallError, match=remedy) as error:
            call()
        assert error.value.code == code
        assert seconds - api.LONGEST_PAUSE <= clock.now <= seconds
        assert len(service.calls) > 5

    @pytest.mark.parametrize("code", AT_ONCE)
    def test_are_not_made_of_what_stays(self, service: Service, clock: Clock, code: str) -> None:
        """
        An error that waiting does not mend is raised at once.
        """
        service.fail("UpdateChannel", *repeated(code))
        with pytest.raises(errors.CallError, match=AT_ONCE[code]) as error:
            call()
        assert error.value.code == code
        assert clock.pauses == []
        assert [each.action for each in service.calls] == ["GetChannel", "UpdateChannel"]

    @pytest.mark.parametrize("seconds", [15, 20, 60, 300])
    def test_end_before_lambda_does(self, service: Service, clock: Clock, seconds: float) -> None:
        """
        The handler has 15 seconds left to answer, however little time it was given.
        """
        service.fail("GetChannel", *repeated("ThrottlingException"))
        with pytest.raises(errors.CallError):
            call(seconds=seconds)
        assert clock.now <= seconds - 15

    def test_pause_longer_each_time(
        self, service: Service, clock: Clock, longest_pauses: list[float]
    ) -> None:
        """
        The bound of a pause doubles from one second up to twenty.
        """
        service.fail("GetChannel", *repeated("ThrottlingException", 8))
        call()
        assert longest_pauses == [1, 2, 4, 8, 16, 20, 20, 20]
        assert clock.pauses == longest_pauses

    def test_pause_by_chance(self, service: Service, clock: Clock) -> None:
        """
        Functions that were throttled together do not come back together.
        """
        service.fail("GetChannel", *repeated("ThrottlingException", 8))
        call()
        assert len(set(clock.pauses)) == 8
        assert all(
            0 <= pause <= bound
            for pause, bound in zip(clock.pauses, [1, 2, 4, 8, 16, 20, 20, 20], strict=True)
        )

    def test_begin_anew_with_each_call(self, service: Service, clock: Clock) -> None:
        """
        Reading that was denied for a minute leaves the change its own time.
        """
        service.fail("GetChannel", *repeated("AccessDeniedException", 6))
        service.fail("UpdateChannel", *repeated("AccessDeniedException", 6))
        call()
        assert service.attached(CHANNEL) == OLD
        assert len(clock.pauses) == 12

    def test_go_on_where_nothing_answers(
        self, monkeypatch: pytest.MonkeyPatch, clock: Clock
    ) -> None:
        """
        A connection that is refused is retried for two minutes.
        """
        monkeypatch.setenv("AWS_ENDPOINT_URL_IVS", "http://127.0.0.1:9")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        with pytest.raises(
            errors.CallError, match="Amazon IVS did not answer; deploy again later"
        ) as error:
            call()
        assert error.value.code == "Unreachable"
        assert 100 <= clock.now <= 120


class TestMessages:
    @pytest.mark.parametrize("code", [*RETRIED, *AT_ONCE])
    def test_say_what_failed_and_what_to_do(self, service: Service, code: str) -> None:
        """
        One line has the action, the resource, the remedy, the code, the number of tries and what
        the service said.
        """
        service.fail("UpdateChannel", *repeated(code))
        with pytest.raises(errors.CallError) as error:
            call()
        remedy = RETRIED[code][1] if code in RETRIED else AT_ONCE[code]
        message = str(error.value)
        assert message.startswith(f"UpdateChannel failed for {CHANNEL}: ")
        assert f"{remedy} ({code}, " in message
        tries = len(service.calls) - 1
        counted = "1 try" if tries == 1 else f"{tries} tries"
        assert message.endswith(f"({code}, {counted}: said by the service: {code})")
        assert "\n" not in message

    def test_are_there_for_every_error_of_the_api(self) -> None:
        """
        What botocore knows of the actions is retried, or has a remedy, or is told apart, or
        is about a request that nobody but the user can mend.
        """
        declared = {
            shape.name
            for action, service in SERVICE_OF.items()
            for shape in model(service).operation_model(action).error_shapes
        }
        assert {"AccessDeniedException", "ChannelNotBroadcasting"} <= declared
        assert declared - {*RETRIED, *AT_ONCE} == set()
        assert (
            declared - {*errors.REMEDIES}
            == {
                "ChannelNotBroadcasting",
                "ServiceQuotaExceededException",
                "ValidationException",
            }
            & declared
        )
        assert errors.OFFLINE in declared

    def test_have_a_remedy_for_all_that_is_retried(self) -> None:
        """
        Nobody waits in vain without being told what to do.
        """
        assert set(errors.SECONDS) <= set(errors.REMEDIES)

    @pytest.mark.parametrize("operation", ["SrtEndpoint", "AttachPlaybackRestrictionPolicy"])
    def test_have_no_secret(
        self, service: Service, capsys: pytest.CaptureFixture[str], operation: str
    ) -> None:
        """
        The passphrase of a channel, which every answer of GetChannel has, is nowhere.
        """
        answers = repr(call(operation))
        service.fail("UpdateChannel", *repeated("ValidationException"))
        service.channels[CHANNEL].attached.clear()
        if operation != "SrtEndpoint":
            with pytest.raises(errors.CallError) as error:
                call(operation)
            answers += repr(error.value) + str(error.value)
        printed = capsys.readouterr()
        assert PASSPHRASE not in answers + printed.out + printed.err
        assert printed.out == ""

    def test_have_no_colon_where_the_service_said_nothing(self, service: Service) -> None:
        """
        The code and the number of tries end the line.
        """
        service.fail("UpdateChannel", ServiceError("ValidationException", 400, ""))
        with pytest.raises(errors.CallError, match=r"\(ValidationException, 1 try\)$"):
            call()

    def test_have_one_line_of_a_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        What a proxy answers is cut, without its line breaks.
        """
        refuse(monkeypatch, 403, {}, b"<html>\n" + b"no entry\n" * 1_000)
        with pytest.raises(errors.CallError) as error:
            call()
        assert str(error.value).endswith(")")
        assert "(403, 1 try: <html> no entry no entry" in str(error.value)
        assert len(str(error.value)) < 600
        assert "\n" not in str(error.value)


class TestOddErrors:
    @pytest.mark.parametrize(
        ("status", "code", "seconds"),
        [
            (500, "InternalFailure", 120),
            (502, None, 120),
            (503, "ServiceUnavailableException", 120),
            (429, "Throttling", 600),
            (429, None, 600),
            (400, None, 0),
            (403, "SomethingNew", 0),
        ],
    )
    def test_are_retried_by_their_status(
        self,
        monkeypatch: pytest.MonkeyPatch,
        clock: Clock,
        status: int,
        code: str | None,
        seconds: int,
    ) -> None:
        """
        What is in front of the API answers with codes that the API does not have, or with a page.
        """
        headers = {"x-amzn-ErrorType": code} if code else {}
        body = b'{"message": "said by another"}' if code else b"<html>bad gateway</html>"
        refuse(monkeypatch, status, headers, body)
        with pytest.raises(errors.CallError) as error:
            call()
        assert error.value.code == (code or str(status))
        assert seconds * 0.8 <= clock.now <= seconds


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
        with pytest.raises(ValueError, match=f"needs the ARN of a resource, got '{typed}'$"):
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
            match=f"{CHANNEL} is still live after its stream was stopped again and again: stop "
            "its encoder, and delete it again",
        ):
            call("StopStream", "Delete")
        assert 297 <= clock.now <= 300
        assert set(clock.pauses) == {3}

    def test_ends_before_lambda_does(self, service: Service, clock: Clock) -> None:
        """
        With a minute left, a channel that stays live has 45 seconds.
        """
        service.channels[CHANNEL].stops = ENOUGH
        with pytest.raises(TimeoutError, match="is still live"):
            call("StopStream", "Delete", seconds=60)
        assert 42 <= clock.now <= 45

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


class TestParameters:
    @pytest.mark.parametrize("operation", OPERATIONS)
    def test_are_those_of_the_api(self, service: Service, operation: str) -> None:
        """
        Botocore's model has nothing against what reaches the API, and the permission has all.
        """
        resource, value, actions = OPERATIONS[operation]
        service.attachable.add(value)
        requests = ["Create", "Update", "Delete"]
        for request in requests:
            call(operation, request)
        if operation == "StopStream":
            assert [each.action for each in service.calls] == ["StopStream"]
        assert {each.action for each in service.calls} == actions
        for each in service.calls:
            given = each.parameters
            shape = model(SERVICE_OF[each.action]).operation_model(each.action).input_shape
            complete = {**dict.fromkeys(shape.required_members, resource), **given}
            assert ParamValidator().validate(complete, shape).generate_report() == ""
        assert {action.partition(":")[2] for action in Operation(operation).actions} == actions

    def test_of_slates_are_those_of_the_api(self, service: Service) -> None:
        """
        Botocore's model has nothing against what creates, changes and deletes a failover slate,
        and the permission has all of it.
        """
        slate = whole_slate()
        slate.create()
        slate.update(ActivationThresholdSeconds="5", Tags=[{"Key": "other", "Value": "tag"}])
        slate.delete()
        assert [answer.status for answer in slate.responses] == ["SUCCESS"] * 3
        assert {each.action for each in service.calls} == OF_SLATES
        for each in service.calls:
            shape = model("ivs").operation_model(each.action).input_shape
            assert ParamValidator().validate(each.parameters, shape).generate_report() == ""
        operation = Operation.FAILOVER_SLATE_CONFIGURATION
        assert {action.partition(":")[2] for action in operation.actions} == OF_SLATES

    @pytest.mark.parametrize("action", sorted({*SERVICE_OF} - {"TagResource", "UntagResource"}))
    def test_are_sent_to_the_path_of_the_action(self, action: str) -> None:
        """
        The API has every action that is sent in place of another at a path of its name, and each
        service has the other, which needs no parameter.
        """
        service = SERVICE_OF[action]
        sent = model(service).operation_model(action).http
        assert (sent["method"], sent["requestUri"]) == ("POST", f"/{action}")
        carrier = model(service).operation_model(api.CARRIERS[service])
        assert carrier.http["requestUri"] == f"/{carrier.name}"
        assert carrier.input_shape.required_members == []

    def test_are_refused_by_the_judge_if_they_are_wrong(self) -> None:
        """
        The model refuses a rate that is no number, and a parameter that there is not.
        """
        shape = model("ivschat").operation_model("UpdateRoom").input_shape
        report = ParamValidator().validate({"arn": ROOM, RATE: "11"}, shape).generate_report()
        assert 'Unknown parameter in input: "arn"' in report
        assert 'Missing required parameter in input: "identifier"' in report
        assert f"Invalid type for parameter {RATE}" in report

    def test_has_numbers_as_numbers(self, service: Service) -> None:
        """
        CloudFormation gives the rate as a text, and the API is given a number.
        """
        call("MessageRate")
        assert service.changes()[0].parameters == {"identifier": ROOM, RATE: 50}


class TestOldSdk:
    """The SDK of Lambda, which does not know what is younger."""

    @pytest.fixture(autouse=True)
    def old_model(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The client has a model without ads and failover slates."""
        load = Loader.load_service_model

        def reduced(self: Loader, service: str, *others: Any, **more: Any) -> Any:
            found = json.loads(json.dumps(load(self, service, *others, **more)))
            for shape in found.get("shapes", {}).values():
                shape.get("members", {}).pop(ADS, None)
                shape.get("members", {}).pop(SLATE, None)
            for name in list(found.get("operations", {})):
                if "FailoverSlate" in name:
                    del found["operations"][name]
            return found

        monkeypatch.setattr(Loader, "load_service_model", reduced)
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)

    def test_does_not_know_ads(self) -> None:
        """
        The model of this test refuses the parameter.
        """
        client = boto3.Session().client("ivs", region_name="us-west-2")
        shape = client.meta.service_model.operation_model("UpdateChannel").input_shape
        assert ADS not in shape.members
        assert POLICY in shape.members

    def test_does_not_know_slates(self) -> None:
        """
        The client of this test has no method for them.
        """
        client = boto3.Session().client("ivs", region_name="us-west-2")
        assert not hasattr(client, "create_failover_slate_configuration")
        assert hasattr(client, "create_channel")

    def test_creates_changes_and_deletes_slates(self, service: Service) -> None:
        """
        Actions that the SDK does not know reach the service, and their answers and errors come
        back.
        """
        slate = whole_slate()
        arn = slate.create().data["Arn"]
        assert service.slates[arn].fields["maxSlateDisplaySeconds"] == 90
        slate.update(MaxSlateDisplaySeconds="91")
        assert service.slates[arn].fields["maxSlateDisplaySeconds"] == 91
        service.fail("DeleteFailoverSlateConfiguration", *repeated("ValidationException", 1))
        assert "(ValidationException, 1 try: said by the service" in slate.delete().reason
        slate.physical_id = slate.responses[0].physical_id
        assert slate.delete().status == "SUCCESS"
        assert service.slates == {}

    def test_attaches_slates(self, service: Service) -> None:
        """
        The parameter reaches the service.
        """
        slate = OPERATIONS["AttachFailoverSlateConfiguration"][1]
        service.attachable.add(slate)
        call("AttachFailoverSlateConfiguration")
        assert service.attached(CHANNEL, SLATE) == slate

    def test_sends_ads(self, service: Service) -> None:
        """
        The parameter reaches the service.
        """
        ads = OPERATIONS["AttachAdConfiguration"][1]
        service.attachable.add(ads)
        call("AttachAdConfiguration")
        assert service.attached(CHANNEL, ADS) == ads

    def test_reads_ads(self, service: Service) -> None:
        """
        The value is read from the answer: what is attached already is not attached again.
        """
        service.channels[CHANNEL].attached[ADS] = OPERATIONS["AttachAdConfiguration"][1]
        call("AttachAdConfiguration")
        assert service.changes() == []


class TestAnswers:
    def test_without_a_body_are_empty(self, service: Service) -> None:
        """
        What the service does not return is no attribute.
        """
        service.stages[STAGE] = {}
        assert call("StageEndpoints")["Data"] == {}


def whole_slate() -> CustomResource:
    """A failover slate with every property, which is not created yet."""
    properties = {
        "Operation": "FailoverSlateConfiguration",
        "ResourceArn": arn("failover-slate-configuration/*"),
        "Name": "slate",
        "ActivationThresholdSeconds": "4",
        "MinSlateDisplaySeconds": "5",
        "MaxSlateDisplaySeconds": "90",
        "Tags": [{"Key": "team", "Value": "live"}],
    }
    return CustomResource(directly, properties, "Slate")


def refuse(
    monkeypatch: pytest.MonkeyPatch, status: int, headers: dict[str, str], body: bytes
) -> None:
    """Answer each UpdateChannel, and each GetChannel with an empty answer, without a server."""

    def send(_: object, request: AWSPreparedRequest) -> AWSResponse:
        if request.url.endswith("/GetChannel"):
            return AWSResponse(request.url, 200, HeadersDict(), Raw(b"{}"))
        return AWSResponse(request.url, status, HeadersDict(headers), Raw(body))

    monkeypatch.setattr(URLLib3Session, "send", send)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


class Raw(io.BytesIO):
    """A body as urllib3 has it."""

    def stream(self) -> Iterator[bytes]:
        """The whole body."""
        yield self.read()


def model(service: str) -> Any:
    """Botocore's model of a service."""
    return botocore.session.get_session().get_service_model(service)
