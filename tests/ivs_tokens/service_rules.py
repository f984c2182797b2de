"""
The rules of Amazon IVS for tokens, stated anew from the guides and from botocore's models.

What is refused in addition, because it could never work or does nothing, is stated at the end of
each kind.
"""

from __future__ import annotations

import datetime as dt
import functools
import ipaddress
import math
import re
from collections.abc import Mapping
from typing import Any

import botocore.loaders

# Of the guide "Generate and Sign IVS Playback Tokens", and of that on server-side ad insertion.
TEN_MINUTES, STRICT_ORIGINS, PLAYBACK_BYTES, ADS_BYTES = 600, 5, 2048, 1000
# Of the guide "Distribute Participant Tokens".
TWO_WEEKS, FOUR_WEEKS, ATTRIBUTES_BYTES = 1_209_600, 2_419_200, 1024


@functools.cache
def shapes(service: str) -> dict[str, Any]:
    """The shapes of a service in botocore's model."""
    found = botocore.loaders.Loader().load_service_model(service, "service-2")["shapes"]
    assert isinstance(found, dict)
    return found


def fits(service: str, shape: str, value: object, *, shortest: int = 0) -> bool:
    """Whether a value is a text that a shape of the API allows."""
    if not isinstance(value, str) or not is_carried(value):
        return False
    rules = shapes(service)[shape]
    return max(shortest, rules["min"]) <= len(value) <= rules["max"] and (
        "pattern" not in rules or re.fullmatch(rules["pattern"], value) is not None
    )


def is_carried(text: str) -> bool:
    """Whether UTF-8 can carry a text."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def is_flag(value: object) -> bool:
    """Whether a value is a JSON boolean."""
    return type(value) is bool


def are_texts(value: object, most: int) -> bool:
    """Whether a value is a mapping of texts of so many bytes in all."""
    if not isinstance(value, Mapping):
        return False
    texts = [text for pair in value.items() for text in pair]
    if not all(isinstance(text, str) and is_carried(text) for text in texts):
        return False
    return len("".join(texts).encode()) <= most


def is_host(text: str) -> bool:
    """Whether a text is a host as browsers send it."""
    if text.startswith("[") and text.endswith("]"):
        try:
            ipaddress.IPv6Address(text[1:-1])
        except ValueError:
            return False
        return text == text.lower()
    letters = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    return all(
        label and set(label) <= letters and not label.startswith("-") and not label.endswith("-")
        for label in text.split(".")
    )


def is_origin(text: object) -> bool:
    """Whether a text is an origin of RFC 6454 as browsers send it, or one with a wildcard."""
    if text == "*":
        return True
    if not isinstance(text, str):
        return False
    scheme, separator, rest = text.partition("://")
    if not separator or not re.fullmatch("[a-z][a-z0-9+.-]*", scheme):
        return False
    host, colon, port = rest.rpartition(":")
    if rest.endswith("]") or not colon:
        host, port = rest, ""
    elif (
        port not in {str(number) for number in range(1, 65536)}
        or {"http": "80", "https": "443"}.get(scheme) == port
    ):
        return False
    return is_host(host.removeprefix("*.")) and (host != "*.")


def is_endpoint(text: object, scheme: str) -> bool:
    """Whether a text is an endpoint of a stage."""
    if not fits("ivs-realtime", "StageEndpoint", text):
        return False
    found, separator, rest = str(text).partition("://")
    host, slash, path = rest.partition("/")
    name, _, port = host.partition(":")
    return (
        found == scheme
        and separator == "://"
        and is_host(name)
        and (host == name or re.fullmatch("[0-9]{1,5}", port) is not None)
        and all("!" <= character <= "~" for character in slash + path)
    )


def seconds_of(value: object) -> float:
    """A duration in seconds, or what is no number."""
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    return math.nan if isinstance(value, bool) or not isinstance(value, (int, float)) else value


def lasts(value: object, most: float) -> bool:
    """Whether a duration has at least a second, and so many at most."""
    # Over 31 years, somebody took a time for a duration.
    return 1 <= seconds_of(value) <= most and seconds_of(value) < 10**9


def allows_playback(given: Mapping[str, Any]) -> bool:
    """Whether a playback token may be made of the arguments, if it is short enough."""
    origins = given.get("allowed_origins")
    strict = given.get("strict_origin_enforcement")
    viewer = given.get("viewer_id")
    version = given.get("viewer_session_version")
    config = given.get("ads_playback_config_name")
    limited = viewer is not None or given.get("single_use")
    return (
        fits("ivs", "ChannelArn", given["channel_arn"])
        and (origins is None or (isinstance(origins, list) and all(map(is_origin, origins))))
        and (strict is None or is_flag(strict))
        and (strict is not True or len(origins or []) <= STRICT_ORIGINS)
        and is_flag(given.get("single_use", False))
        and (viewer is None or fits("ivs", "ViewerId", viewer))
        and (version is None or (type(version) is int and -(2**63) <= version < 2**63))
        and given.get("maximum_resolution") in (None, "SD", "HD", "FULL_HD")
        and (given.get("ads_opt_out") is None or is_flag(given["ads_opt_out"]))
        and (given.get("ads_player_params") is None or are_texts(given["ads_player_params"], 1000))
        # As the name at the end of the ARN.
        and (config is None or (isinstance(config, str) and fits_config(config)))
        and given.get("ads_reporting_mode") in (None, "CLIENT", "SERVER")
        and lasts(given["expires_in"], TEN_MINUTES if limited else math.inf)
        # In addition: what restricts nothing, or does nothing.
        and origins != []
        and (strict is not True or origins is not None)
        and (version is None or viewer is not None)
    )


def fits_config(name: str) -> bool:
    """Whether a name can be at the end of the ARN of a configuration of MediaTailor."""
    rules = shapes("ivs")["MediaTailorPlaybackConfigurationArn"]
    some = f"arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/{name}"
    return len(name) <= rules["max"] and re.fullmatch(rules["pattern"], some) is not None


def allows_participant(given: Mapping[str, Any]) -> bool:
    """Whether a participant token may be made of the arguments."""
    user, attributes = given.get("user_id"), given.get("attributes")
    return (
        fits("ivs-realtime", "PublicKeyArn", given["public_key_arn"])
        and fits("ivs-realtime", "StageArn", given["stage_arn"])
        and is_endpoint(given["events_url"], "wss")
        and is_endpoint(given["whip_url"], "https")
        and fits("ivs-realtime", "ParticipantTokenId", given["participant_id"], shortest=1)
        and lasts(given["expires_in"], TWO_WEEKS)
        and is_flag(given["allow_publish"])
        and is_flag(given["allow_subscribe"])
        and (user is None or fits("ivs-realtime", "ParticipantTokenUserId", user))
        and (attributes is None or are_texts(attributes, ATTRIBUTES_BYTES))
        # In addition: a key verifies tokens of its account and Region only.
        and given["public_key_arn"].split(":")[3:5] == given["stage_arn"].split(":")[3:5]
    )


def allows_connection(given: Mapping[str, Any]) -> bool:
    """Whether a connection token may be made of the arguments."""
    return (
        fits("ivs-realtime", "PublicKeyArn", given["public_key_arn"])
        and fits("ivs-realtime", "ConnectionTokenId", given["token_id"])
        and is_endpoint(given["events_url"], "wss")
        and lasts(given["expires_in"], FOUR_WEEKS)
        # In addition: a key verifies tokens of its account and Region only.
        and given["public_key_arn"].split(":")[3:5] == [given["region"], given["account_id"]]
    )
