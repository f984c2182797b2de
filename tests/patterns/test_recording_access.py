"""Who may read and write recordings, by a simulator of IAM that knows nothing of this library."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs.patterns import RecordingDelivery
from tests.patterns.templates import statements
from tests.support.resolving import value_of
from tests.support.simulation import OUTCOMES, SCRIPT

ACCOUNT = "123456789012"
ARN = "arn:aws:s3:::recordings"
DISTRIBUTION = f"arn:aws:cloudfront::{ACCOUNT}:distribution/{{}}"
RECORDING = "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs/media/hls/master.m3u8"
TLS = {"aws:SecureTransport": "true"}
OWN, OTHER, FOREIGN = "own", "other", "foreign"
SOURCES = {
    OWN: DISTRIBUTION.format("OWN"),
    OTHER: DISTRIBUTION.format("OTHER"),
    FOREIGN: "arn:aws:cloudfront::210987654321:distribution/OWN",
}


class Request(NamedTuple):
    """
    What a service asks of S3.

    Attributes:
        service: The service.
        action: The action.
        key: The key of the object.
        context: What conditions can ask for.
    """

    service: str
    action: str
    key: str
    context: Mapping[str, str]


def read(source: str, key: str = RECORDING, action: str = "s3:GetObject", **more: str) -> Request:
    """A request of CloudFront."""
    context = {**TLS, "aws:SourceArn": SOURCES[source], **more}
    return Request("cloudfront.amazonaws.com", action, key, context)


def write(region: str = "us-west-2", acl: str = "bucket-owner-full-control") -> Request:
    """A request of a stage that is recorded."""
    service = f"ivs-composite.{region}.amazonaws.com"
    return Request(service, "s3:PutObject", RECORDING, {**TLS, "s3:x-amz-acl": acl})


def decisions(policy: Sequence[Any], requests: Sequence[Request]) -> list[bool]:
    """Whether the policy of the bucket lets the requests pass."""
    simulations = [
        {
            "request": {
                "principal": request.service,
                "action": request.action,
                "resource": {"resource": f"{ARN}/{request.key}", "accountId": ACCOUNT},
                "contextVariables": dict(request.context),
            },
            "identityPolicies": [],
            "resourcePolicy": {"Version": "2012-10-17", "Statement": policy},
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
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    for result in results:
        assert result["resultType"] != "error", result
    outcomes = {**OUTCOMES, "ExplicitlyDenied": False}
    return [outcomes[result["overallResult"]] for result in results]


def policy_of(stack: Stack) -> Any:
    """The statements of the bucket policy, as CloudFormation would write them."""
    attributes = {"AWS::Partition": "aws", "AWS::AccountId": ACCOUNT, "AWS::Region": "us-west-2"}
    for name in Template.from_stack(stack).to_json()["Resources"]:
        attributes |= {f"{name}.Arn": ARN, name: "OWN"}
    return value_of(statements(stack), attributes)


def stacks(app: App, kind: str) -> tuple[Stack, Stack]:
    """The stack of the bucket, and that of the delivery, with what is between them."""
    env = Environment(account=ACCOUNT, region="us-west-2")
    here = Stack(app, "Here", env=env)
    there = Stack(app, "There", env=env) if kind == "elsewhere" else here
    bucket = None if kind == "own" else s3.Bucket(there, "Bucket", enforce_ssl=True)
    delivery = RecordingDelivery(here, "Delivery", bucket=bucket)
    ivs.StorageConfiguration(here, "Storage", bucket=delivery.bucket)
    return there, here


# Of which kind of bucket: own, given, or of another stack.
ALL = (True, True, True)
NONE = (False, False, False)


@pytest.mark.once  # Of the template alone, which is the same with another aws-cdk-lib.
@pytest.mark.parametrize(("column", "kind"), list(enumerate(["own", "given", "elsewhere"])))
def test_policy_lets_in_whom_it_should(app: App, column: int, kind: str) -> None:
    """
    The distribution reads recordings over TLS, stages write them, and nobody does anything else;
    of a bucket of another stack, so do the distributions of the account.
    """
    expected = [
        (read(OWN), ALL),
        (read(OWN, RECORDING.replace("media/hls/master.m3u8", "events/recording-ended.json")), ALL),
        (read(OTHER), (False, False, True)),
        (read(FOREIGN), NONE),
        (read(OWN, **{"aws:SecureTransport": "false"}), NONE),
        (read(OWN, action="s3:PutObject"), NONE),
        (read(OWN, action="s3:DeleteObject"), NONE),
        (read(OWN, "customers.csv"), (True, False, False)),
        (write(), ALL),
        (write(region="eu-west-1"), NONE),
        (write(acl="private"), NONE),
        (write()._replace(context={**write().context, "aws:SecureTransport": "false"}), NONE),
        (write()._replace(action="s3:GetObject"), NONE),
        (write()._replace(service="mediaconvert.amazonaws.com"), NONE),
    ]
    there, _ = stacks(app, kind)
    found = decisions(policy_of(there), [request for request, _ in expected])
    assert found == [allowed[column] for _, allowed in expected]
