"""Origins of playback restriction policies."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from aws_cdk import Fn
from hypothesis import example, given
from hypothesis import strategies as st

from cdk_ivs import ValidationError
from cdk_ivs._validation.origins import check_origins
from tests.support.tokens import token

LONGEST = "https://" + "a" * 63 + "." + "b" * 53 + ".io"


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.com",
        "http://example.com",
        "https://*.example.com",
        "https://example.com:8443",
        "https://example.com:1",
        "https://example.com:65535",
        "http://localhost:3000",
        "http://127.0.0.1:8080",
        "https://xn--mnchen-3ya.de",
        "https://a-b.example.co.uk",
        LONGEST,
    ],
)
def test_origins_are_accepted(origin: str) -> None:
    """
    Scheme and host, with a wildcard for subdomains or a port, are an origin.
    """
    assert len(origin) <= 128
    assert check_origins("allowed_origins", [origin]) is None


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "*",
        "example.com",
        "//example.com",
        "https://",
        "https:example.com",
        "ftp://example.com",
        "HTTPS//example.com",
        "https://example.com/",
        "https://example.com/live",
        "https://example.com?a=b",
        "https://example.com#a",
        "https://user@example.com",
        "https://example.com:",
        "https://EXAMPLE.com",
        "https://example.com:443",
        "http://example.com:80",
        "https://example.com:0",
        "https://example.com:65536",
        "https://example.com:port",
        "https://-a.example.com",
        "https://a-.example.com",
        "https://a..example.com",
        "https://.example.com",
        "https://example.com.",
        "https://*example.com",
        "https://a.*.example.com",
        "https://*",
        "https://*.*.example.com",
        "https://exämple.com",
        "https://exam ple.com",
        " https://example.com",
        "https://example.com\n",
        "https://example.com,https://example.org",
    ],
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    """
    The one that is wrong is named, with the form of an origin.
    """
    with pytest.raises(ValidationError) as error:
        check_origins("allowed_origins", ["https://example.org", origin])
    assert error.value.code == "Origin"
    assert error.value.message == (
        "'allowed_origins' must be origins such as 'https://example.com' or "
        f"'https://*.example.com', got {origin!r}; write the scheme, the host in lower case and a "
        "port other than the default, without leading zeros, and nothing after them"
    )


def test_as_many_as_ivs_takes_are_accepted() -> None:
    """
    Five origins are taken, and so is none.
    """
    origins = [f"https://{name}.example.com" for name in "abcde"]
    assert check_origins("allowed_origins", origins) is None
    assert check_origins("allowed_origins", []) is None


def test_more_are_refused() -> None:
    """
    Six origins are refused, with their number.
    """
    with pytest.raises(ValidationError) as error:
        check_origins("allowed_origins", [f"https://{name}.example.com" for name in "abcdef"])
    assert error.value.code == "OriginCount"
    assert error.value.message == "'allowed_origins' must have at most 5 origins, got 6"


def test_a_long_one_is_refused() -> None:
    """
    128 characters are taken, 129 are refused with their number.
    """
    assert len(LONGEST) == 128
    with pytest.raises(ValidationError) as error:
        check_origins("allowed_origins", [f"{LONGEST}n"])
    assert error.value.code == "OriginLength"
    assert error.value.message == (
        "'allowed_origins' must be origins of at most 128 characters, got 129 characters"
    )


def test_repetitions_are_refused() -> None:
    """
    The origin that stands twice is named.
    """
    with pytest.raises(
        ValidationError,
        match="'allowed_origins' must not have a value twice, got 'http://localhost' again",
    ):
        check_origins("allowed_origins", ["http://localhost", "http://a", "http://localhost"])


def test_tokens_pass() -> None:
    """
    An origin that is, or holds, a token is left to IVS, and so is a whole list.
    """
    assert check_origins("allowed_origins", [token(), f"https://{token('Host')}"]) is None
    assert check_origins("allowed_origins", Fn.split(",", token())) is None
    looked_up = "dummy-value-for-/Live"
    assert check_origins("allowed_origins", [looked_up, f"https://{looked_up}"]) is None


# Near an origin, so that many examples are one and the others almost.
ORIGINS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["https://", "http://", "https:", "ftp://", ""]),
        st.sampled_from(["", "*.", "www.", "user@"]),
        st.text("ab1-._", max_size=12),
        st.sampled_from(["", ":", ":443", ":0", ":65535", ":65536", ":99999"]),
        st.sampled_from(["", "", "/", "/a", "?a", "#a"]),
    ),
)


# Like the next one, without anything of aws-cdk-lib.
@pytest.mark.once
@given(ORIGINS)
@example("https://example.com")
@example("https://*.example.com:8443")
def test_only_urls_of_scheme_and_host_are_accepted(origin: str) -> None:
    """
    Of what is accepted, Python's parser finds a scheme, a host, maybe a port, and nothing else.
    """
    try:
        check_origins("allowed_origins", [origin])
    except ValidationError:
        return
    url = urlsplit(origin)
    port = f":{url.port}" if url.port is not None else ""
    assert url.scheme in {"http", "https"}
    assert url.hostname
    assert (url.path, url.query, url.fragment, url.username) == ("", "", "", None)
    assert f"{url.scheme}://{url.hostname}{port}" == origin


@pytest.mark.once
@given(
    st.sampled_from(["http", "https"]),
    st.sampled_from(["", "*."]),
    st.lists(st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True), min_size=1),
    st.none() | st.integers(1, 65535).filter(lambda port: port not in {80, 443}),
)
def test_urls_of_scheme_and_host_are_accepted(
    scheme: str, wildcard: str, labels: list[str], port: int | None
) -> None:
    """
    What is made of a scheme, a host and maybe a port is accepted up to 128 characters.
    """
    origin = f"{scheme}://{wildcard}{'.'.join(labels)}{f':{port}' if port else ''}"
    if len(origin) <= 128:
        assert check_origins("allowed_origins", [origin]) is None
    else:
        with pytest.raises(ValidationError, match="of at most 128 characters"):
            check_origins("allowed_origins", [origin])
