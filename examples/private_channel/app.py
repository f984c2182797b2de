"""A channel that plays only for signed-in viewers, who get tokens from a function."""

import json

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk.aws_apigatewayv2_authorizers import HttpUserPoolAuthorizer
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

import cdk_ivs as ivs

# Where viewers sign in, and the only place where the stream plays.
WEBSITE = "https://example.com"
# The access log has no claims and no tokens, because readers of the log could use them.
LOGGED = {
    "error": "$context.authorizer.error",
    "requestId": "$context.requestId",
    "routeKey": "$context.routeKey",
    "status": "$context.status",
    "time": "$context.requestTime",
}


class TokenApi(Construct):
    """A user pool, and an HTTP API that gives tokens to its users."""

    def __init__(self, scope: Construct, id: str, *, tokens: ivs.PlaybackTokenFunction) -> None:
        super().__init__(scope, id)

        self.users = cognito.UserPool(
            self,
            "Users",
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_digits=True,
                require_lowercase=True,
                require_symbols=True,
                require_uppercase=True,
            ),
            removal_policy=cdk.RemovalPolicy.DESTROY,
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
        )
        domain = self.users.add_domain(
            "Domain",
            cognito_domain=cognito.CognitoDomainOptions(
                domain_prefix=f"private-channel-{cdk.Aws.ACCOUNT_ID}"
            ),
        )
        create = cognito.ResourceServerScope(
            scope_name="create", scope_description="Get tokens that play the channel"
        )
        server = self.users.add_resource_server("Scopes", identifier="tokens", scopes=[create])
        self.client = self.users.add_client(
            "Website",
            # The API accepts the access token of a disabled user until the token expires.
            access_token_validity=Duration.minutes(10),
            o_auth=cognito.OAuthSettings(
                callback_urls=[WEBSITE],
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                scopes=[cognito.OAuthScope.resource_server(server, create)],
            ),
            prevent_user_existence_errors=True,
        )

        api = apigatewayv2.HttpApi(
            self,
            "HttpApi",
            cors_preflight=apigatewayv2.CorsPreflightOptions(
                allow_headers=["authorization", "content-type"],
                allow_methods=[apigatewayv2.CorsHttpMethod.POST],
                allow_origins=[WEBSITE],
            ),
            create_default_stage=False,
        )
        log = logs.LogGroup(
            self,
            "Log",
            removal_policy=cdk.RemovalPolicy.DESTROY,
            retention=logs.RetentionDays.ONE_MONTH,
        )
        apigatewayv2.CfnStage(
            self,
            "Stage",
            access_log_settings=apigatewayv2.CfnStage.AccessLogSettingsProperty(
                destination_arn=log.log_group_arn, format=json.dumps(LOGGED)
            ),
            api_id=api.api_id,
            auto_deploy=True,
            # Each token for a viewer is a signature, and all keys of the account share a quota.
            default_route_settings=apigatewayv2.CfnStage.RouteSettingsProperty(
                throttling_burst_limit=200, throttling_rate_limit=100
            ),
            stage_name="$default",
        )
        api.add_routes(
            path="/tokens",
            # Without a scope, the API would also accept an ID token.
            authorization_scopes=["tokens/create"],
            authorizer=HttpUserPoolAuthorizer("Users", self.users, user_pool_clients=[self.client]),
            integration=HttpLambdaIntegration("Tokens", tokens.function),
            methods=[apigatewayv2.HttpMethod.POST],
        )
        self.url = f"{api.api_endpoint}/tokens"
        self.sign_in_url = domain.base_url()


class PrivateChannelStack(cdk.Stack):
    """A private channel, the key that signs its tokens, and an API for viewers."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        # The private half never leaves KMS. The key pair does not belong to the channel: every
        # private channel of the account and Region accepts tokens that it verifies.
        signing_key = ivs.SigningKey(self, "SigningKey")
        ivs.PlaybackKeyPair(self, "KeyPair", signing_key=signing_key)
        channel = ivs.Channel(self, "Channel", authorized=True)
        stream_key = channel.add_stream_key("StreamKey")

        tokens = ivs.PlaybackTokenFunction(
            self,
            "Tokens",
            allowed_origins=[WEBSITE],
            channels=[channel],
            # The ID of a user in the pool, with which a moderator can end the user's sessions.
            identity=ivs.TokenIdentity.authorizer_claim("sub", hashed=True),
            signing_key=signing_key,
        )
        api = TokenApi(self, "Api", tokens=tokens)

        # For revoke.py. The policies of the account decide who can assume the role.
        moderator = iam.Role(self, "Moderator", assumed_by=iam.AccountRootPrincipal())
        channel.grants.revoke_viewer_sessions(moderator)

        cdk.CfnOutput(self, "ChannelArn", value=channel.channel_arn)
        cdk.CfnOutput(self, "ClientId", value=api.client.user_pool_client_id)
        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "ModeratorArn", value=moderator.role_arn)
        cdk.CfnOutput(self, "PlaybackUrl", value=channel.channel_playback_url)
        cdk.CfnOutput(self, "SignInUrl", value=api.sign_in_url)
        cdk.CfnOutput(self, "StreamKeyArn", value=stream_key.stream_key_arn)
        cdk.CfnOutput(self, "TokenUrl", value=api.url)
        cdk.CfnOutput(self, "UserPoolId", value=api.users.user_pool_id)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return PrivateChannelStack(app, "PrivateChannel")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
