"""Origins: what the constructs take is what the functions take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdk_ivs import ValidationError
from cdk_ivs._validation.origins import check_origins, check_token_origins
from ivs_tokens import TokenError
from ivs_tokens._checks import check_origin
from tests.token_functions.construct_parts import Make

LABELS = st.sampled_from(["a", "a-b", "0", "-a", "a-", "A", "", "ü", "*", "localhost", "[::1]"])
ORIGINS = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["https", "http", "capacitor", "9p", "", "HTTPS", "a+b"]),
    st.sampled_from(["://", ":", "//", "://*.", "://*"]),
    st.lists(LABELS, min_size=1, max_size=3).map(".".join),
    st.sampled_from(
        ["", ":1", ":80", ":443", ":0", ":01", ":65535", ":65536", ":", ":\N{THAI DIGIT ONE}"]
    ),
    st.sampled_from(["", "", "", "/", " ", "?a", ",https://b.example"]),
)


def is_taken(check: Make, origin: str) -> bool:
    """Whether a check takes an origin."""
    try:
        check(origin)
    except (TokenError, ValidationError):
        return False
    return True


@given(ORIGINS)
def test_are_those_of_the_functions(origin: str) -> None:
    """
    The two packages cannot import each other, and have the same rule.
    """
    assert is_taken(
        lambda text: check_token_origins("allowed_origins", [text], strict=True), origin
    ) == is_taken(lambda text: check_origin("allowed_origins", text), origin)


@pytest.mark.parametrize("port", ["\N{THAI DIGIT ONE}", "\N{ARABIC-INDIC DIGIT THREE}"])
def test_of_policies_have_ports_in_ascii(port: str) -> None:
    """
    A digit of another script is no port.
    """
    with pytest.raises(ValidationError, match="'allowed_origins' must be origins such as"):
        check_origins("allowed_origins", [f"https://example.com:{port}"])
