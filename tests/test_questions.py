"""What the pages of questions and the glossary say is compared with what decides it."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import ClassVar

import aws_cdk as cdk
import botocore.session
import pytest
from aws_cdk.assertions import Template
from botocore import xform_name
from botocore.model import OperationModel, Shape
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

import cdk_ivs as ivs
from cdk_ivs import chat, patterns
from tests.support.arns import REGION
from tests.support.questions import PAGES, ROOT, blocks, run_block, table

# Far above what they take, also on a machine that runs other suites.
SECONDS = 300


@pytest.mark.parametrize("page", PAGES)
def test_a_page_describes_itself(page: str) -> None:
    """
    A page begins with a description of one line for search results, and one title.
    """
    found = re.match(r"---\ndescription: (.+)\n---\n\n# (.+)\n\n", PAGES[page])
    assert found
    assert 50 <= len(found[1]) <= 150
    without_code = re.sub(r"^```.*?^```$", "", PAGES[page], flags=re.DOTALL | re.MULTILINE)
    assert len(re.findall(r"^# ", without_code, re.MULTILINE)) == 1


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_pages_in_english(page: str) -> None:
    """
    A link of AWS's documentation names no language, and is not the Markdown behind a page.
    """
    links = re.findall(r"\((https://[^)]+)\)", PAGES[page])
    assert [link for link in links if re.search(r"/[a-z]{2}_[a-z]{2}/", link)] == []
    assert [link for link in links if ".aws." in link and link.endswith(".md")] == []


class TestAwsCli:
    """The commands of the AWS CLI, against the models of the services."""

    COMMANDS: ClassVar = sorted(
        {
            (page, command)
            for page, text in PAGES.items()
            for command in re.findall(r"(?<![\w/])aws [a-z-]+ [a-z-]+(?: [^`\n)]+)?", text)
        }
    )

    @staticmethod
    def operation_of(service: str, name: str) -> OperationModel:
        """The operation that a command calls."""
        model = botocore.session.get_session().get_service_model(service)
        names = {xform_name(each, "-"): each for each in model.operation_names}
        return model.operation_model(names[name])

    def test_there_are_commands(self) -> None:
        """
        The pattern finds the commands of the pages.
        """
        assert len(self.COMMANDS) >= 14

    @pytest.mark.parametrize(("page", "command"), COMMANDS)
    def test_a_command_is_one_that_there_is(self, page: str, command: str) -> None:
        """
        The operation of a command, its options and the path of what it prints exist.
        """
        _, service, name, *arguments = shlex.split(command)
        operation = self.operation_of(service, name)
        options = {each for each in arguments if each.startswith("--")} - {"--output", "--query"}
        members = operation.input_shape.members
        assert options <= {f"--{xform_name(member, '-')}" for member in members}
        required = operation.input_shape.required_members
        if options:
            assert {f"--{xform_name(member, '-')}" for member in required} <= options
        if "--query" in arguments:
            shape: Shape = operation.output_shape
            for part in re.findall(r"\w+|\[\d+\]", arguments[arguments.index("--query") + 1]):
                shape = shape.member if part.startswith("[") else shape.members[part]


@pytest.mark.once  # Node parses the pages, whatever the aws-cdk-lib.
def test_scripts_of_web_pages_can_be_parsed(tmp_path: Path) -> None:
    """
    Each script in a web page is JavaScript without a mistake of syntax.
    """
    count = 0
    for page in PAGES:
        for html in blocks(page, "html"):
            for script in re.findall(r"<script>\n(.*?)</script>", html, re.DOTALL):
                count += 1
                file = tmp_path / f"{count}.mjs"
                file.write_text(script)
                subprocess.run(["node", "--check", file], check=True, timeout=SECONDS)
    assert count == 4


class TestCdkFeatures:
    """What the page on features of the CDK shows has an effect."""

    PAGE = "questions/cdk-features.md"

    def test_escape_hatches(self, stack: cdk.Stack) -> None:
        """
        The override, the metadata, the removal policy and the tag are in the template.
        """
        template = run_block(self.PAGE, "## Escape hatches", stack)
        template.has_resource(
            "AWS::IVS::Channel",
            {
                "DeletionPolicy": "Retain",
                "Metadata": {"owner": "video-team"},
                "Properties": {
                    "Name": "from-the-escape-hatch",
                    "Tags": [{"Key": "team", "Value": "video"}],
                },
            },
        )

    def test_mixins(self, stack: cdk.Stack) -> None:
        """
        The mixin sets the latency mode.
        """
        template = run_block(self.PAGE, "## Mixins", stack)
        template.has_resource_properties("AWS::IVS::Channel", {"LatencyMode": "NORMAL"})

    def test_aspects(self, stack: cdk.Stack) -> None:
        """
        The aspect makes the channel private.
        """
        template = run_block(self.PAGE, "## Aspects", stack)
        template.has_resource_properties("AWS::IVS::Channel", {"Authorized": True})

    def test_injectors(self) -> None:
        """
        The injector makes channels private, but not the one that says otherwise.
        """
        (block,) = [each for each in blocks(self.PAGE, "python") if "PrivateByDefault" in each]
        names = {"cdk": cdk, "ivs": ivs}
        exec(block, names)  # noqa: S102 - the page is ours
        found = Template.from_stack(names["injected"]).find_resources("AWS::IVS::Channel")
        assert sorted(each["Properties"]["Authorized"] for each in found.values()) == [False, True]

    # jsii starts processes in the same way with every aws-cdk-lib.
    @pytest.mark.once
    @pytest.mark.unmeasured
    def test_processes(self, tmp_path: Path) -> None:
        """
        Run as a script, the block synthesizes an app in each process.
        """
        (block,) = [each for each in blocks(self.PAGE, "python") if "spawn" in each]
        script = tmp_path / "app.py"
        script.write_text(f"import aws_cdk as cdk\nimport cdk_ivs as ivs\n{block}")
        done = subprocess.run(
            [sys.executable, script],
            cwd=tmp_path,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        folders = [tmp_path / "cdk.out" / region for region in ("us-west-2", "eu-west-1")]
        assert [len(list(folder.glob("*.template.json"))) for folder in folders] == [1, 1]


class TestImport:
    """What the page on imports says about types and ids."""

    PAGE = "questions/import.md"

    def test_the_mapping_is_that_of_the_block(self, stack: cdk.Stack) -> None:
        """
        The mapping has the logical ids that the block renders, and the identifier of each type.
        """
        template = run_block(self.PAGE, "### 1. Describe the resources", stack)
        resources = template.to_json()["Resources"]
        (mapping,) = [json.loads(block) for block in blocks(self.PAGE, "json")]
        assert list(mapping) == list(resources)
        for logical_id, identifier in mapping.items():
            (name,) = identifier
            assert _schema(resources[logical_id]["Type"])["primaryIdentifier"] == [
                f"/properties/{name}"
            ]

    def test_resources_keep_their_ids_when_the_rest_is_added(self, stack: cdk.Stack) -> None:
        """
        The block of the last step has the imported resources under the same logical ids.
        """
        template = run_block(self.PAGE, "### 5. Add the rest", stack)
        (mapping,) = [json.loads(block) for block in blocks(self.PAGE, "json")]
        assert set(mapping) <= set(template.to_json()["Resources"])

    def test_every_type_is_known_by_its_arn(self) -> None:
        """
        The ARN identifies each type, and no type has a property for it: each is asked for.
        """
        for type in _types():
            schema = _schema(type)
            assert schema["primaryIdentifier"] == ["/properties/Arn"]
            assert "/properties/Arn" in schema["readOnlyProperties"]

    def test_a_logical_id_can_be_kept(self, stack: cdk.Stack) -> None:
        """
        The override gives the channel the logical id of the included template.
        """
        template = run_block(self.PAGE, "## From a template of CloudFormation", stack)
        assert list(template.find_resources("AWS::IVS::Channel")) == ["LiveChannel"]


def _types() -> list[str]:
    """The types of CloudFormation that the library has constructs for."""
    rows = table("questions/deployments.md", "replacements")
    names = [row[0].strip("`") for row in rows]
    return [
        f"AWS::IVSChat::{name.removeprefix('chat.')}"
        if name.startswith("chat.")
        else f"AWS::IVS::{name}"
        for name in names
    ]


def _schema(type: str) -> dict[str, object]:
    # Of a Region that has every type.
    schema: dict[str, object] = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, type).schema
    return schema


def test_replacements_are_those_of_the_schemas() -> None:
    """
    The table has every type, and the properties whose change replaces it.
    """
    rows = [row[1] for row in table("questions/deployments.md", "replacements")]
    assert len(rows) == 13
    for type, row in zip(_types(), rows, strict=True):
        paths = _schema(type).get("createOnlyProperties") or []
        names = sorted({path.split("/")[2] for path in paths})
        assert row == (", ".join(f"`{name}`" for name in names) or "none"), type


def test_supported_versions_are_those_that_are_declared() -> None:
    """
    The page names the versions that the package declares, and CI tests.
    """
    page = PAGES["questions/support.md"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (floor,) = re.findall(r"aws-cdk-lib>=([\d.]+),<3", " ".join(project["dependencies"]))
    assert f"| `aws-cdk-lib` | {floor} and newer versions 2 |" in page
    classifiers = [each.rpartition(" :: ")[2] for each in project["classifiers"]]
    pythons = [each for each in classifiers if re.fullmatch(r"3\.\d+", each)]
    assert f"| Python | {', '.join(pythons)} |" in page


def test_alarms_that_reach_nobody(stack: cdk.Stack) -> None:
    """
    The first block of the page on alarms sends all alarms to one topic, to which an address is
    subscribed.
    """
    template = run_block("questions/alarms.md", "## Email", stack)
    template.resource_count_is("AWS::SNS::Topic", 1)
    template.has_resource_properties(
        "AWS::SNS::Subscription", {"Endpoint": "oncall@example.com", "Protocol": "email"}
    )
    (topic,) = template.find_resources("AWS::SNS::Topic")
    alarms = template.find_resources("AWS::CloudWatch::Alarm")
    assert len(alarms) >= 8
    assert [each["Properties"]["AlarmActions"] for each in alarms.values()] == [
        [{"Ref": topic}]
    ] * len(alarms)


class TestGlossary:
    """The words of the glossary."""

    ROWS: ClassVar = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in PAGES["glossary.md"].splitlines()
        if line.startswith("| ") and not line.startswith(("| word", "|---"))
    ]
    TABLES: ClassVar = [
        [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")][1:]
        for table in PAGES["glossary.md"].split("\n## ")[1:]
    ]

    def test_words_are_sorted(self) -> None:
        """
        The words of each table are in the order of the alphabet, and each is there once.
        """
        ivs_words, cdk_words = ([word.casefold() for word in table] for table in self.TABLES)
        assert ivs_words == sorted(set(ivs_words))
        assert cdk_words == sorted(set(cdk_words))
        assert len(ivs_words) + len(cdk_words) == len({row[0].casefold() for row in self.ROWS})

    def test_a_meaning_is_two_sentences_at_most(self) -> None:
        """
        A meaning is short, and ends with a period.
        """
        for word, meaning, _ in self.ROWS:
            text = re.sub(r"\(https?://[^)]*\)", "", meaning)
            assert 1 <= len(re.findall(r"\.(?= |$)", text)) <= 3, word
            assert meaning.endswith("."), word

    def test_constructs_exist(self) -> None:
        """
        What the last column names is public.
        """
        import ivs_tokens

        places = {"chat": chat, "ivs_tokens": ivs_tokens, "patterns": patterns}
        for word, _, cell in self.ROWS:
            for name in re.findall(r"`([\w.]+)`", cell):
                first, _, rest = name.partition(".")
                if first == "channel":
                    assert hasattr(ivs.ChannelGrants, rest.removeprefix("grants.")), word
                elif rest:
                    assert hasattr(places[first], rest), word
                else:
                    assert hasattr(ivs, name), word

    @pytest.mark.parametrize(
        "word",
        [
            *("channel", "composition", "encoder", "ingest", "latency", "participant"),
            *("playback key pair", "playback URL", "reconnect window", "recording configuration"),
            *("rendition", "room", "stage", "storage configuration", "stream", "stream key"),
            *("app", "asset", "bootstrap", "construct", "L1 construct", "output", "scope", "stack"),
            *("synthesis", "template", "token", "viewer"),
        ],
    )
    def test_the_words_of_the_site_are_explained(self, word: str) -> None:
        """
        The words that every page uses are in the glossary.
        """
        assert word in [row[0] for row in self.ROWS]
