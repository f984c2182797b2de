"""
Create the mutants of a module.

The operators are those of mutmut. Its own runner cannot run them here. It calls each function
through a wrapper, and the library reads the signatures of its functions. It leaves out what is
decorated and what stands outside of functions. It runs several processes that would share one
Node.js process of jsii.
"""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst
from libcst.metadata import (
    ByteSpanPositionProvider,
    MetadataWrapper,
    ParentNodeProvider,
    PositionProvider,
)
from mutmut.mutation.mutators import mutation_operators

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from libcst.metadata import CodeSpan

# Calls whose text is for a reader, with the position of the text: the tests compare codes and the
# keywords in messages, and not every word.
TEXT_ARGUMENTS = {
    "Response": 1,
    "RotationError": 1,
    "add_warning_v2": 1,
    "cast": 0,
    "coded": 1,
    "print": 0,
    "warn_unless_acknowledged": 2,
}
# Keywords of argparse, whose text is for a reader.
TEXT_KEYWORDS = {"help", "description", "epilog", "metavar", "title"}


# Keywords that assert something. No test can notice that an assertion is missing.
ASSERTED = {"strict"}


@dataclass(frozen=True)
class Mutant:
    """One change of a module."""

    module: str
    scope: str
    before: str
    after: str
    # Counts the mutants of a module that read the same.
    number: int
    first_line: int
    last_line: int
    # Whether the change runs when the module is imported, and not in a function.
    at_import: bool
    source: str

    @property
    def name(self) -> str:
        """What the mutant is called in the table of equivalent mutants."""
        text = f"{self.scope}: {self.before} -> {self.after}"
        return text if self.number == 1 else f"{text} ({self.number})"

    @property
    def key(self) -> str:
        """A short name for the command line."""
        return hashlib.sha256(f"{self.module}\n{self.name}".encode()).hexdigest()[:10]


def _negate(node: cst.If | cst.While) -> Iterator[cst.CSTNode]:
    """Negate a condition, unless another operator does the same."""
    if isinstance(node.test, cst.UnaryOperation | cst.Comparison):
        return
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), test))


def _remove(node: cst.Expr) -> Iterator[cst.CSTNode]:
    """Remove a call that is a statement."""
    if isinstance(node.value, cst.Call):
        yield cst.Pass()


def _return_none(node: cst.Return) -> Iterator[cst.CSTNode]:
    """Return None in place of a value."""
    if node.value is not None and not (
        isinstance(node.value, cst.Name) and node.value.value in {"None", "True", "False"}
    ):
        yield node.with_changes(value=cst.Name("None"))


OPERATORS: Sequence[tuple[type, Any]] = [
    *mutation_operators,
    ((cst.If, cst.While), _negate),  # type: ignore[list-item]
    (cst.Expr, _remove),
    (cst.Return, _return_none),
]


def _name_of(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return str(node.attr.value)
    return str(node.value) if isinstance(node, cst.Name) else ""


class _Visitor(cst.CSTVisitor):  # type: ignore[misc] # libcst is installed by `make mutants`
    """Collect the changes of a module."""

    METADATA_DEPENDENCIES = (PositionProvider, ParentNodeProvider)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, cst.CSTNode, str, bool]] = []
        self._scope: list[str] = []
        self._functions = 0
        self._parameters = 0
        self._texts: set[int] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Create the changes of a node."""
        if self._is_left_out(node):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._scope.append(node.name.value)
            self._functions += isinstance(node, cst.FunctionDef)
        # Defaults are evaluated with the definition.
        self._parameters += isinstance(node, cst.Parameters)
        self._note_texts(node)
        scope = ".".join(self._scope) or "module"
        for kind, operator in OPERATORS:
            if not isinstance(node, kind) or self._is_wording(node):
                continue
            changed = list(operator(node))
            if isinstance(node, cst.Call):
                # A call without one of its arguments raises; None in its place shows more.
                changed = [one for one in changed if len(one.args) == len(node.args)]
                changed = [one for one in changed if not _is_unseen(node, one)]
            if isinstance(node, cst.SimpleString) and not _is_pattern(node):
                # A change of its case shows nothing more than another text.
                changed = changed[:1]
            at_import = not self._functions or self._parameters > 0
            self.found += [(node, one, scope, at_import) for one in changed]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        """Leave a scope."""
        self._parameters -= isinstance(original_node, cst.Parameters)
        # What is left out has no scope, and is left too.
        if (
            isinstance(original_node, cst.FunctionDef | cst.ClassDef)
            and self._scope
            and self._scope[-1] == original_node.name.value
        ):
            self._scope.pop()
            self._functions -= isinstance(original_node, cst.FunctionDef)

    @staticmethod
    def _is_left_out(node: cst.CSTNode) -> bool:
        left_out = False
        match node:
            case cst.Annotation() | cst.Import() | cst.ImportFrom() | cst.Decorator():
                # Type checkers read annotations. The others raise when the module is imported.
                left_out = True
            case cst.If():
                # A module runs as `__main__` in other processes only, where it is not changed.
                tested = node.test.left if isinstance(node.test, cst.Comparison) else node.test
                left_out = _name_of(tested) in {"TYPE_CHECKING", "__name__"}
            case cst.Assign():
                # Tests compare `__all__` with what is public.
                target = _name_of(node.targets[0].target)
                left_out = target in {"TYPE_CHECKING", "__all__", "__slots__"}
                # A member of an enumeration has a value without a meaning.
                left_out |= isinstance(node.value, cst.Call) and _name_of(node.value.func) == "auto"
            case cst.Call():
                # A call without the right arguments raises.
                left_out = _name_of(node.func) in {"isinstance", "len", "TypeVar"}
            case cst.Arg():
                # That two lists have one length, as with `zip(strict=True)`, is an assertion.
                left_out = node.keyword is not None and node.keyword.value in ASSERTED
            case cst.ClassDef():
                left_out = any(_name_of(base.value) == "Protocol" for base in node.bases)
            case cst.FunctionDef():
                decorators = {_name_of(one.decorator) for one in node.decorators}
                left_out = bool(decorators & {"overload", "abstractmethod"})
        return left_out

    def _note_texts(self, node: cst.CSTNode) -> None:
        """Note the arguments whose strings are wording."""
        if isinstance(node, cst.Raise) and isinstance(node.exc, cst.Call):
            first = TEXT_ARGUMENTS.get(_name_of(node.exc.func), 0)
            text = node.exc.args[first : first + 1]
            self._texts |= {id(one) for one in text if one.keyword is None}
        if isinstance(node, cst.Call):
            position = TEXT_ARGUMENTS.get(_name_of(node.func))
            for index, one in enumerate(node.args):
                keyword = one.keyword.value if one.keyword is not None else None
                if (keyword is None and index == position) or keyword in TEXT_KEYWORDS:
                    self._texts.add(id(one))

    def _is_wording(self, node: cst.CSTNode) -> bool:
        if not isinstance(node, cst.BaseString):
            return False
        parent: cst.CSTNode | None = node
        while parent is not None and not isinstance(parent, cst.BaseStatement):
            if id(parent) in self._texts:
                return True
            parent = self.get_metadata(ParentNodeProvider, parent, None)
        return False


def _is_unseen(before: cst.Call, after: cst.Call) -> bool:
    """Whether a call lost what no test looks at: a text, an assertion, or the type of a cast."""
    gone = [old for old, new in zip(before.args, after.args, strict=True) if old is not new]
    names = {one.keyword.value for one in gone if one.keyword is not None}
    is_type = _name_of(before.func) == "cast" and before.args[0] in gone
    return bool(names & (TEXT_KEYWORDS | ASSERTED)) or is_type


def _is_pattern(node: cst.SimpleString) -> bool:
    """Whether a string looks like a regular expression."""
    return "r" in node.prefix or "[a" in node.value or "[A" in node.value or "[0" in node.value


def _texts(before: str, after: str) -> tuple[str, str]:
    """The lines that differ."""
    old, new = before.splitlines(), after.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    gone, come = [], []
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag != "equal":
            gone += old[first:last]
            come += new[new_first:new_last]
    return " ".join(line.strip() for line in gone), " ".join(line.strip() for line in come)


def mutants_of(file: Path, module: str) -> Iterator[Mutant]:
    """Create the mutants of a module."""
    code = file.read_text()
    wrapper = MetadataWrapper(cst.parse_module(code))
    positions = wrapper.resolve(PositionProvider)
    spans = wrapper.resolve(ByteSpanPositionProvider)
    encoded = code.encode()
    visitor = _Visitor()
    wrapper.visit(visitor)
    seen: Counter[tuple[str, str, str]] = Counter()
    sources: set[str] = {code}
    for node, changed, scope, at_import in visitor.found:
        source = _replaced(wrapper.module, encoded, spans.get(node), node, changed)
        if source in sources or not _compiles(source):
            continue
        sources.add(source)
        before, after = _texts(code, source)
        seen[scope, before, after] += 1
        span = positions.get(node)
        # An operator has no position of its own; its line is found by comparing.
        first, last = _lines(code, source) if span is None else (span.start.line, span.end.line)
        yield Mutant(
            module, scope, before, after, seen[scope, before, after], first, last, at_import, source
        )


def _replaced(
    module: cst.Module, code: bytes, span: CodeSpan | None, node: cst.CSTNode, changed: cst.CSTNode
) -> str:
    """The source with the change: of an expression by its place, which is much faster."""
    if span is not None and isinstance(node, cst.BaseExpression | cst.BaseSmallStatement):
        end = span.start + span.length
        text = str(module.code_for_node(changed))
        source = (code[: span.start] + text.encode() + code[end:]).decode()
        if _compiles(source):
            return str(source)
    result = module.deep_replace(node, changed)
    return str(result.code if isinstance(result, cst.Module) else module.code)


def _lines(before: str, after: str) -> tuple[int, int]:
    lines = enumerate(zip(before.splitlines(), after.splitlines(), strict=False), start=1)
    first = next((number for number, (old, new) in lines if old != new), 1)
    return first, first


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True
