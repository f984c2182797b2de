"""The harness notices what becomes of a value after the call; the faults are planted here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import aws_ivs as l1
from constructs import Construct

from cdk_ivs import ValidationError
from cdk_ivs._core.lazy import uncached_any

from .judge import Outcome
from .not_ours import NOT_OURS, is_dangling, is_of_the_harness
from .odd_values import mutable
from .planted import PlantedSubject
from .run import Case, run_batch
from .sharing import siblings
from .site import Site
from .subjects import subjects
from .values import Value

pytestmark = [pytest.mark.once, pytest.mark.unmeasured]


class Planted(PlantedSubject):
    """A call of a function of the test."""

    def callable(self, site: Site) -> Callable[..., Any]:
        """The planted function."""
        return lambda **given: PLANTED[self.function](site.stack, site.id(), given["name"])


def holding(scope: Construct, id: str, name: Any) -> object:
    """The list of the user is read when the template is rendered."""
    tags = uncached_any(lambda: [{"Key": "a", "Value": "b"} for _ in name])
    channel = l1.CfnChannel(scope, id)
    channel.add_property_override("Tags", tags)
    return channel


def copying(scope: Construct, id: str, name: Any) -> object:
    """The list is copied."""
    return l1.CfnChannel(scope, id, tags=[{"key": "a", "value": "b"} for _ in list(name)])  # type: ignore[list-item] - as users write it


def using_up(scope: Construct, id: str, name: Any) -> object:
    """The list is changed by the call, so that the second one finds another list."""
    name.append("more")
    return holding(scope, id, name)


def reading_the_parent(scope: Construct, id: str, name: Any) -> object:
    """A construct that was removed has another root."""
    if name.node.scope.node.try_find_child(name.node.id) is None:
        return name.missing
    return l1.CfnChannel(scope, id)


def refusing_the_removed(scope: Construct, id: str, name: Any) -> object:
    """A construct that was removed is refused."""
    if name.node.scope.node.try_find_child(name.node.id) is None:
        raise ValidationError("'name' must be in the tree, got 'Construct'", code="Planted")
    return l1.CfnChannel(scope, id)


PLANTED: dict[str, Callable[[Construct, str, Any], object]] = {
    "holding": holding,
    "copying": copying,
    "using_up": using_up,
    "reading_the_parent": reading_the_parent,
    "refusing_the_removed": refusing_the_removed,
}
CHANGED = Value("changed", "list", lambda *_: mutable(["a"]), lambda each: each.append("b"))
TWICE = Value("twice", "list", lambda *_: ["a"], again=True)
GONE = Value(
    "gone", "construct", lambda site, _: Construct(site.stack, site.id()), again=True, gone=True
)


@pytest.mark.parametrize(
    ("function", "value", "expected"),
    [
        ("holding", CHANGED, Outcome.WRONGLY_ACCEPTED),
        ("copying", CHANGED, Outcome.ACCEPTED),
        ("using_up", TWICE, Outcome.WRONGLY_ACCEPTED),
        ("holding", TWICE, Outcome.ACCEPTED),
        ("reading_the_parent", GONE, Outcome.RAW),
        ("refusing_the_removed", GONE, Outcome.ACCEPTED),
    ],
)
def test_what_happens_afterwards_is_noticed(function: str, value: Value, expected: Outcome) -> None:
    """
    A template that changes after the call is a wrong acceptance, and a second call is judged too.
    """
    case = Case(0, Planted("planted", function, "name", "list", ()), value)
    assert [result.outcome for result in run_batch([case])] == [expected]


def test_the_same_value_is_given_to_all_parameters_of_its_type() -> None:
    """
    The lists of countries and origins are one list in a call, but the tags are another type.
    """
    (subject,) = (
        each
        for each in subjects()
        if str(each) == "cdk_ivs.PlaybackRestrictionPolicy(allowed_countries)"
    )
    assert siblings(subject) == ["allowed_origins"]


@pytest.mark.parametrize(
    ("rule", "message", "path", "expected"),
    [
        ("W2001", "Parameters/Case1It2: Parameter 'Case1It2' is not referenced", (), True),
        ("W2001", "Parameters/Of: Parameter 'OfTheLibrary' is not referenced", (), False),
        ("W9053", "Condition 'Case1It2' is equivalent to condition 'Case2It2'", (), True),
        ("E1029", 'Found an embedded parameter "${AWS::Region}" outside', (), True),
        ("E1029", 'Found an embedded parameter "${Other}" outside', (), False),
        ("E3031", "'dummy-value-for-/live/name' does not match", ("Name",), True),
        ("E3031", "'a-dummy-value-for-/live/name' does not match", ("Name",), False),
        ("E3003", "'dummy-value-for-/live/name' is a required property", (), False),
        ("W3030", "LatencyMode: 'lazytext' is not one of ['LOW']", (), True),
        ("W3030", "LatencyMode: 'text' is not one of ['LOW']", (), False),
        ("E3030", "'lazytext' is not one of ['LOW']", (), True),
        ("botocore", "CreateChannel.Type must be one of BASIC, got 'lazytext'", (), True),
        ("botocore", "CreateChannel.Type must be one of BASIC, got 'text'", (), False),
        ("F3034", "MemorySize: 60 is less than the minimum of 128", (), True),
        ("F3034", "MemorySize: 61 is less than the minimum of 128", (), False),
        ("E1051", "Outputs/Case1It2/Value: Dynamic reference '{{a}}' to", (), True),
        ("E1051", "Outputs/Name/Value: Dynamic reference '{{a}}' to", (), False),
        ("E3012", "'a' is not of type 'boolean'", ("Flag", "Fn::If", 1), True),
        ("E3012", "'c' is not of type 'boolean'", ("Flag", "Fn::If", 1), False),
        ("E3012", "'a' is not of type 'boolean'", ("Flag",), False),
        ("F3012", "Flag: 'a' (from Fn::If on condition 'Case1It2') is not of type", (), True),
        ("F3031", "Material: 'a' does not match pattern '-----BEGIN PUBLIC KEY-----'", (), True),
        ("F3031", "Name: 'a' does not match pattern '^b$'", (), False),
        ("F3012", "Flag: 'a' is not of type 'boolean'", (), False),
    ],
)
def test_only_findings_about_the_harness_are_left_out(
    rule: str, message: str, path: tuple[object, ...], *, expected: bool
) -> None:
    """
    A finding is left out if it is about a value of the harness, and its neighbor is not.
    """
    assert is_of_the_harness(rule, message, path) is expected


def test_each_exception_has_a_reason() -> None:
    """
    The reasons are different sentences.
    """
    assert len({each.reason for each in NOT_OURS}) == len(NOT_OURS)
    assert all(each.reason.endswith(".") for each in NOT_OURS)


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ("CDK: F1020: Fn::GetAtt references non-existent resource 'A' {}", True),
        ("CDK: F1020: S3.BucketName: 'A' is not one of ['AWS::AccountId'] {}", True),
        ("CDK: F3030: Type: 'A' is not one of ['AWS::AccountId'] {}", False),
        ("cfn-lint: E1020 ['Resources', 'A', 'Ref']: 'B' is not one of ['C']", True),
        ("cfn-lint: E3030 ['Resources', 'A', 'Ref']: 'B' is not one of ['C']", False),
        ("cfn-lint: F1020: Fn::GetAtt references non-existent resource 'A'", False),
    ],
)
def test_references_without_a_target_are_told_apart(finding: str, *, expected: bool) -> None:
    """
    Only references to resources that are not in the template are those of removed constructs.
    """
    assert is_dangling(finding) is expected
