"""The private_channel example: from the key in KMS to a token, and to the end of a session."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.examples.apps import EXAMPLES
from tests.examples.token_examples import Example, Moderation, holds, shapes
from tests.ivs_tokens.verified import Verify, both_libraries, plays
from tests.support.arns import arn
from tests.support.kms import KEY_ARN, Kms, KmsKey
from tests.support.resolving import value_of
from tests.token_functions.handler_parts import (
    CHANNEL,
    OTHER_CHANNEL,
    SUBJECT,
    Ivs,
    body_of,
    by_jwt,
    by_url,
    refusal_of,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.newest

NAME = "private_channel"
# How any private key on P-384 goes on to its secret: in DER, hexadecimal and base64.
OF_PRIVATE_KEYS = re.compile(rb"\x02\x01\x01\x04\x30|0201010430|AgEBBD[A-Za-z0-9+/_-]{8}")
# By sha256sum, of SUBJECT.
VIEWER = "634098a05d797cb150e8b99607bf533980faf751"


@pytest.fixture
def example(kms: Kms, ivs: Ivs, tmp_path: Path) -> Example:
    """The example, whose key is the one in KMS."""
    assert ivs.calls == []
    assert KEY_ARN in kms.keys
    return Example(NAME, {"AWS::KMS::Key": KEY_ARN, "AWS::IVS::Channel": CHANNEL}, tmp_path)


def imported_key(example: Example) -> str:
    """The public key that the key pair of the template is given at deployment."""
    custom = example.logical_id("Custom::IVSSigningKeyPem")
    answer = {f"{custom}.PublicKeyPem": example.deployment.public_key()}
    material = example.properties("AWS::IVS::PlaybackKeyPair")["PublicKeyMaterial"]
    return str(value_of(material, answer))


@both_libraries
def test_token_plays_with_the_key_of_the_template(
    example: Example, kms: Kms, verify: Verify
) -> None:
    """
    A viewer who signed in gets a token for the channel, on the website and by a hashed id, which
    the key verifies that the template imports, and no other key.
    """
    (answer,) = example.ask(by_jwt())
    public_key = imported_key(example)
    assert public_key == kms.key.public_pem
    content = body_of(answer)
    assert verify(content["token"], public_key) == {
        "aws:channel-arn": CHANNEL,
        "aws:access-control-allow-origin": "https://example.com",
        "aws:viewer-id": VIEWER,
        "exp": content["expires_at"],
    }
    assert plays(verify, content["token"], public_key, CHANNEL)
    assert not plays(verify, content["token"], KmsKey().public_pem, CHANNEL)
    assert answer["headers"]["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("event", "refusal"),
    [
        (
            by_jwt(claims={"scope": "tokens/create"}),
            (403, "the caller must have the claim 'sub'"),
        ),
        (by_jwt({"channel_arn": OTHER_CHANNEL}), (403, "'channel_arn' must be")),
        (by_jwt({"expires_in": 301}), (400, "'expires_in' must be")),
        (by_jwt({"viewer_id": "other"}), (400, "the fields must be")),
        (by_url({}), (403, "")),
        (by_jwt({"role": "owner"}), (403, "'role' must be 'viewer'")),
    ],
    ids=["claim", "channel", "lifetime", "identity", "authorizer", "role"],
)
def test_more_than_was_deployed_is_refused(
    example: Example, kms: Kms, event: dict[str, Any], refusal: tuple[int, str]
) -> None:
    """
    Who has no claim, or asks for more than the template allows, gets a refusal, and KMS is not
    asked; the longest life is allowed.
    """
    refused, longest = example.ask(event, by_jwt({"channel_arn": CHANNEL, "expires_in": 300}))
    status, words = refusal_of(refused)
    assert (status, words[: len(refusal[1])]) == refusal
    assert longest["statusCode"] == 200
    assert [action for action, _ in kms.calls] == ["Sign"]


def test_api_asks_for_an_access_token_with_the_scope(example: Example) -> None:
    """
    The one route needs a token of the website's client with the scope, and the function can be
    called by that route only.
    """
    route = example.properties("AWS::ApiGatewayV2::Route")
    assert route["RouteKey"] == "POST /tokens"
    assert route["AuthorizationScopes"] == ["tokens/create"]
    assert route["AuthorizationType"] == "JWT"
    assert route["AuthorizerId"] == {"Ref": example.logical_id("AWS::ApiGatewayV2::Authorizer")}
    configuration = example.properties("AWS::ApiGatewayV2::Authorizer")["JwtConfiguration"]
    client = example.logical_id("AWS::Cognito::UserPoolClient")
    assert configuration["Audience"] == [{"Ref": client}]
    permission = example.properties("AWS::Lambda::Permission")
    assert permission["Principal"] == "apigateway.amazonaws.com"
    assert "/*/*/tokens" in json.dumps(permission["SourceArn"])


def test_nothing_secret_is_written_down(example: Example, kms: Kms) -> None:
    """
    No file of the assembly, with its outputs, and no log has a private key, a token, or who
    asked; the answers have no private key.
    """
    answers = example.ask(by_jwt(), by_jwt({"expires_in": 301}))
    token = body_of(answers[0])["token"]
    texts = list(example.texts())
    assert b'"outcome": "issued"' in texts[-1]
    for text in [*texts, json.dumps(answers).encode()]:
        assert not holds(text, kms.key.private_key)
        assert OF_PRIVATE_KEYS.search(text) is None
    assert not any(word.encode() in text for text in texts for word in (token, SUBJECT, VIEWER))
    assert "{{resolve" not in json.dumps(example.assembly.template["Outputs"])


@pytest.mark.parametrize("index", range(12))
def test_search_for_keys_finds_them(index: int) -> None:
    """
    The search finds a private key in DER, PEM, hexadecimal and base64, at whatever place, and
    nothing in the public half.
    """
    key = KmsKey()
    shape = list(shapes(key.private_key))[index]
    assert holds(shape, key.private_key)
    assert holds(b'{"Value": "' + shape + b'"}', key.private_key)
    assert OF_PRIVATE_KEYS.search(shape)
    assert not holds(shape, KmsKey().private_key)
    public = key.public_pem.encode() + key.public_der
    assert not holds(public, key.private_key)
    assert OF_PRIVATE_KEYS.search(public) is None


class TestModerator:
    @pytest.fixture
    def moderation(self) -> Moderation:
        """What the script calls, with the permissions of the role."""
        return Moderation(NAME, "Moderator", {"Channel.Arn": CHANNEL})

    @pytest.mark.parametrize(
        ("versions", "version"), [([], 0), (["7"], 7)], ids=["default", "version"]
    )
    def test_ends_sessions_by_the_id_in_the_token(
        self, moderation: Moderation, versions: list[str], version: int
    ) -> None:
        """
        The script ends the sessions of the viewer id that the function puts into tokens.
        """
        moderation.run(CHANNEL, SUBJECT, *versions)
        expected = {
            "channelArn": CHANNEL,
            "viewerId": VIEWER,
            "viewerSessionVersionsLessThanOrEqualTo": version,
        }
        assert moderation.calls == [("StartViewerSessionRevocation", expected)]

    def test_ends_none_of_another_channel(self, moderation: Moderation) -> None:
        """
        The role is denied the call for another channel, and the channel itself.
        """
        with pytest.raises(subprocess.CalledProcessError) as caught:
            moderation.run(OTHER_CHANNEL, SUBJECT)
        assert "AccessDeniedException" in caught.value.stderr
        assert moderation.calls == []
        assert not moderation.allows("ivs:DeleteChannel", arn("channel/AbCdef1G2hij"))


def test_readme_names_the_script() -> None:
    """
    The README says how to run the script that the folder has.
    """
    text = (EXAMPLES / NAME / "README.md").read_text(encoding="utf-8")
    assert "python3 revoke.py <ChannelArn>" in text
