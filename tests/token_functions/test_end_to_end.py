"""Functions as they are deployed: the asset and the variable of the template, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aws_cdk import App, Duration, Stack

import cdk_ivs
from cdk_ivs import chat
from cdk_ivs._services.custom_resource.cdk_ivs_handler import handler as custom_resource
from tests.ivs_tokens.parts import EVENTS_URL, PUBLIC_KEY, WHIP_URL
from tests.ivs_tokens.test_verified import REFUSALS, Verify, both_libraries, plays, with_pyjwt
from tests.support.kms import KEY_ARN, Kms, KmsKey
from tests.support.rendered import logical_id_of
from tests.support.resolving import value_of
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

# What Lambda has beside Python, by the names of the modules.
IN_LAMBDA = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3")
ENDPOINTS = "AWS_ENDPOINT_URL_"
# What Lambda does: it imports the handler, and calls it with an event.
BOOTSTRAP = """
import importlib, importlib.util, json, os, sys
for name in ("aws_cdk", "cdk_ivs", "cryptography", "jsii"):
    assert importlib.util.find_spec(name) is None, name
module, _, function = os.environ["_HANDLER"].rpartition(".")
handle = getattr(importlib.import_module(module), function)
for event in json.load(sys.stdin):
    print("ANSWER", json.dumps(handle(event, None)))
"""


class Deployment:
    """
    A stack that was deployed.

    Attributes:
        template: The template.
        attributes: What its resources came to be.
        log: What the functions have printed.
    """

    def __init__(self, stack: Stack, attributes: Mapping[str, str], folder: Path) -> None:
        self._directory = Path(App.of(stack).synth().directory)  # type: ignore[union-attr] - it has one
        self.template = self._read("Stack.template.json")
        self.attributes = attributes
        self.log = ""
        self._folder = folder

    def _read(self, name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self._directory / name).read_text())
        return content

    @cached_property
    def _runtime(self) -> Path:
        """A folder with what Lambda has beside Python."""
        runtime = self._folder / "runtime"
        runtime.mkdir()
        for name in IN_LAMBDA:
            spec = find_spec(name)
            assert spec is not None
            origin = Path(str(spec.origin))
            source = origin.parent if origin.name == "__init__.py" else origin
            (runtime / source.name).symlink_to(source)
        return runtime

    def _unpacked(self, s3_key: str) -> Path:
        """The asset of a key in S3: packed as by the CDK's CLI, unpacked as by Lambda."""
        target = self._folder / s3_key
        if not target.exists():
            files = self._read("Stack.assets.json")["files"]
            source = self._directory / files[s3_key.removesuffix(".zip")]["source"]["path"]
            archive = shutil.make_archive(str(self._folder / "packed"), "zip", source)
            with zipfile.ZipFile(archive) as packed:
                packed.extractall(target)
        return target

    def invoke(self, logical_id: str, *events: object) -> list[dict[str, Any]]:
        """The answers of one container of a function."""
        properties = self.template["Resources"][logical_id]["Properties"]
        variables = value_of(properties["Environment"]["Variables"], self.attributes)
        asset = self._unpacked(properties["Code"]["S3Key"])
        environment = {
            "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join([str(asset), str(self._runtime)]),
            "_HANDLER": properties["Handler"],
            **variables,
            **{name: url for name, url in os.environ.items() if name.startswith(ENDPOINTS)},
        }
        printed = subprocess.check_output(
            # Without the site module, no packages of this environment.
            [sys.executable, "-S", "-B", "-c", BOOTSTRAP],
            cwd=asset,
            env=environment,
            input=json.dumps(events),
            text=True,
        )
        lines = printed.splitlines()
        answers = [line for line in lines if line.startswith("ANSWER ")]
        self.log += "\n".join(line for line in lines if line not in answers)
        return [json.loads(line.removeprefix("ANSWER ")) for line in answers]

    def public_key(self) -> str:
        """The public key that the custom resource of the template answers, and that IVS imports."""
        resources = self.template["Resources"]
        (properties,) = (
            resource["Properties"]
            for resource in resources.values()
            if resource["Type"] == "Custom::IVSSigningKeyPem"
        )
        given = {name: properties[name] for name in ("Operation", "ResourceArn")}
        answer: Any = custom_resource.handler(
            {
                "LogicalResourceId": "PublicKeyPem",
                "RequestId": "1",
                "RequestType": "Create",
                "ResourceProperties": value_of(given, self.attributes),
                "StackId": "arn:aws:cloudformation:us-west-2:123456789012:stack/Stack/1",
            },
            SimpleNamespace(get_remaining_time_in_millis=lambda: 840_000),
        )
        pem: str = answer["Data"]["PublicKeyPem"]
        return pem


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
    return lambda stack, attributes: Deployment(stack, attributes, tmp_path / "lambda")


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
