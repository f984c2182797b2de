"""How many messages to JavaScript a pattern takes, beside the same made by hand."""

from __future__ import annotations

import json
import re

import pytest
from aws_cdk import App, Fn, Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from benchmarks.recordings import NAME, add_by_hand, add_by_pattern, delivered_by_hand
from cdk_ivs.patterns import PrivateIngest, RecordingDelivery
from tests.support.messages import count

ARN = "arn:aws:acm:us-east-1:123456789012:certificate/12345678"


@pytest.fixture
def used(located_stack: Stack) -> Stack:
    """A stack with a channel, which everything about the stack was asked for."""
    assert ivs.Channel(located_stack, "Channel").channel_arn
    return located_stack


def without_names(text: str) -> str:
    """A resource without its names, and those that it refers to."""
    text = re.sub(r'("(?:Name|Id|TargetOriginId)": )"[^"]*"', r"\1null", text)
    return re.sub(r'("(?:Ref|Fn::GetAtt)": \[?)"[^"]*"', r"\1null", text)


class TestRecordingDelivery:
    def test_takes_fewer_than_by_hand(self, used: Stack) -> None:
        """
        11, where the same takes 16 by hand: the construct and its eight resources and origin, the
        bucket's access block and a day. Times are numbers, which cost nothing.
        """
        certificate = acm.Certificate.from_certificate_arn(used, "Certificate", ARN)
        own = count(
            lambda: RecordingDelivery(
                used, "Delivery", certificate=certificate, domain_names=[NAME]
            )
        )
        by_hand = count(lambda: delivered_by_hand(used, certificate))
        assert (own, by_hand) == (11, 16)
        assert own <= 0.8 * by_hand

    def test_takes_no_more_without_a_certificate(self, used: Stack) -> None:
        """
        The same without a certificate: the warning about old versions of TLS comes at synthesis.
        """
        own = count(lambda: RecordingDelivery(used, "Delivery"))
        by_hand = count(lambda: delivered_by_hand(used, None))
        assert (own, by_hand) == (11, 16)
        assert own <= 0.8 * by_hand

    def test_of_a_bucket_that_is_given(self, used: Stack) -> None:
        """
        18, where the same takes 24 by hand: nine for the construct, the resources and the origin,
        two for ids, five for the statement, and two for the encryption of the bucket.
        """
        bucket, other = (s3.Bucket(used, id, enforce_ssl=True) for id in ("Bucket", "Other"))
        ivs.StorageConfiguration(used, "Storage", bucket=bucket)
        own = count(lambda: RecordingDelivery(used, "Delivery", bucket=bucket))
        by_hand = count(lambda: delivered_by_hand(used, None, given=other))
        assert (own, by_hand) == (18, 24)
        assert own <= 0.8 * by_hand

    def test_is_the_same_statement_for_a_bucket_that_is_given(self, used: Stack) -> None:
        """
        What is compared lets CloudFront read the same files of the bucket.
        """
        bucket, other = (s3.Bucket(used, id, enforce_ssl=True) for id in ("Bucket", "Other"))
        RecordingDelivery(used, "Delivery", bucket=bucket)
        delivered_by_hand(used, None, "Hand", given=other)
        found = Template.from_stack(used).to_json()["Resources"]
        both = [resource for resource in found.values() if "IVS" not in resource["Type"]]
        alike = sorted(without_names(json.dumps(resource, sort_keys=True)) for resource in both)
        assert alike[::2] == alike[1::2]
        assert len(alike) == 2 * 8

    def test_is_for_the_same_resources(self, used: Stack) -> None:
        """
        What is compared has the same resources, with the same properties but for names.
        """
        RecordingDelivery(used, "Delivery")
        delivered_by_hand(used, None, "Hand")
        found = Template.from_stack(used).to_json()["Resources"]
        both = [resource for resource in found.values() if "IVS" not in resource["Type"]]
        alike = sorted(without_names(json.dumps(resource, sort_keys=True)) for resource in both)
        assert alike[::2] == alike[1::2]
        assert len(alike) == 2 * 8

    def test_the_whole_app_has_the_same_resources_by_hand(self, app: App) -> None:
        """
        The apps that are timed have resources of the same types. By hand with L1s of IVS it takes
        four fewer: nothing looks at the bucket's policy and encryption.
        """
        stacks = Stack(app, "Pattern"), Stack(app, "Hand")
        for stack in stacks:
            assert ivs.Channel(stack, "Used").channel_arn
        own = count(lambda: add_by_pattern(stacks[0]))
        by_hand = count(lambda: add_by_hand(stacks[1]))
        assert (own, by_hand) == (40, 36)
        types = [
            sorted(
                resource["Type"]
                for resource in Template.from_stack(stack).to_json()["Resources"].values()
            )
            for stack in stacks
        ]
        assert types[0] == types[1]


def ingested_by_hand(stack: Stack, vpc: ec2.Vpc) -> str:
    """The resources of a PrivateIngest, and its URL, with the constructs of the CDK."""
    group = ec2.SecurityGroup(
        stack,
        "Group",
        allow_all_outbound=False,
        description="Encoders that stream to Amazon IVS",
        vpc=vpc,
    )
    inside = ec2.Peer.ipv4(vpc.vpc_cidr_block)
    group.add_ingress_rule(inside, ec2.Port.tcp(443))
    group.add_ingress_rule(inside, ec2.Port.tcp(1935))
    endpoint = ec2.InterfaceVpcEndpoint(
        stack,
        "Endpoint",
        open=False,
        private_dns_enabled=False,
        security_groups=[group],
        service=ec2.InterfaceVpcEndpointAwsService("ivs.contribute"),
        vpc=vpc,
    )
    entry = Fn.select(0, endpoint.vpc_endpoint_dns_entries)
    return f"rtmps://{Fn.select(1, Fn.split(':', entry))}/app/"


class TestPrivateIngest:
    def test_takes_fewer_than_by_hand(self, used: Stack) -> None:
        """
        10, where the same takes 13 by hand: the rules are properties of the group, and the URL is
        made by one.
        """
        vpc = ec2.Vpc(used, "Vpc")
        own = count(lambda: PrivateIngest(used, "Ingest", vpc=vpc).rtmps_ingest_url)
        by_hand = count(lambda: ingested_by_hand(used, vpc))
        assert (own, by_hand) == (10, 13)
        assert own <= 0.8 * by_hand
        found = Template.from_stack(used).to_json()["Resources"]
        kinds = ("AWS::EC2::SecurityGroup", "AWS::EC2::VPCEndpoint")
        both = [resource for resource in found.values() if resource["Type"] in kinds]
        for resource in both:
            for rule in resource["Properties"].get("SecurityGroupIngress", []):
                rule.pop("Description", None)
            for rule in resource["Properties"].get("SecurityGroupEgress", []):
                rule.pop("Description", None)
        alike = sorted(without_names(json.dumps(resource, sort_keys=True)) for resource in both)
        assert alike[::2] == alike[1::2]
        assert len(alike) == 2 * 2
