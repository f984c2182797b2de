"""The layer with the library for tokens."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, RemovalPolicy, Stack
from aws_cdk import aws_lambda as lambda_

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.rendered import logical_id_of, properties_of, resource_of
from tests.support.tokens import token

CODE = lambda_.Code.from_inline


def test_is_a_version_of_a_layer(stack: Stack) -> None:
    """
    The runtimes are named, so that they do not depend on the version of the CDK.
    """
    resource = resource_of(ivs.TokenLayer(stack, "Layer"))
    del resource["Properties"]["Content"]
    assert resource["Type"] == "AWS::Lambda::LayerVersion"
    assert resource["Properties"] == {
        "CompatibleRuntimes": ["python3.11", "python3.12", "python3.13", "python3.14"],
        "Description": "The Python package ivs_tokens, which signs tokens of Amazon IVS",
    }


def test_takes_what_layers_have(stack: Stack) -> None:
    """
    The name, the runtimes and what happens to an old version are those that are given.
    """
    layer = ivs.TokenLayer(
        stack,
        "Layer",
        compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
        layer_version_name="tokens",
        removal_policy=RemovalPolicy.RETAIN,
    )
    named = ivs.TokenLayer(stack, "Named", layer_version_name=token("Name"))
    resource = resource_of(layer)
    assert resource["DeletionPolicy"] == "Retain"
    assert resource["Properties"]["CompatibleRuntimes"] == ["python3.13"]
    assert resource["Properties"]["LayerName"] == "tokens"
    assert properties_of(named)["LayerName"] == {"Ref": "Name"}


def test_is_for_functions(stack: Stack) -> None:
    """
    A function takes it among its layers, and one on an older Python is refused by the CDK.
    """
    layer = ivs.TokenLayer(stack, "Layer")

    def function(id: str, runtime: lambda_.Runtime) -> lambda_.Function:
        return lambda_.Function(
            stack, id, code=CODE("pass"), handler="a.b", layers=[layer], runtime=runtime
        )

    properties = properties_of(function("Function", lambda_.Runtime.PYTHON_3_12))
    assert properties["Layers"] == [{"Ref": logical_id_of(layer)}]
    with pytest.raises(RuntimeError, match=r"python3\.10"):
        function("Older", lambda_.Runtime.PYTHON_3_10)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"layer_version_name": ""}, "'layer_version_name' must be 1 to 140 letters, digits"),
        ({"layer_version_name": "a" * 141}, "'layer_version_name' must be 1 to 140 letters"),
        ({"layer_version_name": "a b"}, "'layer_version_name' must be 1 to 140 letters, digits"),
        ({"compatible_runtimes": []}, "'compatible_runtimes' must have 1 to 15 runtimes, got 0; "),
        (
            {"compatible_runtimes": [lambda_.Runtime.PYTHON_3_12] * 16},
            (
                "'compatible_runtimes' must have 1 to 15 runtimes, got 16; leave it out for Python "
                "3.11"
            ),
        ),
        (
            {
                "compatible_runtimes": [
                    lambda_.Runtime.PYTHON_3_11,
                    lambda_.Runtime.PYTHON_3_10,
                ]
            },
            "'compatible_runtimes' must be Python 3.11 or newer, got 'python3.10'; use for ",
        ),
        (
            {"compatible_runtimes": [lambda_.Runtime.NODEJS_22_X]},
            "'compatible_runtimes' must be Python 3.11 or newer, got 'nodejs22.x'; use for ",
        ),
        (
            {"removal_policy": RemovalPolicy.SNAPSHOT},
            "'removal_policy' must be RETAIN, DESTROY or RETAIN_ON_UPDATE_OR_DELETE, got SNAPSHOT",
        ),
        ({"compatible_runtimes": ["python3.13"]}, "'compatible_runtimes' must be Sequence"),
        ({"removal_policy": "keep"}, "'removal_policy' must be RemovalPolicy, got 'keep'"),
    ],
)
def test_refuses(stack: Stack, arguments: dict[str, Any], message: str) -> None:
    """
    What Lambda does not take is refused, and nothing is created.
    """
    with pytest.raises(ValidationError) as error:
        ivs.TokenLayer(stack, "Layer", **arguments)
    assert error.value.message.startswith(message)
    assert error.value.path == "Stack/Layer"
    assert stack.node.children == []


def test_is_created_in_a_stack(app: App) -> None:
    """
    Outside of a stack nothing is created.
    """
    with pytest.raises(ValidationError, match="'scope' must be a stack or a construct in one"):
        ivs.TokenLayer(app, "Layer")
    assert app.node.try_find_child("Layer") is None
