"""Errors of the API: how long they are retried, and what is said about them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from botocore.httpsession import URLLib3Session

from cdk_ivs._services.custom_resource.cdk_ivs_handler import api, errors
from tests.services.custom_resource.calls import SERVICE_OF, call, model, repeated
from tests.support.service import CHANNEL, OLD, PASSPHRASE, Service, ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clock import Clock

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once


# How long each error is retried, in seconds, and what the last error says to do.
RETRIED = {
    "AccessDenied": (90, "allow the call and deploy again"),
    "AccessDeniedException": (90, "allow the call and deploy again"),
    "ConflictException": (120, "wait until its stream has ended, and deploy again"),
    "InternalServerException": (120, "deploy again later"),
    "PendingVerification": (120, "contact AWS Support, and deploy again"),
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


class TestRetries:
    @pytest.mark.parametrize("code", [*RETRIED, *AT_ONCE])
    def test_have_a_bound(self, code: str) -> None:
        """
        How long an error may last is known to the second.
        """
        seconds = RETRIED[code][0] if code in RETRIED else 0
        assert errors.response_to("UpdateChannel", code).seconds == seconds

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

    def test_use_all_the_time_that_there_is(
        self, service: Service, clock: Clock, longest_pauses: list[float]
    ) -> None:
        """
        A try for which the time is just enough is made, and is the last one.
        """
        service.fail("GetChannel", *repeated("ThrottlingException"))
        with pytest.raises(errors.CallError, match="ThrottlingException, 6 tries"):
            call(seconds=46)
        assert clock.pauses == [1, 2, 4, 8, 16]

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
            errors.CallError,
            match=r"Amazon IVS did not answer; deploy again later \(Unreachable, [0-9]+ tries: "
            "Could not connect to the endpoint URL",
        ) as error:
            call()
        assert error.value.code == "Unreachable"
        assert str(error.value).endswith(" [cdk-ivs:ServiceUnreachable]")
        assert 100 <= clock.now <= 120


# The codes that the documentation lists, by those of the service.
CODES = {
    "AccessDenied": "CallDenied",
    "AccessDeniedException": "CallDenied",
    "ConflictException": "ResourceBusy",
    "InternalServerException": "ServiceFailure",
    "PendingVerification": "AccountNotVerified",
    "ResourceNotFoundException": "ResourceNotFound",
    "StreamUnavailable": "StreamUnavailable",
    "ThrottlingException": "CallThrottled",
    "TooManyRequestsException": "CallThrottled",
}


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
        assert message.endswith(
            f"({code}, {counted}: said by the service: {code}) "
            f"[cdk-ivs:{CODES.get(code, 'CallRefused')}]"
        )
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
            declared - {*errors.RESPONSES}
            == {
                "ChannelNotBroadcasting",
                "ServiceQuotaExceededException",
                "ValidationException",
            }
            & declared
        )
        assert errors.OFFLINE in declared

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
        with pytest.raises(
            errors.CallError, match=r"\(ValidationException, 1 try\) \[cdk-ivs:CallRefused\]$"
        ):
            call()

    def test_have_one_line_of_a_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        What a proxy answers is cut, without its line breaks.
        """
        refuse(monkeypatch, 403, {}, b"<html>\n" + b"no entry\n" * 1_000)
        with pytest.raises(errors.CallError) as error:
            call()
        assert str(error.value).endswith(") [cdk-ivs:CallRefused]")
        assert "(403, 1 try: <html> no entry no entry" in str(error.value)
        shown = str(error.value).partition("1 try: ")[2].removesuffix(") [cdk-ivs:CallRefused]")
        assert len(shown) == 300
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
