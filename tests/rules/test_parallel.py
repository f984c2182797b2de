"""Several templates at a time, in forks of the process."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from cdk_ivs.rules._catalog import BY_ID
from cdk_ivs.rules._engine import EngineError, Finding
from cdk_ivs.rules._parallel import check_all

TEMPLATES = [f"{number}.yaml" for number in range(50)]

forks = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no forks")


def _finding(template: str) -> Finding:
    return Finding(template, BY_ID["IVS-005"], "\ud800 is odd", "Channel", None, 1, 2, 3, 4)


class Fake:
    """An engine that finds one mistake in each template, or cannot read it."""

    def check(self, template: str) -> list[Finding]:
        """The findings."""
        if template.startswith("broken"):
            raise EngineError(template)
        return [_finding(template)]


class Noting(Fake):
    """An engine that counts the templates that it checks in the process of the test."""

    def __init__(self) -> None:
        self.checked = 0

    def check(self, template: str) -> list[Finding]:
        """The findings."""
        self.checked += 1
        return super().check(template)


@pytest.fixture(autouse=True)
def two_cores(monkeypatch) -> None:
    """Two cores, whatever the machine has."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.mark.parametrize("cores", [None, 1, 2, 64])
def test_results_are_in_the_order_of_the_templates(cores, monkeypatch) -> None:
    """
    Each template has its own result at its place, whatever the number of processes.
    """
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    results = check_all(Fake(), [*TEMPLATES, "broken.yaml"])
    assert results[:-1] == [[_finding(name)] for name in TEMPLATES]
    assert isinstance(results[-1], EngineError)
    assert str(results[-1]) == "broken.yaml"


def test_a_template_that_a_fork_cannot_read() -> None:
    """
    The reason is the same as that of this process.
    """
    _, result = check_all(Fake(), ["a", "broken.yaml"])
    assert isinstance(result, EngineError)
    assert str(result) == "broken.yaml"


@forks
@pytest.mark.parametrize(("cores", "checked"), [(1, 50), (2, 25), (4, 13), (64, 13)])
def test_the_templates_are_divided(cores, checked, monkeypatch) -> None:
    """
    Each process checks its share: one for each core, and at most four.
    """
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    engine = Noting()
    check_all(engine, TEMPLATES)
    assert engine.checked == checked


def test_a_system_without_forks(monkeypatch) -> None:
    """
    Without forks, as on Windows, this process checks all templates.
    """
    monkeypatch.delattr(os, "fork", raising=False)
    engine = Noting()
    assert check_all(engine, TEMPLATES) == [[_finding(name)] for name in TEMPLATES]
    assert engine.checked == 50


@forks
def test_a_system_without_room_for_a_fork(monkeypatch) -> None:
    """
    This process checks all templates, and leaves no pipe open.
    """

    def fork() -> int:
        raise BlockingIOError("there are too many processes")

    monkeypatch.setattr(os, "fork", fork)
    engine = Noting()
    open_before = _next_file()
    assert check_all(engine, ["a", "b"]) == [[_finding("a")], [_finding("b")]]
    assert engine.checked == 2
    assert _next_file() == open_before


@forks
def test_a_fork_that_is_stopped() -> None:
    """
    Its templates are checked by this process.
    """
    own = os.getpid()

    class Stopped(Noting):
        def check(self, template: str) -> list[Finding]:
            if os.getpid() != own:
                os.kill(os.getpid(), signal.SIGKILL)
            return super().check(template)

    engine = Stopped()
    assert check_all(engine, ["a", "b"]) == [[_finding("a")], [_finding("b")]]
    assert engine.checked == 2


@forks
def test_forks_end(monkeypatch) -> None:
    """
    No process and no pipe is left, and a fork does nothing but its templates.
    """
    fork, started = os.fork, []

    def noting_fork() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", noting_fork)
    open_before = _next_file()
    check_all(Fake(), TEMPLATES)
    assert _next_file() == open_before
    assert len(started) == 1
    # It is no child of this process anymore, which may have others.
    with pytest.raises(ChildProcessError):
        os.waitpid(started[0], os.WNOHANG)


def _next_file() -> int:
    """The number that the next file gets."""
    reader, writer = os.pipe()
    os.close(reader)
    os.close(writer)
    return reader


@forks
def test_more_results_than_a_pipe_holds() -> None:
    """
    A fork waits until its results are read.
    """
    long = "x" * 10_000

    class Long(Fake):
        def check(self, template: str) -> list[Finding]:
            return [_finding(template)._replace(message=long)] * 10

    results = check_all(Long(), TEMPLATES)
    assert [[found.message for found in result] for result in results] == [[long] * 10] * 50


@forks
def test_two_templates_are_checked_at_a_time() -> None:
    """
    The check of a template starts before that of another one ends.
    """
    to_this, from_fork = os.pipe()
    to_fork, from_this = os.pipe()
    own = os.getpid()

    class Waiting(Fake):
        def check(self, template: str) -> list[Finding]:
            os.write(from_this if os.getpid() == own else from_fork, b"1")
            os.read(to_this if os.getpid() == own else to_fork, 1)
            return super().check(template)

    assert check_all(Waiting(), ["a", "b"]) == [[_finding("a")], [_finding("b")]]
    for file in (to_this, from_fork, to_fork, from_this):
        os.close(file)


def test_a_template_that_is_given_twice_has_two_results() -> None:
    """
    The results are of places, not of names.
    """
    assert check_all(Fake(), ["a", "a"]) == [[_finding("a")], [_finding("a")]]


@pytest.mark.parametrize("templates", [["a"], ["a", "b"], ["b", "a"]])
def test_a_fault_of_the_engine_is_raised(templates, capfd) -> None:
    """
    An error that the engine does not know ends the check, in whichever process it happens.
    """

    class Faulty(Fake):
        def check(self, template: str) -> list[Finding]:
            if template == "a":
                raise RuntimeError(template)
            return super().check(template)

    with pytest.raises(RuntimeError, match=r"^a$"):
        check_all(Faulty(), templates)
    # A fork leaves the message to this process.
    assert capfd.readouterr() == ("", "")
