"""The VPC of a function that returns tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk.aws_ec2 import IVpc, Vpc

from cdk_ivs._core.environments import check_same_environment, compared_environment
from cdk_ivs._core.tree import scope_info
from cdk_ivs._iam.grants import Statement
from cdk_ivs._validation.errors import ValidationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constructs import Construct

# Without the role that the CDK would create, the function needs these permissions of its own. EC2
# does not support resources for the Describe actions, and Lambda checks all of them on "*":
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
_MAY_JOIN = Statement(
    "ec2",
    [
        "AssignPrivateIpAddresses",
        "CreateNetworkInterface",
        "DeleteNetworkInterface",
        "DescribeNetworkInterfaces",
        "DescribeSubnets",
        "UnassignPrivateIpAddresses",
    ],
    ["*"],
)


def check_network(
    scope: Construct,
    vpc: IVpc | None,
    vpc_subnets: object,
    security_groups: Sequence[object] | None,
) -> None:
    """Refuse subnets and security groups without a VPC, and a VPC in another Region."""
    if vpc is None:
        given = {"security_groups": security_groups, "vpc_subnets": vpc_subnets}
        for keyword, value in given.items():
            if value is not None:
                raise ValidationError(
                    f"'{keyword}' requires 'vpc', got none; give the VPC too, or leave it out",
                    code="FunctionVpc",
                )
        return
    if security_groups is not None and not security_groups:
        raise ValidationError(
            "'security_groups' must have at least one security group, got none; leave it out to "
            "create one",
            code="FunctionVpc",
        )
    if isinstance(vpc, Vpc):
        theirs = scope_info(vpc).environment_or_tokens()
        compared_environment("vpc", theirs, scope)
    else:
        check_same_environment("vpc", vpc, scope)


def may_join(vpc: IVpc | None) -> list[Statement]:
    """Return the permissions that a function in a VPC needs."""
    return [] if vpc is None else [_MAY_JOIN]
