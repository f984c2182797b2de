"""The command line creates tokens."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.examples.apps import clean_environment
from tests.ivs_tokens.commands import CONNECTION, PARTICIPANT, PLAYBACK, made, run
from tests.ivs_tokens.parts import (
    CHANNEL,
    EVENTS_URL,
    PUBLIC_KEY,
    claims_of,
    header_of,
    make,
)
from tests.ivs_tokens.verified import with_joserfc
from tests.support.keys import P384_PEM
from tests.support.kms import ALIAS_ARN, KEY_ARN, Kms

pytestmark = pytest.mark.usefixtures("key_files")


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
        Options give the user and the attributes. Without an ID, the participant gets a new one.
        """
        named = made(capsys, *PARTICIPANT, "--participant-id", "participant-1")
        assert claims_of(named)["jti"] == "participant-1"
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
        The error of KMS is printed with its remedy.
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
        ("missing", "key", "message"),
        [
            (
                [],
                "alias/tokens",
                (
                    "You must specify a region; set AWS_DEFAULT_REGION, or give --kms-key the "
                    "ARN of the key"
                ),
            ),
            (
                ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
                KEY_ARN,
                (
                    "Unable to locate credentials; sign in, for example with 'aws sso login', and "
                    "name the profile in AWS_PROFILE"
                ),
            ),
        ],
    )
    def test_without_a_region_or_credentials_says_what_to_do(
        self,
        missing: list[str],
        key: str,
        message: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        An error of boto3 about the machine is one line, with the remedy.
        """
        # It keeps the credentials of other tests.
        monkeypatch.setattr("boto3.DEFAULT_SESSION", None)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
        for name in missing:
            monkeypatch.delenv(name)
        options = ["playback", "--kms-key", key, "--channel-arn", CHANNEL, "--expires-in", "9"]
        assert run(capsys, *options) == (2, "", f"error: {message}\n")

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
                ["--expires-in", "9", "--allowed-origin", "'viewer_id', got 'channel_arn'"],
                (
                    "'--allowed-origin' must be .*, one origin each, got "
                    "\"'viewer_id', got 'channel_arn'\""
                ),
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
                ["--expires-in", "9", "--ads-player-param", f"a={'b' * 1000}"],
                "'--ads-player-param' must have keys and values of at most 1000 bytes ",
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
        An error of the library is printed without a traceback, and the exit code is 2.
        """
        code, out, err = run(capsys, *PLAYBACK, *options)
        assert (code, out) == (2, "")
        assert re.fullmatch(f"error: {message}.*\n", err)

    @pytest.mark.parametrize("attributes", [["team"], ["team=red", "team=blue"]])
    def test_attributes_are_pairs(
        self, capsys: pytest.CaptureFixture[str], attributes: list[str]
    ) -> None:
        """
        Each attribute of a participant has one value, which a message does not show.
        """
        options = [text for pair in attributes for text in ("--attribute", pair)]
        assert run(capsys, *PARTICIPANT, *options) == (
            2,
            "",
            (
                "error: '--attribute' must be KEY=VALUE, once for each key; the value is not shown "
                "because it may be secret [ivs-tokens:Option]\n"
            ),
        )

    def test_what_is_refused_has_the_name_of_its_option(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        An error of the library names the option also where the argument has another name.
        """
        _, _, err = run(capsys, *PARTICIPANT, "--attribute", f"a={'b' * 1024}")
        assert err.startswith("error: '--attribute' must have keys and values of at most 1024 ")
        channel = ["--channel-arn", CHANNEL, "--expires-in", "9"]
        _, _, err = run(capsys, "playback", "--kms-key", "no key", *channel)
        assert err.startswith("error: '--kms-key' must be the ARN, the ID or the alias of a key ")

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
            (["--hel"], "the following arguments are required: COMMAND"),
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
