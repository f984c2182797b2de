"""The rules in cfn-lint, which reads the templates and reports the findings."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cfnlint.config import ConfigMixIn
from cfnlint.core import get_rules
from cfnlint.decode import decode
from cfnlint.exceptions import UnexpectedRuleException
from cfnlint.rules import Rules
from cfnlint.rules.errors import RuleError
from cfnlint.template import Template

from cdk_ivs.rules import _engine, cfn_lint
from cdk_ivs.rules._catalog import BY_ID, RULES, Severity

from .cases import CASES, Case, Json

MODULE = "cdk_ivs.rules.cfn_lint"
MISTAKES = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Channel:
    Type: AWS::IVS::Channel
    Properties:
      InsecureIngest: true
  KeyA:
    Type: AWS::IVS::StreamKey
    Properties:
      ChannelArn: !Ref Channel
  KeyB:
    Type: AWS::IVS::StreamKey
    Properties:
      ChannelArn: !GetAtt Channel.Arn
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      InlineCode: pass
      Runtime: nodejs22.x
      Environment:
        Variables:
          KEY: !GetAtt KeyA.Value
"""
STREAM_KEY = "sk_us-west-2_" + "AbCdEf123456_secret"
TWO_KEYS = (
    "the channel of this stream key has another one, 'KeyA', and a channel can have only one: "
    "leave all but one out (IVS-001)"
)


@pytest.fixture
def lint(tmp_path):
    """The ids, messages and lines that the rules of the module alone find in a template."""
    rules = Rules.create_from_module(MODULE)
    rules.register(RuleError())

    def lint(template: Json | str) -> list[tuple[str, str, int]]:
        path = tmp_path / "template.yaml"
        path.write_text(template if isinstance(template, str) else json.dumps(template, indent=1))
        decoded, problems = decode(str(path))
        assert problems == []
        cfn = Template(str(path), decoded, ["us-west-2"])
        config = ConfigMixIn([])
        return [
            (match.rule.id, match.message, match.linenumber)
            for match in rules.run(str(path), cfn, config)
        ]

    return lint


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run cfn-lint as a program."""
    command = [sys.executable, "-c", "from cfnlint.runner import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.once  # cfn-lint and the engine are the same with another aws-cdk-lib.
@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case.rule}-{index}" for index, case in enumerate(CASES)]
)
def test_every_mistake_is_found(lint, case: Case) -> None:
    """
    A mistake has the finding of its rule and no other, at a line, and its right neighbor none.
    """
    found = lint(case.wrong)
    id = cfn_lint.cfn_lint_id(BY_ID[case.rule])
    assert {rule for rule, _, _ in found} == {id}
    assert all(message.endswith(f" ({case.rule})") and line > 1 for _, message, line in found)
    assert lint(case.right) == []


def test_the_program_reports_the_findings(tmp_path) -> None:
    """
    cfn-lint with the module reports the findings with their lines beside its own, also in SAM.
    """
    path = tmp_path / "template.yaml"
    path.write_text(MISTAKES)
    ran = run(str(path), "--append-rules", MODULE, "--format", "parseable")
    assert ran.stderr == ""
    found = [line.removeprefix(f"{path}:").split(":") for line in ran.stdout.splitlines()]
    assert [(line[0], line[4]) for line in found] == [
        ("6", "W9505"), ("14", "E9501"), ("23", "W9546"),
    ]  # fmt: skip
    assert TWO_KEYS in ran.stdout
    assert ran.returncode == 6  # cfn-lint's own code for errors and warnings


def test_the_program_ignores_rules_by_their_ids(tmp_path) -> None:
    """
    The options of cfn-lint apply to the rules, which without the module are not run.
    """
    path = tmp_path / "template.yaml"
    path.write_text(MISTAKES)
    ignoring = run(str(path), "--append-rules", MODULE, "--ignore-checks", "W9505", "W9546")
    assert "E9501" in ignoring.stdout
    assert "W95" not in ignoring.stdout
    without = run(str(path))
    assert (without.returncode, without.stdout) == (0, "")


def test_ids_are_those_of_cfn_lint() -> None:
    """
    An id begins with the severity, and its number is that of the rule from 9500 on.
    """
    ids = {rule.id: cfn_lint.cfn_lint_id(rule) for rule in RULES}
    assert (ids["IVS-001"], ids["IVS-005"]) == ("E9501", "W9505")
    assert {id: BY_ID[id].severity is Severity.ERROR for id in ids} == {
        id: own[0] == "E" for id, own in ids.items()
    }
    rules = Rules.create_from_module(MODULE)
    assert {rule.id for rule in rules.values()} == set(ids.values())


def test_a_rule_says_what_it_is_about() -> None:
    """
    `cfn-lint --list-rules` has the title of a rule, its id in this library, and its source.
    """
    rule = Rules.create_from_module(MODULE)["E9501"]
    assert (rule.shortdesc, rule.description) == (
        "A channel has one stream key",
        "IVS-001: A channel has one stream key",
    )
    assert rule.source_url.startswith("https://docs.aws.amazon.com/ivs/")
    assert rule.severity == "error"


@pytest.mark.parametrize(
    ("section", "rule", "line"),
    [
        ({"Outputs": {"Key": {"Value": {"Fn::GetAtt": ["Key", "Value"]}}}}, "W9545", 20),
        ({"Parameters": {"A": {"Type": "String", "Default": STREAM_KEY}}}, "W9547", 21),
    ],
    ids=["output", "parameter"],
)
def test_what_is_not_in_a_resource_has_its_line(lint, section, rule, line) -> None:
    """
    A finding about an output or a parameter has its line, also where a resource has its name.
    """
    template = {
        "Resources": {
            "Channel": {"Type": "AWS::IVS::Channel"},
            "Key": {
                "Type": "AWS::IVS::StreamKey",
                "Properties": {"ChannelArn": {"Fn::GetAtt": ["Channel", "Arn"]}},
            },
        },
        **section,
    }
    assert [(found, at) for found, _, at in lint(template)] == [(rule, line)]


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("Properties.a.b.1.c", ["Resources", "R", "Properties", "a.b", 1, "c"]),
        ("Properties.list.9", ["Resources", "R", "Properties", "list"]),
        ("Nonsense", ["Resources", "R"]),
        (None, ["Resources", "R"]),
        ("Outputs.O.Value", ["Outputs", "O", "Value"]),
    ],
)
def test_paths_are_read_by_the_template(path, steps) -> None:
    """
    Keys may have dots, and what is not in the template is left out.
    """
    properties = {"a.b": [0, {"c": 1}], "list": [0]}
    template = {"Resources": {"R": {"Properties": properties}}, "Outputs": {"O": {"Value": 1}}}
    finding = _engine.Finding("t", RULES[0], "message", "R", path, None, None, None, None)
    assert cfn_lint._path(finding, template) == steps


def test_what_the_engine_says_is_an_error_once(lint, monkeypatch) -> None:
    """
    A template that the engine refuses is one error of cfn-lint, and not one of each rule.
    """

    class Broken:
        def check_content(self, content: bytes, template: str) -> None:
            raise _engine.EngineError("the engine failed: a test")

    monkeypatch.setattr(cfn_lint, "_engine", Broken)
    found = lint(MISTAKES)
    assert [(rule, "the engine failed: a test" in message) for rule, message, _ in found] == [
        ("E0002", True)
    ]


def test_needs_the_engine(monkeypatch) -> None:
    """
    Without the engine cfn-lint says how to install it, instead of finding nothing.
    """
    monkeypatch.setitem(sys.modules, "cloudformation_validate", None)
    monkeypatch.delitem(sys.modules, MODULE)
    with pytest.raises(UnexpectedRuleException, match=r"run 'pip install cdk-ivs\[rules\]'"):
        get_rules([MODULE], [], [])
    monkeypatch.undo()
    assert importlib.import_module(MODULE) is cfn_lint


def test_templates_that_are_not_files(tmp_path) -> None:
    """
    cfn-lint reads standard input, of which the rules see the content.
    """
    command = [
        sys.executable, "-c", "from cfnlint.runner import main; main()",
        "--append-rules", MODULE, "--ignore-checks", "W",
    ]  # fmt: skip
    ran = subprocess.run(
        command, input=MISTAKES, capture_output=True, text=True, check=False, cwd=Path(tmp_path)
    )
    assert TWO_KEYS in ran.stdout
