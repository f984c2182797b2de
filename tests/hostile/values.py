"""Hostile values, by their kind."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import functools
import itertools
import re
import types
import uuid
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple
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
from tests.support.arns import arn

from .odd_values import (
    Endless,
    AnyProducer,
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

Make = Callable[[Site, Subject], object]


class Value(NamedTuple):
    """
    A hostile value.

    Attributes:
        kind: What is hostile about it.
        name: Its name among those of the kind.
        make: Makes it, in the scope of the case.
        after: Changes it after the call, before the synthesis.
    """

    kind: str
    name: str
    make: Make
    after: Callable[[Any], None] | None = None


def plain(kind: str, values: dict[str, object]) -> list[Value]:
    """Values that need no scope."""
    return [Value(kind, name, lambda *_, value=value: value) for name, value in values.items()]


def made(kind: str, makers: dict[str, Callable[[Site], object]]) -> list[Value]:
    """Values that need a scope, or that a call can use up or change."""
    return [
        Value(kind, name, lambda site, _, maker=maker: maker(site))
        for name, maker in makers.items()
    ]


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
        "datetime": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        "date": datetime.date(2026, 1, 1),
        "timedelta": datetime.timedelta(seconds=60),
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
        "L1 without type": lambda site: CfnResource(site.stack, site.id(), type="Custom::Thing", properties={"ServiceToken": Aws.STACK_ID}),
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

_ARN = arn("channel/AbCdef1G2hij")
TEXTS = plain(
    "text",
    {
        "empty": "",
        "blank": "   ",
        "letter": "a",
        "digits": "123",
        "leading zero": "007",
        "word": "text",
        "name with a space": "two words",
        "slash": "a/b",
        "parent": "../../etc",
        "dollar": "${AWS::Region}",
        "open dollar": "${",
        "braces": "{{",
        "percent": "%s %(a)s {0} {a}",
        "markup": "<script>alert(1)</script>",
        "quotes": "\"'`\\",
        "JSON": '{"a": [1]}',
        "wildcard": "*",
        "path": "$.detail.a",
        "comma": "a,b",
        "128": "a" * 128,
        "129": "a" * 129,
        "256": "b" * 256,
        "257": "b" * 257,
        "1024": "word " * 204 + "more",
        "very long": "c" * 100_000,
        "ARN": _ARN,
        "ARN of a stage": arn("stage/AbCdef1G2hij"),
        "ARN of a room": arn("room/AbCdef1G2hij", service="ivschat"),
        "ARN of another Region": _ARN.replace("us-west-2", "eu-west-1"),
        "ARN of another account": _ARN.replace("123456789012", "210987654321"),
        "ARN of another partition": _ARN.replace("arn:aws:", "arn:aws-cn:"),
        "ARN with a newline": f"{_ARN}\n",
        "ARN with a space": f" {_ARN}",
        "ARN without an account": "arn:aws:ivs:us-west-2::channel/AbCdef1G2hij",
        "ARN with full-width digits": _ARN.replace("123456789012", "１２３４５６７８９０１２"),  # noqa: RUF001 - meant
        "ARN of nothing": "arn:aws:ivs:us-west-2:123456789012:channel/",
        "half an ARN": "arn:aws:ivs",
        "URL": "https://example.com/a?b=c#d",
        "http URL": "http://example.com",
        "URL with a password": "https://me:word@example.com",
        "URL of nothing": "https://",
        "script": "javascript:alert(1)",
        "host": "example.com",
        "upper-case host": "HTTPS://EXAMPLE.COM",
        "port": "https://example.com:99999",
        "address": "https://[::1]",
        "country": "DE",
        "lower-case country": "de",
        "no country": "ZZ",
        "aws": "aws:reserved",
        "None": "None",
        "true": "true",
        "NaN": "NaN",
        "enum": "BASIC",
        "statistic": "p99.9",
        "wrong statistic": "p101",
    },
)

UNICODE = plain(
    "Unicode",
    {
        "combining": "e\u0301",
        "many combining": "e" + "\u0301" * 40,
        "right to left": "שלום",
        "override": "a\u202ecba",
        "full width": "ＡＢＣ",  # noqa: RUF001 - meant
        "full-width digits": "１２３",  # noqa: RUF001 - meant
        "Arabic digits": "١٢٣",
        "superscript": "x²",
        "Roman numeral": "Ⅷ",  # noqa: RUF001 - meant
        "zero width": "a\u200bb",
        "zero width alone": "\u200b",
        "joiner": "a\u200db",
        "byte-order mark": "\ufefftext",
        "emoji": "😀",
        "family": "👨‍👩‍👧",
        "no-break space": "a\u00a0b",
        "ideographic space": "\u3000",
        "line separator": "a\u2028b",
        "dotted I": "İstanbul",
        "sharp s": "straße",
        "ligature": "ﬁle",
        "Cyrillic": "сhannel",  # noqa: RUF001 - meant
        "private use": "\ue000",
        "not a character": "\ufffe",
        "replacement": "\ufffd",
        "tag": "a\U000e0041",
        "beyond the basic plane": "𝟙𝟚𝟛",
    },
)

CONTROLS = plain(
    "control character",
    {
        "NUL": "a\x00b",
        "newline": "a\nb",
        "end newline": "text\n",
        "carriage return": "a\r\nb",
        "tab": "a\tb",
        "escape": "\x1b[31mred",
        "bell": "\a",
        "delete": "a\x7fb",
        "C1": "a\x85b",
        "vertical tab": "a\vb",
        "unit separator": "a\x1fb",
    },
)

# The guard on the bridge keeps them from crossing where a check is missing.
NOT_JSON = plain(
    "JSON cannot carry",
    {
        "not a number": float("nan"),
        "infinite": float("inf"),
        "below all": float("-inf"),
        "above all floats": 10**309,
        "half a pair": "a\ud800b",
        "list of an infinite": [float("inf")],
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
        "Lazy text": lambda _: Lazy.string(TextProducer("text")),
        "Lazy number": lambda _: Lazy.number(NumberProducer(60)),
        "Lazy list": lambda _: Lazy.list(ListProducer(["text"])),
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


def boundaries(subject: Subject) -> Iterator[Value]:
    """The numbers of the documentation of a parameter, and those beside them, in each form."""
    text = re.sub(r"\(https?://[^)]*\)", "", subject.doc)
    numbers = {int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", text)}
    for number in sorted(number for number in numbers if number <= 10**7):
        for near in (number - 1, number, number + 1):
            forms: dict[str, Callable[[int], object]] = {}
            if "Duration" in subject.annotation:
                forms = {"seconds": Duration.seconds, "minutes": Duration.minutes,
                         "days": Duration.days}  # fmt: skip
            elif "Mapping" in subject.annotation:
                forms = {"entries": lambda n: {f"k{each}": "v" for each in range(n)},
                         "name": lambda n: {"k" * n: "v"}, "value": lambda n: {"k": "v" * n}}  # fmt: skip
            elif "Sequence" in subject.annotation:
                forms = {"items": lambda n: ["a"] * n, "item": lambda n: ["a" * n]}
            elif "str" in subject.annotation:
                forms = {"characters": lambda n: "a" * n, "digits": str}
            else:
                forms = {"number": int, "half": lambda n: n + 0.5}
            for form, make in forms.items():
                if near >= 0 and not (near > 10**5 and form not in {"number", "seconds", "digits"}):
                    yield Value(
                        "boundary", f"{near} {form}", lambda *_, make=make, near=near: make(near)
                    )


IDS = plain(
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
) + [
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
_IN_CONTAINERS = [*TEXTS, *UNICODE, *CONTROLS]


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
        found += [*TEXTS, *UNICODE, *CONTROLS]
    else:
        found += [*TEXTS[:12], *UNICODE[:6], *CONTROLS[:3]]
    return found
