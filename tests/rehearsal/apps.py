"""Apps that are rehearsed beside the examples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aws_cdk import App, Stack
from aws_cdk import aws_ssm as ssm
from constructs import Construct

from tests.rehearsal.emulation import Cloud

NAME = "Rehearsed"
LAST = "Last"


def assembled(folder: Path, build: Callable[[Stack], object]) -> Path:
    """The cloud assembly of an app with one stack."""
    app = App(outdir=str(folder), analytics_reporting=False)
    build(Stack(app, NAME))
    return Path(app.synth().directory)


def deploy(cloud: Cloud, folder: Path, build: Callable[[Stack], Construct]) -> None:
    """Deploy an app."""
    outcome = cloud.deploy(assembled(folder, build))
    assert outcome.succeeded, outcome.text


def destroy(cloud: Cloud, folder: Path) -> None:
    """Destroy what was deployed from a folder."""
    outcome = cloud.destroy(folder)
    assert outcome.succeeded, outcome.text


def deploy_refused(cloud: Cloud, folder: Path, build: Callable[[Stack], Construct]) -> None:
    """Deploy a change with another resource after the construct. That is refused."""

    def build_with_last(stack: Stack) -> None:
        construct = build(stack)
        last = ssm.CfnParameter(stack, LAST, type="String", value="any")
        last.node.add_dependency(construct)

    cloud.provisioning.refused = {LAST}
    outcome = cloud.deploy(assembled(folder, build_with_last))
    cloud.provisioning.refused = set()
    assert not outcome.succeeded, outcome.text
    assert status(cloud) == "UPDATE_ROLLBACK_COMPLETE", outcome.text


def status(cloud: Cloud) -> str:
    """The status of the stack."""
    return str(cloud.stack(NAME)["StackStatus"])
