"""Endpoints of channels, where they are checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import Token

from cdk_ivs import ValidationError
from cdk_ivs._validation.endpoints import check_ingest_endpoint, check_playback_url
from cdk_ivs._validation.errors import ArgumentTypeError
from tests.support.tokens import token

CHECKS = [
    pytest.param("ingest_endpoint", check_ingest_endpoint, id="host"),
    pytest.param("playback_url", check_playback_url, id="url"),
]
HOST = "a1b2c3d4e5f6.global-contribute.live-video.net"
URL = "https://A1b2c3.us-west-2.playback.live-video.net/api/video/v1/us-west-2.channel.aBc.m3u8"


@pytest.mark.parametrize("check", [check_ingest_endpoint, check_playback_url])
def test_need_not_be_given(check: Callable[[Any], None]) -> None:
    """
    Neither endpoint is required.
    """
    assert check(None) is None


@pytest.mark.parametrize(("keyword", "check"), CHECKS)
def test_are_text(keyword: str, check: Callable[[Any], None]) -> None:
    """
    A value of another type is refused with the keyword and the type.
    """
    with pytest.raises(ArgumentTypeError) as error:
        check(5)
    assert error.value.message == f"'{keyword}' must be str, got 5 of type 'int'"


@pytest.mark.parametrize("text", ["\ud83c", f"n{Token.as_number({'Ref': 'Number'})}"])
@pytest.mark.parametrize(("keyword", "check"), CHECKS)
def test_are_text_that_can_be_carried(
    keyword: str, check: Callable[[Any], None], text: str
) -> None:
    """
    Text that JSON or the CDK cannot carry is refused before its form is checked.
    """
    with pytest.raises(ArgumentTypeError, match=f"'{keyword}' must (be text|not contain)"):
        check(f"https://a.example/{text}.m3u8")


class TestHosts:
    @pytest.mark.parametrize(
        "host",
        [
            HOST,
            "A.B",
            "a-1.0",
            f"{token()}.live-video.net",
            f"A1.{token()}.Net",
            "dummy-value-for-/live/host",
        ],
    )
    def test_are_taken(self, host: str) -> None:
        """
        A host has labels of letters, digits and hyphens, in upper or lower case.
        """
        assert check_ingest_endpoint(host) is None

    @pytest.mark.parametrize(
        ("value", "got"),
        [
            ("localhost", "'localhost'"),
            ("", "''"),
            ("a..b", "'a..b'"),
            ("a.b.", "'a.b.'"),
            (f"{HOST}:443", f"'{HOST}:443'"),
            (f"{HOST}/app", f"'{HOST}/app'"),
            (f"rtmps://{HOST}:443/app/", f"a URL; the host in it is '{HOST}'"),
            (f"rtmps://{HOST}?a", f"a URL; the host in it is '{HOST}'"),
            (f"srt://{HOST}#a", f"a URL; the host in it is '{HOST}'"),
            (f"RTMPS://{HOST}", f"'RTMPS://{HOST}'"),
        ],
    )
    def test_are_not_urls(self, value: str, got: str) -> None:
        """
        A URL is refused with the host in it, and its path, which can contain a key, is not shown.
        """
        with pytest.raises(ValidationError) as error:
            check_ingest_endpoint(value)
        assert error.value.code == "IngestEndpoint"
        assert error.value.message.endswith(f"got {got}; 'rtmps_ingest_url' returns the URL")


class TestUrls:
    @pytest.mark.parametrize("url", [URL, f"https://{token()}", f"{token()}/a.m3u8"])
    def test_are_taken(self, url: str) -> None:
        """
        The URL of a playlist is taken, and so is one that is known at deployment.
        """
        assert check_playback_url(url) is None

    @pytest.mark.parametrize(
        ("url", "got"),
        [
            (f"{URL}?token=a", f"{URL!r} and more"),
            (f"{URL}#a", f"{URL!r} and more"),
            (URL.replace("https", "http"), f"{URL.replace('https', 'http')!r}"),
            (URL.replace("https", "HTTPS"), f"{URL.replace('https', 'HTTPS')!r}"),
            (URL.replace(".m3u8", ".M3U8"), f"{URL.replace('.m3u8', '.M3U8')!r}"),
            ("https://a.example/.m3u8", "'https://a.example/.m3u8'"),
            ("https://a.example/a b.m3u8", "'https://a.example/a b.m3u8'"),
            ("https://a.example:443/a.m3u8", "'https://a.example:443/a.m3u8'"),
            ("", "''"),
        ],
    )
    def test_of_other_forms_are_refused(self, url: str, got: str) -> None:
        """
        The query, which can contain a token, is not shown.
        """
        with pytest.raises(ValidationError) as error:
            check_playback_url(url)
        assert error.value.code == "PlaybackUrl"
        assert error.value.message == (
            f"'playback_url' must be an https URL that ends in '.m3u8', without a query, got {got}"
        )

    @pytest.mark.parametrize("end", ["a b", "a?b", "a#b"])
    def test_have_no_query_beside_a_token(self, end: str) -> None:
        """
        What is written out beside a token has the characters of a path.
        """
        assert check_playback_url(f"https://{token()}/ab") is None
        with pytest.raises(ValidationError):
            check_playback_url(f"https://{token()}/{end}")
