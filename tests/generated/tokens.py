"""Values that are known only at deployment, and how they are made in a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import (
    Aws,
    CfnCondition,
    CfnMapping,
    CfnParameter,
    Fn,
    IStableStringProducer,
    Lazy,
)
from aws_cdk import aws_ssm as ssm

if TYPE_CHECKING:
    from collections.abc import Callable

    from constructs import Construct


@jsii.implements(IStableStringProducer)
class _Producer:
    def __init__(self, text: str) -> None:
        self._text = text

    def produce(self) -> str:
        return self._text


def _mapped(scope: Construct, text: str) -> str:
    mapping = CfnMapping(scope, f"Mapping{text}", mapping={"Key": {"Name": text}})
    return mapping.find_in_map("Key", "Name")


def condition(scope: Construct, text: str) -> CfnCondition:
    """A condition of the stack."""
    return CfnCondition(
        scope, f"Condition{text}", expression=Fn.condition_equals(Aws.REGION, "us-west-2")
    )


def _conditional(scope: Construct, text: str) -> str:
    id = condition(scope, text).logical_id
    return Fn.condition_if(id, text, f"{text}-elsewhere").to_string()


TEXTS: dict[str, Callable[[Construct, str], str]] = {
    "plain": lambda _, text: text,
    "parameter": lambda scope, text: CfnParameter(scope, f"Parameter{text}").value_as_string,
    "import": lambda _, text: Fn.import_value(text),
    "ssm": lambda scope, text: ssm.StringParameter.value_for_string_parameter(scope, f"/{text}"),
    "mapping": _mapped,
    "lazy": lambda _, text: Lazy.string(_Producer(text)),
    "lazy of a token": lambda _, text: Lazy.string(_Producer(Fn.import_value(text))),
    "joined": lambda _, text: f"{text}-{Aws.REGION}",
    "substituted": lambda _, text: Fn.sub("${AWS::StackName}-" + text),
    "conditional": _conditional,
}
"""Ways to give a string, most of them known only at deployment. The text is an identifier."""


def token(scope: Construct, kind: str, text: str) -> Any:
    """A token of a kind. The text is an identifier."""
    if kind == "boolean":
        return Fn.condition_if(condition(scope, text).logical_id, True, False)
    if kind == "number":
        return CfnParameter(scope, f"Parameter{text}", type="Number").value_as_number
    return CfnParameter(scope, f"Parameter{text}", type="CommaDelimitedList").value_as_list
