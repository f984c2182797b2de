"""Flags that are tokens."""

from __future__ import annotations

from typing import Any

import jsii
import pytest
from aws_cdk import (
    App,
    CfnCondition,
    CfnParameter,
    Fn,
    IStableAnyProducer,
    IStableStringProducer,
    Lazy,
    Stack,
)

import cdk_ivs as ivs

FLAGS: list[tuple[Any, str, dict[str, Any]]] = [
    (ivs.Channel, "authorized", {}),
    (ivs.Channel, "insecure_ingest", {}),
    (ivs.IngestConfiguration, "insecure_ingest", {}),
    (ivs.PlaybackRestrictionPolicy, "enable_strict_origin_enforcement",
     {"allowed_countries": ["DE"], "allowed_origins": ["https://example.com"]}),
]  # fmt: skip


@jsii.implements(IStableAnyProducer, IStableStringProducer)
class Producer:
    """What a Lazy value calls."""

    def __init__(self, value: object) -> None:
        self._value = value

    @jsii.member(jsii_name="produce")
    def produce(self) -> object:
        """The value."""
        return self._value


def rendered(app: App, keyword: str) -> object:
    """The property of the only resource that has it."""
    name = "".join(word.title() for word in keyword.split("_"))
    template = app.synth().get_stack_by_name("Stack").template
    (resource,) = template["Resources"].values()
    return resource.get("Properties", {}).get(name)


@pytest.mark.parametrize("flag", FLAGS)
class TestFlags:
    @pytest.mark.parametrize("value", [True, False, None])
    def test_that_are_lazy_are_rendered(
        self, app: App, stack: Stack, flag: Any, value: bool | None
    ) -> None:
        """
        A Lazy value can be True, False, or nothing.
        """
        kind, keyword, given = flag
        kind(stack, "It", **given, **{keyword: Lazy.any(Producer(value))})
        assert rendered(app, keyword) is value

    @pytest.mark.parametrize("value", [{"a": "b"}, {"Ref": "A", "a": "b"}, "true", 1, [True]])
    def test_that_are_something_else_are_refused_at_synthesis(
        self, app: App, stack: Stack, flag: Any, value: Any
    ) -> None:
        """
        A Lazy value of another type is refused with the keyword, the value and the path.
        """
        kind, keyword, given = flag
        kind(stack, "It", **given, **{keyword: Lazy.any(Producer(value))})
        with pytest.raises(RuntimeError) as error:
            app.synth()
        assert (
            f"'{keyword}' must be bool, got a token that produces {value!r}; let it produce True "
            "or False [cdk-ivs:ArgumentType at 'Stack/It/Resource']"
        ) in str(error.value)

    def test_that_cloudformation_computes_are_rendered(
        self, app: App, stack: Stack, flag: Any
    ) -> None:
        """
        A condition and a parameter are rendered as they are.
        """
        parameter = CfnParameter(stack, "Parameter")
        condition = CfnCondition(
            stack, "Condition", expression=Fn.condition_equals(parameter.value_as_string, "a")
        )
        branches = Fn.condition_if(condition.logical_id, True, False)
        kind, keyword, given = flag
        kind(stack, "It", **given, **{keyword: branches})
        assert rendered(app, keyword) == {"Fn::If": ["Condition", True, False]}
