"""Hostile values, by their kind."""

from __future__ import annotations

import collections
import datetime as dt
import decimal
import fractions
import functools
import itertools
import re
import types
import uuid
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any
from unittest import mock

from aws_cdk import (
    App,
    Aws,
    CfnParameter,
    CfnResource,
    Duration,
    Fn,
    Lazy,
    RemovalPolicy,
    SecretValue,
    Size,
    Stack,
    Stage,
    Token,
)
from aws_cdk import aws_ivs as l1
from aws_cdk import aws_s3 as s3
from constructs import Construct

import cdk_ivs as ivs
from tests.support.crossing import UNCARRIED

from .boundaries import Make, Value, boundaries, made, plain
from .not_ours import PRODUCED
from .odd_values import (
    AnyProducer,
    Endless,
    ListProducer,
    Number,
    NumberProducer,
    Rude,
    SameText,
    Text,
    TextProducer,
    Wordy,
    generated,
    mutable,
    removed,
)
from .secrets import SECRETS
from .site import Site
from .subjects import Subject
from .texts import CONTROLS, TEXTS, UNICODE

WRONG_TYPES = plain(
    "wrong type",
    {
        "None": None,
        "True": True,
        "False": False,
        "float": 1.5,
        "bytes": b"text",
        "empty bytes": b"",
        "bytearray": bytearray(b"text"),
        "complex": 1j,
        "tuple": ("text",),
        "set": {"text"},
        "empty set": set(),
        "frozenset": frozenset({1}),
        "range": range(3),
        "dict of numbers": {1: 2},
        "dict of None": {"a": None},
        "dict of lists": {"a": ["b"]},
        "nested dict": {"a": {"b": {}}},
        "class": int,
        "CDK class": Stack,
        "own class": ivs.Channel,
        "function": functools.partial(int),
        "lambda": lambda *_: "text",
        "builtin": len,
        "module": types,
        "object": object(),
        "ellipsis": ...,
        "not implemented": NotImplemented,
        "exception": ValueError("text"),
        "datetime": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        "date": dt.date(2026, 1, 1),
        "timedelta": dt.timedelta(seconds=60),
        "Decimal": decimal.Decimal("1.5"),
        "Decimal NaN": decimal.Decimal("NaN"),
        "Fraction": fractions.Fraction(1, 2),
        "UUID": uuid.UUID(int=1),
        "path": PurePosixPath("/a/b"),
        "regular expression": re.compile("a"),
        "enum of the CDK": RemovalPolicy.RETAIN,
        "own enum": ivs.ChannelType.BASIC,
        "other own enum": ivs.Storage.LATEST,
        "value": ivs.ThumbnailConfiguration.disable(),
        "str subclass": Text("text"),
        "int subclass": Number(5),
        "dict subclass": collections.OrderedDict(a="b"),
        "UserDict": collections.UserDict({"a": "b"}),
        "UserList": collections.UserList(["a"]),
        "mapping proxy": types.MappingProxyType({"a": "b"}),
        "namespace": types.SimpleNamespace(node=None, channel_arn="text"),
        "rude object": Rude(),
        "wordy object": Wordy(),
        "same text": SameText(),
        "endless": Endless(),
        "list of None": [None],
        "list of numbers": [1, 2],
        "list of lists": [["text"]],
        "list with itself twice": ["text", "text"],
        "list of objects": [object()],
        "list of dicts": [{"a": "b"}],
        "mixed list": ["text", 1, None],
        "empty list": [],
        "empty tuple": (),
        "empty dict": {},
    },
) + made(
    "wrong type",
    {
        "mock": lambda _: mock.MagicMock(),
        "Duration": lambda _: Duration.seconds(90),
        "Duration of days": lambda _: Duration.days(400),
        "Duration of milliseconds": lambda _: Duration.millis(1500),
        "no Duration": lambda _: Duration.seconds(0),
        "Size": lambda _: Size.gibibytes(1),
    },
)

CONSTRUCTS = made(
    "construct of another kind",
    {
        "bucket": lambda site: s3.Bucket(site.stack, site.id()),
        "referred bucket": lambda site: s3.Bucket.from_bucket_name(site.stack, site.id(), "b"),
        "channel": lambda site: site.imported("channel"),
        "stage": lambda site: site.imported("stage"),
        "room": lambda site: site.imported("room"),
        "storage": lambda site: site.imported("storage_configuration"),
        "policy": lambda site: site.imported("playback_restriction_policy"),
        "L1 channel": lambda site: l1.CfnChannel(site.stack, site.id()),
        "L1 without type": lambda site: CfnResource(
            site.stack, site.id(), type="Custom::Thing", properties={"ServiceToken": Aws.STACK_ID}
        ),
        "parameter": lambda site: site.parameter(),
        "app": lambda site: site.app,
        "stack": lambda site: site.root,
        "construct": lambda site: Construct(site.stack, site.id()),
        "node": lambda site: site.root.node,
        "grants": lambda site: site.imported("channel").grants,
        "list of buckets": lambda site: [s3.Bucket(site.stack, site.id())],
    },
)


def _right(site: Site, subject: Subject) -> Any:
    return subject.right_value(site)


def _elsewhere(site: Site, subject: Subject) -> Any:
    other = site.elsewhere()
    return subject.right_value(other)


def _removed(site: Site, subject: Subject) -> Any:
    return removed(site, subject.right_value(site))


def _nested(site: Site, subject: Subject) -> Any:
    # The scope of the case has its other arguments too.
    return Construct(site.stack, site.id()) if subject.name == "scope" else _right(site, subject)


def _as(kind: Callable[[Any], object]) -> Make:
    return lambda site, subject: kind(_listed(subject.right_value(site)))


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | dict) else [value]


SHARED = [
    Value("right value", "as it is", _right),
    Value("another app", "right value", _elsewhere),
    Value("removed construct", "right value", _removed),
    Value("iterator", "iter", _as(iter)),
    Value("iterator", "generator", _as(generated)),
    Value("iterator", "map", _as(lambda each: map(str, each))),
    Value("iterator", "zip", _as(lambda each: zip(each, each, strict=True))),
    Value("iterator", "keys", _as(lambda each: dict.fromkeys(map(id, each)).keys())),
    Value("iterator", "chain", _as(itertools.chain)),
    Value("shared value", "tuple", _as(tuple)),
    Value("shared value", "twice in a list", _as(lambda each: [*each, *each])),
    Value("shared value", "deque", _as(collections.deque)),
    Value("changed afterwards", "emptied", _as(mutable), lambda each: each.clear()),
    Value("changed afterwards", "with more", _as(mutable), lambda each: each.spoil()),
]

SHARED += [
    Value("given twice", "to two calls", _right, again=True),
    Value("given twice", "a list to two calls", _as(list), again=True),
    Value("given twice", "and changed", _as(mutable), lambda each: each.spoil(), again=True),
    Value("given twice", "to two arguments", _right, both=True),
    Value("removed afterwards", "right value", _nested, again=True, gone=True),
]

NUMBERS = plain(
    "number",
    {
        str(each): each
        for each in (
            0, -1, 1, 2, -0.0, 0.1, -0.5, 1e-300, 59.999, 60, 61, 90, 100, 300,
            2**31, 2**53, 2**53 + 1, -(2**63), 1e21, 1e300,
        )
    },
)  # fmt: skip

TEXT_VALUES = plain("text", TEXTS)
UNICODE_VALUES = plain("Unicode", UNICODE)
CONTROL_VALUES = plain("control character", CONTROLS)

# The guard on the bridge keeps them from crossing where a check is missing.
NOT_JSON = plain(
    "JSON cannot carry",
    {
        "number": UNCARRIED,
        "above all floats": 10**309,
        "half a pair": "a\ud800b",
        "list of a number": [UNCARRIED],
        "list of half a pair": ["\udfff"],
        "mapping of half a pair": {"a": "\ud800"},
        "name of half a pair": {"\ud800": "a"},
    },
)


def _number_parameter(site: Site) -> CfnParameter:
    return site.parameter("Number")


TOKENS = made(
    "token",
    {
        "text parameter": lambda site: site.parameter().value_as_string,
        "number parameter": lambda site: _number_parameter(site).value_as_number,
        "list parameter": lambda site: site.parameter("CommaDelimitedList").value_as_list,
        "parameter as value": lambda site: site.parameter().value,
        "Lazy text": lambda _: Lazy.string(TextProducer(PRODUCED)),
        "Lazy number": lambda _: Lazy.number(NumberProducer(60)),
        "Lazy list": lambda _: Lazy.list(ListProducer([PRODUCED])),
        "Lazy any": lambda _: Lazy.any(AnyProducer({"a": "b"})),
        "condition": lambda site: Fn.condition_if(site.condition(), "a", "b").to_string(),
        "condition as value": lambda site: Fn.condition_if(site.condition(), "a", "b"),
        "join": lambda _: Fn.join("-", ["a", Aws.REGION]),
        "sub": lambda _: Fn.sub("${AWS::Region}-a"),
        "select": lambda site: Fn.select(0, site.parameter("CommaDelimitedList").value_as_list),
        "split": lambda site: Fn.split(",", site.parameter().value_as_string),
        "import": lambda _: Fn.import_value("elsewhere"),
        "Region": lambda _: Aws.REGION,
        "NoValue": lambda _: Aws.NO_VALUE,
        "SSM reference": lambda _: "{{resolve:ssm:/live/name:1}}",
        "secret reference": lambda _: "{{resolve:secretsmanager:live}}",
        "secret": lambda _: SecretValue.secrets_manager("live").unsafe_unwrap(),
        "secret as value": lambda _: SecretValue.secrets_manager("live"),
        "plain secret": lambda _: SecretValue.unsafe_plain_text("text"),
        "made-up value": lambda _: "dummy-value-for-/live/name",
        "beside text": lambda _: f"a-{Aws.REGION}",
        "before text": lambda _: f"{Aws.REGION}/b c",
        "two": lambda _: f"{Aws.REGION}{Aws.ACCOUNT_ID}",
        "beside a control": lambda _: f"{Aws.REGION}\x00",
        "in an ARN": lambda _: f"arn:aws:ivs:{Aws.REGION}:123456789012:channel/AbCdef1G2hij",
        "list of a token": lambda _: [Aws.REGION],
        "list of token and text": lambda _: [Aws.REGION, "text"],
        "mapping of a token": lambda _: {"a": Aws.REGION},
        "name that is a token": lambda _: {Aws.REGION: "a"},
        "Duration of a token": lambda site: Duration.seconds(
            _number_parameter(site).value_as_number
        ),
        "object": lambda _: Token.as_any({"Ref": "AWS::Region"}),
        "object as text": lambda _: Token.as_string({"Ref": "AWS::Region"}),
        "object as number": lambda _: Token.as_number({"Ref": "AWS::Region"}),
        "object as list": lambda _: Token.as_list({"Ref": "AWS::NotificationARNs"}),
    },
)


def in_a_list(values: list[Value], kind: str) -> list[Value]:
    """The values as the only item of a list."""
    return [
        Value(kind, f"[{each.name}]", lambda site, subject, each=each: [each.make(site, subject)])
        for each in values
    ]


def in_a_mapping(values: list[Value], kind: str) -> list[Value]:
    """The values as the value and as the name of a mapping."""
    return [
        Value(
            kind, f"{{{each.name}: …}}",
            lambda site, subject, each=each: {
                "key": each.make(site, subject), each.make(site, subject): "value"
            },
        )
        for each in values
    ]  # fmt: skip


_IDS = plain(
    "id",
    {
        "a slash": "a/b",
        "two slashes": "//",
        "a dot": ".",
        "only signs": "---",
        "Default": "Default",
        "Resource": "Resource",
        "long": "Id" * 150,
        "Unicode": "Kanäle",
        "emoji": "😀",
        "a space": " ",
        "newline": "a\nb",
    },
)
IDS = [
    *_IDS,
    Value("id", "the same twice", lambda site, _: _taken(site)),
    Value("id", "in another case", lambda site, _: _taken(site).lower()),
]


def _taken(site: Site) -> str:
    id = site.id()
    Construct(site.stack, id)
    return id


def _outside(_: Site) -> Construct:
    return Construct(App(analytics_reporting=False), "Outside")


SCOPES = made(
    "scope",
    {
        "None": lambda _: None,
        "app": lambda site: site.app,
        "stage": lambda site: Stage(site.app, site.id()),
        "construct without a stack": lambda site: Construct(site.app, site.id()),
        "construct of another app": _outside,
        "stack of another app": lambda site: site.elsewhere().root,
        "removed construct": lambda site: removed(site, Construct(site.stack, site.id())),
        "removed stack": lambda site: removed(site, Stack(site.app, site.id())),
        "class": lambda _: Construct,
        "node": lambda site: site.root.node,
        "text": lambda _: "Stack",
        "nested construct": lambda site: Construct(site.stack, site.id()),
        "L1": lambda site: l1.CfnStage(site.stack, site.id()),
        "token": lambda _: Aws.STACK_NAME,
        "mock": lambda _: mock.MagicMock(),
    },
)

SECRET_VALUES = plain("secret", SECRETS)
_IN_CONTAINERS = [*TEXT_VALUES, *UNICODE_VALUES, *CONTROL_VALUES]


def values_for(subject: Subject) -> list[Value]:
    """All that the parameter is given: what is near its type, and all types that it is not."""
    found = [*WRONG_TYPES, *CONSTRUCTS, *SHARED, *NUMBERS, *NOT_JSON, *TOKENS, *SECRET_VALUES]
    found += boundaries(subject)
    annotation = subject.annotation
    if subject.name == "scope":
        found += SCOPES
    if subject.name == "id":
        found += IDS
    if annotation.startswith("Sequence[") and ("str" in annotation or "Enum" in annotation):
        found += in_a_list(_IN_CONTAINERS, "text in a list")
        found += in_a_list(TOKENS, "token in a list")
    elif annotation.startswith("Sequence["):
        found += in_a_list([*CONSTRUCTS, *WRONG_TYPES[:20]], "wrong item")
    elif annotation.startswith("Mapping["):
        found += in_a_mapping(_IN_CONTAINERS, "text in a mapping")
        found += in_a_mapping(TOKENS[:20], "token in a mapping")
    if "str" in annotation or annotation.removesuffix(" | None").isidentifier():
        found += [*TEXT_VALUES, *UNICODE_VALUES, *CONTROL_VALUES]
    else:
        found += [*TEXT_VALUES[:12], *UNICODE_VALUES[:6], *CONTROL_VALUES[:3]]
    return found
