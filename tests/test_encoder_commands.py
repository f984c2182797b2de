"""The commands of FFmpeg on the page about encoders, against a listener on this machine."""

from __future__ import annotations

import itertools
import re
import shlex
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import imageio_ffmpeg
import pytest

from tests.support.questions import PAGES

# FFmpeg is the same with every aws-cdk-lib and Python.
pytestmark = pytest.mark.once

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
STREAM_KEY = "sk_us-west-2_abcd1234efgh_5678ijkl"
PASSPHRASE = "ZU5A3yrjGAkghUNDr0c5NXBhsPrjlmtcKMNBluh7oIm"
SECONDS = 300


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a picture and a tone, with B-frames."""
    file = tmp_path_factory.mktemp("video") / "video.mp4"
    inputs = ["-f", "lavfi", "-i", "testsrc=s=640x360:r=25:d=5"]
    inputs += ["-f", "lavfi", "-i", "sine=frequency=440:duration=5"]
    encoding = ["-c:v", "libx264", "-preset", "fast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    subprocess.run(
        [FFMPEG, "-v", "error", *inputs, *encoding, str(file)], check=True, timeout=SECONDS
    )
    return file


def command(name: str, variables: dict[str, str], video: Path) -> list[str]:
    """The arguments of a command of the page, at full speed and for five seconds."""
    pattern = rf"<!-- ffmpeg: {name} -->\n```sh\n(.*?)^```$"
    (text,) = re.findall(pattern, PAGES["questions/encoders.md"], re.DOTALL | re.MULTILINE)
    for variable, value in variables.items():
        assert f"${variable}" in text
        text = text.replace(f"${variable}", value)
    assert "$" not in text
    program, *arguments = shlex.split(text.replace("\\\n", " "))
    assert program == "ffmpeg"
    assert arguments[:5] == ["-re", "-stream_loop", "-1", "-i", "video.mp4"]
    return ["-stream_loop", "-1", "-i", str(video), "-t", "5", *arguments[5:]]


@contextmanager
def listening(url: str, file: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A listener that writes to a file what it gets."""
    arguments = [FFMPEG, "-v", "warning", *options, "-i", url, "-c", "copy", str(file)]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
            process.wait(timeout=SECONDS)
        finally:
            process.kill()


def send(arguments: list[str], *, attempts: int = 50) -> None:
    """Send, again until the listener is there."""
    for _ in range(attempts):
        done = subprocess.run(
            [FFMPEG, "-v", "error", *arguments],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        if done.returncode == 0:
            return
    pytest.fail(done.stderr)


def streams(file: Path) -> str:
    """What FFmpeg says about the streams of a file."""
    shown = subprocess.run(
        [FFMPEG, "-hide_banner", "-i", str(file)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return "\n".join(line for line in shown.stderr.splitlines() if "Stream #" in line)


def frames(file: Path, *options: str) -> list[tuple[float, str]]:
    """The times of the frames of a file, and their types."""
    shown = subprocess.run(
        [
            FFMPEG,
            "-hide_banner",
            *options,
            "-i",
            str(file),
            *("-vf", "showinfo", "-f", "null", "-"),
        ],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    found = re.findall(r"pts_time:([\d.]+).*? type:(\w)", shown.stderr)
    return [(float(time), kind) for time, kind in found]


def key_frame_intervals(file: Path) -> set[float]:
    """The times between key frames, in seconds."""
    times = [time for time, kind in frames(file) if kind == "I"]
    return {round(after - before, 1) for before, after in itertools.pairwise(times)}


def test_a_channel_gets_video_over_rtmp(video: Path, tmp_path: Path) -> None:
    """
    The command connects to the path of the key, and sends H.264 at 720p with a key frame every
    two seconds, and AAC.
    """
    url = f"rtmp://127.0.0.1:{_free_port()}/app/"
    arguments = command("rtmps", {"RTMPS_URL": url, "STREAM_KEY": STREAM_KEY}, video)
    assert arguments[-1] == url + STREAM_KEY
    file = tmp_path / "got.flv"
    with listening(url + STREAM_KEY, file, "-listen", "1"):
        send(arguments)
    found = streams(file)
    assert "h264 (Main)" in found
    assert "1280x720" in found
    assert "aac" in found
    assert key_frame_intervals(file) == {2.0}


def test_a_channel_gets_video_over_srt(video: Path, tmp_path: Path) -> None:
    """
    The command connects with the passphrase and the stream key as the stream id.
    """
    url = f"srt://127.0.0.1:{_free_port()}"
    values = {"SRT_ENDPOINT": url, "STREAM_KEY": STREAM_KEY, "PASSPHRASE": PASSPHRASE}
    arguments = command("srt", values, video)
    assert arguments[-1] == f"{url}?streamid={STREAM_KEY}&passphrase={PASSPHRASE}"
    file = tmp_path / "got.ts"
    with listening(f"{url}?mode=listener&passphrase={PASSPHRASE}", file):
        send(arguments)
    found = streams(file)
    assert "h264 (Main)" in found
    assert "aac" in found


def test_srt_is_refused_with_another_passphrase(video: Path, tmp_path: Path) -> None:
    """
    The passphrase of the command counts: a listener with another one does not let it in.
    """
    url = f"srt://127.0.0.1:{_free_port()}"
    values = {"SRT_ENDPOINT": url, "STREAM_KEY": STREAM_KEY, "PASSPHRASE": PASSPHRASE[::-1]}
    arguments = command("srt", values, video)
    listener = f"{url}?mode=listener&passphrase={PASSPHRASE}"
    with (
        pytest.raises(pytest.fail.Exception),
        listening(listener, tmp_path / "got.ts"),
    ):
        send(arguments, attempts=2)


def test_a_stage_gets_what_it_takes(video: Path, tmp_path: Path) -> None:
    """
    The command sends baseline H.264 without B-frames at 720p, with a key frame every two
    seconds, and stereo AAC.
    """
    url = f"rtmp://127.0.0.1:{_free_port()}/app/"
    values = {"STAGE_RTMPS_URL": url, "STREAM_KEY": STREAM_KEY}
    file = tmp_path / "got.flv"
    with listening(url + STREAM_KEY, file, "-listen", "1"):
        send(command("stage", values, video))
    found = streams(file)
    assert re.search(r"h264 \((Constrained )?Baseline\)", found)
    assert "1280x720" in found
    assert re.search(r"aac .*, 48000 Hz, stereo", found)
    assert {kind for _, kind in frames(file)} == {"I", "P"}
    assert key_frame_intervals(file) == {2.0}


def test_whip_has_the_option() -> None:
    """
    FFmpeg 8 has a muxer for WHIP that takes the token as the page says.
    """
    shown = subprocess.run(
        [FFMPEG, "-hide_banner", "-h", "muxer=whip"],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    assert "Default audio codec: opus." in shown.stdout
    assert "-authorization" in shown.stdout
    assert '`-f whip -authorization "$TOKEN"`' in PAGES["questions/encoders.md"]


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
