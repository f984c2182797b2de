"""What the functions are in a template."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import App, Duration, Stack, Token
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk.aws_ssm import StringParameter

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.arns import arn
from tests.support.kms import KEY_ARN
from tests.support.rendered import logical_id_of, properties_of, resource_of
from tests.support.tokens import token
from tests.token_functions.construct_parts import (
    BY_CLAIM,
    BY_FIELD,
    CHANNEL_ARN,
    HOST,
    KINDS,
    OTHER_CHANNEL_ARN,
    PUBLIC_KEY_ARN,
    ROOM_ARN,
    STAGE_ARN,
    Make,
    chatting,
    configuration_of,
    participant,
    playback,
    resource_types,
    statements_of,
    variable_of,
)

SIGN = {
    "Action": "kms:Sign",
    "Condition": {
        "StringEquals": {
            "kms:MessageType": "DIGEST",
            "kms:SigningAlgorithm": "ECDSA_SHA_384",
        }
    },
    "Effect": "Allow",
    "Resource": KEY_ARN,
}
every_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)


@every_kind
class TestFunctions:
    """What all three have in common."""

    def test_consist_of_four_resources(self, stack: Stack, make: Make) -> None:
        """
        There are the function, its role with a policy and its log group, and no policy of AWS's.
        """
        function = make(stack)
        assert resource_types(stack) == [
            "AWS::IAM::Policy",
            "AWS::IAM::Role",
            "AWS::Lambda::Function",
            "AWS::Logs::LogGroup",
        ]
        role = properties_of(function.node.find_child("Role"))
        assert set(role) == {"AssumeRolePolicyDocument"}
        assert role["AssumeRolePolicyDocument"]["Statement"] == [
            {
                "Action": "sts:AssumeRole",
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
            }
        ]

    def test_run_on_arm_with_a_named_python(self, stack: Stack, make: Make) -> None:
        """
        The runtime does not depend on the version of the CDK, and neither does anything else.
        """
        function = make(stack)
        properties = properties_of(function.function)
        log_group = logical_id_of(function.node.find_child("LogGroup"))
        role = logical_id_of(function.node.find_child("Role"))
        kinds = {make: kind for kind, make in KINDS.items()}
        del properties["Code"], properties["Environment"]
        assert properties == {
            "Architectures": ["arm64"],
            "Description": f"Creates {kinds[make]} tokens of Amazon IVS (cdk-ivs)",
            "Handler": "cdk_ivs_token_handler.handler.handle",
            "LoggingConfig": {"LogGroup": {"Ref": log_group}},
            "MemorySize": 512,
            "Role": {"Fn::GetAtt": [role, "Arn"]},
            "Runtime": "python3.14",
            "Timeout": 30,
        }

    def test_keep_their_log_for_a_month(self, stack: Stack, make: Make) -> None:
        """
        The log is deleted with the function.
        """
        log_group = make(stack).node.find_child("LogGroup")
        assert resource_of(log_group) == {
            "DeletionPolicy": "Delete",
            "Properties": {"RetentionInDays": 30},
            "Type": "AWS::Logs::LogGroup",
            "UpdateReplacePolicy": "Delete",
        }

    def test_may_write_their_own_log_only(self, stack: Stack, make: Make) -> None:
        """
        The first statement of the role is about the streams of its log group.
        """
        function = make(stack)
        log_group = logical_id_of(function.node.find_child("LogGroup"))
        assert statements_of(function)[0] == {
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Effect": "Allow",
            "Resource": {"Fn::GetAtt": [log_group, "Arn"]},
        }

    def test_take_what_lambda_has(self, stack: Stack, make: Make) -> None:
        """
        A name, the memory and the runtime are those that are given.
        """
        function = make(
            stack,
            function_name="tokens",
            memory_size=1024,
            runtime=lambda_.Runtime.PYTHON_3_12,
        )
        properties = properties_of(function.function)
        assert [properties[name] for name in ("FunctionName", "MemorySize", "Runtime")] == [
            "tokens",
            1024,
            "python3.12",
        ]

    def test_write_into_a_log_group_that_is_given(self, stack: Stack, make: Make) -> None:
        """
        The function and its role have the given log group, and none is created.
        """
        log_group = logs.LogGroup(stack, "Log")
        function = make(stack, log_group=log_group)
        name = logical_id_of(log_group)
        assert resource_types(stack).count("AWS::Logs::LogGroup") == 1
        assert properties_of(function.function)["LoggingConfig"] == {"LogGroup": {"Ref": name}}
        assert statements_of(function)[0]["Resource"] == {"Fn::GetAtt": [name, "Arn"]}

    def test_write_into_an_l1_of_a_log_group(self, stack: Stack, make: Make) -> None:
        """
        The CDK's function refuses one, and this library does not.
        """
        function = make(stack, log_group=logs.CfnLogGroup(stack, "Log"))
        assert resource_types(stack).count("AWS::Logs::LogGroup") == 1
        assert properties_of(function.function)["LoggingConfig"] == {"LogGroup": {"Ref": "Log"}}
        _, (*_, kind, name, streams) = statements_of(function)[0]["Resource"]["Fn::Join"]
        assert [kind, name, streams] == [":log-group:", {"Ref": "Log"}, ":*"]

    def test_take_tokens(self, stack: Stack, make: Make) -> None:
        """
        What is known at deployment only passes.
        """
        function = make(
            stack,
            function_name=token("Name"),
            memory_size=Token.as_number({"Ref": "Memory"}),
        )
        properties = properties_of(function.function)
        assert properties["FunctionName"] == {"Ref": "Name"}
        assert properties["MemorySize"] == {"Ref": "Memory"}

    def test_take_a_name_that_is_looked_up(self, located_stack: Stack, make: Make) -> None:
        """
        What the CDK makes up before the look-up is taken, though its own function refuses it.
        """
        name = StringParameter.value_from_lookup(located_stack, "/live/function")
        function = make(located_stack, function_name=name)
        assert "FunctionName" not in properties_of(function.function)


class TestPlayback:
    def test_allows_five_minutes_by_default(self, stack: Stack) -> None:
        """
        Without roles there is one, whose tokens name no viewer, so that all viewers get the same.
        """
        function = playback(stack)
        assert configuration_of(function) == {
            "kind": "playback",
            "key": KEY_ARN,
            "resources": [CHANNEL_ARN],
            "identity": {"from": "none"},
            "roles": {"viewer": {"lifetime": 300}},
        }
        assert statements_of(function)[1:] == [SIGN]

    def test_renders_all_that_it_allows(self, stack: Stack) -> None:
        """
        Roles have the lifetime of the function, unless they have their own.
        """
        channels = [
            ivs.Channel.from_channel_arn(stack, "First", CHANNEL_ARN),
            ivs.Channel.from_channel_arn(stack, "Second", OTHER_CHANNEL_ARN),
        ]
        function = playback(
            stack,
            allowed_origins=["https://example.com", "https://*.example.org"],
            channels=channels,
            identity=BY_CLAIM,
            maximum_lifetime=Duration.minutes(10),
            roles={
                "viewer": ivs.PlaybackRole(
                    maximum_resolution=ivs.MaximumResolution.HD, single_use=True
                ),
                "staff": ivs.PlaybackRole(
                    maximum_lifetime=Duration.hours(8),
                    required_claims={"cognito:groups": "staff"},
                    with_viewer_id=False,
                ),
            },
            strict_origin_enforcement=True,
        )
        assert configuration_of(function) == {
            "kind": "playback",
            "key": KEY_ARN,
            "resources": [CHANNEL_ARN, OTHER_CHANNEL_ARN],
            "identity": {"from": "claim", "name": "sub"},
            "roles": {
                "viewer": {"lifetime": 600, "resolution": "HD", "single_use": True, "viewer": True},
                "staff": {"lifetime": 28_800, "claims": {"cognito:groups": "staff"}},
            },
            "origins": ["https://example.com", "https://*.example.org"],
            "strict": True,
        }

    def test_of_resources_of_the_stack(self, stack: Stack) -> None:
        """
        ARNs that are known at deployment only stand in the text where they will be.
        """
        channel = ivs.Channel(stack, "Channel", authorized=True)
        key = kms.Key(
            stack,
            "Key",
            key_spec=kms.KeySpec.ECC_NIST_P384,
            key_usage=kms.KeyUsage.SIGN_VERIFY,
        )
        function = playback(stack, channels=[channel], signing_key=key)
        key_arn = {"Fn::GetAtt": [logical_id_of(key), "Arn"]}
        channel_arn = {"Fn::GetAtt": [logical_id_of(channel), "Arn"]}
        assert variable_of(function) == {
            "Fn::Join": [
                "",
                [
                    '{"kind":"playback","key":"',
                    key_arn,
                    '","resources":["',
                    channel_arn,
                    '"],"identity":{"from":"none"},"roles":{"viewer":{"lifetime":300}}}',
                ],
            ]
        }
        assert statements_of(function)[1:] == [{**SIGN, "Resource": key_arn}]

    def test_of_resources_of_another_stack(self, app: App, stack: Stack) -> None:
        """
        An ARN that another stack exports stands in the text as well.
        """
        other = Stack(app, "Other")
        channel = ivs.Channel(other, "Channel", authorized=True)
        function = playback(stack, channels=[channel])
        name = f"Other:ExportsOutputFnGetAtt{logical_id_of(channel)}Arn"
        _, parts = variable_of(function)["Fn::Join"]
        (imported,) = (part for part in parts if isinstance(part, dict))
        assert imported["Fn::ImportValue"].startswith(name)

    def test_takes_an_l1_of_a_key(self, stack: Stack) -> None:
        """
        A key is taken by its reference.
        """
        key = kms.CfnKey(stack, "Key", key_spec="ECC_NIST_P384", key_usage="SIGN_VERIFY")
        function = playback(stack, signing_key=key)
        assert statements_of(function)[1]["Resource"] == {"Fn::GetAtt": ["Key", "Arn"]}

    def test_renders_numbers_of_the_deployment(self, stack: Stack) -> None:
        """
        A lifetime that is a token becomes a number in the text, and not a text.
        """
        lifetime = Duration.seconds(Token.as_number({"Ref": "Lifetime"}))
        function = playback(stack, maximum_lifetime=lifetime)
        _, parts = variable_of(function)["Fn::Join"]
        assert parts[-2:] == [{"Ref": "Lifetime"}, "}}}"]
        assert parts[0].endswith('"viewer":{"lifetime":')


class TestParticipant:
    def test_renders_all_that_it_allows(self, stack: Stack) -> None:
        """
        A token is valid for 12 hours by default, as IVS recommends.
        """
        function = participant(
            stack,
            identity=ivs.TokenIdentity.iam(),
            roles={
                "host": HOST,
                "viewer": ivs.ParticipantRole(
                    allow_publish=False,
                    allow_subscribe=True,
                    attributes={"team": "réd"},
                    maximum_lifetime=Duration.days(14),
                ),
            },
        )
        assert configuration_of(function) == {
            "kind": "participant",
            "key": KEY_ARN,
            "public_key": PUBLIC_KEY_ARN,
            "resources": [STAGE_ARN],
            "identity": {"from": "iam", "name": "userId", "hashed": True},
            "roles": {
                "host": {"lifetime": 43_200, "publish": True, "subscribe": True},
                "viewer": {
                    "lifetime": 1_209_600,
                    "subscribe": True,
                    "attributes": {"team": "réd"},
                },
            },
        }
        assert statements_of(function)[1:] == [
            SIGN,
            {"Action": "ivs:GetStage", "Effect": "Allow", "Resource": STAGE_ARN},
        ]

    def test_renders_attributes_of_the_deployment(self, stack: Stack) -> None:
        """
        An attribute that is a token is put into the text at deployment.
        """
        role = ivs.ParticipantRole(
            allow_publish=True, allow_subscribe=True, attributes={"team": token("Team")}
        )
        _, parts = variable_of(participant(stack, roles={"host": role}))["Fn::Join"]
        assert parts[1:] == [{"Ref": "Team"}, '"}}}}']


class TestChat:
    def test_renders_all_that_it_allows(self, stack: Stack) -> None:
        """
        Without capabilities a user can read only; a session lasts an hour by default.
        """
        function = chatting(
            stack,
            identity=ivs.TokenIdentity.cognito_identity(hashed=False),
            roles={
                "reader": ivs.ChatRole(),
                "moderator": ivs.ChatRole(
                    attributes={"badge": "moderator"},
                    capabilities=[
                        ivs.ChatCapability.SEND_MESSAGE,
                        ivs.ChatCapability.DELETE_MESSAGE,
                        ivs.ChatCapability.DISCONNECT_USER,
                    ],
                    session_duration=Duration.minutes(180),
                ),
            },
        )
        assert configuration_of(function) == {
            "kind": "chat",
            "resources": [ROOM_ARN],
            "identity": {"from": "iam", "name": "cognitoIdentity.identityId"},
            "roles": {
                "reader": {"session": 60},
                "moderator": {
                    "capabilities": ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"],
                    "session": 180,
                    "attributes": {"badge": "moderator"},
                },
            },
        }
        assert statements_of(function)[1:] == [
            {"Action": "ivschat:CreateChatToken", "Effect": "Allow", "Resource": ROOM_ARN}
        ]

    def test_is_for_several_rooms(self, stack: Stack) -> None:
        """
        The role may create tokens for each of the rooms, and for no other.
        """
        rooms = [
            chat.Room.from_room_arn(stack, id, arn(f"room/{id}", service="ivschat"))
            for id in ("AbCdef1G2hij", "KlMnop3Q4rst")
        ]
        function = chatting(stack, rooms=rooms)
        expected = [
            "arn:aws:ivschat:us-west-2:123456789012:room/AbCdef1G2hij",
            "arn:aws:ivschat:us-west-2:123456789012:room/KlMnop3Q4rst",
        ]
        assert configuration_of(function)["resources"] == expected
        assert statements_of(function)[1]["Resource"] == expected

    def test_renders_a_session_of_the_deployment(self, stack: Stack) -> None:
        """
        A duration in minutes may be a token.
        """
        duration = Duration.minutes(Token.as_number({"Ref": "Minutes"}))
        role = ivs.ChatRole(session_duration=duration)
        _, parts = variable_of(chatting(stack, roles={"reader": role}))["Fn::Join"]
        assert parts[1:] == [{"Ref": "Minutes"}, "}}}"]


@pytest.mark.parametrize(
    ("identity", "rendered"),
    [
        (ivs.TokenIdentity.authorizer_claim("sub"), {"from": "claim", "name": "sub"}),
        (
            ivs.TokenIdentity.authorizer_claim("email", hashed=True),
            {"from": "claim", "name": "email", "hashed": True},
        ),
        (ivs.TokenIdentity.iam(), {"from": "iam", "name": "userId", "hashed": True}),
        (ivs.TokenIdentity.iam(hashed=False), {"from": "iam", "name": "userId"}),
        (
            ivs.TokenIdentity.cognito_identity(),
            {"from": "iam", "name": "cognitoIdentity.identityId", "hashed": True},
        ),
        (BY_FIELD, {"from": "field", "name": "viewer_id"}),
        (
            ivs.TokenIdentity.event_field("user", hashed=True),
            {"from": "field", "name": "user", "hashed": True},
        ),
        (ivs.TokenIdentity.anonymous(), {"from": "none"}),
    ],
)
def test_identities(stack: Stack, identity: ivs.TokenIdentity, rendered: dict[str, Any]) -> None:
    """
    Each source of an identity is what the function knows it by, and tokens name the viewer
    unless there is none.
    """
    function = playback(stack, identity=identity)
    assert configuration_of(function)["identity"] == rendered
    roles = {"viewer": {"lifetime": 300}}
    if rendered["from"] != "none":
        roles["viewer"]["viewer"] = True
    assert configuration_of(function)["roles"] == roles


def test_the_configuration_is_no_secret(stack: Stack) -> None:
    """
    The variable has no white space in it, and nothing but what the caller of a constructor wrote.
    """
    text = variable_of(playback(stack))
    assert text == json.dumps(json.loads(text), separators=(",", ":"))
