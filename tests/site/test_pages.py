"""The pages of the site: each can be found, and every public name is on one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

import cdk_ivs as ivs
import ivs_tokens
from cdk_ivs import chat, patterns, rules
from tests.examples.apps import EXAMPLES, NAMES, ROOT

# They are about the docs of the repository.
pytestmark = [pytest.mark.newest, pytest.mark.once, pytest.mark.unmeasured]

DOCS = ROOT / "docs"
PAGES = sorted(str(file.relative_to(DOCS)) for file in DOCS.rglob("*.md"))
REFERENCE = [page for page in PAGES if page.startswith("reference/")]
PACKAGES = {
    "cdk_ivs": ivs,
    "cdk_ivs.chat": chat,
    "cdk_ivs.patterns": patterns,
    "cdk_ivs.rules": rules,
    "ivs_tokens": ivs_tokens,
}
CONFIGURATION: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


def text_of(page: str) -> str:
    """The text of a page."""
    return (DOCS / page).read_text(encoding="utf-8")


def in_menu(node: Any) -> list[str]:
    """The pages of a part of the menu."""
    if isinstance(node, str):
        return [node]
    parts = node.values() if isinstance(node, dict) else node
    return [page for part in parts for page in in_menu(part)]


def test_every_page_is_in_the_menu_once() -> None:
    """
    The menu leads to each page of the docs once, and to nothing else.
    """
    assert sorted(in_menu(CONFIGURATION["nav"])) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_page_has_a_description(page: str) -> None:
    """
    The head of a page has one sentence or two for search engines, in 50 to 160 characters.
    """
    head = re.match(r"---\n(.*?)\n---\n", text_of(page), re.DOTALL)
    assert head is not None, f"{page} has no front matter with a 'description'"
    description = yaml.safe_load(head[1])["description"]
    assert 50 <= len(description) <= 160
    assert description.endswith(".")
    assert description != CONFIGURATION["site_description"]


def test_descriptions_differ() -> None:
    """
    No two pages have the same description.
    """
    heads = (text_of(page).split("---\n")[1] for page in PAGES)
    often = Counter(yaml.safe_load(head)["description"] for head in heads)
    assert [text for text, times in often.items() if times > 1] == []


def test_every_public_name_is_on_one_page_of_the_reference() -> None:
    """
    The reference has each public name of each package once, and no other.
    """
    shown = [name for page in REFERENCE for name in re.findall(r"(?m)^::: (\S+)$", text_of(page))]
    names = {
        f"{package}.{name}"
        for package, module in PACKAGES.items()
        for name in module.__all__
        if f"{package}.{name}" not in PACKAGES
    }
    assert sorted(shown) == sorted(names)


@pytest.mark.parametrize("page", PAGES)
def test_pictures_are_there_for_light_and_dark(page: str) -> None:
    """
    A picture has a description; it is drawn for both schemes, or is one of two of the same place.
    """
    pictures = re.findall(r"!\[([^]]*)\]\(([^)#]+)(#only-\w+)?\)", text_of(page))
    assert [path for words, path, _ in pictures if len(words) < 20] == []
    for _, path, scheme in pictures:
        file = (DOCS / page).parent / path
        assert file.is_file(), path
        if file.suffix == ".svg":
            assert "prefers-color-scheme:dark" in file.read_text(encoding="utf-8"), path
        else:
            assert scheme, f"{path} is shown in both schemes"
    light = [path for _, path, scheme in pictures if scheme == "#only-light"]
    dark = [path for _, path, scheme in pictures if scheme == "#only-dark"]
    assert [re.sub(r"(?=\.\w+$)", "-dark", path) for path in light] == dark


def test_the_site_loads_nothing_from_other_hosts() -> None:
    """
    The theme has no fonts, and the link to the repository asks for nothing.
    """
    theme = CONFIGURATION["theme"]
    assert theme["font"] is False
    link = Path(ROOT, theme["custom_dir"], "partials/source.html").read_text(encoding="utf-8")
    assert "data-md-component" not in link


def test_no_diagram_is_drawn_by_a_script_of_another_host() -> None:
    """
    Pages show pictures; a diagram as text would be drawn by a script that the page loads.
    """
    assert [page for page in PAGES if "```mermaid" in text_of(page)] == []


def test_a_reader_finds_the_way() -> None:
    """
    A page leads to the previous and the next one, to its published address, and to the other
    scheme: of the system, light and dark.
    """
    theme = CONFIGURATION["theme"]
    assert "navigation.footer" in theme["features"]
    assert CONFIGURATION["site_url"] == "https://cdk-ivs.github.io/cdk-ivs/"
    assert [palette.get("scheme") for palette in theme["palette"]] == [None, "default", "slate"]
    assert all(palette["toggle"]["name"] for palette in theme["palette"])


def test_every_job_has_a_picture() -> None:
    """
    A page about a job shows what flows where, and so does the README of each example.
    """
    jobs = [page for page in PAGES if page.startswith("jobs/")]
    assert [page for page in jobs if "](../images/" not in text_of(page)] == []
    readmes = {name: EXAMPLES / name / "README.md" for name in NAMES}
    assert [
        name
        for name, file in readmes.items()
        if f"](../../docs/images/{name}.svg)" not in file.read_text(encoding="utf-8")
    ] == []
