"""What the pages on jobs say of costs and of JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from aws_cdk import Stack
from aws_cdk.aws_secretsmanager import Secret

import cdk_ivs as ivs
from cdk_ivs.patterns import EventWebhook
from tests.patterns.webhooks import sent
from tests.support.events import CHANNEL, SAMPLES

# The page is the same with every aws-cdk-lib.
pytestmark = pytest.mark.once

JOBS = Path(__file__).parents[2] / "docs" / "jobs"


def page(job: str) -> str:
    """The page of a job."""
    return (JOBS / f"{job}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("job", "what", "lines"),
    [("find-recordings", "an index", 10), ("send-events", "a webhook", 2)],
)
def test_costs_come_to_what_is_said(job: str, what: str, lines: int) -> None:
    """
    Each line of the arithmetic comes to the number in its comment.
    """
    (block,) = re.findall(
        rf"<!-- costs of {what} -->\n```python\n(.*?)^```$", page(job), re.DOTALL | re.MULTILINE
    )
    values: dict[str, float] = {}
    exec(block, values)  # noqa: S102 - the page is ours
    said = re.findall(r"^(\w+) = .*  # ([\d,.]+)$", block, re.MULTILINE)
    assert len(said) == lines
    for name, number in said:
        places = len(number.partition(".")[2])
        assert f"{values[name]:,.{places}f}" == number, name


def test_body_is_the_one_that_is_shown(stack: Stack) -> None:
    """
    The JSON on the page is what the endpoint gets of the sample of a stream's start.
    """
    channel = ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)
    EventWebhook(
        stack,
        "Webhook",
        channels=[channel],
        url="https://example.com/ivs",
        secret=Secret(stack, "Secret"),
    )
    (shown,) = re.findall(r"^```js\n(.*?)^```$", page("send-events"), re.DOTALL | re.MULTILINE)
    assert [json.loads(shown)] == sent(stack, SAMPLES["stream start"])
