"""Values in messages: what is shown, and what is hidden."""

from __future__ import annotations

import pytest

from ivs_tokens._shown import shown
from tests.ivs_tokens.parts import CHANNEL, PUBLIC_KEY, WHIP_URL


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "True"),
        (1.5, "1.5"),
        (2**64 - 1, "18446744073709551615"),
        (2**64, "an integer of 65 bits"),
        (-(10**1000), "an integer of 3322 bits"),
        ("", "''"),
        ("it's", '"it\'s"'),
        (CHANNEL, f"'{CHANNEL}'"),
        (PUBLIC_KEY, f"'{PUBLIC_KEY}'"),
        (WHIP_URL, f"'{WHIP_URL}'"),
        ("a" * 39, f"'{'a' * 39}'"),
        ("x y " * 32, f"'{'x y ' * 32}'"),
        (b"secret", "6 bytes"),
        (bytearray(3), "3 bytes"),
        ({"secret": 1}, "a value of the type 'dict'"),
        (
            type("eyJhbGci", (), {})(),
            "a value of the type a string of 8 characters that is not shown",
        ),
    ],
)
def test_what_is_shown(value: object, text: str) -> None:
    """
    Names, ARNs and numbers are shown, and what has neither form is described.
    """
    assert shown(value).removesuffix(" because it may be secret") == text


@pytest.mark.parametrize(
    "value",
    [
        "-----BEGIN EC PRIVATE KEY-----",
        "eyJhbGciOiJFUzM4NCJ9",
        "sk_us-west-2_a_b",
        "rt_123456789012_a",
        "a" * 40,
        "0f" * 20,
        "f99cde61-c2b0-4df3-8941-ca7d38acca1a" + "0" * 20,
        "x y " * 33,
        "line\nbreak",
        "\x1b[2J",
        "\ud800",
        ":".join(["b7"] * 13),
        ", ".join(["183"] * 13),
    ],
)
def test_what_is_hidden(value: str) -> None:
    """
    What has the form of a key, a token or a stream key is not shown, however short it is.
    """
    assert shown(value) == (
        f"a string of {len(value)} characters that is not shown because it may be secret"
    )
