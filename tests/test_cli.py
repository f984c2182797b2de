"""The CDK's command line with apps of this library, without an account and without a network."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.examples.apps import (
    EXAMPLES,
    ROOT,
    as_dict,
    clean_environment,
    golden,
    golden_file,
    readme_blocks,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.unmeasured

# The tests of `cdk diff` run once: the CLI reads what `cdk synth` is shown to write.
CDK = ROOT / "node_modules" / ".bin" / "cdk"

CHANGE = """\
[~] AWS::IVS::RecordingConfiguration Recording Recording2AAEC332 replace
 └─ [~] RecordingReconnectWindowSeconds (requires replacement)
     ├─ [-] 60
     └─ [+] 90
"""


def _copy(name: str, folder: Path) -> Path:
    """A copy of an example, for the CLI to write into."""
    return shutil.copytree(EXAMPLES / name, folder / name, ignore=shutil.ignore_patterns("cdk.out"))


def _run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder, where ``cdk`` is the CLI of the repository."""
    if not CDK.exists():
        pytest.fail(f"there is no {CDK}: run 'npm ci' in {ROOT}", pytrace=False)
    environment = clean_environment(
        CDK_DISABLE_CLI_TELEMETRY="true",
        CDK_HOME=str(folder / "home"),
        CDK_NOTICES="false",
        # As for a user, whose app the CLI starts.
        CDK_VALIDATION="true" if "synth" in command else "false",
        # Whatever asks the network all the same fails at once.
        HTTPS_PROXY="http://127.0.0.1:9",
    )
    environment["PATH"] = f"{CDK.parent}:{environment['PATH']}"
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _cdk(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the CLI with nothing in the template that the CLI puts there."""
    return _run(
        folder,
        "cdk",
        *arguments,
        "--app",
        shlex.join([sys.executable, "app.py"]),
        "--no-version-reporting",
        "--no-path-metadata",
        "--no-asset-metadata",
        "--no-lookups",
        "--no-color",
    )


def test_synth_writes_the_golden_template(tmp_path: Path) -> None:
    """
    ``cdk synth`` makes of an example what its golden template says.
    """
    folder = _copy("recorded_channel", tmp_path)
    result = _cdk(folder, "synth", "--quiet")
    assert result.returncode == 0, result.stderr
    template = folder / "cdk.out" / "RecordedChannel.template.json"
    assert as_dict(template.read_text()) == golden("recorded_channel")


@pytest.mark.once
def test_diff_finds_no_difference(tmp_path: Path) -> None:
    """
    ``cdk diff`` of an example with its golden template is empty.
    """
    result = _diff(_copy("recorded_channel", tmp_path))
    assert result.returncode == 0, result.stderr
    assert "There were no differences\n" in result.stderr


@pytest.mark.once
def test_diff_shows_a_change(tmp_path: Path) -> None:
    """
    ``cdk diff`` names the property that a changed line changes, and that it means replacement.
    """
    folder = _copy("recorded_channel", tmp_path)
    app = folder / "app.py"
    app.write_text(app.read_text().replace("Duration.seconds(60)", "Duration.seconds(90)"))
    result = _diff(folder)
    assert result.returncode == 1, result.stderr
    assert CHANGE in result.stderr


def _diff(folder: Path) -> subprocess.CompletedProcess[str]:
    template = str(golden_file("recorded_channel"))
    return _cdk(folder, "diff", "--strict", "--fail", "--template", template)


@pytest.mark.once
def test_migration_from_alpha_changes_nothing(tmp_path: Path) -> None:
    """
    The commands that the README of the migration shows print what it says they print.
    """
    folder = _copy("migrate_from_alpha", tmp_path)
    (before,) = (b for b in readme_blocks("migrate_from_alpha", "sh") if b.startswith("sed"))
    (transcript,) = readme_blocks("migrate_from_alpha", "console")
    command, _, printed = transcript.removeprefix("$ ").partition("\n")
    result = _run(folder, "sh", "-ec", before)
    assert result.returncode == 0, result.stderr
    assert "aws_ivs_alpha as ivs" in (folder / "before.py").read_text()
    result = _run(folder, *shlex.split(command), "--fail")
    assert result.returncode == 0, result.stderr
    assert result.stderr.strip() == printed.strip()
