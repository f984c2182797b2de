"""What is found out about a token."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivs_tokens import PemSigner, TokenError
from ivs_tokens._explain import kind_of, notes_of, problems_of, validity_of
from ivs_tokens._reading import ReadToken
from ivs_tokens._verify import is_verified
from tests.ivs_tokens.drawn import ARGUMENTS, arguments
from tests.ivs_tokens.explained import (
    CONNECTION,
    HEADER,
    KEYED,
    PARTICIPANT,
    PLAYBACK,
    problems,
    token_of,
    without,
    written,
)
from tests.ivs_tokens.parts import (
    CHANNEL,
    KINDS,
    NOW,
    STAGE,
    claims_of,
    header_of,
    make,
)
from tests.support.keys import P384_PEM, PRIVATE_KEY, PRIVATE_PEM


@pytest.mark.parametrize(
    ("claims", "header"), [(PLAYBACK, HEADER), (PARTICIPANT, KEYED), (CONNECTION, KEYED)]
)
def test_nothing_is_wrong(claims: dict[str, Any], header: dict[str, Any]) -> None:
    """
    A token of each kind as the guide has it has no problem, and nothing to note.
    """
    assert problems(claims, header) == []
    assert notes_of(token_of(claims, header)) == []


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        (without(PLAYBACK, "exp"), ["'exp' is missing"]),
        ({**PLAYBACK, "exp": NOW}, ["the token has expired"]),
        ({**PLAYBACK, "exp": NOW + 1}, []),
        (
            {**PLAYBACK, "exp": (NOW + 300) * 1000},
            [
                (
                    "'exp' must be an integer of Unix seconds, got 1795000300000; divide "
                    "milliseconds by 1000"
                )
            ],
        ),
        (
            {**PLAYBACK, "exp": str(NOW + 300)},
            [
                "'exp' must be an integer of Unix seconds, got '1795000300'",
            ],
        ),
        ({**PLAYBACK, "aws:viewer-id": "v", "exp": NOW + 600}, []),
        (
            {**PLAYBACK, "aws:viewer-id": "v", "exp": NOW + 601},
            ["'exp' must be at most 600 seconds ahead with 'aws:viewer-id', got 601 seconds"],
        ),
        (
            {**PLAYBACK, "aws:single-use-uuid": str(uuid.uuid4()), "exp": NOW + 601},
            ["'exp' must be at most 600 seconds ahead with 'aws:single-use-uuid', got 601 seconds"],
        ),
        (
            {**PLAYBACK, "aws:single-use-uuid": "once"},
            [
                "'aws:single-use-uuid' must be a UUID, 8-4-4-4-12 hexadecimal digits, got 'once'",
            ],
        ),
        (
            {**PLAYBACK, "aws:channel-arn": STAGE, "aws:viewer-id": "v" * 41},
            [
                (
                    "'aws:channel-arn' must be the ARN of a channel of at most 128 characters, "
                    "such as "
                    f"'{CHANNEL}', got '{STAGE}'"
                ),
                "'aws:viewer-id' must have 1 to 40 characters, got 41 characters",
            ],
        ),
        (
            {**PLAYBACK, "aws:access-control-allow-origin": ["https://example.com"]},
            ["'aws:access-control-allow-origin' must be a string, got a value of the type 'list'"],
        ),
        (
            {
                **PLAYBACK,
                "aws:access-control-allow-origin": ",".join(["https://example.com"] * 6),
                "aws:strict-origin-enforcement": True,
            },
            [
                (
                    "'aws:access-control-allow-origin' must have at most 5 origins with "
                    "'aws:strict-origin-enforcement', got 6"
                )
            ],
        ),
        (
            {**PLAYBACK, "aws:viewer-session-version": 1},
            [
                (
                    "'aws:viewer-session-version' must be left out without 'aws:viewer-id', got 1; "
                    "it "
                    "does nothing on its own"
                )
            ],
        ),
        (
            {**PLAYBACK, "more": "m" * 1500},
            ["the token must have at most 2048 bytes, got 2316 bytes"],
        ),
        ({"sub": "alice"}, ["no claim says whether the token is for a channel, a stage or a con"]),
    ],
)
def test_problems_of_playback_tokens(claims: dict[str, Any], found: list[str]) -> None:
    """
    Each rule that a token breaks is a problem, by the name of its claim.
    """
    actual = problems(claims)
    assert len(actual) == len(found)
    assert all(problem.startswith(start) for problem, start in zip(actual, found, strict=True))


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ({**PARTICIPANT, "exp": NOW + 1_209_600}, []),
        (
            {**PARTICIPANT, "exp": NOW + 1_209_601},
            ["'exp' must be 1 to 1209600 seconds after 'iat', got 1209601 seconds"],
        ),
        (
            {**PARTICIPANT, "iat": PARTICIPANT["exp"]},
            ["'exp' must be 1 to 1209600 seconds after 'iat', got 0 seconds"],
        ),
        (
            {**PARTICIPANT, "topic": "AbCdef1G2hij"},
            ["'topic' must be the ID of the stage, 'KlMnop3Q4rst', got 'AbCdef1G2hij'"],
        ),
        (without(PARTICIPANT, "topic"), ["'topic' is missing"]),
        (without(PARTICIPANT, "capabilities"), ["'capabilities' is missing"]),
        (
            {**PARTICIPANT, "capabilities": {"allow_publish": True}},
            ["'allow_subscribe' must be True or False, got None"],
        ),
        (
            {**PARTICIPANT, "capabilities": ["PUBLISH"]},
            ["'capabilities' must be an object, got a value of the type 'list'"],
        ),
        ({**PARTICIPANT, "version": "2.0"}, ["'version' must be '1.0', got '2.0'"]),
        ({**CONNECTION, "exp": NOW + 2_419_200}, []),
        (
            {**CONNECTION, "exp": NOW + 2_419_201},
            ["'exp' must be 1 to 2419200 seconds after 'iat', got 2419201 seconds"],
        ),
        (
            {**CONNECTION, "account_id": 123456789012},
            ["'account_id' must be '123456789012', as in 'kid', got 123456789012"],
        ),
        (without(CONNECTION, "iat"), ["'iat' is missing"]),
    ],
)
def test_problems_of_tokens_for_stages(claims: dict[str, Any], found: list[str]) -> None:
    """
    So it is with the tokens of participants and connections.
    """
    actual = problems(claims, KEYED)
    assert len(actual) == len(found)
    assert all(problem.startswith(start) for problem, start in zip(actual, found, strict=True))


@pytest.mark.parametrize(
    ("header", "signature", "found"),
    [
        ({"alg": "none"}, b"", ["'alg' must be 'ES384', got 'none'", "'typ' must be", "the sig"]),
        (HEADER, bytes(95), ["the signature must be r and s side by side in 96 bytes, got 95 byt"]),
    ],
)
def test_problems_of_the_form(header: object, signature: bytes, found: list[str]) -> None:
    """
    Another algorithm and another signature are problems of every token.
    """
    actual = problems(PLAYBACK, header, signature)
    assert [problem.startswith(start) for problem, start in zip(actual, found, strict=True)] == [
        True
    ] * len(found)


def test_a_signature_in_der_is_recognized() -> None:
    """
    The most frequent fault of tokens that are signed by hand is named.
    """
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    der = PRIVATE_KEY.sign(b"message", ec.ECDSA(hashes.SHA384()))
    (problem,) = problems(PLAYBACK, signature=der)
    assert re.fullmatch(r"the signature must be .*, got 10\d bytes, which may be DER", problem)


def test_a_stage_needs_a_key_id() -> None:
    """
    Without the ARN of a public key IVS cannot verify a participant token.
    """
    assert [problem[:46] for problem in problems(PARTICIPANT)] == [
        "'kid' must be the ARN of a public key of at mo"
    ]


def test_a_name_twice_is_a_problem() -> None:
    """
    Readers may take the first or the last of two claims.
    """
    claims = json.dumps(PLAYBACK)[:-1] + ', "exp": 1}'
    assert "the header or the claims have the same name twice" in problems(claims.encode())


def test_notes() -> None:
    """
    Claims that the guide does not have are noted, in the order of the alphabet.
    """
    assert notes_of(token_of({**PLAYBACK, "nbf": 0, "iat": NOW})) == [
        "the guide of IVS does not describe the claim 'iat'",
        "the guide of IVS does not describe the claim 'nbf'",
    ]
    assert notes_of(token_of({"sub": "alice"})) == []


def test_a_token_that_ivs_made_is_noted() -> None:
    """
    What CreateParticipantToken returns has another algorithm.
    """
    assert notes_of(token_of(PARTICIPANT, {"alg": "KMS", "typ": "JWT"})) == [
        "IVS signed this token; the report applies the rules for tokens that you sign"
    ]


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (NOW + 1, "for 1 second, until 2026-11-18T11:06:41Z"),
        (NOW + 300, "for 5 minutes, until 2026-11-18T11:11:40Z"),
        (NOW + 90_061, "for 1 day 1 hour, until 2026-11-19T12:07:41Z"),
        (NOW, "no, it expired 0 seconds ago, at 2026-11-18T11:06:40Z"),
        (NOW - 7265, "no, it expired 2 hours 1 minute ago, at 2026-11-18T09:05:35Z"),
        (0, "no, it expired 20775 days 11 hours ago, at 1970-01-01T00:00:00Z"),
        (10**11 - 1, "for 1136631 days 22 hours, until 5138-11-16T09:46:39Z"),
        (10**11, "not known"),
        (True, "not known"),
        ("soon", "not known"),
        (None, "not known"),
    ],
)
def test_how_long_a_token_is_valid(end: object, words: str) -> None:
    """
    A time is said in its two largest units, and as a date.
    """
    assert validity_of(token_of({"exp": end}), NOW) == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"'token' must be a JSON Web Token: .*, got 1 part in 0 characters; a chat token"),
        ("a.b", "got 2 parts in 3 characters"),
        ("a.b.c.d.e", "got 5 parts in 9 characters"),
        (
            f"{'a' * 65_533}.b.c",
            "at most 65536 characters together, got 3 parts in 65537 characters",
        ),
        (f"{'a' * 65_532}.b.c", "'token' must have a JSON object as its header, got something el"),
        (f"e30=.{written({})}.", "'token' must have its header in base64url without padding"),
        (f"e30.{written({})}.AB", "'token' must have its signature in base64url without padding"),
        (f"e30.{written({})}.A", "'token' must have its signature in base64url without padding"),
        (f"e30.{written({})}.+/+/", "'token' must have its signature in base64url"),
        (f"é.{written({})}.", "'token' must have its header in base64url without padding"),
        ("\ud800.b.c", "'token' must have its header in base64url without padding"),
        ("YQ.e30.", "'token' must have a JSON object as its header, got something else"),
        ("e30.W10.", "'token' must have a JSON object as its payload, got something else"),
        (f"e30.{written(b'{chr(34)}: NaN}')}.", "a JSON object as its payload, got something el"),
        (f"e30.{written({'exp': float('nan')})}.", "a JSON object as its payload, got something"),
        (f"e30.{written(b'[' * 20_000)}.", "a JSON object as its payload, got something else"),
        (f"e30.{written('{}'.encode('utf-16'))}.", "a JSON object as its payload, got something"),
        (f"e30.{written(b'{%cexp%c:' % (34, 34) + b'1' * 5000 + b'}')}.", "JSON object as its pay"),
    ],
)
def test_what_is_no_token(text: str, message: str) -> None:
    """
    What cannot be read is refused in words, and not shown.
    """
    with pytest.raises(TokenError, match=message):
        ReadToken(text)


@pytest.mark.parametrize("kind", KINDS)
def test_verification(kind: str) -> None:
    """
    The public key verifies a token as it is, and neither changed nor shortened.
    """
    token = make(kind, PemSigner(PRIVATE_PEM))
    assert is_verified(ReadToken(token), P384_PEM.encode())
    header, claims, signature = token.split(".")
    changed = written({**claims_of(token), "more": 1})
    assert not is_verified(ReadToken(f"{header}.{changed}.{signature}"), P384_PEM.encode())
    assert not is_verified(ReadToken(f"{header}.{claims}.{signature[:-4]}"), P384_PEM.encode())
    assert not is_verified(ReadToken(f"{header}.{claims}."), P384_PEM.encode())
    # The same two numbers, in 97 bytes.
    raw = ReadToken(token).signature
    longer = written(raw[:48] + b"\0" + raw[48:])
    assert not is_verified(ReadToken(f"{header}.{claims}.{longer}"), P384_PEM.encode())
    assert not is_verified(ReadToken(f"{header}.{claims}.{'A' * 128}"), P384_PEM.encode())


def test_tokens_of_another_library_are_explained() -> None:
    """
    A token that PyJWT made is read, verified and has no problem.
    """
    token = ReadToken(jwt.encode(PLAYBACK, PRIVATE_PEM, algorithm="ES384"))
    assert token.claims == PLAYBACK
    assert problems_of(token, NOW) == []
    assert is_verified(token, P384_PEM.encode())


@given(st.data())
def test_what_the_library_signs_has_no_problem(data: st.DataObject) -> None:
    """
    Both halves of the library have the same rules: what one makes, the other finds right.
    """
    kind = data.draw(st.sampled_from(sorted(ARGUMENTS)))
    try:
        text = make(kind, **data.draw(arguments(kind)))
    except TokenError:
        return
    token = ReadToken(text)
    found = kind_of(token)
    assert found is not None
    assert found.name == f"{kind} token"
    assert (token.header, token.claims) == (header_of(text), claims_of(text))
    assert problems_of(token, NOW) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(st.sampled_from([PLAYBACK, PARTICIPANT, CONNECTION]), st.data())
def test_nothing_in_a_token_stops_the_explanation(
    claims: dict[str, Any], data: st.DataObject
) -> None:
    """
    Whatever JSON stands for a claim, it is a problem at most.
    """
    names = [*sorted(claims), "aws:strict-origin-enforcement", "aws:viewer-session-version"]
    changed = {**claims, **data.draw(st.dictionaries(st.sampled_from(names), JSON, max_size=4))}
    token = token_of(changed, data.draw(st.dictionaries(st.sampled_from(["alg", "kid"]), JSON)))
    for lines in (problems_of(token, NOW), notes_of(token), [validity_of(token, NOW)]):
        assert all(isinstance(line, str) for line in lines)
