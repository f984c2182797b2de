"""Functions for tokens whose callers are not users of a pool, and a layer for other functions."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_

import cdk_ivs as ivs
from cdk_ivs import chat

# It uses the layer: without it, the import fails.
CODE = """
import ivs_tokens

def handler(event, context):
    return sorted(ivs_tokens.__all__)
"""


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    stack = cdk.Stack(app, "TokensForCallers")
    key = ivs.SigningKey(stack, "Key", removal_policy=cdk.RemovalPolicy.DESTROY)
    ivs.PlaybackKeyPair(stack, "KeyPair", signing_key=key)
    channel = ivs.Channel(stack, "Channel", authorized=True)
    for id, identity in {
        "ByIam": ivs.TokenIdentity.iam(),
        "ByPool": ivs.TokenIdentity.cognito_identity(),
        "ByNobody": ivs.TokenIdentity.anonymous(),
    }.items():
        tokens = ivs.PlaybackTokenFunction(
            stack, id, channels=[channel], identity=identity, signing_key=key
        )
        cdk.CfnOutput(stack, f"{id}Name", value=tokens.function.function_name)

    room = chat.Room(stack, "Room")
    chats = ivs.ChatTokenFunction(
        stack,
        "Chats",
        identity=ivs.TokenIdentity.event_field("user_id"),
        roles={
            "member": ivs.ChatRole(
                capabilities=[ivs.ChatCapability.SEND_MESSAGE],
                session_duration=Duration.minutes(60),
            )
        },
        rooms=[room],
    )
    cdk.CfnOutput(stack, "ChatsName", value=chats.function.function_name)

    layer = ivs.TokenLayer(stack, "Layer", layer_version_name="tokens")
    user = lambda_.Function(
        stack,
        "User",
        code=lambda_.Code.from_inline(CODE),
        handler="index.handler",
        layers=[layer],
        runtime=lambda_.Runtime.PYTHON_3_14,
    )
    cdk.CfnOutput(stack, "ChannelArn", value=channel.channel_arn)
    cdk.CfnOutput(stack, "RoomArn", value=room.room_arn)
    cdk.CfnOutput(stack, "UserName", value=user.function_name)
    return stack
