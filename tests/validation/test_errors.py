"""The text of errors."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from aws_cdk import App, PropertyInjectors, Stack

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs._validation.errors import error_path_of
from tests.support.injectors import Injector
from tests.support.keys import P384_PEM, PRIVATE_PEM


class TestValidationError:
    def test_ends_with_the_code_and_the_path(self, stack: Stack) -> None:
        """
        The rule and the construct that was not made stand at the end of the text.
        """
        with pytest.raises(ValidationError) as error:
            ivs.Channel(stack, "Channel", channel_name="bad name")
        assert str(error.value) == (
            "'channel_name' must contain only letters, digits, '-' and '_', got 'bad name' "
            "[cdk-ivs:Name at 'Stack/Channel']"
        )
        assert error.value.path == "Stack/Channel"

    def test_has_no_path_outside_a_construct(self) -> None:
        """
        A value object that is refused before it reaches a construct has a code only.
        """
        with pytest.raises(ValidationError) as error:
            ivs.RenditionConfiguration.custom([])
        assert str(error.value).endswith(
            "RenditionConfiguration.none() [cdk-ivs:RenditionsMissing]"
        )
        assert error.value.path is None

    def test_names_the_id_alone_below_the_root(self, app: App) -> None:
        """
        The root of the tree has no path of its own, and takes no resources.
        """
        with pytest.raises(
            ValidationError, match="'scope' must be a stack or a construct in one"
        ) as error:
            ivs.Channel(app, "Channel")
        assert error.value.path == "Channel"
        assert [child.node.id for child in app.node.children if child.node.id == "Channel"] == []

    @pytest.mark.parametrize("arguments", [{"channel_name": "bad name"}, {"authorized": "yes"}])
    def test_survives_pickling(self, stack: Stack, arguments: dict[str, Any]) -> None:
        """
        An error that crosses to another process is the same there.
        """
        with pytest.raises(ValidationError) as error:
            ivs.Channel(stack, "Channel", **arguments)
        again = pickle.loads(pickle.dumps(error.value))  # noqa: S301 - made a line ago
        assert type(again) is type(error.value)
        assert str(again) == str(error.value)
        assert (again.code, again.path) == (error.value.code, "Stack/Channel")

    @pytest.mark.parametrize(
        ("arguments", "got"),
        [
            ({"public_key_material": PRIVATE_PEM.splitlines()}, "a value of type 'list'"),
            ({"public_key_material": PRIVATE_PEM.encode()}, "a value of type 'bytes'"),
            ({"public_key_material": {"pem": PRIVATE_PEM}}, "a value of type 'dict'"),
            (
                {"public_key_material": P384_PEM, "playback_key_pair_name": PRIVATE_PEM},
                "a string of 288 characters that may contain a key",
            ),
        ],
        ids=["lines", "bytes", "mapping", "swapped"],
    )
    def test_shows_no_key(self, stack: Stack, arguments: dict[str, Any], got: str) -> None:
        """
        A private key that was given in the wrong place or form is not repeated.
        """
        with pytest.raises(ValidationError, match=f"got {got}") as error:
            ivs.PlaybackKeyPair(stack, "KeyPair", **arguments)
        lines = PRIVATE_PEM.splitlines()[1:-1]
        assert not any(line[:8] in str(error.value) for line in lines)

    def test_keeps_the_path_of_the_inner_construct(self, stack: Stack) -> None:
        """
        An error of a construct that an injector makes is not attributed to the outer one.
        """

        def inject(props: dict[str, object]) -> dict[str, object]:
            ivs.PlaybackKeyPair(stack, "KeyPair", public_key_material="none")
            return props

        PropertyInjectors.of(stack).add(Injector(ivs.Channel, inject))
        with pytest.raises(ValidationError) as error:
            ivs.Channel(stack, "Channel")
        assert error.value.path == "Stack/KeyPair"

    def test_refuses_a_scope_that_is_no_construct(self) -> None:
        """
        A scope of the wrong type is a TypeError that says so.
        """
        with pytest.raises(ArgumentTypeError, match="'scope' must be a construct, got None") as e:
            ivs.Channel(None, "Channel")  # type: ignore[arg-type] - the mistake
        assert e.value.path == "Channel"

    def test_shows_an_id_of_another_type(self, stack: Stack) -> None:
        """
        The path has the ID that was given, also if it is no text.
        """
        with pytest.raises(ArgumentTypeError, match="'id' must be str") as error:
            ivs.Channel(stack, 5)  # type: ignore[arg-type] - the mistake
        assert error.value.path == "Stack/5"

    def test_has_the_path_of_a_construct_that_exists(self, stack: Stack) -> None:
        """
        An error of a method has the path of the construct whose method it is.
        """
        channel = ivs.Channel(stack, "Channel")
        with pytest.raises(ValidationError) as error, error_path_of(channel):
            raise ValidationError("no", code="Code")
        assert str(error.value) == "no [cdk-ivs:Code at 'Stack/Channel']"


def test_an_id_that_refuses_to_be_shown_is_refused(stack: Stack) -> None:
    """
    The ID of a rule can be any object, also one without a text.
    """

    class Rude:
        def __str__(self) -> str:
            raise RuntimeError("no text")

        __repr__ = __str__

    rude: Any = Rude()
    with pytest.raises(ValidationError, match="'id' must be"):
        ivs.Channel.on_concurrent_limit_breach(stack, rude)
    assert stack.node.children == []
