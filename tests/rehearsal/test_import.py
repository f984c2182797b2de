"""Importing what exists into a stack, as far as the emulator goes: up to the change set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aws_cdk import CfnOutput, Stack
from cfnlint.decode import decode_str

import cdk_ivs as ivs
from tests.rehearsal.apps import NAME, assembled
from tests.rehearsal.emulation import Cloud
from tests.support.questions import blocks

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]


def _build(stack: Stack) -> None:
    channel = ivs.Channel(stack, "Channel", channel_name="live", stop_stream_on_delete=True)
    channel.add_stream_key("StreamKey").to_secret("Secret")
    CfnOutput(stack, "Url", value=channel.channel_playback_url)


def test_the_change_set_imports_what_is_mapped(cloud: Cloud, tmp_path: Path) -> None:
    """
    The change set imports the channel and its stream key and nothing else: the output, the secret
    and the custom resource of the app are left for a deployment. The CLI retains what it imports,
    without which CloudFormation refuses, and IVS is not called.
    """
    (mapping,) = blocks("questions/import.md", "json")
    file = tmp_path / "mapping.json"
    file.write_text(mapping)
    outcome = cloud.run(
        *("import", NAME, "--app", str(assembled(tmp_path / "app", _build))),
        *("--resource-mapping", str(file), "--no-execute"),
    )
    assert outcome.succeeded, outcome.text
    change_set = {"ChangeSetName": "cdk-deploy-change-set", "StackName": NAME}
    client = cloud.client("cloudformation")
    changes = [
        change["ResourceChange"] for change in client.describe_change_set(**change_set)["Changes"]
    ]
    arns = {logical_id: identifier["Arn"] for logical_id, identifier in json.loads(mapping).items()}
    assert {change["Action"] for change in changes} == {"Import"}
    assert {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in changes} == arns
    template = client.get_template(**change_set)["TemplateBody"]
    template = template if isinstance(template, dict) else decode_str(template)[0]
    assert {each["DeletionPolicy"] for each in template["Resources"].values()} == {"Retain"}
    assert list(template) == ["Resources"]
    assert cloud.ivs.calls == []
