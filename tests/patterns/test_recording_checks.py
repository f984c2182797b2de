"""The combinations, origins, ages and buckets for logs that a RecordingDelivery refuses."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Duration, Fn, RemovalPolicy, Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Template

from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs.patterns import RecordingDelivery
from tests.patterns.deliveries import CERTIFICATE, refused
from tests.patterns.templates import distribution_config

PAGE = "https://www.example.com"


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
                located_stack, "Certificate", CERTIFICATE.format("us-east-1")
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
