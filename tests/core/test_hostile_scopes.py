"""A wrong scope or id is refused by every resource and every reference, before anything is made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from aws_cdk import App, Aws, Stack

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError, ValidationError
from tests.resources.records import Record, every_construct
from tests.support.arns import arn


@every_construct
@pytest.mark.parametrize(
    ("id", "code"),
    [
        ("", "ConstructId"),
        (Aws.REGION, "ConstructId"),
        ("{{resolve:ssm:/live/name}}", "ConstructId"),
        (5, "ArgumentType"),
        (None, "ArgumentType"),
        (["It"], "ArgumentType"),
    ],
    ids=["empty", "token", "reference", "number", "None", "list"],
)
def test_ids_are_texts_that_are_known(
    located_stack: Stack, record: Record, id: Any, code: str
) -> None:
    """
    A resource and a reference need a text as an id that is known at synthesis, and say so.
    """
    arguments = record.given(located_stack, "Other")
    children = len(located_stack.node.children)
    for create in (
        lambda: record.construct(located_stack, id, **arguments),
        lambda: record.refer(located_stack, id),
    ):
        with pytest.raises(ValidationError, match=r"^'id' must be .*, got ") as error:
            create()
        assert error.value.code == code
    assert len(located_stack.node.children) == children


@every_construct
@pytest.mark.parametrize(
    "scope", [None, "Stack", Stack, mock.MagicMock()], ids=["none", "text", "class", "double"]
)
def test_scopes_are_constructs(located_stack: Stack, record: Record, scope: Any) -> None:
    """
    A resource and a reference need a construct as their scope, and refuse a test double.
    """
    arguments = record.given(located_stack, "Other")
    for create in (
        lambda: record.construct(scope, "It", **arguments),
        lambda: record.refer(scope, "It"),
    ):
        with pytest.raises(ArgumentTypeError, match=r"^'scope' must be a construct, got "):
            create()


def test_reference_by_id_needs_a_stack(app: App) -> None:
    """
    The ARN of a recording configuration that is known by its ID has the account of the stack.
    """
    with pytest.raises(ValidationError, match="got an object of type 'App' outside") as error:
        ivs.RecordingConfiguration.from_recording_configuration_id(app, "It", "AbCdef1G2hij")
    assert str(error.value).endswith("[cdk-ivs:NoStack at 'It']")
    assert app.node.try_find_child("It") is None


def test_look_up_for_a_wrong_id_asks_nothing(app: App, located_stack: Stack) -> None:
    """
    A look-up whose reference cannot be created leaves no question for the CLI in the app.
    """
    wrong: Any = 5
    with pytest.raises(ArgumentTypeError, match="'id' must be str, got 5 of type 'int'"):
        ivs.Channel.from_lookup(located_stack, wrong, channel_arn=arn("channel/AbCdef1G2hij"))
    manifest = json.loads((Path(app.synth().directory) / "manifest.json").read_text())
    assert "missing" not in manifest


@pytest.mark.parametrize("name", [5, ["name"], b"name"])
def test_name_of_a_secret_is_a_text(located_stack: Stack, name: Any) -> None:
    """
    The name of the secret of a stream key is a text, and nothing is created for another value.
    """
    stage = ivs.IngestConfiguration(located_stack, "Ingest")
    with pytest.raises(ArgumentTypeError, match="'secret_name' must be str"):
        stage.stream_key_secret("Secret", secret_name=name)
    assert located_stack.node.find_child("Ingest").node.try_find_child("Secret") is None
