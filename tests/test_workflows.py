"""The workflows run only what they name exactly."""

from __future__ import annotations

import re
import tomllib
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


def matrix_of(workflow: str, name: str) -> list[str]:
    """The values of a row of the matrix in a workflow."""
    (row,) = re.findall(rf"^        {name}: \[(.+)\]$", WORKFLOWS[workflow], re.MULTILINE)
    return [value.strip(' "') for value in row.split(",")]


def test_each_push_runs_all_tests_with_each_version() -> None:
    """
    The matrix has every Python that the package names, both ends of aws-cdk-lib, and three Nodes.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pythons = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert matrix_of("ci.yml", "python") == pythons == ["3.11", "3.12", "3.13", "3.14"]
    assert matrix_of("ci.yml", "cdk") == ["oldest", "newest"]
    assert matrix_of("ci.yml", "node") == ["22", "24", "26"]


def test_the_wheel_runs_with_each_version_every_night() -> None:
    """
    A job has each Python of the package, and its table is in the summary.
    """
    _, _, job = WORKFLOWS["nightly.yml"].partition("\n  versions:\n")
    job, _, _ = job.partition("\n  newest:\n")
    found = re.findall(r"^            (3\.\d+)$", job, re.MULTILINE)
    assert sorted(found) == matrix_of("ci.yml", "python")
    assert 'make versions VERSIONS_ARGS=--ask-npm | tee -a "$GITHUB_STEP_SUMMARY"\n' in job
    assert "shell: bash\n" in job


def test_the_newest_of_everything_runs_every_night() -> None:
    """
    A job without constraints puts the drift into its summary, and tests also if there is some.
    """
    _, _, job = WORKFLOWS["nightly.yml"].partition("\n  newest:\n")
    report = job.index('make drift | tee -a "$GITHUB_STEP_SUMMARY"')
    test = job.index("      - if: success() || failure()\n        run: make test\n")
    assert job.index("      - run: make newest\n") < report < test
    assert "CONSTRAINTS: build/no-constraints.txt\n" in job
    makefile = (ROOT / "Makefile").read_text()
    for target in ("drift", "newest", "test", "versions"):
        assert f"\n{target}: " in makefile
    assert "\nNO_CONSTRAINTS := build/no-constraints.txt\n" in makefile
    assert "\nNEWEST_VENV := .venv-newest\n" in makefile


def test_every_group_of_mutants_has_a_job() -> None:
    """
    Each group of the mutation run is one of the jobs of the weekly workflow.
    """
    groups = tomllib.loads((ROOT / "tests/mutation/groups.toml").read_text())
    listed = re.search(r"\n        group:\n((?:          - \w+\n)+)", WORKFLOWS["weekly.yml"])
    assert listed is not None
    assert re.findall(r"- (\w+)", listed[1]) == list(groups)
