"""
What is recorded of a stage as only the API can say it, while stacks are deployed.

CloudFormation changes the stage by calls without these fields, and the service then has their
defaults. Whether Amazon IVS does that is UNCONFIRMED; if it does not, less can go wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_s3 as s3

import cdk_ivs as ivs
from tests.rehearsal.apps import NAME, assembled
from tests.rehearsal.emulation import Cloud
from tests.support.service import NOT_RECORDED, RECORDING, ServiceError

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

REFUSED = ServiceError("ValidationException", 400, "refused")
REPLICAS, MEDIA = "recordParticipantReplicas", "mediaTypes"
UNRECORDED = {REPLICAS: False, MEDIA: ["NONE"]}
DEFAULTS = {name: NOT_RECORDED[name] for name in UNRECORDED}


def _recorded(*, seconds: int = 60, kept: bool = True, recorded: bool = True) -> Any:
    """A stage of which neither media nor replicas are recorded, or what is else."""

    def build(stack: Stack) -> None:
        bucket = s3.Bucket(stack, "Bucket", removal_policy=RemovalPolicy.DESTROY)
        storage = ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        options = {
            "media_types": [ivs.ParticipantRecordingMediaType.NONE],
            "record_participant_replicas": False,
        }
        recording = ivs.ParticipantRecording(
            storage_configuration=storage,
            reconnect_window=Duration.seconds(seconds),
            thumbnails=ivs.ParticipantThumbnailConfiguration.interval(),
            **(options if kept else {}),
        )
        ivs.Stage(
            stack,
            "Stage",
            participant_recording=recording if recorded else ivs.ParticipantRecording.disable(),
        )

    return build


def _deployed(cloud: Cloud, folder: Path, build: Callable[[Stack], None]) -> None:
    outcome = cloud.deploy(assembled(folder, build))
    assert outcome.succeeded, outcome.text


def _recording(cloud: Cloud) -> dict[str, Any]:
    return dict(cloud.ivs.only("Stage").details[RECORDING])


def _said(cloud: Cloud) -> dict[str, Any]:
    """The two fields of the stage."""
    return {name: _recording(cloud)[name] for name in UNRECORDED}


def test_fields_from_creation_to_destruction(cloud: Cloud, tmp_path: Path) -> None:
    """
    The fields are set after the stage was created, set again after it was changed, and set back
    when they leave the template. Nothing else of the recording is lost.
    """
    _deployed(cloud, tmp_path / "create", _recorded())
    assert _said(cloud) == UNRECORDED
    assert _recording(cloud)["recordingReconnectWindowSeconds"] == 60
    assert _recording(cloud)["thumbnailConfiguration"]["recordingMode"] == "INTERVAL"

    changes = len(cloud.ivs.changes)
    _deployed(cloud, tmp_path / "change", _recorded(seconds=30))
    between = [each.after for each in cloud.ivs.changes[changes:] if each.name == RECORDING]
    # CloudFormation set them back, which the test is about.
    assert {name: between[0][name] for name in UNRECORDED} == DEFAULTS
    assert _said(cloud) == UNRECORDED
    assert _recording(cloud)["recordingReconnectWindowSeconds"] == 30

    _deployed(cloud, tmp_path / "leave", _recorded(seconds=30, kept=False))
    assert _said(cloud) == DEFAULTS
    assert _recording(cloud)["recordingReconnectWindowSeconds"] == 30

    _deployed(cloud, tmp_path / "again", _recorded(seconds=30))
    assert _said(cloud) == UNRECORDED
    outcome = cloud.destroy(tmp_path / "again")
    assert outcome.succeeded, outcome.text
    assert cloud.ivs.resources == {}


def test_recording_is_turned_off(cloud: Cloud, tmp_path: Path) -> None:
    """
    With the recording its fields go, and the function sends nothing for a stage without one.
    """
    _deployed(cloud, tmp_path / "on", _recorded())
    calls = len(cloud.ivs.calls)
    _deployed(cloud, tmp_path / "off", _recorded(recorded=False))
    assert _recording(cloud) == NOT_RECORDED
    assert cloud.ivs.written(calls) == ["UpdateStage"]


def test_refused_update_of_the_stage_leaves_everything(cloud: Cloud, tmp_path: Path) -> None:
    """
    A change of the stage that the service refuses sets no field back.
    """
    _deployed(cloud, tmp_path / "first", _recorded())
    before = cloud.ivs.state()
    cloud.ivs.refuse("UpdateStage", REFUSED)
    outcome = cloud.deploy(assembled(tmp_path / "second", _recorded(seconds=30)))
    assert not outcome.succeeded
    assert cloud.stack(NAME)["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE", outcome.text
    assert cloud.ivs.state() == before


@pytest.mark.parametrize(
    ("passed", "after"), [(1, {**UNRECORDED, REPLICAS: True}), (2, UNRECORDED)]
)
def test_refused_update_of_a_field_is_rolled_back(
    passed: int, after: dict[str, Any], cloud: Cloud, tmp_path: Path
) -> None:
    """
    A field that cannot be set again after a change of the stage is set by the rollback. That does
    not reach a field whose turn had not come, as the docs say: the next change of the stage does.

    Args:
        passed: How many calls pass before one is refused: the stage's, or one field's as well.
        after: The fields after the rollback.
        cloud: The account.
        tmp_path: For the assemblies.
    """
    _deployed(cloud, tmp_path / "first", _recorded())
    cloud.ivs.refuse("UpdateStage", *[None] * passed, REFUSED)
    outcome = cloud.deploy(assembled(tmp_path / "second", _recorded(seconds=30)))
    assert not outcome.succeeded
    assert cloud.stack(NAME)["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE", outcome.text
    assert _recording(cloud)["recordingReconnectWindowSeconds"] == 60
    assert _said(cloud) == after
    _deployed(cloud, tmp_path / "third", _recorded(seconds=30))
    assert _said(cloud) == UNRECORDED


def test_refused_creation_leaves_nothing(cloud: Cloud, tmp_path: Path) -> None:
    """
    If a field cannot be set on a new stage, the stage goes.
    """
    cloud.ivs.refuse("UpdateStage", REFUSED)
    outcome = cloud.deploy(assembled(tmp_path / "first", _recorded()))
    assert not outcome.succeeded
    assert cloud.stack(NAME)["StackStatus"] == "ROLLBACK_COMPLETE", outcome.text
    assert cloud.ivs.resources == {}
