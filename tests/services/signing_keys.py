"""Signing keys of templates and imported ones, and a role that is granted their use."""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk.aws_iam import Role, ServicePrincipal

from tests.support.arns import arn

KEY = "AWS::KMS::Key"
KEY_ID = "SigningKey49B95470"
EXISTING = arn("key/1234abcd-12ab-34cd-56ef-1234567890ab", service="kms")
ELSEWHERE = "arn:aws:kms:eu-north-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_ACCOUNT = "210987654321"


def role(stack: Stack, id: str = "Role") -> Role:
    """A role of the stack."""
    return Role(stack, id, assumed_by=ServicePrincipal("lambda.amazonaws.com"))
