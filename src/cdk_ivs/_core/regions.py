"""The Regions of the service, also for modules that do not import the CDK."""

from __future__ import annotations

# The endpoints in the AWS General Reference as of 2026-11-21, the same for low latency, real
# time and chat.
REGIONS = frozenset(
    {
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-south-1",
        "eu-central-1",
        "eu-west-1",
        "us-east-1",
        "us-west-2",
    }
)

# The Regions with AWS::IVS::AdConfiguration in the CloudFormation registry, as of 2026-10-20.
AD_CONFIGURATION_REGIONS = frozenset({"ap-south-1", "eu-central-1", "us-east-1", "us-west-2"})
