"""Recordings as IVS writes them, of a test picture and a tone."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SEGMENT_SECONDS = 2


def record(
    folder: Path, master: str, renditions: dict[str, str], *, seconds: int
) -> dict[str, Path]:
    """
    Record into the folder of a recording.

    Args:
        folder: The folder, whose path in the bucket is the prefix.
        master: The name of the playlist of playlists.
        renditions: The size of the picture by the name of the rendition.
        seconds: How long.

    Returns:
        The playlists, by rendition.
    """
    import imageio_ffmpeg

    hls = folder / "media" / "hls"
    lines = ["#EXTM3U", "#EXT-X-VERSION:3"]
    playlists = {}
    for name, size in renditions.items():
        (hls / name).mkdir(parents=True)
        playlists[name] = hls / name / "playlist.m3u8"
        width, height = size.split("x")
        attributes = {
            "BANDWIDTH": str(int(height) * 2000),
            "CODECS": '"avc1.42C00B,mp4a.40.2"',
            "RESOLUTION": f"{width}x{height}",
        }
        listed = ",".join(f"{key}={value}" for key, value in attributes.items())
        lines += [f"#EXT-X-STREAM-INF:{listed}", f"{name}/playlist.m3u8"]
        inputs = [
            *("-f", "lavfi", "-i", f"testsrc=size={size}:rate=15:duration={seconds}"),
            *("-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"),
        ]
        encoding = [
            *("-c:v", "libx264", "-preset", "ultrafast", "-profile:v", "baseline"),
            *("-pix_fmt", "yuv420p", "-g", str(15 * SEGMENT_SECONDS), "-c:a", "aac"),
        ]
        output = [
            *("-f", "hls", "-hls_time", str(SEGMENT_SECONDS), "-hls_playlist_type", "event"),
            *("-hls_segment_filename", str(hls / name / "%d.ts"), str(playlists[name])),
        ]
        subprocess.run(
            [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *inputs, *encoding, *output],
            check=True,
            timeout=300,
        )
    (hls / master).write_text("\n".join([*lines, ""]))
    return playlists
