"""Every pattern and token function is rehearsed, which is checked without the emulator."""

from __future__ import annotations

import functools
import inspect
import json
import runpy
from collections.abc import Iterable
from pathlib import Path

import pytest
from aws_cdk import App
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import patterns
from tests.examples.apps import looked_up
from tests.rehearsal.cycle import FURTHER as FOLDER
from tests.rehearsal.cycle import SETTINGS, Rehearsal
from tests.rehearsal.further_rehearsals import FURTHER
from tests.rehearsal.generated.plans import PATTERNS
from tests.rehearsal.rehearsals import REHEARSALS

pytestmark = pytest.mark.newest

ALL = [*REHEARSALS, *FURTHER]


def public_constructs() -> list[type[Construct]]:
    """The public constructs of the patterns and token functions, and the keys that sign tokens."""
    found = [getattr(patterns, name) for name in patterns.__all__]
    found += [
        each
        for each in (getattr(ivs, name) for name in ivs.__all__)
        if inspect.isclass(each) and _folder(each) in {"_services", "_token_functions"}
    ]
    return [
        each
        for each in found
        if inspect.isclass(each) and issubclass(each, Construct) and not inspect.isabstract(each)
    ]


def _folder(its_class: type) -> str:
    """The folder of the module that defines a class, which calls itself public."""
    constructor = inspect.unwrap(its_class.__init__)
    code = getattr(constructor, "__code__", None)
    return Path(code.co_filename).parent.name if code else ""


def sources_of_identities() -> list[str]:
    """The ways in which token functions recognize a caller."""
    return [
        name
        for name, member in vars(ivs.TokenIdentity).items()
        if isinstance(member, staticmethod) and not name.startswith("_")
    ]


@functools.cache
def deployed(folder: Path) -> set[type]:
    """The classes of the constructs of an app."""
    settings = folder / SETTINGS.name
    text = (settings if settings.exists() else SETTINGS).read_text(encoding="utf-8")
    app = App(context=json.loads(text)["context"] | looked_up(folder))
    stack = runpy.run_path(str(folder / "app.py"))["build"](app)
    return {type(each) for each in stack.node.find_all()}


def source(rehearsal: Rehearsal) -> str:
    """The program of an app."""
    return (rehearsal.folder / "app.py").read_text(encoding="utf-8")


def rehearsed(construct: type[Construct], rehearsals: Iterable[Rehearsal]) -> bool:
    """Whether an app deploys a construct. Apps that do not name it are not built."""
    return any(
        construct in deployed(each.folder)
        for each in rehearsals
        if construct.__name__ in source(each)
    )


def test_constructs_are_found() -> None:
    """
    The reflection finds the patterns, the token functions, the layer and the signing key.
    """
    names = {each.__name__ for each in public_constructs()}
    assert names == {*PATTERNS, "SigningKey"}


@pytest.mark.parametrize("construct", public_constructs(), ids=lambda each: each.__name__)
def test_every_pattern_and_token_function_is_rehearsed(construct: type[Construct]) -> None:
    """
    An app that is deployed, updated, replaced, rolled back and destroyed has the construct.
    """
    assert rehearsed(construct, ALL), f"rehearse {construct.__name__} in {FOLDER}"


def test_missing_rehearsal_is_noticed() -> None:
    """
    A construct that only apps without a rehearsal have is not rehearsed.
    """
    others = [each for each in ALL if each.name != "webhook"]
    assert not rehearsed(patterns.EventWebhook, others)


@pytest.mark.parametrize("identity", sources_of_identities())
def test_every_identity_is_rehearsed(identity: str) -> None:
    """
    A token function that is rehearsed recognizes callers in this way.
    """
    assert any(f"TokenIdentity.{identity}(" in source(each) for each in ALL)


def test_further_apps_are_rehearsed() -> None:
    """
    There is one row for each folder of the apps that are no examples, in their order.
    """
    folders = sorted(each.parent.name for each in FOLDER.glob("*/app.py"))
    assert [each.name for each in FURTHER] == folders
