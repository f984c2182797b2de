"""
Deployments without the CLI, which takes three seconds for each.

It does what the CLI does: it uploads the assets, and then creates and executes a change set.
"""

from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.rehearsal.emulation import Cloud
from tests.support.arns import ACCOUNT, REGION

_PLACES = {"${AWS::AccountId}": ACCOUNT, "${AWS::Region}": REGION, "${AWS::Partition}": "aws"}
# How long a deployment may take.
SECONDS = 600
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


@dataclass
class Driver:
    """
    Deploys the stack of cloud assemblies.

    Attributes:
        cloud: The account.
        name: The name of the stack.
    """

    cloud: Cloud
    name: str
    _uploaded: set[tuple[str, str]] = field(default_factory=set)
    _count: int = 0

    @property
    def formation(self) -> Any:
        """The client of CloudFormation."""
        return self.cloud.client("cloudformation")

    def prepare(self, assembly: Path) -> list[dict[str, Any]]:
        """Create a change set, and return its changes. Without changes, it is deleted."""
        self._count += 1
        template = self._upload(assembly)
        exists = self.name in self.cloud.stacks()
        self.formation.create_change_set(
            StackName=self.name,
            ChangeSetName=self._change_set,
            ChangeSetType="UPDATE" if exists else "CREATE",
            TemplateURL=template,
            Capabilities=_CAPABILITIES,
        )
        found = self.formation.describe_change_set(
            StackName=self.name, ChangeSetName=self._change_set
        )
        if found["Status"] == "FAILED":
            reason = found["StatusReason"]
            assert "didn't contain changes" in reason or "No updates" in reason, reason
            self.formation.delete_change_set(StackName=self.name, ChangeSetName=self._change_set)
            return []
        return [each["ResourceChange"] for each in found["Changes"]]

    def execute(self) -> str:
        """Execute the change set that was prepared last, and return the status of the stack."""
        self.formation.execute_change_set(StackName=self.name, ChangeSetName=self._change_set)
        return self._ended("execute_change_set")

    def destroy(self) -> None:
        """Delete the stack."""
        self.formation.delete_stack(StackName=self.name)
        assert self.name not in self.cloud.stacks()

    def resources(self) -> dict[str, tuple[str, str]]:
        """The types and physical ids of the resources, by logical id."""
        found = self.formation.describe_stack_resources(StackName=self.name)["StackResources"]
        return {
            each["LogicalResourceId"]: (each["ResourceType"], each["PhysicalResourceId"])
            for each in found
        }

    def reasons(self) -> list[str]:
        """Why resources failed, the last first."""
        events = self.formation.describe_stack_events(StackName=self.name)["StackEvents"]
        return [
            f"{each['LogicalResourceId']}: {each.get('ResourceStatusReason')}"
            for each in events
            if each["ResourceStatus"].endswith("FAILED")
        ]

    @property
    def _change_set(self) -> str:
        return f"change-{self._count}"

    def _ended(self, what: str) -> str:
        end = time.monotonic() + SECONDS
        status = ""
        # The emulator answers after half a minute at the latest.
        while not status or ("IN_PROGRESS" in status and time.monotonic() < end):
            time.sleep(1 if status else 0)
            status = str(self.cloud.stack(self.name)["StackStatus"])
        assert "IN_PROGRESS" not in status, f"{what} takes too long: {status}"
        return status

    def _upload(self, assembly: Path) -> str:
        """Upload all assets that were not yet, and return the address of the template."""
        template = ""
        for manifest in assembly.glob("*.assets.json"):
            for asset in json.loads(manifest.read_text(encoding="utf-8"))["files"].values():
                for destination in asset["destinations"].values():
                    bucket = destination["bucketName"]
                    for placeholder, value in _PLACES.items():
                        bucket = bucket.replace(placeholder, value)
                    key = destination["objectKey"]
                    source = assembly / asset["source"]["path"]
                    if (bucket, key) not in self._uploaded:
                        body = _packed(source, asset["source"]["packaging"])
                        self.cloud.client("s3").put_object(Bucket=bucket, Key=key, Body=body)
                        self._uploaded.add((bucket, key))
                    if source.name == f"{self.name}.template.json":
                        endpoint = self.cloud.neighbors.endpoint
                        template = f"{endpoint}/{bucket}/{key}"
        return template


def _packed(source: Path, packaging: str) -> bytes:
    if packaging == "file":
        return source.read_bytes()
    if source.is_file():
        return source.read_bytes()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for file in sorted(source.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(source))
    return content.getvalue()
