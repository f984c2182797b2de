"""The command line: makes tokens, and explains them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ivs_tokens import PemSigner
from ivs_tokens.__main__ import main
from tests.examples.apps import clean_environment
from tests.ivs_tokens.parts import (
    CHANNEL,
    EVENTS_URL,
    PUBLIC_KEY,
    STAGE,
    WHIP_URL,
    claims_of,
    header_of,
    make,
)
from tests.ivs_tokens.test_verified import with_joserfc
from tests.support.keys import P384_PEM, PRIVATE_PEM, pem_of
from tests.support.kms import ALIAS_ARN, KEY_ARN, Kms

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


@pytest.fixture(autouse=True)
def _in_a_folder_with_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "private.pem").write_text(PRIVATE_PEM)
    (tmp_path / "public.pem").write_text(P384_PEM)
    other = ec.generate_private_key(ec.SECP384R1()).public_key()
    (tmp_path / "other.pem").write_text(pem_of(other))
    small = ec.generate_private_key(ec.SECP256R1()).public_key()
    (tmp_path / "small.pem").write_text(pem_of(small))


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


class TestMaking:
    def test_a_playback_token(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        The token that is printed has the claims of the options, and nothing else is printed.
        """
        before = int(time.time())
        claims = with_joserfc(made(capsys, *PLAYBACK, "--expires-in", "300"), P384_PEM)
        assert claims.pop("exp") in range(before + 300, int(time.time()) + 301)
        assert claims == {"aws:channel-arn": CHANNEL}

    def test_every_option_of_a_playback_token(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        Each claim has its option.
        """
        options = [
            *("--allowed-origin", "https://example.com", "--allowed-origin", "https://*.example"),
            *("--strict-origin-enforcement", "--single-use"),
            *("--viewer-id", "viewer-1", "--viewer-session-version", "-7"),
            *("--maximum-resolution", "HD", "--ads-opt-out", "--ads-player-param", "a=b=c"),
            *("--ads-player-param", "d=", "--ads-playback-config-name", "pre-roll"),
            *("--ads-reporting-mode", "CLIENT", "--expires-in", "600"),
        ]
        claims = with_joserfc(made(capsys, *PLAYBACK, *options), P384_PEM)
        assert claims.pop("exp")
        assert claims.pop("aws:single-use-uuid")
        assert claims == {
            "aws:channel-arn": CHANNEL,
            "aws:access-control-allow-origin": "https://example.com,https://*.example",
            "aws:strict-origin-enforcement": True,
            "aws:viewer-id": "viewer-1",
            "aws:viewer-session-version": -7,
            "aws:maximum-resolution": "HD",
            "aws:ads-opt-out": True,
            "aws:ads-player-params": {"a": "b=c", "d": ""},
            "aws:ads-playback-config-name": "pre-roll",
            "aws:ads-reporting-mode": "CLIENT",
        }

    def test_a_participant_token(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        Options give the user and the attributes; the participant gets a new id.
        """
        options = ["--allow-subscribe", "--user-id", "alice", "--attribute", "team=red"]
        tokens = [made(capsys, *PARTICIPANT, *options) for _ in range(2)]
        claims = with_joserfc(tokens[0], P384_PEM)
        assert header_of(tokens[0])["kid"] == PUBLIC_KEY
        assert claims["jti"] != claims_of(tokens[1])["jti"]
        assert claims["events_url"] == EVENTS_URL
        assert claims["capabilities"] == {"allow_publish": False, "allow_subscribe": True}
        assert (claims["user_id"], claims["attributes"]) == ("alice", {"team": "red"})

    def test_a_connection_token(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        Account and Region are those of the public key.
        """
        claims = with_joserfc(made(capsys, *CONNECTION, "--token-id", "mine"), P384_PEM)
        assert claims["jti"] == "mine"
        assert (claims["account_id"], claims["region"]) == ("123456789012", "us-west-2")

    def test_by_kms(self, capsys: pytest.CaptureFixture[str], kms: Kms) -> None:
        """
        A key in KMS signs, by its ARN or an alias.
        """
        for key in (KEY_ARN, ALIAS_ARN):
            options = ["playback", "--kms-key", key, "--channel-arn", CHANNEL, "--expires-in", "9"]
            assert with_joserfc(made(capsys, *options), kms.key.public_pem)

    def test_an_error_of_kms_is_one_line(
        self, capsys: pytest.CaptureFixture[str], kms: Kms
    ) -> None:
        """
        What KMS says is printed, with what to do about it.
        """
        kms.key.state = "Disabled"
        options = ["playback", "--kms-key", KEY_ARN, "--channel-arn", CHANNEL, "--expires-in", "9"]
        code, out, err = run(capsys, *options)
        assert (code, out) == (2, "")
        assert re.fullmatch(
            r"error: An error occurred \(DisabledException\) .*; KmsSigner\(.*\): enable .*\n", err
        )

    @pytest.mark.usefixtures("kms")
    @pytest.mark.parametrize(
        ("missing", "key", "hint"),
        [
            ([], "alias/tokens", "set AWS_DEFAULT_REGION, or give --kms-key the ARN of the key"),
            (["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], KEY_ARN, "sign in, for example with"),
        ],
    )
    def test_without_a_region_or_credentials_says_what_to_do(
        self,
        missing: list[str],
        key: str,
        hint: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        An error of boto3 about the machine has what to do about it.
        """
        # It keeps the credentials of other tests.
        monkeypatch.setattr("boto3.DEFAULT_SESSION", None)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
        for name in missing:
            monkeypatch.delenv(name)
        options = ["playback", "--kms-key", key, "--channel-arn", CHANNEL, "--expires-in", "9"]
        code, out, err = run(capsys, *options)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert f"; {hint}" in err

    def test_another_error_is_not_hidden(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A fault of the library itself has its traceback.
        """

        def fail(*_arguments: Any, **_keywords: Any) -> None:
            raise RuntimeError("a fault")

        monkeypatch.setattr("ivs_tokens.__main__.playback_token", fail)
        with pytest.raises(RuntimeError, match="a fault"):
            run(capsys, *PLAYBACK, "--expires-in", "9")

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (["--expires-in", "5m"], "'--expires-in' must be a whole number of .*, got '5m'"),
            (["--expires-in", "601", "--single-use"], "'--expires-in' must be at most 600 seconds"),
            (
                ["--expires-in", "9", "--viewer-session-version", "7"],
                "'--viewer-session-version' must be left out without '--viewer-id', got 7; it does",
            ),
            (
                ["--expires-in", "9", "--allowed-origin", "viewer_id"],
                "'--allowed-origin' must be origins .*, got 'viewer_id'",
            ),
            (
                ["--expires-in", "9", "--viewer-id", "v", "--viewer-session-version", "x"],
                "'--viewer-session-version' must be an integer .*, got 'x'",
            ),
            (
                ["--expires-in", "9", "--ads-player-param", "a"],
                "'--ads-player-param' must be KEY=VALUE, once for each key; the value is not",
            ),
            (
                ["--expires-in", "9", "--ads-player-param", "a=b", "--ads-player-param", "a=c"],
                "'--ads-player-param' must be KEY=VALUE, once for each key",
            ),
            (
                ["--expires-in", "9", "--private-key", "nowhere.pem"],
                "the file 'nowhere.pem' cannot be read: No such file or directory",
            ),
            (
                ["--expires-in", "9", "--private-key", "a\0b"],
                "the file a string of 3 characters .* cannot be read: it is not a filename",
            ),
            (
                ["--expires-in", "9", "--private-key", "public.pem"],
                "'--private-key' must be the PEM of a private key .*, got a PEM without a private ",
            ),
        ],
    )
    def test_what_is_refused_is_one_line(
        self, capsys: pytest.CaptureFixture[str], options: list[str], message: str
    ) -> None:
        """
        What the library refuses is printed without a traceback, and the exit code is 2.
        """
        code, out, err = run(capsys, *PLAYBACK, *options)
        assert (code, out) == (2, "")
        assert re.fullmatch(f"error: {message}.*\n", err)

    def test_a_missing_package_is_one_line(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Without cryptography, the error names the extra.
        """
        monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
        code, _, err = run(capsys, *PLAYBACK, "--expires-in", "9")
        assert code == 2
        assert "install cdk-ivs[tokens]" in err
        code, _, err = run(capsys, "explain", "--public-key", "public.pem", make("playback"))
        assert code == 2
        assert "verification requires the package cryptography; install cdk-ivs[tokens]" in err

    @pytest.mark.parametrize("arn", ["", "a:b", "arn:aws:ivs:us-west-2:1:stage/a"])
    def test_another_arn_is_no_public_key(
        self, capsys: pytest.CaptureFixture[str], arn: str
    ) -> None:
        """
        Account and Region are not read from what is no ARN of a public key.
        """
        code, _, err = run(capsys, *CONNECTION, "--public-key-arn", arn)
        assert code == 2
        assert "'--public-key-arn' must be the ARN of a public key" in err

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ([], "the following arguments are required: COMMAND"),
            (
                ["sing"],
                "unknown command, choose playback, participant, connection or explain; the value",
            ),
            ([*PLAYBACK, "--expires-in", "9", "more"], "unrecognized arguments; the value"),
            (
                [*PLAYBACK, "--expires-in", "9", "--allowed-origins", "https://example.com"],
                "unrecognized arguments --allowed-origins; the value is not shown",
            ),
            (
                [*PLAYBACK, "--expires-in", "9", "--single-uze=secret", "--viewer", "--Secret"],
                "unrecognized arguments --single-uze --viewer; the value is not shown",
            ),
            (
                [*PLAYBACK, "--expires-in", "9", f"--{'a' * 17}", "--a-b-c-d-e"],
                "unrecognized arguments; the value is not shown",
            ),
            ([*PLAYBACK, "--expires"], "required: --expires-in"),
            (["playback", "--channel-arn", CHANNEL, "--expires-in", "9"], "one of the arguments"),
            (
                [*PLAYBACK, "--kms-key", "alias/a", "--expires-in", "9"],
                "argument --kms-key: not allowed with argument --private-key",
            ),
            (["playback", f"--single-use={'a' * 40}"], "an argument cannot be read; the value"),
        ],
    )
    def test_what_cannot_be_understood(
        self, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
    ) -> None:
        """
        The exit code is 2, and nothing that may be secret is repeated.
        """
        code, out, err = run(capsys, *arguments)
        assert (code, out) == (2, "")
        assert message in err


class TestExplaining:
    def test_a_token_that_is_right(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        The report has the kind, all claims, how long the token is valid, and whether it is signed.
        """
        now = int(time.time())
        token = make("playback", PemSigner(PRIVATE_PEM), now=now, viewer_id="Zoë")
        code, out, err = run(capsys, "explain", "--public-key", "public.pem", token)
        assert (code, err) == (0, "")
        end = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now + 300))
        out = re.sub("valid: for (5 minutes|4 minutes 5. seconds)", "valid: for 5 minutes", out)
        assert out.splitlines() == [
            "playback token",
            "header:",
            '  "alg": "ES384"',
            '  "typ": "JWT"',
            "claims:",
            f'  "aws:channel-arn": "{CHANNEL}"',
            r'  "aws:viewer-id": "Zo\u00eb"',
            f'  "exp": {now + 300} ({end})',
            f"valid: for 5 minutes, until {end}",
            "signature: verified by the public key",
            "no problem found",
        ]
        assert token.split(".")[2] not in out

    @pytest.mark.parametrize("kind", ["participant", "connection"])
    def test_tokens_of_stages(self, capsys: pytest.CaptureFixture[str], kind: str) -> None:
        """
        The report tells what kind of token it is.
        """
        token = make(kind, PemSigner(PRIVATE_PEM), now=None)
        code, out, _ = run(capsys, "explain", "--public-key", "public.pem", token)
        assert code == 0
        assert out.startswith(f"{kind} token\n")

    def test_without_a_public_key(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        Nothing is said about a signature that was not verified.
        """
        code, out, _ = run(capsys, "explain", make("playback", now=None))
        assert code == 0
        assert "\nsignature: not verified, as no --public-key was given\n" in out

    def test_with_another_public_key(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        A token that another key signed is a problem.
        """
        token = make("playback", PemSigner(PRIVATE_PEM), now=None)
        code, out, _ = run(capsys, "explain", "--public-key", "other.pem", token)
        assert code == 1
        assert "\nsignature: not verified by the public key\n" in out
        assert "problem: the public key does not verify the signature: another key signed" in out

    def test_from_the_standard_input_and_a_url(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A token is read from the standard input if none is given, and found in a playback URL.
        """
        # A report says how long the token is valid, which changes each second.
        now = time.time()
        monkeypatch.setattr("time.time", lambda: now)
        token = make("playback", now=None)
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{token}\n"))
        reports = {
            run(capsys, *arguments)
            for arguments in (
                ["explain", token],
                ["explain"],
                ["explain", f"https://1a2b.us-west-2.playback.live-video.net/a.m3u8?token={token}"],
                ["explain", f"https://a.example/a.m3u8?token={token}&more=1"],
            )
        }
        assert len(reports) == 1
        assert reports.pop()[0] == 0

    @pytest.mark.parametrize(
        ("file", "got"),
        [("private.pem", "a private key"), ("small.pem", "something else"), (".", "")],
    )
    def test_with_what_is_no_public_key(
        self, capsys: pytest.CaptureFixture[str], file: str, got: str
    ) -> None:
        """
        Only a public key on P-384 can verify, and the exit code tells it from a wrong signature.
        """
        code, out, err = run(capsys, "explain", "--public-key", file, make("playback"))
        assert (code, out) == (2, "")
        if got:
            assert f"the public key must be the PEM of a public key on .*, got {got}" in re.sub(
                "the curve P-384 [(]secp384r1[)]", ".*", err
            )
        else:
            assert "error: the file '.' cannot be read: Is a directory" in err


def test_the_module_runs() -> None:
    """
    ``python -m ivs_tokens`` runs the command line, and ends with its exit code.
    """
    command = [sys.executable, "-m", "ivs_tokens", *PLAYBACK, "--expires-in"]
    environment = clean_environment()
    token = subprocess.check_output([*command, "300"], env=environment, text=True)
    assert with_joserfc(token.strip(), P384_PEM)["aws:channel-arn"] == CHANNEL
    wrong = subprocess.run([*command, "0"], env=environment, capture_output=True, check=False)
    assert wrong.returncode == 2
    explained = subprocess.run(
        [sys.executable, "-m", "ivs_tokens", "explain", "--public-key", "other.pem"],
        input=token,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert explained.returncode == 1
    assert explained.stdout.startswith("playback token\n")
