"""The distribution of recordings, new or given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aws_cdk.aws_cloudfront import Distribution, SecurityPolicyProtocol

from cdk_ivs._core.annotations import warn_unless_acknowledged
from cdk_ivs._core.tree import is_in_tree

from .caching import GROWING, HTTP_VERSION, MEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aws_cdk.aws_cloudfront import IOrigin
    from aws_cdk.aws_s3 import IBucket
    from aws_cdk.interfaces.aws_s3 import IBucketRef
    from constructs import Construct

    from cdk_ivs._validation.errors import ValidationError

    from .caching import Behaviors
    from .props import DeliveryProps

_LOGS = "recordings/"


def create_distribution(
    scope: Construct, props: DeliveryProps, behaviors: Behaviors
) -> Distribution:
    """Create the distribution of the props."""
    options: dict[str, Any] = {}
    if props.certificate is not None:
        options["minimum_protocol_version"] = (
            props.minimum_protocol_version or SecurityPolicyProtocol.TLS_V1_2_2021
        )
    if props.access_log_bucket is not None:
        options["log_bucket"] = _log_bucket(scope, props.access_log_bucket)
        prefix = props.access_log_prefix
        options["log_file_prefix"] = _LOGS if prefix is None else prefix
    return Distribution(
        scope,
        "Distribution",
        additional_behaviors=dict.fromkeys(GROWING, behaviors.growing),
        certificate=props.certificate,
        comment="Recordings of Amazon IVS",
        default_behavior=behaviors.media,
        domain_names=list(props.domain_names) if props.domain_names is not None else None,
        geo_restriction=props.geo_restriction,
        http_version=HTTP_VERSION,
        price_class=props.price_class,
        web_acl_id=props.web_acl_id,
        **options,
    )


def _log_bucket(scope: Construct, bucket: IBucketRef) -> IBucket:
    from aws_cdk.aws_s3 import Bucket, BucketBase

    if isinstance(bucket, BucketBase):
        return bucket
    return Bucket.from_bucket_name(scope, "AccessLogs", bucket.bucket_ref.bucket_name)


def add_behaviors(distribution: Distribution, origin: IOrigin, behaviors: Behaviors) -> None:
    """Add the behaviors for recordings to a distribution that has others."""
    patterns = [*((each, behaviors.growing) for each in GROWING), (MEDIA, behaviors.media)]
    for pattern, behavior in patterns:
        distribution.add_behavior(
            pattern,
            origin,
            cache_policy=behavior.cache_policy,
            response_headers_policy=behavior.response_headers_policy,
            trusted_key_groups=behavior.trusted_key_groups,
            viewer_protocol_policy=behavior.viewer_protocol_policy,
        )


def warn_about_tls(_: Construct, deliveries: Sequence[Any]) -> Iterator[ValidationError]:
    """Warn about each distribution without a certificate, at synthesis."""
    for delivery in filter(is_in_tree, deliveries):
        warn_unless_acknowledged(
            delivery,
            "cdk-ivs:DeliveryTls",
            "without your own certificate, CloudFront also accepts TLS 1.0 and 1.1: give "
            "'domain_names' and 'certificate', or acknowledge this warning",
        )
    yield from ()
