"""What the reference says of each public name, read as the site reads it."""

from __future__ import annotations

import functools
import importlib
import inspect
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import griffe

from tests.support.reflection import PACKAGES, SUBPACKAGES

ROOT = Path(__file__).resolve().parent.parent.parent
TREES = ("cdk_ivs", "ivs_tokens")
# What every struct has for the CDK; the site leaves it out as well.
LEFT_OUT = {"from_mapping", "to_mapping"}
# Griffe warns about what it cannot read; the tests below say it in their own words.
logging.getLogger("griffe").setLevel(logging.ERROR)


class Parameter(NamedTuple):
    """
    A parameter, or the field of a value class or of a typed dictionary.

    Attributes:
        name: The name, without asterisks.
        annotation: The type as it is written.
        optional: Whether it may be left out.
        text: What the reference says of it. None if it says nothing.
    """

    name: str
    annotation: str
    optional: bool
    text: str | None


class Entry(NamedTuple):
    """
    A name in the reference.

    Attributes:
        name: The name that users write.
        path: Where the code is.
        kind: ``class``, ``function`` or ``attribute``.
        room: The folder of the code.
        text: The description.
        parameters: The parameters, or the fields.
        unknown: Parameters that the text has and the code has not.
        returns: The text on what is returned. None if there is none.
        result: The type of what is returned, as it is written.
        raises: The texts on errors, each with the class of the error.
        owner_text: All of the text of the class that the name is in.
        whole_text: All of the text of the name.
    """

    name: str
    path: str
    kind: str
    room: str
    text: str
    parameters: tuple[Parameter, ...]
    unknown: tuple[str, ...]
    returns: str | None
    result: str
    raises: tuple[tuple[str, str], ...]
    owner_text: str
    whole_text: str

    def run_time_object(self) -> Any:
        """The class or function itself."""
        found = _at(self.path)
        return inspect.unwrap(getattr(found, "__func__", found))

    def class_of_code(self) -> type | None:
        """The class in which the code is."""
        found = _at(self.path.rpartition(".")[0])
        return found if isinstance(found, type) else None


@functools.cache
def entries() -> tuple[Entry, ...]:
    """Every public name with what the reference says of it: classes, members and functions."""
    found: dict[str, Entry] = {}
    for package, name, member in _public_names():
        public_name = f"{package}.{name}"
        for entry in _entries_of(public_name, member):
            found.setdefault(entry.path, entry)
    return tuple(found.values())


def entry(name: str) -> Entry:
    """The entry of a name that users write."""
    (found,) = [each for each in entries() if each.name == name]
    return found


def _at(path: str) -> Any:
    """What the code has at a path."""
    module, names = path, []
    while True:
        try:
            found: Any = importlib.import_module(module)
            break
        except ModuleNotFoundError:
            module, _, name = module.rpartition(".")
            names.insert(0, name)
    for name in names:
        found = inspect.getattr_static(found, name)
    return found


@functools.cache
def _loaded() -> dict[str, griffe.Module]:
    loader = griffe.GriffeLoader(search_paths=[ROOT / "src"], allow_inspection=False)
    trees = {name: loader.load(name, try_relative_path=False) for name in TREES}
    loader.resolve_aliases()
    return trees  # type: ignore[return-value] - packages are modules


def _public_names() -> Iterator[tuple[str, str, Any]]:
    trees = _loaded()
    for package in PACKAGES:
        first, *inner = package.__name__.split(".")
        tree: Any = trees[first]
        for part in inner:
            tree = tree[part]
        for name in package.__all__:
            if name not in SUBPACKAGES:
                yield package.__name__, name, _class_of(tree["_public"][name].final_target)
    tokens = importlib.import_module("ivs_tokens")
    for name in tokens.__all__:
        yield "ivs_tokens", name, trees["ivs_tokens"][name].final_target


def _class_of(member: Any) -> Any:
    """The class, also where a name is assigned one for type checkers alone."""
    if member.is_attribute and isinstance(member.value, griffe.ExprName):
        return member.parent[member.value.name]
    return member


def _entries_of(name: str, member: Any) -> Iterator[Entry]:
    if not member.is_class:
        yield _entry(name, member, "")
        return
    whole = _text_of(member)
    yield _entry(name, member, whole)
    fields = {field.name for field in _fields(member)}
    for inner, each in sorted(member.all_members.items()):
        if inner.startswith("_") or inner in LEFT_OUT or inner in fields:
            continue
        target = each.final_target if each.is_alias else each
        yield _entry(f"{name}.{inner}", target, whole)


def _entry(name: str, member: Any, owner_text: str) -> Entry:
    sections = _sections(member)
    if not sections and member.is_attribute and member.parent.is_class:
        text = _attributes_of(member.parent).get(member.name, "")
        sections = [griffe.DocstringSectionText(text)]
    documented = {
        item.name.lstrip("*"): item.description
        for section in sections
        if section.kind.value in {"parameters", "other parameters", "attributes"}
        for item in section.value
    }
    parameters = tuple(_parameters(member, documented))
    # A class may describe attributes that are not its fields, such as those of an error.
    known = {parameter.name for parameter in parameters} | set(_attributes_of(member))
    returns = [
        item.description
        for section in sections
        if section.kind.value in {"returns", "yields"}
        for item in section.value
    ]
    return Entry(
        name=name,
        path=member.path,
        kind=_kind(member),
        room=_room(member),
        text="\n\n".join(
            section.value for section in sections if section.kind.value == "text"
        ).strip(),
        parameters=parameters,
        unknown=tuple(sorted(documented.keys() - known)),
        returns="\n".join(returns) if returns else None,
        result=str(member.returns or "None") if _kind(member) == "function" else "None",
        raises=tuple(
            (str(item.annotation), item.description)
            for section in sections
            if section.kind.value == "raises"
            for item in section.value
        ),
        owner_text=owner_text,
        whole_text=_text_of(member),
    )


def _sections(member: Any) -> list[Any]:
    """The sections of the text; of a class also those of its constructor, as the site has them."""
    docs = [member.docstring]
    if member.is_class and "__init__" in member.members:
        docs.append(member.members["__init__"].docstring)
    return [
        section
        for doc in docs
        if doc is not None
        for section in doc.parse("google", warnings=False)
    ]


def _attributes_of(member: Any) -> dict[str, str]:
    """The attributes that the text of a class describes."""
    return {
        item.name: item.description
        for section in _sections(member)
        if section.kind.value == "attributes"
        for item in section.value
    }


def _text_of(member: Any) -> str:
    docs = [member.docstring]
    if member.is_class and "__init__" in member.members:
        docs.append(member.members["__init__"].docstring)
    return "\n\n".join(doc.value for doc in docs if doc is not None)


def _parameters(member: Any, documented: dict[str, str]) -> Iterator[Parameter]:
    if member.is_class and (fields := _fields(member)):
        total = _is_total(member)
        for field in fields:
            own = field.docstring.value if field.docstring is not None else None
            yield Parameter(
                field.name,
                str(field.annotation),
                not total or field.value is not None,
                own or documented.get(field.name),
            )
        return
    if member.is_class and not _is_created(member):
        return
    for parameter in getattr(member, "parameters", None) or ():
        if parameter.name not in {"self", "cls"}:
            yield Parameter(
                parameter.name,
                str(parameter.annotation),
                parameter.default is not None and not _takes_rest(parameter),
                documented.get(parameter.name),
            )


def _takes_rest(parameter: griffe.Parameter) -> bool:
    """Whether it takes all other arguments, which may be none."""
    return parameter.kind in {
        griffe.ParameterKind.var_positional,
        griffe.ParameterKind.var_keyword,
    }


def _is_created(member: Any) -> bool:
    """Whether users call the class: a reference, an enum or an error comes from elsewhere."""
    init = member.all_members.get("__init__")
    return init is not None and not any(
        parameter.kind == griffe.ParameterKind.var_positional for parameter in init.parameters
    )


def _fields(member: Any) -> list[Any]:
    """The fields of a value class or of a typed dictionary."""
    if not ("dataclass" in member.labels or _is_typed_dict(member)):
        return []
    return [
        each
        for name, each in member.members.items()
        if each.is_attribute and not name.startswith("_") and "property" not in each.labels
    ]


def _is_typed_dict(member: Any) -> bool:
    return any(str(base) == "TypedDict" for base in member.bases)


def _is_total(member: Any) -> bool:
    return not (_is_typed_dict(member) and member.keywords.get("total") == "False")


def _kind(member: Any) -> str:
    if member.is_class:
        return "class"
    if not member.is_function:
        # Griffe takes properties for attributes,
        return "attribute"
    # and knows only those of Python itself.
    decorators = {str(decorator.value) for decorator in member.decorators}
    return "attribute" if "attribute" in decorators else "function"


def _room(member: Any) -> str:
    first, *inner = re.sub(r"^.*/src/", "", str(member.filepath)).split("/")
    return first if first == "ivs_tokens" else inner[0].removesuffix(".py")
