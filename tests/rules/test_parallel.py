"""Several templates at a time."""

from __future__ import annotations

import os
import threading

import pytest

from cdk_ivs.rules._engine import EngineError
from cdk_ivs.rules._parallel import check_all

TEMPLATES = [f"{number}.yaml" for number in range(50)]


class Fake:
    """An engine that finds the name of the template, or cannot read it."""

    def check(self, template: str) -> list[str]:
        """The findings."""
        if template.startswith("broken"):
            raise EngineError(template)
        return [template]


@pytest.mark.parametrize("cores", [None, 1, 2, 64])
def test_results_are_in_the_order_of_the_templates(cores, monkeypatch) -> None:
    """
    Each template has its own result at its place, whatever the number of threads.
    """
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    results = check_all(Fake(), [*TEMPLATES, "broken.yaml"])
    assert results[:-1] == [[name] for name in TEMPLATES]
    assert isinstance(results[-1], EngineError)
    assert str(results[-1]) == "broken.yaml"


def test_a_single_template_that_cannot_be_checked() -> None:
    """
    A single template needs no threads, and has the same result.
    """
    (result,) = check_all(Fake(), ["broken.yaml"])
    assert isinstance(result, EngineError)


def test_two_templates_are_checked_at_a_time(monkeypatch) -> None:
    """
    The check of a template starts before that of another one ends.
    """
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    both = threading.Barrier(2, timeout=30)

    class Waiting(Fake):
        def check(self, template: str) -> list[str]:
            both.wait()
            return super().check(template)

    assert check_all(Waiting(), ["a", "b"]) == [["a"], ["b"]]


def test_a_template_that_is_given_twice_has_two_results() -> None:
    """
    The results are of places, not of names.
    """
    assert check_all(Fake(), ["a", "a"]) == [["a"], ["a"]]


@pytest.mark.parametrize("templates", [["a"], ["a", "b"]])
def test_a_fault_of_the_engine_is_raised(templates) -> None:
    """
    An error that the engine does not know ends the check, in whichever thread it happens.
    """

    class Faulty(Fake):
        def check(self, template: str) -> list[str]:
            raise RuntimeError(template)

    with pytest.raises(RuntimeError, match=r"^a$"):
        check_all(Faulty(), templates)
