"""
Whether policies allow requests, by a simulator that knows nothing of this library.

That is iam-simulate of npm, which evaluates all condition operators of IAM, with IfExists. On PyPI
there is nothing like it: moto evaluates no conditions of a role's policies, npkt takes the tags of
resources for unknown and so as given, iam-ape takes no requests, and sibyl-aws has no IfExists.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support.arns import ACCOUNT

SCRIPT = Path(__file__).with_name("simulate.cjs")
OUTCOMES = {"Allowed": True, "ImplicitlyDenied": False}


class Request(NamedTuple):
    """
    What a call asks of IAM, once for each resource that its action is authorized on.

    Attributes:
        action: The action.
        resource: The ARN of the resource.
        tags: The tags that the resource has.
        gives: The tags that the call gives to something.
        context: What else there is for conditions, by key.
    """

    action: str
    resource: str
    tags: Mapping[str, str] = {}
    gives: Mapping[str, str] = {}
    context: Mapping[str, str] = {}


def decisions(
    statements: Sequence[Mapping[str, Any]],
    requests: Sequence[Request],
    of_resource: Sequence[Mapping[str, Any]] = (),
) -> list[bool]:
    """
    Whether a role whose policy has the statements may do each of the requests.

    Those of the resource's policy come last, without which KMS allows nothing.
    """
    policy = {"Version": "2012-10-17", "Statement": statements}
    resource_policy = (
        {"resourcePolicy": {"Version": "2012-10-17", "Statement": list(of_resource)}}
        if of_resource
        else {}
    )
    simulations = [
        {
            "request": {
                "principal": f"arn:aws:iam::{ACCOUNT}:role/backend",
                "action": request.action,
                "resource": {"resource": request.resource, "accountId": ACCOUNT},
                "contextVariables": {
                    **{f"aws:ResourceTag/{key}": value for key, value in request.tags.items()},
                    **{f"aws:RequestTag/{key}": value for key, value in request.gives.items()},
                    **request.context,
                },
            },
            "identityPolicies": [{"name": "policy", "policy": policy}],
            **resource_policy,
            "serviceControlPolicies": [],
            "resourceControlPolicies": [],
        }
        for request in requests
    ]
    done = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps(simulations),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if "Cannot find module '@cloud-copilot/iam-simulate'" in done.stderr:
        pytest.fail("there is no simulator of policies: run 'npm ci'", pytrace=False)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    for result in results:
        # An action that does not exist, or has another type of resource, is an error of the test.
        assert result["resultType"] != "error", result
        # Nor is a condition left out of account.
        assert result.get("result", {}).get("ignoredContextKeys", []) == []
    return [OUTCOMES[result["overallResult"]] for result in results]
