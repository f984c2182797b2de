"""Forms of origins, decided by RFC 6454 and the URL standard: what browsers and apps send."""

from __future__ import annotations

import ipaddress

import pytest
from aws_cdk import Stack, Token
from hypothesis import example, given
from hypothesis import strategies as st

from cdk_ivs import ArgumentTypeError, ValidationError, patterns
from cdk_ivs._validation.origins import check_each_origin, check_origins, check_token_origins
from ivs_tokens import TokenError
from ivs_tokens._checks import check_origin

SENT = [
    "capacitor://localhost",
    "ionic://localhost",
    "chrome-extension://abcdefghijklmnop",
    "https://my_site.example.com",
    "https://_a.example.com",
    "https://[::1]",
    "http://[::1]:8080",
    "https://[2001:db8::1]",
    "https://[::ffff:c000:201]",
    "https://xn--mnchen-3ya.de",
    "https://example.com:80",
    "https://example.com:8443",
]
NOT_SENT = [
    "https://example.com:08443",
    "https://example.com:00001",
    "https://example.com:\N{THAI DIGIT ONE}",
    "https://example.com:\N{FULLWIDTH DIGIT EIGHT}443",
    "https://[::1",
    "https://::1",
    "https://[0:0:0:0:0:0:0:1]",
    "https://[2001:DB8::1]",
    "https://[2001:0db8::1]",
    "https://[:::]",
    "https://[1::2::3]",
    "https://[fe80::1%eth0]",
    "https://[::ffff:192.0.2.1]",
    "https://*.[::1]",
    "https://münchen.de",
    "https://Example.com",
    "HTTPS://example.com",
    "https://example.com/",
    "https://example.com.",
    "capacitor://localhost/",
    "ftp://example.com",
    "ws://example.com",
    "wss://example.com",
    "file://host",
    "about://blank",
    "blob://example.com",
    "data://example.com",
    "javascript://example.com",
    "htps://example.com",
    "httpss://example.com",
    "htttp://example.com",
    "9p://example.com",
]


@pytest.mark.parametrize("origin", SENT)
def test_what_is_sent_is_taken(origin: str) -> None:
    """
    Policies and tokens take what browsers and apps send, and so does the package that signs.
    """
    assert check_origins("allowed_origins", [origin]) is None
    assert check_token_origins("allowed_origins", [origin], strict=True) is None
    assert check_origin("allowed_origins", origin) is None


@pytest.mark.parametrize("origin", NOT_SENT)
def test_what_is_not_sent_is_refused(origin: str) -> None:
    """
    What no page sends would match no viewer.
    """
    for check in (
        lambda: check_origins("allowed_origins", [origin]),
        lambda: check_token_origins("allowed_origins", [origin], strict=True),
    ):
        with pytest.raises(ValidationError, match="'allowed_origins' must be origins such as") as e:
            check()
        assert e.value.code == "Origin"


def test_null_is_refused_with_its_reason() -> None:
    """
    Every page can send the origin null, so it restricts nothing.
    """
    for check in (
        lambda: check_origins("allowed_origins", ["null"]),
        lambda: check_token_origins("allowed_origins", ["null"], strict=False),
    ):
        with pytest.raises(ValidationError) as error:
            check()
        assert error.value.message == (
            "'allowed_origins' must be origins such as 'https://example.com' or "
            "'https://*.example.com', got 'null'; any page can send it from a sandboxed frame"
        )
    with pytest.raises(TokenError):
        check_origin("allowed_origins", "null")


def test_origins_of_apps_are_not_those_of_cloudfront(stack: Stack) -> None:
    """
    CloudFront answers pages of the web only.
    """
    assert check_each_origin("o", ["http://localhost:8080"]) is None
    with pytest.raises(ValidationError, match="got 'capacitor://localhost'"):
        check_each_origin("o", ["capacitor://localhost"])
    for origin in ("capacitor://localhost", "wss://example.com"):
        with pytest.raises(ValidationError) as error:
            patterns.RecordingDelivery(stack, "Delivery", allowed_origins=[origin])
        assert error.value.code == "Origin"
    assert stack.node.try_find_child("Delivery") is None


@pytest.mark.parametrize("text", ["\ud83c", f"n{Token.as_number({'Ref': 'Number'})}"])
def test_what_cannot_be_carried_is_refused_as_that(text: str) -> None:
    """
    Text that JSON or the CDK cannot carry is refused before its form is checked.
    """
    for check in (
        lambda: check_origins("allowed_origins", [f"https://{text}"]),
        lambda: check_token_origins("allowed_origins", [f"https://{text}"], strict=False),
    ):
        with pytest.raises(
            ArgumentTypeError, match=r"'allowed_origins' must (be text|not contain)"
        ):
            check()


class TestTokenOrigins:
    """The origins of playback tokens."""

    @pytest.mark.parametrize("strict", [True, False])
    @pytest.mark.parametrize(
        "origins",
        [
            ["*"],
            ["https://a.example", "*", "capacitor://localhost"],
            [f"https://{name}.example" for name in "abcde"],
        ],
        ids=["any", "app", "five"],
    )
    def test_are_taken(self, origins: list[str], strict: bool) -> None:
        """
        Up to five origins are taken with and without strict enforcement, and so is any origin.
        """
        assert check_token_origins("allowed_origins", origins, strict=strict) is None

    def test_can_be_many_or_none_without_strict_enforcement(self) -> None:
        """
        The guide states a limit for strict enforcement only, and no origins allow all.
        """
        origins = [f"https://{name}.example" for name in "abcdef"]
        assert check_token_origins("allowed_origins", origins, strict=False) is None
        assert check_token_origins("allowed_origins", None, strict=False) is None

    @pytest.mark.parametrize(
        ("origins", "strict", "code", "problem"),
        [
            (
                None,
                True,
                "StrictOrigins",
                (
                    "given with 'strict_origin_enforcement' True, got none; name the origins that "
                    "it restricts playback to"
                ),
            ),
            (
                [f"https://{name}.example" for name in "abcdef"],
                True,
                "OriginCount",
                "at most 5 origins with 'strict_origin_enforcement' True, got 6",
            ),
            *(
                (
                    [],
                    strict,
                    "OriginCount",
                    "at least one origin, got none; leave it out to allow all",
                )
                for strict in (True, False)
            ),
            *(
                (
                    ["https://a.example", "*", "https://a.example"],
                    strict,
                    "Duplicate",
                    "a value twice, got 'https://a.example' again; leave one out",
                )
                for strict in (True, False)
            ),
        ],
    )
    def test_are_refused(
        self, origins: list[str] | None, strict: bool, code: str, problem: str
    ) -> None:
        """
        A wrong number of origins is refused with what to do.
        """
        with pytest.raises(ValidationError) as error:
            check_token_origins("allowed_origins", origins, strict=strict)
        assert error.value.code == code
        assert error.value.message.startswith("'allowed_origins' must ")
        assert error.value.message.endswith(problem)

    def test_are_refused_beside_the_wildcard(self) -> None:
        """
        An invalid origin is not made valid by the one that allows all.
        """
        with pytest.raises(ValidationError, match=r"got 'example\.com'; write the scheme"):
            check_token_origins("allowed_origins", ["*", "example.com"], strict=False)


@given(st.ip_addresses(v=6))
@example(ipaddress.IPv6Address("::ffff:c0a8:1"))
@example(ipaddress.IPv6Address("::ffff:0:1"))
@example(ipaddress.IPv6Address("1:0:0:2::3"))
def test_addresses_are_taken_in_one_form(address: ipaddress.IPv6Address) -> None:
    """
    Every IPv6 address is taken in its shortest form, and not written out.
    """
    shortest = compressed(address)
    assert check_origins("allowed_origins", [f"https://[{shortest}]"]) is None
    if address.exploded != shortest:
        with pytest.raises(ValidationError):
            check_origins("allowed_origins", [f"https://[{address.exploded}]"])


def compressed(address: ipaddress.IPv6Address) -> str:
    """The serialization of the URL standard, after its steps."""
    pieces = [int(address) >> 16 * place & 0xFFFF for place in reversed(range(8))]
    best, length = None, 1
    for start in range(8):
        end = start
        while end < 8 and pieces[end] == 0:
            end += 1
        if end - start > length:
            best, length = start, end - start
    if best is None:
        return ":".join(f"{piece:x}" for piece in pieces)
    left, right = pieces[:best], pieces[best + length :]
    return "::".join(":".join(f"{piece:x}" for piece in side) for side in (left, right))
