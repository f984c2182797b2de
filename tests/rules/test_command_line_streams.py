"""What ``python -m cdk_ivs.rules`` does with its streams and its process."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path

import pytest

from cdk_ivs.rules import __main__
from cdk_ivs.rules.__main__ import main

INSECURE = """\
Resources:
  K\u00e4nal:
    Type: AWS::IVS::Channel
    Properties:
      InsecureIngest: true
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """A folder with a template that has a warning, which is the current one."""
    monkeypatch.chdir(tmp_path)
    Path("template.yaml").write_text(INSECURE, encoding="utf-8")
    return tmp_path


def test_streams_that_take_ascii_alone(monkeypatch) -> None:
    """
    Characters that a stream does not take are escaped.
    """
    out, err = io.BytesIO(), io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="ascii"))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="ascii"))
    assert main(["template.yaml", "missing \u00e4.yaml"]) == 2
    sys.stderr.flush()
    assert out.getvalue().startswith(b"template.yaml:5:7: warning IVS-005 K\\xe4nal ")
    assert err.getvalue().startswith(b"missing \\xe4.yaml: the file cannot be read: ")


def test_a_reader_that_stops(monkeypatch) -> None:
    """
    A pipe that nobody reads is no error, also when Python writes what is left at its end.
    """
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["template.yaml"]) == 0
        stream.flush()


def test_the_end_of_the_process(monkeypatch, capsys) -> None:
    """
    The process ends with the exit code, after all is printed, and without a collection of garbage.
    """
    ended: list[object] = []
    monkeypatch.setattr(sys, "argv", ["rules", "--strict", "template.yaml"])
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        monkeypatch.setattr(stream, "flush", lambda name=name: ended.append(name), raising=False)
    monkeypatch.setattr(gc, "disable", lambda: ended.append("collection"))
    monkeypatch.setattr(os, "_exit", ended.append)
    __main__._run()
    assert ended[0] == "collection"
    assert ended[-3:] == ["stdout", "stderr", 1]
    assert "warning IVS-005" in capsys.readouterr().out


def test_rules_that_are_ignored(capsys) -> None:
    """
    The option can be used more than once.
    """
    Path("template.yaml").write_text(INSECURE + "      Authorized: true\n", encoding="utf-8")
    assert main(["--ignore", "IVS-005", "template.yaml"]) == 0
    assert "IVS-006" in capsys.readouterr().out
    assert main(["--ignore", "IVS-005", "--ignore", "IVS-006", "template.yaml"]) == 0
    assert capsys.readouterr().out == ""


def test_the_usage(capsys) -> None:
    """
    The usage shows how the command is called, and the names of its arguments.
    """
    with pytest.raises(SystemExit):
        main(["--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith("usage: python -m cdk_ivs.rules [-h] ")
    assert "[--ignore ID]" in text
    assert "TEMPLATE [TEMPLATE ...]" in text
