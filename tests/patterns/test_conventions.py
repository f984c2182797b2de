"""How patterns appear to users."""

from __future__ import annotations

import inspect
import re

import pytest
from constructs import Construct

from cdk_ivs import patterns

CONSTRUCTS = [
    kind
    for name in patterns.__all__
    if inspect.isclass(kind := getattr(patterns, name)) and issubclass(kind, Construct)
]


def keywords(kind: type) -> dict[str, inspect.Parameter]:
    """The parameters of a construct but for self, scope and id."""
    return dict(list(inspect.signature(kind.__init__).parameters.items())[3:])


def test_all_are_found() -> None:
    """
    The patterns are looked at.
    """
    names = {kind.__name__ for kind in CONSTRUCTS}
    assert {"PrivateIngest", "RecordingDelivery"} <= names


@pytest.mark.parametrize("kind", CONSTRUCTS)
class TestParameters:
    def test_are_keywords(self, kind: type) -> None:
        """
        Only scope and id may be given by position.
        """
        assert list(inspect.signature(kind.__init__).parameters)[1:3] == ["scope", "id"]
        assert {each.kind for each in keywords(kind).values()} == {inspect.Parameter.KEYWORD_ONLY}

    def test_are_in_order(self, kind: type) -> None:
        """
        What must be given is first, and the rest is found by its letter.
        """
        optional = [
            name
            for name, each in keywords(kind).items()
            if each.default is not inspect.Parameter.empty
        ]
        assert list(keywords(kind))[-len(optional) :] == sorted(optional)

    def test_are_documented_with_their_defaults(self, kind: type) -> None:
        """
        Each has its paragraph, which ends with the default if there is one.
        """
        doc = inspect.getdoc(kind) or ""
        for name, parameter in keywords(kind).items():
            entry = re.search(rf"(?ms)^    {name}:(.*?)(?=^    \S|^\S|\Z)", doc)
            assert entry, f"{name} is not documented"
            optional = parameter.default is not inspect.Parameter.empty
            assert ("Default:" in entry[1]) == optional, f"{name} lacks a default, or has one"


@pytest.mark.parametrize("kind", CONSTRUCTS)
def test_no_member_is_the_cdks(kind: type) -> None:
    """
    A member that has the name of one of the CDK's would be called from JavaScript.
    """
    ours = {
        name
        for base in kind.__mro__
        if base.__module__.startswith("cdk_ivs")
        for name in vars(base)
    }
    assert {name for name in ours if not name.startswith("__")} & set(dir(Construct)) == set()
