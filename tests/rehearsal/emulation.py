"""CloudFormation and its neighbors on this machine, and the CDK CLI that deploys to them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
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
    OF_OTHERS,
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
LOG = "emulator.log"
EMULATOR = Path(__file__).parent / "emulator" / "main.py"
START_SECONDS = 120
CLI_SECONDS = 300
# How much of the emulator's log is shown, in characters.
LOG_TAIL = 5_000
# A proxy of the developer has nothing of what is on this machine.
NO_PROXY = dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost")
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
        process: The process of the emulator, if one was started.
    """

    ivs: AmazonIvs
    home: Path
    neighbors: Neighbors
    provisioning: Provisioning
    process: subprocess.Popen[bytes] | None

    def client(self, service: str) -> Any:
        """A client of a service of AWS."""
        return self.neighbors.client(service)

    def clear(self) -> None:
        """Delete the stacks that are left, and forget what Amazon IVS has and was asked."""
        self.ivs.interruption = None
        self.ivs.live.clear()
        self.ivs.rates.clear()
        self.ivs.relent()
        self.provisioning.refused.clear()
        for name in self.stacks():
            self.client("cloudformation").delete_stack(StackName=name)
        self.ivs.reset()
        self.neighbors.edited.clear()
        self.provisioning.playback_configurations.clear()
        self.provisioning.kms.keys.clear()
        self.provisioning.others.rotations.clear()
        assert self.stacks() == []

    def deploy(self, assembly: Path, *arguments: str) -> Outcome:
        """Deploy the stacks of a cloud assembly."""
        return self.run("deploy", "--all", "--require-approval=never", *_app(assembly), *arguments)

    def destroy(self, assembly: Path) -> Outcome:
        """Destroy the stacks of a cloud assembly."""
        return self.run("destroy", "--all", "--force", *_app(assembly))

    def bootstrap(self) -> Outcome:
        """Create what the CLI needs in an account."""
        return self.run("bootstrap", f"aws://{ACCOUNT}/{REGION}")

    def stack(self, name: str) -> dict[str, Any]:
        """What CloudFormation says about a stack."""
        (stack,) = self.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
        return dict(stack)

    def everything(self) -> dict[str, Any]:
        """The state of all services that the emulator has used."""
        file = self.home.parent / "state.json"
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(f"{file}\n".encode())
        self.process.stdin.flush()
        end = time.monotonic() + START_SECONDS
        while not file.exists():
            assert time.monotonic() < end, _tail(self.home.parent / LOG)
            time.sleep(0.01)
        state: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        file.unlink()
        return state

    def stacks(self) -> list[str]:
        """The names of the stacks that exist, without the CLI's own."""
        stacks = self.client("cloudformation").describe_stacks()["Stacks"]
        return [each["StackName"] for each in stacks if each["StackName"] != "CDKToolkit"]

    def outputs(self, name: str) -> dict[str, str]:
        """The outputs of a stack."""
        outputs = self.stack(name).get("Outputs", [])
        return {output["OutputKey"]: output["OutputValue"] for output in outputs}

    def run(self, *arguments: str) -> Outcome:
        """Run a command of the CLI."""
        with subprocess.Popen(
            [CDK, *arguments, *QUIET],
            cwd=self.home,
            env=_environment(self.neighbors.endpoint, self.home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            # A group, to end it with its children.
            start_new_session=True,
        ) as process:
            try:
                text, _ = process.communicate(timeout=CLI_SECONDS)
            except subprocess.TimeoutExpired:
                _kill(process)
                text, _ = process.communicate()
                log = _tail(self.home.parent / LOG)
                pytest.fail(
                    f"cdk {arguments[0]} has not ended in {CLI_SECONDS} seconds: {text}\n"
                    f"The log of the emulator: {log}",
                    pytrace=False,
                )
            except BaseException:
                _kill(process)
                raise
        return Outcome(process.returncode == 0, text)


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
    port = free_port()
    neighbors = Neighbors(f"http://127.0.0.1:{port}")
    ivs = AmazonIvs(neighbors)
    provisioning = Provisioning(ivs)

    def answer(path: str, body: bytes, headers: Mapping[str, str]) -> object:
        # Functions have the ARN of their role there.
        role = headers.get("X-Amz-Security-Token", "")
        if "X-Amz-Target" in headers:
            neighbors.check_key(role, headers["X-Amz-Target"], json.loads(body))
            return provisioning.kms.answer(path, body, headers)
        action, request = request_of(path, body)
        if action == "provision":
            return provisioning.answer(request)
        return ivs.answer(action, request, role=role)

    with (
        serve(answer) as service_port,
        started(port, service_port, folder, untouched=untouched) as process,
    ):
        home = folder / "home"
        home.mkdir()
        cloud = Cloud(ivs, home, neighbors, provisioning, process)
        if not untouched:
            outcome = cloud.bootstrap()
            assert outcome.succeeded, outcome.text
        yield cloud


@contextlib.contextmanager
def started(
    port: int, service_port: int, folder: Path, *, untouched: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    """The process of an emulator that answers."""
    log = folder / LOG
    with (
        log.open("w") as file,
        subprocess.Popen(
            [PYTHON, EMULATOR],
            env=_emulator_environment(port, service_port, folder, untouched=untouched),
            # Commands. It ends when this is closed, and so with the tests, however they end.
            stdin=subprocess.PIPE,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}/_ministack/health", process, log)
            yield process
        finally:
            _kill(process)


def _kill(process: subprocess.Popen[Any]) -> None:
    """Kill a process that has a session of its own, and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _emulator_environment(
    port: int, service_port: int, folder: Path, *, untouched: bool
) -> dict[str, str]:
    service = f"http://127.0.0.1:{service_port}"
    types = {
        resource_type: [] if deletes_first(resource_type) else create_only(resource_type)
        for resource_type in [*TYPES, *OF_OTHERS]
    }
    variables = {
        **NO_PROXY,
        "AWS_ENDPOINT_URL_IVS": service,
        "AWS_ENDPOINT_URL_IVSCHAT": service,
        "AWS_ENDPOINT_URL_IVS_REALTIME": service,
        "AWS_ENDPOINT_URL_KMS": service,
        # Its own default binds to all addresses.
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "HOME": str(folder),
        "LOG_LEVEL": "WARNING",
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        # The framework of the CDK takes clients from there, as from Lambda's runtime.
        "NODE_PATH": str(ROOT / "node_modules"),
        "REHEARSAL_SERVICE": service,
        "REHEARSAL_TYPES": json.dumps(types),
        "REHEARSAL_UNTOUCHED": "1" if untouched else "",
        "TMPDIR": str(folder),
    }
    environment = clean_environment(**variables)
    # The functions run with the Python of the emulator.
    environment["PATH"] = os.pathsep.join([str(PYTHON.parent), os.environ["PATH"]])
    del environment["PYTHONPATH"]
    return environment


def _environment(endpoint: str, home: Path) -> dict[str, str]:
    return clean_environment(
        **NO_PROXY,
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


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + START_SECONDS
    answered = False
    while not answered and process.poll() is None and time.monotonic() < end:
        time.sleep(0.1)
        # It writes this when nothing else listens on the port, which could answer instead.
        if any(log.parent.glob("ministack-*.pid")):
            with contextlib.suppress(OSError), opener.open(address, timeout=5):
                answered = True
    # Another may have been faster.
    if process.poll() is not None:
        pytest.fail(f"the emulator has ended: {_tail(log)}", pytrace=False)
    if not answered:
        pytest.fail(f"the emulator does not answer: {_tail(log)}", pytrace=False)


def _tail(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-LOG_TAIL:] if log.exists() else ""


def copy_of(example: Path, folder: Path) -> Path:
    """A copy of an example, to change it."""
    return shutil.copytree(example, folder, ignore=shutil.ignore_patterns("cdk.out"))
