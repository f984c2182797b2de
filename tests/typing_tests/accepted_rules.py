"""Code with the rules that must type-check as it stands. It is never run."""

from __future__ import annotations

from typing import assert_type

from aws_cdk import App, CloudFormationValidatePlugin, Stack, ValidationRuleSource, Validations
from aws_cdk.aws_ivs import CfnChannel

import cdk_ivs as ivs
from cdk_ivs import chat, rules
from cdk_ivs.rules import IvsValidation, ivs_rules

app = App()
stack = Stack(app, "Stack")
own = ValidationRuleSource(name="own.rego", content="package own")

assert_type(ivs_rules(), ValidationRuleSource)
assert_type(rules.ivs_rules(), ValidationRuleSource)
assert_type(IvsValidation.add_to(app), None)
IvsValidation.add_to(app, rego_rules=[own], guard_rules=(own,), include_default_rules=False)
IvsValidation.add_to(app, rego_rules=None, guard_rules=None)
Validations.of(app).add_plugins(CloudFormationValidatePlugin(rego_rules=[ivs_rules(), own]))

assert_type(IvsValidation.acknowledge(stack, "IVS-001", reason="a"), None)
for construct in (
    app,
    CfnChannel(stack, "L1"),
    ivs.Channel(stack, "Channel"),
    chat.Room(stack, "Room"),
):
    IvsValidation.acknowledge(construct, "IVS-005", reason="a")
