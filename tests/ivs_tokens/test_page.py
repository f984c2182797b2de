"""What the page about tokens shows is run."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aws_cdk import App, Stack

from ivs_tokens import _claims
from tests.examples.apps import ROOT, clean_environment
from tests.ivs_tokens.parts import EVENTS_URL, KINDS, WHIP_URL, make
from tests.support.arns import REGION, arn
from tests.support.keys import P384_PEM, PRIVATE_PEM
from tests.support.kms import Kms
from tests.support.pages import rows_of
from tests.support.service import Service, serve

PAGE = (ROOT / "docs" / "tokens.md").read_text(encoding="utf-8")
CLAIMS = {
    "playback": _claims.PLAYBACK,
    "participant": _claims.PARTICIPANT,
    "connection": _claims.CONNECTION,
}


def blocks(language: str) -> list[str]:
    """The code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(autouse=True)
def _where_blocks_run(kms: Kms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder with a key pair, a stage, and a key in KMS."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    (tmp_path / "private.pem").write_text(PRIVATE_PEM)
    (tmp_path / "public.pem").write_text(P384_PEM)
    endpoints = {"events": EVENTS_URL, "whip": WHIP_URL}
    service = Service(stages={arn("stage/AbCdef1G2hij"): endpoints})
    with serve(service.answer) as port:
        monkeypatch.setenv("AWS_ENDPOINT_URL_IVS_REALTIME", f"http://127.0.0.1:{port}")
        yield


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_python_blocks_run(number: int) -> None:
    """
    Each Python block runs, and so do the tests that it defines.
    """
    names: dict[str, object] = {}
    exec(blocks("python")[number], names)  # noqa: S102 - the page is ours
    tests = [value for name, value in names.items() if name.startswith("test_")]
    for test in tests:
        assert callable(test)
        test()
    stack = names.get("stack")
    if isinstance(stack, Stack):
        assert App.of(stack).synth().stacks
    assert tests or names.keys() & {
        "channel",
        "token",
        "token_for",
        "tokens",
        "signing_key",
        "moderator",
    }


def test_there_are_blocks() -> None:
    """
    The blocks of the page are found.
    """
    assert (len(blocks("python")), len(blocks("sh"))) == (16, 4)


def test_the_commands_run(tmp_path: Path) -> None:
    """
    The commands create a key pair and tokens, and explain one as the page shows.
    """
    _, create_keys, *commands = blocks("sh")
    environment = clean_environment(
        **{name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    )
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"

    def printed_by(command: str) -> str:
        return subprocess.check_output(["sh", "-ec", command], env=environment, text=True)

    assert (create_keys.count("\n"), printed_by(create_keys)) == (2, "")
    assert len(printed_by(commands[0]).splitlines()) == 2
    (shown,) = blocks("text")
    times = re.compile(r"\d{10}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|5 minutes|4 minutes 5\d seconds")
    assert times.sub("…", printed_by(commands[1])) == times.sub("…", shown)


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_has_every_argument(kind: str) -> None:
    """
    Each argument has its row, in the order of the signature.
    """
    function, _ = KINDS[kind]
    names = [name for name in inspect.signature(function).parameters if name != "signer"]
    rows = re.findall(r"`(\w+)`", " ".join(row[0] for row in rows_of("tokens", f"{kind} claims")))
    assert sorted(rows) == sorted(set(names) - {"now"})


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_has_every_claim(kind: str) -> None:
    """
    Each claim that a token can have is in the table, and no other is.
    """
    cells = " ".join(row[1] for row in rows_of("tokens", f"{kind} claims"))
    claims = {*CLAIMS[kind].required, *CLAIMS[kind].optional}
    if kind != "playback":
        claims.add("kid")
    assert set(re.findall(r"`([\w:-]+)`", cells)) == claims


def test_the_page_is_in_the_menu() -> None:
    """
    The site leads to the page, and its reference has the names.
    """
    assert "- Tokens: tokens.md\n" in (ROOT / "mkdocs.yml").read_text()
    assert (
        "::: ivs_tokens.playback_token\n" in (ROOT / "docs" / "reference" / "tokens.md").read_text()
    )


def test_some_30_long_origins_fill_a_token() -> None:
    """
    What the page says about the length of tokens is so.
    """
    origins = [f"https://{number:02}.{'a' * 19}.example" for number in range(32)]
    assert 1990 < len(make("playback", allowed_origins=origins)) < 2048
