"""What viewers get of a RecordingDelivery, by a distribution that does what the template says."""

from __future__ import annotations

from pathlib import Path

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Template

from cdk_ivs.patterns import RecordingDelivery
from tests.support.cloudfront import Edge

PREFIX = "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs"
STAGE_PREFIX = "AbCdef1G2hij/st-ZyXwvu1T2s/xYz1c2d3e4f/2024-01-01T12-00-55Z"
PAGE = "https://www.example.com"
# What IVS writes again while it records, and what it writes once.
GROWING = [
    f"{PREFIX}/media/hls/master.m3u8",
    f"{PREFIX}/media/hls/byte-range-multivariant.m3u8",
    f"{PREFIX}/media/hls/1080p60/playlist.m3u8",
    f"{PREFIX}/media/latest_thumbnail/thumb.jpg",
    f"{PREFIX}/events/recording-started.json",
    f"{STAGE_PREFIX}/media/hls/multivariant.m3u8",
    f"{STAGE_PREFIX}/media/latest_thumbnail/high/thumb.jpg",
    f"{STAGE_PREFIX}/events/recording-ended.json",
]
WRITTEN_ONCE = [
    f"{PREFIX}/media/hls/1080p60/0.ts",
    f"{PREFIX}/media/thumbnails/thumb0.jpg",
    f"{STAGE_PREFIX}/media/hls/high/0.mp4",
    f"{STAGE_PREFIX}/media/thumbnails/high/thumb0.jpg",
]


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


class Delivered:
    """A delivery at work."""

    def __init__(self, template: dict[str, object], folder: Path) -> None:
        self.clock = Clock()
        self.edge = Edge(template, folder, clock=self.clock)
        self._folder = folder

    def write(self, key: str, text: str) -> None:
        """Write a file into the bucket."""
        file = self._folder / key
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def read(self, key: str, after: float = 0) -> bytes:
        """What a viewer gets after some seconds."""
        self.clock.now = after
        return self.edge.answer("GET", f"/{key}", {}).body


@pytest.fixture(params=["own", "given"])
def delivered(request: pytest.FixtureRequest, located_stack: Stack, tmp_path: Path) -> Delivered:
    """A delivery of its own bucket, and of one that was given."""
    bucket = s3.Bucket(located_stack, "Bucket") if request.param == "given" else None
    RecordingDelivery(located_stack, "Delivery", allowed_origins=[PAGE], bucket=bucket)
    folder = tmp_path / "bucket"
    folder.mkdir()
    return Delivered(Template.from_stack(located_stack).to_json(), folder)


class TestTimes:
    @pytest.mark.parametrize("key", GROWING)
    def test_what_is_written_again_is_new_after_seconds(
        self, delivered: Delivered, key: str
    ) -> None:
        """
        A viewer gets what was written 5 seconds ago, and the bucket is not asked more often.
        """
        delivered.write(key, "old")
        assert delivered.read(key) == b"old"
        delivered.write(key, "new")
        assert delivered.read(key, after=4.9) == b"old"
        assert delivered.read(key, after=5) == b"new"
        assert delivered.edge.asked == [key, key]

    @pytest.mark.parametrize("key", WRITTEN_ONCE)
    def test_what_is_written_once_is_kept_for_a_day(self, delivered: Delivered, key: str) -> None:
        """
        The bucket is asked for a segment once a day.
        """
        delivered.write(key, "segment")
        for hours in (0, 1, 12, 23.9):
            assert delivered.read(key, after=hours * 3600) == b"segment"
        assert delivered.edge.asked == [key]
        delivered.read(key, after=24 * 3600)
        assert delivered.edge.asked == [key, key]

    def test_what_is_not_there_yet_is_asked_for_again(self, delivered: Delivered) -> None:
        """
        A viewer who is too early gets the recording soon after it has begun.
        """
        key = GROWING[0]
        assert delivered.edge.answer("GET", f"/{key}", {}).status == 403
        delivered.write(key, "there")
        assert delivered.read(key, after=10) == b"there"


class TestRequests:
    @pytest.mark.parametrize("method", ["OPTIONS", "POST", "PUT", "DELETE"])
    def test_are_to_read(self, delivered: Delivered, method: str) -> None:
        """
        No other method than GET and HEAD reaches the bucket.
        """
        delivered.write(GROWING[0], "playlist")
        assert delivered.edge.answer(method, f"/{GROWING[0]}", {}).status == 403
        assert delivered.edge.answer("HEAD", f"/{GROWING[0]}", {}).status == 200

    def test_can_be_for_a_part(self, delivered: Delivered) -> None:
        """
        The playlists by byte ranges need a part of a segment.
        """
        delivered.write(WRITTEN_ONCE[0], "0123456789")
        answer = delivered.edge.answer("GET", f"/{WRITTEN_ONCE[0]}", {"Range": "bytes=2-4"})
        assert (answer.status, answer.body) == (206, b"234")

    @pytest.mark.parametrize(("origin", "allowed"), [(PAGE, True), ("https://example.org", False)])
    def test_are_from_pages_that_are_named(
        self, delivered: Delivered, origin: str, allowed: bool
    ) -> None:
        """
        A browser is told that a page may read, if its origin is among those that were given.
        """
        for key in (GROWING[0], WRITTEN_ONCE[0]):
            delivered.write(key, "text")
            headers = delivered.edge.answer("GET", f"/{key}", {"Origin": origin}).headers
            assert headers.get("access-control-allow-origin") == (origin if allowed else None)


def test_nothing_but_recordings_is_read_from_a_bucket_that_is_given(
    located_stack: Stack, tmp_path: Path
) -> None:
    """
    What else is in a bucket stays private.
    """
    RecordingDelivery(located_stack, "Delivery", bucket=s3.Bucket(located_stack, "Bucket"))
    delivered = Delivered(Template.from_stack(located_stack).to_json(), tmp_path)
    for key in ("customers.csv", f"{PREFIX}/notes.txt", "media/hls/master.m3u8"):
        delivered.write(key, "secret")
        assert delivered.edge.answer("GET", f"/{key}", {}).status == 403
    delivered.write(GROWING[0], "playlist")
    assert delivered.read(GROWING[0], after=10) == b"playlist"


def test_the_oracle_knows_which_behavior_is_first(app: App, tmp_path: Path) -> None:
    """
    A mistake that people make by hand is seen: with the same age for all, a viewer gets an old
    playlist.
    """
    stack = Stack(app, "Stack")
    RecordingDelivery(stack, "Delivery")
    template = Template.from_stack(stack).to_json()
    for resource in template["Resources"].values():
        config = resource["Properties"].get("DistributionConfig", {})
        config.pop("CacheBehaviors", None)
    delivered = Delivered(template, tmp_path)
    delivered.write(GROWING[0], "old")
    assert delivered.read(GROWING[0]) == b"old"
    delivered.write(GROWING[0], "new")
    assert delivered.read(GROWING[0], after=3600) == b"old"
