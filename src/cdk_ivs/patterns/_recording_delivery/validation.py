"""Checks of the arguments of a `RecordingDelivery`, before anything is created."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from cdk_ivs._core.tree import scope_info
from cdk_ivs._services.bucket import bucket_settings, resolve_bucket
from cdk_ivs._validation.arns import Arn
from cdk_ivs._validation.errors import ValidationError, number_text, safe_repr, safe_text
from cdk_ivs._validation.origins import check_each_origin
from cdk_ivs._validation.tokens import is_token, is_token_beside
from cdk_ivs._validation.values import check_unique, read_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk import Duration
    from aws_cdk.aws_cloudfront import SecurityPolicyProtocol
    from aws_cdk.aws_s3 import Transition
    from aws_cdk.interfaces.aws_certificatemanager import ICertificateRef
    from aws_cdk.interfaces.aws_cloudfront import IKeyGroupRef

    from .props import DeliveryProps

_DAY = 86_400
# A merged recording lasts up to 48 hours, and its first files must still exist at its end.
_SHORTEST_EXPIRATION = 3
_INFREQUENT = frozenset({"STANDARD_IA", "ONEZONE_IA"})
_INFREQUENT_DAYS = 30
# The classes that S3 reads immediately: a player cannot wait for hours.
_WATCHABLE = ("GLACIER_IR", "INTELLIGENT_TIERING", "ONEZONE_IA", "STANDARD_IA")
# Files can move from the first to the last, but not back.
_COLDER = ("STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR")
_OLD_TLS = frozenset({"SSL_V3", "TLS_V1", "TLS_V1_2016", "TLS_V1_1_2016"})
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:\*\.)?{_LABEL}(?:\.{_LABEL})+")
# Of certificates and web ACLs.
_CLOUD_FRONT_REGION = "us-east-1"


def check_key_groups(groups: Sequence[IKeyGroupRef] | None) -> None:
    """Refuse an empty list, with which everyone could watch."""
    if groups is not None and not groups:
        raise ValidationError(
            "'trusted_key_groups' must have at least one key group, got none: everyone could "
            "watch; leave it out to allow that",
            code="KeyGroupCount",
        )


def check_allowed_origins(origins: Sequence[str] | None, *, signed: bool) -> None:
    """Refuse invalid origins, and '*' together with others or with signed cookies."""
    if origins is None:
        return
    if not origins:
        raise ValidationError(
            "'allowed_origins' must have at least one origin, got none; leave it out to let every "
            "page play recordings",
            code="OriginCount",
        )
    if "*" not in origins:
        # CloudFront accepts no schemes of apps, as far as its reference states.
        check_each_origin("allowed_origins", origins)
        return
    if len(origins) > 1:
        raise ValidationError(
            f"'allowed_origins' must be '*' alone, or origins, got {safe_repr(list(origins))}; "
            "leave out '*' or all others",
            code="Origin",
        )
    if signed:
        raise ValidationError(
            "'allowed_origins' must be origins, or left out, with 'trusted_key_groups', got '*': "
            "browsers do not send cookies then; list the origins of your pages, or leave it out "
            "for signed URLs",
            code="Origin",
        )


def check_domain(props: DeliveryProps) -> None:
    """Refuse domain names without a certificate, and values that CloudFront would reject."""
    names, certificate = props.domain_names, props.certificate
    if names is not None:
        _check_domain_names(names)
    if props.distribution is None and (certificate is None) != (names is None):
        got, missing = (
            ("certificate", "domain_names") if names is None else ("domain_names", "certificate")
        )
        raise ValidationError(
            f"'{got}' must be given together with '{missing}', got only one of them; CloudFront "
            "needs a certificate for your own domain name",
            code="DeliveryDomain",
        )
    if certificate is not None:
        _check_certificate(certificate)
    _check_protocol(props.minimum_protocol_version, has_certificate=certificate is not None)


def _check_domain_names(names: Sequence[str]) -> None:
    if not names:
        raise ValidationError(
            "'domain_names' must have at least one name, got none; leave it out to use the "
            "domain name of CloudFront",
            code="DomainName",
        )
    for name in names:
        if _DOMAIN.fullmatch(name) or is_token([name]):
            continue
        if not is_token_beside(name, "[a-z0-9.*-]"):
            raise ValidationError(
                "'domain_names' must be domain names such as 'recordings.example.com', got "
                f"{safe_repr(name)}; write it in lower case, without scheme and path",
                code="DomainName",
            )
    check_unique("domain_names", names)


def _check_certificate(certificate: ICertificateRef) -> None:
    """Refuse a certificate of the app that is known to be in another Region."""
    from aws_cdk.aws_certificatemanager import Certificate, CfnCertificate

    if isinstance(certificate, Certificate | CfnCertificate):
        _check_region(scope_info(certificate).environment().region)


def check_certificate_arn(certificate: ICertificateRef) -> None:
    """
    Refuse an imported certificate whose ARN is in another Region.

    Call it only after the CDK raised an error, because reading the ARN costs messages.
    """
    reference: Any = certificate.certificate_ref
    # The CDK renamed the member.
    arn = getattr(reference, "certificate_arn", None) or reference.certificate_id
    _check_region(Arn.parse(arn).region)


def _check_region(region: str | None) -> None:
    if region is not None and region != _CLOUD_FRONT_REGION:
        raise ValidationError(
            f"'certificate' must be in {_CLOUD_FRONT_REGION}, got one in {safe_text(region)}: "
            "CloudFront only accepts certificates from there; create it in a stack in "
            f"{_CLOUD_FRONT_REGION}, and set cross_region_references=True on both stacks",
            code="CertificateRegion",
        )


def check_web_acl(web_acl_id: str | None) -> None:
    """Refuse a web ACL in another Region. The ID of a web ACL of AWS WAF Classic is no ARN."""
    if web_acl_id is None or not web_acl_id.startswith("arn:"):
        return
    region = Arn.parse(web_acl_id).region
    if region == _CLOUD_FRONT_REGION or (region is None and is_token(web_acl_id)):
        return
    raise ValidationError(
        f"'web_acl_id' must be the ARN of a web ACL in {_CLOUD_FRONT_REGION}, got "
        f"{safe_repr(web_acl_id)}: CloudFront only accepts web ACLs from there; create it in a "
        f"stack in {_CLOUD_FRONT_REGION} with the scope for CloudFront",
        code="WebAclRegion",
    )


def _check_protocol(version: SecurityPolicyProtocol | None, *, has_certificate: bool) -> None:
    if version is None:
        return
    if not has_certificate:
        raise ValidationError(
            "'minimum_protocol_version' must be left out without 'certificate', got "
            f"{safe_repr(version.name)}: CloudFront ignores it for its own domain name; give "
            "'domain_names' and 'certificate'",
            code="TlsVersion",
        )
    if version.name in _OLD_TLS:
        raise ValidationError(
            f"'minimum_protocol_version' must be TLS 1.2 or newer, got {safe_repr(version.name)}; "
            "use SecurityPolicyProtocol.TLS_V1_2_2021",
            code="TlsVersion",
        )


def check_log_bucket(props: DeliveryProps) -> None:
    """Refuse the bucket of the recordings, and a bucket to which CloudFront cannot write."""
    if props.access_log_bucket is None:
        return
    found = resolve_bucket(props.access_log_bucket)
    if props.bucket is not None and resolve_bucket(props.bucket).name == found.name:
        raise ValidationError(
            "'access_log_bucket' must be another bucket than 'bucket', got the same: lifecycle "
            "rules and readers of recordings would also apply to logs; create a separate bucket "
            "for "
            "logs",
            code="AccessLogBucket",
        )
    ownership = bucket_settings(found).object_ownership
    if found.cfn_bucket is None or ownership in {"BucketOwnerPreferred", "ObjectWriter"}:
        return
    raise ValidationError(
        "'access_log_bucket' must accept ACLs, which CloudFront needs to write access logs, got "
        "one "
        "with the object ownership BUCKET_OWNER_ENFORCED, the default; set "
        "object_ownership=s3.ObjectOwnership.BUCKET_OWNER_PREFERRED on it",
        code="AccessLogBucket",
    )


def check_lifecycle(expiration: Duration | None, transitions: Sequence[Transition] | None) -> None:
    """Refuse rules that delete files too early, or move them to where viewers would wait."""
    expires = _days("expiration", expiration)
    transitions = transitions or ()
    days = [_days("transitions", each.transition_after) for each in transitions]
    _check_together(transitions, days, expires=expiration is not None)
    if expires is not None and expires < _SHORTEST_EXPIRATION:
        raise ValidationError(
            f"'expiration' must be at least {_SHORTEST_EXPIRATION} days, got {expires} days: "
            "a recording can last 48 hours, and S3 counts from the time when each file was written",
            code="RecordingLifecycle",
        )
    for transition, after in zip(transitions, days, strict=True):
        name = transition.storage_class.value
        if name not in _WATCHABLE:
            raise ValidationError(
                "'transitions' must be to a class that S3 reads immediately, got "
                f"{safe_repr(name)} "
                f"(allowed: {', '.join(_WATCHABLE)}); recordings in other classes cannot be "
                "watched",
                code="RecordingLifecycle",
            )
        if (transition.transition_after is None) == (transition.transition_date is None):
            raise ValidationError(
                "each of 'transitions' must have either 'transition_after' or 'transition_date', "
                "got "
                f"one to {safe_text(name)} with neither or both",
                code="RecordingLifecycle",
            )
        if after is None:
            continue
        if name in _INFREQUENT and after < _INFREQUENT_DAYS:
            raise ValidationError(
                f"'transitions' must be after at least {_INFREQUENT_DAYS} days to "
                f"{safe_text(name)}, got {after} days; S3 rejects fewer (GLACIER_IR and "
                "INTELLIGENT_TIERING can be earlier)",
                code="RecordingLifecycle",
            )
        if expires is not None and after >= expires:
            raise ValidationError(
                f"'transitions' must be before 'expiration', got {after} days and {expires} days",
                code="RecordingLifecycle",
            )


def _check_together(
    transitions: Sequence[Transition], days: Sequence[int | None], *, expires: bool
) -> None:
    """Refuse transitions that S3 does not accept in one rule."""
    names = [each.storage_class.value for each in transitions]
    check_unique("transitions", names)
    dates = [each.transition_date is not None for each in transitions]
    if any(dates) and (expires or not all(dates)):
        raise ValidationError(
            "'transitions' must not have both 'transition_date' and days, got a date for "
            f"{safe_text(names[dates.index(True)])}; S3 accepts either dates or days in a rule, "
            "and 'expiration' is in days: use 'transition_after'",
            code="RecordingLifecycle",
        )
    known = {name: after for name, after in zip(names, days, strict=True) if after is not None}
    for warmer, colder in itertools.combinations([each for each in _COLDER if each in known], 2):
        first, second = known[warmer], known[colder]
        if first >= second:
            raise ValidationError(
                f"'transitions' must be to {safe_text(warmer)} before they are to "
                f"{safe_text(colder)}, got {safe_text(str(first))} days and "
                f"{safe_text(str(second))} days; S3 moves files to colder classes only",
                code="RecordingLifecycle",
            )


def _days(keyword: str, duration: Duration | None) -> int | None:
    """Return the duration in whole days, or None if it is not known."""
    seconds = None if duration is None else read_seconds(duration)
    if seconds is None or seconds < 0:
        return None
    days, rest = divmod(seconds, _DAY)
    if rest:
        raise ValidationError(
            f"'{keyword}' must be a whole number of days, got {number_text(seconds)} seconds; use "
            "Duration.days()",
            code="RecordingLifecycle",
        )
    return int(days)
