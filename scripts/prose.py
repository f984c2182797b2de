"""
Check the language of the pages and of the code with textlint.

The pages are checked as they are. The docstrings, comments and messages of the code are
written into a Markdown file first, which has the same lines as the modules one after another: a
finding is reported with the file and the line to change. The words to avoid are in ``prh.yml``,
and the rules in ``.textlintrc.json``.
"""

from __future__ import annotations

import ast
import bisect
import inspect
import io
import json
import re
import subprocess
import sys
import tempfile
import tokenize
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
TEXTLINT = ROOT / "node_modules" / ".bin" / "textlint"
PAGES = ("*.md", "docs/**/*.md", "examples/**/README.md")
MODULES = ("src/**/*.py", "examples/**/*.py")
# The output of a synthesis, which repeats the files of the library.
GENERATED = "cdk.out"

# Two spaces between words are what tells a sentence from a name, a key or an expression.
SENTENCE = re.compile(r"[A-Za-z`',;:]+ +[A-Za-z`'(]+[a-z`',;:)]* +[A-Za-z`'(]")
# For a value in a message, which textlint does not read.
PLACEHOLDER = "`value`"
# A keyword, a value or a command, as messages quote it.
QUOTED = re.compile(r"(?<![\w`])'([^'`]+)'(?!\w)")
# An item of a section of a docstring: the name of a parameter, an attribute or an error.
ITEM = re.compile(r"^\s+(?!(?:Args|Attributes|Returns|Raises|Yields|Examples?):)([\w.*]+):(?=\s|$)")
# The words that ruff, mypy and coverage read; a reason may follow.
DIRECTIVE = re.compile(r"^(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[.*?\])?|pragma:\s*\w+)")


class Finding(NamedTuple):
    """
    A text to write in another way.

    Attributes:
        file: The page or the module.
        line: The line of the file; of a message, the line on which it begins.
        text: The words that were found, and what to write.
        rule: The rule of textlint.
    """

    file: Path
    line: int
    text: str
    rule: str


def main(arguments: Sequence[str]) -> int:
    """Check the files and folders named, or all; with ``--count``, count by file."""
    names = [name for name in arguments if name != "--count"]
    findings = list(check(files(names)))
    if "--count" in arguments:
        for file, count in sorted(Counter(finding.file for finding in findings).items()):
            print(f"{count:5} {shown(file)}")
    else:
        for finding in findings:
            print(f"{shown(finding.file)}:{finding.line}: {finding.text} ({finding.rule})")
    print(f"prose: {len(findings)} found")
    return 1 if findings else 0


def shown(file: Path) -> Path:
    """A file as it is named from the root of the repository."""
    return file.relative_to(ROOT) if file.is_relative_to(ROOT) else file


def files(names: Sequence[str] = ()) -> list[Path]:
    """The files that are named, those in the folders that are named, or all that are checked."""
    checked = {
        file
        for pattern in (*PAGES, *MODULES)
        for file in ROOT.glob(pattern)
        if GENERATED not in file.parts
    }
    if not names:
        return sorted(checked)
    named = {Path(name).resolve() for name in names}
    inside = {file for file in checked if named & set(file.parents)}
    return sorted(inside | {name for name in named if name.is_file()})


def check(paths: Iterable[Path]) -> Iterator[Finding]:
    """The findings in files."""
    pages = [path for path in paths if path.suffix != ".py"]
    modules = [path for path in paths if path.suffix == ".py"]
    # One file for all modules: textlint loads its rules anew for each file.
    starts: list[int] = []
    lines: list[str] = []
    for module in modules:
        starts.append(len(lines))
        lines += [*prose_of(module.read_text(encoding="utf-8")), "", ""]
    with tempfile.TemporaryDirectory() as folder:
        extracted = Path(folder).resolve() / "modules.md"
        extracted.write_text("\n".join(lines) + "\n", encoding="utf-8")
        reports = textlint([*map(str, pages), str(extracted)])
    for report in reports:
        path = Path(report["filePath"])
        for message in report["messages"]:
            file, line = path, message["line"]
            if path == extracted:
                number = bisect.bisect_left(starts, line) - 1
                file, line = modules[number], line - starts[number]
            yield Finding(file, line, " ".join(message["message"].split()), message["ruleId"])


def textlint(paths: Sequence[str]) -> Any:  # noqa: ANN401 - JSON
    """What textlint reports on files."""
    run = subprocess.run(
        [TEXTLINT, "--config", ROOT / ".textlintrc.json", "--format", "json", *paths],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return json.loads(run.stdout)
    except json.JSONDecodeError:
        raise SystemExit((run.stdout + run.stderr).partition("\n    at ")[0]) from None


def prose_of(source: str) -> list[str]:
    """The lines of a module with its docstrings, comments and messages alone, as Markdown."""
    lines: list[list[str]] = [[] for _ in source.splitlines()]
    tree = ast.parse(source)
    docstrings = set()
    for node, docstring in docstrings_of(tree):
        docstrings.add(id(node))
        for offset, text in enumerate(docstring_lines(docstring)):
            lines[node.lineno - 1 + offset].append(text)
    for number, text in comments_of(source):
        lines[number - 1].append(text)
    for number, text in messages_of(tree, docstrings):
        lines[number - 1].append(text)
    return [" ".join(texts) for texts in lines]


def docstrings_of(tree: ast.Module) -> Iterator[tuple[ast.Constant, str]]:
    """The docstrings of a module, and the texts that document attributes."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text)) as constant):
                yield constant, text


def docstring_lines(text: str) -> Iterator[str]:
    """The lines of a docstring as Markdown, as many as there are in the source."""
    fenced = False
    for line in text.splitlines():
        stripped = line.strip()
        fence = stripped.startswith("```")
        if fenced or fence:
            fenced ^= fence
            yield stripped
        elif item := ITEM.match(line):
            yield f"- `{item[1]}`:{line[item.end() :]}"
        else:
            yield stripped


def comments_of(source: str) -> Iterator[tuple[int, str]]:
    """The comments of a module, without what tools read."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            text = DIRECTIVE.sub("", token.string.lstrip("#! ")).lstrip(" -")
            if text:
                yield token.start[0], text


def messages_of(tree: ast.Module, docstrings: set[int]) -> Iterator[tuple[int, str]]:
    """The sentences among the other texts of a module, one line each."""
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(value)) if id(node) not in docstrings | inside:
                text = value
            case ast.JoinedStr(values=values):
                text = "".join(
                    str(part.value) if isinstance(part, ast.Constant) else PLACEHOLDER
                    for part in values
                )
            case _:
                continue
        text = inspect.cleandoc(text)
        if SENTENCE.search(text):
            yield node.lineno, QUOTED.sub(r"`\1`", " ".join(text.split()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
