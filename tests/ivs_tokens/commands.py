"""Commands that create tokens, and what the command line prints."""

from __future__ import annotations

import pytest

from ivs_tokens.__main__ import main
from tests.ivs_tokens.parts import CHANNEL, PUBLIC_KEY, STAGE, WHIP_URL

PLAYBACK = ["playback", "--private-key", "private.pem", "--channel-arn", CHANNEL]
PARTICIPANT = [
    "participant",
    "--private-key",
    "private.pem",
    "--public-key-arn",
    PUBLIC_KEY,
    "--stage-arn",
    STAGE,
    "--whip-url",
    WHIP_URL,
    "--expires-in",
    "43200",
]
CONNECTION = [
    "connection",
    "--private-key",
    "private.pem",
    "--public-key-arn",
    PUBLIC_KEY,
    "--expires-in",
    "86400",
]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code of a command, and what it printed on both streams."""
    try:
        code = main(arguments)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else -1
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def made(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The token that a command makes."""
    code, out, err = run(capsys, *arguments)
    assert (code, err) == (0, "")
    return out.strip()
