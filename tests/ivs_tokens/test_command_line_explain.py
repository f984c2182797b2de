"""The command line explains tokens."""

from __future__ import annotations

import io
import re
import time

import pytest

from ivs_tokens import PemSigner
from tests.ivs_tokens.commands import run
from tests.ivs_tokens.explained import written
from tests.ivs_tokens.parts import CHANNEL, EVENTS_URL, NOW, PUBLIC_KEY, STAGE, WHIP_URL, make
from tests.support.keys import PRIVATE_PEM

pytestmark = pytest.mark.usefixtures("key_files")


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

    def test_every_line_about_a_participant(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The report has both times of a token as dates too.
        """
        monkeypatch.setattr("time.time", lambda: NOW)
        code, out, err = run(capsys, "explain", make("participant"))
        assert (code, err) == (0, "")
        assert out.splitlines() == [
            "participant token",
            "header:",
            '  "alg": "ES384"',
            '  "typ": "JWT"',
            f'  "kid": "{PUBLIC_KEY}"',
            "claims:",
            '  "exp": 1795043200 (2026-11-18T23:06:40Z)',
            '  "iat": 1795000000 (2026-11-18T11:06:40Z)',
            '  "jti": "participant-1"',
            f'  "resource": "{STAGE}"',
            '  "topic": "KlMnop3Q4rst"',
            f'  "events_url": "{EVENTS_URL}"',
            f'  "whip_url": "{WHIP_URL}"',
            '  "capabilities": {"allow_publish": true, "allow_subscribe": false}',
            '  "version": "1.0"',
            "valid: for 12 hours, until 2026-11-18T23:06:40Z",
            "signature: not verified, as no --public-key was given",
            "no problem found",
        ]

    def test_a_token_of_another_kind(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        A token of another service is shown, and only times are shown as dates.
        """
        claims = {"sub": "alice", "exp": "soon", "iat": NOW, "level": 7}
        token = f"{written({'alg': 'ES384', 'typ': 'JWT'})}.{written(claims)}.{'A' * 128}"
        code, out, err = run(capsys, "explain", token)
        assert (code, err) == (1, "")
        assert out.splitlines() == [
            "a token of another kind",
            "header:",
            '  "alg": "ES384"',
            '  "typ": "JWT"',
            "claims:",
            '  "sub": "alice"',
            '  "exp": "soon"',
            '  "iat": 1795000000 (2026-11-18T11:06:40Z)',
            '  "level": 7',
            "valid: not known",
            "signature: not verified, as no --public-key was given",
            "problem: no claim says whether the token is for a channel, a stage or a connection",
            (
                "problem: 'exp' must be an integer of Unix seconds, got 'soon'; divide "
                "milliseconds by 1000"
            ),
        ]

    @pytest.mark.parametrize(
        "beginning",
        ["-----BEGIN EC PRIVATE KEY", "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAi", "MIGkAgEBBD"],
        ids=["PEM", "PKCS 8", "SEC 1"],
    )
    def test_a_token_with_a_private_key(
        self, capsys: pytest.CaptureFixture[str], beginning: str
    ) -> None:
        """
        A claim that begins as a private key does is not printed.
        """
        token = f"{written({'alg': 'ES384'})}.{written({'note': f'{beginning}abc'})}.{'A' * 128}"
        _, out, err = run(capsys, "explain", token)
        assert '\n  "note": the value is not shown because it may be secret\n' in out
        assert beginning not in out + err

    def test_a_text_that_is_no_token(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        The error has the name of the argument, which is not an option.
        """
        assert run(capsys, "explain", "a.b") == (
            2,
            "",
            (
                "error: 'token' must be a JSON Web Token: three parts with dots between them, of "
                "at most 65536 characters together, got 2 parts in 3 characters; a chat token is "
                "encrypted, and only IVS can read it [ivs-tokens:NoToken]\n"
            ),
        )

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
        assert out.endswith(
            "\nproblem: the public key does not verify the signature: another key signed the "
            "token, or the token was changed\n"
        )

    def test_from_the_standard_input_and_a_url(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A token is read from the standard input if none or a hyphen is given, and found in a
        playback URL.
        """
        # A report says how long the token is valid, which changes each second.
        now = time.time()
        monkeypatch.setattr("time.time", lambda: now)
        token = make("playback", now=None)

        def reported(*arguments: str) -> tuple[int, str, str]:
            monkeypatch.setattr("sys.stdin", io.StringIO(f"{token}\n"))
            return run(capsys, *arguments)

        reports = {
            reported(*arguments)
            for arguments in (
                ["explain", token],
                ["explain"],
                ["explain", "-"],
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
