"""The delivery of recordings to viewers through CloudFront, from a private bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from constructs import Construct

from cdk_ivs._core.identity import jsii_reference
from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._core.refusals import refused_by_cdk
from cdk_ivs._core.removal_policies import check_removal_policy
from cdk_ivs._core.resource import attribute
from cdk_ivs._core.synth_validation import validate_at_synth
from cdk_ivs._core.tree import TreeState, register_parent, scope_info, stack_of
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.carried import LIST_TOKEN
from cdk_ivs._validation.errors import ValidationError, error_path, error_path_of
from cdk_ivs._validation.values import whole_seconds

from .bucket_access import allow_cloudfront, checked_bucket, origin_bucket
from .caching import Ages, create_behaviors, policy_name
from .distribution import add_behaviors, create_distribution, warn_about_tls
from .prefixes import RecordingKind, playlist_of
from .props import DeliveryProps, check_combination
from .validation import (
    check_allowed_origins,
    check_certificate_arn,
    check_domain,
    check_key_groups,
    check_lifecycle,
    check_log_bucket,
    check_web_acl,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk import Duration, RemovalPolicy
    from aws_cdk.aws_cloudfront import (
        Distribution,
        GeoRestriction,
        IOrigin,
        PriceClass,
        S3OriginAccessControl,
        SecurityPolicyProtocol,
    )
    from aws_cdk.aws_s3 import Bucket, IBucket, Transition
    from aws_cdk.interfaces.aws_certificatemanager import ICertificateRef
    from aws_cdk.interfaces.aws_cloudfront import IKeyGroupRef
    from aws_cdk.interfaces.aws_s3 import IBucketRef

    from .bucket_access import GivenBucket
_PLAYLIST_SECONDS = 5
_MEDIA_SECONDS = 86_400
_YEAR = 31_536_000


class RecordingDelivery(Construct):
    """
    Create a bucket for recordings, and a CloudFront distribution through which viewers watch them.

    The distribution serves recordings of channels, of participants and of compositions. Create
    their recording and storage configurations with `bucket=delivery.bucket`. The policy of the
    bucket contains the permissions of IVS and of CloudFront, in whatever order you create the
    constructs.

    CloudFront caches playlists, the latest thumbnail and the files in `events` for seconds, because
    IVS overwrites them while it records. It caches segments and other thumbnails for a day, because
    IVS writes them once. Viewers must use HTTPS, and can send GET and HEAD requests.

    CloudFront cannot serve live streams, because their playlists contain absolute URLs. To protect
    a live stream, use a private channel or a `PlaybackRestrictionPolicy`.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        access_log_bucket: The bucket for access logs. It must accept ACLs
            ([guide](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html)),
            and it cannot be the bucket of the recordings. Default: no access logs.

        access_log_prefix: The prefix of the keys of access logs. Default: `recordings/`.

        allowed_origins: The origins of the pages that can play recordings, such as
            `https://www.example.com` or `https://*.example.com`, or only `*`. Browsers enforce
            this, but other clients do not. Default: all origins.

        bucket: The bucket to which IVS records. CloudFront can read the objects under `*/media/`
            and `*/events/` in it. If the bucket is in another stack, all distributions of the
            account can read them, because otherwise the two stacks would depend on each other. If
            the bucket is imported, its policy cannot be changed: a warning shows the statement that
            it needs. Default: a new private bucket, encrypted with S3-managed keys.

        certificate: The certificate of AWS Certificate Manager for `domain_names`, in us-east-1
            ([guide](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html)).
            Default: the certificate of CloudFront, with which CloudFront also accepts TLS 1.0. You
            get a warning.

        distribution: The distribution to which the construct adds behaviors for `*/media/*` and
            `*/events/*`. It must be in the same stack. Default: a new distribution.

        domain_names: The domain names of the distribution. URLs use the first one. They need
            `certificate`, unless you give a `distribution`, which has its own. Default: the domain
            name that CloudFront generates.

        expiration: The age at which S3 deletes files: at least 3 whole days, a
            limit of this library. S3 counts from the time when it received each file, so it deletes
            the first files of a recording before the last. Default: files are not deleted.

        geo_restriction: The countries in which recordings can be watched. Default: all countries.

        media_max_age: How long CloudFront and browsers cache segments and thumbnails: from 1 second
            to 365 days, in whole seconds, a limit of this library. Viewers can watch a deleted
            recording for this time. Default: 1 day.

        minimum_protocol_version: The oldest version of TLS that viewers can use: TLS 1.2 or newer,
            a limit of this library. Default: TLS_V1_2_2021, if there is a `certificate`.

        playlist_max_age: How long CloudFront caches playlists, the latest thumbnail and the files
            in `events`: from 1 second to 1 day, in whole seconds, a limit of this library.
            Default: 5 seconds.

        price_class: The locations from which CloudFront serves. Default: all locations.

        removal_policy: Whether CloudFormation keeps or deletes the new bucket with the stack.
            Default: RemovalPolicy.RETAIN.

        transitions: When files move to another storage class: GLACIER_INSTANT_RETRIEVAL,
            INFREQUENT_ACCESS, INTELLIGENT_TIERING or ONE_ZONE_INFREQUENT_ACCESS. INFREQUENT_ACCESS
            and ONE_ZONE_INFREQUENT_ACCESS need at least 30 days, and S3 does not move files smaller
            than 128 KB
            ([guide](https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html)).
            Default: files stay in the standard storage class.

        trusted_key_groups: The groups of public keys with which your application signs URLs or
            cookies. CloudFront rejects other requests. A player requests hundreds of files, so use
            cookies. If your page has another origin, cookies also need `allowed_origins`.
            Default: requests need no signature.

        web_acl_id: The ARN of a web ACL of AWS WAF, in us-east-1
            ([DistributionConfig](https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html)).
            Default: no web ACL.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `DeliveryParts` if an argument does not fit with another one, or if the CDK
            refuses it. `DeliveryDomain`, `DomainName`, `CertificateRegion` or `TlsVersion` if the
            domain names, the certificate or the version of TLS is missing or invalid.
            `DeliveryStack` or `DeliveryTwice` if the distribution is in another stack, or is used
            already. `BucketEncryption` if CloudFront cannot read the bucket. `AccessLogBucket` if
            CloudFront cannot write to the bucket for access logs. `OriginCount`, `Origin` or
            `OriginLength` if there is no origin, or an origin is invalid. `KeyGroupCount` if the
            list of key groups is empty. `RecordingLifecycle` if files would be deleted or moved too
            early. `RemovalPolicy` if the policy is SNAPSHOT. `WebAclRegion` if the web ACL is not
            in us-east-1. `Duplicate` if a value is given twice. `DurationRange` or `DurationUnit`
            if a duration is out of its range, or a token in another unit than seconds.
    """

    bucket: IBucketRef
    """The bucket of the recordings."""
    distribution: Distribution
    """The distribution."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        access_log_bucket: IBucketRef | None = None,
        access_log_prefix: str | None = None,
        allowed_origins: Sequence[str] | None = None,
        bucket: IBucketRef | None = None,
        certificate: ICertificateRef | None = None,
        distribution: Distribution | None = None,
        domain_names: Sequence[str] | None = None,
        expiration: Duration | None = None,
        geo_restriction: GeoRestriction | None = None,
        media_max_age: Duration | None = None,
        minimum_protocol_version: SecurityPolicyProtocol | None = None,
        playlist_max_age: Duration | None = None,
        price_class: PriceClass | None = None,
        removal_policy: RemovalPolicy | None = None,
        transitions: Sequence[Transition] | None = None,
        trusted_key_groups: Sequence[IKeyGroupRef] | None = None,
        web_acl_id: str | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            props = DeliveryProps(
                access_log_bucket=access_log_bucket,
                access_log_prefix=access_log_prefix,
                allowed_origins=allowed_origins,
                bucket=bucket,
                certificate=certificate,
                distribution=distribution,
                domain_names=domain_names,
                expiration=expiration,
                geo_restriction=geo_restriction,
                media_max_age=media_max_age,
                minimum_protocol_version=minimum_protocol_version,
                playlist_max_age=playlist_max_age,
                price_class=price_class,
                removal_policy=removal_policy,
                transitions=transitions,
                trusted_key_groups=trusted_key_groups,
                web_acl_id=web_acl_id,
            )
            check_combination(props)
            check_key_groups(props.trusted_key_groups)
            check_allowed_origins(props.allowed_origins, signed=bool(props.trusted_key_groups))
            check_domain(props)
            check_lifecycle(props.expiration, props.transitions)
            check_log_bucket(props)
            check_removal_policy(props.removal_policy, "buckets")
            check_web_acl(props.web_acl_id)
            ages = _ages(props)
            _check_distribution(props.distribution, scope)
            given = checked_bucket(props.bucket, scope) if props.bucket is not None else None
        super().__init__(scope, id)
        register_parent(self, scope, id)
        with refused_by_cdk(
            "the arguments must be accepted by the CDK", scope, id, code="DeliveryParts"
        ):
            try:
                self._create(props, ages, given)
            except RuntimeError:
                if props.certificate is not None:
                    check_certificate_arn(props.certificate)
                raise
        self._domain_name = _first_name(props.domain_names)
        if props.distribution is None and props.certificate is None:
            # An app with recordings has this callback: the warning costs no message here.
            validate_at_synth(self, warn_about_tls, self)

    def _create(self, props: DeliveryProps, ages: Ages, given: GivenBucket | None) -> None:
        origin_access = _origin_access(self)
        if given is None:
            own = _create_bucket(self, props)
            self.bucket, origin = own, _origin_with_access(own, origin_access)
        else:
            self.bucket = cast("IBucketRef", props.bucket)
            origin = _origin_of(origin_bucket(self, given), origin_access)
        behaviors = create_behaviors(
            self,
            origin,
            ages=ages,
            allowed_origins=props.allowed_origins,
            trusted_key_groups=props.trusted_key_groups,
        )
        if props.distribution is None:
            self.distribution = create_distribution(self, props, behaviors)
        else:
            self.distribution = props.distribution
            add_behaviors(props.distribution, origin, behaviors)
            _DELIVERIES.put(scope_info(props.distribution), self)
        if given is not None:
            allow_cloudfront(self, given, self.distribution.distribution_id)

    @attribute
    def base_url(self) -> str:
        """The start of all URLs, without a slash at the end. The prefix of a recording follows."""
        return f"https://{self._domain_name or self.distribution.distribution_domain_name}"

    def url_for(self, prefix: str, kind: RecordingKind | None = None) -> str:
        """
        Return the URL of a recording for players: the URL of its multivariant playlist.

        Args:
            prefix: The prefix of the recording, `recording_s3_key_prefix` in the events about it.
                The date in the prefix of a channel has no leading zeros
                ([guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/record-to-s3.html)).
            kind: The kind of the recording. You must give it if the prefix is a token. Default: the
                kind that the prefix shows.

        Returns:
            The URL.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `RecordingPrefix` if the prefix is not that of a recording.
                `RecordingKind` if it is that of another kind, or if the kind is missing.
        """
        with error_path_of(self):
            check_type("prefix", prefix, str)
            if kind is not None:
                kind = cast("RecordingKind", check_type("kind", kind, RecordingKind))
            return f"{self.base_url}/{playlist_of(prefix, kind)}"


# The deliveries in given distributions.
_DELIVERIES = TreeState[RecordingDelivery](lambda info: cast("RecordingDelivery", info.construct))


def _ages(props: DeliveryProps) -> Ages:
    playlist = whole_seconds("playlist_max_age", props.playlist_max_age, 1, _MEDIA_SECONDS)
    media = whole_seconds("media_max_age", props.media_max_age, 1, _YEAR)
    return Ages(
        _PLAYLIST_SECONDS if playlist is None else playlist,
        _MEDIA_SECONDS if media is None else media,
    )


def _first_name(names: Sequence[str] | None) -> str | None:
    """Return the first domain name that can be in a URL: no wildcard, and no token for a list."""
    return next((name for name in names or () if not name.startswith(("*", LIST_TOKEN))), None)


def _check_distribution(distribution: Distribution | None, scope: Construct) -> None:
    if distribution is None:
        return
    if jsii_reference(stack_of(distribution)) != jsii_reference(stack_of(scope)):
        raise ValidationError(
            "'distribution' must be in the stack of the RecordingDelivery, got one in another "
            "stack: the two stacks would depend on each other; create both in one stack",
            code="DeliveryStack",
        )
    if _DELIVERIES.get(scope_info(distribution)) is not None:
        raise ValidationError(
            "'distribution' must have one RecordingDelivery only, got one that has another: both "
            "need the same paths; leave 'distribution' out to create a new one",
            code="DeliveryTwice",
        )


def _create_bucket(scope: Construct, props: DeliveryProps) -> Bucket:
    from aws_cdk import Duration, RemovalPolicy
    from aws_cdk.aws_s3 import BlockPublicAccess, Bucket, BucketEncryption, LifecycleRule

    return Bucket(
        scope,
        "Bucket",
        block_public_access=BlockPublicAccess.BLOCK_ALL,
        # Stages cannot record to a bucket with another encryption.
        encryption=BucketEncryption.S3_MANAGED,
        enforce_ssl=True,
        lifecycle_rules=[
            LifecycleRule(
                # A segment is short, so an upload that is incomplete after a day never completes.
                abort_incomplete_multipart_upload_after=Duration.days(1),
                expiration=props.expiration,
                transitions=list(props.transitions) if props.transitions is not None else None,
            )
        ],
        removal_policy=props.removal_policy or RemovalPolicy.RETAIN,
    )


def _origin_access(scope: Construct) -> S3OriginAccessControl:
    from aws_cdk.aws_cloudfront import S3OriginAccessControl

    # The generated name is the same in every Region, but names must be unique in the account.
    return S3OriginAccessControl(
        scope,
        "OriginAccessControl",
        origin_access_control_name=policy_name(scope, "Origin", longest=64),
    )


def _origin_with_access(bucket: Bucket, access: S3OriginAccessControl) -> IOrigin:
    from aws_cdk.aws_cloudfront_origins import S3BucketOrigin

    # The CDK adds the statement to the policy of the bucket.
    return S3BucketOrigin.with_origin_access_control(bucket, origin_access_control=access)


def _origin_of(bucket: IBucket, access: S3OriginAccessControl) -> IOrigin:
    from aws_cdk.aws_cloudfront_origins import S3BucketOrigin

    return S3BucketOrigin.with_bucket_defaults(
        bucket, origin_access_control_id=access.origin_access_control_id
    )
