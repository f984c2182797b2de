"""The domain names and certificates that a RecordingDelivery refuses and takes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import App, Environment, Fn, Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront

from cdk_ivs.patterns import RecordingDelivery
from tests.patterns.deliveries import CERTIFICATE, refused
from tests.patterns.templates import distribution_config
from tests.support.tokens import token

NAME = "recordings.example.com"


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
            located_stack, "Certificate", CERTIFICATE.format("us-west-2")
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
