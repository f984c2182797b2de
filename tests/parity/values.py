"""Inputs that the cases share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsii
from aws_cdk import Aws, CfnMapping, CfnParameter, Fn, IStableStringProducer, Lazy, SecretValue
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
    "conditional": lambda _, text: Fn.condition_if(text, text, Aws.NO_VALUE).to_string(),
    "secret": lambda _, text: SecretValue.secrets_manager(text).unsafe_unwrap(),
    "dynamic reference": lambda _, text: SecretValue.ssm_secure(text, "1").unsafe_unwrap(),
}
"""Ways to give a string, most of them known only at deployment. The text is an identifier."""
