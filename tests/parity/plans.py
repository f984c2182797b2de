"""
Whole apps as plain data, from which either library builds the same.

What one construct takes of another is a number, here a ``Pick``: of those made before it, in the
same environment, the one at that place, counted round and round. So any number is a plan, and a
reference never points at something later, which could make a cycle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Pick = int
"""Which of the things made before, modulo their number."""

ENVIRONMENTS = (None, ("123456789012", "us-west-2"), ("210987654321", "eu-central-1"))
"""Of stacks and Stages: not known, or an account and a Region."""

INJECTED = {
    "Channel": "channelName",
    "PlaybackKeyPair": "playbackKeyPairName",
    "RecordingConfiguration": "recordingConfigurationName",
    "StreamKey": None,
}
"""The classes that property injectors change, and the name that they give."""

Bucket = Literal["own", "named", "by name", "by token", "level 1", "earlier"]


@dataclass(frozen=True, kw_only=True)
class Text:
    """A string: how it is given (see values.TEXTS), and what it is or is called."""

    form: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """
    What each construct of IVS has.

    Attributes:
        id: The id of the construct.
        tags: Tags given by Tags.of.
        policy: A removal policy.
        override: Whether its L1 is overridden by an escape hatch.
        after: Whether it depends on the construct made before that is picked.
    """

    id: str
    tags: tuple[tuple[str, str], ...]
    policy: str | None
    override: bool
    after: Pick | None


@dataclass(frozen=True, kw_only=True)
class ChannelPlan(Item):
    """A channel, with the id of its stream key if it has one."""

    name: Text | None
    type: str | None
    preset: str | None
    latency: str | None
    authorized: bool | None
    insecure_ingest: bool | None
    container_format: str | None
    multitrack: tuple[str, str] | None
    recording: Pick | None
    key: str | None


@dataclass(frozen=True, kw_only=True)
class StreamKeyPlan(Item):
    """A stream key, made by itself, of a channel that has none yet."""

    channel: Pick


@dataclass(frozen=True, kw_only=True)
class PlaybackKeyPairPlan(Item):
    """A playback key pair, of one of a few keys or of a token."""

    key: int
    token: str | None
    name: Text | None


@dataclass(frozen=True, kw_only=True)
class RecordingPlan(Item):
    """A recording configuration."""

    bucket: Bucket
    which: Pick
    name: Text | None
    window: tuple[str, float] | None
    renditions: tuple[str, ...] | None
    thumbnails: tuple[str | None, tuple[str, ...] | None, tuple[str, float] | None] | None


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """Something made elsewhere, by its ARN or its id. A channel may be given a stream key."""

    id: str
    kind: Literal["channel", "recording arn", "recording id"]
    form: str
    key: str | None


@dataclass(frozen=True, kw_only=True)
class OutputPlan:
    """An output of an attribute."""

    id: str
    attribute: Pick
    export: bool
    joined: bool


@dataclass(frozen=True, kw_only=True)
class ScopePlan:
    """
    A Stage, a stack, a nested stack or a group, and what is in it.

    Attributes:
        kind: What it is.
        id: Its id.
        environment: Which of ENVIRONMENTS, for a Stage or a stack.
        named: Whether a stack has a name of its own.
        tags: Tags given by Tags.of.
        policy: A removal policy for all that is in it.
        injector: The class of constructs that a property injector on it changes.
        children: What is in it, in the order in which it is made.
    """

    kind: Literal["stage", "stack", "nested", "group"]
    id: str
    environment: int
    named: bool
    tags: tuple[tuple[str, str], ...]
    policy: str | None
    injector: str | None
    children: tuple[Plan, ...]


Plan = (
    ChannelPlan
    | StreamKeyPlan
    | PlaybackKeyPairPlan
    | RecordingPlan
    | ImportPlan
    | OutputPlan
    | ScopePlan
)


@dataclass(frozen=True, kw_only=True)
class AppPlan:
    """An app: whether feature flags are set, tags on everything, and its Stages and stacks."""

    flags: bool
    tags: tuple[tuple[str, str], ...]
    children: tuple[ScopePlan, ...]
