"""CloudFormation and its neighbors on this machine, and the CDK CLI that deploys to them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.examples.apps import ROOT, clean_environment
from tests.rehearsal.service.ivs import AmazonIvs
from tests.rehearsal.service.neighbors import Neighbors
from tests.rehearsal.service.provisioning import (
    PLAYBACK_CONFIGURATION,
    TYPES,
    Provisioning,
    create_only,
    deletes_first,
)
from tests.support.arns import ACCOUNT, REGION
from tests.support.service import request_of, serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CDK = ROOT / "node_modules" / ".bin" / "cdk"
PYTHON = Path(os.environ.get("REHEARSAL_VENV", ROOT / ".venv-rehearsal")) / "bin" / "python"
EMULATOR = Path(__file__).parent / "emulator" / "main.py"
START_SECONDS = 60
QUIET = ["--no-color", "--no-notices", "--no-path-metadata", "--no-version-reporting"]


@dataclass(frozen=True)
class Outcome:
    """
    What a command of the CLI ended with.

    Attributes:
        succeeded: Whether it succeeded.
        text: What it printed.
    """

    succeeded: bool
    text: str


@dataclass(frozen=True)
class Cloud:
    """
    An account of AWS, as far as the emulator has it.

    Attributes:
        ivs: Amazon IVS in it.
        home: The home folder of the CLI.
        neighbors: The other services in it.
        provisioning: The resource types of CloudFormation in it.
    """

    ivs: AmazonIvs
    home: Path
    neighbors: Neighbors
    provisioning: Provisioning

    def client(self, service: str) -> Any:
        """A client of a service of AWS."""
        return self.neighbors.client(service)

    def clear(self) -> None:
        """Delete the stacks that are left, and forget what Amazon IVS has and was asked."""
        self.ivs.live.clear()
        self.ivs.rates.clear()
        self.ivs.relent()
        self.provisioning.refused.clear()
        for name in self.stacks():
            self.client("cloudformation").delete_stack(StackName=name)
        self.ivs.reset()
        self.neighbors.edited.clear()

    def deploy(self, assembly: Path, *arguments: str) -> Outcome:
        """Deploy the stacks of a cloud assembly."""
        return self._cdk("deploy", "--all", "--require-approval=never", *_app(assembly), *arguments)

    def destroy(self, assembly: Path) -> Outcome:
        """Destroy the stacks of a cloud assembly."""
        return self._cdk("destroy", "--all", "--force", *_app(assembly))

    def bootstrap(self) -> Outcome:
        """Create what the CLI needs in an account."""
        return self._cdk("bootstrap", f"aws://{ACCOUNT}/{REGION}")

    def stack(self, name: str) -> dict[str, Any]:
        """What CloudFormation says about a stack."""
        (stack,) = self.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
        return dict(stack)

    def stacks(self) -> list[str]:
        """The names of the stacks that exist, without the CLI's own."""
        stacks = self.client("cloudformation").describe_stacks()["Stacks"]
        return [each["StackName"] for each in stacks if each["StackName"] != "CDKToolkit"]

    def outputs(self, name: str) -> dict[str, str]:
        """The outputs of a stack."""
        outputs = self.stack(name).get("Outputs", [])
        return {output["OutputKey"]: output["OutputValue"] for output in outputs}

    def _cdk(self, *arguments: str) -> Outcome:
        done = subprocess.run(
            [CDK, *arguments, *QUIET],
            cwd=self.home,
            env=_environment(self.neighbors.endpoint, self.home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return Outcome(done.returncode == 0, done.stdout)


@contextlib.contextmanager
def emulated(folder: Path, *, untouched: bool = False) -> Iterator[Cloud]:
    """
    An account that the CLI has bootstrapped, with its files in a folder.

    Args:
        folder: The folder.
        untouched: Whether the emulator is as it was released: without the workarounds, and without
            the types of Amazon IVS. The CLI has bootstrapped nothing in it then.
    """
    if not PYTHON.exists():
        pytest.fail(f"there is no {PYTHON}: run 'make rehearse'", pytrace=False)
    port = _free_port()
    neighbors = Neighbors(f"http://127.0.0.1:{port}")
    ivs = AmazonIvs(neighbors)
    provisioning = Provisioning(ivs)

    def answer(path: str, body: bytes, headers: Mapping[str, str]) -> object:
        action, request = request_of(path, body)
        if action == "provision":
            return provisioning.answer(request)
        # Functions have the ARN of their role there.
        return ivs.answer(action, request, role=headers.get("X-Amz-Security-Token", ""))

    with (
        serve(answer) as service_port,
        (folder / "emulator.log").open("w") as log,
        subprocess.Popen(
            [PYTHON, *(["-m", "ministack"] if untouched else [EMULATOR])],
            env=_emulator_environment(port, service_port, folder),
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _wait_for(f"{neighbors.endpoint}/_ministack/health", folder / "emulator.log")
            home = folder / "home"
            home.mkdir()
            cloud = Cloud(ivs, home, neighbors, provisioning)
            if not untouched:
                outcome = cloud.bootstrap()
                assert outcome.succeeded, outcome.text
            yield cloud
        finally:
            process.kill()


def _emulator_environment(port: int, service_port: int, folder: Path) -> dict[str, str]:
    service = f"http://127.0.0.1:{service_port}"
    types = {
        resource_type: [] if deletes_first(resource_type) else create_only(resource_type)
        for resource_type in [*TYPES, PLAYBACK_CONFIGURATION]
    }
    variables = {
        "AWS_ENDPOINT_URL_IVS": service,
        "AWS_ENDPOINT_URL_IVSCHAT": service,
        "AWS_ENDPOINT_URL_IVS_REALTIME": service,
        # Its own default binds to all addresses.
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "LOG_LEVEL": "WARNING",
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        # The framework of the CDK takes clients from there, as from Lambda's runtime.
        "NODE_PATH": str(ROOT / "node_modules"),
        "REHEARSAL_SERVICE": service,
        "REHEARSAL_TYPES": json.dumps(types),
        "TMPDIR": str(folder),
    }
    environment = {**os.environ, **variables}
    # The functions run with the Python of the emulator.
    environment["PATH"] = os.pathsep.join([str(PYTHON.parent), os.environ["PATH"]])
    environment.pop("PYTHONPATH", None)
    return environment


def _environment(endpoint: str, home: Path) -> dict[str, str]:
    return clean_environment(
        # The emulator takes a key of twelve digits as the account.
        AWS_ACCESS_KEY_ID=ACCOUNT,
        AWS_SECRET_ACCESS_KEY="testing",
        AWS_ENDPOINT_URL=endpoint,
        AWS_ENDPOINT_URL_S3=endpoint,
        AWS_REGION=REGION,
        CDK_DEFAULT_ACCOUNT=ACCOUNT,
        CDK_DEFAULT_REGION=REGION,
        CDK_DISABLE_CLI_TELEMETRY="true",
        CDK_DISABLE_VERSION_CHECK="1",
        CI="1",
        # The CLI keeps the account of the credentials there.
        HOME=str(home),
    )


def _app(assembly: Path) -> list[str]:
    # The CLI writes into the folder of an app that it does not run itself.
    return ["--app", str(assembly)]


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(address: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(address):
            return
        time.sleep(0.1)
    pytest.fail(f"the emulator does not answer: {log.read_text()}", pytrace=False)


def copy_of(example: Path, folder: Path) -> Path:
    """A copy of an example, to change it."""
    return shutil.copytree(example, folder, ignore=shutil.ignore_patterns("cdk.out"))
