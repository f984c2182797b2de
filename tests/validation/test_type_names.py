"""How messages name the type of a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import Duration, Stack, aws_ivs_alpha
from aws_cdk.aws_iam import Role
from aws_cdk.aws_kms import Key
from aws_cdk.aws_lambda import Function
from aws_cdk.aws_logs import LogGroup
from aws_cdk.aws_s3 import Bucket
from aws_cdk.aws_secretsmanager import Secret
from constructs import IConstruct
from jsii._reference_map import InterfaceDynamicProxy

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError
from cdk_ivs._validation.type_names import type_name

ROLE_ARN = "arn:aws:iam::111122223333:role/reader"
KEY_ARN = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000"


class _OwnBucket(Bucket):
    """A class of a user, which inherits what jsii notes on a class."""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # Alpha has classes of the same names as ours.
        (aws_ivs_alpha.Policy.ALLOW, "aws_cdk.aws_ivs_alpha.Policy"),
        (Duration.seconds(1), "Duration"),
        (None, "NoneType"),
        (3, "int"),
    ],
)
def test_of_a_value(value: object, expected: str) -> None:
    """
    The type has the name that Python has, and that of alpha has its module.
    """
    assert type_name(value) == expected


@pytest.mark.parametrize(
    ("imported", "expected"),
    [
        (lambda stack: Role.from_role_arn(stack, "Imported", ROLE_ARN), "IRole"),
        (lambda stack: Key.from_key_arn(stack, "Imported", KEY_ARN), "IKey"),
        (lambda stack: LogGroup.from_log_group_name(stack, "Imported", "chat"), "ILogGroup"),
        (lambda stack: Secret.from_secret_name_v2(stack, "Imported", "name"), "ISecret"),
        (lambda stack: Function.from_function_name(stack, "Imported", "name"), "FunctionBase"),
        (lambda stack: Bucket.from_bucket_name(stack, "Imported", "name"), "BucketBase"),
        (lambda stack: Bucket(stack, "Bucket"), "Bucket"),
        (lambda stack: _OwnBucket(stack, "Bucket"), "_OwnBucket"),
    ],
)
def test_of_what_javascript_created(
    stack: Stack, imported: Callable[[Stack], Any], expected: str
) -> None:
    """
    An object that the CDK imports has the name of its interface or its class in the CDK, and not
    that of the class by which jsii represents it.
    """
    value = imported(stack)
    assert type_name(value) == expected
    with pytest.raises(ArgumentTypeError, match=f"got an object of type '{expected}'"):
        ivs.Channel.from_channel_arn(stack, "Channel", value)


def test_of_several_interfaces(stack: Stack) -> None:
    """
    An object with several interfaces has the names of all.
    """

    def parts(construct: IConstruct) -> list[Any]:
        return vars(construct)["_delegates"]

    role = Role.from_role_arn(stack, "Role", ROLE_ARN)
    key = Key.from_key_arn(stack, "Key", KEY_ARN)
    both = InterfaceDynamicProxy([*parts(role), *parts(key)])
    assert type_name(both) == "IRole and IKey"


def test_without_an_interface(stack: Stack) -> None:
    """
    An object of which only the class is known has its name.
    """
    made: Any = InterfaceDynamicProxy([Bucket(stack, "Bucket")])
    assert type_name(made) == "Bucket"


def test_of_an_unknown_proxy() -> None:
    """
    If jsii has the interfaces of an object elsewhere, the name is that of the class.
    """
    kind = type("Proxy", (), {"__module__": "jsii._elsewhere"})
    assert type_name(kind()) == "Proxy"


def test_is_short() -> None:
    """
    The name of a class of a user is shortened, as other values are.
    """
    name = type_name(type("Long" * 300, (), {})())
    begin, end = name.split("...")
    assert begin.startswith("LongLong")
    assert end.endswith("LongLong")
    assert len(name) <= 130
