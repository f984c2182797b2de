"""What Amazon IVS has when a plan is deployed."""

from __future__ import annotations

from typing import Any

from tests.rehearsal.emulation import Cloud
from tests.rehearsal.generated.plans import ChannelPlan, Plan, RoomPlan, StagePlan
from tests.support.service import RECORDING

_PARTS = {
    "authorized": "channel",
    "messageReviewHandler": "room",
    "playbackRestrictionPolicyArn": "channel",
}


def loses(name: str, old: Plan, new: Plan, *, failed: bool) -> bool:
    """
    Whether an update or its rollback should remove the protection of a resource that stays.

    Args:
        name: The protection.
        old: The old plan.
        new: The new plan.
        failed: Whether the update fails. An attachment is removed only at the end of an update.
    """
    before, after = getattr(old, _PARTS[name]), getattr(new, _PARTS[name])
    if before is None or after is None or before.id != after.id:
        return False
    if name == "authorized":
        return not (before.is_private and after.is_private)
    if name == "messageReviewHandler":
        return None in {before.review, after.review}
    return before.policy is None or (after.policy is None and not failed)


def check(cloud: Cloud, outputs: dict[str, str], plan: Plan, *, by_api: bool = True) -> None:
    """
    Compare what there is with a plan.

    Args:
        cloud: The account.
        outputs: The outputs of the stack.
        plan: The plan.
        by_api: Whether that is compared, too, which custom resources set after CloudFormation has
            changed a resource.
    """
    if plan.channel is not None:
        _check_channel(cloud, outputs, plan.channel)
    if plan.stage is not None:
        _check_stage(cloud, outputs, plan.stage)
        if by_api:
            _check_fields(cloud, outputs, plan.stage)
    if plan.room is not None:
        _check_room(cloud, outputs, plan.room)
        if by_api:
            rate = cloud.ivs.resources[outputs["RoomArn"]].details["maximumMessageRatePerSecond"]
            assert rate == (plan.room.rate or 10)


def _check_channel(cloud: Cloud, outputs: dict[str, str], plan: ChannelPlan) -> None:
    channel = cloud.ivs.resources[outputs["ChannelArn"]].details
    assert channel["authorized"] is plan.is_private
    assert channel["name"] == plan.name
    assert channel["type"] == plan.type
    assert channel["tags"].get("team") == plan.team
    policies = cloud.ivs.of_kind("PlaybackRestrictionPolicy")
    assert channel["playbackRestrictionPolicyArn"] == _only(policies, plan.policy)
    assert [each.details["allowedCountries"] for each in policies] == (
        [list(plan.countries)] if plan.policy else []
    )
    slates = cloud.ivs.of_kind("FailoverSlateConfiguration")
    assert channel["failoverSlateConfigurationArn"] == _only(slates, plan.slate)
    assert [each.details["maxSlateDisplaySeconds"] for each in slates] == (
        [plan.seconds] if plan.slate else []
    )
    ads = cloud.ivs.of_kind("AdConfiguration")
    assert channel.get("adConfigurationArn", "") == _only(ads, plan.ads)
    if plan.recording is not None:
        recording = cloud.ivs.resources[channel["recordingConfigurationArn"]].details
        assert recording["recordingReconnectWindowSeconds"] == plan.recording
    else:
        assert channel["recordingConfigurationArn"] == ""
    if plan.srt:
        assert outputs["SrtEndpoint"] == channel["srt"]["endpoint"]
    if plan.key:
        (key,) = (
            each
            for each in cloud.ivs.of_kind("StreamKey")
            if each.details["channelArn"] == channel["arn"]
        )
        assert cloud.provisioning.others.value(outputs["SecretArn"]) == key.details["value"]


def _only(found: list[Any], wanted: object) -> str:
    assert len(found) == (0 if wanted is None else 1)
    return str(found[0].arn) if found else ""


def _check_stage(cloud: Cloud, outputs: dict[str, str], plan: StagePlan) -> None:
    stage = cloud.ivs.resources[outputs["StageArn"]].details
    assert stage["tags"].get("team") == plan.team
    if plan.endpoints:
        assert outputs["WhipUrl"] == stage["endpoints"]["whip"]
    found = stage[RECORDING]
    assert bool(found["storageConfigurationArn"]) is (plan.storage is not None)
    ingests = cloud.ivs.of_kind("IngestConfiguration")
    assert [each.details["userId"] for each in ingests] == ([plan.user] if plan.user else [])
    if plan.user is not None:
        (ingest,) = ingests
        assert ingest.details["stageArn"] == stage["arn"]


def _check_fields(cloud: Cloud, outputs: dict[str, str], plan: StagePlan) -> None:
    """Compare the fields of a recording that CloudFormation does not know."""
    found = cloud.ivs.resources[outputs["StageArn"]].details[RECORDING]
    kept = plan.storage is not None
    assert found["mediaTypes"] == (["NONE"] if kept and plan.none else ["AUDIO_VIDEO"])
    assert found["recordParticipantReplicas"] is (plan.replicas or not kept)


def _check_room(cloud: Cloud, outputs: dict[str, str], plan: RoomPlan) -> None:
    room = cloud.ivs.resources[outputs["RoomArn"]].details
    assert room["maximumMessageLength"] == (plan.length or 500)
    assert room["tags"].get("team") == plan.team
    logs = cloud.ivs.of_kind("LoggingConfiguration")
    assert room.get("loggingConfigurationIdentifiers", []) == [each.arn for each in logs]
    assert len(logs) == int(plan.logs)
    handler = room.get("messageReviewHandler", {})
    if plan.review is None:
        assert not handler.get("uri")
        return
    function = cloud.client("lambda").get_function(FunctionName=handler["uri"])
    assert plan.review in function["Configuration"]["FunctionName"]
    assert handler["fallbackResult"] == ("ALLOW" if plan.fallback else "DENY")
