"""``python -m cdk_ivs.rules``."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cdk_ivs.rules import __main__, _engine
from cdk_ivs.rules.__main__ import main
from cdk_ivs.rules._catalog import RULES

TWO_KEYS = """\
Resources:
  Channel:
    Type: AWS::IVS::Channel
  KeyA:
    Type: AWS::IVS::StreamKey
    Properties:
      ChannelArn: !Ref Channel
  KeyB:
    Type: AWS::IVS::StreamKey
    Properties:
      ChannelArn: !GetAtt Channel.Arn
"""
INSECURE = """\
Resources:
  Channel:
    Type: AWS::IVS::Channel
    Properties:
      InsecureIngest: true
"""
CLEAN = "Resources:\n  Channel:\n    Type: AWS::IVS::Channel\n"
LOOP = b"Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Channels: 1\n"
SERVERLESS = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: index.handler
      Runtime: nodejs22.x
      Environment:
        Variables:
          KEY: !GetAtt Key.Value
  Channel:
    Type: AWS::IVS::Channel
  Key:
    Type: AWS::IVS::StreamKey
    Properties:
      ChannelArn: !Ref Channel
"""
MESSAGE = (
    "the channel of this stream key has another one, 'KeyA', and a channel can have only one: "
    "leave all but one out"
)


@pytest.fixture(scope="module")
def engine() -> _engine.Engine:
    """One engine for most tests: it takes a second to create."""
    return _engine.Engine()


@pytest.fixture
def new_engine(monkeypatch, shared_engine) -> None:
    """That the command creates its engine itself."""
    monkeypatch.setattr(__main__, "Engine", _engine.Engine)


@pytest.fixture(autouse=True)
def shared_engine(monkeypatch, engine) -> None:
    """That the command takes the engine of the tests."""
    monkeypatch.setattr(__main__, "Engine", lambda: engine)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str | bytes) -> str:
    """Write a file, of which the name is returned."""
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


class TestText:
    """The output for people."""

    def test_an_error(self, capsys) -> None:
        """
        An error is one line with its place, and the exit code is 1.
        """
        assert main([write("template.yaml", TWO_KEYS)]) == 1
        assert capsys.readouterr() == (
            f"template.yaml:11:7: error IVS-001 KeyB Properties.ChannelArn: {MESSAGE}\n",
            "",
        )

    def test_a_warning(self, capsys) -> None:
        """
        A warning is printed, and the exit code is 0.
        """
        assert main([write("template.yaml", INSECURE)]) == 0
        assert "template.yaml:5:7: warning IVS-005 Channel" in capsys.readouterr().out

    def test_a_warning_can_fail(self) -> None:
        """
        With --strict the exit code is 1 with warnings too.
        """
        assert main(["--strict", write("template.yaml", INSECURE)]) == 1

    def test_nothing(self, capsys) -> None:
        """
        Without a finding nothing is printed, and the exit code is 0.
        """
        assert main([write("template.yaml", CLEAN), "--strict"]) == 0
        assert capsys.readouterr() == ("", "")

    def test_several_templates(self, capsys) -> None:
        """
        All templates are checked, also after one that cannot be read, which makes the exit code 2.
        """
        templates = ["missing.yaml", write("a.yaml", TWO_KEYS), write("b.yaml", TWO_KEYS)]
        assert main(templates) == 2
        output = capsys.readouterr()
        assert [line.split(":")[0] for line in output.out.splitlines()] == ["a.yaml", "b.yaml"]
        assert output.err == "missing.yaml: the file cannot be read: No such file or directory\n"

    def test_what_is_ignored(self, capsys) -> None:
        """
        What a rule finds is left out with --ignore.
        """
        assert main([write("template.yaml", TWO_KEYS), "--ignore", "IVS-001"]) == 0
        assert capsys.readouterr().out == ""

    def test_json_templates(self, capsys) -> None:
        """
        A template in JSON is read as one in YAML.
        """
        template = {
            "Resources": {"A": {"Type": "AWS::IVS::Channel", "Properties": {"Authorized": True}}}
        }
        assert main([write("template.json", json.dumps(template))]) == 0
        assert "warning IVS-006 A Properties.Authorized" in capsys.readouterr().out

    def test_serverless_templates(self, capsys) -> None:
        """
        A template of the Serverless Application Model is checked as it is written.
        """
        assert main([write("template.yaml", SERVERLESS)]) == 0
        assert "warning IVS-046 Function" in capsys.readouterr().out

    def test_a_parameter(self, capsys) -> None:
        """
        A finding that is about no resource has its path alone.
        """
        key = "sk_us-west-2_" + "AbCdEf123456_secret"
        text = f"Parameters:\n  Key:\n    Type: String\n    Default: {key}\n{CLEAN}"
        assert main([write("template.yaml", text)]) == 0
        output = capsys.readouterr().out
        assert output.startswith("template.yaml: warning IVS-047 Parameters.Key.Default: ")
        assert key not in output


class TestJson:
    """The output for programs."""

    def test_a_finding(self, capsys) -> None:
        """
        A finding is an object with all that is known of it.
        """
        assert main([write("template.yaml", TWO_KEYS), "--format", "json"]) == 1
        assert json.loads(capsys.readouterr().out) == [
            {
                "template": "template.yaml",
                "id": "IVS-001",
                "severity": "error",
                "message": MESSAGE,
                "resource": "KeyB",
                "path": "Properties.ChannelArn",
                "line": 11,
                "column": 7,
                "source": "https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/"
                "service-quotas.html",
            }
        ]

    def test_nothing(self, capsys) -> None:
        """
        Without a finding the list is empty.
        """
        assert main([write("template.yaml", CLEAN), "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out) == []


class TestSarif:
    """The output for code scanning."""

    def test_a_finding(self, capsys, folder) -> None:
        """
        A result names its rule, its level and its place, and a file that was not read is noted.
        """
        absolute = str(folder / "missing.yaml")
        template = write("template.yaml", TWO_KEYS)
        assert main([template, absolute, "--format", "sarif"]) == 2
        log = json.loads(capsys.readouterr().out)
        assert log["version"] == "2.1.0"
        (run,) = log["runs"]
        assert run["results"] == [
            {
                "ruleId": "IVS-001",
                "ruleIndex": 0,
                "level": "error",
                "message": {"text": MESSAGE},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": "template.yaml"},
                            "region": {
                                "startLine": 11,
                                "startColumn": 7,
                                "endLine": 11,
                                "endColumn": 17,
                            },
                        },
                        "logicalLocations": [{"fullyQualifiedName": "KeyB.Properties.ChannelArn"}],
                    }
                ],
            }
        ]
        assert run["invocations"] == [
            {
                "executionSuccessful": False,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": "the file cannot be read: No such file or directory"},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": (folder / "missing.yaml").as_uri()}
                                }
                            }
                        ],
                    }
                ],
            }
        ]

    def test_the_rules(self, capsys) -> None:
        """
        All rules are described, with the page that they are from.
        """
        assert main([write("template.yaml", CLEAN), "--format", "sarif"]) == 0
        driver = json.loads(capsys.readouterr().out)["runs"][0]["tool"]["driver"]
        assert driver["name"] == "cdk-ivs"
        assert [rule["id"] for rule in driver["rules"]] == [rule.id for rule in RULES]
        assert driver["rules"][4] == {
            "id": "IVS-005",
            "shortDescription": {"text": "A channel does not accept insecure ingest"},
            "helpUri": "https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/"
            "API_CreateChannel.html",
            "defaultConfiguration": {"level": "warning"},
        }

    @pytest.mark.parametrize(
        ("name", "uri"),
        [
            ("my template.yaml", "my%20template.yaml"),
            ("a:b.yaml", "a%3Ab.yaml"),
            ("100%.yaml", "100%25.yaml"),
            ("K\u00e4nal.yaml", "K%C3%A4nal.yaml"),
        ],
    )
    def test_names_are_uris(self, capsys, name, uri) -> None:
        """
        A name has the characters escaped that a URI does not have, or has for something else.
        """
        assert main([write(name, INSECURE), "--format", "sarif"]) == 0
        (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"] == {"uri": uri}

    def test_what_is_about_no_place(self, capsys) -> None:
        """
        A finding without a line has no region, which SARIF would refuse.
        """
        key = "sk_us-west-2_" + "AbCdEf123456_secret"
        text = f"Parameters:\n  Key:\n    Type: String\n    Default: {key}\n{CLEAN}"
        main([write("template.yaml", text), "--format", "sarif"])
        (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
        assert result["locations"] == [
            {
                "physicalLocation": {"artifactLocation": {"uri": "template.yaml"}},
                "logicalLocations": [{"fullyQualifiedName": "Parameters.Key.Default"}],
            }
        ]


NO_TYPE = "this is not a CloudFormation template: no resource is a mapping with a Type"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Empty YAML document"),
        (b"hello", "Template root must be a YAML mapping"),
        (b"[1, 2]", "Template root must be a YAML mapping"),
        (b"Resources: [", "YAML parse error: while parsing a node, did not find expected node"),
        (b'{"Resources": {', "JSON parse error"),
        (b"\xff\xfe\x00", "Invalid UTF-8"),
        (b"{}", "this is not a CloudFormation template: it has no Resources"),
        (b"name: ci\non: push\n", "this is not a CloudFormation template: it has no Resources"),
        (b"Resources: {}\n", "Resources section must exist and be non-empty"),
        (b"Resources: [1, 2]\n", "Resources section must exist and be non-empty"),
        (b"Resources: {A: 1}\n", NO_TYPE),
        (b"Resources: {A: {Type: 1}, B: {Properties: {}}}\n", NO_TYPE),
        (b"Resources:\n", "Resources section must exist and be non-empty"),
        (LOOP, "Error transforming template: Fn::ForEach values must be a list of 3 elements"),
        (b"Resources:\n\tChannel: 1\n", "YAML parse error: tabs disallowed"),
        (b"Resources: {}\n---\nResources: {}\n", "expected a single document"),
        (bytes(range(128, 256)), "Invalid UTF-8"),
        (CLEAN.encode() + b"  Channel:\n    Type: AWS::IVS::Stage\n", "Duplicate key 'Channel'"),
        (CLEAN.encode() + b"#" * 1_000_000, "the file is larger than 1 MB"),
    ],
    ids=[
        "empty", "text", "list", "yaml", "json", "utf-16", "no resources", "workflow",
        "empty resources", "list of resources", "number",
        "no type", "null", "loop", "tab", "two documents", "binary",
        "duplicate", "large",
    ],
)  # fmt: skip
def test_what_is_no_template(content: bytes, message: str, capsys) -> None:
    """
    A file that cannot be checked has a message that says why, and the exit code 2.
    """
    assert main([write("template.yaml", content)]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(f"template.yaml: {message}")
    assert len(output.err.splitlines()) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + TWO_KEYS.encode(),
        TWO_KEYS.encode() + b"#" * (1_000_000 - len(TWO_KEYS)),
        TWO_KEYS.replace("\n", "\r\n").encode(),
    ],
    ids=["byte-order mark", "1 MB", "Windows"],
)
def test_what_is_a_template_all_the_same(content: bytes, capsys) -> None:
    """
    A template is checked that has a byte-order mark, the largest size, or other ends of lines.
    """
    assert main([write("template.yaml", content)]) == 1
    assert "KeyB" in capsys.readouterr().out


def test_a_folder(folder, capsys) -> None:
    """
    A folder is no template, and is not searched for some.
    """
    assert main([str(folder)]) == 2
    assert "the file cannot be read: Is a directory" in capsys.readouterr().err


def test_a_file_that_may_not_be_read(monkeypatch, capsys) -> None:
    """
    A file without permission has a message, also where the tests are run by root.
    """

    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    template = write("template.yaml", CLEAN)
    monkeypatch.setattr(_engine.Path, "open", refuse)
    assert main([template]) == 2
    assert capsys.readouterr().err == (
        "template.yaml: the file cannot be read: Permission denied\n"
    )


def test_no_file(capsys) -> None:
    """
    Without a template the usage is shown, and the exit code is 2.
    """
    with pytest.raises(SystemExit) as raised:
        main([])
    assert raised.value.code == 2
    assert "the following arguments are required: TEMPLATE" in capsys.readouterr().err


def test_the_help(capsys) -> None:
    """
    The help names the formats, and says what the exit codes mean.
    """
    with pytest.raises(SystemExit) as raised:
        main(["--help"])
    assert raised.value.code == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "the file of a CloudFormation or SAM template, in YAML or JSON" in text
    assert "text,json,sarif" in text
    assert (
        "The exit code is 0 if no error is found, 1 if an error is found, and 2 if a template "
        "cannot be checked."
    ) in text


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_names_that_are_not_text() -> None:
    """
    A name that is no UTF-8, and a stream that takes ASCII alone, are no traceback.
    """
    name = os.fsdecode(b"my \xff.yaml")
    write(name, "Resources:\n  K\u00e4nal:\n" + INSECURE.split("\n", 2)[2])
    ran = subprocess.run(
        [sys.executable, "-m", "cdk_ivs.rules", name, "missing \u00e4.yaml"],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert ran.stdout.startswith(b"my \\udcff.yaml:5:7: warning IVS-005 K\\xe4nal ")
    assert ran.stderr == b"missing \\xe4.yaml: the file cannot be read: No such file or directory\n"
    assert ran.returncode == 2


def test_a_stream_that_takes_all_text(monkeypatch) -> None:
    """
    The output can be text in memory, as of a program that calls the command.
    """
    printed = io.StringIO()
    monkeypatch.setattr(sys, "stdout", printed)
    assert main([write("template.yaml", INSECURE)]) == 0
    assert printed.getvalue().startswith("template.yaml:5:7: warning IVS-005 Channel")


def test_an_unknown_rule(capsys) -> None:
    """
    A misspelled id would ignore nothing, without a word.
    """
    with pytest.raises(SystemExit) as raised:
        main(["template.yaml", "--ignore", "IVS-1"])
    assert raised.value.code == 2
    assert "'IVS-1' is not a rule: use IVS-001 to IVS-0" in capsys.readouterr().err


def test_without_the_engine(new_engine, monkeypatch, capsys) -> None:
    """
    Where the engine is not installed, the message says how to install it.
    """
    monkeypatch.setitem(sys.modules, "cloudformation_validate", None)
    assert main([write("template.yaml", CLEAN)]) == 2
    assert capsys.readouterr().err == (
        "cdk_ivs.rules: the engine is not installed: run 'pip install cdk-ivs[rules]'\n"
    )


def test_a_pack_that_cannot_be_read(new_engine, monkeypatch, capsys) -> None:
    """
    An engine that does not take the rules is no reason to find nothing.
    """
    monkeypatch.setattr(_engine, "pack", lambda: "package broken {")
    assert main([write("template.yaml", CLEAN)]) == 2
    assert "the engine does not take the rules: " in capsys.readouterr().err


def test_a_pack_that_fails(new_engine, monkeypatch, capsys) -> None:
    """
    Rules that fail when they are run are no reason to find nothing.
    """
    failing = (
        "package failing\nimport rego.v1\n"
        'violation contains make_diag("X-1", "ERROR", no_such_function("a"), "a")\n'
    )
    monkeypatch.setattr(_engine, "pack", lambda: failing)
    assert main([write("template.yaml", CLEAN)]) == 2
    assert "template.yaml: the engine failed: " in capsys.readouterr().err


def test_needs_no_node(folder) -> None:
    """
    The command runs as a program, without Node and without the CDK.
    """
    template = write("template.yaml", TWO_KEYS)
    code = (
        "import runpy, sys\n"
        "sys.modules['jsii'] = sys.modules['aws_cdk'] = None\n"
        f"sys.argv = ['rules', {template!r}]\n"
        "runpy.run_module('cdk_ivs.rules', run_name='__main__')\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.startswith("template.yaml:11:7: error IVS-001 KeyB")


def test_a_reader_that_stops() -> None:
    """
    A program that reads no further is no error, and no traceback.
    """
    template = write("template.yaml", TWO_KEYS)
    command = [sys.executable, "-m", "cdk_ivs.rules", template]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 1
