"""Values that are known only at deployment, and how they are made in a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aws_cdk import Aws, CfnCondition, CfnParameter, Fn

from tests.parity.values import TEXTS as TEXTS_OF_PARITY

if TYPE_CHECKING:
    from collections.abc import Callable

    from constructs import Construct


def condition(scope: Construct, text: str) -> CfnCondition:
    """A condition of the stack."""
    return CfnCondition(
        scope, f"Condition{text}", expression=Fn.condition_equals(Aws.REGION, "us-west-2")
    )


def _conditional(scope: Construct, text: str) -> str:
    id = condition(scope, text).logical_id
    return Fn.condition_if(id, text, f"{text}-elsewhere").to_string()


TEXTS: dict[str, Callable[[Construct, str], str]] = {
    kind: create
    for kind, create in TEXTS_OF_PARITY.items()
    if kind not in {"secret", "dynamic reference"}
} | {"conditional": _conditional}
"""Ways to give a string, most of them known only at deployment. The text is an identifier."""


def token(scope: Construct, kind: str, text: str) -> Any:
    """A token of a kind. The text is an identifier."""
    if kind == "boolean":
        return Fn.condition_if(condition(scope, text).logical_id, True, False)
    if kind == "number":
        return CfnParameter(scope, f"Parameter{text}", type="Number").value_as_number
    return CfnParameter(scope, f"Parameter{text}", type="CommaDelimitedList").value_as_list
