"""The methods of rules, which are signatures with documentation that decorators implement."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from aws_cdk import Stack

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs._monitoring.catalog.events import EVENT_TYPES, STREAM_STATE, EventType, Text
from cdk_ivs._monitoring.rules import create_account_rule
from tests.monitoring.makers import rule_in

OWNERS = {"channel": ivs.Channel, "stage": ivs.Stage}
every_type = pytest.mark.parametrize("event_type", EVENT_TYPES, ids=lambda each: each.method)


def a_value(values: Any) -> Any:
    """A value that a field can have."""
    if isinstance(values, Text):
        return ["st-1"] if values.described.startswith("'st-'") else ["a1"]
    return True if values is bool else list(values)[:1]


@every_type
@pytest.mark.parametrize("prefix", ["on_", "on_all_"])
def test_match_whatever_their_signatures_name(
    stack: Stack, event_type: EventType, prefix: str
) -> None:
    """
    Every filter that a signature names reaches the pattern, in the order of the signature.
    """
    owner = OWNERS[event_type.kind]
    of_one = prefix == "on_"
    method = getattr(owner(stack, "Owner") if of_one else owner, f"{prefix}{event_type.method}")
    names = [name for name in inspect.signature(method).parameters if name in event_type.fields]
    values = {name: a_value(event_type.fields[name].values) for name in names}
    method(*([] if of_one else [stack]), "Rule", **dict(reversed(values.items())))
    detail = rule_in(stack)["EventPattern"]["detail"]
    assert [name for name in detail if name not in {"stage_arn", event_type.field}] == [
        event_type.fields[name].name for name in names
    ]


class TestCalls:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ((), r"on_ad_break\(\) missing 1 required positional argument: 'id'"),
            (
                ("Rule", None),
                r"on_ad_break\(\) takes 2 positional arguments but 3 were given",
            ),
        ],
        ids=["too few", "too many"],
    )
    def test_that_do_not_fit_have_the_error_of_python(
        self, stack: Stack, arguments: Any, message: str
    ) -> None:
        """
        What the signature does not have is refused by Python, in its own words.
        """
        channel = ivs.Channel(stack, "Channel")
        with pytest.raises(TypeError, match=message) as error:
            channel.on_ad_break(*arguments)
        assert not isinstance(error.value, ValidationError)
        assert channel.node.try_find_child("Rule") is None

    def test_may_name_every_argument(self, stack: Stack) -> None:
        """
        The scope and the id may be given by their names too.
        """
        rule = ivs.Channel.on_all_ad_break(id="Rule", scope=stack)
        assert rule.node.path == "Stack/Rule"


class TestSignatures:
    def test_need_a_signature_that_the_catalog_knows(self, stack: Stack) -> None:
        """
        A keyword that the catalog does not have for the type is a mistake of whoever declares it.
        """

        def on_something(
            scope: Any,
            id: str,
            *,
            target: Any = None,
            event_names: Any = None,
            colors: Any = None,
            **options: Any,
        ) -> Any:
            return create_account_rule(STREAM_STATE, **locals())

        with pytest.raises(KeyError, match="colors"):
            on_something(stack, "Rule", colors=["red"])
        assert stack.node.try_find_child("Rule") is None
