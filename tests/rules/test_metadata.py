"""What the plugin tells the CDK about itself, which the CDK writes into templates."""

from __future__ import annotations

from pathlib import Path

import aws_cdk
import pytest
from aws_cdk import App, Stack
from aws_cdk.aws_ivs import CfnChannel

from tests.support.oracles import template_of

# The floor has no validation of templates.
pytestmark = [
    pytest.mark.newest,
    pytest.mark.skipif(
        not hasattr(aws_cdk, "CloudFormationValidatePlugin"),
        reason="needs an aws-cdk-lib that validates templates",
    ),
]


def test_does_not_depend_on_earlier_findings(tmp_path: Path) -> None:
    """
    An app that is synthesized twice in a process has the same metadata, also after a finding.
    """
    # The oldest aws-cdk-lib cannot import it.
    from cdk_ivs.rules import IvsValidation, _plugin

    # A plugin that no other test has used.
    _plugin.plugin.cache_clear()

    def analytics(folder: str) -> str:
        app = App(outdir=str(tmp_path / folder), analytics_reporting=True)
        IvsValidation.add_to(app)
        stack = Stack(app, "Stack")
        CfnChannel(stack, "Channel", insecure_ingest=True)
        resources = template_of(stack)["Resources"]
        return str(resources["CDKMetadata"]["Properties"]["Analytics"])

    assert analytics("first") == analytics("second")
