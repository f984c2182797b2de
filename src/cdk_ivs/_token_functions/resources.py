"""The channels, stages and rooms that a function gives out tokens for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._validation.errors import ValidationError
from cdk_ivs._validation.values import check_unique

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constructs import Construct

# The form of the ARNs that CloudFormation creates. Ids have 12 characters, or are UUIDs.
_CREATED = "arn:aws:{service}:ap-northeast-1:123456789012:{kind}/"
_ID_LENGTH = 12
_UUIDS = {"key": 36, "public-key": 36}


class ResourceArn(NamedTuple):
    """
    The ARN of a resource of tokens, or of a key that signs or verifies them.

    Attributes:
        text: The ARN.
        service: The service in it.
        kind: The type of the resource in it, such as ``channel``.
    """

    text: str
    service: str
    kind: str

    @property
    def length(self) -> int:
        """The number of characters. Of a token, the number that the ARN will have at most."""
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
            f"'{keyword}' must not be empty, got none; list what the tokens are for",
            code="NoResources",
        )
    arns = [same_environment_arn(keyword, resource, kind, scope) for resource in resources]
    check_unique(keyword, arns)
    return [ResourceArn(arn, service, kind) for arn in arns]
