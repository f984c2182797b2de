"""The example of an application that creates channels."""

from __future__ import annotations

from typing import Any

from tests.examples.golden_templates import deployed, properties_of

NAME = "ugc_backend"
TAGS = {"application": "ugc-backend"}


def ivs_statements() -> list[dict[str, Any]]:
    """What the role may do with IVS."""
    policy = properties_of(NAME, "AWS::IAM::Policy", "Role")
    statements = deployed(policy["PolicyDocument"]["Statement"], {"Logs.Arn": "the logs"})
    return [one for one in statements if "ivs" in str(one["Action"])]
