"""A message shows the value that was given, as its reader recognizes it."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Aws, Duration

import cdk_ivs as ivs

from .argued import ARGUED, argued, shows_option
from .recognition import shows_value
from .secrets import STREAM_KEY
from .subjects import Subject

pytestmark = [pytest.mark.once, pytest.mark.unmeasured]

SHOWN: list[tuple[object, str, str]] = [
    ("word", "got 'word'", "got 'words'"),
    ("word", "got 'word' of type 'str'", "got an object of type 'str'"),
    ("a long text that ends", "got 'a long text t...'", "got 'ends'"),
    ("a" * 29, "got 29 characters", "got 28 characters"),
    ("", "got ''", "got 'x'"),
    (f"a{Aws.REGION}", "got 'a<token AWS.Region>'", "got '<token AWS.Region>'"),
    (Aws.REGION, "got a token", "got text"),
    ("dummy-value-for-/live/name", "got a token", "got text"),
    (5, "got 5", "got 6"),
    (2**1026, "got an integer of 1027 bits", "got an integer of 1026 bits"),
    (1296000.0, "got 1296000 seconds", "got 1.296"),
    (None, "got None", "got nothing"),
    (True, "got True", "got bool"),
    (b"text", "got 4 bytes", "got 5 bytes"),
    (Duration.seconds(90), "got 90 seconds", "got 60 seconds"),
    (Duration.minutes(5), "got 5 minutes", "got an object of type 'Duration'"),
    (["a", 7], "got 7 of type 'int'", "got 8 of type 'int'"),
    (["a"] * 51, "got 51", "got 50"),
    ({"key": "v"}, "got 'key'", "got 'keys'"),
    ({"key": "v" * 1021}, "got 1,024 bytes", "got 1,025 bytes"),
    ([], "got none", "got some"),
    (object(), "got an object of type 'object'", "got an object"),
    (ivs.Channel, "got <class 'cdk_ivs.Channel'>", "got a class"),
    (ivs.ChannelType.BASIC, "got 'BASIC'", "got 'STANDARD'"),
    (STREAM_KEY, "got a string of 54 characters that may contain a key", "got a string"),
    (STREAM_KEY, "got <hidden, as it may be a key>", "got text"),
]


@pytest.mark.parametrize(("value", "right", "wrong"), SHOWN)
def test_the_value_is_recognized(value: object, right: str, wrong: str) -> None:
    """
    The value itself, its length or its type is recognized, and that of another value is not.
    """
    assert shows_value(f"'name' must be right, {right} [cdk-ivs:Code at 'Stack/It']", value)
    assert not shows_value(f"'name' must be right, {wrong} [cdk-ivs:Code at 'Stack/It']", value)


def test_the_path_and_the_allowed_values_do_not_count() -> None:
    """
    What is before "got", and the path after the code, do not show the value.
    """
    assert not shows_value(
        "'name' must be 'word', got text [cdk-ivs:Code at 'Stack/'word'']", "word"
    )


def _subject(name: str, owner: str = "cdk_ivs.Channel", function: str = "__init__") -> Subject:
    return Subject(owner, function, name, "str", ())


ARGUED_MESSAGES: list[tuple[Subject, object, str]] = [
    (
        _subject("channel_name"),
        "word",
        "one of 'channel_arn' and 'channel_name' must be given, got both",
    ),
    (
        _subject("layer")._replace(annotation="str | None"),
        None,
        "'Bitrate' is not published with 'kind' alone (allowed: layer)",
    ),
    (_subject("stages"), [1j], "'stages' must not have a value twice, got 'arn:aws:ivs:a:b:c'"),
    (_subject("queue"), 5, "'queue' must be in the stack of the pattern, got one in another stack"),
    (_subject("prefix"), Aws.REGION, "'kind' must be given when 'prefix' is a token, got None"),
    (
        Subject("ivs_tokens", "participant_token", "signer", "Signer", ()),
        "word",
        "'signer' must be a PemSigner, got a value of the type 'str'",
    ),
    (_subject("secret"), 5, "'secret' must be ISecretRef, got a value of type 'int'"),
    (
        _subject("public_key_material"),
        "word",
        "'public_key_material' must be the PEM of a key, got text without the line",
    ),
    (
        _subject("url"),
        "https://me:word@example.com",
        "'url' must be an HTTPS URL of a host, got one with a username",
    ),
]


def test_each_argued_kind_is_needed_once() -> None:
    """
    Each kind of message that does not show the value has an example, which no other kind covers.
    """
    found = [argued(subject, text, value) for subject, value, text in ARGUED_MESSAGES]
    assert found == list(ARGUED)
    for subject, value, text in ARGUED_MESSAGES:
        assert argued(subject._replace(name="other"), text, value) is None


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("'props' has no option 'key' (allowed: tags)", {"key": "a"}, True),
        ("'props' has no option 'other' (allowed: tags)", {"key": "a"}, False),
        ("'props' requires 'channel', got []", {}, True),
        ("'props' must be a mapping, got 5 of type 'int'", 5, True),
        ("'props' must be a mapping, got 6 of type 'int'", 5, False),
        ("'key' must be str, got 5", {"key": 6}, False),
    ],
)
def test_options_of_a_mapping_are_recognized(text: str, value: Any, expected: bool) -> None:
    """
    A message about a mapping shows the option that does not exist.
    """
    subject = _subject("values", "cdk_ivs.StageProps", "from_mapping")
    assert shows_option(subject, text, value) is expected
