"""The channels, stages and rooms for which a function returns tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._validation.errors import ValidationError, safe_text
from cdk_ivs._validation.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constructs import Construct

# The form of the ARNs that CloudFormation creates. IDs have 12 characters, or are UUIDs.
_CREATED = "arn:aws:{service}:ap-northeast-1:123456789012:{kind}/"
_ID_LENGTH = 12
_UUIDS = {"key": 36, "public-key": 36}


class ResourceArn(NamedTuple):
    """
    The ARN of a resource of tokens, or of a key that signs or verifies them.

    Attributes:
        text: The ARN.
        service: The service in it.
        kind: The type of the resource in it, such as `channel`.
    """

    text: str
    service: str
    kind: str

    @property
    def length(self) -> int:
        """The number of characters. For a token, the maximum length of the ARN."""
        if "${Token[" not in self.text:
            return len(self.text)
        around = _CREATED.format(service=self.service, kind=self.kind)
        return len(around) + _UUIDS.get(self.kind, _ID_LENGTH)


def checked_resources(
    keyword: str, resources: Sequence[Any], kind: str, service: str, scope: Construct
) -> list[ResourceArn]:
    """
    Return the ARNs of resources.

    Refuse an empty list, duplicates, and resources of another account or Region.
    """
    if not resources:
        raise ValidationError(
            f"'{keyword}' must have at least one resource, got none; list the resources that the "
            "tokens are for",
            code="NoResources",
        )
    arns = [same_environment_arn(keyword, resource, kind, scope) for resource in resources]
    for index, arn in enumerate(arns):
        if arn in arns[:index]:
            # An ARN that only the deployment knows says nothing to a reader.
            name = resources[index].node.path if is_token(arn) else arn
            raise ValidationError(
                f"'{keyword}' must not have a value twice, got '{safe_text(name)}' again; "
                "leave one out",
                code="Duplicate",
            )
    return [ResourceArn(arn, service, kind) for arn in arns]
