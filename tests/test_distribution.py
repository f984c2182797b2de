"""What is published: the source distribution, the wheel, and the metadata that PyPI shows."""

from __future__ import annotations

import email.parser
import html.parser
import os
import re
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from email.message import Message

ROOT = Path(__file__).parent.parent
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
PACKAGES = ("cdk_ivs", "ivs_tokens")

# The files are built from the repository.
pytestmark = pytest.mark.newest


def sources(root: Path) -> set[str]:
    """The files of the packages, without compiled ones."""
    return {
        f"{file.relative_to(root)}"
        for package in PACKAGES
        for file in (root / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def build(kind: str, tree: Path, folder: Path) -> Path:
    """Build a distribution of a tree as pip and build do."""
    from hatchling import build as backend

    back = Path.cwd()
    os.chdir(tree)
    try:
        return folder / getattr(backend, f"build_{kind}")(str(folder))
    finally:
        os.chdir(back)


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    shutil.unpack_archive(build("sdist", ROOT, folder), folder, "gztar", filter="data")
    return folder / f"cdk_ivs-{VERSION}"


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.unpack_archive(build("wheel", sdist, folder), folder / "site", "zip")
    return folder / "site"


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    """The metadata of the wheel."""
    text = (wheel / f"cdk_ivs-{VERSION}.dist-info" / "METADATA").read_text(encoding="utf-8")
    return email.parser.Parser().parsestr(text)


def test_the_source_distribution_has_the_packages_and_no_tests(sdist: Path) -> None:
    """
    It has what is needed to build the library, and no test, which could not run there.
    """
    assert {path.name for path in sdist.iterdir()} == {
        ".gitignore",
        "CHANGELOG.md",
        "LICENSE",
        "PKG-INFO",
        "README.md",
        "SECURITY.md",
        "pyproject.toml",
        "src",
    }
    assert sources(sdist / "src") == sources(ROOT / "src")


def test_the_wheel_of_the_source_distribution_is_complete(wheel: Path) -> None:
    """
    A wheel that is built from the source distribution has all files of the packages, and no other.
    """
    assert sources(wheel) == sources(ROOT / "src")
    assert {path.name for path in wheel.iterdir()} == {
        *PACKAGES,
        f"cdk_ivs-{VERSION}.dist-info",
    }
    assert (wheel / "cdk_ivs" / "py.typed").is_file()


def test_the_metadata_leads_to_the_site_and_the_source(metadata: Message) -> None:
    """
    PyPI shows links to the documentation, the source, the changelog and the issues.
    """
    links = dict(link.split(", ") for link in metadata.get_all("Project-URL", []))
    repository = "https://github.com/cdk-ivs/cdk-ivs"
    assert links == {
        "Changelog": f"{repository}/blob/main/CHANGELOG.md",
        "Documentation": "https://cdk-ivs.github.io/cdk-ivs/",
        "Homepage": "https://cdk-ivs.github.io/cdk-ivs/",
        "Issues": f"{repository}/issues",
        "Source": repository,
    }


def test_the_metadata_has_the_words_that_people_search_for(metadata: Message) -> None:
    """
    The keywords name the service, the CDK and what they are used for.
    """
    assert {"amazon-ivs", "aws-cdk", "awscdk", "live-streaming", "live-video", "webrtc"} <= set(
        metadata["Keywords"].split(",")
    )


class Links(html.parser.HTMLParser):
    """Collects what a page links to and shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and the address in it."""
        self.tags.add(tag)
        self.found += [value or "" for name, value in attrs if name in {"href", "src"}]


def test_pypi_renders_the_description(metadata: Message) -> None:
    """
    The renderer of PyPI takes the README: with tables and code, and with no relative link or
    picture.
    """
    from readme_renderer import markdown

    assert metadata["Description-Content-Type"] == "text/markdown"
    description = metadata.get_payload()
    assert description == (ROOT / "README.md").read_text(encoding="utf-8")
    rendered = markdown.render(description, variant="GFM")
    assert rendered is not None
    links = Links(rendered)
    assert {"h1", "h2", "pre", "table", "td"} <= links.tags
    assert len(links.found) > 80
    # The others are the anchors of headings, made by the renderer.
    whole = ("https://", "#user-content-")
    assert [link for link in links.found if not link.startswith(whole)] == []


def releases() -> list[tuple[str, str]]:
    """The versions in the changelog, with what stands beside them, newest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return re.findall(r"^## \[([^]]+)\](.*)$", text, re.MULTILINE)


def test_the_changelog_begins_with_what_is_not_released() -> None:
    """
    After what is not released, the newest version of the changelog is that of the package.
    """
    (unreleased, beside), (newest, date), *_ = releases()
    assert (unreleased, beside) == ("Unreleased", "")
    assert newest == VERSION
    assert re.fullmatch(r" - \d{4}-\d{2}-\d{2}", date)
