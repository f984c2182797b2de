"""The parameters of a `RecordingDelivery`, and the combinations that are allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy
from aws_cdk.aws_cloudfront import (
    Distribution,
    GeoRestriction,
    PriceClass,
    SecurityPolicyProtocol,
)
from aws_cdk.aws_s3 import Transition
from aws_cdk.interfaces.aws_certificatemanager import ICertificateRef
from aws_cdk.interfaces.aws_cloudfront import IKeyGroupRef
from aws_cdk.interfaces.aws_s3 import IBucketRef

from cdk_ivs._core.props import Options
from cdk_ivs._validation.errors import ValidationError, safe_text

_OF_THE_BUCKET = ("expiration", "removal_policy", "transitions")
_OF_THE_DISTRIBUTION = (
    "access_log_bucket",
    "access_log_prefix",
    "certificate",
    "geo_restriction",
    "minimum_protocol_version",
    "price_class",
    "web_acl_id",
)


@dataclass(frozen=True, kw_only=True)
class DeliveryProps(Options):
    """The parameters, which `RecordingDelivery` describes."""

    access_log_bucket: IBucketRef | None = None
    access_log_prefix: str | None = None
    allowed_origins: Sequence[str] | None = None
    bucket: IBucketRef | None = None
    certificate: ICertificateRef | None = None
    distribution: Distribution | None = None
    domain_names: Sequence[str] | None = None
    expiration: Duration | None = None
    geo_restriction: GeoRestriction | None = None
    media_max_age: Duration | None = None
    minimum_protocol_version: SecurityPolicyProtocol | None = None
    playlist_max_age: Duration | None = None
    price_class: PriceClass | None = None
    removal_policy: RemovalPolicy | None = None
    transitions: Sequence[Transition] | None = None
    trusted_key_groups: Sequence[IKeyGroupRef] | None = None
    web_acl_id: str | None = None


def check_combination(props: DeliveryProps) -> None:
    """Refuse settings of a bucket or a distribution that is given instead of created."""
    for owner, keywords in (("bucket", _OF_THE_BUCKET), ("distribution", _OF_THE_DISTRIBUTION)):
        given = [keyword for keyword in keywords if getattr(props, keyword) is not None]
        if getattr(props, owner) is not None and given:
            raise ValidationError(
                f"'{safe_text(given[0])}' must be left out when '{safe_text(owner)}' is given, "
                f"got both: set it on the {safe_text(owner)} itself",
                code="DeliveryParts",
            )
    if props.access_log_prefix is not None and props.access_log_bucket is None:
        raise ValidationError(
            "'access_log_prefix' must be given with 'access_log_bucket', got it alone; without a "
            "bucket there are no access logs",
            code="DeliveryParts",
        )
