"""The page of errors has every code and id of a warning, with what the code says."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from cdk_ivs._iam.resource_types import TYPES
from tests.support.raised import Raised, raised, raised_in

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
# They are made of what is counted, in `warn_about_quota()`.
QUOTAS = {"event rules"} | {one.quota.plural for one in TYPES if one.quota is not None}
QUOTA_PATTERN = r"the (app|stack) has \d+ .*, more than the (default )?quota of \d+; .*"

# The catalog is a script of the repository.
pytestmark = pytest.mark.newest


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    """The script that makes the page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        yield importlib.import_module("doc_tables.errors")


@pytest.fixture(scope="module")
def in_source() -> set[Raised]:
    """The codes in the source, and those of quotas."""
    return raised() | {
        Raised("warning", f"Quota{plural.title().replace(' ', '')}", QUOTA_PATTERN)
        for plural in QUOTAS
    }


def test_codes_are_those_of_the_source(script: ModuleType, in_source: set[Raised]) -> None:
    """
    The catalog has each code that the source can raise or warn under, once, and no other.
    """
    listed = [(code.kind, code.name) for code in script.catalog()]
    assert sorted(listed) == sorted({(code.kind, code.name) for code in in_source})


def test_codes_have_one_casing(script: ModuleType) -> None:
    """
    Codes and ids of warnings are words with a capital each.
    """
    wrong = [c.name for c in script.catalog() if not re.fullmatch(r"([A-Z][a-z]+)+", c.name)]
    assert wrong == []


def test_examples_are_messages_of_the_source(script: ModuleType, in_source: set[Raised]) -> None:
    """
    Each example is a text that the source can raise with the code.
    """
    wrong = [
        code.name
        for code in script.catalog()
        if not any(
            # A message about a call has the remedy in it.
            re.search(each.pattern, code.example)
            if code.kind == "deployment"
            else re.fullmatch(each.pattern, code.example)
            for each in in_source
            if (each.kind, each.name) == (code.kind, code.name)
        )
    ]
    assert wrong == []


def test_texts_are_sentences(script: ModuleType) -> None:
    """
    The meaning and the remedy are sentences, and the example is a message.
    """
    for code in script.catalog():
        for text in (code.means, code.mend):
            assert re.fullmatch(r"[A-Z`].*\.", text), code.name
        assert not code.example.endswith("."), code.name


def test_every_code_has_an_anchor(script: ModuleType) -> None:
    """
    A code has a section of its own on the page, which its name in lower case is the anchor of.
    """
    headings = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)
    assert headings == [code.heading for code in script.catalog()]
    assert len({heading.lower() for heading in headings}) == len(headings)
    assert "### PresetWithoutType" in PAGE


def test_the_page_is_up_to_date(script: ModuleType) -> None:
    """
    `make tables` would change nothing.
    """
    sections = "\n".join(script.error_sections())
    assert f"<!-- errors -->\n\n{sections}\n<!-- /errors -->" in PAGE


def test_the_end_of_a_message_is_on_the_page(script: ModuleType) -> None:
    """
    The page can be searched by the code as it is in a message.
    """
    for code in script.catalog():
        prefix = "ivs-tokens" if code.kind == "token" else "cdk-ivs"
        assert re.search(rf"\b{prefix}:{code.name}[\] ]", PAGE), code.name


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (
            "raise ValidationError(f\"'{keyword}' must be one\", code='A')",
            [Raised("error", "A", "'.*'\\ must\\ be\\ one")],
        ),
        ("raise ValidationError(text, code='A')", [Raised("error", "A", ".+")]),
        ("def f(*, code='A'): pass", [Raised("error", "A", ".+")]),
        ("super().__init__(message, code='A')", [Raised("error", "A", ".+")]),
        ("raise RotationError('A', 'no')", [Raised("deployment", "A", "no")]),
        ("Response('A', 'no', seconds=0)", [Raised("deployment", "A", "no")]),
        (
            "Annotations.of(c).add_warning_v2('cdk-ivs:A', 'no')",
            [Raised("warning", "A", "no")],
        ),
        ("_warn_once(c, 'x', 'cdk-ivs:A')", [Raised("warning", "A", ".+")]),
        ("raise ValidationError(text, code=code)", []),
        ("f('A', 'no')", []),
    ],
)
def test_codes_are_found(source: str, found: list[Raised]) -> None:
    """
    A code is found in each form in which the source raises it.
    """
    assert list(raised_in(ast.parse(source), "error")) == found
