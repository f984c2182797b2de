"""The processes that rehearsals start, which must neither hang nor outlive the tests."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.rehearsal import emulation
from tests.rehearsal.emulation import Cloud, free_port, started
from tests.rehearsal.service.ivs import AmazonIvs
from tests.rehearsal.service.neighbors import Neighbors
from tests.rehearsal.service.provisioning import Provisioning

pytestmark = pytest.mark.newest

NOWHERE = "http://127.0.0.1:9"


def test_a_command_that_hangs_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    A command of the CLI that takes too long is ended with its children, and its output and the end
    of the emulator's log are shown.
    """
    hanging = tmp_path / "hanging"
    # The child has the output open, too, so that reading it would wait.
    hanging.write_text("#!/bin/sh\necho half done\nsleep 600 & sleep 600\n", encoding="utf-8")
    hanging.chmod(0o755)
    monkeypatch.setattr(emulation, "CDK", hanging)
    monkeypatch.setattr(emulation, "CLI_SECONDS", 1)
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / emulation.LOG).write_text("what the emulator said", encoding="utf-8")
    neighbors = Neighbors(NOWHERE)
    ivs = AmazonIvs(neighbors)
    cloud = Cloud(ivs, home, neighbors, Provisioning(ivs), None)
    with pytest.raises(pytest.fail.Exception) as failure:
        cloud.destroy(tmp_path)
    assert str(failure.value) == (
        "cdk destroy has not ended in 1 seconds: half done\n\n"
        "The log of the emulator: what the emulator said"
    )


@pytest.mark.rehearsal
def test_emulator_listens_on_this_machine_only(account: Cloud) -> None:
    """
    The emulator answers at one address of the loopback network, and at no other of the machine.
    """
    port = int(account.neighbors.endpoint.rpartition(":")[2])
    socket.create_connection(("127.0.0.1", port), timeout=5).close()
    # With all addresses, this would be among them.
    with pytest.raises(OSError, match=r"refused|timed out|unreachable"):
        socket.create_connection(("127.0.0.2", port), timeout=5).close()


@pytest.mark.rehearsal
def test_emulator_ends_with_the_tests(tmp_path: Path) -> None:
    """
    The emulator ends when the process that started it is gone.
    """
    with started(free_port(), 9, tmp_path) as process:
        assert process.poll() is None
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=30)


@pytest.mark.rehearsal
def test_port_that_is_taken_is_noticed(account: Cloud, tmp_path: Path) -> None:
    """
    An emulator whose port another has taken fails at once, although the other answers.
    """
    port = int(account.neighbors.endpoint.rpartition(":")[2])
    with (
        pytest.raises(pytest.fail.Exception, match="the emulator has ended"),
        started(port, 9, tmp_path),
    ):
        pass
