"""A stage whose participants get tokens from a function, by their group."""

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

# Where participants sign in.
WEBSITE = "https://example.com"
# The group of the users who can publish.
HOSTS = "hosts"
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

    def __init__(self, scope: Construct, id: str, *, tokens: ivs.ParticipantTokenFunction) -> None:
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
                domain_prefix=f"stage-with-tokens-{cdk.Aws.ACCOUNT_ID}"
            ),
        )
        create = cognito.ResourceServerScope(
            scope_name="create", scope_description="Get tokens that join the stage"
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
            # Each token is a signature, and all keys of the account share a quota.
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


class StageWithTokensStack(cdk.Stack):
    """A stage, the key that signs its tokens, and an API for participants."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        # The private half never leaves KMS. The public key does not belong to the stage: it
        # verifies tokens for every stage of the account and Region.
        signing_key = ivs.SigningKey(self, "SigningKey")
        public_key = ivs.PublicKey(self, "PublicKey", signing_key=signing_key)
        stage = ivs.Stage(self, "Stage")

        tokens = ivs.ParticipantTokenFunction(
            self,
            "Tokens",
            identity=ivs.TokenIdentity.authorizer_claim("sub"),
            public_key=public_key,
            roles={
                "host": ivs.ParticipantRole(
                    allow_publish=True,
                    allow_subscribe=True,
                    attributes={"role": "host"},
                    maximum_lifetime=Duration.hours(2),
                    required_claims={"cognito:groups": HOSTS},
                ),
                "viewer": ivs.ParticipantRole(
                    allow_publish=False,
                    allow_subscribe=True,
                    attributes={"role": "viewer"},
                    maximum_lifetime=Duration.hours(2),
                ),
            },
            signing_key=signing_key,
            stages=[stage],
        )
        api = TokenApi(self, "Api", tokens=tokens)
        api.users.add_group("Hosts", group_name=HOSTS)

        # For revoke.py. The policies of the account decide who can assume the role.
        moderator = iam.Role(self, "Moderator", assumed_by=iam.AccountRootPrincipal())
        stage.grants.disconnect_participant(moderator)
        # Policies cannot name connection tokens, so this allows all of the account.
        ivs.StageGrants.revoke_connection_token(self, moderator)

        cdk.CfnOutput(self, "ClientId", value=api.client.user_pool_client_id)
        cdk.CfnOutput(self, "ModeratorArn", value=moderator.role_arn)
        cdk.CfnOutput(self, "SignInUrl", value=api.sign_in_url)
        cdk.CfnOutput(self, "StageArn", value=stage.stage_arn)
        cdk.CfnOutput(self, "TokenUrl", value=api.url)
        cdk.CfnOutput(self, "UserPoolId", value=api.users.user_pool_id)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return StageWithTokensStack(app, "StageWithTokens")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
