"""The settings of token functions that come from Lambda: VPC, concurrency, tracing and key."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Environment, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_ec2 import SecurityGroup, SubnetSelection, SubnetType, Vpc
from aws_cdk.aws_kms import Key
from aws_cdk.aws_lambda import Tracing

import cdk_ivs as ivs
from tests.support.arns import ACCOUNT, REGION
from tests.support.kms import KEY_ARN

from .construct_parts import KINDS

pytestmark = pytest.mark.parametrize("kind", KINDS)


def vpc_of(stack: Stack, id: str = "Vpc") -> Any:
    """An imported VPC, with a public and a private subnet."""
    return Vpc.from_vpc_attributes(
        stack,
        id,
        availability_zones=["us-west-2a"],
        private_subnet_ids=["subnet-0private"],
        public_subnet_ids=["subnet-0public"],
        vpc_id="vpc-0123456789abcdef0",
    )


def function_in(stack: Stack) -> Any:
    """The properties of the one function in the template."""
    (found,) = Template.from_stack(stack).find_resources("AWS::Lambda::Function").values()
    return found["Properties"]


def statements(stack: Stack) -> list[Any]:
    """All that the role of the function may do."""
    return [
        statement
        for policy in Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
    ]


class TestSettings:
    def test_are_left_out_by_default(self, stack: Stack, kind: str) -> None:
        """
        Without settings, the function has no VPC, no reservation, no tracing and no key.
        """
        KINDS[kind](stack)
        found = function_in(stack)
        assert not {
            "KmsKeyArn",
            "ReservedConcurrentExecutions",
            "TracingConfig",
            "VpcConfig",
        } & set(found)
        assert "ec2:" not in str(statements(stack))

    def test_are_rendered(self, stack: Stack, kind: str) -> None:
        """
        The function has the key, the reservation and the tracing.
        """
        KINDS[kind](
            stack,
            environment_encryption=Key.from_key_arn(stack, "Key", KEY_ARN),
            reserved_concurrent_executions=0,
            tracing=Tracing.ACTIVE,
        )
        found = function_in(stack)
        assert found["KmsKeyArn"] == KEY_ARN
        assert found["ReservedConcurrentExecutions"] == 0
        assert found["TracingConfig"] == {"Mode": "Active"}
        assert {
            "Action": ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            "Effect": "Allow",
            "Resource": "*",
        } in statements(stack)

    def test_can_be_tokens(self, stack: Stack, kind: str) -> None:
        """
        The number of reserved executions can be a parameter of the stack.
        """
        number = CfnParameter(stack, "Reserved", type="Number").value_as_number
        KINDS[kind](stack, reserved_concurrent_executions=number)
        found = function_in(stack)
        assert found["ReservedConcurrentExecutions"] == {"Ref": "Reserved"}

    def test_of_a_vpc(self, stack: Stack, kind: str) -> None:
        """
        The function is in the private subnets with a new group, and may create its interfaces.
        """
        KINDS[kind](stack, vpc=vpc_of(stack))
        config = function_in(stack)["VpcConfig"]
        assert config["SubnetIds"] == ["subnet-0private"]
        (group,) = Template.from_stack(stack).find_resources("AWS::EC2::SecurityGroup")
        assert config["SecurityGroupIds"] == [{"Fn::GetAtt": [group, "GroupId"]}]
        assert {
            "Action": [
                "ec2:AssignPrivateIpAddresses",
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:UnassignPrivateIpAddresses",
            ],
            "Effect": "Allow",
            "Resource": "*",
        } in statements(stack)

    def test_of_a_vpc_of_the_app(self, stack: Stack, kind: str) -> None:
        """
        The VPC can be one that the app creates, with a group and subnets of the caller's choice.
        """
        vpc = Vpc(stack, "Vpc", max_azs=1)
        group = SecurityGroup.from_security_group_id(stack, "Group", "sg-0123456789abcdef0")
        KINDS[kind](
            stack,
            security_groups=(group,),
            vpc=vpc,
            vpc_subnets=SubnetSelection(subnets=vpc.private_subnets),
        )
        config = function_in(stack)["VpcConfig"]
        assert config["SecurityGroupIds"] == ["sg-0123456789abcdef0"]
        assert config["SubnetIds"] == [
            stack.resolve(subnet.subnet_id) for subnet in vpc.private_subnets
        ]


class TestRefusals:
    @pytest.mark.parametrize(
        ("settings", "message", "code"),
        [
            (
                {"reserved_concurrent_executions": -1},
                "'reserved_concurrent_executions' must be at least 0 executions, got -1",
                "NumberRange",
            ),
            (
                {"environment_encryption": KEY_ARN},
                f"'environment_encryption' must be IKeyRef, got '{KEY_ARN}' of type 'str'",
                "ArgumentType",
            ),
            ({"tracing": True}, "'tracing' must be Tracing, got True of type", "ArgumentType"),
            ({"vpc": "vpc-1"}, "'vpc' must be Vpc or IVpc, got 'vpc-1' of type", "ArgumentType"),
            (
                {"vpc_subnets": SubnetSelection(subnet_type=SubnetType.PRIVATE_ISOLATED)},
                "'vpc_subnets' requires 'vpc', got none",
                "FunctionVpc",
            ),
            ({"security_groups": []}, "'security_groups' requires 'vpc', got none", "FunctionVpc"),
        ],
    )
    def test_leave_nothing_behind(
        self, stack: Stack, kind: str, settings: dict[str, Any], message: str, code: str
    ) -> None:
        """
        A wrong setting is refused with its keyword and a code, and nothing is created.
        """
        with pytest.raises(ivs.ValidationError) as caught:
            KINDS[kind](stack, **settings)
        assert message in str(caught.value)
        assert str(caught.value).endswith(f"[cdk-ivs:{code} at 'Stack/It']")
        assert stack.node.try_find_child("It") is None

    @pytest.mark.parametrize(
        ("settings", "message"),
        [
            ({"security_groups": []}, "'security_groups' must have at least one security group"),
            (
                {"vpc_subnets": SubnetSelection(subnet_type=SubnetType.PUBLIC)},
                "'vpc' and 'vpc_subnets' must be accepted by the CDK, got the error: ",
            ),
        ],
    )
    def test_of_a_vpc_leave_nothing_behind(
        self, stack: Stack, kind: str, settings: dict[str, Any], message: str
    ) -> None:
        """
        A list without groups is refused, and so are public subnets, which the CDK refuses.
        """
        with pytest.raises(ivs.ValidationError) as caught:
            KINDS[kind](stack, vpc=vpc_of(stack), **settings)
        assert message in str(caught.value)
        assert str(caught.value).endswith("[cdk-ivs:FunctionVpc at 'Stack/It']")
        assert stack.node.try_find_child("It") is None
        assert "AWS::Lambda::Function" not in str(Template.from_stack(stack).to_json())

    @pytest.mark.parametrize("of_app", [True, False])
    def test_vpc_of_another_region(self, app: App, kind: str, *, of_app: bool) -> None:
        """
        A VPC that is known to be in another Region is refused.
        """
        here = Stack(app, "Here", env=Environment(account=ACCOUNT, region=REGION))
        there = Stack(app, "There", env=Environment(account=ACCOUNT, region="eu-west-1"))
        vpc = Vpc(there, "Vpc") if of_app else vpc_of(there)
        with pytest.raises(ivs.ValidationError, match=r"'vpc'.*eu-west-1") as caught:
            KINDS[kind](here, vpc=vpc)
        assert caught.value.code == "Environment"
        assert here.node.try_find_child("It") is None
