"""The endpoints of stages, which CloudFormation does not return."""

from __future__ import annotations

import pytest
from aws_cdk import App, CfnOutput, Stack
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import arn
from tests.support.attachments import PERMISSION
from tests.support.graph import in_order, only
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token

ENDPOINTS = "Custom::IVSStageEndpoints"
STAGE = arn("stage/AbCdef1G2hij")
STAGE_ID = "Stage0E8C2AF5"
LOGICAL_ID = "StageGetStage2B54807E"
NAMES = ["events", "rtmp", "rtmps", "whip"]


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
            "Fn::GetAtt": [LOGICAL_ID, name.title()]
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
        assert len(resources_of(stack, PERMISSION)) == 2
        # The function, and the one of the provider framework.
        assert len(resources_of(stack, "AWS::Lambda::Function")) == 2

    def test_tells_which_stage_to_ask_for(self, stack: Stack) -> None:
        """
        The resource has the operation and the stage.
        """
        assert ivs.Stage(stack, "Stage").endpoints.whip
        (resource,) = resources_of(stack, ENDPOINTS).values()
        assert resource["Properties"] == {
            "ServiceToken": {
                "Fn::GetAtt": ["cdkivsCustomResourcesProviderframeworkonEvent1D1F32B1", "Arn"]
            },
            "Operation": "StageEndpoints",
            "ResourceArn": {"Fn::GetAtt": [STAGE_ID, "Arn"]},
        }

    def test_is_created_again_after_it_was_removed(self, stack: Stack) -> None:
        """
        A resource that was taken out of the tree is created by the next read, with its permission.
        """
        stage = ivs.Stage(stack, "Stage")
        endpoints = stage.endpoints
        assert endpoints.whip
        assert stage.node.try_remove_child("GetStage")
        CfnOutput(stack, "Whip", value=endpoints.whip)
        assert list(resources_of(stack, ENDPOINTS)) == [LOGICAL_ID]
        assert len(resources_of(stack, PERMISSION)) == 1

    def test_lets_the_function_get_the_one_stage(self, stack: Stack) -> None:
        """
        The function gets one action on one ARN, before it is called.
        """
        assert ivs.Stage(stack, "Stage").endpoints.whip
        template = template_of(stack)
        permission = only(template, PERMISSION)
        assert template["Resources"][permission]["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": ["ivs:GetStage"],
                "Effect": "Allow",
                "Resource": [{"Fn::GetAtt": [STAGE_ID, "Arn"]}],
            }
        ]
        assert in_order(template, STAGE_ID, permission, LOGICAL_ID)


class TestReferences:
    def test_have_none_outside_of_a_stack(self, app: App) -> None:
        """
        A reference can stand in an app, and its custom resource cannot.
        """
        stage = ivs.Stage.from_stage_arn(app, "Stage", arn("stage/AbCdef1G2hij"))
        with pytest.raises(ValidationError) as error:
            _ = stage.endpoints.whip
        assert str(error.value) == (
            "'scope' must be a stack or a construct in one, got an object of type "
            f"'{type(stage).__name__}' outside of stacks; create a Stack in the app and use that "
            "[cdk-ivs:NoStack at 'Stage/GetStage']"
        )
        assert stage.node.children == []

    def test_are_asked_for_by_their_arn(self, stack: Stack) -> None:
        """
        The endpoints of an imported stage can be had, and by this one's ARN alone.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", STAGE)
        CfnOutput(stack, "Whip", value=stage.endpoints.whip)
        (resource,) = resources_of(stack, ENDPOINTS).values()
        assert resource["Properties"]["ResourceArn"] == STAGE
        Template.from_stack(stack).has_resource_properties(
            PERMISSION,
            {
                "PolicyDocument": {
                    "Statement": [
                        {"Action": ["ivs:GetStage"], "Effect": "Allow", "Resource": [STAGE]}
                    ]
                }
            },
        )
        Template.from_stack(stack).has_output(
            "Whip", {"Value": {"Fn::GetAtt": [LOGICAL_ID, "Whip"]}}
        )

    def test_may_be_known_at_deployment(self, stack: Stack) -> None:
        """
        The ARN of the stage may be a token.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", token("StageArn"))
        assert stage.endpoints.whip
        (resource,) = resources_of(stack, ENDPOINTS).values()
        assert resource["Properties"]["ResourceArn"] == {"Ref": "StageArn"}

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


@pytest.mark.parametrize("arguments", [(), ("stage",)])
def test_are_not_created_by_users(arguments: tuple[str, ...]) -> None:
    """
    Whoever tries is told where they are.
    """
    with pytest.raises(ivs.ArgumentTypeError, match="StageEndpoints cannot be created; use 'endpo"):
        ivs.StageEndpoints(*arguments)
