"""Streams that reach IVS from a VPC without the internet."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_ec2 as ec2

from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs._core.regions import REGIONS
from cdk_ivs.patterns import PrivateIngest
from tests.patterns.templates import only, resources
from tests.support.annotations import warnings_of

ACCOUNT = "123456789012"
NOWHERE = [
    {
        "CidrIp": "255.255.255.255/32",
        "Description": "No outbound traffic",
        "FromPort": 252,
        "IpProtocol": "icmp",
        "ToPort": 86,
    }
]


@pytest.fixture
def vpc(located_stack: Stack) -> ec2.Vpc:
    """A VPC of the stack."""
    return ec2.Vpc(located_stack, "Vpc", max_azs=2, nat_gateways=0)


def refused(scope: Stack, **arguments: Any) -> ValidationError:
    """The error for arguments, of which nothing is left in the tree."""
    with pytest.raises(ValidationError) as error:
        PrivateIngest(scope, "Ingest", **arguments)
    assert scope.node.try_find_child("Ingest") is None
    assert error.value.path == f"{scope.node.path}/Ingest"
    return error.value


def isolated() -> ec2.SubnetSelection:
    """The subnets of a VPC without NAT."""
    return ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)


class TestResources:
    def test_are_an_endpoint_and_its_group(self, located_stack: Stack, vpc: ec2.Vpc) -> None:
        """
        The endpoint of the service lets the VPC in on both ports, and nothing out.
        """
        ingest = PrivateIngest(located_stack, "Ingest", vpc=vpc, subnets=isolated())
        (group,) = resources(located_stack, "AWS::EC2::SecurityGroup")
        (network,) = resources(located_stack, "AWS::EC2::VPC")
        inside = {"Fn::GetAtt": [network, "CidrBlock"]}
        assert only(located_stack, "AWS::EC2::SecurityGroup") == {
            "GroupDescription": "Encoders that stream to Amazon IVS",
            "SecurityGroupEgress": NOWHERE,
            "SecurityGroupIngress": [
                {
                    "CidrIp": inside,
                    "Description": f"Encoders of the VPC, port {port}",
                    "FromPort": port,
                    "IpProtocol": "tcp",
                    "ToPort": port,
                }
                for port in (443, 1935)
            ],
            "VpcId": {"Ref": network},
        }
        found = only(located_stack, "AWS::EC2::VPCEndpoint")
        assert len(found.pop("SubnetIds")) == 2
        assert found == {
            "PrivateDnsEnabled": False,
            "SecurityGroupIds": [{"Fn::GetAtt": [group, "GroupId"]}],
            "ServiceName": "com.amazonaws.us-west-2.ivs.contribute",
            "VpcEndpointType": "Interface",
            "VpcId": {"Ref": network},
        }
        assert isinstance(ingest.endpoint, ec2.InterfaceVpcEndpoint)
        assert len(ingest.security_groups) == 1

    def test_has_a_url(self, located_stack: Stack, vpc: ec2.Vpc) -> None:
        """
        Encoders stream to the name of the endpoint that stands for all Availability Zones.
        """
        ingest = PrivateIngest(located_stack, "Ingest", vpc=vpc, subnets=isolated())
        (endpoint,) = resources(located_stack, "AWS::EC2::VPCEndpoint")
        entries = {"Fn::GetAtt": [endpoint, "DnsEntries"]}
        name = {"Fn::Select": [1, {"Fn::Split": [":", {"Fn::Select": [0, entries]}]}]}
        assert located_stack.resolve(ingest.dns_name) == name
        assert located_stack.resolve(ingest.rtmps_ingest_url) == {
            "Fn::Join": ["", ["rtmps://", name, "/app/"]]
        }

    def test_lets_in_peers(self, located_stack: Stack, vpc: ec2.Vpc) -> None:
        """
        With peers only they are let in, by rules beside the group.
        """
        PrivateIngest(
            located_stack,
            "Ingest",
            peers=[ec2.Peer.ipv4("10.1.0.0/16"), ec2.Peer.prefix_list("pl-12345678")],
            subnets=isolated(),
            vpc=vpc,
        )
        assert "SecurityGroupIngress" not in only(located_stack, "AWS::EC2::SecurityGroup")
        rules = resources(located_stack, "AWS::EC2::SecurityGroupIngress").values()
        assert sorted(
            (rule.get("CidrIp") or rule["SourcePrefixListId"], rule["FromPort"], rule["ToPort"])
            for rule in rules
        ) == [
            ("10.1.0.0/16", 443, 443),
            ("10.1.0.0/16", 1935, 1935),
            ("pl-12345678", 443, 443),
            ("pl-12345678", 1935, 1935),
        ]

    def test_lets_in_more_later(self, located_stack: Stack, vpc: ec2.Vpc) -> None:
        """
        A rule can be added to the group that was created.
        """
        ingest = PrivateIngest(located_stack, "Ingest", vpc=vpc, subnets=isolated())
        ingest.endpoint.connections.allow_from(ec2.Peer.ipv4("10.2.0.0/16"), ec2.Port.tcp(443))
        assert only(located_stack, "AWS::EC2::SecurityGroupIngress")["CidrIp"] == "10.2.0.0/16"

    def test_takes_security_groups(self, located_stack: Stack, vpc: ec2.Vpc) -> None:
        """
        Groups that are given are those of the endpoint, and get no rule.
        """
        group = ec2.SecurityGroup(located_stack, "Encoders", vpc=vpc)
        ingest = PrivateIngest(
            located_stack, "Ingest", vpc=vpc, security_groups=[group], subnets=isolated()
        )
        assert ingest.security_groups == [group]
        assert "SecurityGroupIngress" not in only(located_stack, "AWS::EC2::SecurityGroup")

    def test_can_have_a_private_name(self, located_stack: Stack, vpc: ec2.Vpc) -> None:
        """
        A private name can be asked for.
        """
        PrivateIngest(
            located_stack, "Ingest", vpc=vpc, private_dns_enabled=True, subnets=isolated()
        )
        assert only(located_stack, "AWS::EC2::VPCEndpoint")["PrivateDnsEnabled"] is True


class TestVpc:
    @pytest.mark.parametrize("known", [True, False])
    def test_can_be_of_elsewhere(self, app: App, known: bool) -> None:
        """
        A VPC that exists is taken, also by a stack of which nothing is known.
        """
        env = Environment(account=ACCOUNT, region="us-west-2") if known else None
        stack = Stack(app, "Stack", env=env)
        vpc = ec2.Vpc.from_vpc_attributes(
            stack,
            "Vpc",
            availability_zones=["us-west-2a"],
            private_subnet_ids=["subnet-12345678"],
            vpc_cidr_block="10.0.0.0/16",
            vpc_id="vpc-12345678",
        )
        PrivateIngest(stack, "Ingest", vpc=vpc)
        rules = only(stack, "AWS::EC2::SecurityGroup")["SecurityGroupIngress"]
        assert [rule["CidrIp"] for rule in rules] == ["10.0.0.0/16"] * 2

    def test_has_a_known_block(self, located_stack: Stack) -> None:
        """
        Where the CIDR block is not known, it has to be said who may stream.
        """
        vpc = ec2.Vpc.from_vpc_attributes(
            located_stack,
            "Vpc",
            availability_zones=["us-west-2a"],
            private_subnet_ids=["subnet-12345678"],
            vpc_id="vpc-12345678",
        )
        error = refused(located_stack, vpc=vpc)
        assert error.code == "PrivateIngestAccess"
        assert error.message == (
            "'peers' must be given for a VPC whose CIDR block is not known, got None; give "
            "'vpc_cidr_block' in Vpc.from_vpc_attributes() too, or allow the sources, as in "
            "ec2.Peer.ipv4('10.0.0.0/16')"
        )
        PrivateIngest(located_stack, "Ingest", vpc=vpc, peers=[ec2.Peer.ipv4("10.0.0.0/16")])

    def test_is_of_the_region(self, located_stack: Stack) -> None:
        """
        An endpoint is in the Region of its VPC.
        """
        vpc = ec2.Vpc.from_vpc_attributes(
            located_stack,
            "Vpc",
            availability_zones=["eu-west-1a"],
            region="eu-west-1",
            vpc_id="vpc-12345678",
        )
        error = refused(located_stack, vpc=vpc)
        assert error.code == "Environment"
        assert error.message == (
            "'vpc' must be in the Region of the stack, us-west-2, got one in eu-west-1"
        )

    @pytest.mark.parametrize(("region", "refused"), [("eu-west-1", True), ("us-west-2", False)])
    def test_of_the_app_is_of_the_region(self, app: App, region: str, refused: bool) -> None:
        """
        Of a VPC that another stack creates it is found when the app is synthesized.
        """
        here, there = (
            Stack(
                app,
                name,
                cross_region_references=True,
                env=Environment(account=ACCOUNT, region=where),
            )
            for name, where in (("Stack", "us-west-2"), ("Other", region))
        )
        PrivateIngest(here, "Ingest", vpc=ec2.Vpc(there, "Vpc"))
        if not refused:
            assert app.synth().stacks
            return
        with pytest.raises(
            RuntimeError, match=r"us-west-2, got one in eu-west-1 \[cdk-ivs:Environment at 'Stack/I"
        ):
            app.synth()

    def test_has_the_subnets(self, located_stack: Stack, vpc: ec2.Vpc) -> None:
        """
        Subnets that the VPC does not have are refused, in the words of the CDK.
        """
        wrong = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)
        error = refused(located_stack, vpc=vpc, subnets=wrong)
        assert error.code == "PrivateIngestVpc"
        assert error.message.startswith(
            "'vpc' and 'subnets' must be accepted by the CDK, got the error: "
        )


class TestAccess:
    def test_is_by_groups_or_peers(self, located_stack: Stack, vpc: ec2.Vpc) -> None:
        """
        Groups that are given have their own rules.
        """
        group = ec2.SecurityGroup(located_stack, "Encoders", vpc=vpc)
        error = refused(
            located_stack,
            vpc=vpc,
            peers=[ec2.Peer.any_ipv4()],
            security_groups=[group],
        )
        assert error.message == (
            "'peers' must be left out when 'security_groups' is given, got both: add the rules to "
            "the security groups themselves"
        )

    @pytest.mark.parametrize("keyword", ["peers", "security_groups"])
    def test_is_for_somebody(self, located_stack: Stack, vpc: ec2.Vpc, keyword: str) -> None:
        """
        An empty list would let in nobody.
        """
        error = refused(located_stack, vpc=vpc, **{keyword: []})
        assert error.message == (
            f"'{keyword}' must have at least one item, got none: no encoder could stream; "
            "leave it out to allow the whole VPC"
        )

    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("vpc", "vpc-12345678"),
            ("peers", "10.0.0.0/16"),
            ("security_groups", ["sg-12345678"]),
            ("private_dns_enabled", "yes"),
            ("subnets", ["subnet-12345678"]),
        ],
    )
    def test_has_types(self, located_stack: Stack, vpc: ec2.Vpc, keyword: str, value: Any) -> None:
        """
        An argument of another type is refused by its name.
        """
        arguments: dict[str, Any] = {"vpc": vpc, keyword: value}
        with pytest.raises(ArgumentTypeError, match=f"'{keyword}' must be"):
            PrivateIngest(located_stack, "Ingest", **arguments)


class TestRegions:
    def test_are_more_than_those_of_ivs(self) -> None:
        """
        A VPC can be in all Regions of IVS, and in six others.
        """
        assert REGIONS < PrivateIngest.REGIONS
        assert {
            "ap-southeast-1",
            "ap-southeast-2",
            "eu-north-1",
            "eu-west-3",
            "sa-east-1",
            "us-east-2",
        } == PrivateIngest.REGIONS - REGIONS

    @pytest.mark.parametrize(
        ("region", "warned"), [("eu-west-3", False), ("eu-west-2", True), (None, False)]
    )
    def test_are_known(self, app: App, region: str | None, warned: bool) -> None:
        """
        A Region without the service is warned of, as it may have got it by now.
        """
        env = Environment(account=ACCOUNT, region=region) if region else None
        stack = Stack(app, "Stack", env=env)
        PrivateIngest(stack, "Ingest", vpc=ec2.Vpc(stack, "Vpc"))
        texts = [text for _, text in warnings_of(stack)]
        assert texts == (
            [
                (
                    "private ingest is not available in eu-west-2, as far as this version of "
                    "cdk-ivs knows; deploy to one of ap-northeast-1, ap-northeast-2, "
                    "ap-south-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-north-1, "
                    "eu-west-1, eu-west-3, sa-east-1, us-east-1, us-east-2, us-west-2; channels "
                    "and stages may be in another Region [ack: cdk-ivs:PrivateIngestRegion]"
                )
            ]
            if warned
            else []
        )
