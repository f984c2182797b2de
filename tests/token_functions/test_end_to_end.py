"""Functions as they are deployed: the asset and the variable of the template, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Duration, Stack

import cdk_ivs
from cdk_ivs import chat
from tests.ivs_tokens.parts import EVENTS_URL, PUBLIC_KEY, WHIP_URL
from tests.ivs_tokens.verified import REFUSALS, Verify, both_libraries, plays, with_pyjwt
from tests.support.kms import KEY_ARN, Kms, KmsKey
from tests.support.rendered import logical_id_of
from tests.token_functions.deployment import Deployment
from tests.token_functions.handler_parts import (
    CHANNEL,
    OTHER_CHANNEL,
    ROOM,
    STAGE,
    SUBJECT,
    USER_ID,
    Ivs,
    body_of,
    by_iam,
    by_jwt,
    refusal_of,
)

# In processes of their own, of which aws-cdk-lib is no part.
pytestmark = pytest.mark.once

KeyAndChannels = tuple[cdk_ivs.SigningKey, list[cdk_ivs.Channel]]
Deploy = Callable[[Stack, Mapping[str, str]], Deployment]


@pytest.fixture
def signing_key(stack: Stack) -> cdk_ivs.SigningKey:
    """The key, whose public half IVS has."""
    key = cdk_ivs.SigningKey(stack, "SigningKey")
    cdk_ivs.PlaybackKeyPair(stack, "KeyPair", signing_key=key)
    return key


def arns_of(key: cdk_ivs.SigningKey, *channels: cdk_ivs.Channel) -> dict[str, str]:
    """What a key and channels come to be."""
    arns = zip([key, *channels], [KEY_ARN, CHANNEL, OTHER_CHANNEL], strict=True)
    return {f"{logical_id_of(construct)}.Arn": arn for construct, arn in arns}


@pytest.fixture
def deploy(kms: Kms, ivs: Ivs, tmp_path: Path) -> Deploy:
    """Deploys a stack whose resources come to be what is given, beside KMS and IVS."""
    assert KEY_ARN in kms.keys
    assert ivs.calls == []

    def deployed(stack: Stack, attributes: Mapping[str, str]) -> Deployment:
        app: Any = App.of(stack)
        return Deployment(Path(app.synth().directory), "Stack", attributes, tmp_path / "lambda")

    return deployed


class TestPlayback:
    """From the key in KMS to the token."""

    @pytest.fixture
    def key_and_channels(self, stack: Stack, signing_key: cdk_ivs.SigningKey) -> KeyAndChannels:
        """The key, and two private channels."""
        return signing_key, [
            cdk_ivs.Channel(stack, id, authorized=True) for id in ("Channel", "Other")
        ]

    @both_libraries
    def test_by_an_http_api(
        self,
        stack: Stack,
        key_and_channels: KeyAndChannels,
        deploy: Deploy,
        verify: Verify,
    ) -> None:
        """
        A user with the claim gets a token for the channel, which the public key in the answer of
        the custom resource verifies; who asks for more gets none.
        """
        signing_key, channels = key_and_channels
        function = cdk_ivs.PlaybackTokenFunction(
            stack,
            "Tokens",
            allowed_origins=["https://example.com"],
            channels=channels,
            identity=cdk_ivs.TokenIdentity.authorizer_claim("sub"),
            roles={
                "viewer": cdk_ivs.PlaybackRole(maximum_resolution=cdk_ivs.MaximumResolution.HD),
                "staff": cdk_ivs.PlaybackRole(
                    maximum_lifetime=Duration.minutes(10),
                    required_claims={"cognito:groups": "admins"},
                    single_use=True,
                ),
                "owner": cdk_ivs.PlaybackRole(required_claims={"cognito:groups": "owners"}),
            },
            signing_key=signing_key,
            strict_origin_enforcement=True,
        )
        deployed = deploy(stack, arns_of(signing_key, *channels))
        viewer, staff, *refused = deployed.invoke(
            logical_id_of(function.function),
            by_jwt({"channel_arn": CHANNEL, "role": "viewer"}),
            by_jwt({"channel_arn": OTHER_CHANNEL, "role": "staff", "expires_in": 600}),
            by_jwt({"channel_arn": CHANNEL, "role": "owner"}),
            by_jwt({"channel_arn": CHANNEL, "role": "viewer", "expires_in": 301}),
            by_jwt({"channel_arn": CHANNEL, "role": "viewer", "viewer_id": "other"}),
            by_jwt({"channel_arn": CHANNEL, "role": "viewer"}, claims={"scope": "openid"}),
        )
        public_key = deployed.public_key()
        content = body_of(viewer)
        assert verify(content["token"], public_key) == {
            "aws:channel-arn": CHANNEL,
            "aws:access-control-allow-origin": "https://example.com",
            "aws:strict-origin-enforcement": True,
            "aws:viewer-id": SUBJECT,
            "aws:maximum-resolution": "HD",
            "exp": content["expires_at"],
        }
        assert verify(body_of(staff)["token"], public_key).keys() == {
            "aws:channel-arn",
            "aws:access-control-allow-origin",
            "aws:strict-origin-enforcement",
            "aws:single-use-uuid",
            "aws:viewer-id",
            "exp",
        }
        assert [refusal_of(answer)[0] for answer in refused] == [403, 400, 400, 403]
        # What IVS would not take.
        token = content["token"]
        assert plays(verify, token, public_key, CHANNEL)
        assert not plays(verify, token, public_key, OTHER_CHANNEL)
        assert not plays(verify, token, KmsKey().public_pem, CHANNEL)
        head, claims, signature = token.split(".")
        assert not plays(verify, f"{head}.{claims[:-4]}AAAA.{signature}", public_key, CHANNEL)
        assert '"outcome": "issued"' in deployed.log
        assert token not in deployed.log
        assert SUBJECT not in deployed.log

    def test_by_a_function_url(
        self,
        stack: Stack,
        key_and_channels: KeyAndChannels,
        deploy: Deploy,
        kms: Kms,
    ) -> None:
        """
        Whoever signed the request is in the token, by a hash of 40 digits.
        """
        signing_key, channels = key_and_channels
        function = cdk_ivs.PlaybackTokenFunction(
            stack,
            "Tokens",
            channels=channels[:1],
            identity=cdk_ivs.TokenIdentity.iam(),
            signing_key=signing_key,
        )
        function.add_function_url()
        deployed = deploy(stack, arns_of(signing_key, *channels))
        first, second, other = (
            with_pyjwt(body_of(answer)["token"], kms.key.public_pem)["aws:viewer-id"]
            for answer in deployed.invoke(
                logical_id_of(function.function),
                by_iam({}),
                by_iam({}),
                by_iam({}, userId="AIDAOTHER"),
            )
        )
        assert first == second != other
        assert len(first) == 40
        assert USER_ID not in first

    def test_for_everybody(
        self,
        stack: Stack,
        key_and_channels: KeyAndChannels,
        deploy: Deploy,
        kms: Kms,
    ) -> None:
        """
        A token that names nobody is signed once for a crowd.
        """
        signing_key, channels = key_and_channels
        function = cdk_ivs.PlaybackTokenFunction(
            stack, "Tokens", channels=channels, signing_key=signing_key
        )
        deployed = deploy(stack, arns_of(signing_key, *channels))
        answers = deployed.invoke(logical_id_of(function.function), *[{"channel_arn": CHANNEL}] * 5)
        (token,) = {answer["token"] for answer in answers}
        assert with_pyjwt(token, kms.key.public_pem)["aws:channel-arn"] == CHANNEL
        assert [action for action, _ in kms.calls] == ["Sign"]


@both_libraries
def test_participants(
    stack: Stack,
    signing_key: cdk_ivs.SigningKey,
    deploy: Deploy,
    ivs: Ivs,
    verify: Verify,
) -> None:
    """
    A backend gets a token for a user, with the endpoints of the stage, which the public key
    verifies.
    """
    stage = cdk_ivs.Stage(stack, "Stage")
    public_key = cdk_ivs.PublicKey(stack, "PublicKey", signing_key=signing_key)
    function = cdk_ivs.ParticipantTokenFunction(
        stack,
        "Tokens",
        identity=cdk_ivs.TokenIdentity.event_field("user_id"),
        public_key=public_key,
        roles={
            "host": cdk_ivs.ParticipantRole(
                allow_publish=True, allow_subscribe=True, attributes={"team": "réd"}
            ),
            "viewer": cdk_ivs.ParticipantRole(allow_publish=False, allow_subscribe=True),
        },
        signing_key=signing_key,
        stages=[stage],
    )
    attributes = {
        f"{logical_id_of(signing_key)}.Arn": KEY_ARN,
        f"{logical_id_of(stage)}.Arn": STAGE,
        f"{logical_id_of(public_key)}.Arn": PUBLIC_KEY,
    }
    deployed = deploy(stack, attributes)
    host, viewer = deployed.invoke(
        logical_id_of(function.function),
        {"user_id": "jane", "role": "host"},
        {"user_id": "joe", "role": "viewer", "expires_in": 60},
    )
    claims = verify(host["token"], deployed.public_key())
    assert claims == {
        "exp": host["expires_at"],
        "iat": host["expires_at"] - 43_200,
        "jti": host["participant_id"],
        "user_id": "jane",
        "resource": STAGE,
        "topic": STAGE.rpartition("/")[2],
        "events_url": EVENTS_URL,
        "whip_url": WHIP_URL,
        "capabilities": {"allow_publish": True, "allow_subscribe": True},
        "attributes": {"team": "réd"},
        "version": "1.0",
    }
    other = verify(viewer["token"], deployed.public_key())
    assert other["capabilities"] == {"allow_publish": False, "allow_subscribe": True}
    assert other["exp"] - other["iat"] == 60
    assert ivs.calls == [("GetStage", {"arn": STAGE})]
    with pytest.raises(REFUSALS):
        verify(host["token"], KmsKey().public_pem)


def test_chatters(stack: Stack, deploy: Deploy, ivs: Ivs) -> None:
    """
    IVS is asked for a token with what the role has, for the user of the claim.
    """
    room = chat.Room(stack, "Room")
    function = cdk_ivs.ChatTokenFunction(
        stack,
        "Tokens",
        identity=cdk_ivs.TokenIdentity.authorizer_claim("sub"),
        roles={
            "moderator": cdk_ivs.ChatRole(
                attributes={"badge": "moderator"},
                capabilities=[
                    cdk_ivs.ChatCapability.SEND_MESSAGE,
                    cdk_ivs.ChatCapability.DELETE_MESSAGE,
                ],
                required_claims={"cognito:groups": "admins"},
                session_duration=Duration.minutes(180),
            )
        },
        rooms=[room],
    )
    deployed = deploy(stack, {f"{logical_id_of(room)}.Arn": ROOM})
    (answer,) = deployed.invoke(logical_id_of(function.function), by_jwt({}))
    assert answer["headers"]["cache-control"] == "no-store"
    assert body_of(answer)["token"] == "AQICAHexample-of-a-chat-token"
    assert ivs.calls == [
        (
            "CreateChatToken",
            {
                "roomIdentifier": ROOM,
                "userId": SUBJECT,
                "attributes": {"badge": "moderator"},
                "capabilities": ["SEND_MESSAGE", "DELETE_MESSAGE"],
                "sessionDurationInMinutes": 180,
            },
        )
    ]
