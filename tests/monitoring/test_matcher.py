"""
The matchers that judge the rules, on patterns whose result EventBridge's documentation states.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.monitoring.matching import (
    MATCHERS,
    Matcher,
    by_ministack,
    matches,
)

INSTANCE = {
    "version": "0",
    "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "detail-type": "EC2 Instance State-change Notification",
    "source": "aws.ec2",
    "account": "111122223333",
    "time": "2017-12-22T18:43:48Z",
    "region": "us-west-1",
    "resources": [
        "arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0",
        "arn:aws:ec2:us-west-1:123456789012:instance/i-0fedcba0987654321",
    ],
    "detail": {
        "instance-id": "i-1234567890abcdef0",
        "state": "terminated",
        "location": {"rack": 3},
    },
}
FIRST, SECOND = INSTANCE["resources"]
TERMINATED = {
    "source": ["aws.ec2"],
    "detail-type": ["EC2 Instance State-change Notification"],
    "detail": {"state": ["terminated"]},
}


PATTERNS = pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param({"source": ["aws.ec2"]}, True, id="one field"),
        pytest.param({"source": ["aws.ivs"]}, False, id="another value"),
        pytest.param({"source": ["AWS.EC2"]}, False, id="another case"),
        pytest.param({"source": ["aws.ec"]}, False, id="a part of the value"),
        pytest.param(TERMINATED, True, id="all fields"),
        pytest.param({**TERMINATED, "source": ["aws.ivs"]}, False, id="all fields but one"),
        pytest.param({"detail": {"state": ["stopped", "terminated"]}}, True, id="one of values"),
        pytest.param({"detail": {"state": ["stopped", "running"]}}, False, id="none of values"),
        pytest.param({"detail": {"location": {"rack": [3]}}}, True, id="nested"),
        pytest.param({"detail": {"location": {"rack": ["3"]}}}, False, id="nested, another type"),
        pytest.param({"detail": {"rack": [3]}}, False, id="nested elsewhere"),
        pytest.param({"state": ["terminated"]}, False, id="outside of the detail"),
        pytest.param({"resources": [FIRST]}, True, id="first of an array"),
        pytest.param({"resources": [SECOND]}, True, id="second of an array"),
        pytest.param({"resources": ["arn:other", SECOND]}, True, id="one of each array"),
        pytest.param({"resources": ["arn:other"]}, False, id="none of an array"),
        pytest.param({"detail": {"code": ["x"]}}, False, id="no such field"),
        pytest.param({"detail": {"state": [{"exists": True}]}}, True, id="exists"),
        pytest.param({"detail": {"state": [{"exists": False}]}}, False, id="exists, not to"),
        pytest.param({"detail": {"code": [{"exists": True}]}}, False, id="exists not"),
        pytest.param({"detail": {"code": [{"exists": False}]}}, True, id="exists not, not to"),
        pytest.param({"detail": {"state": [{"prefix": "term"}]}}, True, id="prefix"),
        pytest.param({"detail": {"state": [{"prefix": "erm"}]}}, False, id="prefix of another"),
        pytest.param({"detail": {"state": [{"suffix": "ted"}]}}, True, id="suffix"),
        pytest.param({"detail": {"state": [{"wildcard": "t*m*d"}]}}, True, id="wildcard"),
        pytest.param({"detail": {"state": [{"wildcard": "t*m"}]}}, False, id="wildcard of a part"),
        pytest.param({"detail": {"state": [{"wildcard": "t\\*d"}]}}, False, id="an asterisk"),
        pytest.param({"detail": {"state": ["t*d"]}}, False, id="wildcard as a value"),
        pytest.param(
            {"detail": {"state": [{"equals-ignore-case": "TERMINATED"}]}}, True, id="any case"
        ),
        pytest.param({"detail": {"state": [{"anything-but": "stopped"}]}}, True, id="anything but"),
        pytest.param(
            {"detail": {"state": [{"anything-but": {"prefix": "term"}}]}},
            False,
            id="anything but a prefix",
        ),
    ],
)


@PATTERNS
@pytest.mark.parametrize("matcher", MATCHERS.values(), ids=MATCHERS)
def test_tells_right_from_wrong(matcher: Matcher, pattern: dict[str, Any], expected: bool) -> None:
    """
    Each matcher says of an event what EventBridge says of it.
    """
    assert matcher(pattern, INSTANCE) is expected


@PATTERNS
def test_together_they_say_the_same(pattern: dict[str, Any], expected: bool) -> None:
    """
    Asked together, they agree.
    """
    assert matches(pattern, INSTANCE) is expected


def test_do_not_agree_in_silence() -> None:
    """
    Where they differ, as about an empty array, it is an error.
    """
    with pytest.raises(AssertionError, match="'moto': True, 'ministack': False"):
        matches({"resources": [{"exists": True}]}, {**INSTANCE, "resources": []})


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param({"source": "aws.ec2"}, id="no list"),
        pytest.param({"source": []}, id="an empty list"),
        pytest.param({"source": [{"wildcard": "a**b"}]}, id="two asterisks"),
        pytest.param({"source": [{"glob": "a*"}]}, id="no such operator"),
    ],
)
def test_refuses_what_eventbridge_refuses(pattern: dict[str, Any]) -> None:
    """
    A pattern that cannot be deployed matches nothing, and does not pass for one that could.
    """
    with pytest.raises(AssertionError, match="InvalidEventPatternException"):
        by_ministack(pattern, INSTANCE)


def test_finds_nothing_in_an_empty_array() -> None:
    """
    An event without resources matches no pattern that names one.
    """
    assert not matches({"resources": [FIRST]}, {**INSTANCE, "resources": []})
