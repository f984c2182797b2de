"""The pages of questions and the glossary of the site."""

from __future__ import annotations

import re
from pathlib import Path

import aws_cdk as cdk
from aws_cdk.assertions import Template

import cdk_ivs as ivs

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = {
    page.relative_to(DOCS).as_posix(): page.read_text(encoding="utf-8")
    for page in [*sorted((DOCS / "questions").glob("*.md")), DOCS / "glossary.md"]
}


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGES[page], re.DOTALL | re.MULTILINE)


def table(page: str, name: str) -> list[list[str]]:
    """The rows of the table between two comments."""
    (text,) = re.findall(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", PAGES[page], re.DOTALL)
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in text.splitlines()[2:]]


def run_block(page: str, heading: str, stack: cdk.Stack) -> Template:
    """The template of what the first Python block after a heading creates in the stack."""
    _, _, text = PAGES[page].partition(f"\n{heading}\n")
    (block, *_) = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    exec(block, {"cdk": cdk, "ivs": ivs, "stack": stack})  # noqa: S102 - the page is ours
    return Template.from_stack(stack)
