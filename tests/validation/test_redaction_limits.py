"""The limits between what messages show and what they hide."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cdk_ivs._validation.redaction import may_hold_key, number_text, redacted, safe_repr, safe_text

HIDDEN = "<hidden, as it may be a key>"
# 39 characters, one less than a key has.
SHORT = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t"


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("eyJabcdefgH", "eyJabcdefg"),
        ("eyJabcdefg-", "eyjabcdefgh"),
        ("sk_a_b", "ask_a_b"),
        ("rt_US_B-c", "Ask_a_b"),
        ("-sk_a_B", "9sk_a_b"),
        ("sk_aB-1_2", "sk_a"),
        ("0123456789abcdef" * 2, "0123456789abcdef0123456789abcde"),
        ("0123456789ABCDEF" * 2, "0123456789ABCDEF0123456789ABCDE"),
        (":".join(["a1"] * 24), ":".join(["a1"] * 23)),
        ("0xA1," * 24, "0xA1," * 23),
        ("\n".join(["A1"] * 24), "\n\n\n".join(["A1"] * 24)),
        ("12" * 15, "12" * 14 + "1"),
        ("1, " * 16 + "2", "1, " * 15 + "2"),
        ("1,123," * 8, "1,1234," * 8),
        ("-----BEGIN", "----BEGIN"),
        ("a\x01\x02\x7f\x9f", "a\x01\x02\x7f"),
        ("\x00\x08\x0b\x0c", "\t\n\r\xa0"),
        ("\\xab\\xcd\\xef\\x09", "\\xab\\xcd\\xef"),
        (SHORT + "U", SHORT),
        (SHORT + "=", SHORT),
        (SHORT.replace("1", "+", 1) + "U", SHORT.replace("1", "+", 1)),
        ("word-" * 8 + "wo+rd", "word-" * 8 + "wo/rd"),
        ("g1" * 20, "g1" * 19),
        ("G1" * 20, "G1" * 19),
        ("Klm" * 16 + "Kl", "Klm" * 17),
        (
            "my-company-production-recordings-A1b2C3d4E5f6",
            "my-company-production-recordings-A1b2C3d4E5f",
        ),
        ("-".join(["Abcde12f"] * 5), "-".join(["Abcdef12"] * 5)),
        ("playback-restriction-policy/KlMnop3Q4rstU", "playback-restriction-policy/KlMnop3Q4rst"),
        (
            "live/playback-restriction-policy/KlMnop3Q4rst/a",
            "live/playback-restriction-policy/KlMnop3Q4rst",
        ),
        (
            "key/a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5D",
            "key/a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d",
        ),
        (f"{SHORT}K/playback-key/KlMnop3Q4rst", f"{SHORT[:38]}/playback-key/KlMnop3Q4rst"),
    ],
)
def test_is_at_the_form_of_a_key(hidden: str, shown: str) -> None:
    """
    The shortest text with the form of a key is hidden, and what is a little different is shown.
    """
    assert may_hold_key(hidden)
    assert safe_text(hidden) == HIDDEN
    assert not may_hold_key(shown)
    assert safe_text(shown) == shown


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "got -----BEGIN PRIVATE KEY-----\nAbcdefgh\nIjklmnop x",
            f"got {HIDDEN} x",
        ),
        ("got ['-----BEGIN KEY-----', 'Abcdefgh'] x", f"got ['{HIDDEN}'] x"),
        ("got eyJabcdefgh.ab.cd x", f"got {HIDDEN} x"),
        (f"got {SHORT}U in {'word-' * 10} x", f"got {HIDDEN} in {'word-' * 10} x"),
        (f"got {SHORT} and eyJabcdefgh x", f"got {SHORT} and {HIDDEN} x"),
        ("got a\x01\x02b\x03\x04 x", f"got a{HIDDEN}"),
        ("got a\x01\x02b\x03 and eyJabcdefgh x", f"got a\x01\x02b\x03 and {HIDDEN} x"),
        ("got b'\\x01\\x02\\x03\\x04' x", f"got b'{HIDDEN}"),
        ("got '-----BEGIN PUBLIC KEY-----' x", "got '-----BEGIN PUBLIC KEY-----' x"),
    ],
)
def test_of_messages_is_around_the_key(message: str, expected: str) -> None:
    """
    Only the key is hidden. After control characters, which a key can contain, all is hidden.
    """
    assert redacted(message) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b " * 32 + "ab", "a b " * 32 + "ab"),
        ("a b " * 32 + "abc", f"{'a b ' * 15}a b...{'a b ' * 15}abc"),
    ],
)
def test_of_length_is_130_characters(text: str, expected: str) -> None:
    """
    A text of 130 characters is whole, and of a longer one there are 63 characters at each end.
    """
    assert safe_text(text) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (5, "5"),
        (5.0, "5"),
        (1_296_000.0, "1296000"),
        (1e22, "10000000000000000000000"),
        (0.1 + 0.2, "0.3"),
        (1.5, "1.5"),
        (1234.567890123, "1234.56789012"),
        (-0.25, "-0.25"),
        ("5", "'5'"),
        (None, "None"),
    ],
)
def test_of_numbers_is_what_people_write(number: object, expected: str) -> None:
    """
    A number has plain digits, and not those that binary fractions add.
    """
    assert number_text(number) == expected


def test_of_long_numbers_is_that_of_texts() -> None:
    """
    A float of 300 digits is shortened.
    """
    assert number_text(1e300) == f"{str(int(1e300))[:63]}...{str(int(1e300))[-63:]}"


class Duration:
    """A class with the name of that of the CDK, and without its text."""


class Timed:
    """A class with the text of a duration, and another name."""

    def __repr__(self) -> str:
        """The object in Python."""
        return "Timed()"

    def to_human_string(self) -> str:
        """The object for people."""
        return "5 minutes"


class Placed:
    """A class whose text has an address, as Python on Windows writes it."""

    def __repr__(self) -> str:
        """The object in Python."""
        return "<Placed at 0x000001F2A3B4C5D6>"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Duration(), "an object"),
        (Placed(), "<Placed>"),
        (Timed(), "Timed()"),
        (object(), "an object"),
        (Timed, "<class 'tests.validation.test_redaction_limits.Timed'>"),
        (1j, "1j"),
        (["b", b""], "a value that may contain a key"),
        ("b'a", '"b\'a"'),
        (bytearray(3), "3 bytes"),
        (memoryview(b"ab"), "2 bytes"),
    ],
    ids=lambda one: re.sub(r" at 0x\w+", "", str(one)),
)
def test_of_objects_is_their_own_text(value: Any, expected: str) -> None:
    """
    An object is shown as it shows itself, unless that has an address in memory or bytes.
    """
    assert safe_repr(value) == expected
