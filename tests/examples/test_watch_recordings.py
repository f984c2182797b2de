"""Recordings are played in a browser, from what the template of the example makes of CloudFront."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.examples.apps import EXAMPLES, ROOT, golden
from tests.support.cloudfront import Answer, Edge, served, static
from tests.support.recorded import record

# One browser for all pages: it takes longer to start than to play.
pytestmark = [
    # Of the library only the golden template is used, which is compared in test_templates.
    pytest.mark.newest,
    pytest.mark.unmeasured,
]

PLAYER = "www.example.com"
STRANGER = "stranger.example.org"
EDGE = "d111111abcdef8.cloudfront.net"
LIBRARY = "cdn.jsdelivr.net"
PAGE = EXAMPLES / "watch_recordings" / "player.html"
PLAY = Path(__file__).parents[1] / "support" / "play.mjs"
HLS = ROOT / "node_modules" / "hls.js" / "dist" / "hls.min.js"
CHANNEL = "ivs/v1/123456789012/AbCdef1G2hij/2020/6/3/0/7/j8Z9O91ndcVs"
PARTICIPANT = "AbCdef1G2hij/st-ZyXwvu1T2s/xYz1c2d3e4f/2024-01-01T12-00-55Z"
SECONDS = 120


class Growing:
    """A recording that goes on while it is watched: its last segment comes late."""

    def __init__(self, edge: Edge, playlist: Path) -> None:
        self._edge = edge
        self._playlist = playlist
        self._whole = playlist.read_text()
        segments = re.findall(r"#EXTINF:.*\n.*\n", self._whole)
        before = self._whole.replace("#EXT-X-ENDLIST\n", "").replace(segments[-1], "")
        playlist.write_text(before)

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> Answer:
        """What CloudFront answers."""
        answer = self._edge.answer(method, target, headers)
        if target.endswith(f"{PARTICIPANT}/media/hls/high/0.ts"):
            self._playlist.write_text(self._whole)
        return answer


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What a browser tells of each page, and the requests that reached CloudFront."""
    bucket, folder = tmp_path_factory.mktemp("bucket"), tmp_path_factory.mktemp("server")
    record(
        bucket / CHANNEL,
        "master.m3u8",
        {"160p30": "284x160", "360p30": "640x360"},
        seconds=4,
    )
    stage = record(bucket / PARTICIPANT, "multivariant.m3u8", {"high": "320x180"}, seconds=8)
    edge = Edge(golden("watch_recordings"), bucket)
    sites = {
        EDGE: Growing(edge, stage["high"]).answer,
        LIBRARY: static(
            {"/npm/hls.js@1.7.4/dist/hls.min.js": HLS}, access_control_allow_origin="*"
        ),
        PLAYER: static({"/player.html": PAGE}),
        STRANGER: static({"/player.html": PAGE}),
    }
    # What is not https is not even asked for.
    urls = {
        "plain": (PLAYER, f"http://{EDGE}/{CHANNEL}/media/hls/master.m3u8"),
        "channel": (PLAYER, f"https://{EDGE}/{CHANNEL}/media/hls/master.m3u8"),
        "growing": (PLAYER, f"https://{EDGE}/{PARTICIPANT}/media/hls/multivariant.m3u8"),
        "stranger": (STRANGER, f"https://{EDGE}/{CHANNEL}/media/hls/master.m3u8"),
        "missing": (PLAYER, f"https://{EDGE}/{CHANNEL}/media/hls/other.m3u8"),
    }
    with served(sites, folder) as port:
        pages = [
            {"rate": 4, "url": f"https://{host}/player.html?recording={url}"}
            for host, url in urls.values()
        ]
        done = subprocess.run(
            ["node", str(PLAY)],
            input=json.dumps({"pages": pages, "port": port, "seconds": SECONDS}),
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=SECONDS * (len(pages) + 2),
        )
    if "Cannot find package" in done.stderr:
        pytest.fail("there is no browser: run 'npm ci'", pytrace=False)
    assert done.returncode == 0, done.stderr
    yield {**dict(zip(urls, json.loads(done.stdout), strict=True)), "edge": edge}
    shutil.rmtree(bucket)


def test_recording_of_a_channel_is_played(played: dict[str, Any]) -> None:
    """
    A recording that is finished is played from its first second to its last.
    """
    found = played["channel"]
    assert found["said"] == "The recording is over."
    assert found["duration"] == pytest.approx(4, abs=0.3)
    assert found["time"] == pytest.approx(found["duration"], abs=0.3)
    assert found["height"] in {160, 360}
    assert [each for each in found["responses"] if each["status"] not in {200, 206, 304}] == []


def test_recording_that_goes_on_is_played(played: dict[str, Any]) -> None:
    """
    What is recorded while a participant is watched is watched too: its playlist is not kept for
    long, neither by CloudFront nor by the browser.
    """
    found = played["growing"]
    assert found["said"] == "The recording is over."
    assert found["duration"] == pytest.approx(8, abs=0.3)
    playlist = f"{PARTICIPANT}/media/hls/high/playlist.m3u8"
    assert played["edge"].asked.count(playlist) >= 2
    assert played["edge"].asked.count(f"{PARTICIPANT}/media/hls/high/0.ts") == 1


def test_page_of_another_origin_cannot_play(played: dict[str, Any]) -> None:
    """
    The browser gives a page that is not named nothing of a recording.
    """
    assert played["stranger"]["said"] == "The recording cannot be played: manifestLoadError."
    assert played["stranger"]["time"] == 0


def test_page_says_what_is_not_there(played: dict[str, Any]) -> None:
    """
    A page whose recording is not there says so.
    """
    assert played["missing"]["said"] == "The recording cannot be played: manifestLoadError."


def test_page_plays_by_https_alone(played: dict[str, Any]) -> None:
    """
    A URL that is no address of CloudFront's is not tried.
    """
    said = "The recording cannot be played: its URL must begin with https."
    assert played["plain"]["said"] == said
    hosts = {each["url"].split("/")[2] for each in played["plain"]["responses"]}
    assert hosts == {PLAYER, LIBRARY}


def test_viewers_are_told_how_long_to_keep_files(played: dict[str, Any]) -> None:
    """
    Every playlist is asked for again, and no segment.
    """
    told = {
        (Path(path).suffix, answer.headers["cache-control"])
        for _, path, answer in played["edge"].requests
    }
    assert told == {(".m3u8", "no-cache"), (".ts", "max-age=86400, immutable")}


def test_player_is_the_one_that_was_tested() -> None:
    """
    The page takes the version of hls.js that it is tested with, and no other file.
    """
    page = PAGE.read_text(encoding="utf-8")
    package = json.loads((HLS.parents[1] / "package.json").read_text())
    digest = base64.b64encode(hashlib.sha384(HLS.read_bytes()).digest()).decode()
    assert f"hls.js@{package['version']}/dist/hls.min.js" in page
    assert f'integrity="sha384-{digest}"' in page
