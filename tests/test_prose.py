"""The check of the language finds what the style avoids, in pages and in the code."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent

# The tools of Node and the pages are those of the repository.
pytestmark = pytest.mark.newest

MODULE = '''"""Whoever reads a module begins here."""

# This will be read, too: `whoever` is code.
LONG = f"use {ROOT} for the 'region', whoever asks for it"  # noqa: X100 - it is simply long
SHORT = "whoever"


def function(name):
    """
    Return a name.

    Args:
        will: The will of the user: upon
            reading, the second line counts.

    ```python
    whoever()
    ```
    """
'''

PAGE = """# Keys

The channel is created by whoever signs in. `whoever` is code.

It is in two regions of the CDK. In in the text, a word is there twice.

<!-- textlint-disable -->

Whoever quotes a mistake switches the check off.

<!-- textlint-enable -->
"""


@pytest.fixture(scope="module")
def prose() -> Iterator[ModuleType]:
    """The script that checks the language."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        yield importlib.import_module("prose")


@pytest.fixture(scope="module")
def findings(
    prose: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[str, int, str]]:
    """The findings in a page and in a module, each with its file, line and first word."""
    folder = tmp_path_factory.mktemp("prose")
    (folder / "page.md").write_text(PAGE, encoding="utf-8")
    (folder / "module.py").write_text(MODULE, encoding="utf-8")
    found = prose.check(prose.files([str(folder / "page.md"), str(folder / "module.py")]))
    return [(finding.file.name, finding.line, finding.text.split(" =>")[0]) for finding in found]


def test_mistakes_of_a_page_are_found(findings: list[tuple[str, int, str]]) -> None:
    """
    Each planted mistake of a page is found on its line, and nothing in code or switched off.
    """
    page = [(line, text) for file, line, text in findings if file == "page.md"]
    assert page == [
        (3, "whoever"),
        (5, "region"),
        (5, '"in" is repeated'),
    ]


def test_mistakes_of_a_module_are_found(findings: list[tuple[str, int, str]]) -> None:
    """
    The docstrings, comments and sentences of a module are checked, each with its line.
    """
    module = [(line, text) for file, line, text in findings if file == "module.py"]
    assert module == [
        (1, "Whoever"),
        (3, "will"),
        (4, "simply"),
        (4, "whoever"),
        (13, "will"),
        (13, "upon"),
    ]


def test_the_text_of_a_module_keeps_its_lines(prose: ModuleType) -> None:
    """
    A text is on the line that it has in the module, with names and values as code.
    """
    assert prose.prose_of(MODULE) == [
        "Whoever reads a module begins here.",
        "",
        "This will be read, too: `whoever` is code.",
        "it is simply long use `value` for the `region`, whoever asks for it",
        *[""] * 4,
        "",
        "Return a name.",
        "",
        "Args:",
        "- `will`: The will of the user: upon",
        "reading, the second line counts.",
        "",
        "```python",
        "whoever()",
        "```",
        "",
    ]


def test_pages_and_modules_are_checked(prose: ModuleType) -> None:
    """
    The pages and modules of the library and of the examples are checked, and nothing generated.
    """
    checked = {str(file.relative_to(ROOT)) for file in prose.files()}
    assert {
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "README.md",
        "SECURITY.md",
        "docs/tokens.md",
        "examples/basic_channel/README.md",
        "examples/basic_channel/app.py",
        "src/cdk_ivs/__init__.py",
        "src/cdk_ivs/_services/custom_resource/cdk_ivs_handler/handler.py",
        "src/ivs_tokens/_errors.py",
    } <= checked
    assert not [
        file for file in checked if "cdk.out" in file or file.startswith(("tests", "build"))
    ]


def test_a_finding_fails_the_run(
    prose: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    The script exits with 1 and prints where the findings are; without any it exits with 0.
    """
    wrong, right = tmp_path / "wrong.md", tmp_path / "right.md"
    wrong.write_text("# Keys\n\nIt is created by whoever signs in.\n", encoding="utf-8")
    right.write_text("# Keys\n\nThe user who signs in creates it.\n", encoding="utf-8")

    assert prose.main([str(right)]) == 0
    assert capsys.readouterr().out == "prose: 0 found\n"

    assert prose.main([str(wrong)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{wrong}:3: whoever => the person or thing that (name who or what it is) (prh)",
        "prose: 1 found",
    ]
    assert prose.main([str(wrong), "--count"]) == 1
    assert capsys.readouterr().out.splitlines() == [f"    1 {wrong}", "prose: 1 found"]
