"""What the README and the pages to begin with show is run."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import traceback
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import imageio_ffmpeg
import pytest
from aws_cdk.assertions import Template
from constructs import Construct

import cdk_ivs as ivs
import ivs_tokens
from cdk_ivs import chat, patterns, rules
from tests.examples.apps import golden
from tests.parity.differences import markdown_table
from tests.support.pages import anchors

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
REPOSITORY = "https://github.com/cdk-ivs/cdk-ivs/"
SITE = "https://cdk-ivs.github.io/cdk-ivs/"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {
    name: (DOCS / f"{name}.md").read_text(encoding="utf-8")
    for name in ("alpha", "get-started", "index", "speed", "testing")
} | {"README": README}
EXAMPLES = sorted(app.parent.name for app in (ROOT / "examples").glob("*/app.py"))


def blocks(language: str, page: str = "README") -> list[str]:
    """The code blocks of a page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGES[page], re.DOTALL | re.MULTILINE)


def targets(page: str) -> list[str]:
    """What the links and pictures of a page lead to."""
    return re.findall(r"\]\(([^)]+)\)", PAGES[page])


@pytest.fixture
def names(stack: cdk.Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The names that a block may use, and an empty folder to run in."""
    monkeypatch.chdir(tmp_path)
    return {"cdk": cdk, "ivs": ivs, "stack": stack}


@pytest.mark.parametrize(
    ("page", "block"),
    [
        pytest.param(
            page,
            block,
            id=f"{page}: {block.splitlines()[-1]}",
            marks=[pytest.mark.newest] if "IvsValidation" in block else [],
        )
        for page in PAGES
        for block in blocks("python", page)
    ],
)
def test_python_blocks_run(page: str, block: str, names: dict[str, Any]) -> None:
    """
    Each Python block runs, and so do the tests that it defines.
    """
    exec(block, names)  # noqa: S102 - the pages are ours
    tests = [function for name, function in names.items() if name.startswith("test_")]
    for function in tests:
        function()
    assert bool(tests) == (page == "testing")


def alone(block: str) -> dict[str, Any]:
    """The names that a block has made when nothing is given to it."""
    made: dict[str, Any] = {}
    exec(block, made)  # noqa: S102 - the pages are ours
    return made


@pytest.mark.parametrize("page", ["README", "get-started", "index"])
def test_the_first_example_is_a_whole_app(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The first block needs nothing but itself, and creates a channel whose key is in a secret.
    """
    monkeypatch.chdir(tmp_path)
    first = blocks("python", page)[0]
    assert len(first.splitlines()) < 20
    template = Template.from_stack(alone(first)["stack"])
    for kind in ("IVS::Channel", "IVS::StreamKey", "SecretsManager::Secret"):
        template.resource_count_is(f"AWS::{kind}", 1)


def test_the_file_for_the_cli_runs_the_app() -> None:
    """
    The README and the tutorial show the same cdk.json, which runs app.py.
    """
    assert blocks("json") == blocks("json", "get-started")
    (shown,) = blocks("json")
    assert json.loads(shown) == {"app": "python3 app.py"}


def test_a_private_recorded_monitored_channel_is_one_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    One block alone renders it all, without a warning: IVS gets the public half of the key in KMS,
    the channel is authorized and records, alarms reach the topic, and the stream key is in a
    secret.
    """
    monkeypatch.chdir(tmp_path)
    (block,) = (block for block in blocks("python") if "ChannelAlarms(" in block)
    stack = alone(block)["stack"]
    template = Template.from_stack(stack)
    (reader,) = template.find_resources("Custom::IVSSigningKeyPem")
    (recording,) = template.find_resources("AWS::IVS::RecordingConfiguration")
    (stream_key,) = template.find_resources("AWS::IVS::StreamKey")
    (topic,) = template.find_resources("AWS::SNS::Topic")
    template.has_resource_properties(
        "AWS::IVS::PlaybackKeyPair",
        {"PublicKeyMaterial": {"Fn::GetAtt": [reader, "PublicKeyPem"]}},
    )
    template.has_resource_properties(
        "AWS::IVS::Channel",
        {"Authorized": True, "RecordingConfigurationArn": {"Fn::GetAtt": [recording, "Arn"]}},
    )
    template.has_resource_properties(
        "AWS::SecretsManager::Secret", {"SecretString": {"Fn::GetAtt": [stream_key, "Value"]}}
    )
    alarms = template.find_resources("AWS::CloudWatch::Alarm")
    assert len(alarms) == 6
    assert all(alarm["Properties"]["AlarmActions"] for alarm in alarms.values())
    assert f'"{topic}"' in json.dumps(alarms)
    template.resource_count_is("AWS::CloudWatch::Dashboard", 1)
    assembly = cdk.App.of(stack).synth()
    assert assembly.get_stack_artifact(stack.artifact_id).messages == []


def test_the_tutorial_deploys_what_a_rehearsal_deploys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The app of the tutorial has the resources and outputs of an example that is rehearsed.
    """
    monkeypatch.chdir(tmp_path)
    (block,) = blocks("python", "get-started")
    template = Template.from_stack(alone(block)["stack"]).to_json()
    rehearsed = golden("basic_channel")
    assert kinds(template) == kinds(rehearsed)
    assert template["Outputs"] == rehearsed["Outputs"]


def kinds(template: dict[str, Any]) -> dict[str, str]:
    """The types of the resources of a template, by logical id."""
    return {name: resource["Type"] for name, resource in template["Resources"].items()}


# FFmpeg does the same with every aws-cdk-lib.
@pytest.mark.once
def test_the_tutorial_shows_a_command_that_streams(tmp_path: Path) -> None:
    """
    FFmpeg takes the command, and sends H.264 in 720p with a key frame every 2 seconds, and AAC.
    """
    shown = "".join(blocks("console", "get-started"))
    (command,) = re.findall(r"^(ffmpeg .*)$", shown, re.MULTILINE)
    *arguments, target = shlex.split(command)[1:]
    assert target == "<IngestUrl><StreamKey>"
    assert arguments[0] == "-re"
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    file = tmp_path / "stream.flv"
    # In a file and as fast as can be, where the command sends in real time.
    subprocess.run([ffmpeg, *arguments[1:], "-t", "5", str(file)], check=True, capture_output=True)
    shown = subprocess.run([ffmpeg, "-i", file], capture_output=True, text=True, check=False).stderr
    assert re.search(r"Video: h264 .*, yuv420p.*, 1280x720", shown)
    assert re.search(r"Audio: aac .*, 44100 Hz", shown)
    only_keys = [
        "-skip_frame",
        "nokey",
        "-i",
        str(file),
        "-fps_mode",
        "passthrough",
        "-f",
        "null",
        "-",
    ]
    keys = subprocess.run([ffmpeg, *only_keys], capture_output=True, text=True, check=True).stderr
    # At 0, 2 and 4 seconds.
    assert re.findall(r"frame= +(\d+)", keys)[-1] == "3"


def jobs() -> list[tuple[str, str, str, str]]:
    """The rows of the table of jobs: the job, constructs, page and example."""
    (section,) = re.findall(r"^## Jobs\n(.*?)^## ", README, re.DOTALL | re.MULTILINE)
    rows = re.findall(r"^\| (.+?) \| (`.+?) \| (.+?) \| (.+?) \|$", section, re.MULTILINE)
    assert len(rows) == len(re.findall(r"^\| ", section, re.MULTILINE)) - 1
    return rows


def test_every_example_and_pattern_has_a_row_in_the_table_of_jobs() -> None:
    """
    Each example is in the table of jobs, and so is each construct of the patterns.
    """
    assert {example for *_, cell in jobs() for example in re.findall(r"`(\w+)`", cell)} == set(
        EXAMPLES
    )
    constructs = {
        name
        for name in patterns.__all__
        if isinstance(kind := getattr(patterns, name), type) and issubclass(kind, Construct)
    }
    assert set(re.findall(r"`patterns\.(\w+)`", README)) == constructs
    assert len(constructs) == 7
    assert f"are {len(EXAMPLES)} complete apps" in PAGES["index"]


@pytest.mark.parametrize("row", jobs(), ids=lambda row: row[0])
def test_the_row_of_a_job_is_true(row: tuple[str, str, str, str]) -> None:
    """
    The names in a row are public, and the example, or the page if there is none, uses them.
    """
    _, constructs, page, example = row
    (link,) = re.findall(rf"\]\({SITE}((?:jobs/)?[\w-]+)/", page)
    shown = (DOCS / f"{link}.md").read_text(encoding="utf-8")
    if folder := re.search(rf"\[`(\w+)`\]\({REPOSITORY}tree/main/examples/\1\)$", example):
        apps = (ROOT / "examples" / folder[1]).glob("*.py")
        shown = "\n".join(app.read_text(encoding="utf-8") for app in apps)
    else:
        assert example == "on the page"
    for name in re.findall(r"`([\w.]+)`", constructs):
        if name != "ivs_tokens":
            value: Any = ivs
            for part in name.split("."):
                value = getattr(value, part)
        used = {
            "EncoderConfiguration": "EncoderConfiguration",
            "StreamKey": "add_stream_key",
            "IngestConfiguration": "add_ingest_configuration",
            "ivs_tokens": "",
        }.get(name, name.rpartition(".")[2])
        assert used in shown, name


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
    assert f"here `{error.value.code}`" in README


def test_the_commands_exist() -> None:
    """
    Each make target that is shown is in the Makefile.
    """
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^make (\w+)$", "".join(blocks("console")), re.MULTILINE)
    assert targets == ["synth", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_the_readme_is_short() -> None:
    """
    Everything that is not needed at first is on the site.
    """
    assert len(README.splitlines()) <= 250


def test_the_differences_are_those_that_the_parity_suite_knows() -> None:
    """
    The table of differences from alpha is rendered from the suite's own.
    """
    match = re.search(
        r"<!-- differences -->\n(.*?)<!-- /differences -->", PAGES["alpha"], re.DOTALL
    )
    assert match is not None
    assert match[1].strip() == markdown_table().strip()


def test_links_of_the_readme_are_whole() -> None:
    """
    Links and pictures work on PyPI, where there are no files beside the README.
    """
    assert [target for target in targets("README") if not target.startswith("https://")] == []


def test_links_of_the_readme_into_the_repository_are_alive() -> None:
    """
    A link into the repository names a file or a folder of it.
    """
    files = [target for target in targets("README") if target.startswith(REPOSITORY)]
    assert len(files) > len(EXAMPLES)
    for file in files:
        kind, _, path = file.removeprefix(REPOSITORY).partition("/main/")
        assert (ROOT / path).is_dir() if kind == "tree" else (ROOT / path).is_file(), file


def test_links_to_the_site_are_alive() -> None:
    """
    A link to the site, or from one of its pages to another, names a page and a heading of it.
    """
    links = [target.removeprefix(SITE) for target in targets("README") if target.startswith(SITE)]
    links += [
        target.replace(".md", "/")
        for page in PAGES
        if page != "README"
        for target in targets(page)
        if not target.startswith("https://")
    ]
    assert len(links) > 80
    for link in links:
        name, _, anchor = link.partition("#")
        name = name.rstrip("/") or "index"
        (page,) = {DOCS / f"{name}.md", DOCS / name / "index.md"} & set(DOCS.rglob("*.md"))
        assert not anchor or anchor in anchors(page.read_text(encoding="utf-8")), link


def test_names_in_code_are_public() -> None:
    """
    What a page calls as a name of the library is one.
    """
    packages = {"ivs": ivs, "chat": chat, "patterns": patterns, "rules": rules}
    for page, text in PAGES.items():
        for package, name in re.findall(r"\b(ivs|chat|patterns|rules)\.([A-Z]\w+)", text):
            assert hasattr(packages[package], name), (page, name)


@pytest.mark.parametrize("file", ["CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"])
def test_classes_are_called_by_their_names(file: str) -> None:
    """
    A class of the library that a file names is public.
    """
    text = (ROOT / file).read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:(?:ivs|chat|patterns|rules)\.)?([A-Z][a-z]+[A-Z]\w+)[`.(]", text))
    public = {
        name for package in (ivs, chat, patterns, rules, ivs_tokens) for name in package.__all__
    }
    codes = {"PresetWithoutType", "SecretInOtherStack"}
    assert named - public == codes & named
