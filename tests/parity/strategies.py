"""Plans of apps that alpha renders and IVS accepts, for Hypothesis to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from hypothesis import strategies as st

from .plans import (
    ENVIRONMENTS,
    INJECTED,
    AppPlan,
    ChannelPlan,
    ImportPlan,
    OutputPlan,
    Plan,
    PlaybackKeyPairPlan,
    RecordingPlan,
    ScopePlan,
    StreamKeyPlan,
    Text,
)
from .values import TEXTS

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

# All begin with a letter once characters that logical ids cannot have are gone. A group is never
# "Default", which logical ids leave out: what is in it would be the same as what is beside it.
_STAGES = ("Beta", "prod-1")
_STACKS = ("Stack", "stack", "Live-Stack")
_GROUPS = ("Group", "group.é", "日本 g", "Ab/c")
_NESTED = ("Nested", "Nested 2")
_ITEMS = ("Live", "live", "Resource1", "Kanal-1_x", "a/b c", "Ünï cöde", "x${y}", "Long" * 30)
_KEYS = ("Key", "K-1", "StreamKey", "ß key", "Keys" * 40)

_NAMES = st.text("abcXYZ019-_", max_size=12) | st.just("n" * 128)
_IDENTIFIERS = st.sampled_from(("First", "Second"))
_FLAGS = st.none() | st.booleans()
_PICKS = st.integers(0, 11)
_TOKENS = st.sampled_from([form for form in TEXTS if form not in {"plain", "lazy"}])
_TAGS = st.lists(
    st.tuples(st.sampled_from(("a", "b", "key:é")), st.sampled_from(("", "1", "ü"))), max_size=2
).map(tuple)
_POLICIES = st.sampled_from((None, None, "RETAIN", "DESTROY", "RETAIN_ON_UPDATE_OR_DELETE"))
_RESOLUTIONS = st.sampled_from(("FULL_HD", "HD", "SD", "LOWEST_RESOLUTION"))
_TEXT_VALUES = st.builds(Text, form=st.just("plain"), text=_NAMES) | st.builds(
    Text, form=st.sampled_from(sorted(TEXTS)), text=_IDENTIFIERS
)
_OPTIONAL_TEXTS = st.none() | _TEXT_VALUES


def _durations(low: int, high: int) -> SearchStrategy[tuple[str, float]]:
    """A unit and an amount that make a whole number of seconds from low to high."""
    return st.one_of(
        st.tuples(st.just("seconds"), st.integers(low, high)),
        st.tuples(st.just("millis"), st.integers(low, high).map(lambda number: number * 1000)),
        st.tuples(st.just("minutes"), st.integers(-(-low // 60), high // 60)),
        st.tuples(st.just("minutes"), st.just(0.5)),
    )


def _item() -> dict[str, SearchStrategy[Any]]:
    return {
        "id": st.sampled_from(_ITEMS),
        "tags": _TAGS,
        "policy": _POLICIES,
        "override": st.sampled_from((False, False, False, True)),
        "after": st.none() | _PICKS,
    }


@st.composite
def _channels(draw: DrawFn) -> ChannelPlan:
    type_ = draw(st.sampled_from((None, "STANDARD", "BASIC", "ADVANCED_SD", "ADVANCED_HD")))
    multitrack = (
        draw(
            st.none()
            | st.tuples(
                st.sampled_from(("FULL_HD", "HD", "SD")), st.sampled_from(("ALLOW", "REQUIRE"))
            )
        )
        if type_ in {None, "STANDARD"}
        else None
    )
    presets = ("HIGHER_BANDWIDTH_DELIVERY", "CONSTRAINED_BANDWIDTH_DELIVERY")
    formats = ("FRAGMENTED_MP4",) if multitrack else ("TS", "FRAGMENTED_MP4")
    return draw(
        st.builds(
            ChannelPlan,
            **_item(),
            name=_OPTIONAL_TEXTS | st.just(Text(form="generated", text="")),
            type=st.just(type_),
            preset=st.sampled_from((None, *(presets if type_ else ()))),
            latency=st.sampled_from((None, "LOW", "NORMAL")),
            authorized=_FLAGS,
            insecure_ingest=_FLAGS,
            container_format=st.sampled_from((None, *formats)),
            multitrack=st.just(multitrack),
            recording=st.none() | _PICKS,
            key=st.none() | st.sampled_from(_KEYS),
        )
    )


_STREAM_KEYS = st.builds(StreamKeyPlan, **_item(), channel=_PICKS)
_KEY_PAIRS = st.builds(
    PlaybackKeyPairPlan,
    **_item(),
    key=st.integers(0, 2),
    token=st.none() | _TOKENS,
    name=_OPTIONAL_TEXTS,
)
_RECORDINGS = st.builds(
    RecordingPlan,
    **_item(),
    bucket=st.sampled_from(("own", "named", "by name", "by token", "level 1", "earlier")),
    which=_PICKS,
    name=_OPTIONAL_TEXTS,
    window=st.none() | _durations(0, 300),
    renditions=st.none()
    | st.sampled_from((("ALL",), ("NONE",)))
    | st.lists(_RESOLUTIONS, min_size=1, unique=True).map(tuple),
    thumbnails=st.none()
    | st.just((None, (), None))
    | st.tuples(
        st.none() | _RESOLUTIONS,
        st.none()
        | st.permutations(("SEQUENTIAL", "LATEST")).map(tuple)
        | st.sampled_from((("SEQUENTIAL",), ("LATEST",))),
        st.none() | _durations(1, 60),
    ),
)
_IMPORTS = st.builds(
    ImportPlan,
    id=st.sampled_from(_ITEMS),
    kind=st.sampled_from(("channel", "recording arn", "recording id")),
    form=st.sampled_from(("plain", "partial", "import", "parameter", "ssm")),
    key=st.none() | st.sampled_from(_KEYS),
)
_OUTPUTS = st.builds(
    OutputPlan,
    id=st.sampled_from(_ITEMS),
    attribute=_PICKS,
    export=st.booleans(),
    joined=st.booleans(),
)
_LEAVES: SearchStrategy[Plan] = st.one_of(
    _channels(), _channels(), _STREAM_KEYS, _KEY_PAIRS, _RECORDINGS, _IMPORTS, _OUTPUTS, _OUTPUTS
)


def _scopes(
    kind: Literal["stage", "stack", "nested", "group"],
    ids: tuple[str, ...],
    children: SearchStrategy[tuple[Plan, ...]],
) -> SearchStrategy[ScopePlan]:
    return st.builds(
        ScopePlan,
        kind=st.just(kind),
        id=st.sampled_from(ids),
        environment=st.integers(0, len(ENVIRONMENTS) - 1),
        named=st.booleans(),
        tags=_TAGS,
        policy=_POLICIES,
        injector=st.none() | st.sampled_from(sorted(INJECTED)),
        children=children,
    )


def _some(children: SearchStrategy[Plan], least: int, most: int) -> SearchStrategy[Any]:
    return st.lists(children, min_size=least, max_size=most).map(tuple)


def _inside(children: SearchStrategy[Plan]) -> SearchStrategy[Plan]:
    return _scopes("group", _GROUPS, _some(children, 0, 4)) | _scopes(
        "nested", _NESTED, _some(children, 0, 4)
    )


_CONTENTS = st.one_of(_LEAVES, _LEAVES, _inside(st.one_of(_LEAVES, _LEAVES, _inside(_LEAVES))))
# With a channel in every stack there is no app without one.
_STACK_PLANS = _scopes(
    "stack",
    _STACKS,
    st.builds(lambda first, rest: (first, *rest), _channels(), _some(_CONTENTS, 0, 7)),
)
_STAGE_PLANS = _scopes("stage", _STAGES, _some(_STACK_PLANS, 1, 3))
APPS: SearchStrategy[AppPlan] = st.builds(
    AppPlan,
    flags=st.booleans(),
    tags=_TAGS,
    children=_some(st.one_of(_STACK_PLANS, _STACK_PLANS, _STAGE_PLANS), 1, 3),
)
"""Whole apps."""
