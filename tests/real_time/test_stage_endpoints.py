"""The endpoints of stages, which CloudFormation does not return."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import CfnOutput, Stack
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import arn
from tests.support.deployment import Answer, Deployment, calls_of, deploy, problems_of
from tests.support.graph import made_before, only
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token

ENDPOINTS = "Custom::IVSStageEndpoints"
STAGE = arn("stage/AbCdef1G2hij")
STAGE_ID = "Stage0E8C2AF5"
LOGICAL_ID = "StageGetStage8C14DEBA"
VALUES = {f"{STAGE_ID}.Arn": STAGE}
NAMES = ["events", "rtmp", "rtmps", "whip"]
URLS = {
    "events": "wss://global.events.live-video.net",
    "rtmp": "rtmp://9x0y8z7s6t5u.global-contribute.live-video.net/app/",
    "rtmps": "rtmps://9x0y8z7s6t5u.global-contribute.live-video.net:443/app/",
    "whip": "https://9x0y8z7s6t5u.global-bm.whip.live-video.net",
}
SESSION = "st-a1b2c3d4e5f6g"


class TestTemplate:
    def test_has_nothing_unless_one_is_read(self, stack: Stack) -> None:
        """
        A stage whose endpoints nobody reads is the stage alone, also when the facade is had.
        """
        stage = ivs.Stage(stack, "Stage")
        assert isinstance(stage.endpoints, ivs.StageEndpoints)
        assert list(template_of(stack)["Resources"]) == [STAGE_ID]

    @pytest.mark.parametrize("name", NAMES)
    def test_has_an_attribute_for_each(self, stack: Stack, name: str) -> None:
        """
        Each endpoint is the part of the answer that has its name.
        """
        stage = ivs.Stage(stack, "Stage")
        assert stack.resolve(getattr(stage.endpoints, name)) == {
            "Fn::GetAtt": [LOGICAL_ID, f"stage.endpoints.{name}"]
        }

    def test_has_one_resource_however_many_are_read(self, stack: Stack) -> None:
        """
        All endpoints of a stage are of one resource, read as often as may be.
        """
        stage = ivs.Stage(stack, "Stage")
        for _ in range(2):
            assert all(getattr(stage.endpoints, name) for name in NAMES)
        assert stage.endpoints.whip is stage.endpoints.whip
        assert list(resources_of(stack, ENDPOINTS)) == [LOGICAL_ID]

    def test_has_one_resource_a_stage_and_one_function_a_stack(self, stack: Stack) -> None:
        """
        Each stage is asked for by itself, by the function that all of them share.
        """
        for id in ("A", "B"):
            assert ivs.Stage(stack, id).endpoints.whip
        assert len(resources_of(stack, ENDPOINTS)) == 2
        assert len(resources_of(stack, "AWS::Lambda::Function")) == 1

    def test_has_a_call_that_keeps_the_endpoints_only(self, stack: Stack) -> None:
        """
        The stage is asked for when the resource is made or changed, and nothing is logged.
        """
        assert ivs.Stage(stack, "Stage").endpoints.whip
        call = {
            "service": "IVSRealTime",
            "action": "getStage",
            "parameters": {"arn": STAGE},
            "physicalResourceId": {"id": f"{STAGE}#GetStage"},
            "outputPaths": [
                "stage.endpoints.events",
                "stage.endpoints.rtmp",
                "stage.endpoints.rtmps",
                "stage.endpoints.whip",
            ],
            "logApiResponseData": False,
        }
        calls = calls_of(template_of(stack), LOGICAL_ID, VALUES)
        assert calls == {"Create": call, "Update": call}
        assert problems_of(call) == ""

    def test_has_a_call_whose_mistakes_would_be_found(self) -> None:
        """
        The model of the API has something against another parameter.
        """
        call = {"service": "IVSRealTime", "action": "getStage", "parameters": {"stageArn": STAGE}}
        assert "Unknown parameter in input" in problems_of(call)

    def test_lets_the_function_get_the_one_stage(self, stack: Stack) -> None:
        """
        The function gets one action on one ARN, before it is called.
        """
        assert ivs.Stage(stack, "Stage").endpoints.whip
        template = template_of(stack)
        permission = only(template, "AWS::IAM::Policy")
        assert template["Resources"][permission]["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": "ivs:GetStage",
                "Effect": "Allow",
                "Resource": {"Fn::GetAtt": [STAGE_ID, "Arn"]},
            }
        ]
        assert {STAGE_ID, permission} <= made_before(template, LOGICAL_ID)

    def test_installs_no_sdk(self, stack: Stack) -> None:
        """
        The SDK of Lambda knows the endpoints.
        """
        assert ivs.Stage(stack, "Stage").endpoints.whip
        (resource,) = resources_of(stack, ENDPOINTS).values()
        assert resource["Properties"]["InstallLatestAwsSdk"] is False


class TestReferences:
    def test_are_asked_for_by_their_arn(self, stack: Stack) -> None:
        """
        The endpoints of a stage of elsewhere can be had, and by this one's ARN alone.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", STAGE)
        CfnOutput(stack, "Whip", value=stage.endpoints.whip)
        call = calls_of(template_of(stack), LOGICAL_ID, {})["Create"]
        assert call["parameters"] == {"arn": STAGE}
        Template.from_stack(stack).has_resource_properties(
            "AWS::IAM::Policy",
            {
                "PolicyDocument": {
                    "Statement": [{"Action": "ivs:GetStage", "Effect": "Allow", "Resource": STAGE}]
                }
            },
        )
        Template.from_stack(stack).has_output(
            "Whip", {"Value": {"Fn::GetAtt": [LOGICAL_ID, "stage.endpoints.whip"]}}
        )

    def test_may_be_known_at_deployment(self, stack: Stack) -> None:
        """
        The ARN of the stage may be a token.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", token("StageArn"))
        assert stage.endpoints.whip
        call = calls_of(template_of(stack), LOGICAL_ID, {"StageArn": STAGE})["Create"]
        assert call["parameters"] == {"arn": STAGE}

    @pytest.mark.parametrize(
        ("stage_arn", "problem"),
        [
            (
                arn("stage/a", region="eu-west-1"),
                "Region of the stack, us-west-2, got one in eu-west-1",
            ),
            (
                "arn:aws:ivs:us-west-2:210987654321:stage/a",
                "account of the stack, 123456789012, got one in 210987654321",
            ),
        ],
        ids=["region", "account"],
    )
    def test_of_elsewhere_are_refused(
        self, located_stack: Stack, stage_arn: str, problem: str
    ) -> None:
        """
        The function calls the API of the stack's account and Region, which does not know the
        stage: the error says so where an endpoint is read, and nothing is made.
        """
        stage = ivs.Stage.from_stage_arn(located_stack, "Stage", stage_arn)
        with pytest.raises(ValidationError) as error:
            _ = stage.endpoints.whip
        assert error.value.message == f"'stage_arn' must be in the {problem}"
        assert error.value.code == "Environment"
        assert error.value.path == "Stack/Stage/GetStage"
        assert template_of(located_stack).get("Resources", {}) == {}


class TestDeployment:
    """The function of aws-cdk-lib, run by node."""

    @pytest.mark.parametrize("event", ["Create", "Update"])
    def test_returns_the_endpoints_and_nothing_else(self, stack: Stack, event: str) -> None:
        """
        CloudFormation gets the four endpoints, and neither it nor the log the rest of the stage.
        """
        done = self.deploy(stack, event)
        assert done.to_ivs == [("/GetStage", {"arn": STAGE})]
        assert done.response == {
            "Status": "SUCCESS",
            "Reason": "OK",
            "PhysicalResourceId": f"{STAGE}#GetStage",
            "Data": {
                "stage.endpoints.events": "wss://global.events.live-video.net",
                "stage.endpoints.rtmp": "rtmp://9x0y8z7s6t5u.global-contribute.live-video.net/app/",
                "stage.endpoints.rtmps": (
                    "rtmps://9x0y8z7s6t5u.global-contribute.live-video.net:443/app/"
                ),
                "stage.endpoints.whip": "https://9x0y8z7s6t5u.global-bm.whip.live-video.net",
            },
        }
        assert SESSION not in str(done.to_cloudformation)
        assert SESSION not in done.log

    def test_asks_nothing_when_it_is_deleted(self, stack: Stack) -> None:
        """
        The deletion succeeds without a call.
        """
        done = self.deploy(stack, "Delete")
        assert done.to_ivs == []
        assert done.response["Status"] == "SUCCESS"

    def test_fails_with_what_ivs_says(self, stack: Stack) -> None:
        """
        A stage that is not there fails the deployment, with the reason.
        """
        answer = Answer({"exceptionMessage": "no such stage"}, 404, "ResourceNotFoundException")
        done = self.deploy(stack, "Create", answer)
        assert done.response["Status"] == "FAILED"
        assert done.response["Data"] == {}

    @staticmethod
    def deploy(stack: Stack, event: str, answer: Answer | None = None) -> Deployment:
        """Run the function, by default with an answer in which there is more than is wanted."""
        assert ivs.Stage(stack, "Stage").endpoints.whip
        found: dict[str, Any] = {
            "stage": {"arn": STAGE, "activeSessionId": SESSION, "endpoints": URLS}
        }
        return deploy(stack, LOGICAL_ID, event, VALUES, answer or Answer(found))
