"""What the catalog says about the rules."""

from __future__ import annotations

import re

import pytest

from cdk_ivs.rules._catalog import RULES, Rule

# Words that the style of this project has others for.
AVOIDED = re.compile(
    r"\b(?:whoever|somebody|anybody|everybody|please|simply|just|e-mail|behaviour|will|is no|"
    r"leave(?:s)? out|leave it out|what is|who may|may be)\b",
    re.IGNORECASE,
)

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])


def test_ids_have_no_gap() -> None:
    """
    The ids are numbered, and the catalog is in their order.
    """
    assert [rule.id for rule in RULES] == [f"IVS-{i:03}" for i in range(1, len(RULES) + 1)]


@each_rule
def test_a_message_is_written_like_those_of_the_constructs(rule: Rule) -> None:
    """
    A message begins in lower case, or with the name of a property, and has no final period.
    """
    first = rule.message.split()[0].strip("'")
    is_name = first == "%v" or re.fullmatch(r"(?:[A-Z][a-z]+)+|IVS|AWS", first)
    assert first.islower() or is_name or "." in first
    assert not rule.message.endswith(".")


@each_rule
def test_a_message_tells_what_to_do(rule: Rule) -> None:
    """
    What to do is in a part of its own, or filled in at the end.
    """
    assert re.search(r"(?::|, so the [a-z ]+:) (?:[a-z]|%v)", rule.message) or (
        rule.message.endswith("%v%v")
    )


@each_rule
def test_texts_are_in_the_style_of_the_docs(rule: Rule) -> None:
    """
    A reason and a remedy are sentences, and no text has the words that the style avoids.
    """
    for text in (rule.why, rule.fix):
        assert re.fullmatch(r"[A-Z`].*[.]", text)
        assert "%v" not in text
    for text in (rule.title, rule.message, rule.why, rule.fix):
        assert AVOIDED.search(text) is None
    assert not rule.title.endswith(".")
    assert re.fullmatch(r"https://docs[.]aws[.]amazon[.]com/[^ ]+[.]html", rule.source)
