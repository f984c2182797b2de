"""Rooms whose function or message rate changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from aws_cdk import Stack
from aws_cdk import aws_lambda as lambda_

from cdk_ivs import chat
from tests.rehearsal.apps import NAME, deploy, deploy_refused, destroy
from tests.rehearsal.emulation import Cloud

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

CODE = "def handler(event, context): return {'ReviewResult': 'ALLOW'}"
RATE = "maximumMessageRatePerSecond"


def _reviewed_by(function: str) -> Callable[[Stack], chat.Room]:
    """
    A room with a function, under an id that comes after that of the room.

    The emulator creates in the order of the ids what does not have to wait for anything.
    """

    def build(stack: Stack) -> chat.Room:
        review = lambda_.Function(
            stack,
            function,
            code=lambda_.Code.from_inline(CODE),
            handler="index.handler",
            runtime=lambda_.Runtime.PYTHON_3_13,
        )
        handler = chat.MessageReviewHandler.from_function(review)
        return chat.Room(stack, "Lounge", message_review_handler=handler)

    return build


def _with_rate(rate: int | None) -> Callable[[Stack], chat.Room]:
    return lambda stack: chat.Room(stack, "Room", maximum_message_rate_per_second=rate)


def _functions(cloud: Cloud) -> set[str]:
    """The functions of the stack."""
    functions = cloud.client("lambda").list_functions()["Functions"]
    return {each["FunctionArn"] for each in functions if each["FunctionName"].startswith(NAME)}


def _reviewing(cloud: Cloud, since: int) -> list[str]:
    """The functions that the room got, in order."""
    changes = cloud.ivs.changes[since:]
    return [change.after["uri"] for change in changes if change.name == "messageReviewHandler"]


def test_room_is_always_reviewed(cloud: Cloud, tmp_path: Path) -> None:
    """
    A room whose function is replaced has the old one or the new one at every moment. The old one
    is there and in use after a roll-back, and is deleted when the new one is in use.
    """
    deploy(cloud, tmp_path / "first", _reviewed_by("ReviewOne"))
    state, changes = cloud.ivs.state(), len(cloud.ivs.changes)
    old = cloud.ivs.only("Room").details["messageReviewHandler"]["uri"]
    assert _functions(cloud) == {old}

    deploy_refused(cloud, tmp_path / "refused", _reviewed_by("ReviewTwo"))
    refused, *back = _reviewing(cloud, changes)
    assert "ReviewTwo" in refused
    assert back == [old]
    assert cloud.ivs.state() == state
    assert _functions(cloud) == {old}

    changes = len(cloud.ivs.changes)
    deploy(cloud, tmp_path / "second", _reviewed_by("ReviewTwo"))
    (new,) = _reviewing(cloud, changes)
    assert new not in {"", old}
    assert _functions(cloud) == {new}
    destroy(cloud, tmp_path / "second")
    assert cloud.ivs.resources == {}


def test_more_messages_than_cloudformation_allows(cloud: Cloud, tmp_path: Path) -> None:
    """
    A room gets the rate that is given, its old one after a roll-back, and the service's where
    none is given any more.
    """
    deploy(cloud, tmp_path / "first", _with_rate(50))
    room = cloud.ivs.only("Room")
    assert room.details[RATE] == 50
    changes = len(cloud.ivs.changes)
    deploy_refused(cloud, tmp_path / "refused", _with_rate(60))
    deploy(cloud, tmp_path / "second", _with_rate(60))
    deploy(cloud, tmp_path / "third", _with_rate(None))
    rates = [change.after for change in cloud.ivs.changes[changes:] if change.name == RATE]
    assert rates == [60, 50, 60, 10]
    destroy(cloud, tmp_path / "third")
    assert cloud.ivs.resources == {}
