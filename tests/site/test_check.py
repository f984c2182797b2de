"""The check of the site finds what it is there for."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.examples.apps import ROOT

# It is about scripts of the repository: nothing of the library is used.
pytestmark = [pytest.mark.newest, pytest.mark.once, pytest.mark.unmeasured]

HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8">'
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
WIDE = '<table style="width: 1400px"><tr><th>name</th></tr></table>'
# The search has a button, and shows its field and its results in a shadow root.
SEARCH = """
<button class="md-search__button">search</button><div id="search"></div>
<script>
  const root = document.getElementById("search").attachShadow({ mode: "open" });
  root.innerHTML = '<input type="text"><ol></ol>';
  root.querySelector("input").oninput = ({ target }) => {
    const link = `right/?h=${target.value}#${target.value}`;
    root.querySelector("ol").innerHTML = `<li><a href="${link}">first</a></li>`;
  };
</script>
"""
SEARCHES = {"there": "right/#there", "elsewhere": "right/#there"}
PAGES = {
    "404.html": f'{HEAD}<title>T</title><meta name="description" content="General."></head></html>',
    "index.html": (
        f'{HEAD}<title>B</title><meta name="description" content="The home."></head><body>'
        '<a href="right/#there">anchor</a><a href="wrong/">page</a><a href="picture.svg">file</a>'
        '<a href="https://github.com/cdk-ivs/cdk-ivs/blob/main/README.md#x">file</a>'
        '<a href="https://example.com/">other</a><img src="picture.svg" alt="A picture">'
        # A table may scroll in its own box on a phone.
        '<article><div style="overflow: auto"><table style="width: 600px"></table></div></article>'
        f"{SEARCH}</body></html>"
    ),
    "right/index.html": (
        f'{HEAD}<title>A</title><meta name="description" content="A page."></head>'
        '<body><h1 id="there">A</h1><h2 id="cdk_ivs.Channel">B</h2></body></html>'
    ),
    "wrong/index.html": (
        f'{HEAD}<title>T</title><meta name="description" content="General."></head><body>'
        '<script>console.error("broken"); throw new Error("failed")</script>'
        '<img src="missing.png" alt="A picture"><img src="../picture.svg">'
        '<a href="../gone/">page</a><a href="../right/#gone">anchor</a><a href="#gone">own</a>'
        '<a href="https://github.com/cdk-ivs/cdk-ivs/tree/main/gone">file</a>'
        '<a href="http://example.com/">plain</a>'
        f'<article><div style="overflow: auto">{WIDE}</div></article></body></html>'
    ),
    "wide/index.html": (
        f'{HEAD}<title>T</title><meta name="description" content="Wide.">'
        '<link rel="stylesheet" href="https://fonts.example.com/a.css"></head>'
        '<body><p style="width: 500px">wide</p></body></html>'
    ),
}
REPOSITORY = "https://github.com/cdk-ivs/cdk-ivs"
NOT_THERE = "Failed to load resource: the server responded with a status of 404 (Not Found)"
SITEMAP = "".join(f"<loc>https://a.b/base/{path}</loc>" for path in ("", "right/", "wrong/"))


@pytest.fixture(scope="module")
def check() -> ModuleType:
    """The script."""
    spec = importlib.util.spec_from_file_location("check", ROOT / "scripts/website/check.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    # Its named tuples look for their module.
    sys.modules["check"] = script
    spec.loader.exec_module(script)
    return script


@pytest.fixture(scope="module")
def found(check: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The faults of a small site, in a browser that is started once."""
    folder, docs = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("docs")
    for path, text in {**PAGES, "picture.svg": PICTURE, "sitemap.xml": SITEMAP}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text)
    (docs / "right.md").write_text("::: cdk_ivs.Channel\n\n::: cdk_ivs.Stage\n")
    return list(check.faults(check.Site(folder, "/base/", docs, ROOT), SEARCHES))


def test_faults_are_found(found: list[str]) -> None:
    """
    Each kind of fault is found where it is, and a page without faults has none.
    """
    assert sorted(found) == sorted(
        [
            "right/: there is nothing about cdk_ivs.Stage",
            "search: elsewhere finds /base/right/#elsewhere first",
            "sitemap.xml: it does not list the pages",
            "wide/: a request to another host: https://fonts.example.com/a.css",
            "wide/: at 390 pixels, the page is 508 pixels wide",
            "wide/: the console has: Failed to load resource: net::ERR_NAME_NOT_RESOLVED",
            "wide/: another page has its title",
            "wrong/: a broken picture: missing.png",
            "wrong/: a dead anchor: /base/right/#gone",
            "wrong/: a dead anchor: /base/wrong/#gone",
            f"wrong/: a dead link into the repository: {REPOSITORY}/tree/main/gone",
            "wrong/: a dead link: /base/gone/",
            "wrong/: a link that is not encrypted: http://example.com/",
            "wrong/: a picture without a description: ../picture.svg",
            "wrong/: a script fails: failed",
            "wrong/: another page has its title",
            "wrong/: at 1280 pixels, a table is 136 pixels too wide: name",
            "wrong/: it has no description of its own",
            "wrong/: not there: /base/wrong/missing.png",
            f"wrong/: the console has: {NOT_THERE}",
            "wrong/: the console has: broken",
        ]
    )
