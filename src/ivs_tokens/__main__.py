"""Create and explain tokens on the command line."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path

from ._checks import check_arn
from ._errors import TokenError
from ._explain import is_time, kind_of, moment, notes_of, problems_of, validity_of
from ._reading import ReadToken
from ._shown import may_be_secret, shown
from ._signers import KmsSigner, PemSigner
from ._tokens import connection_token, participant_token, playback_token
from ._verify import is_verified

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence
    from typing import Any, NoReturn

_STDIN = "-"
_EVENTS_URL = "wss://global.events.live-video.net"
_HIDDEN = "the value is not shown because it may be secret"
_ATTRIBUTE_HELP = "an attribute, which all participants see; repeat it for several"
_EVENTS_HELP = "the events endpoint; default: %(default)s"
_ORIGIN_HELP = "an origin that may play the channel; repeat it for several; default: all"
_PARAM_HELP = "a parameter for the ad server; repeat it for several"
_STRICT_HELP = "check the origin of every request, not only of the first"
_COMMANDS = "playback, participant, connection or explain"

# Arguments of the library that are options of another name.
_OPTIONS = {
    "ads_player_params": "--ads-player-param",
    "allowed_origins": "--allowed-origin",
    "attributes": "--attribute",
    "key_id": "--kms-key",
    "private_key_pem": "--private-key",
}

# The remedies for errors of boto3, by the name of the class.
_HINTS = {
    "NoCredentialsError": "sign in, for example with 'aws sso login', and name the profile in "
    "AWS_PROFILE",
    "NoRegionError": "set AWS_DEFAULT_REGION, or give --kms-key the ARN of the key",
}

# How a private key begins, with and without its first line.
_PRIVATE = ("PRIVATE KEY", "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAi", "MIGkAgEBBD")


class _Parser(argparse.ArgumentParser):
    """A parser whose errors do not quote keys, tokens or passphrases."""

    def error(self, message: str) -> NoReturn:
        # The text after these words is from the user, and can be secret.
        if "invalid choice" in message:
            message = f"unknown command, choose {_COMMANDS}; {_HIDDEN}"
        elif "unrecognized arguments" in message:
            options = re.findall(r"(?<= )--[a-z]{1,16}(?:-[a-z]{1,16}){0,3}(?=[= ]|$)", message)
            message = " ".join(["unrecognized arguments", *options])
            message += f"; {_HIDDEN}, see COMMAND --help"
        elif may_be_secret(message):
            message = f"an argument cannot be read; {_HIDDEN}, see --help"
        super().error(message)


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line.

    Returns:
        0 if it created a token, or explained a token without problems. 1 if the explained token
        has a problem. 2 if it could not create or explain a token.
    """
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except TokenError as error:
        return _failed(_by_option(str(error), vars(options)))
    except ImportError as error:
        return _failed(error)
    except Exception as error:
        # botocore raises these if KMS refuses, or if the request cannot reach KMS.
        if not type(error).__module__.startswith("botocore."):
            raise
        hint = _HINTS.get(type(error).__name__)
        notes = [*getattr(error, "__notes__", []), *([hint] if hint else [])]
        return _failed("; ".join([str(error).removesuffix("."), *notes]))


def _by_option(message: str, options: Container[str]) -> str:
    """A message in which arguments have the names of the options that they are given by."""

    def option_of(match: re.Match[str]) -> str:
        name = match[1]
        if name in _OPTIONS:
            name = _OPTIONS[name]
        elif name in options and name != "token":
            name = "--" + name.replace("_", "-")
        return f"'{name}'"

    # After these words are values.
    rule, got, value = message.partition(", got ")
    return re.sub("'([a-z_]+)'", option_of, rule) + got + value


def _failed(error: object) -> int:
    print(f"error: {error}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m ivs_tokens",
        description="Create and explain tokens for Amazon IVS.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, text: str, run: Callable[[argparse.Namespace], int]) -> _Parser:
        added = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        added.set_defaults(run=run)
        return added

    playback = command("playback", "Create a token for a private channel.", _create_playback)
    _add_signer(playback)
    add = playback.add_argument
    add("--channel-arn", required=True, metavar="ARN", help="the private channel")
    add("--allowed-origin", action="append", metavar="ORIGIN", help=_ORIGIN_HELP)
    add("--strict-origin-enforcement", action="store_true", default=None, help=_STRICT_HELP)
    add("--single-use", action="store_true", help="the token starts playback only once")
    add("--viewer-id", metavar="ID", help="the viewer, whose sessions you can revoke by this ID")
    add("--viewer-session-version", metavar="NUMBER", help="the version to revoke sessions by")
    add("--maximum-resolution", metavar="SD|HD|FULL_HD", help="the highest resolution")
    add("--ads-opt-out", action="store_true", default=None, help="the viewer sees no ads")
    add("--ads-player-param", action="append", metavar="KEY=VALUE", help=_PARAM_HELP)
    add("--ads-playback-config-name", metavar="NAME", help="the configuration in MediaTailor")
    add(
        "--ads-reporting-mode",
        metavar="CLIENT|SERVER",
        help="the component that reports that ads were played",
    )

    participant = command("participant", "Create a token for a stage.", _create_participant)
    _add_signer(participant)
    add = participant.add_argument
    add("--public-key-arn", required=True, metavar="ARN", help="the public key in IVS")
    add("--stage-arn", required=True, metavar="ARN", help="the stage")
    add("--whip-url", required=True, metavar="URL", help="the WHIP endpoint of the stage")
    add("--events-url", default=_EVENTS_URL, metavar="URL", help=_EVENTS_HELP)
    add("--participant-id", metavar="ID", help="the ID of the participant; default: a new one")
    add("--allow-publish", action="store_true", help="the participant can send")
    add("--allow-subscribe", action="store_true", help="the participant can receive")
    add("--user-id", metavar="ID", help="the user, whom all participants see")
    add("--attribute", action="append", metavar="KEY=VALUE", help=_ATTRIBUTE_HELP)

    connection = command(
        "connection",
        "Create a token for a client that connects before it joins stages.",
        _create_connection,
    )
    _add_signer(connection)
    add = connection.add_argument
    add("--public-key-arn", required=True, metavar="ARN", help="the public key in IVS")
    add("--events-url", default=_EVENTS_URL, metavar="URL", help=_EVENTS_HELP)
    add("--token-id", metavar="ID", help="the ID to revoke the token by; default: a new one")

    explain = command("explain", "Show and verify a token, and report its problems.", _explain)
    explain.add_argument(
        "token",
        nargs="?",
        default=_STDIN,
        metavar="TOKEN",
        help="a token, or a playback URL with one; default: read it from the standard input",
    )
    explain.add_argument(
        "--public-key", metavar="FILE", help="the PEM of a public key, to verify the signature"
    )
    return parser


def _add_signer(parser: argparse.ArgumentParser) -> None:
    signer = parser.add_mutually_exclusive_group(required=True)
    signer.add_argument("--private-key", metavar="FILE", help="sign with the private key in a PEM")
    signer.add_argument("--kms-key", metavar="KEY", help="sign with a key in KMS: ARN, ID or alias")
    parser.add_argument(
        "--expires-in", required=True, metavar="SECONDS", help="how long the token is valid"
    )


def _signer(options: argparse.Namespace) -> PemSigner | KmsSigner:
    if options.kms_key is not None:
        return KmsSigner(options.kms_key)
    return PemSigner(_file(options.private_key))


def _file(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise TokenError(
            f"the file {shown(name)} cannot be read: {error.strerror}", code="File"
        ) from None
    except ValueError:
        # Python refuses names with a null character.
        raise TokenError(
            f"the file {shown(name)} cannot be read: it is not a filename", code="File"
        ) from None


def _create_playback(options: argparse.Namespace) -> int:
    token = playback_token(
        _signer(options),
        channel_arn=options.channel_arn,
        expires_in=_seconds(options.expires_in),
        allowed_origins=options.allowed_origin,
        strict_origin_enforcement=options.strict_origin_enforcement,
        single_use=options.single_use,
        viewer_id=options.viewer_id,
        viewer_session_version=_number(options.viewer_session_version),
        maximum_resolution=options.maximum_resolution,
        ads_opt_out=options.ads_opt_out,
        ads_player_params=_pairs("--ads-player-param", options.ads_player_param),
        ads_playback_config_name=options.ads_playback_config_name,
        ads_reporting_mode=options.ads_reporting_mode,
    )
    print(token)
    return 0


def _create_participant(options: argparse.Namespace) -> int:
    token = participant_token(
        _signer(options),
        public_key_arn=options.public_key_arn,
        stage_arn=options.stage_arn,
        events_url=options.events_url,
        whip_url=options.whip_url,
        participant_id=_id_or_new(options.participant_id),
        expires_in=_seconds(options.expires_in),
        allow_publish=options.allow_publish,
        allow_subscribe=options.allow_subscribe,
        user_id=options.user_id,
        attributes=_pairs("--attribute", options.attribute),
    )
    print(token)
    return 0


def _create_connection(options: argparse.Namespace) -> int:
    region, account, _ = check_arn("public_key_arn", options.public_key_arn, "public-key")
    token = connection_token(
        _signer(options),
        public_key_arn=options.public_key_arn,
        token_id=_id_or_new(options.token_id),
        account_id=account,
        region=region,
        events_url=options.events_url,
        expires_in=_seconds(options.expires_in),
    )
    print(token)
    return 0


def _seconds(text: str) -> int:
    seconds: object = _number(text)
    if not isinstance(seconds, int):
        raise TokenError(
            f"'--expires-in' must be a whole number of seconds, such as 300, got {shown(text)}",
            code="Lifetime",
        )
    return seconds


def _number(text: str | None) -> Any:  # noqa: ANN401 - the library checks the type
    """Convert a text to an integer. Return another text as it is: the library refuses it."""
    if text is None:
        return None
    number = re.fullmatch("-?[0-9]{1,30}", text)
    return int(number[0]) if number else text


def _pairs(option: str, pairs: Sequence[str] | None) -> dict[str, str] | None:
    if pairs is None:
        return None
    found: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or key in found:
            raise TokenError(
                f"'{option}' must be KEY=VALUE, once for each key; {_HIDDEN}", code="Option"
            )
        found[key] = value
    return found


def _id_or_new(id: str | None) -> str:
    from uuid import uuid4

    return str(uuid4()) if id is None else id


def _explain(options: argparse.Namespace) -> int:
    token = ReadToken(sys.stdin.read() if options.token == _STDIN else options.token)
    now = int(time.time())
    problems = problems_of(token, now)
    signature = "not verified, as no --public-key was given"
    if options.public_key is not None:
        if is_verified(token, _file(options.public_key)):
            signature = "verified by the public key"
        else:
            signature = "not verified by the public key"
            problems.append(
                "the public key does not verify the signature: another key signed the token, or "
                "the token was changed"
            )
    for line in _report(token, now, signature, problems):
        print(line)
    return 1 if problems else 0


def _report(token: ReadToken, now: int, signature: str, problems: Sequence[str]) -> Iterator[str]:
    kind = kind_of(token)
    yield kind.name if kind is not None else "a token of another kind"
    for title, content in (("header", token.header), ("claims", token.claims)):
        yield f"{title}:"
        for name, value in content.items():
            yield f"  {_quoted(name)}: {_quoted(value)}{_time_of(name, value)}"
    yield f"valid: {validity_of(token, now)}"
    yield f"signature: {signature}"
    yield from (f"note: {note}" for note in notes_of(token))
    yield from (f"problem: {problem}" for problem in problems)
    if not problems:
        yield "no problem found"


def _quoted(value: object) -> str:
    """Write a value of a token as JSON, without characters that control a terminal."""
    text = json.dumps(value)
    return _HIDDEN if any(mark in text for mark in _PRIVATE) else text


def _time_of(name: str, value: object) -> str:
    return f" ({moment(value)})" if name in {"exp", "iat"} and is_time(value) else ""


if __name__ == "__main__":
    sys.exit(main())
