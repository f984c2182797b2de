"""Moving a deployed app from aws_cdk.aws_ivs_alpha by its one import line."""

from __future__ import annotations

from pathlib import Path

import pytest
from botocore.exceptions import WaiterError

from tests.examples.apps import EXAMPLES, Assembly, synthesize
from tests.rehearsal.emulation import Cloud, copy_of

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

STACK = "MigrateFromAlpha"
AFTER = "import cdk_ivs as ivs\n"
BEFORE = "from aws_cdk import aws_ivs_alpha as ivs\n"


def _assembly(folder: Path, imports: str) -> Assembly:
    source = copy_of(EXAMPLES / "migrate_from_alpha", folder / "app")
    app = source / "app.py"
    text = app.read_text(encoding="utf-8")
    assert text.count(AFTER) == 1
    app.write_text(text.replace(AFTER, imports), encoding="utf-8")
    return synthesize(source, folder / "cdk.out")


def test_deploying_after_the_move_changes_nothing(cloud: Cloud, tmp_path: Path) -> None:
    """
    The CLI finds no changes in an app that was deployed with alpha, and no call reaches IVS.
    """
    outcome = cloud.deploy(_assembly(tmp_path / "alpha", BEFORE).directory)
    assert outcome.succeeded, outcome.text
    calls = len(cloud.ivs.calls)
    outcome = cloud.deploy(_assembly(tmp_path / "ours", AFTER).directory)
    assert "(no changes)" in outcome.text
    assert cloud.ivs.calls[calls:] == []


def test_change_set_after_the_move_is_empty(cloud: Cloud, tmp_path: Path) -> None:
    """
    CloudFormation creates no change set for the template of the moved app.
    """
    outcome = cloud.deploy(_assembly(tmp_path / "alpha", BEFORE).directory)
    assert outcome.succeeded, outcome.text
    client = cloud.client("cloudformation")
    template = _assembly(tmp_path / "ours", AFTER).text
    parameters = client.describe_stacks(StackName=STACK)["Stacks"][0]["Parameters"]
    client.create_change_set(
        ChangeSetName="Move",
        ChangeSetType="UPDATE",
        Parameters=[
            {"ParameterKey": each["ParameterKey"], "UsePreviousValue": True} for each in parameters
        ],
        StackName=STACK,
        TemplateBody=template,
    )
    with pytest.raises(WaiterError) as refusal:
        client.get_waiter("change_set_create_complete").wait(
            ChangeSetName="Move", StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 5}
        )
    answer = refusal.value.last_response
    assert answer["Status"] == "FAILED"
    assert "didn't contain changes" in answer["StatusReason"]
