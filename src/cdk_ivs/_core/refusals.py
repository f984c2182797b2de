"""Arguments that only the CDK can check, when it creates what a construct consists of."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from cdk_ivs._validation.errors import ValidationError, error_path, safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs import Construct


@contextlib.contextmanager
def refused_by_cdk(rule: str, scope: Construct, id: str, *, code: str) -> Iterator[None]:
    """
    Remove the construct `id` of `scope` if the block raises an error, and say which rule it broke.

    Args:
        rule: The beginning of the message, with what must be accepted.
        scope: The scope of the construct that the block completes.
        id: The ID of the construct.
        code: The code of the error.
    """
    with error_path(scope, id):
        try:
            yield
        except ValidationError:
            scope.node.try_remove_child(id)
            raise
        except RuntimeError as error:
            scope.node.try_remove_child(id)
            raise ValidationError(
                f"{rule}, got the error: {safe_text(str(error))}", code=code
            ) from error
