"""The help of each command, and the options that it requires."""

from __future__ import annotations

import pytest

from tests.ivs_tokens.commands import CONNECTION, PARTICIPANT, PLAYBACK, run

pytestmark = pytest.mark.usefixtures("key_files")

HELP = "-h, --help show this help message and exit"
SIGNER_USAGE = "[-h] (--private-key FILE | --kms-key KEY) --expires-in SECONDS"
SIGNER = (
    f"options: {HELP} "
    "--private-key FILE sign with the private key in a PEM "
    "--kms-key KEY sign with a key in KMS: ARN, ID or alias "
    "--expires-in SECONDS how long the token is valid"
)
EVENTS = "--events-url URL the events endpoint; default: wss://global.events.live-video.net"
TEXTS = {
    "": (
        "usage: python -m ivs_tokens [-h] COMMAND ... "
        "Create and explain tokens for Amazon IVS. "
        "positional arguments: COMMAND "
        "playback Create a token for a private channel. "
        "participant Create a token for a stage. "
        "connection Create a token for a client that connects before it joins stages. "
        "explain Show and verify a token, and report its problems. "
        f"options: {HELP}"
    ),
    "playback": (
        f"usage: python -m ivs_tokens playback {SIGNER_USAGE} --channel-arn ARN "
        "[--allowed-origin ORIGIN] [--strict-origin-enforcement] [--single-use] [--viewer-id ID] "
        "[--viewer-session-version NUMBER] [--maximum-resolution SD|HD|FULL_HD] [--ads-opt-out] "
        "[--ads-player-param KEY=VALUE] [--ads-playback-config-name NAME] "
        "[--ads-reporting-mode CLIENT|SERVER] "
        "Create a token for a private channel. "
        f"{SIGNER} "
        "--channel-arn ARN the private channel "
        "--allowed-origin ORIGIN an origin that may play the channel; repeat it for several; "
        "default: all "
        "--strict-origin-enforcement check the origin of every request, not only of the first "
        "--single-use the token starts playback only once "
        "--viewer-id ID the viewer, whose sessions you can revoke by this ID "
        "--viewer-session-version NUMBER the version to revoke sessions by "
        "--maximum-resolution SD|HD|FULL_HD the highest resolution "
        "--ads-opt-out the viewer sees no ads "
        "--ads-player-param KEY=VALUE a parameter for the ad server; repeat it for several "
        "--ads-playback-config-name NAME the configuration in MediaTailor "
        "--ads-reporting-mode CLIENT|SERVER the component that reports that ads were played"
    ),
    "participant": (
        f"usage: python -m ivs_tokens participant {SIGNER_USAGE} --public-key-arn ARN "
        "--stage-arn ARN --whip-url URL [--events-url URL] [--participant-id ID] "
        "[--allow-publish] [--allow-subscribe] [--user-id ID] [--attribute KEY=VALUE] "
        "Create a token for a stage. "
        f"{SIGNER} "
        "--public-key-arn ARN the public key in IVS "
        "--stage-arn ARN the stage "
        "--whip-url URL the WHIP endpoint of the stage "
        f"{EVENTS} "
        "--participant-id ID the ID of the participant; default: a new one "
        "--allow-publish the participant can send "
        "--allow-subscribe the participant can receive "
        "--user-id ID the user, whom all participants see "
        "--attribute KEY=VALUE an attribute, which all participants see; repeat it for several"
    ),
    "connection": (
        f"usage: python -m ivs_tokens connection {SIGNER_USAGE} --public-key-arn ARN "
        "[--events-url URL] [--token-id ID] "
        "Create a token for a client that connects before it joins stages. "
        f"{SIGNER} "
        "--public-key-arn ARN the public key in IVS "
        f"{EVENTS} "
        "--token-id ID the ID to revoke the token by; default: a new one"
    ),
    "explain": (
        "usage: python -m ivs_tokens explain [-h] [--public-key FILE] [TOKEN] "
        "Show and verify a token, and report its problems. "
        "positional arguments: "
        "TOKEN a token, or a playback URL with one; default: read it from the standard input "
        f"options: {HELP} "
        "--public-key FILE the PEM of a public key, to verify the signature"
    ),
}


@pytest.fixture(autouse=True)
def _wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    # In a narrow terminal, lines break at hyphens too.
    monkeypatch.setenv("COLUMNS", "500")


@pytest.mark.parametrize("command", TEXTS)
def test_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """
    The help has each command or option with its text, wherever the lines of it break.
    """
    code, out, err = run(capsys, *command.split(), "--help")
    assert (code, err) == (0, "")
    assert " ".join(out.split()) == TEXTS[command]


@pytest.mark.parametrize(
    ("command", "options"),
    [
        (PLAYBACK, ["--channel-arn", "--expires-in"]),
        (PARTICIPANT, ["--public-key-arn", "--stage-arn", "--whip-url", "--expires-in"]),
        (CONNECTION, ["--public-key-arn", "--expires-in"]),
    ],
    ids=["playback", "participant", "connection"],
)
def test_required_options(
    capsys: pytest.CaptureFixture[str], command: list[str], options: list[str]
) -> None:
    """
    An error names the required option that a command is without.
    """
    given = dict(zip(command[1::2], command[2::2], strict=True)) | {"--expires-in": "9"}
    for option in options:
        others = [text for pair in given.items() if pair[0] != option for text in pair]
        code, out, err = run(capsys, command[0], *others)
        assert (code, out) == (2, "")
        assert err.endswith(f"error: the following arguments are required: {option}\n")


def test_a_signer_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    """
    A command that creates a token requires one of two options for the key.
    """
    for command, *_ in (PLAYBACK, PARTICIPANT, CONNECTION):
        code, _, err = run(capsys, command, "--expires-in", "9")
        assert code == 2
        assert "required: " in err
