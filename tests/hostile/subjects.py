"""What is called: every parameter of everything public, found by reflection."""

from __future__ import annotations

import enum
import functools
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import ivs_tokens
from cdk_ivs._monitoring.metric_options import MetricOptions
from cdk_ivs._monitoring.rule_options import RuleOptions
from tests.support.reflection import CLASSES, functions_of

from .site import Site

_OPTIONS: tuple[Any, ...] = (MetricOptions, RuleOptions)
_ANY = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}


class Subject(NamedTuple):
    """
    A parameter of something that users can call.

    Attributes:
        owner: The public class, or the module of a function.
        function: The name of the method or function, ``__init__`` for the class itself.
        name: The name of the parameter.
        annotation: Its type, as it is written.
        required: What must be given beside it, by name with the type.
        form: How it is given: by keyword, or as one of any number by position.
        doc: The paragraph about it.
    """

    owner: str
    function: str
    name: str
    annotation: str
    required: tuple[tuple[str, str], ...]
    form: str = "keyword"
    doc: str = ""

    def __str__(self) -> str:
        function = "" if self.function == "__init__" else f".{self.function}"
        return f"{self.owner}{function}({self.name})"

    @property
    def kind(self) -> str:  # noqa: PLR0911 - one for each kind
        """The kind of what is called, for the summary."""
        if self.owner == "ivs_tokens":
            return "token functions of ivs_tokens"
        name = self.owner.rpartition(".")[2]
        if self.function.startswith("metric"):
            return "metrics"
        if self.function.startswith("on_"):
            return "event rules"
        if self.function.startswith("from_"):
            return "references and from_*"
        if name.endswith("Grants"):
            return "grants"
        if ".patterns." in self.owner:
            return "patterns"
        if ".rules." in self.owner:
            return "rules"
        if self.function != "__init__":
            return "other methods"
        kind: Any = CLASSES[self.owner]
        return "constructs" if "scope" in inspect.signature(kind.__init__).parameters else "values"

    @property
    def is_required(self) -> bool:
        """Whether a call without it is wrong."""
        return not self.annotation.endswith("None") and self.form == "keyword"

    def callable(self, site: Site) -> Callable[..., Any]:
        """What has the parameter: a class, a method of one, or a method of an instance."""
        if self.owner == "ivs_tokens":
            return getattr(ivs_tokens, self.function)  # type: ignore[no-any-return] - of the module
        kind: Any = CLASSES[self.owner]
        if self.function == "__init__":
            return kind  # type: ignore[no-any-return] - a class
        member = inspect.getattr_static(kind, self.function)
        if isinstance(member, classmethod | staticmethod):
            return getattr(kind, self.function)  # type: ignore[no-any-return] - of the class
        instance = site.instance(self.owner)
        if self.function == "grant_invoke_url":
            instance.add_function_url()
        return getattr(instance, self.function)  # type: ignore[no-any-return] - of an instance

    def arguments(self, site: Site) -> dict[str, Any]:
        """Right values for what else the call needs."""
        given = {
            name: site.value(name, annotation, self.owner) for name, annotation in self.required
        }
        return {**given, **site.base(self.owner, self.function, self.name)}

    def right_value(self, site: Site) -> Any:
        """A right value for the parameter itself."""
        return site.value(self.name, self.annotation, self.owner)

    def call(self, function: Callable[..., Any], arguments: dict[str, Any], value: object) -> Any:
        """Call with a value for the parameter."""
        if self.owner.endswith("Grants") and self.function == "actions":
            tagged = self.owner.endswith("TaggedGrants")
            grantee = arguments.get("grantee", value)
            actions = ["GetStage" if tagged else "TagResource"]
            return function(grantee, *([value] if self.form == "any" else actions))
        if self.form == "any":
            return function(value)
        return function(**{**arguments, self.name: value})


def _paragraphs(called: Any) -> dict[str, str]:
    """The paragraph of each parameter in a docstring."""
    doc = inspect.getdoc(called) or ""
    found = re.finditer(r"(?ms)^    (\w+):(.*?)(?=^    \w+:|^\S|\Z)", doc)
    return {each[1]: each[2] for each in found}


def _subjects_of(owner: str, function: str, called: Any, docs: dict[str, str]) -> Iterator[Subject]:
    parameters = {
        name: each
        for name, each in inspect.signature(called).parameters.items()
        # The interfaces take anything, and say that they cannot be created.
        if name not in {"self", "cls", "_"}
    }
    required = {
        name: str(each.annotation).strip("\"'")
        for name, each in parameters.items()
        if each.default is inspect.Parameter.empty and each.kind not in _ANY
    }
    for name, each in parameters.items():
        others = tuple((key, value) for key, value in required.items() if key != name)
        annotation = str(each.annotation)
        if each.default is None and "None" not in annotation:
            annotation += " | None"
        if each.kind is inspect.Parameter.VAR_KEYWORD:
            options = [kind for kind in _OPTIONS if kind.__name__ in annotation]
            for option, text in (
                pair for kind in options for pair in inspect.get_annotations(kind).items()
            ):
                text = getattr(text, "__forward_arg__", str(text))  # noqa: PLW2901 - its text
                yield Subject(
                    owner, function, option, f"{text} | None", others,
                    doc=_paragraphs(options[0]).get(option, ""),
                )  # fmt: skip
            continue
        form = "any" if each.kind is inspect.Parameter.VAR_POSITIONAL else "keyword"
        yield Subject(owner, function, name, annotation, others, form, docs.get(name, ""))


@functools.cache
def subjects() -> tuple[Subject, ...]:
    """Every parameter of every public class and function that can be made or called."""
    found: list[Subject] = []
    for owner, kind in CLASSES.items():
        if issubclass(kind, (enum.Enum, Exception)):
            continue
        for function, called in functions_of(kind):
            docs = {**(_paragraphs(kind) if function == "__init__" else {}), **_paragraphs(called)}
            found += _subjects_of(owner, function, called, docs)
    for name in ivs_tokens.__all__:
        called = getattr(ivs_tokens, name)
        if isinstance(called, type) and issubclass(called, Exception):
            continue
        docs = _paragraphs(called)
        found += _subjects_of("ivs_tokens", name, called, docs)
    return tuple(found)
