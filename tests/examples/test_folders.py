"""What stands in the folders of the examples."""

from __future__ import annotations

import functools
import re
import tarfile
from pathlib import Path
from typing import Any

import aws_cdk
import pytest

from tests.examples.apps import EXAMPLES, NAMES, as_dict, readme_blocks

COMMANDS = {
    "  --aws-sigv4",
    "  --data",
    "  --header",
    "  --payload",
    "aws cloudwatch describe-alarms",
    "aws cloudwatch set-alarm-state",
    "aws cognito-idp admin-add-user-to-group",
    "aws cognito-idp admin-create-user",
    "aws cognito-idp admin-disable-user",
    "aws dynamodb query",
    "aws dynamodb scan",
    "aws ivs get-stream-key",
    "aws ivs insert-ad-break",
    "aws ivs-realtime create-participant-token",
    "aws ivs-realtime list-compositions",
    "aws ivschat create-chat-token",
    "aws lambda invoke",
    "aws logs tail",
    "aws s3 ls",
    "aws secretsmanager create-secret",
    "aws secretsmanager get-secret-value",
    "aws sqs receive-message",
    "aws stepfunctions describe-execution",
    "aws stepfunctions list-executions",
    "aws stepfunctions start-execution",
    "cdk context --reset",
    "cdk deploy",
    "cdk destroy",
    "cdk synth",
    "curl",
    "ffmpeg",
    "openssl ec",
    "openssl ecparam",
    "pip install",
    "python3 revoke.py",
    "python3 sign_token.py",
    "sed",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("file", ["README.md", "app.py", "cdk.json"])
def test_example_is_complete(name: str, file: str) -> None:
    """
    An example has an app, its settings for the CLI, and a text.
    """
    assert (EXAMPLES / name / file).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_example_is_listed(name: str) -> None:
    """
    The list of the examples links to each of them.
    """
    assert f"]({name})" in (EXAMPLES / "README.md").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_permissions_are_grants(name: str) -> None:
    """
    No app has an action of IVS in a statement of its own.
    """
    app = (EXAMPLES / name / "app.py").read_text()
    assert re.findall(r"[\"']ivs(?:chat)?:\w+", app) == []


@pytest.mark.parametrize("name", NAMES)
def test_cli_runs_the_app(name: str) -> None:
    """
    The CLI is told to run app.py with the Python of the virtual environment.
    """
    settings = as_dict((EXAMPLES / name / "cdk.json").read_text())
    assert settings["app"] == "python3 app.py"


@pytest.mark.newest
@pytest.mark.parametrize("name", NAMES)
def test_flags_are_those_of_a_new_project(name: str) -> None:
    """
    Of the CDK's modules that an example uses, it has the flags that ``cdk init`` would set.
    """
    app = (EXAMPLES / name / "app.py").read_text()
    modules = ["core", *re.findall(r"^from aws_cdk import (aws_\w+)", app, re.MULTILINE)]
    prefixes = tuple(f"@aws-cdk/{module.replace('_', '-')}:" for module in modules)
    assert as_dict((EXAMPLES / name / "cdk.json").read_text())["context"] == {
        flag: value for flag, value in _recommended().items() if flag.startswith(prefixes)
    }


@functools.cache
def _recommended() -> dict[str, Any]:
    """The flags that the newest aws-cdk-lib recommends, from the package itself."""
    (package,) = (Path(aws_cdk.__file__).parent / "_jsii").glob("aws-cdk-lib@*.jsii.tgz")
    with tarfile.open(package) as archive:
        file = archive.extractfile("package/recommended-feature-flags.json")
        assert file is not None
        return as_dict(file.read().decode())


@pytest.mark.parametrize("name", NAMES)
def test_readme_shows_known_commands(name: str) -> None:
    """
    A README says how to synthesize, deploy and destroy, and shows no command but reviewed ones.
    """
    lines = [line for block in readme_blocks(name, "sh") for line in block.splitlines()]
    assert [line for line in lines if not line.startswith(tuple(COMMANDS))] == []
    assert {"cdk synth", "cdk deploy", "cdk destroy"} <= set(lines)


def test_no_private_key_is_among_the_files() -> None:
    """
    No file in the folder of an example holds a private key.
    """
    files = [file for file in EXAMPLES.glob("*/*") if file.is_file()]
    assert [file for file in files if b"PRIVATE KEY-----" in file.read_bytes()] == []
