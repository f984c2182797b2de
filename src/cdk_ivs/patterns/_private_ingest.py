"""An endpoint for streams from a VPC without internet access."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from aws_cdk.aws_ec2 import IPeer, ISecurityGroup, IVpc, SecurityGroup, SubnetSelection, Vpc
from constructs import Construct

from cdk_ivs._core.environments import check_same_environment, compared_environment
from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._core.props import Options
from cdk_ivs._core.refusals import refused_by_cdk
from cdk_ivs._core.resource import attribute
from cdk_ivs._core.synth_validation import check_each, validate_at_synth
from cdk_ivs._core.tree import register_parent, scope_info
from cdk_ivs._validation.errors import ValidationError, error_path, safe_text

if TYPE_CHECKING:
    from aws_cdk.aws_ec2 import InterfaceVpcEndpoint

_SERVICE = "ivs.contribute"
# RTMPS, and RTMP.
_PORTS = (443, 1935)
# The rule of the CDK for a group without outbound traffic. Without a rule, EC2 allows all.
_NOWHERE = "255.255.255.255/32"


@dataclass(frozen=True, kw_only=True)
class _Props(Options):
    """The parameters, which `PrivateIngest` describes."""

    vpc: Vpc | IVpc
    peers: Sequence[IPeer] | None = None
    private_dns_enabled: bool = False
    security_groups: Sequence[SecurityGroup | ISecurityGroup] | None = None
    subnets: SubnetSelection | None = None


class _CreatedVpc(NamedTuple):
    """A VPC of the app, and the scope of the construct that uses it."""

    vpc: Vpc
    scope: Construct


class PrivateIngest(Construct):
    """
    Create an endpoint for encoders in a VPC, or behind Direct Connect, without internet access.

    Encoders stream to the URL of the endpoint with the stream key of a channel, or of an ingest
    configuration of a stage
    ([guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-ingest-ll.html)).
    The channel or stage can be in another account or Region than the VPC, so the construct does not
    refer to it.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        vpc: The VPC, in the account and Region of the stack.

        peers: The peers that can stream to the endpoint, over TCP on the ports 443 (RTMPS) and 1935
            (RTMP). Default: all addresses in the CIDR block of the VPC.

        private_dns_enabled: Whether the public DNS name of the service resolves to the endpoint in
            the VPC. AWS documents only the name of the endpoint itself. Whether the service has a
            private DNS name is UNCONFIRMED. Without one, the deployment fails. Default: False.

        security_groups: The security groups of the endpoint, which must allow the two ports.
            Default: a new security group for `peers`.

        subnets: The subnets of the endpoint, one for each Availability Zone. Default: the private
            subnets.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `PrivateIngestAccess` if both peers and security groups are given, if one
            of these lists is empty, or if the CIDR block of the VPC is not known.
            `PrivateIngestVpc` if the CDK refuses the VPC or the subnets. `Environment` if the VPC
            is known to be in another account or Region.
    """

    REGIONS: ClassVar[frozenset[str]] = frozenset(
        {
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-3",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-2",
        }
    )
    """The Regions with the endpoint service, according to the guide in November 2026."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        vpc: Vpc | IVpc,
        peers: Sequence[IPeer] | None = None,
        private_dns_enabled: bool = False,
        security_groups: Sequence[SecurityGroup | ISecurityGroup] | None = None,
        subnets: SubnetSelection | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            props = _Props(
                peers=peers,
                private_dns_enabled=private_dns_enabled,
                security_groups=security_groups,
                subnets=subnets,
                vpc=vpc,
            )
            _check_access(props)
            # Asking a VPC of the app costs messages, so it is checked at synthesis.
            if not isinstance(props.vpc, Vpc) and any(scope_info(scope).environment()):
                check_same_environment("vpc", props.vpc, scope)
            cidr = _cidr_of(props) if props.security_groups is None else None
        super().__init__(scope, id)
        register_parent(self, scope, id)
        with refused_by_cdk(
            "'vpc' and 'subnets' must be accepted by the CDK", scope, id, code="PrivateIngestVpc"
        ):
            self.security_groups: list[ISecurityGroup] = (
                [_create_group(self, props, cidr)]
                if props.security_groups is None
                else cast("list[ISecurityGroup]", list(props.security_groups))
            )
            """The security groups of the endpoint."""
            self.endpoint: InterfaceVpcEndpoint = _create_endpoint(
                self, props, self.security_groups
            )
            """The endpoint."""
        if isinstance(props.vpc, Vpc):
            validate_at_synth(self, _check_created_vpcs, (self, _CreatedVpc(props.vpc, scope)))
        _warn_about_region(self, scope)

    @attribute
    def dns_name(self) -> str:
        """The DNS name of the endpoint for all of its Availability Zones."""
        from aws_cdk import Token

        # The first entry, as "<hosted zone>:<name>".
        entry = {"Fn::Select": [0, self.endpoint.vpc_endpoint_dns_entries]}
        return Token.as_string({"Fn::Select": [1, {"Fn::Split": [":", entry]}]})

    @attribute
    def rtmps_ingest_url(self) -> str:
        """
        The URL to which an encoder streams, without the stream key.

        It is the same for channels and stages, because the stream key identifies the channel or
        stage.
        """
        return f"rtmps://{self.dns_name}/app/"


def _check_access(props: _Props) -> None:
    if props.security_groups is not None and props.peers is not None:
        raise ValidationError(
            "'peers' must be left out when 'security_groups' is given, got both: add the rules to "
            "the security groups themselves",
            code="PrivateIngestAccess",
        )
    for keyword, given in (("peers", props.peers), ("security_groups", props.security_groups)):
        if given is not None and not given:
            raise ValidationError(
                f"'{safe_text(keyword)}' must have at least one item, got none: no encoder could "
                "stream; leave it out to allow the whole VPC",
                code="PrivateIngestAccess",
            )


def _check_created_vpcs(_: Construct, given: Sequence[Any]) -> Iterable[ValidationError]:
    """Refuse VPCs of the app that are known to be in another Region or account."""
    return check_each(given, _check_created_vpc)


def _check_created_vpc(created: _CreatedVpc) -> None:
    compared_environment("vpc", scope_info(created.vpc).environment_or_tokens(), created.scope)


def _cidr_of(props: _Props) -> str | None:
    """Return the CIDR block of the VPC, or None if it is not needed."""
    if props.peers is not None:
        return None
    try:
        return props.vpc.vpc_cidr_block
    except RuntimeError:
        raise ValidationError(
            "'peers' must be given for a VPC whose CIDR block is not known, got None; give "
            "'vpc_cidr_block' in Vpc.from_vpc_attributes() too, or allow the sources, as in "
            "ec2.Peer.ipv4('10.0.0.0/16')",
            code="PrivateIngestAccess",
        ) from None


def _create_group(scope: Construct, props: _Props, cidr: str | None) -> ISecurityGroup:
    """
    Create a security group that lets in the two ports, and nothing out.

    It is an L1, in which the rules are properties. With the construct of the CDK, each rule takes
    messages.
    """
    from aws_cdk.aws_ec2 import CfnSecurityGroup, Port

    rules = [
        CfnSecurityGroup.IngressProperty(
            cidr_ip=cidr,
            description=f"Encoders of the VPC, port {port}",
            from_port=port,
            ip_protocol="tcp",
            to_port=port,
        )
        for port in _PORTS
    ]
    group = CfnSecurityGroup(
        scope,
        "SecurityGroup",
        group_description="Encoders that stream to Amazon IVS",
        security_group_egress=[
            CfnSecurityGroup.EgressProperty(
                cidr_ip=_NOWHERE,
                description="No outbound traffic",
                from_port=252,
                ip_protocol="icmp",
                to_port=86,
            )
        ],
        security_group_ingress=rules if cidr is not None else None,
        vpc_id=props.vpc.vpc_id,
    )
    imported = SecurityGroup.from_security_group_id(
        scope, "Group", group.attr_group_id, allow_all_outbound=False
    )
    for peer in props.peers or ():
        for port in _PORTS:
            imported.add_ingress_rule(peer, Port.tcp(port))
    return imported


def _create_endpoint(
    scope: Construct, props: _Props, groups: list[ISecurityGroup]
) -> InterfaceVpcEndpoint:
    from aws_cdk.aws_ec2 import InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService

    return InterfaceVpcEndpoint(
        scope,
        "Endpoint",
        # The group has its own rules. The rule of the CDK would be for one port.
        open=False,
        private_dns_enabled=props.private_dns_enabled,
        security_groups=groups,
        service=InterfaceVpcEndpointAwsService(_SERVICE),
        subnets=props.subnets,
        vpc=props.vpc,
    )


def _warn_about_region(ingest: PrivateIngest, scope: Construct) -> None:
    _, region = scope_info(scope).environment()
    if region is None or region in PrivateIngest.REGIONS:
        return
    from aws_cdk import Annotations

    known = sorted(PrivateIngest.REGIONS)
    Annotations.of(ingest).add_warning_v2(
        "cdk-ivs:PrivateIngestRegion",
        f"private ingest is not available in {safe_text(region)}, as far as this version of "
        f"cdk-ivs knows; deploy to one of {', '.join(safe_text(each) for each in known)}; "
        "channels and stages may be in another Region",
    )
