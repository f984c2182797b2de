"""A chat room, and a function from which a backend gets tokens for its users."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import chat


class ChatWithTokensStack(cdk.Stack):
    """A room, a function that gives out tokens for it, and the role of the backend."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        room = chat.Room(self, "Room")

        tokens = ivs.ChatTokenFunction(
            self,
            "Tokens",
            # The backend knows its users, so it decides who gets a token, and for which role.
            identity=ivs.TokenIdentity.event_field("user_id"),
            roles={
                "member": ivs.ChatRole(
                    attributes={"role": "member"},
                    capabilities=[ivs.ChatCapability.SEND_MESSAGE],
                    session_duration=Duration.minutes(60),
                ),
                "moderator": ivs.ChatRole(
                    attributes={"role": "moderator"},
                    capabilities=[
                        ivs.ChatCapability.DELETE_MESSAGE,
                        ivs.ChatCapability.DISCONNECT_USER,
                        ivs.ChatCapability.SEND_MESSAGE,
                    ],
                    session_duration=Duration.minutes(60),
                ),
            },
            rooms=[room],
        )
        url = tokens.add_function_url()

        # The policies of the account decide who can assume the role.
        backend = iam.Role(self, "Backend", assumed_by=iam.AccountRootPrincipal())
        tokens.grant_invoke_url(backend)
        # For revoke.py.
        room.grants.moderate(backend)

        cdk.CfnOutput(self, "BackendArn", value=backend.role_arn)
        cdk.CfnOutput(self, "RoomArn", value=room.room_arn)
        cdk.CfnOutput(self, "TokenUrl", value=url.url)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return ChatWithTokensStack(app, "ChatWithTokens")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
