"""The benchmarks run. What they measure is not asserted: it depends on the machine."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

COUNT_ROWS = [
    "`Channel` without a name, the first in its app",
    "`Channel` without a name, later ones",
    "`Channel` with a name",
    "`Channel` with a name and a property injector",
    "`StreamKey` by `add_stream_key()`",
    "`StreamKey(channel=…)`",
    "`PlaybackKeyPair`",
    "`RecordingConfiguration`, the first in its stack",
    "`RecordingConfiguration`, later ones",
    "`Channel.from_channel_arn()`",
    "an attribute, first read",
    "an attribute, second read",
    "`App.synth()` of all these",
]
IMPORT_ROWS = ["cdk-ivs", "alpha", "L1"]
TOKEN_ROWS = [
    "`playback_token()` with a `PemSigner`",
    "PyJWT with a key object, loaded once",
    "PyJWT with the PEM, given each time",
    "`playback_token()` that signs nothing: the checks alone",
]
APP_ROWS = ["cdk-ivs, 1", "alpha, 1", "L1, 1"]
RECORDING_ROWS = ["cdk-ivs", "by hand"]
RULE_ROWS = ["stacks", "1", "templates", "1", "2"]
MEMORY_ROWS = ["cdk-ivs", "alpha", "L1", "bare L2"]
SCALE_ROWS = ["channels", "cdk-ivs, 1", "alpha, 1", "L1, 1"]


# A quarter of the run time with the oldest aws-cdk-lib, about which it says nothing.
pytestmark = pytest.mark.newest


@pytest.fixture(scope="module")
def printed() -> str:
    """What ``python -m benchmarks --quick`` prints."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path),
        # The CDK's validation would take most of the time, whichever library made the app.
        "CDK_VALIDATION": "false",
    }
    return subprocess.check_output(
        [sys.executable, "-m", "benchmarks", "--quick"], env=environment, text=True
    )


def test_every_row_is_printed(printed: str) -> None:
    """
    A quick run prints a row for each construct, import and app.
    """
    rows = [line.split(" | ")[0] for line in printed.splitlines() if line.startswith("| ")]
    first_columns = [row.removeprefix("| ") for row in rows if row not in {"| ", "| ---"}]
    assert first_columns == [
        *COUNT_ROWS,
        *IMPORT_ROWS,
        *TOKEN_ROWS,
        "channels",
        *APP_ROWS,
        *RECORDING_ROWS,
        *RULE_ROWS,
        *MEMORY_ROWS,
        *SCALE_ROWS,
    ]


def test_the_versions_are_printed(printed: str) -> None:
    """
    The first line names what was measured with.
    """
    first = printed.splitlines()[0]
    assert [part.split()[0] for part in first.split(", ")[:4]] == [
        "Python",
        "Node",
        "aws-cdk-lib",
        "aws-ivs-alpha",
    ]
