"""Values that a property does not take are no reason for the rules to fail."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from cdk_ivs.rules._engine import Engine

from .cases import CASES, Json

ODD = {
    "null": None,
    "number": 7,
    "fraction": 7.5,
    "text": "text",
    "empty text": "",
    "truth": True,
    "list": ["text", 7, None, {"a": "b"}],
    "empty list": [],
    "object": {"a": {"b": ["c"]}},
    "empty object": {},
    "parameter": {"Ref": "Parameter"},
    "default": {"Ref": "Default"},
    "choice": {"Ref": "Choice"},
    "import": {"Fn::ImportValue": "export"},
    "attribute": {"Fn::GetAtt": ["Other", "Arn"]},
    "text with references": {"Fn::Sub": "a${Other.Arn}/${Parameter}"},
    "branches": {"Fn::If": ["Condition", {"Ref": "Parameter"}, {"Ref": "AWS::NoValue"}]},
    "branches of objects": {"Fn::If": ["Condition", {"a": ["b"]}, [{"c": 1}]]},
    "no value": {"Ref": "AWS::NoValue"},
    "itself": {"Ref": "Odd"},
}


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of all that is in a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


def with_odd(template: Json, path: tuple[str | int, ...], odd: object) -> Json:
    """The template with an odd value in a place."""
    changed = copy.deepcopy(template)
    inner: Any = changed["Resources"]
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = odd
    changed["Resources"]["Other"] = {"Type": "AWS::IVS::Stage"}
    changed["Conditions"] = {
        **changed.get("Conditions", {}),
        "Condition": {"Fn::Equals": [{"Ref": "Parameter"}, "a"]},
    }
    changed["Parameters"] = {
        **changed.get("Parameters", {}),
        "Parameter": {"Type": "String"},
        "Default": {"Type": "String", "Default": "text"},
        "Choice": {"Type": "String", "AllowedValues": ["a", "b"]},
    }
    return changed


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The engine, which takes half a second to create."""
    return Engine()


# The engine is that of the extra, whatever the aws-cdk-lib, and other tests run each of its lines.
@pytest.mark.once
@pytest.mark.unmeasured
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_do_no_harm(odd, engine) -> None:
    """
    Wherever such a value is in the template of a mistake, the rules can be run.
    """
    cases = {case.rule: case for case in CASES}.values()
    for case in cases:
        for place in places(case.wrong["Resources"]):
            # What is in an intrinsic function is for CloudFormation to refuse.
            if "Properties" in place and not any(
                str(step)[:4] in {"Fn::", "Ref"} for step in place
            ):
                template = json.dumps(with_odd(case.wrong, place, odd))
                engine.check_content(template.encode(), "template.json")
