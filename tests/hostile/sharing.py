"""What happens to a value after the call: it is given again, changed, or removed from the tree."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import json
import tempfile
from pathlib import Path
from typing import Any

from .bridge import watched_bridge
from .judge import Outcome, judge_error
from .odd_values import removed
from .rendering import render
from .site import Site
from .subjects import Subject, subjects
from .twins import difference

# A second call can be refused for its own reasons.
_FAULTS = {Outcome.RAW, Outcome.SHOWS_SECRET, Outcome.CROSSED, Outcome.TOO_LONG}


def siblings(subject: Subject) -> list[str]:
    """The other parameters of the same call that take the same type."""
    return [
        each.name
        for each in subjects()
        if (each.owner, each.function, each.annotation, each.form)
        == (subject.owner, subject.function, subject.annotation, "keyword")
        and each.name not in {subject.name, "id", "scope"}
        and subject.name not in {"id", "scope"}
    ]


def beside(case: Any, value: Any, *, copied: bool = False) -> dict[str, Any]:
    """The value, or copies of it, for the other parameters that are given it as well."""
    # A text is right for one parameter only.
    if not case.value.both or isinstance(value, str):
        return {}
    return {name: _copy(value) if copied else value for name in siblings(case.subject)}


def meant(case: Any, error: BaseException) -> Subject:
    """The parameter that an error is about: one of those that are given the value."""
    subject: Subject = case.subject
    names = siblings(subject) if case.value.both else []
    named = (name for name in names if str(error).startswith(f"'{name}'"))
    return subject._replace(name=next(named, subject.name))


def _copy(value: Any) -> Any:
    is_value = isinstance(value, list | dict) or dataclasses.is_dataclass(value)
    return copy.copy(value) if is_value else value


def fault_afterwards(
    site: Site, case: Any, prepared: Any, value: Any
) -> tuple[Outcome, str] | None:
    """
    What is wrong after the call that was accepted. None if nothing.

    A value that is given to a second call, or that changes, does not change what the first call
    created. A construct that was removed is refused, or is used as a reference.
    """
    if case.value.after is not None:
        case.value.after(value)
    # What refers to a construct that is removed later is not for the template of the batch.
    if case.value.gone:
        return _after_removal(case, prepared)
    if case.value.again:
        fault = _again(site, case, value)
        if fault is not None:
            return fault
    if case.value.again or case.value.after is not None or case.value.both:
        change = change_of_the_first(case, prepared)
        if change is not None:
            return Outcome.WRONGLY_ACCEPTED, f"what the first call created changed: {change}"
    return None


def _again(site: Site, case: Any, value: Any) -> tuple[Outcome, str] | None:
    """A second call with the same object, of another construct."""
    subject = case.subject
    function, arguments = subject.callable(site), subject.arguments(site)
    with watched_bridge():
        try:
            render(site, subject.call(function, arguments, value))
        except Exception as error:  # noqa: BLE001 - of any kind
            outcome, text = judge_error(subject, error, value)
            if outcome in _FAULTS:
                return outcome, f"in the second call: {text}"
    return None


def _after_removal(case: Any, prepared: Any) -> tuple[Outcome, str] | None:
    """The fault of a second call, after the value was removed from the tree."""
    site = Site()
    function, arguments, value = prepared(site, case)
    with watched_bridge(), contextlib.suppress(Exception):
        case.subject.call(function, arguments, value)
    site.enter(f"Case{case.number}Again")
    return _again(site, case, removed(site, value))


def change_of_the_first(case: Any, prepared: Any) -> str | None:
    """What differs in the resources of the first call. None if nothing."""
    alone, followed = (_resources(case, prepared, followed=each) for each in (False, True))
    if "error" in alone:
        # The run itself judges a call that cannot be synthesized.
        return None
    if case.value.both:
        return difference(alone, followed)
    kept = [name for name in alone if not _is_shared_policy(alone[name])]
    return difference(
        {name: alone[name] for name in kept},
        {name: followed.get(name) for name in kept} | _error(followed),
    )


def _is_shared_policy(resource: dict[str, Any]) -> bool:
    # The policy of a construct has the statements of all that the construct is given to.
    return str(resource["Type"]).endswith("Policy")


def _error(resources: dict[str, Any]) -> dict[str, Any]:
    return {"error": resources["error"]} if "error" in resources else {}


def _resources(case: Any, prepared: Any, *, followed: bool) -> dict[str, Any]:
    """The resources of an app with the call, and with what follows it."""
    with tempfile.TemporaryDirectory() as folder, watched_bridge():
        site = Site(f"{folder}/cdk.out")
        function, arguments, value = prepared(site, case)
        arguments |= beside(case, value, copied=not followed)
        try:
            render(site, case.subject.call(function, arguments, value))
        except Exception as error:  # noqa: BLE001 - of any kind
            return {"error": f"{type(error).__name__} {error}"}
        if followed and case.value.after is not None:
            case.value.after(value)
        if followed and case.value.again:
            with contextlib.suppress(Exception):
                function, arguments = case.subject.callable(site), case.subject.arguments(site)
                render(site, case.subject.call(function, arguments, value))
        try:
            directory = Path(site.app.synth().directory)
        except Exception as error:  # noqa: BLE001 - of any kind
            return {"error": f"{type(error).__name__} {error}"}
        template = json.loads((directory / "Stack.template.json").read_text())
        resources: dict[str, Any] = template["Resources"]
        return resources
