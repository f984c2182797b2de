"""What the tests of patterns share."""

from __future__ import annotations

import pytest
from aws_cdk import Stack
from aws_cdk import aws_certificatemanager as acm

CERTIFICATE_ARN = "arn:aws:acm:us-east-1:123456789012:certificate/12345678"


@pytest.fixture
def certificate(located_stack: Stack) -> acm.ICertificate:
    """A certificate that CloudFront takes."""
    return acm.Certificate.from_certificate_arn(located_stack, "Certificate", CERTIFICATE_ARN)
