"""Secrets that leave their stack. CloudFormation shows outputs and parameters in plain text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from aws_cdk import CfnOutput, CfnResource, CfnStack, Names, Stack

from cdk_ivs._validation.errors import ValidationError, safe_text

from .annotations import warn_unless_acknowledged
from .cfn_properties import cfn_properties
from .synth_validation import validate_at_synth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from constructs import Construct

    from .resource import IvsResource

_EXPORT_WRITER = "Custom::CrossRegionExportWriter"


class _Secret(NamedTuple):
    owner: IvsResource
    value: str
    attribute: str
    remedy: str


def register_secret(owner: IvsResource, value: str, attribute: str, remedy: str) -> None:
    """
    Check at synthesis where a secret attribute is used after it was read.

    Args:
        owner: The construct with the attribute.
        value: The token.
        attribute: The name of the attribute.
        remedy: The method that keeps the secret in AWS Secrets Manager.
    """
    validate_at_synth(owner, _check_secrets, _Secret(owner, value, attribute, remedy))


def _check_secrets(_: Construct, secrets: Sequence[Any]) -> Iterator[ValidationError]:
    """Refuse secrets in another stack, and warn about outputs with secrets."""
    for secret in secrets:
        yield from _check_secret(secret)


def _check_secret(secret: _Secret) -> Iterator[ValidationError]:
    stack = Stack.of(secret.owner)
    reference = stack.resolve(secret.value)
    for construct in stack.node.find_all():
        shown = _shown_by(construct)
        if shown is None or not _has(stack.resolve(shown), reference):
            continue
        if isinstance(construct, CfnOutput) and not _is_for_another_stack(construct, secret):
            warn_unless_acknowledged(
                construct,
                "cdk-ivs:SecretOutput",
                f"the output shows '{secret.attribute}' of '{safe_text(secret.owner.node.path)}' "
                "in plain text to every user who can describe the stack; keep it with "
                f"{secret.remedy}, and output the ARN of the secret",
            )
            continue
        error = ValidationError(
            f"'{secret.attribute}' must not be used in another stack, got it in plain text in "
            f"'{safe_text(construct.node.path)}', which CloudFormation would need to pass it on; "
            f"keep it in a secret with {secret.remedy} and use that secret there, or let the "
            "reader call the API with the permission of 'grants.read(...)'",
            code="SecretInOtherStack",
        )
        error.path = safe_text(secret.owner.node.path)
        yield error


def _shown_by(construct: object) -> object:
    """Return what a construct shows in plain text, or passes to another stack."""
    if isinstance(construct, CfnOutput):
        return construct.value
    if isinstance(construct, CfnStack):
        return construct.parameters
    # Only this class: if subclasses counted, every resource of the stack would take a message.
    if type(construct) is CfnResource and construct.cfn_resource_type == _EXPORT_WRITER:
        return cfn_properties(construct)
    return None


def _is_for_another_stack(output: CfnOutput, secret: _Secret) -> bool:
    """Whether the output is for another stack: for a reference of the CDK, or for an export."""
    if output.export_name is not None:
        return True
    # For a nested stack, or for a weak reference.
    cfn_owner: Any = secret.owner.node.default_child
    return output.node.id.startswith(("Output{", Names.node_unique_id(cfn_owner.node)))


def _has(value: object, part: object) -> bool:
    """Whether resolved JSON contains a part."""
    return json.dumps(part) in json.dumps(value)
