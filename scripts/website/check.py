"""
Load every page of the built site in a browser, and look for what a reader would stumble over.

    python scripts/website/check.py site

The browser is that of ``node_modules``. It loads each page at the width of a laptop in light
colors, and at that of a phone in dark ones. Every fault is a line, and the site fails with one.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
BROWSE = Path(__file__).with_name("browse.mjs")
REPOSITORY = re.compile(r"https://github\.com/cdk-ivs/cdk-ivs/(?:blob|tree)/main/([^#?]+)")
# What a reader types, and where the first result has to lead.
SEARCHES = dict.fromkeys(
    ("add_stream_key", "channel.add_stream_key"),
    "reference/low-latency/#cdk_ivs.Channel.add_stream_key",
)
SECONDS = 600


class Site(NamedTuple):
    """
    A built site.

    Attributes:
        folder: The folder with its files.
        base: The path under which it is published.
        docs: The folder with its sources.
        repository: The folder that links into the repository lead to.
    """

    folder: Path
    base: str
    docs: Path
    repository: Path

    @property
    def pages(self) -> list[str]:
        """The pages, by their path."""
        found = (file.parent.relative_to(self.folder) for file in self.folder.rglob("index.html"))
        return sorted("" if path == Path() else f"{path.as_posix()}/" for path in found)


def faults(site: Site, searches: Mapping[str, str]) -> Iterator[str]:
    """The faults of a site, each with its page."""
    seen = browse(site, list(searches))
    pages = {page["path"]: page for page in seen["pages"]}
    for path, page in sorted(pages.items()):
        for fault in dict.fromkeys(page_faults(site, pages, page)):
            yield f"{path or 'home'}: {fault}"
    yield from head_faults(site, pages)
    listed = set(re.findall(r"<loc>(.*?)</loc>", (site.folder / "sitemap.xml").read_text()))
    if {urlsplit(url).path for url in listed} != {f"{site.base}{path}" for path in site.pages}:
        yield "sitemap.xml: it does not list the pages"
    for query, target in searches.items():
        first = re.sub(r"\?[^#]*", "", next(iter(seen["searches"][query]), "nothing"))
        if first != f"{site.base}{target}":
            yield f"search: {query} finds {first} first"


def page_faults(site: Site, pages: Mapping[str, Any], page: Mapping[str, Any]) -> Iterator[str]:
    """The faults of a page."""
    yield from page["findings"]
    for source in page["without"]:
        yield f"a picture without a description: {source}"
    for link in page["links"]:
        if fault := link_fault(site, pages, link):
            yield f"{fault}: {link}"
    for name in names_of(site, page["path"]):
        if name not in page["ids"]:
            yield f"there is nothing about {name}"


def browse(site: Site, searches: list[str]) -> dict[str, Any]:
    """What a browser tells of the pages, and what their search finds."""
    asked = {
        "base": site.base,
        "folder": str(site.folder),
        "pages": [*site.pages, "404.html"],
        "searches": searches,
        "seconds": SECONDS,
    }
    done = subprocess.run(
        ["node", str(BROWSE)],  # noqa: S607 - that of the environment
        input=json.dumps(asked),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=SECONDS + 30,
    )
    if done.returncode:
        raise SystemExit(f"the browser failed:\n{done.stderr}")
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def link_fault(site: Site, pages: Mapping[str, Any], link: str) -> str | None:
    """What is wrong with a link."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        if file := REPOSITORY.match(link):
            there = (site.repository / unquote(file[1])).exists()
            return None if there else "a dead link into the repository"
        return None if parts.scheme in {"https", "mailto"} else "a link that is not encrypted"
    path = unquote(parts.path).removeprefix(site.base)
    anchor = unquote(parts.fragment)
    if path in pages:
        return None if anchor in {"", *pages[path]["ids"]} else "a dead anchor"
    return None if (site.folder / path).is_file() and not anchor else "a dead link"


def names_of(site: Site, path: str) -> list[str]:
    """The names that a page of the reference is about."""
    source = site.docs / f"{path.rstrip('/')}.md"
    if not source.is_file():
        return []
    return re.findall(r"^::: (\S+)$", source.read_text(encoding="utf-8"), re.MULTILINE)


def head_faults(site: Site, pages: Mapping[str, Any]) -> Iterator[str]:
    """The pages that search engines could not tell from others."""
    descriptions = {path: pages[path]["description"] for path in site.pages}
    # A page without one has that of the site, which is also on the page for what is not there.
    general = pages["404.html"]["description"]
    often = Counter(descriptions.values())
    for path, text in descriptions.items():
        if text in {"", general} or often[text] > 1:
            yield f"{path or 'home'}: it has no description of its own"
    titles = Counter(pages[path]["title"] for path in site.pages)
    for path in site.pages:
        if titles[pages[path]["title"]] > 1:
            yield f"{path or 'home'}: another page has its title"


def main(folder: str) -> None:
    """Check the site that ``make docs`` built."""
    site = Site(ROOT / folder, "/cdk-ivs/", ROOT / "docs", ROOT)
    found = list(faults(site, SEARCHES))
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"{len(site.pages)} pages, {len(found)} faults")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
