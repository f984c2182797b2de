"""The workflows run only what they name exactly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WORKFLOWS = {file.name: file.read_text() for file in (ROOT / ".github/workflows").glob("*.yml")}

# The files are those of the repository.
pytestmark = pytest.mark.newest


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_actions_are_pinned_by_commit(name: str) -> None:
    """
    An action is a commit, with its version in a comment, or a workflow of this repository.
    """
    used = re.findall(r"uses: (.+)$", WORKFLOWS[name], re.MULTILINE)
    assert used
    pinned = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40} # v[\d.]+|\./\.github/workflows/[\w-]+\.yml")
    assert [each for each in used if not pinned.fullmatch(each)] == []


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_a_workflow_has_no_permissions_that_a_job_does_not_name(name: str) -> None:
    """
    The token of a workflow has no permissions, and each job gives itself those that it needs.
    """
    assert "\npermissions: {}\n" in WORKFLOWS[name]


def test_a_release_is_attested() -> None:
    """
    PyPI and GitHub get attestations of the files, before which nothing is published.
    """
    release = WORKFLOWS["release.yml"]
    _, _, attest = release.partition("\n  attest:\n")
    attest, _, publish = attest.partition("\n  publish:\n")
    assert "attestations: write" in attest
    assert "subject-path: dist/*" in attest
    assert "needs: [check, build, attest]" in publish
    assert "attestations: true" in publish
    assert "id-token: write" in publish


def test_the_site_is_published() -> None:
    """
    A push to main builds the site, looks at it, and publishes it with no more rights than that.
    """
    pages = WORKFLOWS["pages.yml"]
    assert "\non:\n  push:\n    branches: [main]\n" in pages
    build, _, publish = pages.partition("\n  publish:\n")
    assert "- run: make docs\n" in build
    assert "actions/upload-pages-artifact@" in build
    assert "path: site\n" in build
    assert "write" not in build
    assert "needs: build\n" in publish
    assert "actions/deploy-pages@" in publish
    assert re.findall(r"^      ([a-z-]+): write", publish, re.MULTILINE) == ["id-token", "pages"]
