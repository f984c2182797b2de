"""What is sent to the API, also by an SDK that is older than an action, and what it answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.loaders import Loader
from botocore.validate import ParamValidator

from cdk_ivs._services.custom_resource.cdk_ivs_handler import api
from cdk_ivs._services.custom_resource.operations import Operation
from tests.services.custom_resource.calls import (
    OF_SLATES,
    OPERATIONS,
    SERVICE_OF,
    call,
    model,
    repeated,
)
from tests.support.arns import arn
from tests.support.cloudformation import CustomResource, directly
from tests.support.service import ADS, CHANNEL, POLICY, RATE, ROOM, SLATE, STAGE, Service

if TYPE_CHECKING:
    pass

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once


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
