"""What a RecordingDelivery and a RecordingIndex refuse of one argument alone."""

from __future__ import annotations

import pytest
from aws_cdk import Aws, RemovalPolicy, Stack
from constructs import Construct

from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs.patterns import RecordingDelivery, RecordingIndex
from tests.patterns.templates import distribution_config

WEB_ACL = "arn:aws:wafv2:{}:123456789012:global/webacl/viewers/1a2b"


@pytest.mark.parametrize(
    "web_acl_id",
    [
        WEB_ACL.format("us-west-2"),
        WEB_ACL.format("us-west-2").replace("123456789012", Aws.ACCOUNT_ID),
        WEB_ACL.format(""),
        "arn:aws:wafv2",
    ],
    ids=["west", "token", "none", "short"],
)
def test_web_acl_of_another_region_is_refused(stack: Stack, web_acl_id: str) -> None:
    """
    CloudFront takes web ACLs of us-east-1 alone, and the message says so.
    """
    with pytest.raises(ValidationError) as error:
        RecordingDelivery(stack, "Delivery", web_acl_id=web_acl_id)
    assert error.value.code == "WebAclRegion"
    assert error.value.message.startswith(
        "'web_acl_id' must be the ARN of a web ACL in us-east-1, got 'arn:aws:wafv2"
    )
    assert stack.node.children == []


@pytest.mark.parametrize(
    "web_acl_id", [WEB_ACL.format("us-east-1"), "1a2b3c4d-5678-90ab-cdef-EXAMPLE11111"]
)
def test_web_acl_of_cloudfront_is_taken(stack: Stack, web_acl_id: str) -> None:
    """
    The ARN of a web ACL, or the ID of one of AWS WAF Classic, is passed on.
    """
    RecordingDelivery(stack, "Delivery", web_acl_id=web_acl_id)
    assert distribution_config(stack)["WebACLId"] == web_acl_id


def test_web_acl_of_a_region_that_is_a_token_is_taken(stack: Stack) -> None:
    """
    Where an ARN is can be known at deployment only.
    """
    RecordingDelivery(stack, "Delivery", web_acl_id=WEB_ACL.format(Aws.REGION))
    assert "WebACLId" in distribution_config(stack)


def test_class_in_place_of_a_function_is_refused(stack: Stack) -> None:
    """
    A class can be called, but its error would be about its own arguments.
    """
    with pytest.raises(ArgumentTypeError) as error:
        RecordingIndex(stack, "Index", all=True, url_for=Stack)  # type: ignore[arg-type] # the mistake
    assert error.value.message == (
        "'url_for' must be a function that returns text, got the class 'Stack'"
    )
    assert stack.node.children == []


@pytest.mark.parametrize(
    ("create", "resources"),
    [
        (
            lambda scope, policy: RecordingDelivery(scope, "It", removal_policy=policy),
            "buckets",
        ),
        (
            lambda scope, policy: RecordingIndex(scope, "It", all=True, removal_policy=policy),
            "tables",
        ),
    ],
)
def test_snapshot_is_refused(stack: Stack, create, resources: str) -> None:
    """
    CloudFormation has no snapshots of buckets and tables, and the stack would fail.
    """
    scope = Construct(stack, "Scope")
    with pytest.raises(ValidationError) as error:
        create(scope, RemovalPolicy.SNAPSHOT)
    assert error.value.code == "RemovalPolicy"
    assert error.value.message == (
        "'removal_policy' must be RETAIN, DESTROY or RETAIN_ON_UPDATE_OR_DELETE, got SNAPSHOT; "
        f"CloudFormation has no snapshots of {resources}"
    )
    assert scope.node.children == []
