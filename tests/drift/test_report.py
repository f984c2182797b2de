"""The report as a whole."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

# The script and its data are of the repository, and the data of the newest packages.
pytestmark = pytest.mark.newest


class TestReport:
    def test_there_is_none(
        self, drift: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The packages in the lock files have nothing that the library does not know.
        """
        monkeypatch.setattr("sys.argv", ["drift.py"])
        drift.main()
        rows = capsys.readouterr().out.splitlines()[4:]
        assert [row.split(" | ")[2] for row in rows] == ["none |"] * 12
        # Without facts, there would be no differences either. The database has no metrics of IVS.
        empty = [row for row in rows if row.split(" | ")[1] == "0"]
        assert [row.split(" in ")[0] for row in empty] == ["| Metrics"]

    def test_a_difference_fails(
        self,
        drift: ModuleType,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """
        The report lists the differences of a source under its name, and the script fails.
        """
        found = {"ivs": {"enum StreamState LIVE": "", "A takes b": "max 1|2"}}
        monkeypatch.setattr(drift, "sources", lambda: found)
        known = tmp_path / "known.json"
        known.write_text('{"ivs": {"A takes b": "max 1", "C": ""}}')
        monkeypatch.setattr(drift, "KNOWN", known)
        monkeypatch.setattr("sys.argv", ["drift.py"])
        with pytest.raises(SystemExit) as exit_info:
            drift.main()
        assert exit_info.value.code == 1
        version = importlib.import_module("botocore").__version__
        assert capsys.readouterr().out.endswith(
            f"## API ivs in botocore {version}\n\n"
            "| | fact | known | found |\n|---|---|---|---|\n"
            "| changed | `A takes b` | `max 1` | `max 1&#124;2` |\n"
            "| gone | `C` |  |  |\n"
            "| new | `enum StreamState LIVE` |  |  |\n"
        )

    def test_what_is_accepted_is_known(
        self, drift: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """
        With --accept, the facts that were found are written, and there are no differences.
        """
        monkeypatch.setattr(drift, "sources", lambda: {"ivs": {"B": "\N{EM DASH}", "A": ""}})
        monkeypatch.setattr(drift, "KNOWN", tmp_path / "known.json")
        monkeypatch.setattr("sys.argv", ["drift.py", "--accept"])
        drift.main()
        assert (tmp_path / "known.json").read_text(encoding="utf-8") == (
            '{\n  "ivs": {\n    "A": "",\n    "B": "\N{EM DASH}"\n  }\n}\n'
        )
