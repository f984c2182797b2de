"""What the strategies of parts share."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.generated.plans import (
    Arn,
    Attribute,
    Call,
    Id,
    Instead,
    Name,
    PartPlan,
    Pick,
    Scope,
    Text,
    Time,
    Token,
)
from tests.generated.tokens import TEXTS

Values = SearchStrategy[Any]
Sorts = tuple[str, ...] | Callable[[Mapping[str, Any]], tuple[str, ...]]

# All begin with a letter once characters that logical ids cannot have are gone.
IDS = st.sampled_from(("Live", "live", "Resource1", "Kanal-1_x", "a/b c", "Ünï cöde", "Long" * 30))
TAGS = st.just(()) | st.lists(
    st.tuples(st.sampled_from(("a", "b", "key:é")), st.sampled_from(("1", "ü"))), max_size=2
).map(tuple)
POLICIES = st.sampled_from((None, None, None, "RETAIN", "DESTROY", "RETAIN_ON_UPDATE_OR_DELETE"))
NUMBERS = st.integers(0, 7)
SOMETIMES = st.sampled_from((False, False, False, True))
BOOLEANS = st.booleans() | st.just(Token("boolean"))
NAMES = st.one_of(
    st.sampled_from(("a", "Live_1", "n" * 128)).map(lambda text: Text("plain", text)),
    st.sampled_from(sorted(TEXTS)).map(lambda form: Text(form, "Name")),
)
OF_TEXT = st.sampled_from(("plain", "partial", "import", "parameter", "ssm"))


def members(kind: type[enum.Enum]) -> Values:
    """A member of a public enum."""
    return st.sampled_from([Name(f"{kind.__module__}.{kind.__name__}.{one.name}") for one in kind])


def seconds(low: int, high: int) -> Values:
    """A duration of whole seconds."""
    return st.one_of(
        st.integers(low, high).map(lambda number: Time("seconds", number)),
        st.integers(low, high).map(lambda number: Time("millis", number * 1000)),
    )


def minutes(low: int, high: int) -> Values:
    """A duration of whole minutes."""
    return st.one_of(
        st.integers(low, high).map(lambda number: Time("minutes", number)),
        st.integers(low, high).map(lambda number: Time("seconds", number * 60)),
    )


def pick(sort: str, **options: Any) -> Values:
    """Something that was made before."""
    return NUMBERS.map(lambda number: Pick(sort=sort, number=number, **options))


def maybe(sort: str, **options: Any) -> Values:
    """Something that was made before, if there is any."""
    return pick(sort, needed=False, **options)


def some(items: Values, least: int = 1, most: int = 3, **options: Any) -> Values:
    """A list."""
    return st.lists(items, min_size=least, max_size=most, **options).map(tuple)


def picked(items: Values, sort: str) -> Values:
    """Something that was made before, or else an imported resource."""
    return st.builds(
        lambda number, otherwise: Instead(Pick(sort=sort, number=number), otherwise), NUMBERS, items
    )


def value_of(path: Any, *positional: Values, **keywords: Values) -> Values:
    """A call, for a value. Each keyword is given or not."""
    needed = {key[:-1]: each for key, each in keywords.items() if key.endswith("_")}
    optional = {key: each for key, each in keywords.items() if not key.endswith("_")}
    return st.builds(
        lambda given, named: Call(path, given, named),
        st.tuples(*positional),
        st.fixed_dictionaries(needed, optional=optional),
    )


def part(call: Values, sorts: Sorts = (), **more: Any) -> SearchStrategy[PartPlan]:
    """A part that a call makes."""

    def make(id: str, call: Call, tags: Any, **others: Any) -> PartPlan:
        of = sorts if isinstance(sorts, tuple) else sorts(call.keywords or {})
        return PartPlan(id=id, call=call, sorts=("any", *of), tags=tags, **others, **more)

    return st.builds(make, id=IDS, call=call, tags=TAGS, policy=POLICIES, override=SOMETIMES)


def construct(path: Any, sorts: Sorts = (), **keywords: Values) -> SearchStrategy[PartPlan]:
    """A construct. A keyword that ends with an underscore is always given, another sometimes."""
    return part(value_of(path, st.just(Scope()), st.just(Id()), **keywords), sorts)


def reference(path: str, sorts: tuple[str, ...], arns: Values) -> SearchStrategy[PartPlan]:
    """An imported resource."""
    return plain(value_of(path, st.just(Scope()), st.just(Id()), arns), sorts)


def plain(call: Values, sorts: tuple[str, ...] = (), **more: Any) -> SearchStrategy[PartPlan]:
    """A part without anything that templates have."""
    return st.builds(lambda id, call: PartPlan(id=id, call=call, sorts=sorts, **more), IDS, call)


def arns(resource: str, service: str = "ivs", forms: Values = OF_TEXT) -> Values:
    """The ARN of an imported resource."""
    return forms.map(lambda form: Arn(resource, service, form))


def method(
    sort: str, name: str, *positional: Values, once: str | None = None, **keywords: Values
) -> Values:
    """A call of a method of something that was made before, which changes it."""
    return pick(sort, near=True, once=once).flatmap(
        lambda of: value_of(Attribute(of, name), *positional, **keywords)
    )
