"""What a stack has in its template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aws_cdk.assertions import Template

if TYPE_CHECKING:
    from aws_cdk import Stack


def resources(stack: Stack, kind: str) -> dict[str, dict[str, Any]]:
    """The properties of the resources of a type, by logical id."""
    template = Template.from_stack(stack).to_json().get("Resources", {})
    return {
        name: resource.get("Properties", {})
        for name, resource in template.items()
        if resource["Type"] == kind
    }


def only(stack: Stack, kind: str) -> dict[str, Any]:
    """The properties of the one resource of a type."""
    (properties,) = resources(stack, kind).values()
    return properties


def distribution_config(stack: Stack) -> dict[str, Any]:
    """The configuration of the one distribution."""
    config: dict[str, Any] = only(stack, "AWS::CloudFront::Distribution")["DistributionConfig"]
    return config


def statements(stack: Stack) -> list[dict[str, Any]]:
    """The statements of the one bucket policy."""
    found: list[dict[str, Any]] = only(stack, "AWS::S3::BucketPolicy")["PolicyDocument"][
        "Statement"
    ]
    return found


def principals(stack: Stack) -> list[str]:
    """Whom the one bucket policy lets do something, by the first part of the service's name."""
    allowed = [each["Principal"] for each in statements(stack) if each["Effect"] == "Allow"]
    return sorted(str(principal["Service"]).split(".")[0] for principal in allowed)


def inline_statements(stack: Stack, id: str) -> list[dict[str, Any]]:
    """The statements in a role itself, by the beginning of its logical id."""
    (role,) = (
        properties
        for name, properties in resources(stack, "AWS::IAM::Role").items()
        if name.startswith(id)
    )
    (policy,) = role["Policies"]
    found: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return found
