"""
Failover slates, which only the API has, while stacks are deployed.

The emulator's SDK is older than their actions: the function sends them all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from aws_cdk import App, Duration, RemovalPolicy, Stack, Tags

import cdk_ivs as ivs
from tests.rehearsal.apps import NAME, assembled
from tests.rehearsal.emulation import Cloud
from tests.support.service import SLATE, ServiceError

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

KIND = "FailoverSlateConfiguration"
CREATE, UPDATE, DELETE, LIST = (f"{verb}{KIND}" for verb in ("Create", "Update", "Delete", "List"))
LIST += "s"
REFUSED = ServiceError("ValidationException", 400, "refused")
THROTTLED = ServiceError("ThrottlingException", 429, "Rate exceeded")
INTERNAL = ServiceError("InternalServerException", 500, "later")


def _with_slate(
    id: str | None = "Slate", seconds: int = 60, *, tags: dict[str, str] | None = None
) -> Callable[[Stack], None]:
    """A channel with a slate, or with none."""

    def build(stack: Stack) -> None:
        slate = None
        if id is not None:
            slate = ivs.FailoverSlateConfiguration(
                stack, id, max_slate_display=Duration.seconds(seconds), tags={"kind": "slate"}
            )
        ivs.Channel(stack, "Channel", failover_slate_configuration=slate)
        for key, value in (tags or {}).items():
            Tags.of(stack).add(key, value)

    return build


def _deployed(cloud: Cloud, folder: Path, build: Callable[[Stack], None]) -> str:
    """Deploy, and return the ARN of the channel."""
    outcome = cloud.deploy(assembled(folder, build))
    assert outcome.succeeded, outcome.text
    return cloud.ivs.only("Channel").arn


def _refused(cloud: Cloud, folder: Path, build: Callable[[Stack], None]) -> None:
    outcome = cloud.deploy(assembled(folder, build))
    assert not outcome.succeeded
    assert str(cloud.stack(NAME)["StackStatus"]) == "UPDATE_ROLLBACK_COMPLETE", outcome.text


def _attached(cloud: Cloud) -> str:
    return str(cloud.ivs.only("Channel").details[SLATE])


def test_slate_from_creation_to_destruction(cloud: Cloud, tmp_path: Path) -> None:
    """
    A slate is created, attached, updated in place, swapped for another, detached and deleted.
    """
    _deployed(cloud, tmp_path / "create", _with_slate())
    first = cloud.ivs.only(KIND)
    assert _attached(cloud) == first.arn
    assert first.details["maxSlateDisplaySeconds"] == 60
    assert first.details["tags"].keys() == {"kind", "cdk-ivs:created-for"}

    calls = len(cloud.ivs.calls)
    _deployed(cloud, tmp_path / "update", _with_slate(seconds=90, tags={"team": "video"}))
    assert cloud.ivs.only(KIND).details["maxSlateDisplaySeconds"] == 90
    assert cloud.ivs.only(KIND).details["tags"]["team"] == "video"
    assert sorted(cloud.ivs.written(calls)) == sorted(["TagResource", "TagResource", UPDATE])
    assert _attached(cloud) == first.arn

    calls = len(cloud.ivs.calls)
    _deployed(cloud, tmp_path / "tags", _with_slate(seconds=90))
    assert cloud.ivs.only(KIND).details["tags"].keys() == {"kind", "cdk-ivs:created-for"}
    assert cloud.ivs.written(calls) == ["UntagResource", "UntagResource"]

    calls = len(cloud.ivs.calls)
    channel = _deployed(cloud, tmp_path / "swap", _with_slate("Other", 90))
    second = cloud.ivs.only(KIND)
    assert second.arn != first.arn
    assert cloud.ivs.written(calls) == [CREATE, "UpdateChannel", DELETE]
    assert _attached(cloud) == second.arn
    # It never was without one.
    held = [each.after for each in cloud.ivs.changes if each[:2] == (channel, SLATE)]
    assert held == [first.arn, second.arn]

    _deployed(cloud, tmp_path / "off", _with_slate(None))
    assert _attached(cloud) == ""
    assert cloud.ivs.of_kind(KIND) == []

    _deployed(cloud, tmp_path / "again", _with_slate())
    outcome = cloud.destroy(tmp_path / "again")
    assert outcome.succeeded, outcome.text
    assert cloud.ivs.resources == {}
    assert cloud.stacks() == []


@pytest.mark.parametrize(
    ("action", "id", "seconds"),
    [(UPDATE, "Slate", 90), (CREATE, "Other", 60), ("UpdateChannel", "Other", 60)],
    ids=["update", "other", "attach"],
)
def test_refused_change_leaves_everything(
    action: str, id: str, seconds: int, cloud: Cloud, tmp_path: Path
) -> None:
    """
    A change that the service refuses leaves the slate and its channel as they were.
    """
    channel = _deployed(cloud, tmp_path / "first", _with_slate())
    before, changes = cloud.ivs.state(), len(cloud.ivs.changes)
    cloud.ivs.refuse(action, REFUSED)
    _refused(cloud, tmp_path / "second", _with_slate(id, seconds))
    assert cloud.ivs.state() == before
    assert [change for change in cloud.ivs.changes[changes:] if change.arn == channel] == []


def test_refused_creation_leaves_nothing(cloud: Cloud, tmp_path: Path) -> None:
    """
    Where the first deployment fails, the framework's mark of a failed creation deletes nothing.
    """
    for number, action in enumerate((CREATE, "UpdateChannel")):
        cloud.ivs.refuse(action, REFUSED)
        outcome = cloud.deploy(assembled(tmp_path / str(number), _with_slate()))
        assert not outcome.succeeded
        assert cloud.ivs.resources == {}
        assert cloud.stack(NAME)["StackStatus"] == "ROLLBACK_COMPLETE"


def test_update_that_fails_elsewhere_is_rolled_back(cloud: Cloud, tmp_path: Path) -> None:
    """
    A slate that was updated gets its values and tags back, if another resource fails.
    """
    _deployed(cloud, tmp_path / "first", _with_slate())
    before = cloud.ivs.state()

    def build(stack: Stack) -> None:
        _with_slate(seconds=90, tags={"team": "video"})(stack)
        slate = stack.node.find_child("Slate")
        ivs.Stage(stack, "Stage").node.add_dependency(slate, stack.node.find_child("Channel"))

    cloud.ivs.refuse("CreateStage", REFUSED)
    _refused(cloud, tmp_path / "second", build)
    assert UPDATE in cloud.ivs.written()
    assert cloud.ivs.state() == before


def test_list_of_many_pages_is_throttled(cloud: Cloud, tmp_path: Path) -> None:
    """
    Neither many pages nor an error that passes leaves a second slate.
    """
    others = [cloud.ivs.add(KIND, tags={"kind": "other"}).arn for _ in range(7)]
    cloud.ivs.page = 2
    cloud.ivs.refuse(LIST, THROTTLED, THROTTLED)
    cloud.ivs.refuse(CREATE, INTERNAL)
    _deployed(cloud, tmp_path / "first", _with_slate())
    assert len(cloud.ivs.of_kind(KIND)) == len(others) + 1
    assert cloud.destroy(tmp_path / "first").succeeded
    assert [each.arn for each in cloud.ivs.of_kind(KIND)] == others


def test_two_stacks_do_not_take_each_others(cloud: Cloud, tmp_path: Path) -> None:
    """
    Stacks with the same logical ids have a slate each, and delete their own.
    """
    app = App(outdir=str(tmp_path / "out"), analytics_reporting=False)
    for name in ("One-a", "One-b"):
        _with_slate()(Stack(app, name))
    assembly = Path(app.synth().directory)
    outcome = cloud.deploy(assembly)
    assert outcome.succeeded, outcome.text
    assert len(cloud.ivs.of_kind(KIND)) == 2
    attached = {channel.details[SLATE] for channel in cloud.ivs.of_kind("Channel")}
    assert attached == {each.arn for each in cloud.ivs.of_kind(KIND)}
    assert cloud.destroy(assembly).succeeded
    assert cloud.ivs.resources == {}


def test_slate_in_use_elsewhere_is_kept(cloud: Cloud, tmp_path: Path) -> None:
    """
    A slate that somebody attached to a channel of their own is not torn from it.
    """
    _deployed(cloud, tmp_path / "first", _with_slate())
    slate = cloud.ivs.only(KIND)
    theirs = cloud.ivs.add("Channel", **{SLATE: slate.arn})
    # Else the function tries for two minutes.
    cloud.ivs.refuse(DELETE, REFUSED)
    outcome = cloud.destroy(tmp_path / "first")
    assert not outcome.succeeded
    assert cloud.stack(NAME)["StackStatus"] == "DELETE_FAILED"
    assert theirs.details[SLATE] == slate.arn
    assert slate.arn in cloud.ivs.resources
    # Unlike CloudFormation, the emulator has deleted the function that a second try would need.
    client = cloud.client("cloudformation")
    client.delete_stack(StackName=NAME, DeletionMode="FORCE_DELETE_STACK")


def test_retained_slate_stays(cloud: Cloud, tmp_path: Path) -> None:
    """
    A slate with the removal policy RETAIN outlives its stack.
    """

    def build(stack: Stack) -> None:
        _with_slate()(stack)
        stack.node.find_child("Slate").apply_removal_policy(RemovalPolicy.RETAIN)

    _deployed(cloud, tmp_path / "first", build)
    outcome = cloud.destroy(tmp_path / "first")
    assert outcome.succeeded, outcome.text
    assert [each.kind for each in cloud.ivs.resources.values()] == [KIND]
