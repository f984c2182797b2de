"""
Plans of stacks, for Hypothesis to draw.

A plan is data, so that a failure can be printed and repeated. Two plans have a part or a property
in common, or not: between them, properties of all kinds change, resources are attached, detached,
added, removed, renamed in place and replaced.

What is off is said in the template where CloudFormation's schema has no default, as the docs
advise: whether CloudFormation sets back what leaves a template is UNCONFIRMED then.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

# The ids of constructs: with the other one, a resource is replaced.
_CHANNELS = ("Channel", "Main")
_STAGES = ("Stage", "Studio")
_ROOMS = ("Room", "Lounge")
_TEAMS = st.sampled_from((None, None, "video", "audio"))


@dataclass(frozen=True, kw_only=True)
class ChannelPlan:
    """
    A channel.

    Attributes:
        id: Its id.
        name: Its name, which can change in place.
        private: Whether it is private, if it has no policy.
        type: Its type.
        policy: The id of its playback restriction policy.
        countries: The countries of the policy.
        slate: The id of its failover slate.
        seconds: How long the slate is shown.
        ads: The seconds of its ads after the stream.
        recording: The seconds in which a recording goes on. A change replaces the configuration.
        key: Whether it has a stream key, with a secret.
        stops: Whether its stream is stopped before it is deleted.
        srt: Whether its SRT endpoint is read.
        team: A tag.
    """

    id: str
    name: str
    private: bool
    type: str
    policy: str | None
    countries: tuple[str, ...]
    slate: str | None
    seconds: int
    ads: int | None
    recording: int | None
    key: bool
    stops: bool
    srt: bool
    team: str | None

    @property
    def is_private(self) -> bool:
        """Whether it is private. Private channels have no policy."""
        return self.private and self.policy is None


@dataclass(frozen=True, kw_only=True)
class StagePlan:
    """
    A stage.

    Attributes:
        id: Its id.
        name: Its name.
        storage: The id of the storage configuration for recordings.
        seconds: In which a recording goes on.
        none: Whether only thumbnails are recorded.
        replicas: Whether replicas are recorded.
        user: The user of an ingest configuration. A change replaces it.
        key: The name of a public key. A change replaces it.
        endpoints: Whether an endpoint is read.
        team: A tag.
    """

    id: str
    name: str
    storage: str | None
    seconds: int
    none: bool
    replicas: bool
    user: str | None
    key: str | None
    endpoints: bool
    team: str | None


@dataclass(frozen=True, kw_only=True)
class RoomPlan:
    """
    A room.

    Attributes:
        id: Its id.
        name: Its name.
        length: The longest message.
        rate: The messages a second, of which CloudFormation knows up to 10.
        review: The id of the function that reviews messages.
        fallback: Whether messages are allowed if the function fails.
        logs: Whether messages are logged.
        team: A tag.
    """

    id: str
    name: str
    length: int | None
    rate: int | None
    review: str | None
    fallback: bool
    logs: bool
    team: str | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """
    A stack.

    Attributes:
        channel: A channel.
        stage: A stage.
        room: A room.
        patterns: Options of patterns and token functions, by their names.
    """

    channel: ChannelPlan | None
    stage: StagePlan | None
    room: RoomPlan | None
    patterns: tuple[tuple[str, int], ...]


def _optional(*values: Any) -> SearchStrategy[Any]:
    return st.sampled_from((None, *values))


_CHANNEL = st.builds(
    ChannelPlan,
    id=st.sampled_from((_CHANNELS[0], *_CHANNELS)),
    name=st.sampled_from(("one", "two")),
    private=st.booleans(),
    type=st.sampled_from(("STANDARD", "BASIC")),
    policy=_optional("Policy", "Policy", "Rules"),
    countries=st.sampled_from((("AT",), ("AT", "CH"), ("DE",))),
    slate=_optional("Slate", "Slate", "Pause"),
    seconds=st.sampled_from((60, 90, 120)),
    ads=_optional(30, 45),
    recording=_optional(60, 90),
    key=st.booleans(),
    stops=st.booleans(),
    srt=st.booleans(),
    team=_TEAMS,
)
_STAGE = st.builds(
    StagePlan,
    id=st.sampled_from((_STAGES[0], *_STAGES)),
    name=st.sampled_from(("one", "two")),
    storage=_optional("Storage", "Storage", "Store"),
    seconds=st.sampled_from((30, 60)),
    none=st.booleans(),
    replicas=st.booleans(),
    user=_optional("camera", "phone"),
    key=_optional("one", "two"),
    endpoints=st.booleans(),
    team=_TEAMS,
)
_ROOM = st.builds(
    RoomPlan,
    id=st.sampled_from((_ROOMS[0], *_ROOMS)),
    name=st.sampled_from(("one", "two")),
    length=_optional(100, 200),
    rate=_optional(5, 50, 60),
    review=_optional("Review", "Review", "Censor"),
    fallback=st.booleans(),
    logs=st.booleans(),
    team=_TEAMS,
)
# What they need beside them is created with them. The option is one of three.
PATTERNS = (
    "ChatTokenFunction",
    "EventWebhook",
    "IdleGuard",
    "ParticipantTokenFunction",
    "PlaybackTokenFunction",
    "PrivateIngest",
    "RecordingDelivery",
    "RecordingIndex",
    "StageBroadcast",
    "StreamKeyRotation",
    "TokenLayer",
)
_PATTERN = st.tuples(st.sampled_from(PATTERNS), st.integers(0, 2))
_SOME_PATTERNS = st.lists(_PATTERN, max_size=2, unique_by=lambda each: each[0]).map(
    lambda some: tuple(sorted(some))
)


@st.composite
def changed(draw: DrawFn, part: Any, new: SearchStrategy[Any]) -> Any:
    """A part that is as before, in which some properties have changed, or that is another."""
    kind = draw(st.sampled_from(("same", "changed", "changed", "changed", "other", "none")))
    if kind == "none":
        return None
    if kind == "same":
        return part
    other = draw(new)
    if part is None or kind == "other":
        return other
    names = [each.name for each in fields(part)]
    kept = draw(st.sets(st.sampled_from(names), min_size=max(0, len(names) - 3)))
    values = {name: getattr(part if name in kept else other, name) for name in names}
    return type(part)(**values)


@st.composite
def updates(draw: DrawFn) -> tuple[Plan, Plan]:
    """A plan, and another that the stack is updated to."""
    # A stack with nothing is possible, but not interesting.
    old = Plan(
        channel=draw(st.none() | _CHANNEL | _CHANNEL),
        stage=draw(st.none() | _STAGE),
        room=draw(st.none() | _ROOM),
        patterns=draw(_SOME_PATTERNS),
    )
    new = Plan(
        channel=draw(changed(old.channel, _CHANNEL)),
        stage=draw(changed(old.stage, _STAGE)),
        room=draw(changed(old.room, _ROOM)),
        patterns=draw(st.just(old.patterns) | _SOME_PATTERNS),
    )
    return old, new
