"""What the checks of generated apps find, and the order of their steps."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .assemblies import assert_same
from .checks import problems_of
from .orders import regardless_of_order
from .plans import AppPlan, Attribute, Call, Id, Mistake, PartPlan, Pick, Scope, ScopePlan
from .steps import in_another_order, steps_of

pytestmark = [pytest.mark.once]

CHANNEL = {"Type": "AWS::IVS::Channel"}
KEY = {"Type": "AWS::IVS::StreamKey", "Properties": {"ChannelArn": {"Ref": "Channel"}}}
VALUE = {"Fn::GetAtt": ["Key", "Value"]}
EXPORTED = {"Fn::ImportValue": "S:ExportsOutput"}
SECRET = {"Type": "AWS::SecretsManager::Secret", "Properties": {"SecretString": VALUE}}


def policy(action: str, resource: object) -> dict[str, Any]:
    """A policy with one statement."""
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return {
        "Type": "AWS::IAM::Policy",
        "Properties": {"PolicyDocument": {"Statement": [statement]}},
    }


def problems(resources: dict[str, Any], **sections: Any) -> list[str]:
    """What is wrong in a template."""
    template = json.dumps({"Resources": resources, **sections}).encode()
    return [
        problem.removeprefix("S.template.json: ")
        for problem in problems_of({"S.template.json": template})
    ]


def test_right_templates_have_no_problem() -> None:
    """
    References, secrets in secrets, and actions on what they take are right.
    """
    assert (
        problems(
            {
                "Channel": CHANNEL,
                "Key": KEY,
                "Secret": SECRET,
                "Policy": policy("ivs:GetChannel", {"Fn::GetAtt": ["Channel", "Arn"]}),
                "All": policy("ivs:ListEncoderConfigurations", "*"),
            }
        )
        == []
    )


@pytest.mark.parametrize(
    ("resources", "sections", "problem"),
    [
        ({"Key": KEY}, {}, "nothing has the logical id Channel"),
        (
            {"Channel": {**CHANNEL, "DependsOn": ["Key"]}, "Key": KEY},
            {},
            "['Channel', 'Key'] need themselves",
        ),
        (
            {"Channel": CHANNEL, "Key": KEY},
            {"Outputs": {"Shown": {"Value": VALUE}}},
            "the output Shown shows ('Key', 'Value')",
        ),
        (
            {"Channel": {**CHANNEL, "Condition": "Missing"}},
            {},
            "there is no condition Missing",
        ),
        (
            {"Channel": {**CHANNEL, "Properties": {"Name": {"Fn::FindInMap": ["M", "a", "b"]}}}},
            {},
            "there is no mapping M",
        ),
        (
            {
                "Channel": {
                    **CHANNEL,
                    "Properties": {"Name": EXPORTED},
                }
            },
            {},
            "nothing exports S:ExportsOutput",
        ),
        (
            {"Policy": policy("ivs:ReadChannel", "*")},
            {},
            "Policy: there is no action ivs:ReadChannel",
        ),
        (
            {"Channel": CHANNEL, "Policy": policy("ivs:GetStage", {"Ref": "Channel"})},
            {},
            "Policy: ivs:GetStage takes ['stage'], not ['channel']",
        ),
    ],
)
def test_mistakes_are_found(
    resources: dict[str, Any], sections: dict[str, Any], problem: str
) -> None:
    """
    A dangling reference, a cycle, a shown secret and a wrong action are each found.
    """
    assert problems(resources, **sections) == [problem]


def test_keys_and_duplicates_are_found() -> None:
    """
    A stream key in any file, and a logical ID that occurs twice, are found.
    """
    twice = b'{"Resources": {"A": {"Type": "T"}, "A": {"Type": "T"}}}'
    shown = b"sk_us-" + b"west-2_AbCdEf123456"
    assert list(problems_of({"S.template.json": twice, "tree.json": shown})) == [
        "S.template.json has A twice",
        "tree.json contains a key",
    ]


def test_differences_are_shown() -> None:
    """
    Files that are not the same are an error with the line that differs.
    """
    assert_same("here", {"a": "1"}, {"a": "1"})
    with pytest.raises(AssertionError, match="not the same: here"):
        assert_same("here", {"a": "1"}, {"a": "2"})


def test_the_order_of_resources_and_statements_is_left_out_alone() -> None:
    """
    The order of resources and of statements makes no difference. The order in a statement does.
    """
    one, other = {"A": CHANNEL, "B": KEY}, {"B": KEY, "A": CHANNEL}

    def shown(resources: dict[str, Any]) -> dict[str, str]:
        return regardless_of_order(
            {"S.template.json": json.dumps({"Resources": resources}).encode()}
        )

    assert shown(one) == shown(other)
    assert shown({"A": policy("a:b", ["1", "2"])}) != shown({"A": policy("a:b", ["2", "1"])})
    statements = [{"Action": "a:b"}, {"Action": "a:c"}]
    ways = [{"A": {"Type": "T", "P": {"Statement": way}}} for way in (statements, statements[::-1])]
    assert shown(ways[0]) == shown(ways[1])


CHANNEL_PART = PartPlan(id="C", call=Call("cdk_ivs.Channel", (Scope(), Id())), sorts=("channel",))
KEY_OF_CHANNEL = PartPlan(
    id="K",
    call=Call(
        Attribute(Pick(sort="channel", number=5, near=True, once="key"), "add_stream_key"), (Id(),)
    ),
)


def app_of(*children: PartPlan | Mistake) -> AppPlan:
    """An app of one stack."""
    return AppPlan(children=(ScopePlan(kind="stack", id="S", children=children),))


def test_steps_pick_what_was_made_before() -> None:
    """
    A pick counts round, needs what it picks, and what can be once is picked once.
    """
    steps = steps_of(app_of(CHANNEL_PART, KEY_OF_CHANNEL, KEY_OF_CHANNEL))
    assert [(step.number, step.scope, set(step.needs)) for step in steps] == [
        (0, -1, set()),
        (1, 0, {0}),
        (2, 0, {0, 1}),
    ]


def test_mistakes_are_not_picked() -> None:
    """
    What must be refused is a step with its keyword, which no later part picks.
    """
    wrong = Mistake(part=CHANNEL_PART, keyword="channel_name")
    (_, step) = steps_of(app_of(wrong, KEY_OF_CHANNEL))
    assert step.keyword == "channel_name"


def test_another_order_keeps_what_is_needed_first() -> None:
    """
    Each order has all steps, each after those that it needs, and some order is another one.
    """
    steps = steps_of(app_of(CHANNEL_PART, CHANNEL_PART, CHANNEL_PART, KEY_OF_CHANNEL))
    orders = [[step.number for step in in_another_order(steps, number)] for number in range(20)]
    assert all(sorted(order) == [0, 1, 2, 3, 4] for order in orders)
    for order in orders:
        for number in order:
            assert steps[number].needs <= set(order[: order.index(number)])
    assert any(order != [0, 1, 2, 3, 4] for order in orders)
