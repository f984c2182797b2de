"""The function of the custom resources, as it is in a cloud assembly."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Stack

import cdk_ivs as ivs
from cdk_ivs._services.custom_resource.cdk_ivs_handler import errors, handler
from cdk_ivs._services.custom_resource.construct import MODULES
from tests.examples.apps import unmeasured_environment
from tests.support.oracles import resources_of

PACKAGE = Path(ivs.__file__).parent
HANDLER = Path(handler.__file__).parent
SCRIPT = """
import json, sys
from aws_cdk import App, Stack
import cdk_ivs as ivs
stack = Stack(App(outdir=sys.argv[1], analytics_reporting=False), "Stack")
_ = ivs.Channel(stack, "Channel").srt_endpoint
resources = App.of(stack).synth().get_stack_by_name("Stack").template["Resources"]
print(ivs.__file__)
print(next(
    resource["Properties"]["Code"]["S3Key"]
    for resource in resources.values()
    if resource["Properties"].get("Handler") == "cdk_ivs_handler.handler.handler"
))
"""


def sources_in(folder: Path) -> dict[str, str]:
    """The sources in a folder, by their path in it."""
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*.py")
    }


@pytest.fixture
def function(stack: Stack) -> dict[str, Any]:
    """The properties of the function."""
    assert ivs.Channel(stack, "Channel").srt_endpoint
    (found,) = (
        resource["Properties"]
        for resource in resources_of(stack, "AWS::Lambda::Function").values()
        if resource["Properties"]["Handler"] == "cdk_ivs_handler.handler.handler"
    )
    return found


class TestFunction:
    def test_is_called_by_its_name_with_time_to_retry(self, function: dict[str, Any]) -> None:
        """
        Lambda calls ``handler`` of ``cdk_ivs_handler/handler.py``, which has 14 minutes: the
        longest retries take 10, and the provider framework waits for 15.
        """
        assert function["Handler"] == "cdk_ivs_handler.handler.handler"
        assert function["Runtime"] == "python3.14"
        assert function["Timeout"] == 14 * 60
        assert (
            max(each.seconds for each in errors.RESPONSES.values())
            < function["Timeout"] - handler.ANSWER_SECONDS
        )

    def test_needs_what_lambda_has(self) -> None:
        """
        It imports Python's own modules, boto3, botocore and its own modules only.
        """
        modules, own = set(), set()
        for file in HANDLER.glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.level:
                    assert node.level == 1
                    own.add(node.module)
                elif isinstance(node, ast.ImportFrom):
                    modules.add(str(node.module).partition(".")[0])
        assert "boto3" in modules
        assert modules - sys.stdlib_module_names <= {"boto3", "botocore"}
        assert {"api", "settings"} <= own <= set(MODULES)


class TestAsset:
    def test_is_the_one_package(self, function: dict[str, Any], app: App) -> None:
        """
        The asset has the sources of the handler, each of them, and nothing else.
        """
        folder = Path(app.outdir, f"asset.{function['Code']['S3Key'].removesuffix('.zip')}")
        assert sources_in(folder) == {
            f"cdk_ivs_handler/{name}": text for name, text in sources_in(HANDLER).items()
        }
        assert {path.parent.name for path in folder.rglob("*.py")} == {"cdk_ivs_handler"}

    def test_runs_where_nothing_else_is(
        self, function: dict[str, Any], app: App, tmp_path: Path
    ) -> None:
        """
        Python finds what Lambda calls in the asset, and needs nothing of this library for it.
        """
        folder = Path(app.outdir, f"asset.{function['Code']['S3Key'].removesuffix('.zip')}")
        module, _, name = function["Handler"].rpartition(".")
        code = f"import {module}, sys; {module}.{name}; print('cdk_ivs' in sys.modules)"
        printed = subprocess.check_output(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            encoding="utf-8",
        )
        assert printed == "False\n"

    def test_is_the_same_beside_other_files(self, function: dict[str, Any], tmp_path: Path) -> None:
        """
        Compiled files and others that lie in the installed package change no hash.
        """
        copy = tmp_path / "installed" / "cdk_ivs"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        folder = copy / "_services" / "custom_resource" / "cdk_ivs_handler"
        (folder / "__pycache__").mkdir()
        (folder / "__pycache__" / "handler.cpython-399.pyc").write_bytes(b"junk")
        (folder / "handler.py.orig").write_text("junk")
        (folder / "junk.py").write_text("junk")
        environment = unmeasured_environment()
        environment["PYTHONPATH"] = os.pathsep.join([str(copy.parent), environment["PYTHONPATH"]])
        process = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(tmp_path / "other.out")],
            env=environment,
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        loaded, key = process.stdout.split()
        assert Path(loaded).parent == copy
        assert key == function["Code"]["S3Key"]

    @pytest.mark.usefixtures("function")
    def test_leaves_no_path_of_this_machine(self, app: App, stack: Stack) -> None:
        """
        Neither the manifests nor the template nor the tree name a folder of this machine.
        """
        folders = {str(PACKAGE), str(Path.home()), "/tmp/", str(Path(app.outdir).parent)}  # noqa: S108 - what must not be there
        for file in Path(app.outdir).glob("*.json"):
            text = file.read_text(encoding="utf-8")
            assert [folder for folder in folders if folder in text] == [], file.name
        assert Path(app.outdir, stack.template_file).exists()
