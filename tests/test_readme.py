"""What the README shows is run."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import patterns
from tests.parity.differences import markdown_table

ROOT = Path(__file__).parent.parent
REPOSITORY = "https://github.com/cdk-ivs/cdk-ivs/blob/main/"
README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    """The code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def part(name: str) -> str:
    """The part of the README between two comments."""
    match = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert match is not None
    return match[1].strip()


@pytest.fixture
def names(stack: cdk.Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The names that a block may use, and an empty folder to run in."""
    monkeypatch.chdir(tmp_path)
    return {"cdk": cdk, "ivs": ivs, "stack": stack}


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(
            block,
            id=block.splitlines()[-1],
            marks=[pytest.mark.newest] if "AdConfiguration(" in block else [],
        )
        for block in blocks("python")
    ],
)
def test_python_blocks_run(block: str, names: dict[str, Any]) -> None:
    """
    Each Python block runs, and so do the tests that it defines.
    """
    exec(block, names)  # noqa: S102 - the README is ours
    for name, function in list(names.items()):
        if name.startswith("test_"):
            function()
    assert "ivs" in names


def test_the_first_example_is_a_whole_app_under_ten_lines(names: dict[str, Any]) -> None:
    """
    The first block needs nothing but itself, and makes a channel with a key.
    """
    first = blocks("python")[0]
    assert len(first.splitlines()) < 10
    alone: dict[str, Any] = {}
    exec(first, alone)  # noqa: S102 - the README is ours
    template = Template.from_stack(alone["stack"])
    template.resource_count_is("AWS::IVS::Channel", 1)
    template.resource_count_is("AWS::IVS::StreamKey", 1)


def test_private_playback_is_one_block(names: dict[str, Any]) -> None:
    """
    One block has the whole path: IVS gets the public half of the key that signs, and a user who
    signed in calls the function.
    """
    (block,) = (block for block in blocks("python") if "PlaybackTokenFunction(" in block)
    exec(block, names)  # noqa: S102 - the README is ours
    template = Template.from_stack(names["stack"])
    (reader,) = template.find_resources("Custom::IVSSigningKeyPem")
    material = {"Fn::GetAtt": [reader, "PublicKeyPem"]}
    template.has_resource_properties("AWS::IVS::PlaybackKeyPair", {"PublicKeyMaterial": material})
    template.has_resource_properties(
        "AWS::ApiGatewayV2::Route",
        {"AuthorizationScopes": ["tokens/create"], "AuthorizationType": "JWT"},
    )


def anchors(page: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    return set(map(anchor_of, headings))


def anchor_of(heading: str) -> str:
    """The anchor of a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def jobs() -> dict[str, tuple[str, str, str]]:
    """The rows of the table of jobs: the links to docs, example and diagram, by construct."""
    (section,) = re.findall(r"^## Jobs\n(.*?)^## ", README, re.DOTALL | re.MULTILINE)
    link = rf"\]\({re.escape(REPOSITORY)}([^)]+)\)"
    rows = re.findall(
        rf"^\| [^|]+ \| \[`(\w+)`{link} \| \[[^|]+{link} \| \[diagram{link} \|$",
        section,
        re.MULTILINE,
    )
    return {construct: (docs, example, diagram) for construct, docs, example, diagram in rows}


def test_every_pattern_has_a_row_in_the_table_of_jobs() -> None:
    """
    Each construct of the patterns is in the table of jobs once.
    """
    constructs = {
        name
        for name in patterns.__all__
        if isinstance(kind := getattr(patterns, name), type) and issubclass(kind, Construct)
    }
    assert set(jobs()) == constructs
    assert len(constructs) == 7


@pytest.mark.parametrize("construct", jobs())
def test_the_row_of_a_job_leads_to_what_it_says(construct: str) -> None:
    """
    The docs have the heading, the example creates the construct, and there is a diagram.
    """
    docs, example, diagram = jobs()[construct]
    page, _, anchor = docs.partition("#")
    assert anchor in anchors(page)
    app = ROOT / example / "app.py" if example.startswith("examples/") else ROOT / page
    assert f"{construct}(" in app.read_text(encoding="utf-8")
    folder, _, anchor = diagram.partition("#")
    shown = f"{folder}/README.md" if folder.startswith("examples/") else folder
    assert anchor in anchors(shown)
    sections = re.split(r"^## ", (ROOT / shown).read_text(encoding="utf-8"), flags=re.MULTILINE)
    (section,) = (each for each in sections if anchor_of(each.partition("\n")[0]) == anchor)
    assert "```mermaid" in section or "](images/" in section


def test_the_error_is_the_one_that_is_shown(app: cdk.App) -> None:
    """
    The message in the README is the message that a user gets.
    """
    (block,) = blocks("pycon")
    statement = re.search(r"^>>> (.*)$", block, re.MULTILINE)
    assert statement is not None
    names = {"ivs": ivs, "stack": cdk.Stack(app, "Live")}
    with pytest.raises(ivs.ValidationError) as error:
        exec(statement[1], names)  # noqa: S102 - the README is ours
    shown = block.split("    ...\n")[1]
    raised = "".join(traceback.format_exception_only(error.value))
    assert shown.split() == raised.split()


def test_the_commands_exist() -> None:
    """
    Each make target that is shown is in the Makefile.
    """
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^make (\w+)$", "".join(blocks("console")), re.MULTILINE)
    assert targets == ["synth", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_the_differences_are_those_that_the_parity_suite_knows() -> None:
    """
    The table of differences from alpha is rendered from the suite's own.
    """
    assert part("differences") == markdown_table().strip()


def test_links_into_the_repository_are_whole_and_alive() -> None:
    """
    A link works on PyPI, where there are no files beside the README, and names a file.
    """
    links = re.findall(r"(?<!!)\[[^]]*\]\(([^)#]+)\)", README)
    assert [link for link in links if not link.startswith("https://")] == []
    files = [link.removeprefix(REPOSITORY) for link in links if link.startswith(REPOSITORY)]
    assert files
    assert [file for file in files if not (ROOT / file).exists()] == []


def test_pictures_are_there_and_described() -> None:
    """
    A picture is a file of the docs, and has a text for those who do not see it.
    """
    pictures = re.findall(r"!\[([^]]*)\]\(([^)]+)\)", README)
    assert [file for _, file in pictures] == ["docs/images/dashboard.png"]
    assert all((ROOT / file).is_file() and len(text) > 20 for text, file in pictures)
