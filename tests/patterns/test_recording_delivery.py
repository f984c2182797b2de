"""Recordings that are watched over CloudFront."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Duration, Environment, RemovalPolicy, Stack, Token
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3

import cdk_ivs as ivs
from cdk_ivs.patterns import RecordingDelivery
from tests.patterns.templates import distribution_config, only, resources, statements
from tests.support.annotations import warnings_of

KINDS = {
    "AWS::CloudFront::CachePolicy": 2,
    "AWS::CloudFront::Distribution": 1,
    "AWS::CloudFront::OriginAccessControl": 1,
    "AWS::CloudFront::ResponseHeadersPolicy": 2,
    "AWS::S3::Bucket": 1,
    "AWS::S3::BucketPolicy": 1,
}
PAGE = "https://www.example.com"
KEY_GROUP_ID = "98765432-abcd-4321-abcd-0123456789ab"


def https_site(stack: Stack) -> cloudfront.Distribution:
    """A distribution of a site that is there already."""
    origin = origins.HttpOrigin("www.example.com")
    return cloudfront.Distribution(
        stack, "Site", default_behavior=cloudfront.BehaviorOptions(origin=origin)
    )


def key_group(stack: Stack) -> cloudfront.IKeyGroup:
    """An imported key group."""
    return cloudfront.KeyGroup.from_key_group_id(stack, "KeyGroup", KEY_GROUP_ID)


def headers(stack: Stack, behavior: dict[str, Any]) -> dict[str, Any]:
    """The configuration of the response headers policy of a behavior."""
    policies = resources(stack, "AWS::CloudFront::ResponseHeadersPolicy")
    found: dict[str, Any] = policies[behavior["ResponseHeadersPolicyId"]["Ref"]][
        "ResponseHeadersPolicyConfig"
    ]
    return found


def cache(stack: Stack, behavior: dict[str, Any]) -> dict[str, Any]:
    """The configuration of the cache policy of a behavior."""
    policies = resources(stack, "AWS::CloudFront::CachePolicy")
    found: dict[str, Any] = policies[behavior["CachePolicyId"]["Ref"]]["CachePolicyConfig"]
    return found


class TestResources:
    def test_are_what_delivery_takes(self, located_stack: Stack) -> None:
        """
        A bucket with its policy, a distribution with the access to it, and two policies each for
        caches and headers are created, and nothing else.
        """
        RecordingDelivery(located_stack, "Delivery")
        assert {kind: len(resources(located_stack, kind)) for kind in KINDS} == KINDS
        constructs = located_stack.node.find_all()
        types = {getattr(each, "cfn_resource_type", None) for each in constructs} - {None}
        assert types == set(KINDS)

    def test_bucket_is_private(self, located_stack: Stack) -> None:
        """
        The bucket is encrypted as stages need it, closed to the public, and kept.
        """
        delivery = RecordingDelivery(located_stack, "Delivery")
        assert only(located_stack, "AWS::S3::Bucket") == {
            "BucketEncryption": {
                "ServerSideEncryptionConfiguration": [
                    {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
                ]
            },
            "LifecycleConfiguration": {
                "Rules": [
                    {
                        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
                        "Status": "Enabled",
                    }
                ]
            },
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
        }
        assert isinstance(delivery.bucket, s3.Bucket)
        cfn_bucket: Any = delivery.bucket.node.default_child
        assert str(cfn_bucket.cfn_options.deletion_policy) == "CfnDeletionPolicy.RETAIN"

    def test_bucket_goes_with_the_stack(self, located_stack: Stack) -> None:
        """
        With another removal policy the bucket is deleted with the stack.
        """
        delivery = RecordingDelivery(
            located_stack, "Delivery", removal_policy=RemovalPolicy.DESTROY
        )
        cfn_bucket: Any = delivery.bucket.node.default_child  # type: ignore[attr-defined] - a Bucket
        assert str(cfn_bucket.cfn_options.deletion_policy) == "CfnDeletionPolicy.DELETE"

    def test_names_are_told_apart_by_region(self, app: App) -> None:
        """
        The policies, which are in no Region, have other names in every Region and in every
        delivery, short enough for CloudFront.
        """
        regions = ("us-west-2", "ap-northeast-1", None)
        stacks = [
            Stack(
                app,
                f"Stack{region}",
                stack_name="Recordings",
                env=Environment(region=region) if region else None,
            )
            for region in regions
        ]
        for stack in stacks:
            for id in ("One", f"Two{'A' * 100}"):
                RecordingDelivery(stack, id)
        names = []
        for region, stack in zip(regions, stacks, strict=True):
            for kind, longest in (
                ("AWS::CloudFront::CachePolicy", 128),
                ("AWS::CloudFront::OriginAccessControl", 64),
                ("AWS::CloudFront::ResponseHeadersPolicy", 128),
            ):
                for properties in resources(stack, kind).values():
                    (config,) = properties.values()
                    names.append(str(config["Name"]))
                    assert region is None or len(config["Name"]) <= longest
        assert len(set(names)) == len(names) == 3 * 2 * 5


class TestDistribution:
    def test_behaviors_are_by_what_the_files_are(self, located_stack: Stack) -> None:
        """
        What IVS writes again is kept for seconds, and all else for a day; browsers ask again for
        the former, and not for the latter.
        """
        RecordingDelivery(located_stack, "Delivery")
        config = distribution_config(located_stack)
        growing = config["CacheBehaviors"]
        assert [behavior["PathPattern"] for behavior in growing] == [
            "*/media/hls/*.m3u8",
            "*/media/latest_thumbnail/*",
            "*/events/*",
        ]
        expected = [(each, 5, "no-cache") for each in growing]
        expected += [(config["DefaultCacheBehavior"], 86_400, "max-age=86400, immutable")]
        for behavior, seconds, cache_control in expected:
            policy = cache(located_stack, behavior)
            assert {policy[f"{name}TTL"] for name in ("Default", "Max", "Min")} == {seconds}
            assert headers(located_stack, behavior)["CustomHeadersConfig"]["Items"] == [
                {"Header": "Cache-Control", "Override": True, "Value": cache_control}
            ]

    def test_viewers_connect_by_https_and_read(self, located_stack: Stack) -> None:
        """
        No behavior takes plain HTTP, nor methods other than GET and HEAD, CloudFront's default.
        """
        RecordingDelivery(located_stack, "Delivery")
        config = distribution_config(located_stack)
        for behavior in [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]:
            assert behavior["ViewerProtocolPolicy"] == "https-only"
            assert "AllowedMethods" not in behavior

    def test_ages_can_be_others(self, located_stack: Stack) -> None:
        """
        Both ages are in the cache policies, and that of the media is told to browsers.
        """
        RecordingDelivery(
            located_stack,
            "Delivery",
            media_max_age=Duration.days(365),
            playlist_max_age=Duration.seconds(1),
        )
        config = distribution_config(located_stack)
        assert cache(located_stack, config["CacheBehaviors"][0])["MaxTTL"] == 1
        media = config["DefaultCacheBehavior"]
        assert cache(located_stack, media)["MaxTTL"] == 31_536_000
        (header,) = headers(located_stack, media)["CustomHeadersConfig"]["Items"]
        assert header["Value"] == "max-age=31536000, immutable"

    def test_ages_can_be_tokens(self, located_stack: Stack) -> None:
        """
        An age that is known at deployment is in the policy and in the text of the header.
        """
        seconds = Token.as_number({"Ref": "Seconds"})
        RecordingDelivery(located_stack, "Delivery", media_max_age=Duration.seconds(seconds))
        media = distribution_config(located_stack)["DefaultCacheBehavior"]
        assert cache(located_stack, media)["MaxTTL"] == {"Ref": "Seconds"}
        (header,) = headers(located_stack, media)["CustomHeadersConfig"]["Items"]
        assert header["Value"] == {
            "Fn::Join": ["", ["max-age=", {"Ref": "Seconds"}, ", immutable"]]
        }

    def test_has_an_own_domain_name(
        self, located_stack: Stack, certificate: acm.ICertificate
    ) -> None:
        """
        With a certificate viewers need TLS 1.2, URLs have the first name that is no wildcard, and
        nothing is warned of.
        """
        delivery = RecordingDelivery(
            located_stack,
            "Delivery",
            certificate=certificate,
            domain_names=["*.example.com", "recordings.example.com"],
        )
        config = distribution_config(located_stack)
        assert config["Aliases"] == ["*.example.com", "recordings.example.com"]
        assert config["ViewerCertificate"] == {
            "AcmCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678",
            "MinimumProtocolVersion": "TLSv1.2_2021",
            "SslSupportMethod": "sni-only",
        }
        assert delivery.base_url == "https://recordings.example.com"
        assert warnings_of(located_stack) == []

    def test_takes_a_newer_tls(self, located_stack: Stack, certificate: acm.ICertificate) -> None:
        """
        The oldest version of TLS can be a newer one than the default.
        """
        RecordingDelivery(
            located_stack,
            "Delivery",
            certificate=certificate,
            domain_names=["recordings.example.com"],
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2019,
        )
        viewer = distribution_config(located_stack)["ViewerCertificate"]
        assert viewer["MinimumProtocolVersion"] == "TLSv1.2_2019"

    def test_warns_of_old_tls(self, located_stack: Stack) -> None:
        """
        Without a certificate CloudFront takes older versions, whatever is asked for.
        """
        RecordingDelivery(located_stack, "Delivery")
        ((path, text),) = warnings_of(located_stack)
        assert path == "/Stack/Delivery"
        assert text == (
            "without your own certificate, CloudFront also accepts TLS 1.0 and 1.1: give "
            "'domain_names' and 'certificate', or acknowledge this warning "
            "[ack: cdk-ivs:DeliveryTls]"
        )

    def test_has_the_options_of_cloudfront(self, located_stack: Stack) -> None:
        """
        The price class, the countries and the web ACL are passed on.
        """
        acl = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/acl/12345678"
        RecordingDelivery(
            located_stack,
            "Delivery",
            geo_restriction=cloudfront.GeoRestriction.allowlist("NL", "BE"),
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
            web_acl_id=acl,
        )
        config = distribution_config(located_stack)
        assert config["PriceClass"] == "PriceClass_100"
        assert config["Restrictions"]["GeoRestriction"] == {
            "Locations": ["NL", "BE"],
            "RestrictionType": "whitelist",
        }
        assert config["WebACLId"] == acl

    @pytest.mark.parametrize(
        ("prefix", "expected"), [(None, "recordings/"), ("", ""), ("a/", "a/")]
    )
    @pytest.mark.parametrize("kind", ["Bucket", "CfnBucket", "imported"])
    def test_logs_requests(
        self, located_stack: Stack, prefix: str | None, expected: str, kind: str
    ) -> None:
        """
        Access logs go to a bucket with ACLs, under a prefix.
        """
        rule = s3.CfnBucket.OwnershipControlsRuleProperty(object_ownership="ObjectWriter")
        logs: Any = {
            "Bucket": lambda: s3.Bucket(
                located_stack,
                "Logs",
                object_ownership=s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
            ),
            "CfnBucket": lambda: s3.CfnBucket(
                located_stack,
                "Logs",
                ownership_controls=s3.CfnBucket.OwnershipControlsProperty(rules=[rule]),
            ),
            "imported": lambda: s3.Bucket.from_bucket_name(located_stack, "Logs", "logs"),
        }[kind]()
        RecordingDelivery(
            located_stack, "Delivery", access_log_bucket=logs, access_log_prefix=prefix
        )
        logging = distribution_config(located_stack)["Logging"]
        assert logging.get("Prefix", "") == expected
        assert logging["Bucket"]


class TestOrigins:
    def test_are_all_by_default(self, located_stack: Stack) -> None:
        """
        The pages of every origin may play recordings, without cookies.
        """
        RecordingDelivery(located_stack, "Delivery")
        config = distribution_config(located_stack)
        cors = headers(located_stack, config["DefaultCacheBehavior"])["CorsConfig"]
        assert cors == {
            "AccessControlAllowCredentials": False,
            "AccessControlAllowHeaders": {"Items": ["Range"]},
            "AccessControlAllowMethods": {"Items": ["GET", "HEAD"]},
            "AccessControlAllowOrigins": {"Items": ["*"]},
            "AccessControlExposeHeaders": {"Items": ["Content-Length", "Content-Range"]},
            "OriginOverride": True,
        }
        assert headers(located_stack, config["CacheBehaviors"][0])["CorsConfig"] == cors

    @pytest.mark.parametrize("origins", [["*"], [PAGE], [PAGE, f"{PAGE}:8443"]])
    def test_can_be_listed(self, located_stack: Stack, origins: list[str]) -> None:
        """
        A list of origins is passed on.
        """
        RecordingDelivery(located_stack, "Delivery", allowed_origins=origins)
        behavior = distribution_config(located_stack)["DefaultCacheBehavior"]
        cors = headers(located_stack, behavior)["CorsConfig"]
        assert cors["AccessControlAllowOrigins"] == {"Items": origins}
        assert cors["AccessControlAllowCredentials"] is False

    def test_can_be_more_than_a_restriction_policy_takes(self, located_stack: Stack) -> None:
        """
        CloudFront takes more origins than the 5 of a playback restriction policy.
        """
        origins = [f"https://{number}.example.com" for number in range(6)]
        RecordingDelivery(located_stack, "Delivery", allowed_origins=origins)
        behavior = distribution_config(located_stack)["DefaultCacheBehavior"]
        cors = headers(located_stack, behavior)["CorsConfig"]
        assert cors["AccessControlAllowOrigins"] == {"Items": origins}


class TestSigning:
    @pytest.mark.parametrize(("origins", "credentials"), [(None, False), ([PAGE], True)])
    def test_is_asked_of_every_request(
        self, located_stack: Stack, origins: list[str] | None, credentials: bool
    ) -> None:
        """
        With key groups every behavior needs a signature; browsers may send cookies to it from the
        origins that are named.
        """
        RecordingDelivery(
            located_stack,
            "Delivery",
            allowed_origins=origins,
            trusted_key_groups=[key_group(located_stack)],
        )
        config = distribution_config(located_stack)
        for behavior in [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]:
            assert behavior["TrustedKeyGroups"] == [KEY_GROUP_ID]
            cors = headers(located_stack, behavior)["CorsConfig"]
            assert cors["AccessControlAllowCredentials"] is credentials


class TestLifecycle:
    def test_moves_and_deletes_by_age(self, located_stack: Stack) -> None:
        """
        Files go to other classes, and are deleted, in the one rule of the bucket.
        """
        RecordingDelivery(
            located_stack,
            "Delivery",
            expiration=Duration.days(365),
            transitions=(
                s3.Transition(
                    storage_class=s3.StorageClass.INFREQUENT_ACCESS,
                    transition_after=Duration.days(30),
                ),
                s3.Transition(
                    storage_class=s3.StorageClass.GLACIER_INSTANT_RETRIEVAL,
                    transition_after=Duration.days(90),
                ),
            ),
        )
        assert only(located_stack, "AWS::S3::Bucket")["LifecycleConfiguration"] == {
            "Rules": [
                {
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
                    "ExpirationInDays": 365,
                    "Status": "Enabled",
                    "Transitions": [
                        {"StorageClass": "STANDARD_IA", "TransitionInDays": 30},
                        {"StorageClass": "GLACIER_IR", "TransitionInDays": 90},
                    ],
                }
            ]
        }


class TestGivenDistribution:
    def test_gets_the_paths_of_recordings(self, located_stack: Stack) -> None:
        """
        A distribution that is there gets behaviors for the files of recordings, and keeps its own.
        """
        site = https_site(located_stack)
        delivery = RecordingDelivery(
            located_stack,
            "Delivery",
            distribution=site,
            trusted_key_groups=[key_group(located_stack)],
        )
        assert delivery.distribution is site
        config = distribution_config(located_stack)
        found = {each["PathPattern"]: each for each in config["CacheBehaviors"]}
        assert list(found) == [
            "*/media/hls/*.m3u8",
            "*/media/latest_thumbnail/*",
            "*/events/*",
            "*/media/*",
        ]
        seconds = [cache(located_stack, each)["MaxTTL"] for each in found.values()]
        assert seconds == [5, 5, 5, 86_400]
        for behavior in found.values():
            assert behavior["ViewerProtocolPolicy"] == "https-only"
            assert behavior["TrustedKeyGroups"] == [KEY_GROUP_ID]
        assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "allow-all"
        assert len({each["TargetOriginId"] for each in found.values()}) == 1
        assert warnings_of(located_stack) == []

    def test_may_read_the_bucket(self, located_stack: Stack) -> None:
        """
        The policy of the bucket is for the distribution that was given.
        """
        RecordingDelivery(located_stack, "Delivery", distribution=https_site(located_stack))
        (name,) = resources(located_stack, "AWS::CloudFront::Distribution")
        condition = statements(located_stack)[-1]["Condition"]["StringEquals"]
        assert condition["AWS:SourceArn"]["Fn::Join"][1][-1] == {"Ref": name}

    def test_answers_at_names_of_its_own(self, located_stack: Stack) -> None:
        """
        The domain names are those of URLs, and need no certificate here.
        """
        delivery = RecordingDelivery(
            located_stack,
            "Delivery",
            distribution=https_site(located_stack),
            domain_names=["www.example.com"],
        )
        assert delivery.base_url == "https://www.example.com"


class TestRecordings:
    def test_are_written_by_all_that_record(self, located_stack: Stack) -> None:
        """
        Channels, participants and compositions record to the bucket of the delivery.
        """
        delivery = RecordingDelivery(located_stack, "Delivery")
        recording = ivs.RecordingConfiguration(located_stack, "Recording", bucket=delivery.bucket)
        ivs.Channel(located_stack, "Channel", recording_configuration=recording)
        storage = ivs.StorageConfiguration(located_stack, "Storage", bucket=delivery.bucket)
        participants = ivs.ParticipantRecording(storage_configuration=storage)
        ivs.Stage(located_stack, "Stage", participant_recording=participants)
        (bucket,) = resources(located_stack, "AWS::S3::Bucket")
        configuration = only(located_stack, "AWS::IVS::RecordingConfiguration")
        destination = configuration["DestinationConfiguration"]["S3"]
        assert destination == {"BucketName": {"Ref": bucket}}
        assert only(located_stack, "AWS::IVS::StorageConfiguration")["S3"] == destination
