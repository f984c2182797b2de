"""What a RecordingDelivery refuses."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, Duration, Environment, Fn, RemovalPolicy, Stack, Token
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Template

from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs.patterns import RecordingDelivery
from tests.patterns.templates import distribution_config, only
from tests.support.tokens import token

NAME = "recordings.example.com"
PAGE = "https://www.example.com"
ARN = "arn:aws:acm:{}:123456789012:certificate/12345678"


def refused(scope: Stack, **arguments: Any) -> ValidationError:
    """The error for arguments, of which nothing is left in the tree."""
    with pytest.raises(ValidationError) as error:
        RecordingDelivery(scope, "Delivery", **arguments)
    assert scope.node.try_find_child("Delivery") is None
    assert error.value.path == f"{scope.node.path}/Delivery"
    return error.value


def some_distribution(stack: Stack) -> cloudfront.Distribution:
    """A distribution of something else."""
    origin = origins.HttpOrigin("www.example.com")
    return cloudfront.Distribution(
        stack, "Site", default_behavior=cloudfront.BehaviorOptions(origin=origin)
    )


def key_groups(stack: Stack) -> list[cloudfront.IKeyGroup]:
    """Key groups."""
    return [cloudfront.KeyGroup.from_key_group_id(stack, "KeyGroup", "12345678")]


class TestCombinations:
    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("expiration", lambda: Duration.days(30)),
            ("removal_policy", lambda: RemovalPolicy.DESTROY),
            ("transitions", list),
        ],
    )
    def test_bucket_has_its_own_rules(self, located_stack: Stack, keyword: str, value: Any) -> None:
        """
        What is said of a new bucket is refused of one that is given.
        """
        bucket = s3.Bucket(located_stack, "Bucket")
        error = refused(located_stack, bucket=bucket, **{keyword: value()})
        assert error.code == "DeliveryParts"
        assert error.message == (
            f"'{keyword}' must be left out when 'bucket' is given, got both: set it on the bucket "
            "itself"
        )

    @pytest.mark.parametrize(
        "keyword",
        [
            "access_log_bucket",
            "access_log_prefix",
            "certificate",
            "geo_restriction",
            "minimum_protocol_version",
            "price_class",
            "web_acl_id",
        ],
    )
    def test_distribution_has_its_own_options(self, located_stack: Stack, keyword: str) -> None:
        """
        What is said of a new distribution is refused of one that is given.
        """
        values: dict[str, Any] = {
            "access_log_bucket": s3.Bucket(located_stack, "Logs"),
            "access_log_prefix": "logs/",
            "certificate": acm.Certificate.from_certificate_arn(
                located_stack, "Certificate", ARN.format("us-east-1")
            ),
            "geo_restriction": cloudfront.GeoRestriction.allowlist("NL"),
            "minimum_protocol_version": cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            "price_class": cloudfront.PriceClass.PRICE_CLASS_100,
            "web_acl_id": "acl",
        }
        error = refused(
            located_stack,
            distribution=some_distribution(located_stack),
            **{keyword: values[keyword]},
        )
        assert error.code == "DeliveryParts"
        assert error.message == (
            f"'{keyword}' must be left out when 'distribution' is given, got both: set it on the "
            "distribution itself"
        )

    def test_prefix_of_logs_needs_their_bucket(self, located_stack: Stack) -> None:
        """
        Without a bucket for logs there are none.
        """
        error = refused(located_stack, access_log_prefix="logs/")
        assert error.message == (
            "'access_log_prefix' must be given with 'access_log_bucket', got it alone; without a "
            "bucket there are no access logs"
        )


class TestDistribution:
    def test_of_another_stack_is_refused(self, app: App, located_stack: Stack) -> None:
        """
        Each stack would need the other.
        """
        other = some_distribution(Stack(app, "Other"))
        error = refused(located_stack, distribution=other)
        assert error.code == "DeliveryStack"
        assert "create both in one stack" in error.message

    def test_has_one_delivery(self, located_stack: Stack) -> None:
        """
        Two have the same paths, which CloudFront refuses; each can have a distribution.
        """
        site = some_distribution(located_stack)
        RecordingDelivery(located_stack, "First", distribution=site)
        error = refused(located_stack, distribution=site)
        assert error.code == "DeliveryTwice"
        assert "leave 'distribution' out" in error.message
        RecordingDelivery(located_stack, "Delivery")

    def test_of_elsewhere_is_refused(self, located_stack: Stack) -> None:
        """
        A distribution that is not of the app cannot be changed.
        """
        site: Any = cloudfront.Distribution.from_distribution_attributes(
            located_stack, "Site", distribution_id="E123", domain_name="d123.cloudfront.net"
        )
        error = refused(located_stack, distribution=site)
        assert error.code == "ArgumentType"
        assert "'distribution' must be Distribution, got" in error.message


class TestOrigins:
    @pytest.mark.parametrize(
        ("given", "code", "text"),
        [
            ([], "OriginCount", "'allowed_origins' must have at least one origin, got none"),
            (["*", PAGE], "Origin", f"must be '*' alone, or origins, got ['*', '{PAGE}']; leave"),
            (["capacitor://localhost"], "Origin", "got 'capacitor://localhost'"),
            (["www.example.com"], "Origin", "got 'www.example.com'; write the scheme"),
            ([f"{PAGE}/"], "Origin", f"got '{PAGE}/'; write the scheme"),
            ([PAGE, PAGE], "Duplicate", "'allowed_origins' must not have a value twice"),
        ],
    )
    def test_are_origins(
        self, located_stack: Stack, given: list[str], code: str, text: str
    ) -> None:
        """
        What no browser sends as an origin is refused.
        """
        error = refused(located_stack, allowed_origins=given)
        assert error.code == code
        assert text in error.message

    def test_are_named_for_cookies(self, located_stack: Stack) -> None:
        """
        With signatures, '*' is refused: browsers send cookies to origins that are named.
        """
        error = refused(
            located_stack, allowed_origins=["*"], trusted_key_groups=key_groups(located_stack)
        )
        assert error.message == (
            "'allowed_origins' must be origins, or left out, with 'trusted_key_groups', got '*': "
            "browsers do not send cookies then; list the origins of your pages, or leave it out "
            "for "
            "signed URLs"
        )

    def test_can_be_tokens(self, located_stack: Stack) -> None:
        """
        An origin that is known at deployment passes.
        """
        RecordingDelivery(
            located_stack, "Delivery", allowed_origins=[Fn.import_value("Origin"), PAGE]
        )
        policies = Template.from_stack(located_stack).find_resources(
            "AWS::CloudFront::ResponseHeadersPolicy"
        )
        for policy in policies.values():
            cors = policy["Properties"]["ResponseHeadersPolicyConfig"]["CorsConfig"]
            items = cors["AccessControlAllowOrigins"]["Items"]
            assert items == [{"Fn::ImportValue": "Origin"}, PAGE]
        assert len(policies) == 2


class TestDomain:
    @pytest.mark.parametrize("given", ["certificate", "domain_names"])
    def test_name_and_certificate_go_together(
        self, located_stack: Stack, certificate: acm.ICertificate, given: str
    ) -> None:
        """
        CloudFront answers at a domain name with a certificate for it.
        """
        values: dict[str, Any] = {"certificate": certificate, "domain_names": [NAME]}
        (missing,) = set(values) - {given}
        error = refused(located_stack, **{given: values[given]})
        assert error.code == "DeliveryDomain"
        assert error.message == (
            f"'{given}' must be given together with '{missing}', got only one of "
            "them; CloudFront needs a certificate for your own domain name"
        )

    @pytest.mark.parametrize(
        ("names", "text"),
        [
            ([], "'domain_names' must have at least one name, got none"),
            (["https://recordings.example.com"], "got 'https://recordings.example.com'; write it"),
            (["recordings.example.com/"], "without scheme and path"),
            (["Recordings.example.com"], "in lower case"),
            (["localhost"], "got 'localhost'"),
            ([NAME, "localhost"], "got 'localhost'"),
            (["A.TOKEN"], "got 'A.<token>'"),
            (["a.*.example.com"], "got 'a.*.example.com'"),
            ([f"{'a' * 64}.example.com"], "'domain_names' must be domain names such as"),
            ([NAME, NAME], "'domain_names' must not have a value twice"),
        ],
    )
    def test_names_are_domain_names(
        self,
        located_stack: Stack,
        certificate: acm.ICertificate,
        names: list[str],
        text: str,
    ) -> None:
        """
        What is no domain name is refused.
        """
        names = [name.replace("TOKEN", token()) for name in names]
        error = refused(located_stack, certificate=certificate, domain_names=names)
        assert text in error.message

    def test_names_can_be_a_token_beside_text(
        self, located_stack: Stack, certificate: acm.ICertificate
    ) -> None:
        """
        The text beside a token has the characters of a domain name.
        """
        names = [f"*.a-9.{token()}.example.com"]
        RecordingDelivery(located_stack, "Delivery", certificate=certificate, domain_names=names)
        assert distribution_config(located_stack)["Aliases"] == located_stack.resolve(names)

    @pytest.mark.parametrize("names", [[f"{'a' * 63}.example.com"], ["*.example.com"], None])
    def test_names_that_are_taken(
        self, located_stack: Stack, certificate: acm.ICertificate, names: list[str] | None
    ) -> None:
        """
        The longest label, a wildcard and a token pass; URLs do not begin with a wildcard.
        """
        names = names or [Fn.import_value("Name")]
        delivery = RecordingDelivery(
            located_stack, "Delivery", certificate=certificate, domain_names=names
        )
        assert distribution_config(located_stack)["Aliases"] == located_stack.resolve(names)
        assert ("*" in names[0]) == (
            located_stack.resolve(delivery.base_url) != located_stack.resolve(f"https://{names[0]}")
        )

    def test_names_can_be_a_token(
        self, located_stack: Stack, certificate: acm.ICertificate
    ) -> None:
        """
        Of a list that is known at deployment, no name can be in a URL: it has CloudFront's.
        """
        names = Fn.split(",", Fn.import_value("Names"))
        delivery = RecordingDelivery(
            located_stack, "Delivery", certificate=certificate, domain_names=names
        )
        assert distribution_config(located_stack)["Aliases"] == {
            "Fn::Split": [",", {"Fn::ImportValue": "Names"}]
        }
        assert "DomainName" in json.dumps(located_stack.resolve(delivery.base_url))

    def test_certificate_is_in_us_east_1(self, located_stack: Stack) -> None:
        """
        A certificate of another Region is refused by its ARN.
        """
        certificate = acm.Certificate.from_certificate_arn(
            located_stack, "Certificate", ARN.format("us-west-2")
        )
        error = refused(located_stack, certificate=certificate, domain_names=[NAME])
        assert error.code == "CertificateRegion"
        assert error.message == (
            "'certificate' must be in us-east-1, got one in us-west-2: CloudFront only accepts "
            "certificates from there; create it in a stack in us-east-1, and set "
            "cross_region_references=True on both stacks"
        )

    @pytest.mark.parametrize("kind", [acm.Certificate, acm.CfnCertificate])
    def test_certificate_of_the_app_is_in_us_east_1(
        self, app: App, located_stack: Stack, kind: Any
    ) -> None:
        """
        So is one of a stack in another Region; that of one in us-east-1 is taken.
        """
        error = refused(
            located_stack,
            certificate=kind(located_stack, "Certificate", domain_name=NAME),
            domain_names=[NAME],
        )
        assert error.code == "CertificateRegion"
        stack = Stack(app, "East", env=Environment(account="123456789012", region="us-east-1"))
        certificate = kind(stack, "Certificate", domain_name=NAME)
        RecordingDelivery(stack, "Delivery", certificate=certificate, domain_names=[NAME])
        assert distribution_config(stack)["ViewerCertificate"]["AcmCertificateArn"] == (
            stack.resolve(certificate.certificate_ref.certificate_arn)
            if hasattr(certificate.certificate_ref, "certificate_arn")
            else stack.resolve(certificate.certificate_ref.certificate_id)
        )

    @pytest.mark.parametrize("kind", ["token", "agnostic"])
    def test_certificate_of_an_unknown_region_passes(self, stack: Stack, kind: str) -> None:
        """
        Nothing is known of an ARN that is a token, nor of a stack without a Region.
        """
        certificate = (
            acm.Certificate.from_certificate_arn(stack, "Certificate", Fn.import_value("Arn"))
            if kind == "token"
            else acm.Certificate(stack, "Certificate", domain_name=NAME)
        )
        RecordingDelivery(stack, "Delivery", certificate=certificate, domain_names=[NAME])
        assert distribution_config(stack)["Aliases"] == [NAME]

    @pytest.mark.parametrize("version", ["SSL_V3", "TLS_V1", "TLS_V1_2016", "TLS_V1_1_2016"])
    def test_tls_is_new(
        self, located_stack: Stack, certificate: acm.ICertificate, version: str
    ) -> None:
        """
        Older versions than TLS 1.2 are refused.
        """
        error = refused(
            located_stack,
            certificate=certificate,
            domain_names=[NAME],
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol[version],
        )
        assert error.code == "TlsVersion"
        assert error.message == (
            f"'minimum_protocol_version' must be TLS 1.2 or newer, got '{version}'; use "
            "SecurityPolicyProtocol.TLS_V1_2_2021"
        )

    def test_tls_needs_a_certificate(self, located_stack: Stack) -> None:
        """
        CloudFront ignores the version for its own domain name.
        """
        error = refused(
            located_stack,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
        )
        assert error.code == "TlsVersion"
        assert error.message == (
            "'minimum_protocol_version' must be left out without 'certificate', got "
            "'TLS_V1_2_2021': CloudFront ignores it for its own domain name; give "
            "'domain_names' and 'certificate'"
        )


class TestAges:
    @pytest.mark.parametrize(
        ("keyword", "seconds", "rule"),
        [
            ("media_max_age", 0, "at least 1 second, got 0 seconds"),
            ("media_max_age", 31_536_001, "at most 31536000 seconds"),
            ("playlist_max_age", 0, "at least 1 second, got 0 seconds"),
            ("playlist_max_age", 86_401, "at most 86400 seconds"),
        ],
    )
    def test_are_limited(self, located_stack: Stack, keyword: str, seconds: int, rule: str) -> None:
        """
        Nothing is kept for no time, nor for longer than makes sense.
        """
        error = refused(located_stack, **{keyword: Duration.seconds(seconds)})
        assert error.code == "DurationRange"
        assert f"'{keyword}' must be {rule}" in error.message


def some_number() -> int:
    """A number that is known at deployment."""
    return int(Token.as_number({"Ref": "Days"}))


def transition(name: str, after: Duration | None) -> s3.Transition:
    """A transition to a class."""
    return s3.Transition(storage_class=getattr(s3.StorageClass, name), transition_after=after)


class TestLifecycle:
    @pytest.mark.parametrize(
        ("arguments", "text"),
        [
            (
                lambda: {"expiration": Duration.days(2)},
                (
                    "'expiration' must be at least 3 days, got 2 days: a recording can last 48 "
                    "hours, and S3 counts from the time when each file was written"
                ),
            ),
            (
                lambda: {"expiration": Duration.hours(100)},
                (
                    "'expiration' must be a whole number of days, got 360000 seconds; use "
                    "Duration.days()"
                ),
            ),
            (
                lambda: {"transitions": [transition("INFREQUENT_ACCESS", Duration.hours(1000))]},
                (
                    "'transitions' must be a whole number of days, got 3600000 seconds; use "
                    "Duration.days()"
                ),
            ),
            (
                lambda: {"transitions": [transition("GLACIER", Duration.days(90))]},
                (
                    "'transitions' must be to a class that S3 reads immediately, got 'GLACIER' "
                    "(allowed: GLACIER_IR, INTELLIGENT_TIERING, ONEZONE_IA, STANDARD_IA); "
                    "recordings in other classes cannot be watched"
                ),
            ),
            (
                lambda: {"transitions": [transition("DEEP_ARCHIVE", Duration.days(90))]},
                (
                    "'transitions' must be to a class that S3 reads immediately, got "
                    "'DEEP_ARCHIVE' "
                    "(allowed: GLACIER_IR, INTELLIGENT_TIERING, ONEZONE_IA, STANDARD_IA); "
                    "recordings in other classes cannot be watched"
                ),
            ),
            (
                lambda: {"transitions": [transition("INFREQUENT_ACCESS", Duration.days(29))]},
                (
                    "'transitions' must be after at least 30 days to STANDARD_IA, got 29 days; S3 "
                    "rejects fewer (GLACIER_IR and INTELLIGENT_TIERING can be earlier)"
                ),
            ),
            (
                lambda: {"transitions": [transition("INFREQUENT_ACCESS", Duration.days(0))]},
                (
                    "'transitions' must be after at least 30 days to STANDARD_IA, got 0 days; S3 "
                    "rejects fewer (GLACIER_IR and INTELLIGENT_TIERING can be earlier)"
                ),
            ),
            (
                lambda: {
                    "transitions": [
                        transition("INTELLIGENT_TIERING", Duration.days(some_number())),
                        transition("ONE_ZONE_INFREQUENT_ACCESS", Duration.days(29)),
                    ]
                },
                (
                    "'transitions' must be after at least 30 days to ONEZONE_IA, got 29 days; S3 "
                    "rejects fewer (GLACIER_IR and INTELLIGENT_TIERING can be earlier)"
                ),
            ),
            (
                lambda: {
                    "expiration": Duration.days(30),
                    "transitions": [transition("GLACIER_INSTANT_RETRIEVAL", Duration.days(30))],
                },
                "'transitions' must be before 'expiration', got 30 days and 30 days",
            ),
            (
                lambda: {"transitions": [transition("INTELLIGENT_TIERING", None)]},
                (
                    "each of 'transitions' must have either 'transition_after' or "
                    "'transition_date', "
                    "got one to INTELLIGENT_TIERING with neither or both"
                ),
            ),
        ],
        ids=[
            "short",
            "part",
            "hours",
            "glacier",
            "deep",
            "infrequent",
            "now",
            "second",
            "late",
            "never",
        ],
    )
    def test_breaks_no_recording(
        self, located_stack: Stack, arguments: Callable[[], dict[str, Any]], text: str
    ) -> None:
        """
        Rules that take files away from a recording that goes on, or from viewers, are refused, and
        those that S3 refuses.
        """
        error = refused(located_stack, **arguments())
        assert error.code == "RecordingLifecycle"
        assert error.message == text

    @pytest.mark.parametrize(
        ("arguments", "rule"),
        [
            (lambda: {"expiration": Duration.days(3)}, {"ExpirationInDays": 3}),
            (
                lambda: {"transitions": [transition("INTELLIGENT_TIERING", Duration.days(0))]},
                {"Transitions": [{"StorageClass": "INTELLIGENT_TIERING", "TransitionInDays": 0}]},
            ),
            (
                lambda: {
                    "expiration": Duration.days(31),
                    "transitions": [transition("ONE_ZONE_INFREQUENT_ACCESS", Duration.days(30))],
                },
                {
                    "ExpirationInDays": 31,
                    "Transitions": [{"StorageClass": "ONEZONE_IA", "TransitionInDays": 30}],
                },
            ),
            (
                lambda: {"expiration": Duration.days(Token.as_number({"Ref": "Days"}))},
                {"ExpirationInDays": {"Ref": "Days"}},
            ),
            (
                lambda: {
                    "transitions": [
                        s3.Transition(
                            storage_class=s3.StorageClass.INTELLIGENT_TIERING,
                            transition_date=dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
                        )
                    ],
                },
                {
                    "Transitions": [
                        {
                            "StorageClass": "INTELLIGENT_TIERING",
                            "TransitionDate": "2027-01-01T00:00:00Z",
                        }
                    ]
                },
            ),
        ],
        ids=["shortest", "at once", "infrequent", "token", "date"],
    )
    def test_takes_what_is_near(
        self, located_stack: Stack, arguments: Callable[[], dict[str, Any]], rule: dict[str, Any]
    ) -> None:
        """
        The nearest right values, and tokens, are in the rule.
        """
        RecordingDelivery(located_stack, "Delivery", **arguments())
        (found,) = only(located_stack, "AWS::S3::Bucket")["LifecycleConfiguration"]["Rules"]
        assert {name: found.get(name) for name in rule} == rule


class TestLogs:
    def test_need_acls(self, located_stack: Stack) -> None:
        """
        CloudFront writes access logs with ACLs, which buckets do not take by default.
        """
        logs = s3.Bucket(located_stack, "Logs")
        error = refused(located_stack, access_log_bucket=logs)
        assert error.code == "AccessLogBucket"
        assert error.message == (
            "'access_log_bucket' must accept ACLs, which CloudFront needs to write access logs, "
            "got one with the object ownership BUCKET_OWNER_ENFORCED, the default; set "
            "object_ownership=s3.ObjectOwnership.BUCKET_OWNER_PREFERRED on it"
        )

    @pytest.mark.parametrize("ownership", ["BUCKET_OWNER_PREFERRED", "OBJECT_WRITER"])
    def test_can_have_acls(self, located_stack: Stack, ownership: str) -> None:
        """
        Both kinds of ownership that take ACLs pass.
        """
        logs = s3.Bucket(
            located_stack, "Logs", object_ownership=getattr(s3.ObjectOwnership, ownership)
        )
        RecordingDelivery(located_stack, "Delivery", access_log_bucket=logs)
        assert distribution_config(located_stack)["Logging"]["Bucket"] == {
            "Fn::GetAtt": ["Logs6819BB44", "RegionalDomainName"]
        }

    @pytest.mark.parametrize("imported", [False, True])
    def test_are_not_among_recordings(self, located_stack: Stack, imported: bool) -> None:
        """
        The bucket of the recordings is none for logs, also if it is had twice.
        """
        bucket: s3.IBucket = s3.Bucket(
            located_stack,
            "Bucket",
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
        )
        logs = bucket
        if imported:
            bucket, logs = (
                s3.Bucket.from_bucket_name(located_stack, id, "recordings")
                for id in ("Recordings", "Logs")
            )
        error = refused(located_stack, bucket=bucket, access_log_bucket=logs)
        assert error.code == "AccessLogBucket"
        assert error.message.startswith(
            "'access_log_bucket' must be another bucket than 'bucket', got the same"
        )


class TestRest:
    def test_is_refused_by_the_cdk(
        self, located_stack: Stack, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        What the CDK alone knows to be wrong is refused in its words, and nothing is left.
        """

        def refuse(*_: object, **__: object) -> None:
            raise RuntimeError("The distribution must be another one")

        with monkeypatch.context() as patched:
            patched.setattr(cloudfront.Distribution, "__init__", refuse)
            error = refused(located_stack)
        assert error.code == "DeliveryParts"
        assert error.message == (
            "the arguments must be accepted by the CDK, got the error: The distribution must be "
            "another one"
        )
        RecordingDelivery(located_stack, "Delivery")

    def test_has_types(self, located_stack: Stack) -> None:
        """
        An argument of another type is refused by its name.
        """
        wrong: Any = "recordings"
        with pytest.raises(
            ArgumentTypeError, match=r"'bucket' must be IBucketRef.*from_bucket_name"
        ):
            RecordingDelivery(located_stack, "Delivery", bucket=wrong)

    def test_is_in_a_stack(self, app: App) -> None:
        """
        An app is no place for it.
        """
        with pytest.raises(ValidationError, match="'scope' must be a stack"):
            RecordingDelivery(app, "Delivery")
