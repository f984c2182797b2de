"""What the cycle checks on the way, without the emulator."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rehearsal.cycle import unprotected
from tests.rehearsal.service.ivs import Change
from tests.support.arns import arn

pytestmark = pytest.mark.newest

CHANNEL, ROOM = arn("channel/AbCdef1G2hij"), arn("room/AbCdef1G2hij", service="ivschat")
REVIEW = {"fallbackResult": "DENY", "uri": arn("function:review", service="lambda")}


@pytest.mark.parametrize(
    ("where", "name", "before", "after"),
    [
        (CHANNEL, "authorized", True, False),
        (CHANNEL, "playbackRestrictionPolicyArn", "one", ""),
        (ROOM, "messageReviewHandler", REVIEW, {}),
        (ROOM, "messageReviewHandler", REVIEW, {"fallbackResult": "DENY"}),
        (ROOM, "messageReviewHandler", REVIEW, {**REVIEW, "uri": ""}),
    ],
)
def test_lost_protection_is_found(where: str, name: str, before: Any, after: Any) -> None:
    """
    A change that takes protection away is found, also if another gives it back.
    """
    lost = Change(where, name, before, after)
    assert unprotected([lost, Change(where, name, after, before)]) == [lost]


@pytest.mark.parametrize(
    ("where", "name", "before", "after"),
    [
        (CHANNEL, "authorized", False, True),
        (CHANNEL, "playbackRestrictionPolicyArn", "one", "two"),
        (CHANNEL, "recordingConfigurationArn", "one", ""),
        (ROOM, "messageReviewHandler", {}, REVIEW),
        (ROOM, "messageReviewHandler", REVIEW, {**REVIEW, "fallbackResult": "ALLOW"}),
    ],
)
def test_other_change_is_not_found(where: str, name: str, before: Any, after: Any) -> None:
    """
    A change of one protection to another is not found, and neither is one of what protects nothing.
    """
    assert unprotected([Change(where, name, before, after)]) == []
