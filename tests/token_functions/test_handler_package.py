"""The package as it is in the asset: on its own, and quick to start."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import pytest

import ivs_tokens
from cdk_ivs._token_functions import cdk_ivs_token_handler
from tests.ivs_tokens.parts import claims_of
from tests.ivs_tokens.verified import with_pyjwt
from tests.support.kms import Kms
from tests.token_functions.handler_parts import BY_FIELD, CHANNEL, PLAYBACK, VIEWERS

# The handler runs without aws-cdk-lib.
pytestmark = pytest.mark.once

FOLDER = Path(cdk_ivs_token_handler.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))
# What takes long to import, and is needed for no token that is given out again. Hashlib alone is
# for a token that KMS signs, and for a hashed identity.
HEAVY = {
    "argparse",
    "base64",
    "boto3",
    "botocore",
    "cdk_ivs",
    "cryptography",
    "dataclasses",
    "datetime",
    "hashlib",
    "inspect",
    "logging",
    "random",
    "traceback",
    "typing",
    "urllib",
    "uuid",
}


@pytest.fixture(scope="module")
def asset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two packages in a folder, as Lambda unpacks them."""
    folder = tmp_path_factory.mktemp("asset")
    for source in (FOLDER, Path(str(ivs_tokens.__file__)).parent):
        (folder / source.name).mkdir()
        for file in source.glob("*.py"):
            shutil.copy(file, folder / source.name)
    return folder


def run(asset: Path, code: str, *, boto: bool = False, **variables: str) -> Any:
    """What some code prints as JSON in a process that has the asset, and boto3 if it is to."""
    path = [str(asset)]
    if boto:
        # As in Lambda, it comes with the runtime.
        path.append(str(Path(boto3.__file__).parents[1]))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(path), **variables}
    # Without the site module, which may load modules for tools of the environment.
    command = [sys.executable, "-S", "-W", "error", "-c", code]
    printed = subprocess.check_output(command, cwd=asset, env=environment, text=True)
    return json.loads(printed.splitlines()[-1])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_only_the_standard_library_is_imported(file: Path) -> None:
    """
    A module imports the standard library, its neighbors and ivs_tokens; boto3 and botocore are
    imported where they are used.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inner = {
        id(node)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef)
        for node in ast.walk(outer)
    }
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [str(node.module)]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 1
        extra = {"boto3", "botocore"} if id(node) in inner else set()
        assert {name.partition(".")[0] for name in names} <= {
            *sys.stdlib_module_names,
            "ivs_tokens",
            *extra,
        }


def test_loads_nothing_heavy(asset: Path) -> None:
    """
    A cold start, a refusal and the reading of a claim load neither boto3 nor a slow module of
    Python: the import takes no longer than 20 ms that way.
    """
    loaded = run(
        asset,
        """
import json, sys
before = set(sys.modules)
from cdk_ivs_token_handler import handler
assert handler.handle({"requestContext": {}, "version": "2.0"})["statusCode"] == 405
print(json.dumps(sorted(set(sys.modules) - before)))
""",
        CDK_IVS_TOKENS=json.dumps(PLAYBACK),
    )
    assert HEAVY.isdisjoint(loaded)
    assert "ivs_tokens" in loaded


@pytest.mark.parametrize("optimized", ["", "1"])
def test_gives_out_a_token_on_its_own(asset: Path, kms: Kms, optimized: str) -> None:
    """
    With nothing but the asset and boto3, the entry that Lambda calls gives out a token that
    verifies, also where Python leaves out assertions.
    """
    content = {**PLAYBACK, "identity": BY_FIELD, "roles": VIEWERS}
    answer = run(
        asset,
        """
import importlib, json
module = importlib.import_module("cdk_ivs_token_handler.handler")
print(json.dumps(module.handle({"viewer_id": "jane"}, None)))
""",
        boto=True,
        CDK_IVS_TOKENS=json.dumps(content),
        PYTHONOPTIMIZE=optimized,
        AWS_ACCESS_KEY_ID="AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY="secret",
        AWS_ENDPOINT_URL_KMS=kms.url,
    )
    claims = with_pyjwt(answer["token"], kms.key.public_pem)
    assert claims == {
        "aws:channel-arn": CHANNEL,
        "aws:viewer-id": "jane",
        "exp": answer["expires_at"],
    }
    assert claims == claims_of(answer["token"])
    assert [action for action, _ in kms.calls] == ["Sign"]


def test_an_error_has_the_name_that_lambda_shows(asset: Path) -> None:
    """
    Lambda answers a direct caller with the name of the class and the text.
    """
    shown = run(
        asset,
        """
import json
from cdk_ivs_token_handler import handler
try:
    handler.handle({"role": "other"})
except Exception as error:
    print(json.dumps([type(error).__name__, str(error)]))
""",
        CDK_IVS_TOKENS=json.dumps(PLAYBACK),
    )
    assert shown == ["TokenRequestError", "403: 'role' must be 'viewer'"]


def test_lines_end_as_on_linux() -> None:
    """
    The files are of ASCII with line feeds, so that the asset is the same everywhere.
    """
    for file in FILES:
        content = file.read_bytes()
        assert b"\r" not in content
        assert content.isascii()
