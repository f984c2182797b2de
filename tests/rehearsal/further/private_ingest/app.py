"""An endpoint for encoders in a VPC, and the channel that they stream to."""

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2

import cdk_ivs as ivs
from cdk_ivs import patterns


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    stack = cdk.Stack(app, "PrivateIngest")
    isolated = ec2.SubnetType.PRIVATE_ISOLATED
    vpc = ec2.Vpc(
        stack,
        "Vpc",
        availability_zones=["us-west-2a", "us-west-2b"],
        restrict_default_security_group=False,
        subnet_configuration=[ec2.SubnetConfiguration(name="Private", subnet_type=isolated)],
    )
    ingest = patterns.PrivateIngest(
        stack,
        "Ingest",
        vpc=vpc,
        peers=[ec2.Peer.ipv4("10.0.0.0/24")],
        subnets=ec2.SubnetSelection(subnet_type=isolated),
    )
    channel = ivs.Channel(stack, "Channel")
    channel.add_stream_key("StreamKey")
    cdk.CfnOutput(stack, "ChannelArn", value=channel.channel_arn)
    cdk.CfnOutput(stack, "IngestUrl", value=ingest.rtmps_ingest_url)
    cdk.CfnOutput(stack, "EndpointId", value=ingest.endpoint.vpc_endpoint_id)
    return stack
