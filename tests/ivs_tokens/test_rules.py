"""What is signed and what is refused, against a statement of the service's rules of its own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from ivs_tokens import TokenError
from tests.ivs_tokens.drawn import ARGUMENTS, arguments
from tests.ivs_tokens.parts import (
    KINDS,
    claims_of,
    make,
)
from tests.ivs_tokens.service_rules import (
    PLAYBACK_BYTES,
    allows_connection,
    allows_participant,
    allows_playback,
)

RULES = {
    "playback": allows_playback,
    "participant": allows_participant,
    "connection": allows_connection,
}


@pytest.mark.parametrize("kind", ARGUMENTS)
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_signed_is_what_the_service_allows(kind: str, data: st.DataObject) -> None:
    """
    Arguments make a token if and only if the rules of the service allow it.
    """
    chosen = data.draw(arguments(kind))
    token, refused = "", ""
    try:
        token = make(kind, **chosen)
    except TokenError as error:
        refused = str(error)
    event("refused" if refused else "signed")
    if "a playback token has at most 2048 bytes" in refused:
        return
    assert RULES[kind](chosen) == (not refused), refused
    if refused:
        return
    assert kind != "playback" or len(token) <= PLAYBACK_BYTES
    assert type(claims_of(token)["exp"]) is int


PLAYBACK_VALUES = st.fixed_dictionaries(
    {},
    optional={
        "allowed_origins": st.lists(
            st.sampled_from(["https://example.com", "*", "http://*.example.org:8080"]),
            min_size=1,
            max_size=5,
        ),
        "single_use": st.booleans(),
        "maximum_resolution": st.sampled_from(["SD", "HD", "FULL_HD"]),
        "ads_opt_out": st.booleans(),
        "ads_player_params": st.dictionaries(
            st.text(st.characters(codec="utf-8"), max_size=9),
            st.text(st.characters(codec="utf-8"), max_size=9),
            max_size=3,
        ),
        "viewer_id": st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    },
)


@given(PLAYBACK_VALUES)
@example({"viewer_id": "\x00\x7f\u2028\ufffe\N{GRINNING FACE}"})
def test_claims_come_back_as_they_were_given(chosen: dict[str, Any]) -> None:
    """
    Whatever text the service allows is in the token as it was.
    """
    claims = claims_of(make("playback", **chosen))
    assert claims.get("aws:viewer-id") == chosen.get("viewer_id")
    assert claims.get("aws:ads-player-params") == chosen.get("ads_player_params")
    assert claims.get("aws:access-control-allow-origin", "") == ",".join(
        chosen.get("allowed_origins", [])
    )


def test_the_arguments_are_all_that_there_are() -> None:
    """
    No argument of a function is left out above.
    """
    for kind, (function, _) in KINDS.items():
        names = function.__kwdefaults__.keys() | KINDS[kind][1].keys()
        assert set(ARGUMENTS[kind]) == names - {"now"}
