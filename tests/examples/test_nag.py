"""What cdk-nag's pack AwsSolutions has against the examples, and why it stays."""

from __future__ import annotations

import re
import runpy
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest
from aws_cdk import App, Aspects, Stack

from tests.examples.apps import EXAMPLES, NAMES, as_dict, looked_up


class Finding(NamedTuple):
    """
    A rule that an example does not keep.

    Attributes:
        rule: The id of the rule, with that of the finding where a rule has several.
        resource: The path of the resource in the stack.
    """

    rule: str
    resource: str


# How the version before begins what it finds.
RULE = re.compile(r"(AwsSolutions-\w+(?:\[.*?\])?): ")
ARN = "arn:<AWS::Partition>:{}:<AWS::Region>:<AWS::AccountId>:{}"
BASIC_EXECUTION = (
    "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/"
    "AWSLambdaBasicExecutionRole]"
)
CUSTOM_RESOURCES = "cdk-ivs:CustomResources"
FRAMEWORK = f"{CUSTOM_RESOURCES}/Provider/framework-onEvent/ServiceRole"

ACCESS_LOGS = (
    "access logs need a bucket of their own, which outlives the example; who writes is IVS alone"
)
IS_A_DEAD_LETTER_QUEUE = (
    "it is a dead-letter queue itself, of the rule's target, which the rule does not look at"
)
LOGS_AND_TRACES = (
    "the actions of log deliveries and of X-Ray know no resources; the CDK writes the statement"
)
ONLY_TAGGED = "the ARNs are not known before they are made: a condition on the tag limits them"
ROTATION = "IVS rotates no stream key: a new one has to be made, and the encoder be told"

# Of the function that calls the API of IVS at deployment, and of the CDK's before it.
BY_THE_API = {
    Finding(BASIC_EXECUTION, f"{CUSTOM_RESOURCES}/Handler/ServiceRole/Resource"): (
        "the function writes its log by this policy of AWS's; what it may call of IVS is on the "
        "ARNs of the resources alone"
    ),
    Finding(BASIC_EXECUTION, f"{FRAMEWORK}/Resource"): (
        "the role is that of the CDK's provider framework, which gives it this policy for its log"
    ),
    Finding(
        "AwsSolutions-IAM5[Resource::<cdkivsCustomResourcesHandler77B6593F.Arn>:*]",
        f"{FRAMEWORK}/DefaultPolicy/Resource",
    ): "the provider framework may invoke every version of the one function, and no other function",
}

# Of the user pool of those who get tokens.
USERS = "Api/Users/Resource"
SIGN_IN = {
    Finding("AwsSolutions-COG2", USERS): (
        "a user of the example watches a video; whether that needs a second factor is for whoever "
        "makes an application of it to decide"
    ),
    Finding("AwsSolutions-COG8", USERS): (
        "the plan with threat protection costs more for each user, and the example needs none of it"
    ),
}

# Why each finding is right where it is, by example.
ACKNOWLEDGED: dict[str, dict[Finding, str]] = {
    "ads_channel": BY_THE_API,
    "basic_channel": {Finding("AwsSolutions-SMG4", "Channel/StreamKey/Secret/Resource"): ROTATION},
    "chat_audit": {
        Finding("AwsSolutions-S1", "Archive/Resource"): ACCESS_LOGS,
        Finding(
            "AwsSolutions-IAM5[Resource::<ArchiveDA4CB258.Arn>/stream/*]", "StreamRole/Resource"
        ): "a delivery stream writes objects whose names it makes; only under its own prefix",
    },
    "chat_room": {
        Finding(BASIC_EXECUTION, "Review/ServiceRole/Resource"): (
            "the handler logs and does nothing else, which this policy of AWS's is for"
        ),
        Finding("AwsSolutions-L1", "Review/Resource"): (
            "the newest runtime is not known to the oldest aws-cdk-lib, with which it runs too"
        ),
    },
    "composition_recorder": {
        Finding("AwsSolutions-S1", "Recordings/Resource"): ACCESS_LOGS,
        Finding("AwsSolutions-SQS3", "Undelivered/Resource"): IS_A_DEAD_LETTER_QUEUE,
        Finding(
            "AwsSolutions-IAM5[Resource::*]", "Recorder/Role/DefaultPolicy/Resource"
        ): LOGS_AND_TRACES,
        Finding(
            f"AwsSolutions-IAM5[Resource::{ARN.format('ivs', 'composition/*')}]",
            "Recorder/Role/DefaultPolicy/Resource",
        ): "a composition gets its ARN when it starts; reading and stopping is for those alone",
    },
    "geo_restricted_channel": BY_THE_API,
    "idle_guard": {
        Finding("AwsSolutions-SQS3", "Guard/DeadLetterQueue/Resource"): IS_A_DEAD_LETTER_QUEUE,
        Finding(
            "AwsSolutions-IAM5[Resource::*]",
            "Guard/Streams/StateMachine/Role/DefaultPolicy/Resource",
        ): LOGS_AND_TRACES,
        Finding(
            "AwsSolutions-IAM5[Resource::*]",
            "Guard/Stages/StateMachine/Role/DefaultPolicy/Resource",
        ): LOGS_AND_TRACES,
        Finding(
            f"AwsSolutions-IAM5[Resource::{ARN.format('ivs', 'stage/*')}]",
            "Guard/Stages/StateMachine/Role/DefaultPolicy/Resource",
        ): ONLY_TAGGED,
        Finding(
            f"AwsSolutions-IAM5[Resource::{ARN.format('ivs', 'stream-key/*')}]",
            "StreamKey/Function/ServiceRole/DefaultPolicy/Resource",
        ): ONLY_TAGGED,
        Finding(
            "AwsSolutions-IAM5[Resource::*]",
            "StreamKey/Function/ServiceRole/DefaultPolicy/Resource",
        ): "the CDK lets every function that rotates get random passwords, which know no resource",
        Finding(BASIC_EXECUTION, "StreamKey/Function/ServiceRole/Resource"): (
            "the function writes its log by this policy of AWS's; what it may call of IVS is on "
            "its channel, and on the keys that it created"
        ),
    },
    "migrate_from_alpha": {Finding("AwsSolutions-S1", "Recordings/Resource"): ACCESS_LOGS},
    "private_channel": {**SIGN_IN, **BY_THE_API},
    "recorded_channel": {Finding("AwsSolutions-S1", "Recordings/Resource"): ACCESS_LOGS},
    "recorded_stage": {Finding("AwsSolutions-S1", "Recordings/Resource"): ACCESS_LOGS},
    "recording_index": {
        Finding("AwsSolutions-S1", "Recordings/Resource"): ACCESS_LOGS,
        Finding("AwsSolutions-SQS3", "Index/DeadLetterQueue/Resource"): IS_A_DEAD_LETTER_QUEUE,
        Finding(
            "AwsSolutions-IAM5[Resource::*]", "Index/Role/DefaultPolicy/Resource"
        ): LOGS_AND_TRACES,
        Finding("AwsSolutions-IAM5[Resource::*]", "Index/PipeRole/Resource"): (
            "dynamodb:ListStreams knows no resources, and the guide to pipes asks for it; all else "
            "is for the one stream, event bus and queue"
        ),
        Finding(
            f"AwsSolutions-IAM5[Resource::{ARN.format('ivs', 'composition/*')}]",
            "Index/Role/Resource",
        ): "a composition gets its ARN when it starts; the role reads compositions, no more",
        Finding(
            f"AwsSolutions-IAM5[Resource::{ARN.format('ivs', 'storage-configuration/*')}]",
            "Index/Role/Resource",
        ): "which one a composition records to is in the composition; the role reads it, no more",
        Finding("AwsSolutions-SF1", "Index/StateMachine/Resource"): (
            "errors are logged, and an event that is not written is in a queue; a log of all "
            "events would cost more than the rest"
        ),
        Finding("AwsSolutions-SF2", "Index/StateMachine/Resource"): (
            "there is nothing to trace: the state machine calls DynamoDB and the API of IVS alone"
        ),
    },
    "recording_pipeline": {
        Finding("AwsSolutions-S1", "Recordings/Resource"): ACCESS_LOGS,
        Finding("AwsSolutions-SQS3", "Undelivered/Resource"): IS_A_DEAD_LETTER_QUEUE,
        Finding(
            "AwsSolutions-IAM5[Resource::*]", "Reader/Role/DefaultPolicy/Resource"
        ): LOGS_AND_TRACES,
        Finding(
            "AwsSolutions-IAM5[Resource::<RecordingsA3BDCC51.Arn>/ivs/v1/*/events/"
            "recording-ended.json]",
            "Reader/Role/DefaultPolicy/Resource",
        ): "the prefix of a recording has its time and id in it; only its description may be read",
    },
    "rtmp_ingest_stage": {
        Finding("AwsSolutions-SMG4", "Stage/Encoder/StreamKey/Resource"): ROTATION,
        **BY_THE_API,
    },
    "stage": BY_THE_API,
    "stage_with_tokens": {
        Finding("AwsSolutions-IAM5[Resource::*]", "Moderator/DefaultPolicy/Resource"): (
            "the action that revokes connection tokens has no resource in policies"
        ),
        **SIGN_IN,
        **BY_THE_API,
    },
    "stage_broadcast": {
        Finding("AwsSolutions-S1", "Recordings/Resource"): ACCESS_LOGS,
        Finding("AwsSolutions-SQS3", "Broadcast/DeadLetterQueue/Resource"): IS_A_DEAD_LETTER_QUEUE,
        Finding(
            "AwsSolutions-IAM5[Resource::*]", "Broadcast/StateMachine/Role/DefaultPolicy/Resource"
        ): LOGS_AND_TRACES,
        Finding(
            f"AwsSolutions-IAM5[Resource::{ARN.format('ivs', 'composition/*')}]",
            "Broadcast/StateMachine/Role/DefaultPolicy/Resource",
        ): "a composition gets its ARN when it starts; only those with the tag are stopped",
    },
    "stream_lifecycle": {
        Finding("AwsSolutions-SQS3", "Undelivered/Resource"): IS_A_DEAD_LETTER_QUEUE,
        Finding(
            "AwsSolutions-IAM5[Resource::*]", "Recorder/Role/DefaultPolicy/Resource"
        ): LOGS_AND_TRACES,
    },
    "ugc_backend": {
        Finding(
            f"AwsSolutions-IAM5[Resource::{ARN.format('ivs', 'channel/*')}]",
            "Role/DefaultPolicy/Resource",
        ): ONLY_TAGGED,
        Finding(
            f"AwsSolutions-IAM5[Resource::{ARN.format('ivs', 'stage/*')}]",
            "Role/DefaultPolicy/Resource",
        ): ONLY_TAGGED,
        Finding(
            f"AwsSolutions-IAM5[Resource::{ARN.format('ivschat', 'room/*')}]",
            "Role/DefaultPolicy/Resource",
        ): ONLY_TAGGED,
        Finding(
            f"AwsSolutions-IAM5[Resource::{ARN.format('ivs', 'stream-key/*')}]",
            "Role/DefaultPolicy/Resource",
        ): (
            "a key is listed and deleted with its channel, on which the condition is; the first "
            "has no tags, and no ARN that is known, when it is reset; creating one needs the tag"
        ),
    },
    "watch_recordings": {
        Finding("AwsSolutions-CFR1", "Delivery/Distribution/Resource"): (
            "recordings may be watched everywhere, unless geo_restriction is given"
        ),
        Finding("AwsSolutions-CFR2", "Delivery/Distribution/Resource"): (
            "there is nothing behind it to attack but a bucket; web_acl_id takes a web ACL"
        ),
        Finding("AwsSolutions-CFR4", "Delivery/Distribution/Resource"): (
            "the example has no domain name of its own, and no certificate for one"
        ),
        Finding("AwsSolutions-S1", "AccessLogs/Resource"): ACCESS_LOGS,
        Finding("AwsSolutions-S1", "Delivery/Bucket/Resource"): (
            "CloudFront, which alone reads it, logs its requests"
        ),
    },
}


def findings_of(folder: Path, directory: Path) -> set[Finding]:
    """What the pack finds in the tree of an example, before it is synthesized."""
    from cdk_nag import AwsSolutionsChecks

    app = App(
        outdir=str(directory),
        analytics_reporting=False,
        context=as_dict((folder / "cdk.json").read_text())["context"] | looked_up(folder),
    )
    stack = runpy.run_path(str(folder / "app.py"))["build"](app)
    if version("cdk-nag") < "3":
        return found_by_aspect(app, stack)
    report = AwsSolutionsChecks(app).validate_scope(app)
    return {
        Finding(violation.rule_name, resource.construct_path.removeprefix(f"{stack.node.path}/"))
        for violation in report.violations
        for resource in violation.violating_resources
    }


def found_by_aspect(app: App, stack: Stack) -> set[Finding]:
    """What the pack of the version before finds: as an aspect, it writes errors into the tree."""
    from cdk_nag import AwsSolutionsChecks

    Aspects.of(app).add(AwsSolutionsChecks())
    try:
        app.synth()
    except RuntimeError as error:
        # The errors in the tree also fail the synthesis, and nothing else may.
        assert "ValidationFailed" in str(error)  # noqa: PT017 - without findings it succeeds
    found = [
        (RULE.match(str(entry.data)), construct.node.path)
        for construct in stack.node.find_all()
        for entry in construct.node.metadata
    ]
    return {
        Finding(rule.group(1), path.removeprefix(f"{stack.node.path}/"))
        for rule, path in found
        if rule is not None
    }


@pytest.mark.newest
@pytest.mark.parametrize("name", NAMES)
def test_findings_are_those_that_were_acknowledged(name: str, tmp_path: Path) -> None:
    """
    Every finding has a reason, and every reason still has its finding.
    """
    assert findings_of(EXAMPLES / name, tmp_path) == set(ACKNOWLEDGED.get(name, {}))


@pytest.mark.newest
def test_pack_finds_what_is_wrong(tmp_path: Path) -> None:
    """
    The pack is really run: a bucket without encryption in transit is found.
    """
    (tmp_path / "cdk.json").write_text('{"context": {}}')
    (tmp_path / "app.py").write_text(
        "import aws_cdk as cdk\n"
        "from aws_cdk.aws_s3 import Bucket\n"
        "def build(app):\n"
        "    stack = cdk.Stack(app, 'Wrong')\n"
        "    Bucket(stack, 'Bucket')\n"
        "    return stack\n"
    )
    assert findings_of(tmp_path, tmp_path / "cdk.out") == {
        Finding("AwsSolutions-S1", "Bucket/Resource"),
        Finding("AwsSolutions-S10", "Bucket/Resource"),
    }


@pytest.mark.parametrize("name", ACKNOWLEDGED)
def test_acknowledged_examples_are_there(name: str) -> None:
    """
    No reason is given for an example that is gone, and none is empty.
    """
    assert name in NAMES
    assert all(ACKNOWLEDGED[name].values())
