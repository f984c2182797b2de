"""
Set the fields of a participant recording that CloudFormation does not have.

`ivs:UpdateStage` has the fields, but `AWS::IVS::Stage` does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._services.custom_resource.construct import properties_to_follow, run_at_deployment
from cdk_ivs._services.custom_resource.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk import CustomResource, IResolvable
    from aws_cdk.aws_ivs import CfnStage
    from constructs import Construct


def set_by_api(
    stage: Construct, stage_arn: str, cfn_stage: CfnStage, values: Mapping[str, str | IResolvable]
) -> None:
    """
    Call the API to set fields of a recording, each time the stage is created or changed.

    Args:
        stage: The stage, in which the custom resources are created.
        stage_arn: The ARN of the stage.
        cfn_stage: The stage in the template.
        values: The values, as JSON, by the name of the operation.
    """
    properties = properties_to_follow(cfn_stage)
    earlier: CustomResource | None = None
    for operation, value in values.items():
        resource = run_at_deployment(
            stage,
            operation,
            Operation(operation),
            stage_arn,
            created=True,
            owner=cfn_stage,
            properties={"Value": value, "Stage": properties},
        )
        # One after the other, because each call sends back the whole recording that it read.
        if earlier is not None:
            resource.node.add_dependency(earlier)
        earlier = resource
