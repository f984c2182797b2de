"""What was deployed of an app: the assets and the variables of the template, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from cdk_ivs._services.custom_resource.cdk_ivs_handler import handler as custom_resource
from tests.support.resolving import value_of

# What Lambda has beside Python, by the names of the modules.
IN_LAMBDA = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3")
ENDPOINTS = "AWS_ENDPOINT_URL_"
# What Lambda does: it imports the handler, and calls it with an event.
BOOTSTRAP = """
import importlib, importlib.util, json, os, sys
for name in ("aws_cdk", "cdk_ivs", "cryptography", "jsii"):
    assert importlib.util.find_spec(name) is None, name
module, _, function = os.environ["_HANDLER"].rpartition(".")
handle = getattr(importlib.import_module(module), function)
for event in json.load(sys.stdin):
    print("ANSWER", json.dumps(handle(event, None)))
"""


class Deployment:
    """
    A stack that was deployed.

    Args:
        directory: The cloud assembly.
        name: The name of the stack.
        attributes: What its resources came to be.
        folder: A folder for what Lambda has, which does not exist yet or is empty.

    Attributes:
        template: The template.
        attributes: What its resources came to be.
        log: What the functions have printed.
    """

    def __init__(
        self, directory: Path, name: str, attributes: Mapping[str, str], folder: Path
    ) -> None:
        self._directory = directory
        self._name = name
        self.template = self._read(f"{name}.template.json")
        self.attributes = attributes
        self.log = ""
        self._folder = folder

    def _read(self, name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self._directory / name).read_text())
        return content

    @cached_property
    def _runtime(self) -> Path:
        """A folder with what Lambda has beside Python."""
        runtime = self._folder / "runtime"
        runtime.mkdir(parents=True)
        for name in IN_LAMBDA:
            spec = find_spec(name)
            assert spec is not None
            origin = Path(str(spec.origin))
            source = origin.parent if origin.name == "__init__.py" else origin
            (runtime / source.name).symlink_to(source)
        return runtime

    def _unpacked(self, s3_key: str) -> Path:
        """The asset of a key in S3: packed as by the CDK's CLI, unpacked as by Lambda."""
        target = self._folder / s3_key
        if not target.exists():
            files = self._read(f"{self._name}.assets.json")["files"]
            source = self._directory / files[s3_key.removesuffix(".zip")]["source"]["path"]
            archive = shutil.make_archive(str(self._folder / "packed"), "zip", source)
            with zipfile.ZipFile(archive) as packed:
                packed.extractall(target)
        return target

    def invoke(self, logical_id: str, *events: object) -> list[dict[str, Any]]:
        """The answers of one container of a function."""
        properties = self.template["Resources"][logical_id]["Properties"]
        variables = value_of(properties["Environment"]["Variables"], self.attributes)
        asset = self._unpacked(properties["Code"]["S3Key"])
        environment = {
            "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join([str(asset), str(self._runtime)]),
            "_HANDLER": properties["Handler"],
            **variables,
            **{name: url for name, url in os.environ.items() if name.startswith(ENDPOINTS)},
        }
        printed = subprocess.check_output(
            # Without the site module, no packages of this environment.
            [sys.executable, "-S", "-B", "-c", BOOTSTRAP],
            cwd=asset,
            env=environment,
            input=json.dumps(events),
            text=True,
        )
        lines = printed.splitlines()
        answers = [line for line in lines if line.startswith("ANSWER ")]
        self.log += "\n".join(line for line in lines if line not in answers)
        return [json.loads(line.removeprefix("ANSWER ")) for line in answers]

    def public_key(self) -> str:
        """The public key that the custom resource of the template answers, and that IVS imports."""
        resources = self.template["Resources"]
        (properties,) = (
            resource["Properties"]
            for resource in resources.values()
            if resource["Type"] == "Custom::IVSSigningKeyPem"
        )
        given = {name: properties[name] for name in ("Operation", "ResourceArn")}
        answer: Any = custom_resource.handler(
            {
                "LogicalResourceId": "PublicKeyPem",
                "RequestId": "1",
                "RequestType": "Create",
                "ResourceProperties": value_of(given, self.attributes),
                "StackId": "arn:aws:cloudformation:us-west-2:123456789012:stack/Stack/1",
            },
            SimpleNamespace(get_remaining_time_in_millis=lambda: 840_000),
        )
        pem: str = answer["Data"]["PublicKeyPem"]
        return pem
